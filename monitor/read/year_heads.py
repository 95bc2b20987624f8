"""Items whose days bear no year → the same items in the years that stand above them: "2020", "Archive 2019"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from monitor.model.reading import Item
from monitor.read.blocks import Block

if TYPE_CHECKING:
    from monitor.read.units import Record

# "Press releases 2020": with more words it is a title with a year in it.
_MOST_WORDS = 3
_LONGEST = 30


def is_year(text: str) -> bool:
    """Whether a text is a year, with a word for it at most: "2020", "2020 год", "2020年"."""
    return year_in(text) is not None and len(text.split()) < _MOST_WORDS and text.strip(" :.")[:4].isdigit()


def year_in(text: str) -> int | None:
    """The year that a heading names."""
    if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS:
        return None
    numbers = _numbers().findall(text)
    return int(numbers[0]) if len(numbers) == 1 and _year().fullmatch(numbers[0]) else None


def under_years(items: list[Item], records: Sequence[Record], blocks: Sequence[Block]) -> list[Item]:
    """The items, each with the last year that stands above the list or between its entries."""
    first = next((item.date for item in items if item.date), None)
    if first is None or first.day is None or first.year:
        return items
    year, end = None, max(records[0].first - 2, 0)
    dated = []
    for item, record in zip(items, records, strict=True):
        above = (year_in(block.text) for block in blocks[end : record.first])
        year = next((each for each in reversed(list(above)) if each is not None), year)
        dated.append(_in_year(item, year) if year else item)
        end = record.last
    return dated


def _in_year(item: Item, year: int) -> Item:
    when = item.date
    return item._replace(date=when._replace(year=year)) if when and when.day and when.year is None else item


@cache
def _numbers() -> re.Pattern[str]:
    return re.compile(r"\d+")


@cache
def _year() -> re.Pattern[str]:
    return re.compile(r"19\d\d|20\d\d")
