"""Stream → figures: labelled numbers that are not tied to the calendar, in boxes, lines and tables."""

from __future__ import annotations

import re
from functools import cache

from monitor.model.reading import Figure
from monitor.read.blocks import FURNITURE, Block, Node, Stream, has_digit
from monitor.read.cards import find_cards
from monitor.read.numbers import is_number, number, number_of
from monitor.read.rows import rows_of
from monitor.read.under_headings import figures_under

LONGEST_FIGURE = 70
MOST_LABEL_WORDS = 7
LONGEST_CLAUSE_NUMBER = 3
# A table counts as one of numbers when at least half of its cells besides the row's name are numbers.
NUMERIC_SHARE = 0.5


def find_figures(stream: Stream, free: bytearray) -> tuple[Figure, ...]:
    """The labelled numbers among the blocks not used yet, in reading order; their blocks are marked as used."""
    found: dict[int, Figure] = {}
    for node in stream.nodes:
        rows = [child for child in node.children if isinstance(child, Node) and child.tag == "tr"]
        if rows:
            _table(stream, node, rows, free, found)
    found.update(find_cards(stream, free))
    values = _values_of_rows(stream)
    for index in stream.numbered:
        if free[index] and stream.blocks[index].region != FURNITURE and index not in values:
            _line(stream.blocks, index, free, found)
    return tuple(_distinct(figures_under(found, stream.blocks)))


def _values_of_rows(stream: Stream) -> set[int]:
    """The cells that say how much the first of their row is, "38 µg/m³" beside "PM10": no label of their own."""
    return {
        index
        for first, last in rows_of(stream).items()
        if not stream.blocks[first].text[:1].isdigit()
        for index in range(first + 1, last)
        if stream.blocks[index].text[:1].isdigit()
    }


def figure_of(text: str) -> Figure | None:
    """The figure a short line states: "Active cases: 19868", "20835 Active Cases", "12 comments"."""
    if len(text) > LONGEST_FIGURE or not has_digit(text):
        return None
    found = _labelled_number().fullmatch(text)
    if found is None:
        return None
    label = (found["before"] or found["after"]).strip(" :–—-=")
    number = found["last"] or found["first"]
    if not any(map(str.isalpha, label)) or len(label.split()) > MOST_LABEL_WORDS or _number_in(label):
        return None
    return Figure(label=label, value=number_of(number), text=number)


def count_of(text: str) -> Figure | None:
    """The figure that a number alone states inside an entry, where it counts views, comments or votes."""
    return Figure(label="count", value=number_of(text), text=text) if is_number(text) else None


def counts_of(text: str) -> tuple[Figure, ...]:
    """The counts that follow one another on a line, each a number and a word or two: "120 views 17 comments"."""
    found = list(_count().finditer(text))
    if not found or "".join(each[0] for each in found) != text:
        return ()
    labels = [each["label"] or "count" for each in found]
    return tuple(
        Figure(label=_nth(labels, place), value=number_of(each["number"]), text=each["number"])
        for place, each in enumerate(found)
    )


def told_apart(figures: list[Figure]) -> tuple[Figure, ...]:
    """The figures of an entry, those whose label another one before has with its number: "count", "count 2"."""
    labels = [each.label for each in figures] if len(figures) > 1 else []
    if len(set(labels)) == len(labels):
        return tuple(figures)
    return tuple(each._replace(label=_nth(labels, place)) for place, each in enumerate(figures))


def _nth(labels: list[str], place: int) -> str:
    """A label that stands a second time, with its number: counts beside pictures have no words of their own."""
    before = labels[:place].count(labels[place])
    return f"{labels[place]} {before + 1}" if before else labels[place]


@cache
def _count() -> re.Pattern[str]:
    word = r"[^\W\d_][^\s\d.,:;!?]*"
    return re.compile(rf"(?P<number>{number()})(?:\s(?P<label>{word}(?:\s{word})?))?(?:,?\s+|$)")


def _number_in(label: str) -> bool:
    return re.search(r"(?<![\w-])\d", label) is not None


@cache
def _labelled_number() -> re.Pattern[str]:
    amount = number()
    return re.compile(
        rf"(?P<before>[^\d\n]{{2,60}}?)\s*[:：=–—-]\s*(?P<last>{amount})\s*%?"
        rf"|(?P<first>{amount})\s*%?\s+(?P<after>[^\d\n]\D*)"
    )


def _line(blocks: list[Block], index: int, free: bytearray, found: dict[int, Figure]) -> None:
    block = blocks[index]
    figure = None if block.links or block.tag == "address" else figure_of(block.text)
    if figure is not None and _is_clause(blocks, index):
        return
    if figure is not None:
        found[index] = figure
        free[index] = 0
    elif is_number(block.text) and block.tag not in ("td", "th"):
        _number_beside_label(blocks, index, free, found)


def _is_clause(blocks: list[Block], index: int) -> bool:
    """Whether the number is that of a clause, since its neighbours count on: "1.3 …", "1.4 Rubbish is taken home."."""
    found = _clause().match(blocks[index].text)
    if found is None:
        return blocks[index].level > 0 and _is_numbered_heading(blocks, index)
    row, last = found["row"], int(found["last"])
    above = blocks[index - 1] if index else None
    below = blocks[index + 1].text if index + 1 < len(blocks) else ""
    is_first = last == 1 and above is not None and above.level > 0 and above.text.startswith(row.rstrip("."))
    is_next = above is not None and above.text.startswith(f"{row}{last - 1} ")
    return is_first or is_next or below.startswith(f"{row}{last + 1} ")


def _is_numbered_heading(blocks: list[Block], index: int) -> bool:
    """Whether the heading before or behind of its level counts down or on: "2 Duty to register", "3 Fees"."""
    level, number = blocks[index].level, _leading_number(blocks[index].text)
    above = next((at for at in range(index - 1, -1, -1) if blocks[at].level == level), None)
    below = next((at for at in range(index + 1, len(blocks)) if blocks[at].level == level), None)
    before, behind = (_leading_number(blocks[at].text) if at is not None else None for at in (above, below))
    return number is not None and (before == number - 1 or behind == number + 1)


def _leading_number(text: str) -> int | None:
    digits = text.split(None, 1)[0].rstrip(".)")
    return int(digits) if digits.isdecimal() and len(digits) <= LONGEST_CLAUSE_NUMBER else None


@cache
def _clause() -> re.Pattern[str]:
    return re.compile(r"(?P<row>(?:\d{1,3}\.)+)(?P<last>\d{1,3})\s")


def _number_beside_label(blocks: list[Block], index: int, free: bytearray, found: dict[int, Figure]) -> None:
    """A number in a block of its own, its label in the next one, or in the one before where that ends in a colon."""
    for other in (index - 1, index + 1):
        if not 0 <= other < len(blocks) or not free[other]:
            continue
        label = blocks[other].text
        is_label = len(label) <= LONGEST_FIGURE and len(label.split()) <= MOST_LABEL_WORDS and not _number_in(label)
        if is_label and (other > index) != label.endswith(":"):  # a colon points to what follows it
            number = blocks[index].text
            found[index] = Figure(label=label.strip(" :"), value=number_of(number), text=number)
            free[index] = free[other] = 0
            return


def _table(stream: Stream, table: Node, trs: list[Node], free: bytearray, found: dict[int, Figure]) -> None:
    """The cells of a table of numbers, each labelled by its row's name and its column's heading, if it has one."""
    rows = [_cells(row) for row in trs]
    rows = [cells for cells in rows if cells and all(free[index] for index in cells)]
    numeric = [_is_numeric_row(stream.blocks, cells) for cells in rows]
    if sum(numeric) < 2 or sum(numeric) * 2 < len(rows):
        return
    heads = _column_heads(stream, table, rows, numeric)
    for cells, is_numeric in zip(rows, numeric, strict=True):
        if is_numeric:
            _row(stream.blocks, cells, heads, found)
        free_cells = cells if is_numeric or not heads else []
        for index in free_cells:
            free[index] = 0


def _cells(row: Node) -> list[int]:
    return list(range(row.first, row.last))


def _is_numeric_row(blocks: list[Block], cells: list[int]) -> bool:
    numbers = sum(1 for index in cells if is_number(blocks[index].text))
    return len(cells) > 1 and numbers >= NUMERIC_SHARE * (len(cells) - 1) and numbers < len(cells)


def _column_heads(stream: Stream, table: Node, rows: list[list[int]], numeric: list[bool]) -> list[str]:
    """The headings of the columns: the row right above the first row of numbers, if it has as many cells."""
    width = max((len(cells) for cells, is_numeric in zip(rows, numeric, strict=True) if is_numeric), default=0)
    above = [stream.blocks[index].text for index in range(max(table.first - width, 0), table.first)]
    first = numeric.index(True)
    inside = [stream.blocks[index].text for index in rows[first - 1]] if first else []
    if len(inside) == width:
        return inside
    return above if len(above) == width and stream.blocks[table.first - 1].tag == "th" else []


def _row(blocks: list[Block], cells: list[int], heads: list[str], found: dict[int, Figure]) -> None:
    name = next((i for i, index in enumerate(cells) if not is_number(blocks[index].text)), 0)
    *names, last = (blocks[index].text for index in cells)
    if len(heads) != len(cells) and is_number(last) and not any(map(is_number, names)):
        found[cells[-1]] = Figure(label=" · ".join(names), value=number_of(last), text=last)
        return
    for column, index in enumerate(cells):
        text = blocks[index].text
        if column > name and is_number(text):
            head = heads[column] if len(heads) == len(cells) else f"column {column + 1}"
            found[index] = Figure(label=f"{blocks[cells[name]].text} · {head}", value=number_of(text), text=text)


def _distinct(figures: list[Figure]) -> list[Figure]:
    """The same figure said twice (once for narrow, once for wide screens) is one."""
    return list(dict.fromkeys(figures))
