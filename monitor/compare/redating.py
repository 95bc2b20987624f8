"""Two dates of one item or stamp → whether they differ, at the precision that both give, and which is the later."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.compare.sides import Sides
from monitor.model.reading import When

_DAY = 86_400
_MONTH = 30 * _DAY


def order(before: When, after: When, sides: Sides) -> int | None:
    """0 where the two may be the same, 1 where `after` names a later time, -1 an earlier one; None if nothing tells."""
    if not (before.is_relative or after.is_relative) and before.text.split() == after.text.split():
        return 0
    if before.is_relative or after.is_relative:
        return _order_of_relative(before, after, sides)
    first, last = before.span(sides.before_day), after.span(sides.after_day)
    if first is None or last is None:
        return None
    if last[0] > first[1]:
        return 1
    if last[1] < first[0]:
        return -1
    return (after.days > before.days) - (after.days < before.days) or _order_of_clocks(before, after)


def _order_of_relative(before: When, after: When, sides: Sides) -> int | None:
    """Offsets that move with the captures are one time, as exact as "3 days", "2 weeks" are.

    Nothing tells where a snapshot day is the newest date among the items: "today" is then no day that anyone stated.
    """
    if sides.before.is_day_from_items or sides.after.is_day_from_items:
        return None
    first, last = _moment(before, sides, is_after=False), _moment(after, sides, is_after=True)
    if first is None or last is None:
        return None
    seconds = (last - first).total_seconds()
    grain = max(_grain(before), _grain(after))
    if abs(seconds) <= grain:
        return 0
    return 1 if seconds > 0 else -1


def _moment(when: When, sides: Sides, *, is_after: bool) -> datetime | None:
    reading = sides.after if is_after else sides.before
    if when.ago is not None and reading.captured_at:
        return (reading.captured_at - timedelta(seconds=when.ago)).replace(tzinfo=None)
    span = sides.span(when, is_after=is_after)
    return datetime.combine(span[0], datetime.min.time()) if span else None


def _grain(when: When) -> int:
    """How far off a relative date may be: never less than a day, then its unit."""
    ago = abs(when.ago or 0)
    if ago >= 12 * _MONTH:
        return 366 * _DAY
    if ago >= _MONTH:
        return 31 * _DAY
    return 7 * _DAY if ago >= 7 * _DAY and ago % (7 * _DAY) == 0 else _DAY


def _order_of_clocks(before: When, after: When) -> int:
    """By the time of day, at the precision both give; in UTC where both state their offset."""
    if not before.clock or not after.clock:
        return 0
    first, last = _seconds(before.clock), _seconds(after.clock)
    if before.clock.count(":") != after.clock.count(":"):
        first, last = first - first % 60, last - last % 60
    if before.utc_offset is not None and after.utc_offset is not None:
        last -= 60 * (after.utc_offset - before.utc_offset)
    return (last > first) - (last < first)


def _seconds(clock: str) -> int:
    hours, minutes, seconds = (*map(int, clock.split(":")), 0)[:3]
    return 3600 * hours + 60 * minutes + seconds
