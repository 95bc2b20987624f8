"""Reading × reading → whether they say the same, letter for letter after folding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from monitor.compare.fold import fold
from monitor.compare.links import identity
from monitor.model.reading import Figure, Item, Lead, Link, Reading, When


def say_the_same(before: Reading, after: Reading) -> bool:
    if before.sha256 == after.sha256:
        return True
    pieces = zip_longest(_said(before), _said(after))
    return all(one == other or _folded(one) == _folded(other) for one, other in pieces)


def _said(reading: Reading) -> Iterator[tuple[str | None, ...]]:
    """All that a reading says, piece by piece, each piece led by what it is."""
    yield "title", reading.title
    yield "page date", _when(reading.page_date)
    yield from (("stamp", stamp.label, _when(stamp.when)) for stamp in reading.stamps)
    yield from (("clock", clock.place, clock.time) for clock in reading.clocks)
    yield from (("field", field.label, field.value) for field in reading.fields)
    yield from (("counter", counter.text) for counter in reading.counters)
    yield from (("figure", *_figure(figure)) for figure in reading.figures)
    yield from _lead(reading.lead)
    for each in reading.lists:
        yield "list", each.heading, *_link(each.more)
        yield from map(_item, each.items)
    for section in reading.sections:
        yield "section", section.heading
        yield from (("paragraph", paragraph) for paragraph in section.paragraphs)
    yield from (("furniture", piece) for piece in reading.furniture)


def _folded(said: Sequence[str | None] | None) -> tuple[str, ...]:
    return tuple(fold(each or "") for each in said or ())


def _when(when: When | None) -> str | None:
    return when.text if when else None


def _figure(figure: Figure) -> tuple[str, str]:
    return figure.label, figure.text


def _link(link: Link | None) -> tuple[str | None, str | None]:
    return (link.text, identity(link.url) if link.url else None) if link else (None, None)


def _lead(lead: Lead | None) -> Iterator[tuple[str | None, ...]]:
    if lead:
        yield "lead", lead.title, _when(lead.date), identity(lead.url) if lead.url else None
        yield from (("paragraph", paragraph) for paragraph in lead.paragraphs)


def _item(item: Item) -> tuple[str | None, ...]:
    values = [part for pair in item.values for part in pair]
    counts = [part for figure in item.figures for part in _figure(figure)]
    url = identity(item.url) if item.url else None
    return "item", item.title, _when(item.date), url, item.teaser, *values, *counts
