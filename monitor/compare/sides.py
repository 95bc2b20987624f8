"""Two readings → what both have to do with time: their days, the days between them, which one is the older.

The days are the snapshot days; where one page date stands on both sides of more than a day, those of the captures.

Never reads a clock; all it knows of time is what the captures and the pages say.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple

from monitor.model.days import is_in_reverse
from monitor.model.reading import Reading, When

_DAY = 86_400
# How far from a whole day two captures may lie and still be so many days apart: a daily watch is hours late at times.
JITTER = _DAY / 4


class Sides(NamedTuple):
    """The two readings of a comparison, seen in time.

    `elapsed_days` is None where a day is unknown or known only from items; `slack` is how many days a snapshot day
    may be off the page's calendar; `lag` how many days late the page puts things up. `is_date_stalled` where the page
    date is known to be no calendar, for it stands still while a day and more passes between the captures.
    """

    before: Reading
    after: Reading
    before_day: date | None
    after_day: date | None
    elapsed_days: int | None
    slack: int = 0
    lag: int = 1
    is_date_stalled: bool = False

    @property
    def is_reversed(self) -> bool:
        return is_in_reverse(self.elapsed_days, self.before.captured_at, self.after.captured_at)

    @property
    def is_one_year(self) -> bool:
        days = [day for day in (self.before_day, self.after_day) if day]
        return bool(days) and days[0].year == days[-1].year

    def called(self, before: str, after: str) -> str:
        """One name for what both sides name: the later one in time, whichever way round the sides are."""
        if before == after or not before or not after:
            return after or before
        order = self.order()
        if order:
            return after if order > 0 else before
        return max(before, after)

    def moment(self, *, is_after: bool) -> date | None:
        """The snapshot day, as a datetime of the page's own clock where the page date has a time and is that day."""
        reading, day = (self.after, self.after_day) if is_after else (self.before, self.before_day)
        return reading.snapshot_moment if reading.page_day == day else day

    def order(self) -> int:
        """1 where `after` is the later snapshot, -1 where it is the older, 0 where nothing tells."""
        if self.elapsed_days:
            return 1 if self.elapsed_days > 0 else -1
        seconds = seconds_between(self.before, self.after) or 0
        return (seconds > 0) - (seconds < 0)

    def span(self, when: When | None, *, is_after: bool) -> tuple[date, date] | None:
        """The days a date on that side can mean."""
        return when.span(self.after_day if is_after else self.before_day) if when else None


def sides_of(before: Reading, after: Reading, lag: int = 1) -> Sides:
    is_stalled = before.page_day is not None and before.page_day == after.page_day and is_day_over(before, after)
    before_day, after_day = (each.captured_day if is_stalled else each.snapshot_day for each in (before, after))
    elapsed = None
    if before_day and after_day and not before.is_day_from_items and not after.is_day_from_items:
        elapsed = (after_day - before_day).days
    return Sides(
        before=before,
        after=after,
        before_day=before_day,
        after_day=after_day,
        elapsed_days=elapsed,
        slack=1 if before.is_day_from_capture or after.is_day_from_capture else 0,
        lag=lag,
        is_date_stalled=is_stalled,
    )


def seconds_between(before: Reading, after: Reading) -> float | None:
    """Seconds between the captures, or between the moments that page date and first clock name; None if unknown."""
    if before.captured_at and after.captured_at:
        return (after.captured_at - before.captured_at).total_seconds()
    first, last = _shown_moment(before), _shown_moment(after)
    return (last - first).total_seconds() if first and last else None


def days_between_captures(before: Reading, after: Reading) -> tuple[int, int] | None:
    """The fewest and the most days that any calendar can have turned between the captures; None if unknown.

    Of captures dated by the day alone the days between, for nothing tells more.
    """
    first, last = before.captured_at, after.captured_at
    if not first or not last:
        return None
    if _is_day_alone(first) or _is_day_alone(last):
        days = abs((last.date() - first.date()).days)
        return days, days
    seconds = abs((last - first).total_seconds())
    return int((seconds + JITTER) // _DAY), max(1, int(-(-(seconds - JITTER) // _DAY)))


def is_day_over(before: Reading, after: Reading) -> bool:
    """Whether a day and more passed between the captures for certain."""
    first, last = before.captured_at, after.captured_at
    if not first or not last:
        return False
    unsure = _DAY if _is_day_alone(first) or _is_day_alone(last) else 0
    return abs((last - first).total_seconds()) - unsure >= _DAY


def _is_day_alone(captured: datetime) -> bool:
    """Whether a capture is dated by its day alone, which is kept as midnight."""
    return captured.time() == time.min


def _shown_moment(reading: Reading) -> datetime | None:
    if not reading.page_day or not reading.clocks:
        return None
    try:
        moment = datetime.fromisoformat(f"{reading.page_day.isoformat()}T{reading.clocks[0].time.zfill(5)}")
    except ValueError:
        return None
    return moment
