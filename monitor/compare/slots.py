"""A paragraph of the earlier side → what stood in its place before, capture by capture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import cached_property
from itertools import count, takewhile
from typing import NamedTuple

from monitor.compare.habits import LOOKED_AT
from monitor.compare.sides import Sides, sides_of
from monitor.compare.text import FURNITURE, Rows, rows_of
from monitor.model.blanks import collapse
from monitor.model.change import Change
from monitor.model.reading import Reading


class Fate(Enum):
    """What became of a paragraph from one capture to the next."""

    SAME = "same"
    TOUCHED = "touched"
    REPLACED = "replaced"  # another one stands alone between the same neighbours


class Link(NamedTuple):
    """Where a paragraph stood one capture before, and what became of it."""

    number: int
    fate: Fate


class Passage(NamedTuple):
    """The paragraphs of the sections that a change is about: their numbers in before and in after."""

    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()


class Place(NamedTuple):
    """A place of the earlier side, what became of it between the two sides, and the text that stands there now."""

    number: int
    fate: Fate
    text: str


class Slot(NamedTuple):
    """The texts that stood in one place, the earlier side's first, and the fates between them, the newest first."""

    texts: Sequence[str]
    fates: Sequence[Fate]


class Slots:
    """The places of the paragraphs of the earlier side; each step is aligned once, when it is first asked for."""

    def __init__(self, older: Sequence[Reading], sides: Sides) -> None:
        self._readings = older[-LOOKED_AT - 1 :]
        self._sides = sides
        self._links: dict[int, tuple[Rows, Mapping[int, Link]]] = {}

    def passage(self, change: Change) -> Passage | None:
        """Which paragraphs a change of the text is about; None where it is about a heading or about furniture."""
        if change.place == FURNITURE:
            return None
        if change.before and change.after:
            said = change.before.text, change.after.text
            pair = next((pair for pair in self._rows.found.touched if self._said(*pair) == said), None)
            return Passage(before=pair[:1], after=pair[1:]) if pair else None
        if change.after:
            return Passage(after=_run(change.after.text, self._rows.after, self._rows.found.new, self._headings(1)))
        before = change.before.text if change.before else ""
        return Passage(before=_run(before, self._rows.before, self._rows.found.gone, self._headings(0)))

    def texts(self, passage: Passage) -> tuple[str, ...]:
        """What the passage's paragraphs of the later side say."""
        return tuple(self._rows.after[number] for number in passage.after)

    def _said(self, i: int, j: int) -> tuple[str, str]:
        return collapse(self._rows.before[i]), collapse(self._rows.after[j])

    def _headings(self, side: int) -> list[str]:
        """What may stand before a passage in its change: nothing, or the heading of its section."""
        sections = (self._sides.before, self._sides.after)[side].sections
        return ["", *(f"{collapse(each.heading)} " for each in sections if each.heading)]

    def place_of(self, number: int) -> Place | None:
        """Where in the earlier side a paragraph of the later one stood."""
        link = self._last.get(number)
        return Place(link.number, link.fate, self._rows.after[number]) if link else None

    def place_in(self, number: int) -> Place | None:
        """What stands now where that paragraph of the earlier side stood."""
        there = next((j for j, link in self._last.items() if link.number == number), None)
        return self.place_of(there) if there is not None else None

    @cached_property
    def _rows(self) -> Rows:
        return rows_of(self._sides)

    @cached_property
    def _last(self) -> Mapping[int, Link]:
        return links(self._rows)

    def slot(self, number: int) -> Slot:
        """The past of the paragraph of that number in the earlier side."""
        links_back = list(self._back(number))
        return Slot(texts=[text for text, _ in links_back], fates=[fate for _, fate in links_back if fate])

    def _back(self, number: int) -> Iterator[tuple[str, Fate | None]]:
        """Each text with its fate in the step that led to it; none for the oldest that is known."""
        for back in count(1):
            if back >= len(self._readings):
                return
            rows, found = self._step(len(self._readings) - 1 - back)
            link = found.get(number)
            yield rows.after[number], link.fate if link else None
            if link is None:
                return
            number = link.number
            if back == len(self._readings) - 1:
                yield rows.before[number], None

    def _step(self, at: int) -> tuple[Rows, Mapping[int, Link]]:
        if at not in self._links:
            rows = rows_of(sides_of(self._readings[at], self._readings[at + 1]))
            self._links[at] = rows, links(rows)
        return self._links[at]


def links(rows: Rows) -> dict[int, Link]:
    """For each paragraph of after that has a place in before, that place.

    What is neither the same nor touched is in another's place where as many went as came between the same neighbours,
    in one section.
    """
    found = {j: Link(i, Fate.SAME) for i, j in rows.found.same}
    found |= {j: Link(i, Fate.TOUCHED) for i, j in rows.found.touched}
    above = {j: link.number for j, link in found.items()}
    came = _gathered(rows.found.new, rows.homes[1], above)
    went = _gathered(rows.found.gone, rows.homes[0], {i: i for i in above.values()})
    for where, numbers in came.items():
        others = went.get(where, [])
        if len(others) == len(numbers):
            found |= {j: Link(i, Fate.REPLACED) for i, j in zip(others, numbers, strict=True)}
    return found


def _gathered(
    numbers: Sequence[int], homes: Sequence[int], above: Mapping[int, int]
) -> dict[tuple[int, int], list[int]]:
    """The numbers by their section and by the paragraph of before that stands above them."""
    alone = set(numbers)
    found: dict[tuple[int, int], list[int]] = {}
    last = -1
    for number, home in enumerate(homes):
        if number in alone:
            found.setdefault((home, last), []).append(number)
        else:
            last = above.get(number, last)
    return found


def _run(text: str, rows: Sequence[str], numbers: Sequence[int], headings: Sequence[str]) -> tuple[int, ...]:
    """The neighbours among `numbers` whose paragraphs are the text, a heading before them or not."""
    alone = set(numbers)
    starts = [heading for heading in headings if text.startswith(heading)]
    for first in numbers:
        said = ""
        for last in takewhile(alone.__contains__, count(first)):
            said = f"{said} {collapse(rows[last])}".strip()
            if any(text == f"{start}{said}" for start in starts):
                return tuple(range(first, last + 1))
            if len(said) > len(text):
                break
    return ()
