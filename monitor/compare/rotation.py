"""Lists of items without dates × the page's history → whether they rotate: other items at every capture, from a pool.

Only such a list makes the coming and going of its items routine, and not of an item that stood in it at all captures,
nor of one that is new to a pool to which nothing came any more. A list of news changes as often, and is none: what
went from it does not come back, and what came last stays a while. So either items must have come back time and again,
or nothing may ever have stayed while another list is the larger one. Dated items are never routine by habit, nor is
what was withdrawn.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from monitor.compare.articles import LEAD, Article, Entry, articles_of
from monitor.compare.gone import Fate
from monitor.compare.habits import FEWEST, Steps, noise_of, settled, steps_of, weaker
from monitor.compare.partners import Shelf, count_shared, partners
from monitor.compare.survey import Survey
from monitor.model.change import Change, ChangeKind as Kind, Noise
from monitor.model.reading import Reading

_KINDS = (Kind.ITEM_ADDED, Kind.ITEM_RETURNED, Kind.ITEM_REMOVED)
_COME_BACK = 1 / 3  # of the captures brought an item back; a weekly feature in a daily list does at one of seven

_Told = tuple[Article, Fate, Change]


class _List(NamedTuple):
    """What a list showed at one capture; `is_largest` where no other list of the page was longer."""

    names: frozenset[Hashable]
    is_dated: bool
    is_largest: bool


class _Page(NamedTuple):
    """The entries and the heading of each list of a reading."""

    shelves: Sequence[Sequence[Entry]]
    headings: Sequence[str | None]


def settle(told: Sequence[_Told], survey: Survey, older: Sequence[Reading]) -> list[_Told]:
    """The changes of items on one side only, those of rotating lists as routine; `older` ends with the earlier side."""
    candidates = [article for article, _, change in told if change.kind in _KINDS]
    if not candidates or len(older) <= FEWEST:
        return list(told)
    partner = {pair.after: pair.before for pair in survey.pairs}
    rotating = _Rotating(steps_of((*older[:-1], survey.sides.before), survey.sides))
    return [
        (article, fate, settled(change, _noise(article, change, partner, rotating))) for article, fate, change in told
    ]


def _noise(article: Article, change: Change, partner: dict[int, int], rotating: _Rotating) -> Noise | None:
    """The habit of all the lists that show the article."""
    if change.kind not in _KINDS or article.is_lead or any(entry.item.date for entry in article.entries):
        return None
    found = []
    for entry in article.entries:
        place = entry.place if change.before else partner.get(entry.place)
        is_usual = place is not None and rotating.moves(
            entry.link or entry.bones, place, is_gone=change.before is not None
        )
        found.append(rotating.noise(place) if place is not None and is_usual else None)
    return weaker(found)


class _Rotating:
    """The habits of the lists of the earlier side, each found out once."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._pages = [_page(reading) for reading in steps.readings]
        self._rows: dict[int, list[_List]] = {}

    def noise(self, place: int) -> Noise | None:
        return self._noise_of(self._row(place))

    def moves(self, name: Hashable, place: int, *, is_gone: bool) -> bool:
        """Whether one item of such a list has the habit: it did not always stand there, or is no stranger."""
        row = self._row(place)
        if is_gone:
            return not all(name in each.names for each in row[:FEWEST])
        is_known = any(name in each.names for each in row)
        return is_known or noise_of(_brought_strangers(row)) is not None

    def _row(self, place: int) -> list[_List]:
        if place not in self._rows:
            self._rows[place] = list(self._back(place))
        return self._rows[place]

    def _back(self, place: int) -> Iterator[_List]:
        """The list at each capture, the newest first, as far back as it is the same one."""
        for at in range(len(self._pages) - 1, -1, -1):
            yield _seen(self._pages[at], place)
            there = _partner(self._pages[at - 1], self._pages[at], place) if at else None
            if there is None:
                return
            place = there

    def _noise_of(self, row: Sequence[_List]) -> Noise | None:
        if any(each.is_dated for each in row):
            return None
        changed = [bool(new.names - old.names and old.names - new.names) for new, old in pairwise(row)]
        noise = self._steps.noise(changed, is_prose=True)
        is_aside = not any(each.is_largest or other.names & each.names for each, other in pairwise(row))
        return noise if noise and (is_aside or _come_back(row) >= _COME_BACK * noise.of) else None


def _brought_strangers(row: Sequence[_List]) -> list[bool]:
    """Of each capture but the first, the newest first, whether something stood there for the first time."""
    found, known = [], frozenset[Hashable]()
    for each in row[::-1]:
        found.append(bool(each.names - known))
        known |= each.names
    return found[:0:-1]


def _come_back(row: Sequence[_List]) -> int:
    """At how many captures something stood that had stood there, and not at the one before."""
    count, known = 0, frozenset[Hashable]()
    for old, new in pairwise(row[::-1]):
        known |= old.names
        count += bool((new.names - old.names) & known)
    return count


def _page(reading: Reading) -> _Page:
    shelves: list[list[Entry]] = [[] for _ in reading.lists]
    for article in articles_of(reading, reading.snapshot_day):
        for entry in article.entries:
            if entry.place != LEAD:
                shelves[entry.place].append(entry)
    return _Page(shelves=shelves, headings=[each.heading for each in reading.lists])


def _seen(page: _Page, place: int) -> _List:
    shelf = page.shelves[place]
    return _List(
        names=_names(shelf),
        is_dated=any(entry.item.date for entry in shelf),
        is_largest=len(shelf) >= max(map(len, page.shelves)),
    )


def _names(shelf: Sequence[Entry]) -> frozenset[Hashable]:
    return frozenset(entry.link or entry.bones for entry in shelf)


def _partner(older: _Page, newer: _Page, place: int) -> int | None:
    """Which list of the older page the list of the newer one is: by what they share, their headings and their order."""
    ours, theirs = _places(older), _places(newer)
    shared = count_shared([(ours[name], theirs[name]) for name in ours.keys() & theirs.keys()])
    found = partners(_as_seen(older), _as_seen(newer), shared)
    return next((i for i, j in found.items() if j == place), None)


def _places(page: _Page) -> dict[Hashable, frozenset[int]]:
    """The lists in which each item stands."""
    found: dict[Hashable, frozenset[int]] = {}
    for place, shelf in enumerate(page.shelves):
        for name in _names(shelf):
            found[name] = found.get(name, frozenset()) | {place}
    return found


def _as_seen(page: _Page) -> list[Shelf]:
    return [
        Shelf(
            size=len(shelf),
            heading=heading,
            is_dated=2 * sum(entry.span is not None for entry in shelf) >= max(1, len(shelf)),
        )
        for heading, shelf in zip(page.headings, page.shelves, strict=True)
    ]
