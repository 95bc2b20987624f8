"""The times of captures → the usual pace, and the gaps: stretches much longer than that, or with captures lost."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from monitor.model.schedule import Schedule
from monitor.model.story import Gap

# A schedule that misses one capture doubles an interval; two missed in a row make three.
_MUCH_LONGER = 2.5
# Pauses nearly as long that come again and again are the page's rhythm: nights of an hourly capture (one interval in 9
# to 24), weekends of a daily one (one in 5), and the long intervals of captures at random times. Outages are rarer.
_NEARLY_AS_LONG = 2 / 3
_RHYTHM = 1 / 30  # of all intervals
_FEWEST_OF_RHYTHM = 2  # others: an outage and one more are no rhythm yet
_FEWEST = 4  # intervals that show a pace
_LATELY = 100  # intervals: four days of hourly captures, three months of daily ones
_A_DAY = timedelta(days=1)  # so often is captured what cron calls `monitor check` for, whatever config.yaml says
_DAY = 24 * 60  # minutes


def pace_of(times: Sequence[datetime]) -> timedelta | None:
    """The median time between two captures; `times` are in order."""
    intervals = sorted(later - earlier for earlier, later in pairwise(times))
    return intervals[len(intervals) // 2] if intervals else None


def gaps_in(
    times: Sequence[datetime], lost: Sequence[datetime] = (), schedule: Schedule | None = None
) -> tuple[Gap, ...]:
    """The intervals in which the page was not seen, by the places of their ends in `times`, which are in order.

    They are those much longer than the pace, and than the `schedule` has them, that are no rhythm of the page, where
    enough show a pace, and those in which captures were `lost`.
    """
    intervals = [later - earlier for earlier, later in pairwise(times)]
    usual = (longest_pause(schedule) if schedule else None) or timedelta(0)
    unusual = (at for at in _long(intervals) if intervals[at] > _MUCH_LONGER * usual)
    long = {*unusual, *(bisect_left(times, at) - 1 for at in lost)}
    return tuple(Gap(before=at, after=at + 1, length=length) for at, length in enumerate(intervals) if at in long)


def is_gap(times: Sequence[datetime], before: int, after: int, schedule: Schedule | None = None) -> bool:
    """Whether two of these times, given by their places, are further apart than the page's captures are.

    The `schedule` tells how far apart they should be, and the captures before how far apart they are, where these are
    enough to show it: a page that was captured daily for weeks is not unseen after a day, be it due every hour. One by
    cron, or none, leaves it to the pace of all captures. What lies between the two is no good capture, and was taken
    all the same.
    """
    return any(True for _ in long_between(times, [(before, after)], schedule))


def long_between(
    times: Sequence[datetime], pairs: Iterable[tuple[int, int]], schedule: Schedule | None = None
) -> Iterator[tuple[int, int]]:
    """Those of many pairs, likewise."""
    usual = longest_pause(schedule) if schedule else None
    if usual:
        yield from ((first, last) for first, last in pairs if is_unusual(times, first, times[last], usual))
        return
    intervals = [later - earlier for earlier, later in pairwise(times)]
    long = frozenset(_long(intervals))
    for before, after in pairs:
        is_next = after == before + 1
        if before in long if is_next else len(intervals) in _long([*intervals, times[after] - times[before]]):
            yield before, after


def is_unusual(times: Sequence[datetime], before: int, until: datetime, usual: timedelta) -> bool:
    """Whether from the time at that place on nobody saw the page for long, where its schedule has it seen so often.

    What came later says nothing of it: pauses that were usual then are none now that it is captured more often.
    """
    pause = until - times[before]
    if pause <= _MUCH_LONGER * usual:
        return False
    lately = [later - earlier for earlier, later in pairwise(times[max(0, before - _LATELY) : before + 1])]
    return len(lately) + 1 < _FEWEST or len(lately) in _long([*lately, pause])


def is_outage(times: Sequence[datetime], before: int, until: datetime, schedule: Schedule | None = None) -> bool:
    """Whether a gap from the time at that place on is one by how the page is captured, and not by its schedule alone.

    Where too few captures show that, it is one that is much longer than a day too.
    """
    usual = longest_pause(schedule) if schedule else None
    return usual is None or before + 1 >= _FEWEST or until - times[before] > _MUCH_LONGER * max(usual, _A_DAY)


def longest_pause(schedule: Schedule) -> timedelta | None:
    """The longest time between two slots; None of a schedule by cron, which needs a calendar."""
    if schedule.every:
        return timedelta(seconds=schedule.every)
    minutes = sorted(int(time[:2]) * 60 + int(time[3:]) for time in schedule.at)
    if not minutes:
        return None
    pauses = [later - earlier for earlier, later in pairwise([*minutes, minutes[0] + _DAY])]
    return timedelta(minutes=max(pauses))


def _long(intervals: Sequence[timedelta]) -> Iterator[int]:
    """Which intervals are much longer than the pace."""
    if len(intervals) < _FEWEST:
        return
    in_order = sorted(intervals)
    for at, length in enumerate(intervals):
        if length > _MUCH_LONGER * in_order[len(in_order) // 2] and not _is_rhythm(length, in_order):
            yield at


def _is_rhythm(length: timedelta, intervals: Sequence[timedelta]) -> bool:
    """Whether intervals nearly as long are frequent; `intervals` are sorted."""
    others = len(intervals) - bisect_left(intervals, _NEARLY_AS_LONG * length) - 1
    return others >= max(_FEWEST_OF_RHYTHM, _RHYTHM * len(intervals))
