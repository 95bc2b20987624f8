"""Story → the geometry of its strip of captures and of the bars that show when an item was there. Decides no word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from monitor.model.change import Significance
from monitor.model.comparison import Verdict
from monitor.model.story import ItemStory, Story

WIDTH = 1000
_MOST_TICKS = 160  # a tick is then two pixels wide on a phone
_WIDEST, _NARROWEST = 9.0, 4.0
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
    x: float
    y: float
    width: float
    height: float
    state: str


class Band(NamedTuple):
    """A stretch of the line: a gap, or captures that show an item."""

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
    gaps: tuple[Band, ...]
    counts: tuple[tuple[str, int], ...]


def strip(story: Story, states: Sequence[str]) -> Strip:
    """A tick for each capture, the tall ones behind; of more than stand side by side the gravest ones."""
    width = max(_NARROWEST, min(_WIDEST, WIDTH / (2.2 * max(1, len(states)))))
    columns: dict[float, str] = {}
    for at, state in enumerate(states):
        x = place(story, at)
        x = round(x / WIDTH * _MOST_TICKS) * WIDTH / _MOST_TICKS if len(states) > _MOST_TICKS else x
        columns[x] = max(columns.get(x, state), state, key=_STATES.index)
    return Strip(
        ticks=tuple(sorted((_tick(x, width, state) for x, state in columns.items()), key=lambda tick: tick.y)),
        gaps=tuple(_gaps(story)),
        counts=tuple((state, states.count(state)) for state in _STATES if state in states),
    )


def bar(item: ItemStory, story: Story, tones: dict[int, str]) -> Bar:
    """When an item was there; `tones` are those of its events by the number of the capture after."""
    bands = []
    for run in item.runs:
        x, end = place(story, run.first), place(story, run.last)
        bands.append(Band(round(min(x, WIDTH - _WIDEST), 1), round(max(end - x, _WIDEST), 1)))
    marks = [Mark(round(min(place(story, at), WIDTH - _WIDEST / 2), 1), tone) for at, tone in tones.items()]
    return Bar(tuple(bands), tuple(marks))


def place(story: Story, at: int) -> float:
    """How far along the line a capture stands, by its time."""
    first, last = (story.moments[end].capture.at for end in (0, -1))
    return share(story.moments[at].capture.at, first, last) * WIDTH


def share(at: datetime, first: datetime, last: datetime) -> float:
    """From 0 for the first to 1 for the last; the middle where there is no time between."""
    return (at - first) / (last - first) if last > first else 0.5


def _tick(x: float, width: float, state: str) -> Tick:
    height = _HEIGHTS[state]
    left = min(max(x - width / 2, 0), WIDTH - width)
    return Tick(round(left, 1), _FLOOR - height, round(width, 1), height, state)


def _gaps(story: Story) -> Iterator[Band]:
    for gap in story.gaps:
        x, end = place(story, gap.before), place(story, gap.after)
        yield Band(round(x, 1), round(end - x, 1))


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
