"""Reading → labelled rows of text, uncut and neutral: what `monitor read` shows, before it has a form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from monitor.model.english import plural
from monitor.model.labels import called
from monitor.model.reading import Counter, Item, ItemList, Lead, Reading, When
from monitor.report.neutral import neutral
from monitor.report.wording import dates, sides

MOST_LINES = 50  # of one block: a page of a search or an archive; --format json has all
_FEWEST_CELLS = 2


class Row(NamedTuple):
    """A line of a block; `key` stands before it, in a column of its own."""

    key: str
    text: str


class Block(NamedTuple):
    """What a reading holds of one noun; `left` lines are not among its rows."""

    title: str
    rows: tuple[Row, ...]
    left: int = 0


def head(reading: Reading, *, is_named: bool = True) -> str:
    """The snapshot's name (unless that stands above), day and size."""
    parts = (
        sides.name_of(reading) if is_named else "",
        sides.day_of(reading),
        reading.media_type,
        f"{reading.size:,} bytes",
    )
    return " · ".join(neutral(part) for part in parts if part)


def blocks(reading: Reading) -> tuple[Block, ...]:
    """The blocks that are not empty, in the order of a page."""
    return tuple(block for block in _blocks(reading) if block.rows)


def _blocks(reading: Reading) -> Iterator[Block]:
    yield _block("DOUBTS", [Row(each.sign, each.reason) for each in reading.suspicions])
    yield _block("TITLE", [Row("", reading.title)] if reading.title else [])
    yield _block("PAGE DATE", [Row("", reading.page_date.text)] if reading.page_date else [])
    yield _block("STAMPS", [Row(stamp.label, stamp.when.text) for stamp in reading.stamps])
    yield _block("CLOCKS", [Row(f"{each.place} {each.time}", each.zone or "unknown zone") for each in reading.clocks])
    yield _block("FIELDS", [Row(called(field), field.value) for field in reading.fields])
    moment = reading.snapshot_moment
    yield _block("COUNTERS", [row for counter in reading.counters for row in _counter(counter, moment)])
    yield _block("FIGURES", [Row(called(figure), figure.text) for figure in reading.figures])
    yield _block("LEAD", list(_lead(reading.lead)) if reading.lead else [])
    for each in reading.lists:
        yield _list(each)
    yield _block("TEXT", [row for each in reading.sections for row in _section(each.heading, each.paragraphs)])
    yield _block("FURNITURE", [Row("", each) for each in reading.furniture])
    yield _block("LIMITS", [Row("", each) for each in reading.limits])


def _block(title: str, rows: Sequence[Row]) -> Block:
    kept = tuple(Row(neutral(row.key), neutral(row.text)) for row in rows[:MOST_LINES])
    return Block(title, kept, len(rows) - len(kept))


def _counter(counter: Counter, today: date | None) -> Iterator[Row]:
    """The sentence beside the count, then the day that the count implies."""
    yield Row(dates.of_unit(counter.value, counter.unit), counter.text)
    if span := counter.origin(today):
        yield Row("", f"{dates.COUNTING[counter.direction]} {_between(*span)}")


def _between(first: date, last: date) -> str:
    return dates.day(first) if first == last else f"some day from {dates.day(first)} to {dates.day(last)}"


def _lead(lead: Lead) -> Iterator[Row]:
    yield Row(_date(lead.date), lead.title)
    yield from (Row("", paragraph) for paragraph in lead.paragraphs[:1])
    if (left := len(lead.paragraphs) - 1) > 0:
        yield Row("", f"… {left:,} more {plural('paragraph', left)}")


def _list(each: ItemList) -> Block:
    count = len(each.items)
    name = f"“{each.heading}”, " if each.heading else ""
    about = [Row("", f"{name}{count:,} {plural('item', count)}")]
    closing = [Row("", f"closed by “{each.more.text}”")] if each.more else []
    block = _block("LIST", [*about, *(Row(_date(item.date), _told(item)) for item in each.items)])
    return block._replace(rows=(*block.rows, *_block("", closing).rows))


def _told(item: Item) -> str:
    """The title; of a table's row its other cells too."""
    cells = item.values if len(item.values) >= _FEWEST_CELLS else ()
    return " · ".join([item.title, *(f"{label} {value}" for label, value in cells)])


def _date(when: When | None) -> str:
    return when.text if when else ""


def _section(heading: str | None, paragraphs: Sequence[str]) -> Iterator[Row]:
    for index, paragraph in enumerate(paragraphs):
        yield Row((heading or "") if index == 0 else "", paragraph)
