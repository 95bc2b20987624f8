"""The day a page was captured on, and on which other days the same bytes would have been read alike."""

from __future__ import annotations

from datetime import date

# A page may stand a day off its capture, by its time zone.
PAGE_DATE_TOLERANCE = 1  # days


class CaptureDay:
    """Dates of the page are held against it; what it answers narrows the days on which it would have answered so.

    Days are kept as numbers: a page may show the first or the last date there is.
    """

    __slots__ = ("_day", "_first", "_last")

    def __init__(self, day: date | None) -> None:
        self._day = day.toordinal() if day else None
        self._first, self._last = date.min.toordinal(), date.max.toordinal()

    @property
    def first(self) -> date:
        """The first day of capture that gives the same reading."""
        return date.fromordinal(self._first)

    @property
    def last(self) -> date:
        """The last such day."""
        return date.fromordinal(self._last)

    def is_near(self, shown: date) -> bool:
        """Whether a date may be today's, seen from the capture; any may where its day is not known."""
        if self._day is None:
            return True
        near_first, near_last = shown.toordinal() - PAGE_DATE_TOLERANCE, shown.toordinal() + PAGE_DATE_TOLERANCE
        if self._day < near_first:
            self._last = min(self._last, near_first - 1)
        elif self._day > near_last:
            self._first = max(self._first, near_last + 1)
        else:
            self._first, self._last = max(self._first, near_first), min(self._last, near_last)
        return near_first <= self._day <= near_last

    def exactly(self) -> date | None:
        """The day itself; whoever asks for it reads the page so on no other day."""
        if self._day is None:
            return None
        self._first = self._last = self._day
        return date.fromordinal(self._day)
