"""A story: what became of a page over all its captures, as the comparisons of each capture with the one before told it.

Captures are named by their number in `Story.moments`, which counts from 0 in order of time.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from monitor.model.change import Change, Significance
from monitor.model.comparison import Verdict
from monitor.model.page import Page
from monitor.model.snapshot import Capture


class Moment(NamedTuple):
    """A capture as the story tells it.

    `day` is its snapshot day. `verdict` is what comparing it with the last good capture before it came to: IDENTICAL
    where it said the same, SUSPECT where it may be no honest capture of the page, None for the first good one.
    `doubts` says why it is suspect; such a capture is compared with no other, and nothing of it is in the story.
    """

    capture: Capture
    day: date | None
    sha256: str
    size: int
    verdict: Verdict | None = None
    doubts: tuple[str, ...] = ()

    @property
    def is_suspect(self) -> bool:
        return self.verdict is Verdict.SUSPECT


class Event(NamedTuple):
    """One change, and the numbers of the two captures between which it happened."""

    before: int
    after: int
    change: Change


class Run(NamedTuple):
    """Captures that follow one another, by the numbers of the first and the last."""

    first: int
    last: int


class Titled(NamedTuple):
    """A title, and the number of the first capture that showed it."""

    since: int
    title: str


class ItemStory(NamedTuple):
    """An item of a list, followed through all captures, whatever it was called.

    `titles` are in order of time; `date` (ISO 8601, as precise as the page), `url` and `place` (its list's heading) are
    what the last capture with it says. `runs` are the stretches of good captures that showed it, `events` all that the
    comparisons told of it. `is_there` is whether the last good capture shows it.
    """

    titles: tuple[Titled, ...]
    runs: tuple[Run, ...]
    date: str | None = None
    url: str | None = None
    place: str | None = None
    events: tuple[Event, ...] = ()
    is_there: bool = False

    @property
    def title(self) -> str:
        return self.titles[-1].title

    @property
    def first(self) -> int:
        """The number of the first capture that showed it."""
        return self.runs[0].first

    @property
    def last(self) -> int:
        """The number of the last capture that showed it."""
        return self.runs[-1].last

    @property
    def significance(self) -> Significance:
        return gravest(self.events)


class Count(NamedTuple):
    """What a counter showed: the number of the capture, the value, and the day it implies where it is one day."""

    at: int
    value: int
    origin: date | None = None


class CounterStory(NamedTuple):
    """A counter, followed through all captures. `label`, `unit` and `direction` are what the last one with it says."""

    label: str
    unit: str
    direction: str
    counts: tuple[Count, ...]
    events: tuple[Event, ...] = ()

    @property
    def significance(self) -> Significance:
        return gravest(self.events)


class PartStory(NamedTuple):
    """Another part of the page, and its changes.

    `noun` is the first half of its changes' kinds (title, date, stamp, clock, field, figure, lead, list, text), `name`
    what a person calls the part: a label, a place, a heading; None where the page has one such part only.
    """

    noun: str
    name: str | None
    events: tuple[Event, ...]

    @property
    def significance(self) -> Significance:
        return gravest(self.events)


class Untold(NamedTuple):
    """A capture that the story cannot tell of: why it cannot be read, or when it was taken out of the store (UTC)."""

    capture: Capture
    fault: str | None = None
    taken_out: datetime | None = None


class Gap(NamedTuple):
    """Two good captures between which the page was not seen: for long, or where the captures between are untold."""

    before: int
    after: int
    length: timedelta


class Frequency(NamedTuple):
    """How often changes of one kind were told: in how many comparisons, and how many changes altogether."""

    kind: str
    comparisons: int
    changes: int


class DealtWith(NamedTuple):
    """A finding that somebody has dealt with: its id, the later capture, its kind and subject; when, and the note."""

    finding: str
    capture: Capture
    kind: str
    subject: str
    at: datetime
    note: str


class Story(NamedTuple):
    """What became of a page over its captures, in order of time.

    `pace` is the median time between two captures, None of fewer than two. `untold` are captures, in order of time,
    that have no moment here. `limits` says in sentences what could not be decided. `dealt_with` are findings with what
    somebody noted on them, in the order of the notes.
    """

    page: Page
    moments: tuple[Moment, ...]
    items: tuple[ItemStory, ...] = ()
    counters: tuple[CounterStory, ...] = ()
    parts: tuple[PartStory, ...] = ()
    gaps: tuple[Gap, ...] = ()
    pace: timedelta | None = None
    title: str | None = None
    language: str | None = None
    limits: tuple[str, ...] = ()
    untold: tuple[Untold, ...] = ()
    dealt_with: tuple[DealtWith, ...] = ()

    @property
    def comparisons(self) -> int:
        """How many good captures were compared with the good one before them."""
        return max(0, sum(not moment.is_suspect for moment in self.moments) - 1)

    @property
    def first_good(self) -> int | None:
        """The number of the first good capture: what it shows was there before."""
        return next((at for at, moment in enumerate(self.moments) if not moment.is_suspect), None)

    @property
    def events(self) -> tuple[Event, ...]:
        """All changes that the comparisons told, in order of time."""
        told = [event for part in self.parts for event in part.events]
        told += [event for counter in self.counters for event in counter.events]
        told += [event for item in self.items for event in item.events]
        return tuple(sorted(told, key=lambda event: event.after))

    @property
    def suspect_runs(self) -> tuple[Run, ...]:
        """The suspect captures, those that follow one another together."""
        runs: list[Run] = []
        for at, moment in enumerate(self.moments):
            if moment.is_suspect and runs and runs[-1].last == at - 1:
                runs[-1] = Run(runs[-1].first, at)
            elif moment.is_suspect:
                runs.append(Run(at, at))
        return tuple(runs)

    @property
    def frequencies(self) -> tuple[Frequency, ...]:
        """How often what changed, the most frequent kind first."""
        found: dict[str, list[int]] = {}
        for event in self.events:
            found.setdefault(event.change.kind.value, []).append(event.after)
        told = [Frequency(kind, len(set(steps)), len(steps)) for kind, steps in found.items()]
        return tuple(sorted(told, key=lambda each: (-each.comparisons, -each.changes, each.kind)))


def gravest(events: tuple[Event, ...]) -> Significance:
    """The gravest significance of these events; routine of none."""
    found = {event.change.significance for event in events}
    return next((each for each in (Significance.ALERT, Significance.NOTABLE) if each in found), Significance.ROUTINE)
