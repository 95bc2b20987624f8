"""A page's captures in order of time → those far back by which a counter is told to stand still, some at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime

from monitor.compare.pace import LEAST_OWING
from monitor.compare.standstill import looked_back_to, may_stand
from monitor.model.reading import Reading

_READ_AHEAD = 16


class LookBack:
    """`moments` are the times of all captures, in UTC; `read` reads so many of them from a place on and gives the
    first, None where it is none of the page's good ones."""

    def __init__(self, moments: Sequence[datetime], read: Callable[[int, int], Reading | None]) -> None:
        self._moments, self._read = moments, read
        self._looked_at: set[int] = set()  # by the last comparison that looked back

    def readings(self, earlier: Reading, later: Reading, before: int) -> tuple[Reading, ...]:
        """Older than the capture at the place `before`, which is the `earlier`: since when a counter has stood."""
        if not may_stand(earlier, later):
            return ()
        last, self._looked_at = self._looked_at, set()

        def read(place: int) -> Reading | None:
            """From one step to the next it is mostly the same that is asked for, or the one behind it."""
            self._looked_at.add(place)
            return self._read(place, _READ_AHEAD if place - 1 in last else 1)

        return looked_back_to(earlier, later, self._moments[:before], read)

    def places(self, at: int, end: int) -> list[int]:
        """Those before `end` that may be looked at first, for whatever is counted at the place `at`."""
        found = {bisect_right(self._moments, self._moments[at] - long) - 1 for long in LEAST_OWING.values()}
        return sorted(place for place in found if 0 <= place < end)

    def wanted_next(self) -> set[int]:
        """The places that the next step may ask for again."""
        return {at + ahead for at in self._looked_at for ahead in range(_READ_AHEAD)}
