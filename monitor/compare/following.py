"""Comparisons that follow one another → the things of a page followed through them: items, counters, other parts.

Each change is put to the thing it is about, and who is who from one capture to the next is what the comparison found.
"""

from __future__ import annotations

from monitor.compare import Followed
from monitor.compare.counts import Counts
from monitor.compare.parts import Parts
from monitor.compare.threads import Threads
from monitor.model.change import ChangeKind as Kind
from monitor.model.reading import Reading
from monitor.model.story import Event


class Following:
    """The things of a page so far; captures are named by numbers in order of time."""

    def __init__(self) -> None:
        self.items = Threads()
        self.counters = Counts()
        self.parts = Parts()

    def begin(self, reading: Reading, at: int) -> None:
        """The first capture: all that it shows is new."""
        self.items.begin(reading, at)
        self.counters.begin(reading, at)

    def stay(self, at: int) -> None:
        """A capture that says what the one before said."""
        self.items.stay(at)

    def follow(self, found: Followed, before: int, at: int) -> None:
        """Take the step from capture `before` to capture `at`; one of another page than its own leads nowhere."""
        if found.survey is None:
            return
        pairs = list(zip(found.comparison.changes, found.articles, strict=True))
        threads = self.items.follow(found.survey, before, at)
        counted = [change for change, _ in pairs if _noun(change.kind) == "counter"]
        self.counters.follow(found.survey.sides, counted, before, at)
        for change, article in pairs:
            if article is not None:
                threads[article].events.append(Event(before, at, change))
            elif change.kind is not Kind.CAPTURE_SUSPECT and _noun(change.kind) != "counter":
                self.parts.follow(Event(before, at, change))


def _noun(kind: Kind) -> str:
    noun: str = kind.value.partition(".")[0]
    return noun
