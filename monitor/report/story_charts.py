"""Counter of a story → the geometry of its chart against the days: a dot a capture, a line where the days ask it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from monitor.model.story import CounterStory, Story
from monitor.report.charts import PER_DAY
from monitor.report.timeline import share
from monitor.report.wording import dates, spells

WIDTH, HEIGHT = 360, 156
_LEFT, _RIGHT, _TOP, _BOTTOM = 8, 352, 12, 112
_MOST_DOTS = 180  # more stand on one another; those out of step are kept
_SECONDS = 86_400


class Dot(NamedTuple):
    x: float
    y: float
    is_odd: bool


class Chart(NamedTuple):
    """Where to draw: the dots, the line that the days ask from the first value on, and what stands under both ends."""

    dots: tuple[Dot, ...]
    asked: tuple[float, float, float, float]
    first: str
    last: str
    day_first: str
    day_last: str
    left: int = _LEFT
    right: int = _RIGHT
    floor: int = _BOTTOM


def chart(counter: CounterStory, story: Story) -> Chart | None:
    """The chart of a counter; None where fewer than two captures show it."""
    counts = counter.counts
    if len(counts) < 2:
        return None
    odd = {event.after for event in counter.events if event.change.is_finding}
    times = [story.moments[each.at].capture.at for each in counts]
    sign = -1 if counter.direction == "down" else 1
    elapsed = (times[-1] - times[0]).total_seconds() / _SECONDS
    asked = counts[0].value + sign * elapsed * PER_DAY.get(counter.unit, 1.0)
    low = min(asked, *(each.value for each in counts))
    high = max(asked, *(each.value for each in counts))
    dots = [
        Dot(_across(share(at, times[0], times[-1])), _height(each.value, low, high), each.at in odd)
        for each, at in zip(counts, times, strict=True)
    ]
    return Chart(
        dots=tuple(_thinned(dots)),
        asked=(_LEFT, _height(counts[0].value, low, high), _RIGHT, _height(asked, low, high)),
        first=f"{counts[0].value:,}",
        last=f"{counts[-1].value:,}",
        day_first=dates.day(spells.day_of(story.moments[counts[0].at])),
        day_last=dates.day(spells.day_of(story.moments[counts[-1].at])),
    )


def _thinned(dots: Sequence[Dot]) -> list[Dot]:
    """Every so-manieth dot, the last one, and all that are out of step, which are drawn above the others."""
    step = max(1, len(dots) // _MOST_DOTS)
    kept = [dot for at, dot in enumerate(dots) if at % step == 0 or at == len(dots) - 1 or dot.is_odd]
    return sorted(kept, key=lambda dot: dot.is_odd)


def _across(part: float) -> float:
    return round(_LEFT + part * (_RIGHT - _LEFT), 1)


def _height(value: float, low: float, high: float) -> float:
    """From the bottom for the lowest to the top for the highest; the middle where all are the same."""
    part = (value - low) / (high - low) if high > low else 0.5
    return round(_BOTTOM - 12 - part * (_BOTTOM - 12 - _TOP), 1)
