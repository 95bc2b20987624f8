"""Older readings of a page, in any order → those that a comparison can learn from, oldest first; why not the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from itertools import pairwise
from typing import NamedTuple

from monitor.compare.kinship import are_strangers
from monitor.compare.reasons import history as said
from monitor.compare.sides import sides_of
from monitor.compare.wholeness import with_doubts
from monitor.model.comparison import History
from monitor.model.reading import Reading


class Earlier(NamedTuple):
    """What is known of a page's past; `limits` says in sentences how much that is, and what was put aside and why."""

    readings: tuple[Reading, ...] = ()
    limits: tuple[str, ...] = ()
    summary: History | None = None


def earlier(history: Sequence[Reading], before: Reading, after: Reading) -> Earlier:
    """The readings that are whole, of this page, and earlier than `before`; none for sides in reverse.

    A reading is earlier by its capture time, where either has none by its day. One without a day of its own cannot be
    put in order, unless `before` has none either: then the newest items of both tell.
    """
    sides = sides_of(before, after)
    if sides.is_reversed:
        return Earlier(limits=(said.in_reverse(),))
    aside: Counter[str] = Counter()
    kept: list[Reading] = []
    for reading in sorted(history, key=_order):
        cause = _cause(reading, before, after)
        if cause:
            aside[cause] += 1
        elif not kept or _order(kept[-1]) != _order(reading):
            kept.append(reading)
    whole = list(_whole([*kept, before]))
    aside[said.SUSPECT] += len(kept) - len(whole)
    summary = _summary(whole)
    limits = [said.known(summary)] if summary else []
    limits += [said.put_aside(aside, len(history), sides)] if aside.total() else []
    return Earlier(readings=tuple(whole), limits=tuple(limits), summary=summary)


def moment_of(reading: Reading) -> datetime | None:
    """When it was captured; without that its snapshot day at 00:00 UTC."""
    day = reading.snapshot_day
    return reading.captured_at or (datetime.combine(day, time(), UTC) if day else None)


def _order(reading: Reading) -> tuple[datetime, str]:
    return moment_of(reading) or datetime.min.replace(tzinfo=UTC), reading.sha256


def _cause(reading: Reading, before: Reading, after: Reading) -> str | None:
    """Why nothing can be learnt from a reading, None where it can."""
    is_earlier = _is_earlier(reading, before)
    if not is_earlier and reading.sha256 in (before.sha256, after.sha256):
        return said.ITSELF
    if is_earlier is None:
        return said.UNDATED
    if not is_earlier:
        return said.LATER
    if reading.suspicions:
        return said.SUSPECT
    return said.STRANGE if are_strangers(reading, before) else None


def _is_earlier(reading: Reading, before: Reading) -> bool | None:
    """None where nothing tells."""
    if reading.captured_at and before.captured_at:
        return reading.captured_at < before.captured_at
    days = reading.snapshot_day, before.snapshot_day
    if not days[0] or not days[1] or (reading.is_day_from_items and not before.is_day_from_items):
        return None
    return days[0] < days[1]


def _whole(readings: Sequence[Reading]) -> Iterator[Reading]:
    """Those of all but the last that do not break off in what the next one has whole."""
    for one, other in pairwise(readings):
        if not with_doubts(one, other)[0].suspicions:
            yield one


def _summary(readings: Sequence[Reading]) -> History | None:
    days = [day for reading in readings if (day := reading.snapshot_day)]
    return History(captures=len(readings), first=days[0], last=days[-1]) if days else None
