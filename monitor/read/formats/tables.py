"""CSV or TSV → a reading: the first full row names the columns, each row below is an item."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from monitor.errors import InputError
from monitor.model.reading import ItemList, Reading, Section, Suspicion
from monitor.read.formats.markup import plain
from monitor.read.formats.rows import items_of

_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 200
_LONGEST_END = 60
_CELLS_KEPT = 65_536
_LONGEST_CELL = 10_000_000  # letters; the library's own 131,072 are fewer than an embedded page has

Cells = list[str]


class Table(NamedTuple):
    """`labels` name the columns; `above` are the lines before them."""

    labels: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    above: tuple[str, ...] = ()


def read_table(text: str, bare: Reading, media_type: str) -> Reading:
    """The reading of a table. Raises InputError where a cell is longer than any table's."""
    separator, text = _separator(text, media_type)
    said = lru_cache(maxsize=_CELLS_KEPT)(plain)  # many cells say the same, and need not be held twice
    try:
        rows = [[said(cell) for cell in row] for row in _rows(text, separator)]
    except csv.Error as error:
        raise InputError(f"{bare.source} is no table that can be read ({error})", "export it again") from None
    rows = [row for row in rows if any(row)]
    has_head = None if "header=" not in media_type else "header=absent" not in media_type
    table = table_of(rows, has_head=has_head)
    above, suspicions = table.above, _broken_off(rows, text, len(table.labels))
    del rows  # a million rows are not held in three forms at once
    labelled = _labelled(table)
    del table
    return bare._replace(
        sections=(Section(heading=None, paragraphs=above),) if above else (),
        lists=(ItemList(items=items_of(labelled, is_ordered=True)),),
        suspicions=suspicions,
    )


def _labelled(table: Table) -> list[dict[str, str]]:
    """Each row by its labels; cells beyond them go by their number."""
    beyond = [f"column {number + 1}" for number in range(max(map(len, table.rows), default=0))]
    labels = [*table.labels, *beyond[len(table.labels) :]]
    return [dict(zip(labels, row, strict=False)) for row in table.rows]


def table_of(rows: list[Cells], *, has_head: bool | None = None) -> Table:
    """The rows as a table: lines above the labels have fewer cells than most rows. None: the cells tell of a head."""
    width = _width(rows)
    first = next((at for at, row in enumerate(rows) if len(row) == width), 0)
    if has_head is None:
        has_head = bool(rows) and _is_head(rows[first], rows[first + 1 :])
    head = rows[first] if has_head and rows else []
    labels = _distinct([*head, *[""] * (width - len(head))])
    body = rows[first + 1 :] if has_head else rows[first:]
    return Table(
        labels=labels,
        rows=tuple(map(tuple, body)),
        above=tuple(text for row in rows[:first] if (text := " ".join(filter(None, row)))),
    )


def _width(rows: list[Cells]) -> int:
    """How many cells most rows have."""
    return Counter(map(len, rows)).most_common(1)[0][0] if rows else 0


def _is_head(first: Cells, rest: list[Cells]) -> bool:
    """Whether a row names the columns: no cell is a number or stands there twice, and none is found below."""
    said = [cell for cell in first if cell]
    if not said or len(set(said)) != len(said) or any(cell.strip("+-.,%").replace(".", "").isdigit() for cell in said):
        return False
    below = rest[:_SAMPLE_ROWS]
    return not any(cell and row[at : at + 1] == [cell] for row in below for at, cell in enumerate(first))


def _distinct(labels: list[str]) -> tuple[str, ...]:
    """The labels, empty ones by their number, repeated ones with it."""
    counts = Counter(labels)
    return tuple(
        f"column {at + 1}" if not label else f"{label} ({at + 1})" if counts[label] > 1 else label
        for at, label in enumerate(labels)
    )


def _separator(text: str, media_type: str) -> tuple[str, str]:
    """What parts the cells, and the text without a line that says so (`sep=;`)."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=") + 1:
        return first.strip()[-1], rest
    if "tab-separated" in media_type or "/tsv" in media_type:
        return "\t", text
    return max(_SEPARATORS, key=lambda each: _evenness(text, each)), text


def _evenness(text: str, separator: str) -> float:
    """How many cells the first rows agree to have, by the share of rows that do; 0 for one column."""
    try:
        widths = [len(row) for row in islice(_rows(text, separator), _SAMPLE_ROWS) if row]
    except csv.Error:
        return 0.0
    width, count = Counter(widths).most_common(1)[0] if widths else (1, 0)
    return 0.0 if width < 2 else count / len(widths) + min(width, 50) / 1_000


def _rows(text: str, separator: str) -> Iterator[Cells]:
    csv.field_size_limit(_LONGEST_CELL)
    lines = (line[0] for line in re.finditer(r"[^\n]*\n|[^\n]+", text))
    return csv.reader(lines, delimiter=separator, skipinitialspace=True)


def _broken_off(rows: list[Cells], text: str, width: int) -> tuple[Suspicion, ...]:
    """A last row of fewer cells than every other, without an end of line, was cut off."""
    if len(rows) < 2 or text.endswith("\n") or len(rows[-1]) >= width or any(len(row) < width for row in rows[-3:-1]):
        return ()
    said = " ".join(" ".join(rows[-1]).split())[-_LONGEST_END:]
    return (Suspicion(sign="truncated", reason=f"The file breaks off after “{said}”: its last row lacks cells."),)
