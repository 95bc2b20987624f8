"""Why a counter is called advanced, stalled, drifted, reset or reworded."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar

from monitor.compare.reasons.phrases import captures_apart, clauses, count, day, days_span, moment, of_day, quote
from monitor.compare.sides import Sides, seconds_between
from monitor.model.origins import FINE
from monitor.model.reading import Counter

_Side = TypeVar("_Side", Counter, str)
_A_UNIT = {"second": "a second", "minute": "a minute", "hour": "an hour"}


def move(
    one: Counter,
    other: Counter,
    sides: Sides,
    *,
    is_fitting: bool | None,
    is_by_captures: bool = False,
    has_stood: bool = False,
) -> str:
    """How far it moved in how many days, and the day it counts from or to; or that it did so between the captures.

    Of one that `has_stood` all the while since when.
    """
    if is_by_captures:
        return f"{_by(one, other, sides)} between the captures, which lie {captures_apart(sides)} apart"
    tolerated = _tolerated(one, other, sides) if is_fitting else None
    since = f": it has read {other.value:,} since {_since(one, sides)}" if has_stood else ""
    moved = _moved(one, other, sides, is_fitting=is_fitting)
    return clauses(moved + since, _origins(one, other, sides, is_fitting=is_fitting), tolerated)


def _tolerated(one: Counter, other: Counter, sides: Sides) -> str | None:
    """Why a move is in order that is a day off the days that passed."""
    is_of_days = one.unit == other.unit == "day" and sides.elapsed_days is not None
    if not is_of_days or not sides.slack or abs(other.value - one.value) == abs(sides.elapsed_days or 0):
        return None
    return "a day more or less is in order, since nothing tells when the page's own day begins"


def _since(counter: Counter, sides: Sides) -> str:
    """The day of the earlier side; of a counter of hours and less the time of its capture."""
    at = sides.before.captured_at
    if at and counter.unit in FINE:
        return moment(at, sides)
    return day(sides.before_day, sides) if sides.before_day else "the first of these captures"


def reworded(one: Counter, told: str) -> str:
    return clauses(f"the same count in other words, before {quote(one.text, 120)}", told)


def still_stamped(sides: Sides) -> str | None:
    """A date that the page states about itself and that stands as it did, for a count that does too."""
    if sides.is_date_stalled and sides.after.page_day:
        return f"the page date still is {day(sides.after.page_day, sides)}"
    before = {(stamp.label, stamp.when.text) for stamp in sides.before.stamps if stamp.label}
    same = next((stamp for stamp in sides.after.stamps if (stamp.label, stamp.when.text) in before), None)
    return f"the page still says {quote(same.label)} {same.when.text}" if same else None


def gone(counter: Counter, sides: Sides) -> str:
    return clauses(
        f"{of_day('snapshot', sides, is_after=True)} counts no such thing", _counting(counter, sides, is_after=False)
    )


def came(counter: Counter, sides: Sides) -> str:
    return clauses(
        f"{of_day('snapshot', sides, is_after=False)} counts no such thing", _counting(counter, sides, is_after=True)
    )


def _moved(one: Counter, other: Counter, sides: Sides, *, is_fitting: bool | None) -> str:
    moved = _by(one, other, sides)
    if sides.elapsed_days is None:
        if is_fitting is False:
            return f"{moved} against the other dates of the page"
        return f"{moved}, and how much time passed is not known"
    return f"{moved} in {_passed(one, sides)}"


def _by(one: Counter, other: Counter, sides: Sides) -> str:
    """How far it moved; of one that went against its direction which way."""
    older, newer = _in_time(one, other, sides)
    if older.unit != newer.unit:
        return f"went from {count(older.value, older.unit)} to {count(newer.value, newer.unit)}"
    by = newer.value - older.value
    if not by:
        return "did not move"
    is_back = (by < 0) == (newer.direction == "up")
    return f"{('fell' if by < 0 else 'rose') if is_back else 'moved'} by {abs(by):,}"


def _passed(counter: Counter, sides: Sides) -> str:
    """The elapsed days; for a counter of hours and less the time between the captures, as exact as its unit."""
    seconds = seconds_between(sides.before, sides.after)
    if sides.is_date_stalled and counter.unit not in FINE:
        return captures_apart(sides) or ""
    if counter.unit not in FINE or seconds is None:
        days = abs(sides.elapsed_days or 0)
        return count(days, "day") if days else "less than a day"
    unit = {"hour": 3_600, "minute": 60, "second": 1}[counter.unit]
    passed = round(abs(seconds) / unit)
    return count(passed, counter.unit) if passed else f"less than {_A_UNIT[counter.unit]}"


def _origins(one: Counter, other: Counter, sides: Sides, *, is_fitting: bool | None) -> str | None:
    if one.unit in FINE or other.unit in FINE:
        return _moments(one, other, sides, is_fitting=is_fitting)
    first, last = one.origin(sides.before_day), other.origin(sides.after_day)
    if sides.elapsed_days is None or not first or not last:
        return None
    way = "from" if other.direction == "up" else "down to"
    if is_fitting:
        both = max(first[0], last[0]), min(first[1], last[1])
        shared = both if both[0] <= both[1] else last
        return f"counting {way} {days_span(shared, sides)} both times"
    return _shifted(way, *_in_time(days_span(first, sides), days_span(last, sides), sides))


def _shifted(way: str, was: str, now: str) -> str:
    """What a wrong move implies: the day that is counted from, or down to, would be another."""
    return f"by that it counts {way} {now}, no longer {way} {was}"


def _in_time(one: _Side, other: _Side, sides: Sides) -> tuple[_Side, _Side]:
    """Both sides, the older snapshot's first."""
    return (other, one) if sides.order() < 0 else (one, other)


def _moments(one: Counter, other: Counter, sides: Sides, *, is_fitting: bool | None) -> str | None:
    """The moments that counters of hours, minutes or seconds run from or to, where the captures' times are known."""
    first, last = _moment(one, sides.before.captured_at), _moment(other, sides.after.captured_at)
    if not first or not last:
        return None
    way = "from" if other.direction == "up" else "down to"
    if is_fitting:
        return f"counting {way} {last} both times"
    return _shifted(way, *_in_time(first, last, sides))


def _moment(counter: Counter, captured: datetime | None) -> str | None:
    unit = {"hour": 3_600, "minute": 60, "second": 1}.get(counter.unit)
    if captured is None or unit is None:
        return None
    sign = -1 if counter.direction == "up" else 1
    try:
        moment = captured + sign * timedelta(seconds=counter.value * unit)
    except OverflowError:
        return None
    return f"{day(moment.date())}, {moment:%H:%M} UTC"


def _counting(counter: Counter, sides: Sides, *, is_after: bool) -> str | None:
    origin = counter.origin(sides.moment(is_after=is_after))
    way = "from" if counter.direction == "up" else "down to"
    return f"it counts {way} {days_span(origin, sides)}" if origin else None
