"""Older readings of a page → how late it puts things up, and whether an item that came had been taken down before."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import date

from monitor.compare.articles import Article, articles_of
from monitor.compare.gone import Fate, fates_of_gone
from monitor.compare.reasons import items as reasons
from monitor.compare.reasons.phrases import day
from monitor.compare.sides import day_of, sides_of
from monitor.compare.survey import survey
from monitor.model.change import ChangeKind as Kind
from monitor.model.reading import Reading

_FEWEST = 20  # first appearances that tell a page's habit; below, one day is assumed
_SHARE = 0.95  # of them came no later than the lag
_USUAL = 1  # day: what is dated yesterday may have been put up today


def lag_of(readings: Sequence[Reading]) -> int:
    """The days from an item's date to its first appearance that 95 in 100 of them needed; `readings` oldest first."""
    delays = sorted(_delays(readings))
    if len(delays) < _FEWEST:
        return _USUAL
    return max(_USUAL, delays[min(len(delays) - 1, int(_SHARE * len(delays)))])


class Past:
    """The readings before and at the earlier side, oldest first."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._readings = tuple(readings)
        self._known: dict[int, set[Hashable]] = {}
        self._fates: dict[int, dict[Hashable, Kind]] = {}

    def returned(self, article: Article) -> Fate | None:
        """The fate of an article that an older snapshot had and that was withdrawn or removed since."""
        names = set(_names(article))
        for at in range(len(self._readings) - 2, -1, -1):
            if not names.isdisjoint(self._names_at(at)):
                kind = next((kind for name, kind in self._fates_after(at).items() if name in names), None)
                if kind not in (Kind.ITEM_WITHDRAWN, Kind.ITEM_REMOVED):
                    return None
                reason = reasons.returned(article.first, self._called(at), self._called(at + 1))
                return Fate(kind=Kind.ITEM_RETURNED, reason=reason)
        return None

    def _names_at(self, at: int) -> set[Hashable]:
        if at not in self._known:
            reading = self._readings[at]
            articles = articles_of(reading, day_of(reading))
            self._known[at] = {name for article in articles for name in _names(article)}
        return self._known[at]

    def _fates_after(self, at: int) -> dict[Hashable, Kind]:
        """What became of the articles of a reading that the next one did not have."""
        if at not in self._fates:
            sides = sides_of(self._readings[at], self._readings[at + 1])
            found: dict[Hashable, Kind] = {}
            if not sides.after.suspicions:
                result = survey(sides)
                kinds = {entry: fate.kind for pair in result.pairs for entry, fate in fates_of_gone(pair, sides)}
                for article in result.matching.gone:
                    kind = next((kinds[entry] for entry in article.entries if entry in kinds), Kind.ITEM_REMOVED)
                    found.update(dict.fromkeys(_names(article), kind))
            self._fates[at] = found
        return self._fates[at]

    def _called(self, at: int) -> str:
        when = day_of(self._readings[at])
        return day(when) if when else f"no. {at + 1} of its history"


def _delays(readings: Sequence[Reading]) -> Iterator[int]:
    """Days from date to first appearance; what the first reading shows appeared nobody knows when."""
    seen: set[Hashable] = set()
    if len(readings) < 2:
        return
    for number, reading in enumerate(readings):
        today = day_of(reading)
        if today is None or reading.is_day_from_items:
            continue
        for article in articles_of(reading, today):
            names = set(_names(article))
            if number and names and names.isdisjoint(seen):
                yield from _delay(article, today)
            seen |= names


def _delay(article: Article, today: date) -> Iterator[int]:
    if article.span and article.span[0] == article.span[1] <= today:
        yield (today - article.span[0]).days


def _names(article: Article) -> Iterator[Hashable]:
    """What an article is known by in other readings: its address, its title with its date."""
    for entry in article.entries:
        if entry.link:
            yield entry.link
        if entry.bones and (entry.span or not entry.link):
            yield entry.bones, entry.span
