"""Snapshots that come from many pages at once → the store, those that wait together: a disk syncs them together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from monitor.errors import MonitorError
from monitor.model.snapshot import Snapshot
from monitor.store import names
from monitor.store.folder import Store
from monitor.store.writer import Added, Writer

MOST_AT_ONCE = 64  # captures of one turn; with more the disk gains little, and others wait
MOST_BYTES_AT_ONCE = 32 * 1024**2


class _Waiting(NamedTuple):
    page: str
    snapshot: Snapshot
    added: asyncio.Future[Added]


class Keeper:
    """Puts snapshots into a store, in the order they come. Used within `async with`; leaving it waits for the last."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: asyncio.Queue[_Waiting | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        # One thread for all turns: each that has put captures in keeps some megabytes.
        self._thread = ThreadPoolExecutor(1, "keeper")

    async def __aenter__(self) -> Keeper:
        self._task = asyncio.create_task(self._work())
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, at: object) -> None:
        self._waiting.put_nowait(None)
        if self._task:
            await asyncio.shield(self._task)
        self._thread.shutdown(wait=False)

    async def put(self, page: str, snapshot: Snapshot) -> str:
        """Put a snapshot in; it is on the disk when this returns, which is how the capture is called there.

        Who is cancelled meanwhile has put it in all the same. Raises what Writer.add raises.
        """
        waiting = _Waiting(page, snapshot, asyncio.get_running_loop().create_future())
        self._waiting.put_nowait(waiting)
        added = await waiting.added
        capture = names.capture_of(page, added.entry.file.rpartition("/")[2])
        return capture.reference if capture else added.entry.file

    async def _work(self) -> None:
        while first := await self._waiting.get():
            batch, is_last = self._gathered(first)
            results = await asyncio.get_running_loop().run_in_executor(self._thread, self._put_in, batch)
            for waiting, result in zip(batch, results, strict=True):
                _answer(waiting.added, result)
            if is_last:
                return

    def _gathered(self, first: _Waiting) -> tuple[list[_Waiting], bool]:
        """Those that wait, as many as go in at once; and whether none will come after them."""
        batch, size = [first], len(first.snapshot.payload)
        while len(batch) < MOST_AT_ONCE and size < MOST_BYTES_AT_ONCE and not self._waiting.empty():
            each = self._waiting.get_nowait()
            if each is None:
                return batch, True
            batch.append(each)
            size += len(each.snapshot.payload)
        return batch, False

    def _put_in(self, batch: Sequence[_Waiting]) -> Sequence[Added | BaseException]:
        """All at once; where one of them cannot be put in, one by one, so that it costs no other."""
        try:
            with self._store.writing() as writer:
                try:
                    return writer.add_all([(each.page, each.snapshot) for each in batch])
                except (MonitorError, ValueError):
                    return [_put_alone(writer, each) for each in batch]
        except BaseException as error:  # noqa: BLE001  whoever waits is told, whatever it was
            return [error] * len(batch)


def _put_alone(writer: Writer, waiting: _Waiting) -> Added | BaseException:
    try:
        return writer.add(waiting.page, waiting.snapshot)
    except (MonitorError, ValueError) as error:
        return error


def _answer(waits: asyncio.Future[Added], result: Added | BaseException) -> None:
    if waits.done():  # cancelled
        return
    if isinstance(result, BaseException):
        waits.set_exception(result)
    else:
        waits.set_result(result)
