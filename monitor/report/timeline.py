"""Story → the geometry of its strip of captures and of the bars that show when an item was there. Decides no word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from monitor.model.change import Significance
from monitor.model.comparison import Verdict
from monitor.model.story import Gap, ItemStory, Story

WIDTH = 1000
_MOST_TICKS = 160  # a tick is then two pixels wide on a phone
_WIDEST, _NARROWEST = 8, 2  # pixels of a tick
_ON_A_PHONE = 320  # pixels that the strip has there
_BAND = 9.0  # the least width of a stretch in which an item was there, and of a mark
_LABELLED = 50  # the least width of a gap that has room for its length; on a phone _LABELLED_THERE
_LABELLED_THERE = 180
_FEWEST_DAYS = 4  # between the ends for dates between them
_FLOOR = 100
_STATES = (
    "first",
    "same",
    "moved",
    "news",
    "alert",
    "suspect",
)  # the gravest last: it is the one seen where several share a tick
_BROUGHT = {None: "first", Verdict.IDENTICAL: "same", Verdict.ROUTINE: "moved", Verdict.CHANGED: "news"}
_HEIGHTS = {"first": 26, "same": 26, "moved": 42, "news": 68, "alert": 100, "suspect": 100}


class Tick(NamedTuple):
    """A capture: the middle of its tick, from 0 to WIDTH, its width in pixels, its height of 100."""

    x: float
    y: float
    width: int
    height: float
    state: str


class Blank(NamedTuple):
    """A gap. `middle` is where its length stands, where there is room for it; `is_wide` where there is on a phone."""

    x: float
    width: float
    middle: float | None
    is_wide: bool
    gap: Gap


class Day(NamedTuple):
    """A date under the strip; `is_main` where a phone has room for it too."""

    x: float
    day: date
    is_main: bool


class Band(NamedTuple):
    """A stretch of the line: captures that show an item."""

    x: float
    width: float


class Mark(NamedTuple):
    """Where something happened to an item, and how it is coloured."""

    x: float
    tone: str


class Bar(NamedTuple):
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]


class Strip(NamedTuple):
    """The captures over time; `counts` says how many there are of each state, the quietest first."""

    ticks: tuple[Tick, ...]
    gaps: tuple[Blank, ...]
    days: tuple[Day, ...]
    counts: tuple[tuple[str, int], ...]


def strip(story: Story, states: Sequence[str]) -> Strip:
    """A tick for each capture, the tall ones behind; of more than stand side by side the gravest ones."""
    width = max(_NARROWEST, min(_WIDEST, _ON_A_PHONE // (2 * max(1, len(states)))))
    columns: dict[float, str] = {}
    for at, state in enumerate(states):
        x = place(story, at)
        x = round(x / WIDTH * _MOST_TICKS) * WIDTH / _MOST_TICKS if len(states) > _MOST_TICKS else x
        columns[x] = max(columns.get(x, state), state, key=_STATES.index)
    return Strip(
        ticks=tuple(sorted((_tick(x, width, state) for x, state in columns.items()), key=lambda tick: tick.y)),
        gaps=tuple(_gaps(story)),
        days=tuple(_days(story)),
        counts=tuple((state, states.count(state)) for state in _STATES if state in states),
    )


def bar(item: ItemStory, story: Story, tones: dict[int, str]) -> Bar:
    """When an item was there; `tones` are those of its events by the number of the capture after."""
    bands = []
    for run in item.runs:
        x, end = place(story, run.first), place(story, run.last)
        bands.append(Band(round(min(x, WIDTH - _BAND), 1), round(max(end - x, _BAND), 1)))
    marks = [Mark(round(min(place(story, at), WIDTH - _BAND / 2), 1), tone) for at, tone in tones.items()]
    return Bar(tuple(bands), tuple(marks))


def place(story: Story, at: int) -> float:
    """How far along the line a capture stands, by its time."""
    first, last = (story.moments[end].capture.at for end in (0, -1))
    return share(story.moments[at].capture.at, first, last) * WIDTH


def share(at: datetime, first: datetime, last: datetime) -> float:
    """From 0 for the first to 1 for the last; the middle where there is no time between."""
    return (at - first) / (last - first) if last > first else 0.5


def _tick(x: float, width: int, state: str) -> Tick:
    height = _HEIGHTS[state]
    return Tick(round(x, 1), _FLOOR - height, width, height, state)


def _gaps(story: Story) -> Iterator[Blank]:
    for gap in story.gaps:
        x, end = place(story, gap.before), place(story, gap.after)
        middle = round((x + end) / 2, 1) if end - x >= _LABELLED else None
        yield Blank(round(x, 1), round(end - x, 1), middle, end - x >= _LABELLED_THERE, gap)


def _days(story: Story) -> Iterator[Day]:
    """Three days between the ends, a quarter of the time apart."""
    first, last = (story.moments[end].capture.at for end in (0, -1))
    if (last - first).days >= _FEWEST_DAYS:
        for quarter in (1, 2, 3):
            yield Day(quarter * WIDTH / 4, (first + (last - first) * quarter / 4).date(), quarter == 2)


def states(story: Story) -> Sequence[str]:
    """What each capture brought: nothing, what time brings, news, something grave; or that it is suspect."""
    grave = {event.after for event in story.events if event.change.significance is Significance.ALERT}
    found = []
    for at, moment in enumerate(story.moments):
        if moment.is_suspect:
            found.append("suspect")
        elif at in grave:
            found.append("alert")
        else:
            found.append(_BROUGHT[moment.verdict])
    return found
