"""A list whose dates rise and bear no year → the same list, its dates in the years that bring them nearest.

By itself a date without a year is the latest such day not after the snapshot, as in news. A list of coming events goes
the other way: its first day is near, and those below lie ahead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from monitor.model.reading import ItemList, When

_YEAR = 366
_FEWEST = 2
_LEAP_YEAR = 2000


def with_years(lists: Iterable[ItemList], today: Callable[[], date | None]) -> tuple[ItemList, ...]:
    """The lists, seen from the snapshot day, which is asked for only where it matters; None where it is not known."""
    return tuple(_dated(each, today) if _may_be_coming(each) else each for each in lists)


def _may_be_coming(each: ItemList) -> bool:
    first = next((item.date for item in each.items if item.date), None)
    return first is not None and first.year is None and first.day is not None


def _dated(each: ItemList, today: Callable[[], date | None]) -> ItemList:
    items = each.items
    dates = [item.date for item in items if item.date]
    days = [_in_leap_year(when) for when in dates]
    known = [day for day in days if day is not None]
    if len(known) < max(_FEWEST, len(dates)) or not _is_rising(known):
        return each
    day = today()
    if day is None:
        return each
    years = iter(_years(known, day))
    dated = (item._replace(date=item.date._replace(year=next(years))) if item.date else item for item in items)
    return each._replace(items=tuple(dated))


def _in_leap_year(when: When) -> date | None:
    is_bare_day = when.year is None and when.month is not None and when.day is not None
    return date(_LEAP_YEAR, when.month, when.day) if is_bare_day and when.month and when.day else None


def _is_rising(days: Sequence[date]) -> bool:
    """Whether the days go on from one to the next within a year, and do not go back within fewer days."""
    rise, fall = (sum((there - here).days % _YEAR for here, there in pairwise(way)) for way in (days, days[::-1]))
    return 0 < rise < min(_YEAR, fall)


def _years(days: Sequence[date], today: date) -> Iterator[int]:
    """The year of each, so that the first and last of them stand as near to today as they can."""
    length = sum((there - here).days % _YEAR for here, there in pairwise(days))
    start = min((today.year + off for off in (0, 1, -1)), key=lambda year: _distance(days[0], year, length, today))
    for at, day in enumerate(days):
        start += bool(at) and day < days[at - 1]
        yield start


def _distance(first: date, year: int, length: int, today: date) -> int:
    ahead = (first.replace(year=_LEAP_YEAR) - today.replace(year=_LEAP_YEAR)).days + _YEAR * (year - today.year)
    return max(ahead, -ahead - length, 0)
