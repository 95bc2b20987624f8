"""Items of a table under column names → the same items, where the table's dates are cells like others.

A column of dates dates its rows where it is named so or puts them in order. In a table of fees "Since" does neither: it
tells of each row when something began, and nothing of when the row came to stand there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from monitor.model.reading import Figure, Item
from monitor.read.blocks import Block
from monitor.read.numbers import is_number, number_of
from monitor.read.traits import Trait
from monitor.read.units import Record

# So few dates stand in order by chance: three distinct ones in four rows in 1 of 12 tables.
_FEWEST_IN_ORDER = 4
_FEWEST_DAYS = 3
_ALIGNED_SHARE = 0.6
_FEWEST_COLUMNS = 2


def with_cells(
    items: Sequence[Item], records: Sequence[Record], blocks: Sequence[Block], traits: Sequence[Trait]
) -> list[Item]:
    """The items, with cells for dates where the column names right above them say so; else as they are."""
    names = _names(blocks, records[0].first)
    if len(names) < _FEWEST_COLUMNS or not any(item.date for item in items):
        return list(items)
    aligned = [record.last - record.first == len(names) for record in records]
    if sum(aligned) < _ALIGNED_SHARE * len(records) or _is_dated(names, items, records, traits):
        return list(items)
    return [
        _row(item, record, names, blocks) if fits else item._replace(date=None)
        for item, record, fits in zip(items, records, aligned, strict=True)
    ]


def _names(blocks: Sequence[Block], first: int) -> list[str]:
    """The cells of the row of headings that ends right above a block."""
    start = first
    while start and blocks[start - 1].tag == "th":
        start -= 1
    return [block.text for block in blocks[start:first]]


def _is_dated(names: Sequence[str], items: Sequence[Item], records: Sequence[Record], traits: Sequence[Trait]) -> bool:
    """Whether a column with the items' dates bears a date's name, or they are in order, or stand in no column."""
    columns = {
        index - record.first
        for item, record in zip(items, records, strict=True)
        for index in range(record.first, record.last)
        if item.date and traits[index].is_date and traits[index].when == item.date
    }
    if not columns or any(column >= len(names) or _names_a_date(names[column]) for column in columns):
        return True
    days = [
        (item.date.year, item.date.month or 0, item.date.day or 0) for item in items if item.date and item.date.year
    ]
    if len(days) < _FEWEST_IN_ORDER or len(set(days)) < _FEWEST_DAYS:
        return False
    return any(all(one <= other for one, other in pairwise(order)) for order in (days, days[::-1]))


def _names_a_date(name: str) -> bool:
    words = set(name.casefold().replace("/", " ").replace(":", " ").split())
    return not words or bool(words & _date_words()) or any(sign in name for sign in ("日期", "日付", "날짜"))


@cache
def _date_words() -> frozenset[str]:
    return frozenset(
        "date day published posted issued released publication datum veröffentlicht erschienen publié parution fecha "
        "publicado data pubblicato publicação дата опубликовано опубліковано tarih dato päivämäärä التاريخ".split()
    )


def _row(item: Item, record: Record, names: Sequence[str], blocks: Sequence[Block]) -> Item:
    """The item with each cell beside its title under the name of its column; a number of views stays a figure."""
    from monitor.read.formats.rows import COUNTS  # noqa: PLC0415  few pages have such a table

    cells = [
        (name, blocks[record.first + at].text) for at, name in enumerate(names) if record.first + at != record.title
    ]
    counted = [(name, cell) for name, cell in cells if name.casefold() in COUNTS and is_number(cell)]
    return Item(
        title=item.title,
        url=item.url,
        values=tuple(cell for cell in cells if cell not in counted),
        figures=tuple(Figure(label=name, value=number_of(cell), text=cell) for name, cell in counted),
    )
