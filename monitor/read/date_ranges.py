"""A date in a text and what is written around it → the days it spans: "5–7 June 2024", "30 May to 2 June", 6月5日至7日.

A range begins on the day it names first; how many days more it lasts is kept beside that. It is looked for only where a
number of one or two digits, or a date, is followed by a dash or a word like "to".
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from monitor.read.date_forms import Part, date_at, digits, is_day
from monitor.read.languages import is_weekday

# An exhibition may be open for a year; what is further apart are two dates.
_LONGEST = 400
# Between a dash and the number of the second date stands a month's name at most.
_FARTHEST_NUMBER = 16
_NO_LEAP_YEAR = 2001
_FIRST_OF_LINK = frozenset("-–—‒−〜～~至tubadпдέàTUBADПДÀ")
_FIRST_BEHIND = frozenset("-–—‒−〜～~至\u00a0.sSnNrRtTeEº")


def with_range(text: str, part: Part, order: str, trust: int) -> Part:
    """The date, or the range of days that it begins."""
    if not _may_go_on(text, part.end):
        return part
    link = _link().match(text, part.end) if part.day and part.month else None
    if link is None:
        return part
    number = digits().search(text, link.end(), link.end() + _FARTHEST_NUMBER)
    second = date_at(text, number.start(), number.end(), link.end(), order, trust) if number else None
    if second is None or not _is_right_behind(text, link.end(), second.start):
        return _up_to_day(text, part, link)
    return _spanned(text, part, second) or part


def _may_go_on(text: str, end: int) -> bool:
    """Whether what stands behind a number may lead to another: most numbers are seen to be none at a glance."""
    sign = text[end : end + 1]
    return sign in _FIRST_BEHIND if sign != " " else text[end + 1 : end + 2] in _FIRST_OF_LINK


def _is_right_behind(text: str, end: int, start: int) -> bool:
    """Whether nothing but a day of the week stands in between."""
    return start == end or (start > end and is_weekday(text[end:start].strip(" ,.")))


def range_from_day(text: str, start: int, end: int, order: str, trust: int) -> Part | None:
    """The range of days that begins with a day alone, "5–7 June", or with day and month, "27.05. – 02.06.2024"."""
    if end - start > len("31") or not _may_go_on(text, end):
        return None
    link = _link_from_day().match(text, end)
    number = digits().match(text, link.end()) if link else None
    if link is None or number is None:
        return None
    second = date_at(text, number.start(), number.end(), link.end(), order, trust)
    if second is None or second.start != link.end() or not second.day or not second.month:
        return None
    month = int(link["month"]) if link["month"] else second.month
    return _spanned(text, Part(start, end, None, month, int(text[start:end])), second)


def _up_to_day(text: str, part: Part, link: re.Match[str]) -> Part:
    """ "May 27–29, 2024", "6月5日〜7日": the second day has no month of its own."""
    last = _last_day().match(text, link.end())
    if last is None or text[part.end - 1].isdigit() == bool(last["sign"]) or int(last["day"]) <= (part.day or 0):
        return part
    is_apart = link[0] != link[0].strip()
    if is_apart and not last["year"]:
        return part
    year = part.year or (int(last["year"]) if last["year"] else None)
    return _spanned(text, part, Part(link.end(), last.end(), year, part.month, int(last["day"]))) or part


def _spanned(text: str, first: Part, second: Part) -> Part | None:
    if not second.day or not second.month or not first.month or not first.day:
        return None
    year = first.year or (second.year and second.year - (first.month > second.month))
    if not is_day(year, first.month, first.day) or not is_day(second.year, second.month, second.day):
        return None
    days = _days_between((year, first.month, first.day), (second.year, second.month, second.day))
    if not 0 < days <= _LONGEST:
        return None
    opening = _opening().search(text, max(0, first.start - len(" dall'")), first.start)
    start = opening.start("word") if opening else first.start
    return first._replace(start=start, end=second.end, year=year, days=days)


def _days_between(first: tuple[int | None, int, int], second: tuple[int | None, int, int]) -> int:
    """Of days that no year has, 29 February is taken for the one after it."""
    start = first[0] or _NO_LEAP_YEAR
    end = second[0] or start + ((second[1], second[2]) < (first[1], first[2]))
    return _ordinal(end, *second[1:]) - _ordinal(start, *first[1:])


def _ordinal(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal() if is_day(year, month, day) else date(year, 3, 1).toordinal()


_DASH = r"[-–—‒−〜～~至]"
_WORDS = r"(?:to|until|through|bis|t/m|tot|au|al|à|a|até|do|по|до|til|till|έως)"


@cache
def _link() -> re.Pattern[str]:
    """What stands between the two dates of a range."""
    return re.compile(rf"\s?{_DASH}\s?(?=\w)|\s{_WORDS}\s(?=\w)", re.IGNORECASE)


@cache
def _link_from_day() -> re.Pattern[str]:
    """What stands between a day without a month, or day and month in numbers, and the date that ends a range."""
    ordinal = r"(?:st|nd|rd|th|er|º|\.)?"
    return re.compile(rf"(?:{ordinal}|\.(?P<month>\d\d?)\.?)(?:\s?{_DASH}\s?|\s{_WORDS}\s)(?=\d)", re.IGNORECASE)


@cache
def _last_day() -> re.Pattern[str]:
    return re.compile(
        r"(?P<day>\d\d?)(?:st|nd|rd|th)?(?P<sign>[日일號号])?(?:,?\s(?P<year>(?:19|20)\d\d)(?!\d))?(?![\w%/-]|[.:]\d|\s?[ap]\.?m\b)"
    )


@cache
def _opening() -> re.Pattern[str]:
    """ "from 5 to 7 June": the first of the two words."""
    return re.compile(r"(?<!\w)(?P<word>(?:from|vom|von|du|del|dal|dall'|de|od|z|с|van)\s?)$", re.IGNORECASE)
