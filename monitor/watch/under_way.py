"""What this process sends → which deliveries nobody else may take up, and whose turn it is.

A try goes on when whoever began it is gone: a server takes minutes for its answer, and config.yaml is read anew
meanwhile. While one goes on no other process sends, for to that one it would look as if somebody had died at it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Set as AbstractSet
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from monitor.errors import StoreError

if TYPE_CHECKING:
    from filelock import FileLock

AT_ONCE = 4  # to one server: more are refused by some
_WAIT, _PAUSE = 10.0, 0.1  # seconds for another process that sends, and between two looks whether it is done


class UnderWay:
    """The tries of one process, whoever begins them. Used within one event loop."""

    def __init__(self) -> None:
        self._tries: dict[str, asyncio.Task[None]] = {}
        self._lanes: dict[Hashable, asyncio.Semaphore] = {}
        self._lock: FileLock | None = None
        self._left: set[asyncio.Task[None]] = set()

    @property
    def ids(self) -> AbstractSet[str]:
        """The deliveries that are being tried, or wait for their turn."""
        return self._tries.keys()

    @asynccontextmanager
    async def alone(self, path: str) -> AsyncIterator[None]:
        """Within, and while a try goes on, no other process sends what is in the outbox that has its lock there.

        Raises StoreError where one does for long.
        """
        lock = self._lock = self._lock or _lock_at(path)
        try:
            async with asyncio.timeout(_WAIT):
                while True:
                    with suppress(_timeout()):
                        lock.acquire()
                        break
                    await asyncio.sleep(_PAUSE)
        except TimeoutError:
            raise StoreError("another process is sending what is due", "it will take the rest too") from None
        except OSError as error:
            what = f"cannot write {path}: {(error.strerror or str(error)).lower()}"
            raise StoreError(what, "see that the store's folder may be written") from error
        try:
            yield
        finally:
            lock.release()

    def begin(self, id_: str, lane: Hashable, work: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        """Try a delivery when it is its turn in its lane. To be called while `alone`; the work raises nothing."""
        places = self._lanes.setdefault(lane, asyncio.Semaphore(AT_ONCE))

        async def turn() -> None:
            async with places:
                await work()

        lock = self._lock
        if lock:
            lock.acquire()  # counted: it is given back with the last one

        def end(_: asyncio.Task[None]) -> None:
            del self._tries[id_]
            if lock:
                lock.release()

        self._tries[id_] = task = asyncio.create_task(turn())
        task.add_done_callback(end)
        return task

    def leave(self, tries: AbstractSet[asyncio.Task[None]], close: Callable[[], Awaitable[None]]) -> None:
        """Let tries go on whose beginner is gone, and then close what they need."""

        async def see_off() -> None:
            try:
                await asyncio.wait(tries)
            finally:
                await close()

        task = asyncio.create_task(see_off())
        self._left.add(task)
        task.add_done_callback(self._left.discard)


def _lock_at(path: str) -> FileLock:
    from filelock import FileLock  # noqa: PLC0415  only where something waits

    return FileLock(path, timeout=0)


def _timeout() -> type[Exception]:
    from filelock import Timeout  # noqa: PLC0415  as above

    return Timeout
