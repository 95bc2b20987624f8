"""Counter of a story → the geometry of its chart against the days: a dot a capture, a line where the days ask it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.model.change import ChangeKind as Kind
from monitor.model.story import Count, CounterStory, Story
from monitor.report.charts import PER_DAY
from monitor.report.timeline import share
from monitor.report.wording import dates, spells

_TOP, _FLOOR = 30, 122  # pixels; above the highest dot there is room for a value
_LEFT, _RIGHT = 2.0, 98.0  # of a hundred
_AT_AN_END = 12  # of a hundred: nearer to an end a value stands beside its dot, not over its middle
_UNDER, _ABOVE = 19, 9  # a value stands under its dot, for what the days ask stands above; near the floor above it
_LOW = 90
_MOST_DOTS = 180  # more stand on one another; those out of step are kept
_SECONDS = 86_400


class Dot(NamedTuple):
    """`x` is of a hundred, `y` in pixels from the top, as all here."""

    x: float
    y: float
    is_odd: bool


class Label(NamedTuple):
    """A value in the chart; `anchor` is "start", "middle" or "end"."""

    x: float
    y: float
    anchor: str
    text: str
    is_odd: bool = False


class Chart(NamedTuple):
    """Where to draw: the dots, the line that the days ask from the first value on, and what is written beside them."""

    dots: tuple[Dot, ...]
    asked: tuple[float, float, float, float]
    labels: tuple[Label, ...]
    first: str
    last: str
    day_first: str
    day_last: str
    left: float = _LEFT
    right: float = _RIGHT
    floor: int = _FLOOR


class _Frame(NamedTuple):
    """What the chart spans: the places of its captures on the line, and its lowest and highest values."""

    places: dict[int, float]
    low: float
    high: float

    def height(self, value: float) -> float:
        """From the bottom for the lowest to the top for the highest; the middle where all are the same."""
        part = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(_FLOOR - 12 - part * (_FLOOR - 12 - _TOP), 1)


def chart(counter: CounterStory, story: Story) -> Chart | None:
    """The chart of a counter; None where fewer than two captures show it."""
    counts = counter.counts
    if len(counts) < 2:
        return None
    odd = {event.after for event in counter.events if event.change.is_finding}
    asked = _asked(counter, story)
    values = [asked, *(each.value for each in counts)]
    frame = _Frame(_places(counts, story), min(values), max(values))
    return Chart(
        dots=tuple(_thinned([Dot(frame.places[each.at], frame.height(each.value), each.at in odd) for each in counts])),
        asked=(_LEFT, frame.height(counts[0].value), _RIGHT, frame.height(asked)),
        labels=tuple(_labels(counter, frame, round(asked), is_odd=bool(odd))),
        first=f"{counts[0].value:,}",
        last=f"{counts[-1].value:,}",
        day_first=dates.day(spells.day_of(story.moments[counts[0].at])),
        day_last=dates.day(spells.day_of(story.moments[counts[-1].at])),
    )


def _asked(counter: CounterStory, story: Story) -> float:
    """What the last capture would show, had the counter gone on from the first as the days ask."""
    first, last = counter.counts[0], counter.counts[-1]
    elapsed = (story.moments[last.at].capture.at - story.moments[first.at].capture.at).total_seconds() / _SECONDS
    return first.value + (-1 if counter.direction == "down" else 1) * elapsed * PER_DAY.get(counter.unit, 1.0)


def _places(counts: Sequence[Count], story: Story) -> dict[int, float]:
    times = [story.moments[each.at].capture.at for each in counts]
    parts = [share(at, times[0], times[-1]) for at in times]
    return {each.at: round(_LEFT + part * (_RIGHT - _LEFT), 2) for each, part in zip(counts, parts, strict=True)}


def _thinned(dots: Sequence[Dot]) -> list[Dot]:
    """Every so-manieth dot, the last one, and all that are out of step, which are drawn above the others."""
    step = max(1, len(dots) // _MOST_DOTS)
    kept = [dot for at, dot in enumerate(dots) if at % step == 0 or at == len(dots) - 1 or dot.is_odd]
    return sorted(kept, key=lambda dot: dot.is_odd)


# -- the values in it: where it stood still, where it was highest, what the days ask


def _labels(counter: CounterStory, frame: _Frame, asked: int, *, is_odd: bool) -> Iterator[Label]:
    """Nothing of a counter that went as it should: the values at its ends say all."""
    if not is_odd:
        return
    counts = counter.counts
    highest = max(counts, key=lambda each: each.value)
    stalls = [event.after for event in counter.events if event.change.kind is Kind.COUNTER_STALLED]
    stood = [each for each in counts if each.at in stalls][:1]
    for each in stood:
        yield _label(each, frame, f"stood at {each.value:,}", is_odd=True)
    if highest not in (counts[0], counts[-1]) and all(each.value != highest.value for each in stood):
        yield _label(highest, frame, f"{highest.value:,}")
    if asked != counts[-1].value:
        yield Label(_RIGHT, frame.height(asked) - _ABOVE, "end", f"{asked:,} expected")


def _label(count: Count, frame: _Frame, text: str, *, is_odd: bool = False) -> Label:
    x = frame.places[count.at]
    anchor = "start" if x < _AT_AN_END else "end" if x > 100 - _AT_AN_END else "middle"
    y = frame.height(count.value)
    return Label(x, y + _UNDER if y < _LOW else y - _ABOVE, anchor, text, is_odd)
