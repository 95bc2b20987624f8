"""config.yaml and a store → the pages watched on their schedules, until a signal ends it.

SIGTERM and SIGINT end it in order, a second one at once. SIGHUP reads config.yaml anew: what is at work is ended in
order, then everything is set up as at a start, so that there is one way in and one way out. A config that is wrong
then is told, and the one before it goes on.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, NamedTuple

from monitor.deliver.to_prometheus import Metrics
from monitor.errors import ConfigError, InputError, MonitorError, StoreError
from monitor.model.filed import INDEX
from monitor.schedule.book import Book
from monitor.schedule.clock import Clock
from monitor.schedule.posting import Posting, Posts
from monitor.schedule.runner import AFTER_CANCELLING, READING, Checks, Runner, left_out, watched
from monitor.schedule.systemd import Systemd
from monitor.schedule.telling import Telling
from monitor.store.catalogue.opened import Catalogue, open_catalogue
from monitor.watch.instance import FOR_MONTHS, only_instance
from monitor.watch.project import Project

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger

PATIENCE = 30.0  # seconds for what is at work when the end comes; most checks take two
TICK = 5.0  # seconds between two looks at the clocks, and two lines for `systemctl status`
GATHERING = 0.3  # seconds in which SIGHUPs count as one: a tool that writes config.yaml may send one for each file
_PATIENCE_OF_SYSTEMD = 60.0  # seconds more for the start, asked for again while another command has the store
_ENDING = (signal.SIGTERM, signal.SIGINT)


class Setting(NamedTuple):
    """What a daemon is made with: how to load the project, and what then checks its pages. Times are in seconds."""

    load: Callable[[], Project]
    checks: Callable[[Project], AbstractAsyncContextManager[Checks]]
    log: FilteringBoundLogger
    systemd: Systemd
    patience: float = PATIENCE
    reading: float = READING
    posts: Callable[[Project, FilteringBoundLogger], AbstractAsyncContextManager[Posts]] | None = None


def run_daemon(setting: Setting) -> None:
    """Watch the pages until SIGTERM or SIGINT.

    Raises ConfigError, InputError, OutputError or StoreError where that cannot begin.
    """
    gc.enable()  # the command line goes without, and this one lives for long
    project = setting.load()
    watched(project.config)
    with ExitStack() as stack:
        stack.enter_context(only_instance(project.store, FOR_MONTHS, _waiting(setting)))
        catalogue = stack.enter_context(_catalogue(project))
        telling = stack.enter_context(_telling(setting, project))
        telling.remember((each.page for each in catalogue.open_failures()), catalogue.last_success())
        asyncio.run(_Daemon(setting, project, catalogue, telling).run())


def _waiting(setting: Setting) -> Callable[[str], None]:
    """Says for whom it is waited, once in the log; systemd gives it the time."""
    told = set[str]()

    def wait(holder: str) -> None:
        if holder not in told:
            setting.log.info("waiting", holder=holder)
        told.add(holder)
        setting.systemd.status(f"waiting for {holder}")
        setting.systemd.waiting(_PATIENCE_OF_SYSTEMD)

    return wait


@contextmanager
def _catalogue(project: Project) -> Iterator[Catalogue]:
    catalogue = open_catalogue(project.store)
    if catalogue is None:
        what = f"The catalogue of {project.store.folder} can be neither read nor made"
        raise StoreError(what, "see that there is room, and that the folder may be written to")
    with catalogue:
        yield catalogue


@contextmanager
def _telling(setting: Setting, project: Project) -> Iterator[Telling]:
    """The log, and the metrics that config.yaml asks for."""
    wanted = project.config.metrics
    if wanted is None:
        yield Telling(setting.log, setting.systemd)
        return
    metrics = Metrics()
    with ExitStack() as stack:
        if wanted.port is not None:
            stack.enter_context(metrics.served(wanted.port))
        yield Telling(setting.log, setting.systemd, metrics, project.textfile)


class _Daemon:
    """The loop of it: set up, watch, end in order, and again after SIGHUP."""

    def __init__(self, setting: Setting, project: Project, catalogue: Catalogue, telling: Telling) -> None:
        self._setting, self._project, self._catalogue, self._telling = setting, project, catalogue, telling
        self._asked: asyncio.Queue[signal.Signals] = asyncio.Queue()
        self._runner: Runner | None = None
        self._is_ending = False

    async def run(self) -> None:
        """Watch until a signal ends it."""
        loop = asyncio.get_running_loop()
        for number in (*_ENDING, signal.SIGHUP):
            loop.add_signal_handler(number, self._hear, number)
        while not self._is_ending:
            async with self._watching():
                await self._until_asked()
        self._telling.log.info("stopped")

    def _hear(self, number: signal.Signals) -> None:
        """The second signal to end takes away the patience."""
        if number in _ENDING and self._is_ending and self._runner:
            self._runner.abandon()
        self._is_ending = self._is_ending or number in _ENDING
        self._asked.put_nowait(number)

    @asynccontextmanager
    async def _watching(self) -> AsyncIterator[None]:
        """Within, the pages of the project are watched."""
        setting, config = self._setting, self._project.config
        async with setting.checks(self._project) as checks, self._posting() as posting:
            clock = Clock()
            self._runner = runner = Runner(
                checks, Book(self._catalogue), self._telling, clock, reading=setting.reading, posting=posting
            )
            runner.start(watched(config), config.hosts, config.readers)
            runner.tell_start(os.path.join(self._project.reports, INDEX), left_out(config))
            beside = [asyncio.create_task(self._tick(runner, clock)), asyncio.create_task(runner.keep_shown())]
            beside += [asyncio.create_task(posting.keep_delivering())] if posting else []
            self._telling.systemd.ready()
            try:
                yield
            finally:
                await runner.stop(setting.patience)
                if posting:  # what was found at the end; what is hard to deliver waits for the next start
                    beside.append(last := asyncio.create_task(posting.deliver()))
                    await asyncio.wait([last], timeout=AFTER_CANCELLING)
                for task in beside:  # until now: systemd wants to hear from it
                    task.cancel()
                await asyncio.gather(*beside, return_exceptions=True)
                self._runner = None

    @asynccontextmanager
    async def _posting(self) -> AsyncIterator[Posting | None]:
        """What sends messages, where the daemon is made with such."""
        if self._setting.posts is None:
            yield None
            return
        async with self._setting.posts(self._project, self._telling.log) as posts:
            yield Posting(posts, self._telling.log)

    async def _until_asked(self) -> None:
        """Until it is to end, or has another config."""
        while self._goes_on():
            number = await self._asked.get()
            if number == signal.SIGHUP and self._goes_on():
                self._telling.systemd.reloading()
                await self._gather()
                if await self._has_loaded():
                    break
                self._telling.systemd.ready()
        if self._is_ending:
            self._telling.systemd.stopping()

    async def _gather(self) -> None:
        """Wait for whoever asks several times, and answer once, with what is there after that."""
        await asyncio.sleep(GATHERING)
        while not self._asked.empty():
            self._asked.get_nowait()

    def _goes_on(self) -> bool:
        return not self._is_ending

    async def _has_loaded(self) -> bool:
        """Whether config.yaml could be read anew, and is taken."""
        loaded = await asyncio.to_thread(self._loaded)
        if isinstance(loaded, Project):
            self._project = loaded
            self._telling.log.info("the config was read anew")
            return True
        for line in [*loaded, "the config is not taken, the one before it goes on"]:
            self._telling.log.error(line)
        return False

    def _loaded(self) -> Project | Sequence[str]:
        """The project with its config as it is now, or what is wrong with it."""
        try:
            project = self._setting.load()
            watched(project.config)
            return self._same_places(project)
        except MonitorError as error:
            return error.problems if isinstance(error, ConfigError) else [str(error)]

    def _same_places(self, project: Project) -> Project:
        if os.path.realpath(project.store.folder) != os.path.realpath(self._project.store.folder):
            raise InputError("The store is another one now", "restart for that")
        if (project.config.metrics, project.textfile) != (self._project.config.metrics, self._project.textfile):
            raise InputError("The metrics go to another place now", "restart for that")
        return project

    async def _tick(self, runner: Runner, clock: Clock) -> None:
        """Tell systemd that the loop goes round, say how things stand, and look whether the time of the day jumped."""
        watchdog = self._telling.systemd.watchdog
        while True:
            await asyncio.sleep(min(TICK, watchdog / 2 if watchdog else TICK))
            self._telling.systemd.alive()
            if jump := clock.jump().total_seconds():
                self._telling.jumped(jump)
                runner.plan()
            runner.tell()
