"""Day, month and year in blocks of their own, as in a calendar leaf beside a title → one date of these blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from monitor.model.reading import When
from monitor.read.blocks import Block
from monitor.read.dates import read_date
from monitor.read.languages import month_of

LONGEST_DAY = 3
LONGEST_MONTH = 14
LAST_DAY = 31
YEAR_AND_MONTH = r"(?:19|20)\d\d(?:[./-]\d\d|年\d\d?月)"  # what stands under the day on a leaf of a calendar


def date_badges(blocks: Sequence[Block]) -> list[tuple[int, int, When]]:
    """First block, the one behind the last, and date, of each "04", "JUL", "2020", "JUL", "04" and "04", "2020-07"."""
    found = []
    last = 0
    days = [index for index, block in enumerate(blocks) if len(block.text) <= LONGEST_DAY and _is_day(block.text)]
    for index in sorted({*days, *(day - 1 for day in days)}):
        if not last <= index < len(blocks) - 1:
            continue
        one, other = blocks[index], blocks[index + 1]
        is_leaf = _is_day(one.text) and (_is_month(other.text) or _is_year_and_month(other))
        if not (is_leaf or (_is_month(one.text) and _is_day(other.text))):
            continue
        year = blocks[index + 2].text.strip() if index + 2 < len(blocks) else ""
        has_year = len(year) == 4 and year.isdigit()
        when = read_date(f"{one.text.strip()} {other.text.strip()}{' ' + year if has_year else ''}")
        if when is not None and when.month is not None and when.day is not None:
            last = index + 2 + has_year
            found.append((index, last, when))
    return found


def _is_day(text: str) -> bool:
    number = text.strip(" .") if len(text) <= LONGEST_DAY else ""
    return len(number) <= 2 and number.isdecimal() and 1 <= int(number) <= LAST_DAY


def _is_month(text: str) -> bool:
    return len(text) <= LONGEST_MONTH and text[:1].isalpha() and month_of(text.strip(" .,")) is not None


def _is_year_and_month(block: Block) -> bool:
    """Whether it is "2020-07" or "2020年7月"; in a row of a table the number before that is a rank or a count."""
    return block.tag not in ("td", "th") and _year_and_month().fullmatch(block.text) is not None


@cache
def _year_and_month() -> re.Pattern[str]:
    return re.compile(YEAR_AND_MONTH)
