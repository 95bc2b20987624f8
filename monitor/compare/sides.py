"""Two readings → what both have to do with time: their days, the days between them, which one is the older.

Never reads a clock; all it knows of time is what the captures and the pages say.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from monitor.model.reading import Reading, When

_PAGE_DATE_SLACK = 1  # days between a page's own calendar and UTC: no zone is further off


class Sides(NamedTuple):
    """The two readings of a comparison, seen in time.

    `elapsed_days` is None where a day is unknown or known only from items; `slack` is how many days a snapshot day
    may be off the page's calendar; `lag` how many days late the page puts things up.
    """

    before: Reading
    after: Reading
    before_day: date | None
    after_day: date | None
    elapsed_days: int | None
    slack: int = 0
    lag: int = 1

    @property
    def is_reversed(self) -> bool:
        return self.elapsed_days is not None and self.elapsed_days < 0

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
    before_day, after_day = day_of(before), day_of(after)
    elapsed = None
    if before_day and after_day and not before.is_day_from_items and not after.is_day_from_items:
        elapsed = (after_day - before_day).days
    is_loose = any(_is_capture_day(reading) for reading in (before, after))
    return Sides(
        before=before,
        after=after,
        before_day=before_day,
        after_day=after_day,
        elapsed_days=elapsed,
        slack=1 if is_loose else 0,
        lag=lag,
    )


def day_of(reading: Reading) -> date | None:
    """The snapshot day; a page date that is not within a day of the capture is none."""
    return reading.captured_at.date() if _is_capture_day(reading) and reading.captured_at else reading.snapshot_day


def seconds_between(before: Reading, after: Reading) -> float | None:
    """Seconds between the captures, or between the moments that page date and first clock name; None if unknown."""
    if before.captured_at and after.captured_at:
        return (after.captured_at - before.captured_at).total_seconds()
    first, last = _shown_moment(before), _shown_moment(after)
    return (last - first).total_seconds() if first and last else None


def _is_capture_day(reading: Reading) -> bool:
    if reading.captured_at is None:
        return False
    return reading.page_day is None or abs(reading.page_day - reading.captured_at.date()) > timedelta(
        days=_PAGE_DATE_SLACK
    )


def _shown_moment(reading: Reading) -> datetime | None:
    if not reading.page_day or not reading.clocks:
        return None
    try:
        moment = datetime.fromisoformat(f"{reading.page_day.isoformat()}T{reading.clocks[0].time.zfill(5)}")
    except ValueError:
        return None
    return moment
