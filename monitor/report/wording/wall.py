"""Times in UTC → what the clock on a reader's wall shows, in words. Without the zone: a digest names it once."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from monitor.report.wording import dates

if TYPE_CHECKING:
    from monitor.model.digest import Digest


class Wall(NamedTuple):
    """The clock of a zone, read on `today` there: a year is said where it is another."""

    zone: tzinfo
    today: date

    def local(self, at: datetime) -> datetime:
        """The moment there."""
        return at.astimezone(self.zone)

    def day(self, at: datetime) -> str:
        """28 November"""
        return dates.day_beside(self.local(at).date(), self.today)

    def whole_day(self, at: datetime) -> str:
        """28 November 2026"""
        return dates.day(self.local(at).date())

    def moment(self, at: datetime) -> str:
        """28 November, 06:00"""
        return f"{self.day(at)}, {self.local(at):%H:%M}"

    def between(self, one: datetime, other: datetime) -> str:
        """Between 27 November, 22:00, and 28 November, 06:00; of one day its name is said once, of one minute that."""
        if self.moment(one) == self.moment(other):
            return f"at {self.local(one):%H:%M} on {self.day(one)}"
        return f"between {self._both(one, other, ' and ')}"

    def from_to(self, one: datetime, other: datetime) -> str:
        """From 27 November, 22:00, to 28 November, 06:00."""
        if self.moment(one) == self.moment(other):
            return f"on {self.moment(one)}"
        return f"from {self._both(one, other, ' to ')}"

    def _both(self, one: datetime, other: datetime, word: str) -> str:
        if self.local(one).date() == self.local(other).date():
            return f"{self.local(one):%H:%M}{word}{self.local(other):%H:%M} on {self.day(other)}"
        return f"{self.moment(one)},{word}{self.moment(other)}"


def wall_of(digest: Digest) -> Wall:
    """The reader's clock, at the end of the digest's time."""
    return wall(digest.zone, digest.until)


def wall(zone: str, at: datetime) -> Wall:
    """The clock of an IANA zone, read `at` that time."""
    if zone == "UTC":
        return Wall(UTC, at.astimezone(UTC).date())
    from zoneinfo import ZoneInfo  # noqa: PLC0415  most readers have UTC

    there = ZoneInfo(zone)
    return Wall(there, at.astimezone(there).date())
