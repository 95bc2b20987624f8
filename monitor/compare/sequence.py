"""A survey → whether lists that stood in date order still do. Silent where a change of the stray item tells why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.compare.articles import Entry
from monitor.compare.order import dearest_run, out_of_order
from monitor.compare.reasons import clocks as reasons
from monitor.compare.reasons.phrases import quote
from monitor.compare.survey import ListPair, Survey
from monitor.model.change import Change, ChangeKind as Kind
from monitor.model.comparison import Check, CheckVerdict

_TELLING = (Kind.ITEM_REDATED, Kind.ITEM_MOVED, Kind.ITEM_BACKDATED)
_FEWEST = 2  # dates that can stand in an order
_FEWEST_TURNED = 3  # days that show a list sorted the other way round; of two one may have been moved


def order_checks(survey: Survey, changes: Sequence[Change]) -> Iterator[Check]:
    telling = {change.after.title for change in changes if _tells(change) and change.after}
    for pair in survey.pairs:
        if pair.before_reach and pair.before_reach.is_strict and _shows_order(pair):
            yield from _check(pair, survey, telling)


def _tells(change: Change) -> bool:
    """Whether a change says by itself why its item may stand out of order."""
    return change.kind in _TELLING or any(edit.part == "date" for edit in change.edits)


def _shows_order(pair: ListPair) -> bool:
    return sum(entry.span is not None for entry in _entries(pair)) >= _FEWEST


def _entries(pair: ListPair) -> list[Entry]:
    """The later list in its order."""
    return sorted([*(other for _, other in pair.kept), *pair.new], key=lambda entry: entry.position)


def _check(pair: ListPair, survey: Survey, telling: set[str | None]) -> Iterator[Check]:
    sides = survey.sides
    entries = _entries(pair)
    was_rising = bool(pair.before_reach and pair.before_reach.is_ascending)
    is_turned = _is_turned(entries, is_rising=was_rising)
    stray = [] if is_turned else _strays(entries, pair)
    untold = _strays([entry for entry in entries if entry.item.title not in telling], pair) if stray else []
    if stray and not untold:
        return
    heading = sides.after.lists[pair.after].heading or sides.before.lists[pair.before].heading
    title = sides.called(sides.before.title or "", sides.after.title or "")
    named = quote(untold[0].item.title) if untold else None
    yield Check(
        check="order",
        subject=heading or title or "the list",
        verdict=CheckVerdict.INCONSISTENT if stray else CheckVerdict.CONSISTENT,
        expected=_way(is_rising=was_rising) if is_turned else "in date order",
        found=_way(is_rising=not was_rising) if is_turned else _found(untold),
        reason=reasons.turned(sides, is_rising=was_rising) if is_turned else reasons.order(not stray, named, sides),
    )


def _found(stray: Sequence[Entry]) -> str:
    return f"{len(stray)} out of order" if stray else "in date order"


def _way(*, is_rising: bool) -> str:
    return "oldest first" if is_rising else "newest first"


def _is_turned(entries: Sequence[Entry], *, is_rising: bool) -> bool:
    """Whether the whole list is in date order the other way round."""
    days = [entry.span[0] for entry in entries if entry.span]
    in_order = sorted(days, reverse=is_rising)
    return days == in_order and len(set(days)) >= _FEWEST_TURNED


def _strays(entries: Sequence[Entry], pair: ListPair) -> list[Entry]:
    """The fewest of the later list's entries without which it is in date order; of one day any order is right.

    Of several such choices the one that leaves in what stood there before, then what is dated nearest to the rest.
    """
    dated = [(entry, entry.span[0].toordinal()) for entry in entries if entry.span]
    falls = not (pair.before_reach and pair.before_reach.is_ascending)
    days = [day for _, day in dated]
    in_order = sorted(days)
    if days == (in_order[::-1] if falls else in_order):
        return []
    middle = in_order[len(days) // 2]
    stayed = _stayed(pair)
    worth = [(1, int(entry in stayed), -abs(day - middle)) for entry, day in dated]
    kept = dearest_run([-day if falls else day for day in days], worth)
    return [entry for index, (entry, _) in enumerate(dated) if index not in kept]


def _stayed(pair: ListPair) -> set[Entry]:
    """The later list's entries that stood in the earlier one, and in the same order."""
    moved = out_of_order([other.position for _, other in pair.kept])
    return {other for index, (_, other) in enumerate(pair.kept) if index not in moved}
