"""A count and the day it is read on → the days it can run from or to."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}  # of units of one length
FINE = ("second", "minute", "hour")  # units that no day of the calendar tells
# By so much a wall clock may go back on the way from one moment to the other.
_SUMMER_TIME = timedelta(hours=1)


def origin_of(value: int, unit: str, direction: str, today: date) -> tuple[date, date] | None:
    """The first and last such day; None where no calendar reaches it. `today` may be a datetime of the page's clock."""
    sign = -1 if direction == "up" else 1
    try:
        if unit in FINE:
            return _fine_origin(today, value * SECONDS[unit], sign * SECONDS[unit])
        return _origin(today.date() if isinstance(today, datetime) else today, value, unit, sign)
    except (OverflowError, ValueError):
        return None


def _fine_origin(today: date, value: int, unit: int) -> tuple[date, date]:
    """The days from the earliest to the latest moment; `value` and `unit` in seconds, `unit` with the sign of the way.

    Midnight that summer time makes 23:00 is the next day's: an hour is allowed for.
    """
    has_clock = isinstance(today, datetime)
    first = today if isinstance(today, datetime) else datetime.combine(today, time())
    last = first if has_clock else first + timedelta(days=1, seconds=-1)
    way, one = timedelta(seconds=value if unit > 0 else -value), timedelta(seconds=unit)
    near, far = first + way + min(one, timedelta()), last + way + max(one, timedelta())
    return near.date(), (far + _SUMMER_TIME if has_clock else far).date()


def _origin(today: date, value: int, unit: str, sign: int) -> tuple[date, date]:
    if unit == "day":
        near = far = today + sign * timedelta(days=value)
    elif unit == "week":
        near, far = (today + sign * timedelta(days=7 * value + rest) for rest in (0, 6))
    else:
        months = value * (12 if unit == "year" else 1)
        step = 12 if unit == "year" else 1
        near = add_months(today, sign * months)
        far = add_months(today, sign * (months + step)) - sign * timedelta(days=1)
    return min(near, far), max(near, far)


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later (earlier where negative), or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            if year < 1 or year > 9999:
                raise
    raise ValueError("no such month")
