"""A reference to a capture of the store ("rusemb-uk@2020-07-04") → that capture, or what there is in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from monitor.errors import InputError
from monitor.model.page import is_page_id
from monitor.model.rules import shortened
from monitor.model.snapshot import Capture
from monitor.store.names import order
from monitor.watch.followed import own_pages

if TYPE_CHECKING:
    from monitor.store.folder import Store

WORDS = ("latest", "previous", "first")
_MOST_NAMED = 6
_DAY = timedelta(days=1)
_LAST = datetime.max.replace(tzinfo=UTC)
_PARTS = ("day", "hour", "minute", "second")
_LENGTHS = (_DAY, timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1))


class Span(NamedTuple):
    """The time that a reference names: from `start` up to `end`, in UTC; a whole `day` where it names no hour."""

    start: datetime
    end: datetime
    day: date | None


def split(name: str) -> tuple[str, str] | None:
    """The page and the time that a reference names; the page is empty for a time alone. None where it is none."""
    page, at, when = name.partition("@")
    if at:
        return (page, when) if is_page_id(page) else None
    return ("", name) if name in WORDS or _span(name) else None


def find_capture(store: Store, page: str, when: str, page_day: Callable[[Capture], date | None]) -> Capture:
    """The one capture of the page that is meant: "latest", "previous", "first", a day, or a day and a time of it (UTC).

    A day is the capture's in UTC or the page's own date, which `page_day` reads.

    Raises InputError where there is none (naming those nearest), where there are several (naming them), or where the
    one that is meant is in the ledger and not on the disk any more.
    """
    captures, lost = captures_of_page(store, page), store.lost(page)
    found = _meant(sorted((*captures, *lost), key=order), page, when, page_day)
    if found in lost:
        raise InputError(
            f"{found.reference} is lost: {store.ledger} has it, and its file is gone", _beside(store, found)
        )
    return found


def _meant(captures: Sequence[Capture], page: str, when: str, page_day: Callable[[Capture], date | None]) -> Capture:
    if when in WORDS:
        return _by_word(captures, when)
    exact = [each for each in captures if each.reference == f"{page}@{when}"]
    if exact:
        return exact[0]
    span = _span(when)
    if span is None:
        raise _no_time(when, captures[-1])
    found = [each for each in captures if span.start <= each.at < span.end]
    if span.day and len(found) < 2:
        found += [each for each in _neighbours(captures, span) if page_day(each) == span.day]
    if len(found) == 1:
        return found[0]
    raise _several(found, when) if found else _none(captures, span, when)


def _beside(store: Store, lost: Capture) -> str:
    """The nearest that is there."""
    captures = store.captures(lost.page)
    before = [each for each in captures if each.at <= lost.at][-1:] or captures[:1]
    return f"name another, such as {before[0].reference}, or see monitor verify"


def captures_of_page(store: Store, page: str) -> Sequence[Capture]:
    """The captures of a page, one at least. Raises InputError where it has none, naming the nearest page."""
    captures = store.captures(page)
    if captures:
        return captures
    from difflib import get_close_matches  # noqa: PLC0415  only a mistyped id waits for it

    ids = own_pages(store)
    near = get_close_matches(page.lower(), {each.lower(): each for each in ids}, n=1)
    meant = [each for each in ids if near and each.lower() == near[0]]
    more = f" and {len(ids) - _MOST_NAMED} more: monitor list" if len(ids) > _MOST_NAMED else ""
    has = (
        f"it has {', '.join(ids[:_MOST_NAMED])}{more}" if ids else "it has none; monitor import brings in what you have"
    )
    mend = f"did you mean {meant[0]}?" if meant else has
    raise InputError(f"The store {store.folder} has no page {shortened(page)!r}", mend)


def _no_time(when: str, latest: Capture) -> InputError:
    from difflib import get_close_matches  # noqa: PLC0415  only a mistyped word waits for it

    near = get_close_matches(when.lower(), WORDS, n=1)
    time = latest.reference.partition("@")[2]
    forms = f"write {', '.join(WORDS)}, or a day and perhaps a time, such as {time[:10]} or {time[:16]}"
    what = f"{shortened(when)!r} names no capture of {latest.page}"
    return InputError(what, f"did you mean {latest.page}@{near[0]}?" if near else forms)


def _by_word(captures: Sequence[Capture], when: str) -> Capture:
    if when == "first":
        return captures[0]
    if when == "latest":
        return captures[-1]
    if len(captures) < 2:
        raise InputError(f"{captures[0].page} has one capture, and none previous to it", "name it with @latest")
    return captures[-2]


def _neighbours(captures: Sequence[Capture], span: Span) -> list[Capture]:
    """Those within a day of the span, where the page's own date may be the one meant: it is another zone's."""
    near = [each for each in captures if span.start - each.at <= _DAY and each.at - span.end < _DAY]
    return [each for each in near if not span.start <= each.at < span.end]


def _span(when: str) -> Span | None:
    match = re.fullmatch(
        r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ](?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d))?)?Z?)?",
        when,
        re.ASCII,
    )
    if match is None:
        return None
    given = [part for part in _PARTS if match[part]]
    try:
        day = date.fromisoformat(match["day"])
        hour, minute, second = (int(match[part] or 0) for part in _PARTS[1:])
        start = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC)
        length = min(_LENGTHS[len(given) - 1], _LAST - start)  # the last day of the calendar has none after it
        return Span(start, start + length, day if len(given) == 1 else None)
    except ValueError:
        return None


def _several(found: Sequence[Capture], when: str) -> InputError:
    named = ", ".join(each.reference.partition("@")[2] for each in found[:_MOST_NAMED])
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    what = f"{found[0].page} has {len(found)} captures for {when}: {named}{more}"
    return InputError(what, f"name one with its time, e.g. {found[-1].reference}")


def _none(captures: Sequence[Capture], span: Span, when: str) -> InputError:
    before = [each for each in captures if each.at < span.start][-1:]
    after = [each for each in captures if each.at >= span.end][:1]
    nearest = " and ".join(each.reference for each in (*before, *after))
    return InputError(f"{captures[0].page} has no capture of {when}", f"the nearest: {nearest}")
