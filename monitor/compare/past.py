"""Older readings of a page → how late it puts things up, and whether an item that came had been taken down before."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import date
from functools import cached_property

from monitor.compare.articles import LEAD, Article, Entry, articles_of
from monitor.compare.gone import Fate, fates_of_gone
from monitor.compare.reach import Reach, reach_of
from monitor.compare.reasons import items as reasons
from monitor.compare.reasons.history import timed_apart
from monitor.compare.reasons.phrases import day
from monitor.compare.sides import sides_of
from monitor.compare.survey import survey
from monitor.model.change import ChangeKind as Kind
from monitor.model.reading import Reading

_FEWEST = 20  # first appearances that tell a page's habit; below, one day is assumed
_SHARE = 0.95  # of them came no later than the lag
_USUAL = 1  # day: what is dated yesterday may have been put up today


class Past:
    """The readings before and at the earlier side, oldest first."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = tuple(readings)
        self._articles: dict[int, tuple[Article, ...]] = {}
        self._known: dict[int, set[Hashable]] = {}
        self._fates: dict[int, dict[Hashable, Kind]] = {}

    @cached_property
    def lag(self) -> int:
        """The days after its date that 95 in 100 items were still missing.

        When an item went up is known only up to the gap between two captures; that it had not when the capture before
        was taken is certain. So its delay is counted to that capture, just as the delay of an item that is judged is
        counted to the earlier of the two compared: captures far apart make no page late, and hide no backdating. What
        config.yaml says of it goes before.
        """
        told = self.readings[-1].lag if self.readings else None
        if told is not None:
            return told
        delays = sorted(self._delays())
        if len(delays) < _FEWEST:
            return _USUAL
        return max(_USUAL, delays[min(len(delays) - 1, int(_SHARE * len(delays)))])

    def returned(self, article: Article) -> Fate | None:
        """The fate of an article that an older snapshot had and that was withdrawn or removed since."""
        names = set(names_of(article))
        for at in range(len(self.readings) - 2, -1, -1):
            if not names.isdisjoint(self._names_at(at)):
                kind = next((kind for name, kind in self._fates_after(at).items() if name in names), None)
                if kind not in (Kind.ITEM_WITHDRAWN, Kind.ITEM_REMOVED):
                    return None
                reason = reasons.returned(article.first, *self._called(at, at + 1))
                return Fate(kind=Kind.ITEM_RETURNED, reason=reason)
        return None

    def _names_at(self, at: int) -> set[Hashable]:
        if at not in self._known:
            self._known[at] = {name for article in self._articles_at(at) for name in names_of(article)}
        return self._known[at]

    def _articles_at(self, at: int) -> tuple[Article, ...]:
        if at not in self._articles:
            self._articles[at] = articles_of(self.readings[at], self.readings[at].snapshot_day)
        return self._articles[at]

    def _delays(self) -> Iterator[int]:
        """Days from an item's date to the last capture without it; when the first one's went up nobody knows."""
        seen: set[Hashable] = set()
        missed: date | None = None
        reaches: list[Reach] = []
        for at, reading in enumerate(self.readings if len(self.readings) > 1 else ()):
            today = reading.snapshot_day
            if today is None or reading.is_day_from_items:
                continue
            articles = self._articles_at(at)
            for article in articles:
                names = set(names_of(article))
                if missed and names and names.isdisjoint(seen):
                    yield from _delay(article, missed, today, reaches)
                seen |= names
            missed, reaches = today, list(_reaches(articles, today))

    def _fates_after(self, at: int) -> dict[Hashable, Kind]:
        """What became of the articles of a reading that the next one did not have."""
        if at not in self._fates:
            sides = sides_of(self.readings[at], self.readings[at + 1])
            found: dict[Hashable, Kind] = {}
            if not sides.after.suspicions:
                result = survey(sides)
                kinds = {entry: fate.kind for pair in result.pairs for entry, fate in fates_of_gone(pair, sides)}
                for article in result.matching.gone:
                    kind = next((kinds[entry] for entry in article.entries if entry in kinds), Kind.ITEM_REMOVED)
                    found.update(dict.fromkeys(names_of(article), kind))
            self._fates[at] = found
        return self._fates[at]

    def _called(self, seen: int, missed: int) -> tuple[str, str]:
        """The days of two readings, with the times where they are of one day."""
        pair = self.readings[seen], self.readings[missed]
        days = [each.snapshot_day for each in pair]
        names = [
            day(when) if when else f"no. {at + 1} of its history" for at, when in zip((seen, missed), days, strict=True)
        ]
        first, last = (each.captured_at for each in pair)
        return timed_apart(first, last) if days[0] == days[1] and first and last else (names[0], names[1])


def _delay(article: Article, missed: date, today: date, reaches: Sequence[Reach]) -> Iterator[int]:
    """None for what the lists of the capture before were too short to show."""
    span = article.span
    if not span or span[0] != span[1] or span[0] > today:
        return
    if span[0] >= missed or any(not each.is_beyond(span) for each in reaches):
        yield max(0, (missed - span[0]).days)


def _reaches(articles: Sequence[Article], today: date) -> Iterator[Reach]:
    shelves: dict[int, list[Entry]] = {}
    for article in articles:
        for entry in article.entries:
            shelves.setdefault(entry.place, []).append(entry)
    for place, entries in shelves.items():
        reach = reach_of(sorted(entries, key=lambda each: each.position), today) if place != LEAD else None
        if reach:
            yield reach


def names_of(article: Article) -> Iterator[Hashable]:
    """What an article is known by in other readings: its address, its title with its date."""
    for entry in article.entries:
        if entry.link:
            yield entry.link
        if entry.bones and (entry.span or not entry.link):
            yield entry.bones, entry.span
