"""A number in a text → the calendar date it begins, ends or stands in, in one of the written forms.

Every form has a number in it, so the scan goes from number to number and looks a few letters around each: text
without numbers costs nothing, and no list of month names is ever compiled into a pattern.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from monitor.read.calendars import ERA_LENGTH, FIRST_OF_ERA, LAST_SOLAR_YEAR, era_before, from_solar, solar_month
from monitor.read.day_order import day_and_month
from monitor.read.languages import fold, month_of, vietnamese_months

# How much may be read into a text: prose yields least, a text that is nothing but a date most.
PROSE, EDGE, WHOLE = 0, 1, 2

FIRST_NUMERIC_YEAR, FIRST_NAMED_YEAR, LAST_YEAR = 1900, 1000, 2100
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Words of daily use that are also months somewhere ("10 out of 20", "set 5", "3 ago"): only with day and year.
_EVERYDAY = frozenset("ago ara des gen lip lis led mars noi out pro set sie tem una".split())
# Months in English that are words in lower case.
_ONLY_CAPITAL = frozenset(("dec", "march", "mar", "may"))
# What may stand between a month and its day or year; combining vowel signs end some months' names.
_AFTER_NAME = frozenset(".,/-\u0930\u0940\u0948\u094d")
# A letter run: no punctuation, digit or blank, so that combining vowel signs are in it.
_WORD = r"[^\s\d.,;:!?()\[\]{}<>|/\"«»“”„•·–—‒‐-]"
# "April 18-21" ends in a day: who puts a blank before the day puts no stroke before the year.
_YEAR_AFTER = r"""(?:(?:[.,]?\s{1,3}|[,./-]|\.,\s)(?:(?:de|del|of|năm)\s)?(?P<year>\d{4})(?!\d)
    |[./-](?<!\s\d-)(?<!\s\d\d-)(?P<short>\d\d)(?![\d:])|\s?['’](?P<quoted>\d\d)(?!\d))?"""


class Part(NamedTuple):
    """What one stretch of text says of a moment. `clock`, `utc_offset`, `ago`, `days` as in `When`."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    clock: str | None = None
    utc_offset: int | None = None
    ago: int | None = None
    days: int = 0

    @property
    def is_full(self) -> bool:
        return self.year is not None and self.day is not None

    @property
    def is_bare_time(self) -> bool:
        return self.month is None and self.ago is None


def date_at(text: str, start: int, end: int, floor: int, order: str, trust: int) -> Part | None:
    """The date that the number at `start:end` belongs to; nothing before `floor` is looked at."""
    length = end - start
    follow = text[end : end + 2].lstrip()[:1]
    if length < 4 and follow == "年":
        return _in_era(text, start, end)
    if length not in (1, 2, 4):
        return None
    part = None
    if length == 4:
        part = _year_first(text, start, end, follow)
    elif follow and follow in "./-":
        part = _numeric(text, start, order, trust)
    if part is None and length < 4 and not follow.isdigit():
        part = _day_first(text, start, end, follow, trust)
    part = part or _after_month(text, start, end, floor, trust)
    return _month_and_year(text, start) if part is None and trust == WHOLE else part


def has_digit(text: str) -> bool:
    """Whether any number stands in the text."""
    return digits().search(text) is not None


@cache
def digits() -> re.Pattern[str]:
    return re.compile(r"\d+")


def is_day(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether the calendar has it; without a year 29 February counts."""
    if month is None or not 1 <= month <= 12:
        return False
    if day is None:
        return True
    if month == 2 and day == 29 and year is not None:
        return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= _MONTH_DAYS[month - 1]


def _in_era(text: str, start: int, end: int) -> Part | None:
    """令和6年5月2日, 民國113年5月2日."""
    era, match = era_before(text, start), _month_day_of_era().match(text, end)
    if era is None or match is None:
        return None
    return _part(start - ERA_LENGTH, match.end(), era + int(text[start:end]), int(match["month"]), int(match["day"]))


def _solar(start: int, end: int, year: int, month: int, day: int) -> Part | None:
    found = from_solar(year, month, day)
    return Part(start, end, found.year, found.month, found.day) if found else None


def _year_first(text: str, start: int, end: int, follow: str) -> Part | None:
    if follow and follow in "/-" and int(text[start:end]) <= LAST_SOLAR_YEAR:
        solar = _year_month_day().match(text, start)
        return _solar(start, solar.end(), *(int(solar[name]) for name in ("year", "month", "day"))) if solar else None
    if not follow or not FIRST_NUMERIC_YEAR <= int(text[start:end]) <= LAST_YEAR:
        return None
    match = _east_asian().match(text, start) if follow in "年년" else _year_month_day().match(text, start)
    if match:
        day = match["day"]
        return _part(start, match.end(), int(match["year"]), int(match["month"]), int(day) if day else None)
    match = _year_name_day().match(text, start)
    month = month_of(match["month"]) if match else None
    if match is None or month is None:
        return None
    return _part(start, match.end(), int(match["year"]), month, int(match["day"]))


def _numeric(text: str, start: int, order: str, trust: int) -> Part | None:
    match = _day_month_year().match(text, start)
    if match is None:
        return _yearless_numeric(text, start, order) if trust == WHOLE else None
    first, second, year = match["first"], match["second"], match["year"]
    is_timed = trust == WHOLE and len(year) == 2 and _time_behind().match(text, match.end()) is not None
    if len(year) == 2 and not (is_timed or _is_short_year(match["sep"], first, second, order, trust)):
        return None
    day, month = day_and_month(int(first), int(second), order)
    full = int(year) if len(year) == 4 else _century(int(year))
    if not FIRST_NUMERIC_YEAR <= full <= LAST_YEAR:
        return None
    return _part(start, match.end(), full, month, day)


def _is_short_year(sep: str, first: str, second: str, order: str, trust: int) -> bool:
    """Whether 25.07.20 ends in a year: both parts of two digits, and not a version number in prose."""
    if trust == WHOLE and sep == "/" and len(second) == 2:
        return True
    if len(first) < 2 or len(second) < 2 or sep.strip() == "-":
        return False
    return trust > PROSE or order != "auto" or max(int(first), int(second)) > 12


def _yearless_numeric(text: str, start: int, order: str) -> Part | None:
    """25/07, 25.07. and 03.08 (no price begins with a zero)."""
    match = _day_month_only().match(text, start)
    if match is None or (match["sep"] == "." and not match["stop"] and match["first"][0] != "0"):
        return None
    day, month = day_and_month(int(match["first"]), int(match["second"]), order)
    return _part(start, match.end(), None, month, day)


def _month_and_year(text: str, start: int) -> Part | None:
    """2020-08 and 08/2020, and 25 2020-08 as on a leaf of a calendar, where there is nothing else."""
    leaf = _calendar_leaf().match(text, start)
    if leaf:
        return _part(start, leaf.end(), int(leaf["year"]), int(leaf["month"] or leaf["sign"]), int(leaf["day"]))
    match = _month_year().match(text, start)
    if match is None:
        return None
    return _part(start, match.end(), int(match["year"] or match["last"]), int(match["month"] or match["first"]), None)


def _day_first(text: str, start: int, end: int, follow: str, trust: int) -> Part | None:
    if follow and follow in "月월":
        match = _east_asian_yearless().match(text, start)
        era = era_before(text, start - len(FIRST_OF_ERA)) if text.startswith(FIRST_OF_ERA, max(0, start - 2)) else None
        if match and era and start >= len(FIRST_OF_ERA) + ERA_LENGTH:
            first = start - len(FIRST_OF_ERA) - ERA_LENGTH
            return _part(first, match.end(), era + 1, int(match["month"]), int(match["day"]))
        return _part(start, match.end(), None, int(match["month"]), int(match["day"])) if match else None
    match = _day_name().match(text, start)
    if match is None:
        return None
    month = _vietnamese_month(match["month"], match["number"]) or month_of(" ".join(match["month"].split()))
    year = _year_of(match)
    if month is None:
        solar = solar_month(match["month"]) if year else None
        return _solar(start, match.end(), year, solar, int(text[start:end])) if year and solar else None
    if year is None and trust < WHOLE and _is_doubtful(match["month"], is_day_first=True):
        return None
    return _part(start, match.end(), year, month, int(text[start:end]))


def _vietnamese_month(word: str, number: str | None) -> int | None:
    if number:
        return int(number)
    folded = fold(word)
    return vietnamese_months().get(folded[6:]) if folded.startswith("thang ") else None


def _after_month(text: str, start: int, end: int, floor: int, trust: int) -> Part | None:
    """ "July 25, 2020", "July 25th", "July 2020": the month's name stands before the number."""
    last = text[max(floor, start - 2) : start].rstrip()[-1:]
    if not last.isalpha() and last not in _AFTER_NAME:
        return None
    before = text[max(floor, start - 24) : start]
    named = _name_before().search(before)
    month = month_of(named["month"]) if named else None
    if named is None or month is None:
        return None
    at = start - len(before) + named.start()
    if end - start == 4:
        year = int(text[start:end])
        if not 1800 <= year <= LAST_YEAR or text[end : end + 1].isalnum():
            return None
        return None if _is_doubtful(named["month"]) and trust < WHOLE else _part(at, end, year, month, None)
    match = _day_year().match(text, start)
    year_found = _year_of(match) if match else None
    if match is None or (year_found is None and trust < WHOLE and _is_doubtful(named["month"])):
        return None
    return _part(at, match.end(), year_found, month, int(match["day"]))


def _is_doubtful(word: str, *, is_day_first: bool = False) -> bool:
    """Whether the month's name is too common a word to make a date without a year."""
    name = fold(word)
    if name in _ONLY_CAPITAL:
        return word[:1].islower()
    return name in _EVERYDAY and not (is_day_first and name == "mars")


def _year_of(match: re.Match[str]) -> int | None:
    if match["year"]:
        return int(match["year"])
    short = match["short"] or match["quoted"]
    return _century(int(short)) if short else None


def _century(year: int) -> int:
    return year + (2000 if year < 70 else 1900)


def _part(start: int, end: int, year: int | None, month: int, day: int | None) -> Part | None:
    if year is not None and not FIRST_NAMED_YEAR <= year <= LAST_YEAR:
        return None
    return Part(start, end, year, month, day) if is_day(year, month, day) else None


@cache
def _year_month_day() -> re.Pattern[str]:
    """2020-07-25, 2020/7/25, 2020.07.25, 2020. 7. 25, but not 2020.3.1, which is a version."""
    return re.compile(
        r"(?P<year>\d{4})(?P<sep>[-/]|\.(?=\d\d\.\d\d(?!\d))|\.\s(?=\d\d?\.\s\d))(?P<month>\d\d?)(?P=sep)"
        r"(?P<day>\d\d?)(?!\d|[./-]\d)"
    )


@cache
def _year_name_day() -> re.Pattern[str]:
    """2020-Aug-03, 2020 August 3, 2020. augusztus 3."""
    return re.compile(rf"(?P<year>\d{{4}})[.,]?[\s-](?P<month>{_WORD}{{3,12}})\.?[\s-](?P<day>\d\d?)(?!\d|[:.,]\d)\.?")


@cache
def _east_asian() -> re.Pattern[str]:
    """2020年8月3日, 2020년 8월, with or without blanks."""
    return re.compile(
        r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d\d?)\s?[月월](?:\s?(?P<day>\d\d?)\s?[日일號号])?(?!\s?\d)"
    )


@cache
def _month_day_of_era() -> re.Pattern[str]:
    return re.compile(r"\s?年\s?(?P<month>\d\d?)\s?月\s?(?P<day>\d\d?)\s?日")


@cache
def _east_asian_yearless() -> re.Pattern[str]:
    return re.compile(r"(?P<month>\d\d?)\s?[月월]\s?(?P<day>\d\d?)\s?[日일號号]")


@cache
def _day_month_year() -> re.Pattern[str]:
    """25.07.2020, 25/7/2020, 25-07-2020, 25. 7. 2020, 25.07.20, 25 / 07 / 2020."""
    return re.compile(
        r"(?P<first>\d\d?)(?P<sep>\s?[./-]\s?)(?P<second>\d\d?)(?P=sep)(?P<year>\d{4}|\d\d)(?![\d%]|[./-]\d)"
    )


@cache
def _time_behind() -> re.Pattern[str]:
    """A time of day, not hours, makes a date of 12-04-14, which is as often a telephone number or a score."""
    return re.compile(r"(?<=\d\d-\d\d-\d\d),?\s+\d\d?:\d\d(?!\d|\s?[-–—])")


@cache
def _day_month_only() -> re.Pattern[str]:
    return re.compile(r"(?P<first>\d\d?)(?P<sep>[./])(?P<second>\d\d)(?P<stop>\.?)(?!\S)")


@cache
def _month_year() -> re.Pattern[str]:
    return re.compile(r"(?:(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)|(?P<first>\d\d)[./](?P<last>(?:19|20)\d\d))(?!\S)")


@cache
def _calendar_leaf() -> re.Pattern[str]:
    """25 2020-08, 25 2020/08, 25 2020年8月; not the month first, behind which a count of that month may stand."""
    return re.compile(
        r"(?P<day>\d\d?)\s(?P<year>(?:19|20)\d\d)(?:[./-](?P<month>\d\d)|\s?年\s?(?P<sign>\d\d?)\s?月)(?!\S)"
    )


@cache
def _day_name() -> re.Pattern[str]:
    """3 August 2020, 3rd of August, 1er août 2020, 3 de agosto de 2020, 20-Jun-2018, 3. 8月, 3 tháng 8 năm 2020."""
    ordinal = r"(?:st|nd|rd|th|ST|ND|RD|TH|er|re|e|ème|º|ª|°|-?го|-?е|η|ης)?"
    between = r"(?:[.,]?\s{1,3}|[./-])(?:(?:of|OF|de|DE|di|del|den|da)\s{1,2}|d['’])?"
    month = rf"(?P<month>[tT]háng\s(?P<number>\d\d?)(?!\d)|(?:[tT]háng|كانون|تشرين)\s{_WORD}+|{_WORD}{{2,14}})"
    return re.compile(rf"\d\d?{ordinal}{between}{month}{_YEAR_AFTER}", re.VERBOSE)


@cache
def _name_before() -> re.Pattern[str]:
    """The last word before a number, with what parts them."""
    return re.compile(rf"(?P<month>{_WORD}{{2,14}})(?:[.,]?\s{{1,3}}(?:(?:de|del|of|DE|OF)\s)?|[.,/-])$")


@cache
def _day_year() -> re.Pattern[str]:
    """25, 2020 and 25th 2020 and 25, after the month."""
    return re.compile(rf"(?P<day>\d\d?)(?:st|nd|rd|th|ST|ND|RD|TH)?{_YEAR_AFTER}(?![\w%]|[.,:]\d)", re.VERBOSE)
