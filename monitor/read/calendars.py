"""Dates of other calendars → Gregorian year, month and day: the Solar Hijri months of Iran, the eras of east Asia."""

from __future__ import annotations

from datetime import date
from functools import cache

# Years in which pages are dated: 1280 is 1901, 1478 is 2099.
FIRST_SOLAR_YEAR, LAST_SOLAR_YEAR = 1280, 1478
_MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
# The year before an era's first.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}
ERA_LENGTH = 2
FIRST_OF_ERA = "元年"


def solar_month(word: str) -> int | None:
    """1 to 12 where the word is a month's name in the Solar Hijri calendar."""
    return _solar_months().get(word)


def from_solar(year: int, month: int, day: int) -> date | None:
    """The day of a Solar Hijri date, by the 33-year rule of leap years; None where there is none."""
    if not (FIRST_SOLAR_YEAR <= year <= LAST_SOLAR_YEAR and 1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        return None
    cycles, rest = divmod(year + 1595, 33)
    before = 31 * (month - 1) if month < 7 else 30 * (month - 7) + 186
    return date.fromordinal(-356033 + 365 * (year + 1595) + 8 * cycles + (rest + 3) // 4 + before + day)


def era_before(text: str, start: int) -> int | None:
    """The year before the first of the era whose name stands right before `start`."""
    return _ERAS.get(text[max(0, start - ERA_LENGTH) : start])


@cache
def _solar_months() -> dict[str, int]:
    return {name: number for number, name in enumerate(_MONTHS.split(), start=1)}
