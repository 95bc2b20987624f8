"""Processes that judge pages: a page that trips, hangs or kills the reader costs itself, and its process is made anew.

Each process has a pipe of its own and shares nothing with the others. With the pools of the standard library, and with
pebble's, a process that dies with a lock of theirs in its hands takes all the others with it.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.forkserver import ensure_running
from types import TracebackType
from typing import TypeVar, cast

from monitor.model.delivery import Timed
from monitor.model.failure import Failure
from monitor.model.judgement import Judgement, Place
from monitor.model.page import Page

LONGEST_JUDGING = 120.0  # seconds for some captures of a page; one of 20 MB takes some 20
MOST_TASKS = 2_000  # pages, then a process is replaced: whatever its libraries keep is given back
MOST_REMEMBERED = 16  # pages, whose lines a process remembers: those of one site share their menus
_Answer = TypeVar("_Answer")


class LostError(Exception):
    """The process did not answer; `str()` says why."""


class Workers:
    """So many processes for one store. Used within `async with`; leaving it waits for none of them."""

    def __init__(self, place: Place, count: int) -> None:
        self._place, self._count = place, count
        self._free: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        self._all: set[Worker] = set()
        self._busy: set[Worker] = set()

    async def __aenter__(self) -> Workers:
        for _ in range(self._count):
            self._free.put_nowait(Worker())  # it begins with its first task
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        for worker in self._all:
            worker.end()

    async def judge(self, page: Page, mark: str | None = None, faults: Mapping[str, str] | None = None) -> Judgement:
        """What the page's next captures mean, as `judge_page.judge` tells; a process that died or hung is a fault."""
        asked = partial(self._ask, _judge, self._place, page, mark, faults)
        with suppress(LostError):  # a process may die of something that has nothing to do with its page
            return await asked()
        try:
            return await asked()
        except LostError as error:
            return Judgement(fault=str(error), is_lost=True)

    async def tell_failure(self, page: Page, failure: Failure, now: datetime) -> tuple[Timed, ...] | None:
        """The messages that the page fails, or is back, as `judge_page` makes them; None where the process died."""
        with suppress(LostError):
            return await self._ask(_tell_failure, self._place, page, failure, now)
        return None

    async def show_all(self, pages: Sequence[Page], now: datetime, due: Mapping[str, datetime]) -> str | None:
        """Write the index page of the reports; its path, None where it could not be written."""
        for worker in self._all - self._busy:
            worker.end()  # all pages at once take room, and what it remembers of some has none beside that
        with suppress(LostError):
            return await self._ask(_show_all, self._place, tuple(pages), now, dict(due))
        return None

    async def _ask(self, function: Callable[..., _Answer], *arguments: object) -> _Answer:
        """What the function gives in the next process that is free. Raises LostError."""
        worker = await self._free.get()
        self._all.add(worker)
        self._busy.add(worker)
        try:
            answer = await worker.answer((function, arguments))
        except BaseException:
            worker.end()
            raise
        finally:
            self._busy.discard(worker)
            self._free.put_nowait(worker)
        return cast("_Answer", answer)


def load_early() -> None:
    """Begin the process that workers are forked from: it loads their libraries while this one does something else."""
    _context()
    ensure_running()


def _context() -> ForkServerContext:
    """Forked from a process of its own: forked from this one, which has threads, they might hang on locks of these."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["monitor.watch.warm"])
    return context


class Worker:
    """A process, and the end of its pipe that is here. It is begun when it has something to do, also after its end.

    `longest` is the time in seconds that a task may take.
    """

    def __init__(self, longest: float = LONGEST_JUDGING) -> None:
        self._longest = longest
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self._tasks = 0

    async def answer(self, task: tuple[Callable[..., object], tuple[object, ...]]) -> object:
        """What comes of a task. Raises LostError where it does not come, and then the process is of no more use."""
        if self._tasks >= MOST_TASKS:
            self.end()
        pipe = self._pipe or self._begin()
        self._tasks += 1
        try:
            pipe.send(task)
            await _readable(pipe, self._longest)
            is_answer, answer = pipe.recv()
        except TimeoutError:
            raise LostError(f"reading it took longer than {self._longest:.0f} seconds and was ended") from None
        except (EOFError, OSError):
            raise LostError("the process that read it died") from None
        if not is_answer:
            raise LostError(f"it cannot be read ({answer}: a fault of this program)")
        return answer

    def end(self) -> None:
        """Kill it, whatever it is at."""
        if self._process and self._pipe:
            self._pipe.close()
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._pipe = None
        self._tasks = 0

    def _begin(self) -> Connection:
        context = _context()
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()  # so that its death ends the pipe
        return self._pipe


async def _readable(pipe: Connection, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    is_there = asyncio.Event()
    loop.add_reader(pipe.fileno(), is_there.set)
    try:
        async with asyncio.timeout(seconds):
            await is_there.wait()
    finally:
        loop.remove_reader(pipe.fileno())


# -- in the process


def _work(pipe: Connection) -> None:
    """Do what comes until nothing comes any more: whoever gives the tasks is gone."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # they are meant for whoever gives the tasks, who ends this one
    done = 0
    while True:
        try:
            function, arguments = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = True, function(*arguments)
        except Exception as error:  # noqa: BLE001  a page that trips the reader must not cost the others
            answer = False, f"{type(error).__name__}: {error}"
        done += 1
        if done % MOST_REMEMBERED == 0:
            _forget()
        with suppress(OSError):
            pipe.send(answer)


def _judge(place: Place, page: Page, mark: str | None, faults: Mapping[str, str] | None) -> Judgement:
    """Its libraries are no burden of the process that hands the pages out."""
    from monitor.watch.judge_page import judge  # noqa: PLC0415  as said above

    return judge(place, page, mark, faults)


def _tell_failure(place: Place, page: Page, failure: Failure, now: datetime) -> tuple[Timed, ...]:
    from monitor.watch.judge_page import tell_failure  # noqa: PLC0415  as said above

    return tell_failure(place, page, failure, now)


def _show_all(place: Place, pages: Sequence[Page], now: datetime, due: Mapping[str, datetime]) -> str | None:
    from monitor.watch.judge_page import show_all  # noqa: PLC0415  as said above

    return show_all(place, pages, now, due)


def _forget() -> None:
    from monitor.watch.forget import forget  # noqa: PLC0415  as said above

    forget()
