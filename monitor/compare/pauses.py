"""The times of captures → the usual pace, and the gaps: stretches much longer than that, or with captures lost."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from monitor.model.story import Gap

# A schedule that misses one capture doubles an interval; two missed in a row make three.
_MUCH_LONGER = 2.5
# Pauses nearly as long that come again and again are the page's rhythm: nights of an hourly capture (one interval in 9
# to 24), weekends of a daily one (one in 5), and the long intervals of captures at random times. Outages are rarer.
_NEARLY_AS_LONG = 2 / 3
_RHYTHM = 1 / 30  # of all intervals
_FEWEST_OF_RHYTHM = 2  # others: an outage and one more are no rhythm yet
_FEWEST = 4  # intervals that show a pace


def pace_of(times: Sequence[datetime]) -> timedelta | None:
    """The median time between two captures; `times` are in order."""
    intervals = sorted(later - earlier for earlier, later in pairwise(times))
    return intervals[len(intervals) // 2] if intervals else None


def gaps_in(times: Sequence[datetime], lost: Sequence[datetime] = ()) -> tuple[Gap, ...]:
    """The intervals in which the page was not seen, by the places of their ends in `times`, which are in order.

    They are those much longer than the pace that are no rhythm of the page, where enough show a pace, and those in
    which captures were `lost`.
    """
    intervals = [later - earlier for earlier, later in pairwise(times)]
    long = {*_long(intervals), *(bisect_left(times, at) - 1 for at in lost)}
    return tuple(Gap(before=at, after=at + 1, length=length) for at, length in enumerate(intervals) if at in long)


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
