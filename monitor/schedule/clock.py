"""The machine's two clocks → whether the time of the day jumped: it was set by hand, or the machine was asleep.

The event loop waits by the clock that only ever goes on, and that stands still while the machine sleeps; slots go by
the time of the day. Where the two part, everything that is waited for has to be reckoned anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

JUMP = timedelta(seconds=20)  # more than a time service puts right at once; a slot that is so late is still on time


def utc_now() -> datetime:
    """The time of the day, aware and in UTC."""
    return datetime.now(UTC)


class Clock:
    """Both clocks; `now` gives the time of the day, `ticks` seconds that only ever go on."""

    def __init__(self, now: Callable[[], datetime] = utc_now, ticks: Callable[[], float] = time.monotonic) -> None:
        self.now, self._ticks = now, ticks
        self._apart = self._difference()

    def jump(self) -> timedelta:
        """By how much the time of the day jumped since the last question, forwards or back; zero for less than JUMP."""
        apart = self._difference()
        jump, self._apart = apart - self._apart, apart
        return jump if abs(jump) >= JUMP else timedelta()

    def _difference(self) -> timedelta:
        return self.now() - datetime.fromtimestamp(0, UTC) - timedelta(seconds=self._ticks())
