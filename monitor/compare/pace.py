"""A counter on both sides → whether it moved as the elapsed time asks, and what its move is called.

The elapsed time is that between the page dates or that between the captures: a page date may be renewed late, a
counter turn at midnight in another zone. A counter that fits one of them is right; beside a page date known to have
stalled it goes by the captures alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from monitor.compare.byname import renaming
from monitor.compare.fold import fold
from monitor.compare.reasons import counters as reasons
from monitor.compare.sides import JITTER, Sides, days_between_captures, seconds_between
from monitor.compare.stated_order import stated_order
from monitor.model.change import ChangeKind as Kind
from monitor.model.comparison import CheckVerdict
from monitor.model.origins import FINE, SECONDS
from monitor.model.reading import Counter

_DAY = 86_400
# A page that counts minutes or seconds may be served from a cache some minutes old.
_FRESHNESS = 600
# How long a unit of the calendar may show one value, on the longest of its days.
_LONGEST = {"day": _DAY, "week": 7 * _DAY, "month": 31 * _DAY, "year": 366 * _DAY}
_SHORTEST = {**SECONDS, "month": 28 * _DAY, "year": 365 * _DAY}
# Captures of less than that apart never show that a counter stands still; those of more may.
LEAST_OWING: Mapping[str, timedelta] = MappingProxyType(
    {unit: timedelta(seconds=long + (_FRESHNESS if unit in FINE else JITTER)) for unit, long in _SHORTEST.items()}
)


class Judgement(NamedTuple):
    """`kind` is None where the counter did not move and did not have to."""

    kind: Kind | None
    verdict: CheckVerdict
    reason: str
    check_reason: str
    expected: str | None
    found: str


class _Move(NamedTuple):
    """A counter's move in order of time: between `least` and `most` the elapsed time allows it; None is no bound."""

    older: Counter
    newer: Counter
    least: int | None
    most: int | None
    is_fitting: bool | None
    is_by_captures: bool = False


def judge(one: Counter, other: Counter, sides: Sides, *, has_stood: bool = False) -> Judgement:
    """Whether it moved as it should; `has_stood` where it is known that it did not move in between either."""
    move = _move(one, other, sides)
    kind = _kind(one, other, move, is_reworded=_is_reworded(one, other, sides))
    verdict = {True: CheckVerdict.CONSISTENT, False: CheckVerdict.INCONSISTENT, None: CheckVerdict.UNDECIDED}
    judged = verdict[move.is_fitting]
    by_captures = move.is_by_captures
    told = reasons.move(one, other, sides, is_fitting=move.is_fitting, is_by_captures=by_captures, has_stood=has_stood)
    return Judgement(
        kind=kind,
        verdict=judged,
        reason=reasons.reworded(one, told) if kind is Kind.COUNTER_REWORDED else told,
        check_reason=told,
        expected=_expected(move),
        found=str(move.newer.value),
    )


def origins_meet(one: Counter, other: Counter, sides: Sides) -> bool | None:
    """Whether one origin fits both values; None where a snapshot day is unknown."""
    if sides.elapsed_days is None:
        return None
    first, last = one.origin(sides.moment(is_after=False)), other.origin(sides.moment(is_after=True))
    return _overlap(first, last, sides.slack) if first and last else None


def owed(counter: Counter, sides: Sides) -> int:
    """By how much a counter ought to have moved at the least, in its unit, that stands as it did; 0 if unknown.

    Stricter than what two captures that follow each other are held against, for here nothing else is asked but whether
    it stands still: all calendars that may be the page's must have turned, and a page that is made anew once a day, at
    whatever hour, may be hours late.
    """
    if sides.elapsed_days is None or sides.order() <= 0:
        return 0
    if counter.unit in FINE:
        return _short_of(counter, _fine_move(counter, counter, sides.elapsed_days, sides))
    certain = _certain(counter.unit, sides)
    if counter.unit == "day":
        fewest = min(least for least, _ in _elapsed(sides))
        return max(0, min(fewest, certain, *([counter.value] if counter.direction == "down" else ())))
    return next((by for by in range(certain) if _move(counter, _moved_by(counter, by), sides).is_fitting), certain)


def _certain(unit: str, sides: Sides) -> int:
    """How many such units passed for certain."""
    seconds = seconds_between(sides.before, sides.after)
    passed = (sides.elapsed_days or 0) * _DAY if seconds is None else seconds - JITTER
    return max(0, int(passed // _LONGEST[unit]))


def _short_of(counter: Counter, move: _Move) -> int:
    """How far it is from the nearest value that would be right."""
    if move.least is None or move.most is None:
        return 0
    return max(0, move.least - counter.value if counter.direction == "up" else counter.value - move.most)


def _moved_by(counter: Counter, units: int) -> Counter:
    return counter._replace(value=_reckoned(counter, units))


def _move(one: Counter, other: Counter, sides: Sides) -> _Move:
    older, newer = (other, one) if sides.order() < 0 else (one, other)
    days = abs(sides.elapsed_days) if sides.elapsed_days is not None else None
    if days is None:
        return _timeless(older, newer, sides)
    if older.unit == newer.unit and older.unit in FINE:
        return _fine_move(older, newer, days, sides)
    if older.unit == newer.unit == "day":
        return _day_move(older, newer, sides)
    fits = origins_meet(one, other, sides) or _origins_meet_by_captures(older, newer, sides)
    return _Move(older=older, newer=newer, least=None, most=None, is_fitting=fits or _is_over(older, newer, days))


def _timeless(older: Counter, newer: Counter, sides: Sides) -> _Move:
    """However much time passed, no count of it falls, and no count of time left rises."""
    move = _Move(older=older, newer=newer, least=None, most=None, is_fitting=None)
    way = stated_order(sides)
    if _moved(move) * way >= 0:
        return move
    if way < 0:
        older, newer = newer, older
    least, most = (older.value, None) if older.direction == "up" else (None, older.value)
    return _Move(older=older, newer=newer, least=least, most=most, is_fitting=False)


def _day_move(older: Counter, newer: Counter, sides: Sides) -> _Move:
    moves = [_within(older, newer, days) for days in _elapsed(sides)]
    fitting = next((at for at, move in enumerate(moves) if move.is_fitting), 0)
    return moves[fitting]._replace(is_by_captures=fitting > 0)


def _elapsed(sides: Sides) -> Iterator[tuple[int, int]]:
    """The fewest and the most days that passed, by the snapshot days and, where these are page dates, by the captures.

    A counter beside a page date that stalled for a day and more has to move.
    """
    days, captured = abs(sides.elapsed_days or 0), days_between_captures(sides.before, sides.after)
    if captured and sides.is_date_stalled:
        yield max(1, captured[0] - sides.slack), captured[1] + sides.slack
        return
    yield days - sides.slack, days + sides.slack
    if captured and not sides.slack:
        yield captured


def _within(older: Counter, newer: Counter, days: tuple[int, int]) -> _Move:
    least, most = sorted(_reckoned(older, count) for count in days)
    return _Move(older=older, newer=newer, least=least, most=most, is_fitting=least <= newer.value <= most)


def _origins_meet_by_captures(older: Counter, newer: Counter, sides: Sides) -> bool:
    """Whether one origin fits both values of a coarse unit, for one of the days that may lie between the captures."""
    today = sides.before_day if sides.order() >= 0 else sides.after_day
    captured = days_between_captures(sides.before, sides.after)
    if today is None or captured is None or sides.slack:
        return False
    first = older.origin(today)
    lasts = [newer.origin(today + timedelta(days=count)) for count in range(captured[0], captured[1] + 1)]
    return first is not None and any(_overlap(first, last, 0) for last in lasts if last)


def _fine_move(older: Counter, newer: Counter, days: int, sides: Sides) -> _Move:
    seconds = seconds_between(sides.before, sides.after)
    slack = _DAY if seconds is None else _FRESHNESS
    elapsed = days * _DAY if seconds is None else abs(seconds)
    unit = SECONDS[older.unit]
    near = _reckoned(older, -(-int(elapsed - slack) // unit) - 1)
    far = _reckoned(older, int(elapsed + slack) // unit + 1)
    least, most = min(near, far), max(near, far)
    return _Move(older=older, newer=newer, least=least, most=most, is_fitting=least <= newer.value <= most)


def _reckoned(older: Counter, units: int) -> int:
    """The value after so many units; a countdown stays at its end."""
    return older.value + units if older.direction == "up" else max(0, older.value - units)


def _is_over(older: Counter, newer: Counter, days: int) -> bool:
    """Whether a countdown in a coarse unit stands at its end, and rightly."""
    unit = SECONDS.get(older.unit, 30 * _DAY)
    return older.direction == "down" and newer.value == 0 and days * _DAY >= older.value * unit


def _overlap(first: tuple[date, date], last: tuple[date, date], slack: int) -> bool:
    off = timedelta(days=slack)
    return first[0] - off <= last[1] and last[0] - off <= first[1]


def _is_reworded(one: Counter, other: Counter, sides: Sides) -> bool:
    """Whether the sentences differ in more than the name in which the page's titles differ: the title tells that."""
    return fold(one.label) != fold(other.label) and not renaming(sides).tells(one.label, other.label)


def _kind(one: Counter, other: Counter, move: _Move, *, is_reworded: bool) -> Kind | None:
    moved = _moved(move)
    if move.is_fitting is False:
        if moved < 0:
            return Kind.COUNTER_RESET
        return Kind.COUNTER_STALLED if moved == 0 else Kind.COUNTER_DRIFTED
    if is_reworded:
        return Kind.COUNTER_REWORDED
    return Kind.COUNTER_ADVANCED if one.value != other.value or one.unit != other.unit else None


def _moved(move: _Move) -> float:
    """How far, in the counter's own direction, in seconds where the units differ."""
    older, newer = move.older, move.newer
    if older.unit == newer.unit:
        far = float(newer.value - older.value)
    else:
        far = float(_in_seconds(newer) - _in_seconds(older))
    return far if older.direction == "up" else -far


def _in_seconds(counter: Counter) -> int:
    return counter.value * SECONDS.get(counter.unit, {"month": 30 * _DAY, "year": 365 * _DAY}.get(counter.unit, _DAY))


def _expected(move: _Move) -> str | None:
    if move.least is None or move.most is None:
        bounds = ((move.least, "or more"), (move.most, "or less"))
        return next((f"{value} {beyond}" for value, beyond in bounds if value is not None), None)
    return str(move.least) if move.least == move.most else f"{move.least} to {move.most}"
