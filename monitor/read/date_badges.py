"""Day, month and year in blocks of their own, as in a calendar leaf beside a title → one date of these blocks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from monitor.model.reading import When
from monitor.read.blocks import Block
from monitor.read.dates import read_date
from monitor.read.languages import month_of

LONGEST_DAY = 3
LONGEST_MONTH = 14
LAST_DAY = 31


def date_badges(blocks: Sequence[Block]) -> list[tuple[int, int, When]]:
    """First block, the one behind the last, and the date, of each "04", "JUL", "2020" and "JUL", "04"."""
    found = []
    last = 0
    for index, (one, other) in enumerate(pairwise(blocks)):
        if index < last or not (
            (_is_day(one.text) and _is_month(other.text)) or (_is_month(one.text) and _is_day(other.text))
        ):
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
    return len(number) <= 2 and number.isdigit() and 1 <= int(number) <= LAST_DAY


def _is_month(text: str) -> bool:
    return len(text) <= LONGEST_MONTH and text[:1].isalpha() and month_of(text.strip(" .,")) is not None
