"""A survey → whether lists that stood in date order still do. Silent where a change of the stray item tells why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.compare.articles import Entry
from monitor.compare.order import out_of_order
from monitor.compare.reasons import clocks as reasons
from monitor.compare.reasons.phrases import quote
from monitor.compare.survey import ListPair, Survey
from monitor.model.change import Change, ChangeKind as Kind
from monitor.model.comparison import Check, CheckVerdict

_TELLING = (Kind.ITEM_REDATED, Kind.ITEM_MOVED, Kind.ITEM_BACKDATED)
_FEWEST = 2  # dates that can stand in an order


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
    stray = _strays(entries, pair)
    untold = _strays([entry for entry in entries if entry.item.title not in telling], pair)
    if stray and not untold:
        return
    heading = sides.after.lists[pair.after].heading or sides.before.lists[pair.before].heading
    title = sides.called(sides.before.title or "", sides.after.title or "")
    named = quote(untold[0].item.title) if untold else None
    yield Check(
        check="order",
        subject=heading or title or "the list",
        verdict=CheckVerdict.INCONSISTENT if stray else CheckVerdict.CONSISTENT,
        expected="in date order",
        found=f"{len(untold)} out of order" if stray else "in date order",
        reason=reasons.order(not stray, named, sides),
    )


def _strays(entries: Sequence[Entry], pair: ListPair) -> list[Entry]:
    """Those of the later list's entries that stand outside its date order; of one day any order is right."""
    dated = [entry for entry in entries if entry.span]
    falls = not (pair.before_reach and pair.before_reach.is_ascending)
    days = [entry.span[0].toordinal() * (-1 if falls else 1) for entry in dated if entry.span]
    ranks = {day: rank * len(days) for rank, day in enumerate(sorted(set(days)))}
    seen: dict[int, int] = {}
    distinct = []
    for each in days:
        seen[each] = seen.get(each, -1) + 1
        distinct.append(ranks[each] + seen[each])
    return [dated[index] for index in sorted(out_of_order(distinct))]
