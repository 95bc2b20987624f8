"""Counter change → the geometry of a small chart: a dot for what the page shows, a ring where the days put it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from monitor.model.change import Change
from monitor.model.comparison import Check, Comparison
from monitor.report.columns import clipped
from monitor.report.neutral import neutral
from monitor.report.wording import dates, sides
from monitor.report.wording.told import check_of

WIDTH, HEIGHT = 268, 96
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 192, 20, 74
PER_DAY = {"second": 86400.0, "minute": 1440.0, "hour": 24.0, "day": 1.0, "week": 1 / 7, "month": 12 / 365.25,
            "year": 1 / 365.25}  # fmt: skip
_MOST_CHARTS = 24  # more counters than any page is known to show


class Chart(NamedTuple):
    """Where to draw; `y_asked` is where the elapsed days end the line, `is_good` whether the counter is there."""

    label: str
    caption: str
    before: str
    after: str
    asked: str
    day_before: str
    day_after: str
    y_before: float
    y_after: float
    y_asked: float
    is_good: bool
    reason: str
    check: Check | None
    left: int = _LEFT
    right: int = _RIGHT
    floor: int = _BOTTOM


def charts(comparison: Comparison) -> tuple[Chart, ...]:
    """A chart for each counter that both snapshots show, where the time between them is known."""
    if not comparison.elapsed_days:
        return ()
    counters = (change for change in comparison.changes if change.kind.value.startswith("counter."))
    return tuple(_charts(counters, comparison))[:_MOST_CHARTS]


def _charts(counters: Iterator[Change], comparison: Comparison) -> Iterator[Chart]:
    for change in counters:
        old, new = (side.value if side else None for side in (change.before, change.after))
        if isinstance(old, int) and isinstance(new, int):
            yield _chart(change, old, new, comparison)


def _chart(change: Change, old: int, new: int, comparison: Comparison) -> Chart:
    elapsed = comparison.elapsed_days or 0
    unit = change.after.unit if change.after and change.after.unit else "day"
    asked = old + _direction(change, comparison) * elapsed * PER_DAY.get(unit, 1.0)
    is_good = not change.is_finding
    check = check_of(change, comparison)
    said = neutral(clipped(check.expected)) if check and check.expected else f"{round(asked):,}"
    day_before, day_after = sides.days_of(comparison)
    low, high = min(old, new, asked), max(old, new, asked)
    y_before, y_after, y_asked = (_height(value, low, high) for value in (old, new, new if is_good else asked))
    return Chart(
        label=neutral(clipped(change.after.text if change.after else change.subject)),
        caption=f"{old:,} → {new:,} in {dates.counted(abs(elapsed), 'day')}; {said} expected",
        before=f"{old:,}",
        after=f"{new:,}",
        asked=said,
        day_before=day_before,
        day_after=day_after,
        y_before=y_before,
        y_after=y_after,
        y_asked=y_asked,
        is_good=is_good,
        reason=neutral(clipped(check.reason if check else change.reason)).strip().rstrip("."),
        check=check,
    )


def _direction(change: Change, comparison: Comparison) -> int:
    """1 for a count of time passed, -1 for one of time left."""
    texts = {side.text for side in (change.before, change.after) if side}
    counters = (*comparison.before.counters, *comparison.after.counters)
    return -1 if any(counter.direction == "down" and counter.text in texts for counter in counters) else 1


def _height(value: float, low: float, high: float) -> float:
    """From the bottom for the lowest to the top for the highest; the middle where all are the same."""
    share = (value - low) / (high - low) if high > low else 0.5
    return round(_BOTTOM - 14 - share * (_BOTTOM - 14 - _TOP), 1)
