"""Items that changed suspiciously → what their own addresses answered, as a clause of the reasons for their changes.

Each answer is a capture like any other, of a page of its own (`PAGE.item-…`): whoever asks later finds it in the store.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urldefrag

from monitor.errors import MonitorError
from monitor.model.answer import Answer
from monitor.model.change import Change, ChangeKind
from monitor.model.comparison import Comparison
from monitor.model.reading import Suspicion
from monitor.model.snapshot import Capture, Exchange
from monitor.report.wording.answers import answered
from monitor.store.folder import Store
from monitor.watch.followed import id_of
from monitor.watch.read_page import read_page
from monitor.watch.span import Span

# What a page's owner did to an item, and of which the item's own page may say more; the side whose address to ask.
_FOLLOWED = {
    ChangeKind.ITEM_WITHDRAWN: "before",
    ChangeKind.ITEM_BACKDATED: "after",
    ChangeKind.ITEM_RETITLED: "after",
    ChangeKind.ITEM_RELINKED: "before",
}
MOST_ASKED = 10  # addresses at a check: a list that was replaced has ten items, and each is asked after a pause


def addresses(comparison: Comparison) -> list[str]:
    """The addresses to ask for, of the gravest changes first, none twice, MOST_ASKED at most."""
    found = (_address(change) for change in comparison.changes)
    return list(dict.fromkeys(each for each in found if each))[:MOST_ASKED]


def with_answers(
    comparison: Comparison, store: Store, span: Span, faults: Mapping[str, str] | None = None
) -> Comparison:
    """The comparison, its reasons with what the items' own addresses answered then, where they were asked.

    `faults` says of addresses why they gave no answer.
    """
    asked = {url: found for url in addresses(comparison) if (found := _found(store, span, url, faults or {}))}
    if not asked:
        return comparison
    changes = tuple(_answered(change, asked.get(_address(change) or "")) for change in comparison.changes)
    return comparison._replace(changes=changes)


def with_answer(change: Change, store: Store, span: Span) -> Change:
    """The change, its reason with what the item's own address answered then, where it was asked."""
    url = _address(change)
    return _answered(change, _found(store, span, url, {})) if url else change


def _address(change: Change) -> str | None:
    side = _FOLLOWED.get(change.kind)
    found = getattr(change, side) if side else None
    url = found.url if found else None
    return urldefrag(url)[0] if url and url.startswith(("http://", "https://")) else None


def _answered(change: Change, answer: Answer | None) -> Change:
    if answer is None:
        return change
    whose = "the former address" if change.kind is ChangeKind.ITEM_RELINKED else "its page"
    return change._replace(reason=f"{change.reason}; {answered(answer, whose)}")


def _found(store: Store, span: Span, url: str, faults: Mapping[str, str]) -> Answer | None:
    if url in faults:
        return Answer(url, span.after.at, fault=faults[url])
    captures = store.captures(id_of(span.page, "item", url))
    place = next((place for place, each in enumerate(captures) if span.is_at_the_end(each, store)), None)
    return _answer(url, store, captures[: place + 1]) if place is not None else None


def _answer(url: str, store: Store, captures: Sequence[Capture]) -> Answer | None:
    """The answer of the last of these captures, and since when it was the same."""
    said = _said(store, captures[-1])
    if said is None:
        return None
    since = captures[-1].at
    for capture, earlier in _earlier(store, captures[:-1]):
        if _status(earlier) != _status(said):
            break
        since = capture.at
    status = _status(said)
    moved = said.url if urldefrag(said.url)[0] != url else None
    answer = Answer(url, captures[-1].at, status, _phrase(status), _last_modified(said), moved_to=moved, since=since)
    return answer._replace(doubt=_doubt(store, captures[-1])) if status < HTTPStatus.BAD_REQUEST else answer


def _earlier(store: Store, captures: Sequence[Capture]) -> Iterator[tuple[Capture, Exchange]]:
    """The captures before, the newest first, as far as they can be read."""
    for capture in reversed(captures):
        said = _said(store, capture)
        if said:
            yield capture, said


def _said(store: Store, capture: Capture) -> Exchange | None:
    """What the server said last; None where the capture cannot be read or was no answer over HTTP."""
    try:
        exchanges = store.held(capture.file)[0].snapshot.exchanges
    except MonitorError:
        return None
    return exchanges[-1] if exchanges else None


def _doubt(store: Store, capture: Capture) -> Suspicion | None:
    """What speaks for an error or a request to sign in in the page's place; nothing does in what is no page."""
    try:
        reading = read_page(store.load(capture), None)
    except MonitorError:
        return None
    return next((each for each in reading.suspicions if each.sign in ("error", "challenge", "sign-in")), None)


def _status(said: Exchange) -> int:
    """An answer that says that all is as before is as good as the page itself."""
    return HTTPStatus.OK.value if said.status == HTTPStatus.NOT_MODIFIED else said.status


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _last_modified(said: Exchange) -> datetime | None:
    text = said.header("Last-Modified")
    try:
        return parsedate_to_datetime(text).astimezone(UTC) if text else None
    except (ValueError, OverflowError):
        return None
