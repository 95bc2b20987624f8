"""When something was captured → the day that was, as its page counts days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time


def day_in(moment: datetime, zone: str | None) -> date:
    """The day of a moment in the time zone of that IANA name; in UTC without one.

    A capture that is known by its day alone is kept as midnight: its day is that one in every zone.
    """
    moment = moment.astimezone(UTC)
    if zone is None or moment.time() == time.min:
        return moment.date()
    from zoneinfo import ZoneInfo  # noqa: PLC0415  most pages count in UTC

    try:
        return moment.astimezone(ZoneInfo(zone)).date()
    except OverflowError:  # at the ends of the calendar
        return moment.date()


def is_taken_before(one: datetime | None, other: datetime | None) -> bool:
    """Whether a capture was taken before another for certain: of one known by its day alone the time is not known."""
    return bool(one and other and _has_time(one) and _has_time(other) and one < other)


def is_in_reverse(days: int | None, before: datetime | None, after: datetime | None) -> bool:
    """Whether of two captures the one called after is the older: by the days between them, on one day by their times.

    `days` is negative where it is; None where nobody knows.
    """
    return is_taken_before(after, before) if days == 0 else days is not None and days < 0


def _has_time(moment: datetime) -> bool:
    return moment.astimezone(UTC).time() != time.min
