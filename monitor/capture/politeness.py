"""Requests to many hosts → one queue for each of them: so many at a time, with a pause behind each.

First come, first served. Who gives up while waiting leaves the queue as if he had never come.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush

from monitor.capture.hosts import Hosts
from monitor.errors import CaptureError
from monitor.model.request import Host

_LONGEST_QUIET = 24 * 3600.0  # seconds; a server that asks for more is asked once a day whether it means it
_LONGEST_PAUSE = 60.0  # seconds of a Crawl-delay; robots.txt files of those who want no crawlers at all ask for hours
_INSTANT = 0.001  # seconds; clocks and timers differ by less


class Clock:
    """The time that pauses are counted by, in seconds from some moment on, and how they are waited for."""

    def now(self) -> float:
        """Seconds; they never go back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


class Politeness:
    """All queues of a run. `hosts` are config.yaml's."""

    def __init__(self, hosts: Sequence[Host], clock: Clock) -> None:
        self._hosts, self._clock = Hosts(hosts), clock
        self._queues: dict[str, Queue] = {}
        self._of: dict[tuple[str, int], Queue] = {}

    def queue(self, host: str, port: int) -> Queue:
        """The queue of a host: of that port alone where config.yaml names it, else of all its ports together."""
        if (host, port) not in self._of:
            entry = self._hosts.of(host, port)
            self._of[host, port] = self._queues.setdefault(entry.host, Queue(entry, self._clock))
        return self._of[host, port]


class Queue:
    """The queue of one host."""

    def __init__(self, host: Host, clock: Clock) -> None:
        self._name, self._pause, self._clock = host.host, host.pause, clock
        self._places = asyncio.Semaphore(host.parallel)
        self._ready = [clock.now()] * host.parallel  # a heap: when each of the free places may be taken again
        self._quiet_until = 0.0

    @asynccontextmanager
    async def turn(self, patience: float) -> AsyncIterator[None]:
        """Within it the host may be asked once.

        Raises CaptureError where the host has asked to be left alone for more than `patience` seconds from now.
        """
        self._check(patience)
        async with self._places:
            ready = heappop(self._ready)
            try:
                await self._wait_until(ready, patience)
                try:
                    yield
                finally:
                    ready = self._clock.now() + self._pause
            finally:
                heappush(self._ready, ready)

    def leave_alone(self, seconds: float) -> None:
        """Ask nothing more for so long, as the host asked; at most for a day."""
        self._quiet_until = max(self._quiet_until, self._clock.now() + min(seconds, _LONGEST_QUIET))

    def slow_down(self, pause: float) -> None:
        """Pause for at least so many seconds, as robots.txt asked; at most for a minute."""
        self._pause = max(self._pause, min(pause, _LONGEST_PAUSE))

    async def _wait_until(self, ready: float, patience: float) -> None:
        while (left := max(ready, self._quiet_until) - self._clock.now()) > _INSTANT:
            self._check(patience)
            await self._clock.sleep(left)

    def _check(self, patience: float) -> None:
        left = self._quiet_until - self._clock.now()
        if left > patience:
            until = datetime.now(UTC) + timedelta(seconds=left)
            what = f"{self._name} asked to be left alone until {until:%Y-%m-%d %H:%M:%S} UTC"
            raise CaptureError(what, "it is asked again after that", is_passing=True)
