"""Why a counter is called advanced, stalled, drifted, reset or reworded."""

from __future__ import annotations

from monitor.compare.reasons.phrases import clauses, count, days_span, of_day, quote
from monitor.compare.sides import Sides
from monitor.model.reading import Counter


def move(one: Counter, other: Counter, sides: Sides, *, is_fitting: bool | None) -> str:
    """How far it moved in how many days, and the day it counts from or to."""
    return clauses(_moved(one, other, sides), _origins(one, other, sides, is_fitting=is_fitting))


def reworded(one: Counter, told: str) -> str:
    return clauses(f"the same count in other words, before {quote(one.text, 120)}", told)


def gone(counter: Counter, sides: Sides) -> str:
    return clauses(
        f"{of_day('snapshot', sides, is_after=True)} counts no such thing", _counting(counter, sides, is_after=False)
    )


def came(counter: Counter, sides: Sides) -> str:
    return clauses(
        f"{of_day('snapshot', sides, is_after=False)} counts no such thing", _counting(counter, sides, is_after=True)
    )


def _moved(one: Counter, other: Counter, sides: Sides) -> str:
    if one.unit == other.unit:
        by = abs(other.value - one.value)
        moved = f"moved by {by:,}" if by else "did not move"
    else:
        moved = f"went from {count(one.value, one.unit)} to {count(other.value, other.unit)}"
    if sides.elapsed_days is None:
        return f"{moved}, and how many days passed is not known"
    return f"{moved} in {count(abs(sides.elapsed_days), 'day')}"


def _origins(one: Counter, other: Counter, sides: Sides, *, is_fitting: bool | None) -> str | None:
    first, last = one.origin(sides.before_day), other.origin(sides.after_day)
    if sides.elapsed_days is None or not first or not last:
        return None
    way = "from" if other.direction == "up" else "down to"
    if is_fitting:
        both = max(first[0], last[0]), min(first[1], last[1])
        shared = both if both[0] <= both[1] else last
        return f"counting {way} {days_span(shared, sides)} both times"
    return f"counted {way} {days_span(first, sides)}, now {way} {days_span(last, sides)}"


def _counting(counter: Counter, sides: Sides, *, is_after: bool) -> str | None:
    origin = counter.origin(sides.after_day if is_after else sides.before_day)
    way = "from" if counter.direction == "up" else "down to"
    return f"it counts {way} {days_span(origin, sides)}" if origin else None
