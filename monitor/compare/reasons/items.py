"""Why an item is called published, backdated, withdrawn …, and a list replaced."""

from __future__ import annotations

from monitor.compare.articles import Entry
from monitor.compare.reach import Reach
from monitor.compare.reasons.phrases import clauses, count, day, number, of_day, written
from monitor.compare.sides import Sides

_FEWEST_AHEAD = 2
# From two of a unit on a span is told in it.
_SPANS = ((365, "year"), (30, "month"), (7, "week"), (1, "day"))


def published(entry: Entry, sides: Sides) -> str:
    when = dated(entry, sides, is_after=True)
    earlier = of_day("snapshot", sides, is_after=False)
    ahead = _ahead(entry, sides)
    if ahead:
        return clauses(when, f"dated ahead: {ahead} after {of_day('snapshot', sides, is_after=True)}")
    if not entry.span or not sides.before_day or entry.span[1] > sides.before_day:
        return clauses(when, f"after {earlier}")
    if entry.span[1] == sides.before_day:
        return clauses(when, f"the very day of {earlier}")
    return clauses(when, f"no more than {count(sides.lag, 'day')} before {earlier}")


def published_on_top(entry: Entry, reach: Reach, sides: Sides) -> str:
    """Where the snapshot day is only the newest date of all lists: a coming event in another one dates no news."""
    earlier = of_day("list", sides, is_after=False)
    return clauses(
        dated(entry, sides, is_after=True), f"after all of {earlier}, which began with {day(reach.front, sides)}"
    )


def _ahead(entry: Entry, sides: Sides) -> str | None:
    """How long after the later snapshot an entry is dated; None within a day of it, for zones differ."""
    if not entry.span or not sides.after_day or sides.after.is_day_from_items:
        return None
    days = (entry.span[0] - sides.after_day).days
    if days < _FEWEST_AHEAD:
        return None
    return next(count(days // size, what) for size, what in _SPANS if days >= 2 * size)


def backdated(entry: Entry, reach: Reach, sides: Sides) -> str:
    return clauses(
        dated(entry, sides, is_after=True),
        f"not in {of_day('list', sides, is_after=False)}, which reached {_reaching(reach, sides)}",
    )


def backfilled(entry: Entry, reach: Reach, sides: Sides) -> str:
    return clauses(
        dated(entry, sides, is_after=True),
        f"beyond {of_day('list', sides, is_after=False)}, which ended at {day(reach.day, sides)}",
    )


def returned(entry: Entry, seen: str, missed: str) -> str:
    return clauses(
        f"dated {written(entry.item.date, entry.span)}" if entry.item.date else None,
        f"the snapshot of {seen} had it and that of {missed} no longer did",
    )


def added_undated(sides: Sides) -> str:
    return f"without a date, so nothing tells when between {_both(sides)}"


def added_unordered(entry: Entry, sides: Sides) -> str:
    return clauses(
        dated(entry, sides, is_after=True),
        f"{of_day('list', sides, is_after=False)} was in no date order",
        "so nothing tells whether it was new",
    )


def added_before_front(entry: Entry, reach: Reach, sides: Sides) -> str:
    return clauses(
        dated(entry, sides, is_after=True),
        f"{of_day('list', sides, is_after=False)} began only with {day(reach.front, sides)}, "
        "so it may have dropped it before",
    )


def only_on_one_side(sides: Sides, *, is_after: bool) -> str:
    """For sides in reverse, where nothing graver can be said."""
    older = of_day("snapshot", sides, is_after=is_after)
    return f"only in {older}; the sides are given in reverse, so nothing graver is said"


def withdrawn(entry: Entry, reach: Reach, sides: Sides) -> str:
    return clauses(
        dated(entry, sides, is_after=False),
        f"not in {of_day('list', sides, is_after=True)}, which still reaches {_reaching(reach, sides)}",
    )


def aged_off(entry: Entry, reach: Reach, sides: Sides, came: int) -> str:
    return clauses(
        dated(entry, sides, is_after=False),
        f"{of_day('list', sides, is_after=True)} ends at {day(reach.day, sides)}",
        f"{count(came, 'item')} came in",
    )


def passed(entry: Entry, sides: Sides) -> str:
    by = f" by {day(sides.after_day, sides)}" if sides.after_day else ""
    return clauses(dated(entry, sides, is_after=False), f"its day had passed{by}")


def pushed_off(came: int) -> str:
    return f"stood below all that stayed; {count(came, 'item')} came in above"


def removed_beyond(entry: Entry, reach: Reach, sides: Sides, came: int, went: int) -> str:
    return clauses(
        dated(entry, sides, is_after=False),
        f"{of_day('list', sides, is_after=True)} ends at {day(reach.day, sides)}",
        f"{count(went, 'item')} went that way and {_only(came)} came in",
    )


def removed_unordered(entry: Entry, sides: Sides) -> str:
    if not entry.item.date:
        return "without a date, among others that stayed, so nothing tells why"
    return clauses(
        dated(entry, sides, is_after=False),
        f"{of_day('list', sides, is_after=True)} is in no date order",
        "so nothing tells why",
    )


def removed_at_end(came: int, went: int) -> str:
    return f"stood below all that stayed; {count(went, 'item')} went that way and {_only(came)} came in above"


def list_replaced(size: int, others: int, reach: Reach | None, past: int, sides: Sides) -> str:
    none = f"none of its {count(size, 'item')} is left" if size > 1 else "its only item is gone"
    told = f"{count(others, 'other')} stand{'s' if others == 1 else ''} in their place"
    if not reach:
        return clauses(none, told)
    extent = f"{of_day('list', sides, is_after=True)} reaches {_reaching(reach, sides)}"
    return clauses(none, told, f"{extent}, past {number(past)} of those gone" if past else extent)


def gone_with_scattered_list() -> str:
    return "its list is gone, most of whose items now stand elsewhere; why this one does not cannot be told"


def came_with_gathered_list() -> str:
    return "its list is new, most of whose items stood elsewhere before; where this one was cannot be told"


def list_appeared(size: int, sides: Sides) -> str:
    return f"{count(size, 'item')} in a list that {of_day('snapshot', sides, is_after=False)} did not have"


def list_vanished(size: int, sides: Sides) -> str:
    return f"{count(size, 'item')} in a list that {of_day('snapshot', sides, is_after=True)} does not have"


def _only(came: int) -> str:
    return f"only {number(came)}" if came else "none"


def _both(sides: Sides) -> str:
    if sides.elapsed_days is None or sides.before_day == sides.after_day or not sides.before_day or not sides.after_day:
        return "the two snapshots"
    return f"{day(sides.before_day, sides)} and {day(sides.after_day, sides)}"


def dated(entry: Entry, sides: Sides, *, is_after: bool) -> str:
    """The clause with an entry's date."""
    span = entry.span or sides.span(entry.item.date, is_after=is_after)
    return f"dated {written(entry.item.date, span, sides)}"


def _reaching(reach: Reach, sides: Sides) -> str:
    return f"{'up' if reach.is_ascending else 'back'} to {day(reach.day, sides)}"
