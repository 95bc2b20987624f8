"""The numeric dates of a page → which of two numbers is the day and which the month."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache


def day_month_order(texts: Iterable[str]) -> str:
    """ "dmy" or "mdy", as the numeric dates of a page show that can only be read in one way; "auto" if none does.

    Where they contradict each other, "dmy": the order of most of the world. Those with a year come first; 11/29 at the
    beginning of a text counts where no other day and month is against it, and no count of 29 things.
    """
    is_mdy = False
    short: set[tuple[int, int]] = set()
    for text in texts:
        if "." not in text and "/" not in text and "-" not in text:
            continue
        yearless = _yearless_date().match(text)
        if yearless:
            short.add((int(yearless[1]), int(yearless[2])))
        for match in _numeric_date().finditer(text):
            first, second = int(match[1]), int(match[3])
            if 12 < first <= 31 and 1 <= second <= 12:
                return "dmy"
            is_mdy = is_mdy or (12 < second <= 31 and 1 <= first <= 12)
    return "mdy" if is_mdy or _are_months_first(short) else "auto"


def _are_months_first(pairs: set[tuple[int, int]]) -> bool:
    """Whether pairs of numbers are months and days: 11/29, 11/15, but not 1/20, 2/20, which are places in a row."""
    days = {second for first, second in pairs if 1 <= first <= 12 < second <= 31}
    return len(days) > 1 and all(1 <= first <= 12 and 1 <= second <= 31 for first, second in pairs)


def day_and_month(first: int, second: int, order: str) -> tuple[int, int]:
    """Day and month of two numbers: as `order` says unless only the other way is a date. "auto" takes the day first."""
    if second > 12 or (order == "mdy" and first <= 12):
        return second, first
    return first, second


@cache
def _numeric_date() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w./-])(\d\d?)([./-])(\d\d?)\2(?:(?:19|20)\d\d|(?<=/)\d\d|(?<=-)\d\d(?=,?\s\d\d?:\d\d))(?![\w/-]|\.\d)"
    )


@cache
def _yearless_date() -> re.Pattern[str]:
    return re.compile(r"(\d\d?)/(\d\d)(?![\w/-]|\.\d)")
