"""A reading → its texts, row by row: what stands in one list or section, in its order. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.compare.fold import fold
from monitor.model.reading import Item, ItemList, Lead, Reading

_BETWEEN_PARTS = " :;,-|"  # stand between a date, a title and a link, and belong to none


def rows(reading: Reading) -> Iterator[tuple[str, ...]]:
    """All that a reading says; texts of one row stand in the order of the page, dates as the page writes them."""
    yield _present(reading.title, reading.page_date.text if reading.page_date else None)
    for stamp in reading.stamps:
        yield stamp.label, stamp.when.text, f"{stamp.label} {stamp.when.text}"
    for clock in reading.clocks:
        yield _present(clock.place, clock.time, clock.text)
    for field in reading.fields:
        yield field.label, field.value, f"{field.label}: {field.value}"
    yield from ((counter.text, counter.label) for counter in reading.counters)
    yield from ((figure.label, figure.text) for figure in reading.figures)
    if reading.lead:
        yield _of_lead(reading.lead)
    yield from map(_of_list, reading.lists)
    yield from (_present(section.heading, *section.paragraphs) for section in reading.sections)
    yield reading.furniture


def bare(text: str) -> str:
    """A text folded, without the signs at its end that only part it from what follows."""
    return fold(text).rstrip(_BETWEEN_PARTS)


def of_item(item: Item) -> tuple[str, ...]:
    """What an entry says, its title before its teaser; the figures and values by label and value."""
    dated = item.date.text if item.date else None
    values = (part for pair in item.values for part in pair)
    figures = (part for figure in item.figures for part in (figure.label, figure.text))
    return _present(dated, item.title, item.teaser, *values, *figures)


def _of_list(each: ItemList) -> tuple[str, ...]:
    said = (text for item in each.items for text in of_item(item))
    return _present(each.heading, *said, each.more.text if each.more else None)


def _of_lead(lead: Lead) -> tuple[str, ...]:
    return _present(lead.title, lead.date.text if lead.date else None, *lead.paragraphs)


def _present(*texts: str | None) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
