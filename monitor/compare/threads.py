"""Comparisons that follow one another → each item's thread: its titles, where it was seen, what was told.

Who is who from one capture to the next is what the comparison found. An item that was away is the same when it bears
the address, or the title and date, by which a comparison with a history knows what returned.
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Iterator

from monitor.compare.articles import LEAD, Article, articles_of
from monitor.compare.fold import fold
from monitor.compare.past import names_of
from monitor.compare.survey import Survey
from monitor.model.reading import Item, ItemList, Reading
from monitor.model.story import Event, ItemStory, Run, Titled


class Thread:
    """One item so far; `events` is for whoever follows it to fill."""

    __slots__ = ("date", "events", "place", "runs", "stood_in_list", "titles", "url")

    def __init__(self) -> None:
        self.titles: list[Titled] = []
        self.runs: list[Run] = []
        self.events: list[Event] = []
        self.date: str | None = None
        self.url: str | None = None
        self.place: str | None = None
        self.stood_in_list = False

    def show(self, article: Article, reading: Reading, at: int, *, goes_on: bool) -> None:
        """The item is in capture `at`, and in the good capture before it where it `goes_on`."""
        item = article.first.item
        if not self.titles or fold(self.titles[-1].title) != fold(item.title):
            self.titles.append(Titled(at, item.title))
        self.date = item.date.iso(reading.snapshot_day) if item.date else self.date
        self.url = item.url or self.url
        self.place = _heading(article, reading.lists) or self.place
        self.stood_in_list = self.stood_in_list or bool(article.lists)
        self.see(at, goes_on=goes_on)

    def see(self, at: int, *, goes_on: bool = True) -> None:
        if goes_on and self.runs:
            self.runs[-1] = Run(self.runs[-1].first, at)
        else:
            self.runs.append(Run(at, at))


class Threads:
    """The items of a page, followed from one good capture to the next."""

    def __init__(self) -> None:
        self._threads: list[Thread] = []
        self._here: dict[Item, list[Thread]] = {}
        self._known: dict[Hashable, Thread] = {}

    def begin(self, reading: Reading, at: int) -> None:
        """The first capture: all its items are new."""
        articles = articles_of(reading, reading.snapshot_day)
        self._stand([(self._new(), article) for article in articles], reading, at, going_on=())

    def stay(self, at: int) -> None:
        """A capture that says what the one before said."""
        for thread in _each_once(self._here.values()):
            thread.see(at)

    def follow(self, survey: Survey, before: int, at: int) -> dict[Article, Thread]:
        """Take the step from capture `before` to capture `at`; gives the threads of both sides' articles."""
        matching, found = survey.matching, dict[Article, Thread]()
        taken: set[Thread] = set()
        for article in (*(one for one, _ in matching.pairs), *matching.gone):
            found[article] = self._found(article, taken) or self._unseen(article, survey.sides.before, before)
            taken.add(found[article])
        staying = [(found[one], other) for one, other in matching.pairs]
        going_on = {thread for thread, _ in staying}
        came = []
        for article in matching.new:  # what this very step lost is another item, as the comparison says
            thread = self._found(article, taken) or self._new()
            taken.add(thread)
            came.append((thread, article))
        found |= {article: thread for thread, article in (*staying, *came)}
        self._stand([*staying, *came], survey.sides.after, at, going_on)
        return found

    def stories(self, last: int) -> tuple[ItemStory, ...]:
        """What became of each item that ever stood in a list; `last` is the number of the last good capture."""
        return tuple(
            ItemStory(
                titles=tuple(thread.titles),
                runs=tuple(thread.runs),
                date=thread.date,
                url=thread.url,
                place=thread.place,
                events=tuple(thread.events),
                is_there=thread.runs[-1].last == last,
            )
            for thread in self._threads
            if thread.stood_in_list and thread.runs
        )

    def _new(self) -> Thread:
        self._threads.append(Thread())
        return self._threads[-1]

    def _stand(
        self, shown: Iterable[tuple[Thread, Article]], reading: Reading, at: int, going_on: Container[Thread]
    ) -> None:
        """These are the items of the newest capture."""
        self._here = {}
        for thread, article in shown:
            thread.show(article, reading, at, goes_on=thread in going_on)
            for entry in article.entries:
                self._here.setdefault(entry.item, []).append(thread)
            for name in names_of(article):
                self._known[name] = thread

    def _unseen(self, article: Article, reading: Reading, at: int) -> Thread:
        """An article of the earlier side that shows only beside the later one: what was a line there is an entry."""
        thread = self._new()
        thread.show(article, reading, at, goes_on=False)
        return thread

    def _found(self, article: Article, taken: Container[Thread]) -> Thread | None:
        """The thread of an article: of an entry that the step before showed, else by its names."""
        shown = (thread for entry in article.entries for thread in self._here.get(entry.item, ()))
        named = (self._known[name] for name in names_of(article) if name in self._known)
        return next((thread for thread in (*shown, *named) if thread not in taken), None)


def _each_once(threads: Iterable[Iterable[Thread]]) -> Iterator[Thread]:
    yield from dict.fromkeys(thread for each in threads for thread in each)


def _heading(article: Article, lists: tuple[ItemList, ...]) -> str | None:
    """The heading of the first list it stands in."""
    headings = (lists[entry.place].heading for entry in article.entries if entry.place != LEAD)
    return next(filter(None, headings), None)
