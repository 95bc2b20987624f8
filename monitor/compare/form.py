"""A reading → its form: what it is made of, whatever it says. Two captures of one template have one form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from monitor.compare.fold import fold
from monitor.compare.pieces import bare
from monitor.model.reading import ItemList, Reading

# Of two captures of one template the longer has less than twice the text, and they share half of their labels: of 14
# series of real captures (1,900 pairs of neighbours) all but the truncated ones do.
_MOST_GROWTH = 2.0
_LEAST_SHARED = 0.5
_SHORT = 400  # characters: a text up to that may be any number of times as long


class ListForm(NamedTuple):
    """A list by its heading, folded ("" where it has none), and the titles and addresses in it."""

    heading: str
    name: str | None
    many: int
    named: frozenset[str]


class Form(NamedTuple):
    """What a page is made of.

    `text` is the number of characters it says beside furniture, `items` that of all its lists' items; `parts` are its
    counters, fields and clocks by their labels, `headings` those of its sections.
    """

    text: int
    items: int
    lists: tuple[ListForm, ...]
    parts: frozenset[tuple[str, str]]
    headings: frozenset[str]


def form_of(reading: Reading) -> Form:
    """The form of a reading."""
    texts = [text for section in reading.sections for text in section.paragraphs]
    texts += reading.lead.paragraphs if reading.lead else ()
    texts += [text for each in reading.lists for item in each.items for text in (item.title, item.teaser or "")]
    return Form(
        text=sum(map(len, texts)),
        items=sum(len(each.items) for each in reading.lists),
        lists=tuple(map(_list, reading.lists)),
        parts=frozenset(_parts(reading)),
        headings=frozenset(fold(each.heading) for each in reading.sections if each.heading),
    )


def are_of_one_form(one: Form, other: Form) -> bool:
    """Whether two captures may have been made by one template, whatever is new in one of them."""
    longer, shorter = max(one.text, other.text), min(one.text, other.text)
    return (
        (longer <= _SHORT or longer <= _MOST_GROWTH * shorter)
        and _share({each.heading for each in one.lists}, {each.heading for each in other.lists})
        and _share(one.parts, other.parts)
        and _share(one.headings, other.headings)
    )


def _share(one: Iterable[object], other: Iterable[object]) -> bool:
    ours, theirs = set(one), set(other)
    return len(ours & theirs) >= _LEAST_SHARED * len(ours | theirs)


def _list(each: ItemList) -> ListForm:
    named = {bare(text) for item in each.items for text in (item.title, item.url or "") if text}
    return ListForm(fold(each.heading or ""), each.heading, len(each.items), frozenset(named))


def _parts(reading: Reading) -> Iterable[tuple[str, str]]:
    yield from (("counter", fold(each.label)) for each in reading.counters)
    yield from (("field", fold(each.label)) for each in reading.fields)
    yield from (("clock", fold(each.place)) for each in reading.clocks)
