"""Two sides → what is to be known of their lists: articles, who is who, reaches, which list is which. Names none."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date
from typing import NamedTuple

from monitor.compare.articles import LEAD, Article, Entry, articles_of_both
from monitor.compare.called import repeated_titles
from monitor.compare.match import Matching, match
from monitor.compare.partners import Shelf, count_shared, partners
from monitor.compare.reach import Reach, in_one_order, reach_of
from monitor.compare.sides import Sides
from monitor.model.reading import ItemList, Reading


class ListPair(NamedTuple):
    """Two corresponding lists by number, their reaches, and who of their articles stayed, went and came.

    `gone` and `new` are the articles that stand in this list on one side only, wherever else they stand.
    """

    before: int
    after: int
    before_reach: Reach | None
    after_reach: Reach | None
    kept: tuple[tuple[Entry, Entry], ...]
    gone: tuple[Entry, ...]
    new: tuple[Entry, ...]


class Survey(NamedTuple):
    """What fates and edits are told from.

    `vanished` and `appeared` are the numbers of lists without a partner; `scattered` and `gathered` are such lists too,
    but most of their items stand elsewhere on the other side. `repeated` are the titles that several items bear.
    """

    sides: Sides
    matching: Matching
    pairs: tuple[ListPair, ...]
    vanished: tuple[int, ...]
    appeared: tuple[int, ...]
    scattered: tuple[int, ...]
    gathered: tuple[int, ...]
    repeated: frozenset[str] = frozenset()


def survey(sides: Sides) -> Survey:
    before, after = articles_of_both((sides.before, sides.before_day), (sides.after, sides.after_day))
    shelves = _by_place(before, sides.before), _by_place(after, sides.after)
    days = (sides.before_day, sides.after_day)
    reaches = tuple(
        {place: reach for place, entries in enumerate(side) if (reach := reach_of(entries, day))}
        for side, day in zip(shelves, days, strict=True)
    )
    matching = match(before, after, sides, (reaches[0], reaches[1]))
    found = _partners(sides, matching, shelves)
    builder = _PairBuilder(matching, shelves, (reaches[0], reaches[1]), days)
    kept = [{entry for pair in matching.pairs for entry in pair[side].entries} for side in (0, 1)]
    scattered, vanished = _unpaired(shelves[0], found.keys(), kept[0])
    gathered, appeared = _unpaired(shelves[1], set(found.values()), kept[1])
    return Survey(
        sides=sides,
        matching=matching,
        pairs=tuple(builder.pair(i, found[i]) for i in sorted(found)),
        vanished=vanished,
        appeared=appeared,
        scattered=scattered,
        gathered=gathered,
        repeated=repeated_titles(sides.before, sides.after),
    )


def _unpaired(
    shelves: list[list[Entry]], paired: Container[int], kept: set[Entry]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The lists without a partner: those most of whose items stand on the other side, then the others."""
    alone = [place for place, shelf in enumerate(shelves) if shelf and place not in paired]
    spread = [place for place in alone if 2 * sum(entry in kept for entry in shelves[place]) > len(shelves[place])]
    return tuple(spread), tuple(place for place in alone if place not in spread)


def _by_place(articles: Sequence[Article], reading: Reading) -> list[list[Entry]]:
    """The entries of each list, in its order."""
    shelves: list[list[Entry]] = [[] for _ in reading.lists]
    for article in articles:
        for entry in article.entries:
            if entry.place != LEAD:
                shelves[entry.place].append(entry)
    for shelf in shelves:
        shelf.sort(key=lambda entry: entry.position)
    return shelves


def _partners(sides: Sides, matching: Matching, shelves: tuple[list[list[Entry]], ...]) -> dict[int, int]:
    shared = count_shared([(one.lists, other.lists) for one, other in matching.pairs])
    ours, theirs = (
        [_shelf(each, entries) for each, entries in zip(reading.lists, side, strict=True)]
        for reading, side in zip((sides.before, sides.after), shelves, strict=True)
    )
    return partners(ours, theirs, shared)


def _shelf(each: ItemList, entries: Sequence[Entry]) -> Shelf:
    dated = sum(entry.span is not None for entry in entries)
    return Shelf(size=len(entries), heading=each.heading, is_dated=2 * dated >= max(1, len(entries)))


class _PairBuilder:
    """Puts together what two corresponding lists have in common."""

    def __init__(
        self,
        matching: Matching,
        shelves: tuple[list[list[Entry]], ...],
        reaches: tuple[dict[int, Reach], dict[int, Reach]],
        days: tuple[date | None, date | None],
    ) -> None:
        self._days = days
        self._shelves = shelves
        self._reaches = reaches
        self._other = {entry: other for one, other in matching.pairs for entry in one.entries}
        self._one = {entry: one for one, other in matching.pairs for entry in other.entries}

    def pair(self, i: int, j: int) -> ListPair:
        kept, gone = [], []
        for entry in self._shelves[0][i]:
            other = self._other.get(entry)
            there = other.at(j) if other else None
            if there:
                kept.append((entry, there))
            else:
                gone.append(entry)
        new = [entry for entry in self._shelves[1][j] if not self._stood_in(entry, i)]
        ours, theirs = self._reaches[0].get(i), self._reaches[1].get(j)
        return ListPair(
            before=i,
            after=j,
            before_reach=in_one_order(ours, theirs, self._days[0]),
            after_reach=in_one_order(theirs, ours, self._days[1]),
            kept=tuple(kept),
            gone=tuple(gone),
            new=tuple(new),
        )

    def _stood_in(self, entry: Entry, place: int) -> bool:
        one = self._one.get(entry)
        return one is not None and one.at(place) is not None
