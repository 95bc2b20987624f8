"""Two dates behind the same words → do they say something of the world, and not when the page was touched?

"Last updated 3 May" moves on with the page. "Closed until 3 May" lies ahead of the snapshot, and "adopted by council on
3 May" was over before: where such a date is another one, somebody says something else.
"""

from __future__ import annotations

from datetime import date

from monitor.compare.sides import Sides
from monitor.model.reading import Reading, Stamp

# Zones may make tomorrow of today. What is renewed daily ("Next update 4 May") keeps its distance but for as much.
_ONE_DAY = 1
# "This page was last updated on", but "The rules were adopted by the council on".
_FEWEST_WORDS = 7
_A_MONTH = 31


def is_claim(one: Stamp, other: Stamp, sides: Sides) -> bool:
    """False where nothing tells the days of both snapshots."""
    first, last = sides.span(one.when, is_after=False), sides.span(other.when, is_after=True)
    days = sides.before_day, sides.after_day
    if not first or not last or first == last or not days[0] or not days[1]:
        return False
    ahead = (first[0] - days[0]).days, (last[0] - days[1]).days
    if max(ahead) > _ONE_DAY and (last < first or _is_still_to_come(ahead, sides)):
        return abs(ahead[0] - ahead[1]) > _ONE_DAY
    was_over = (min(days[0], days[1]) - max(first[0], last[0])).days > max(_ONE_DAY, sides.lag)
    return was_over and len(one.label.split()) >= _FEWEST_WORDS


def _is_still_to_come(ahead: tuple[int, int], sides: Sides) -> bool:
    """Whether one of the dates lies further ahead of its snapshot day than what is of that day may lie."""
    both = (sides.before, sides.before_day), (sides.after, sides.after_day)
    return any(far > _days_unseen(*side) for far, side in zip(ahead, both, strict=True))


def _days_unseen(reading: Reading, day: date | None) -> int:
    """How far ahead of its snapshot day a date may lie that is of this day.

    A day known from the newest item alone may have been days ago: as many as the items go back, for a page is seldom
    left for longer than it lists, and within a month.
    """
    if day is None or not reading.is_day_from_items:
        return _ONE_DAY
    spans = {when.span(None) for each in reading.lists for item in each.items if (when := item.date)}
    return min(_A_MONTH, max((_ONE_DAY, *((day - span[0]).days for span in spans if span))))
