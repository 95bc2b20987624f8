"""A counter that did not move × older readings → since when it has stood, and how far it ought to have moved by then.

Two captures that follow each other may both lie within what a counter is allowed: it need not have moved from one to
the next, however often that is said. So what it owes is reckoned from the oldest reading that shows it as it stands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from monitor.compare.earlier import moment_of
from monitor.compare.fold import fold
from monitor.compare.pace import LEAST_OWING, owed
from monitor.compare.sides import Sides, sides_of
from monitor.compare.standing_date import with_standing_date
from monitor.model.reading import Counter, Reading

Pairs = Sequence[tuple[Counter, Counter]]
_Shown = tuple[str, str, str, int]  # a counter as it stands: label, direction, unit, value


class Standstill(NamedTuple):
    """Since when a counter has stood: `counter` as the oldest reading shows it, which is the earlier of the `sides`.

    `owed` is by how much it ought to have moved by the later side at the least, `owed_before` by the earlier of the two
    captures that are compared; 0 where it need not have.
    """

    counter: Counter
    sides: Sides
    owed: int
    owed_before: int

    @property
    def since(self) -> datetime | None:
        """The time of the oldest reading; without that its day at 00:00 UTC."""
        return moment_of(self.sides.before)


def standstill(
    one: Counter,
    other: Counter,
    sides: Sides,
    older: Sequence[Reading],
    paired: Callable[[Sides], Pairs],
) -> Standstill | None:
    """None where it moved, or no older reading shows it so.

    `older` are the readings before the earlier side, oldest first; `paired` says which counter is which.
    """
    if not _is_unmoved(one, other):
        return None
    counter, first = one, sides.before
    for reading in reversed(older):
        if _shown(one)[1:] not in [_shown(each)[1:] for each in reading.counters]:
            break
        found = next((each for each, later in paired(sides_of(reading, first)) if later is counter), None)
        if found is None or not _is_unmoved(found, counter):
            break
        counter, first = found, reading
    if first is sides.before:
        return None
    since = sides_of(*with_standing_date(first, sides.after))
    before = sides_of(*with_standing_date(first, sides.before))
    return Standstill(counter, since, owed(counter, since), owed(counter, before))


def may_stand(before: Reading, after: Reading) -> tuple[Counter, ...]:
    """The counters that both readings show alike, and that have not come to their end."""
    there = {_shown(each) for each in before.counters}
    return tuple(each for each in after.counters if _shown(each) in there and _goes_on(each))


def looked_back_to(
    before: Reading,
    after: Reading,
    moments: Sequence[datetime],
    read: Callable[[int], Reading | None],
) -> tuple[Reading, ...]:
    """Readings that show since when a counter has stood, in any order; none where each moved as it had to.

    `moments` are the times of the page's captures before `before`, oldest first, in UTC; `read` gives the reading of
    the one at a place, None where nothing can be learnt from it. For each counter that both show alike one capture is
    looked at, the newest that lies so far back that it must have moved since. Only where that shows it alike too are
    more, a few for each time that their number doubles: so the cost does not grow with how often the page is captured.
    """
    if after.captured_at is None:
        return ()
    back = _Back(read)
    for counter in may_stand(before, after):
        place = bisect_right(moments, after.captured_at - LEAST_OWING[counter.unit]) - 1
        if place >= 0 and back.shows(counter, place):
            back.follow(counter, place)
    return tuple(back.readings) if back.is_any_standing else ()


class _Back:
    """Looks through older captures, each read once."""

    def __init__(self, read: Callable[[int], Reading | None]) -> None:
        self._read = read
        self._found: dict[int, Reading | None] = {}
        self.is_any_standing = False

    @property
    def readings(self) -> Iterator[Reading]:
        yield from (each for each in self._found.values() if each)

    def shows(self, counter: Counter, place: int) -> bool:
        """Whether the capture at that place shows the counter as it stands."""
        if place not in self._found:
            self._found[place] = self._read(place)
        reading = self._found[place]
        return reading is not None and _shown(counter) in map(_shown, reading.counters)

    def follow(self, counter: Counter, place: int) -> None:
        """Look for the first capture that shows it so: back by twice as many each time, then in between."""
        self.is_any_standing = True
        far, step = place - 1, 1
        while far >= 0 and self.shows(counter, far):
            place, step = far, 2 * step
            far = max(place - step, 0) if place else -1
        while place - far > 1:
            middle = (place + far) // 2
            if self.shows(counter, middle):
                place = middle
            else:
                far = middle


def _is_unmoved(one: Counter, other: Counter) -> bool:
    return _shown(one)[1:] == _shown(other)[1:]


def _shown(counter: Counter) -> _Shown:
    return fold(counter.label), counter.direction, counter.unit, counter.value


def _goes_on(counter: Counter) -> bool:
    return counter.direction == "up" or counter.value > 0
