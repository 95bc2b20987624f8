"""A pair of lists → what became of the items that the later one no longer shows: aged off, withdrawn or removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from monitor.compare.articles import Entry
from monitor.compare.reach import Reach
from monitor.compare.reasons import items as reasons
from monitor.compare.sides import Sides
from monitor.compare.survey import ListPair
from monitor.model.change import ChangeKind as Kind


class Fate(NamedTuple):
    """What became of an entry, and why."""

    kind: Kind
    reason: str
    is_undecided: bool = False  # where a list's end hides whether it was pushed off or taken down


def fates_of_gone(pair: ListPair, sides: Sides) -> Iterator[tuple[Entry, Fate]]:
    """What became of the entries that one of two corresponding lists no longer shows."""
    if sides.is_reversed:
        reason = reasons.only_on_one_side(sides, is_after=False)
        yield from ((entry, Fate(kind=Kind.ITEM_REMOVED, reason=reason)) for entry in pair.gone)
        return
    reach = pair.after_reach
    beyond = [entry for entry in pair.gone if reach and entry.span and reach.is_beyond(entry.span)]
    below = [entry for entry in pair.gone if (not reach or not entry.span) and _is_below(entry, pair)]
    pushed = set(_outermost(beyond, pair)[: len(pair.new)])
    above = _came_above(pair)
    dropped = set(sorted(below, key=lambda entry: -entry.position)[:above])
    for entry in pair.gone:
        if reach and entry.span:
            yield entry, _dated_fate(entry, reach, sides, len(pair.new), len(beyond), is_pushed=entry in pushed)
        elif entry in dropped:
            yield entry, Fate(kind=Kind.ITEM_AGED_OFF, reason=reasons.pushed_off(above))
        elif entry in below:
            reason = reasons.removed_at_end(above, len(below))
            yield entry, Fate(kind=Kind.ITEM_REMOVED, reason=reason, is_undecided=True)
        else:
            yield entry, Fate(kind=Kind.ITEM_REMOVED, reason=reasons.removed_unordered(entry, sides))


def _dated_fate(entry: Entry, reach: Reach, sides: Sides, came: int, went: int, *, is_pushed: bool) -> Fate:
    """`came` items came in, and `went` items stood at or beyond the reach, which pushed them off or hides their end."""
    span = entry.span or (reach.day, reach.day)
    end = entry.end or span[1]
    if reach.is_ahead and sides.after_day and end < sides.after_day and end <= reach.first_over:
        return Fate(kind=Kind.ITEM_AGED_OFF, reason=reasons.passed(entry, sides))
    if not reach.is_beyond(span):
        return Fate(kind=Kind.ITEM_WITHDRAWN, reason=reasons.withdrawn(entry, reach, sides))
    if is_pushed:
        return Fate(kind=Kind.ITEM_AGED_OFF, reason=reasons.aged_off(entry, reach, sides, came))
    reason = reasons.removed_beyond(entry, reach, sides, came, went)
    return Fate(kind=Kind.ITEM_REMOVED, reason=reason, is_undecided=True)


def _outermost(entries: Sequence[Entry], pair: ListPair) -> list[Entry]:
    """The furthest beyond the list's end first: those that newcomers push off."""
    sign = -1 if pair.after_reach and pair.after_reach.is_ascending else 1
    return sorted(entries, key=lambda entry: (sign * _first_day(entry).toordinal(), -entry.position))


def _first_day(entry: Entry) -> date:
    return entry.span[0] if entry.span else date.min


def _is_below(entry: Entry, pair: ListPair) -> bool:
    return bool(pair.kept) and entry.position > max(one.position for one, _ in pair.kept)


def _came_above(pair: ListPair) -> int:
    if not pair.kept:
        return 0
    lowest = max(other.position for _, other in pair.kept)
    return sum(entry.position < lowest for entry in pair.new)
