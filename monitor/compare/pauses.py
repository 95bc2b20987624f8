"""The times of captures → the usual pace, and the gaps: stretches without a capture much longer than that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from monitor.model.story import Gap

# The time that nine in ten intervals do not exceed, and never the longest: a pause each night or weekend is no gap.
_USUAL_SHARE = 0.9
# A schedule that misses one capture doubles an interval; two missed in a row make three. Of captures at random times
# (intervals that fall off exponentially) one in 316 is so much longer.
_MUCH_LONGER = 2.5
_FEWEST = 4  # intervals that show a pace


def pace_of(times: Sequence[datetime]) -> timedelta | None:
    """The median time between two captures; `times` are in order."""
    intervals = sorted(later - earlier for earlier, later in pairwise(times))
    return intervals[len(intervals) // 2] if intervals else None


def gaps_in(times: Sequence[datetime]) -> tuple[Gap, ...]:
    """The intervals more than _MUCH_LONGER times the usual; none where too few tell what is usual."""
    intervals = [later - earlier for earlier, later in pairwise(times)]
    if len(intervals) < _FEWEST:
        return ()
    usual = sorted(intervals)[int(_USUAL_SHARE * (len(intervals) - 1))]
    return tuple(
        Gap(before=at, after=at + 1, length=length)
        for at, length in enumerate(intervals)
        if length > _MUCH_LONGER * usual
    )
