"""Documents behind a page's items → what of them is another file at the same address, told as changes of the items.

Each document is kept as captures of a page of its own (`PAGE.file-…`), under its address; it is told apart by its
bytes alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urldefrag, urlsplit

from monitor.errors import MonitorError
from monitor.model.change import Change, ChangeKind, Edit, Side
from monitor.model.comparison import Comparison
from monitor.model.documents import is_document
from monitor.model.reading import Item, Reading
from monitor.model.snapshot import Capture
from monitor.report.wording.answers import another_file
from monitor.store.folder import Store
from monitor.watch.followed import id_of
from monitor.watch.span import Span

MOST_DOCUMENTS = 40  # of one page: at a request a second, a check takes under a minute
_SHOWN_DIGITS = 16


class _File(NamedTuple):
    """A document as it was captured."""

    at: datetime
    sha256: str
    size: int

    def __str__(self) -> str:
        return f"{self.size:,} bytes, SHA-256 {self.sha256[:_SHOWN_DIGITS]}…"


def addresses(reading: Reading) -> list[str]:
    """The addresses of the documents behind the reading's items, in the page's order, MOST_DOCUMENTS at most."""
    return list(_documents(reading))[:MOST_DOCUMENTS]


def with_documents(comparison: Comparison, store: Store, span: Span) -> Comparison:
    """The comparison, with a change for each document of both sides that became another file between them.

    An item that has a change of its own keeps that, and its document is told beside it.
    """
    before, after = _documents(comparison.before), _documents(comparison.after)
    changes = []
    for url in before.keys() & after.keys():
        captures = store.captures(id_of(span.page, "file", url))
        was = _newest(store, [each for each in captures if span.is_before(each, store)])
        now = _newest(store, [each for each in captures if span.is_at_the_end(each, store)])
        if was and now and was.sha256 != now.sha256:
            changes.append(_change(after[url], url, was, now))
    return comparison._replace(changes=(*comparison.changes, *sorted(changes, key=lambda each: each.subject)))


def _documents(reading: Reading) -> dict[str, Item]:
    return {urldefrag(item.url)[0]: item for item in _items(reading) if item.url and _is_on_the_web(item.url)}


def _items(reading: Reading) -> Iterator[Item]:
    for each in reading.lists:
        yield from each.items


def _is_on_the_web(url: str) -> bool:
    """Whether there is a document at that address, and it can be asked for."""
    try:
        return urlsplit(url).scheme in ("http", "https") and is_document(url)
    except ValueError:
        return False


def _newest(store: Store, captures: list[Capture]) -> _File | None:
    """The newest of the captures that is the document itself, and no error in its place."""
    for capture in reversed(captures):
        try:
            snapshot = store.load(capture)
        except MonitorError:
            continue
        if not snapshot.exchanges or snapshot.exchanges[-1].status in (200, 304):
            return _File(capture.at, snapshot.sha256, len(snapshot.body))
    return None


def _change(item: Item, url: str, was: _File, now: _File) -> Change:
    return Change(
        kind=ChangeKind.ITEM_EDITED,
        significance=ChangeKind.ITEM_EDITED.significance,
        subject=item.title,
        reason=another_file((was.size, was.at), (now.size, now.at)),
        before=_side(item, url, was),
        after=_side(item, url, now),
        edits=(Edit(part="file", before=str(was), after=str(now)),),
    )


def _side(item: Item, url: str, file: _File) -> Side:
    return Side(text=item.title, title=item.title, url=url, values=(("file", str(file)),))
