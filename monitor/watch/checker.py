"""Pages that are watched → captures in the store, comparisons with what was there, reports: many pages at a time.

A check goes in steps, each of which leaves nothing half done where the program dies behind it: the page has its mark,
the capture is in the store, the reports are written, the mark is moved and with it, in one transaction, what readers
are told at once is put into the outbox. The next check of the page goes on from there.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from types import MappingProxyType, TracebackType
from typing import Protocol

from monitor.capture.politeness import Clock
from monitor.errors import MonitorError, StoreError
from monitor.model.delivery import Timed
from monitor.model.failure import Failure
from monitor.model.judgement import Judged, Judgement, Place
from monitor.model.outcome import Outcome, Result
from monitor.model.page import Page
from monitor.model.snapshot import Capture, Snapshot
from monitor.report.wording import blind
from monitor.store import names
from monitor.store.catalogue.marks import NOTHING
from monitor.store.catalogue.opened import Catalogue, open_catalogue
from monitor.watch.ask_addresses import ask_addresses
from monitor.watch.keeper import Keeper
from monitor.watch.project import Project
from monitor.watch.take_snapshot import Clients
from monitor.watch.workers import Workers

MOST_WORKERS = 2  # each takes 35 MB of its own; with so many a check of a thousand pages stays below 200 MB
BESIDE = 150.0  # seconds that a check may take beside its request: to read what is largest takes some 20
Alerts = tuple[Timed, ...]
_NO_TIMES: Mapping[str, datetime] = MappingProxyType({})


class _Take(Protocol):
    """Takes a snapshot of one address; `is_whole` asks for all of it, whatever the store has."""

    def __call__(self, *, is_whole: bool) -> Awaitable[Snapshot]: ...


class Checker:
    """Checks pages of a project, any number at a time. Used within `async with`, one at a time for a store.

    `workers` are the processes that read pages, by default one for each of the machine's processors, MOST_WORKERS at
    most.
    """

    def __init__(self, project: Project, *, workers: int | None = None, clock: Clock | None = None) -> None:
        self._pages = project.config.pages
        self._store, self._clock = project.store, clock or Clock()
        self._clients = Clients(project.store, project.config.hosts, project.folder, self._clock)
        self._keeper = Keeper(project.store)
        place = Place(
            project.store.folder, project.reports, project.config.readers, project.config.reports_url, project.folder
        )
        self._workers = Workers(place, workers or min(os.cpu_count() or 1, MOST_WORKERS))
        self._catalogue: Catalogue | None = None
        # Nobody else moves marks and ends failures while this is open, so the catalogue is asked once for all pages.
        self._told_up_to: dict[str, str] = {}  # the marks of pages
        self._unsettled: set[str] = set()  # pages that fail, or failed without being told that it is over
        self._marks: dict[str, tuple[str, Alerts]] = {}  # of pages about to be told of: the newest captures' files
        self._untold: dict[str, tuple[datetime, Alerts]] = {}  # since when pages fail, or failed, untold so far
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Checker:
        os.makedirs(self._store.folder, exist_ok=True)
        self._catalogue = open_catalogue(self._store)
        if self._catalogue:
            self._open.callback(self._catalogue.close)
            self._told_up_to = self._catalogue.marks()
            self._unsettled = self._catalogue.unsettled_failures()
        await self._open.enter_async_context(self._workers)
        await self._open.enter_async_context(self._keeper)
        await self._open.enter_async_context(self._clients)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._open.aclose()

    def begin(self, pages: Iterable[Page]) -> None:
        """Give pages that nobody watched before their marks, in one go: what comes from now on is to be told of."""
        new = [page.id for page in pages if page.id not in self._told_up_to]
        if new and self._catalogue:
            newest = ((id_, self._store.captures(id_)[-1:]) for id_ in new)
            files = [(id_, captures[0].file if captures else NOTHING) for id_, captures in newest]
            if self._catalogue.begin_marks(files, self._clock.at()):
                self._told_up_to.update(files)

    async def capture(self, page: Page) -> Outcome:
        """A capture of the page in the store. A failure is an outcome, no error."""
        return await self._timed(page, self._captured)

    async def check(self, page: Page) -> Outcome:
        """A capture of the page, compared with the last good one, and a report where there is something to tell.

        What an earlier check captured and did not come to tell is told now, even where no capture can be had.
        """
        self.begin([page])
        outcome = await self._timed(page, self._checked)
        return await self._with_failure(page, outcome)

    def told(self, *outcomes: Outcome) -> None:
        """Note that outcomes were told, so that what they say of captures and of failures is not said again.

        Their alerts are put into the outbox with that, in one transaction for all.

        To be called behind the telling, so that nothing is lost of what nobody heard.
        """
        if self._catalogue:
            pages = [outcome.page for outcome in outcomes]
            with self._catalogue.together() as together:
                self._note(self._catalogue, pages)
            for page in pages if together.is_kept else ():
                self._untold.pop(page, None)
                if marked := self._marks.pop(page, None):
                    self._told_up_to[page] = marked[0]

    def _note(self, catalogue: Catalogue, pages: Iterable[str]) -> None:
        for page in pages:
            if marked := self._marks.get(page):
                catalogue.tell(page, marked[0], self._clock.at(), marked[1])
            if untold := self._untold.get(page):
                catalogue.told(page, untold[0], self._clock.at(), untold[1])

    @property
    def notices(self) -> list[str]:
        """Lines for the user about the catalogue, each once."""
        found = list(self._catalogue.notices) if self._catalogue else []
        if self._catalogue:
            self._catalogue.notices.clear()
        return found

    async def show_all(self, due: Mapping[str, datetime] = _NO_TIMES) -> str | None:
        """Write the index page of the reports, by what was checked so far; its path, None where that failed.

        `due` is when pages are captured next, by id.
        """
        return await self._workers.show_all(self._pages, self._clock.at(), due)

    # -- one page

    async def _timed(self, page: Page, work: Callable[[Page, datetime], Awaitable[Outcome]]) -> Outcome:
        at, begun = self._clock.at(), time.monotonic()
        outcome = await self._outcome_of(page, at, work)
        return outcome._replace(seconds=time.monotonic() - begun)

    async def _outcome_of(
        self, page: Page, at: datetime, work: Callable[[Page, datetime], Awaitable[Outcome]]
    ) -> Outcome:
        """What became of the work, within its time. Whatever goes wrong with a page costs that page and no other."""
        limit = page.request.whole + BESIDE
        try:
            async with asyncio.timeout(limit):
                return await work(page, at)
        except TimeoutError:
            what = f"not done within {limit:g} s, and given up"
        except Exception as error:
            if os.environ.get("MONITOR_TRACE"):
                raise
            what = f"a fault of this program ({type(error).__name__}: {error}); MONITOR_TRACE=1 shows where"
        return Outcome(page.id, at, Result.FAILED, what)

    async def _captured(self, page: Page, at: datetime) -> Outcome:
        try:
            reference = await self._put(page.id, partial(self._clients.take, page))
        except MonitorError as error:
            return Outcome(page.id, at, Result.FAILED, str(error))
        return Outcome(page.id, at, Result.CAPTURED, "captured", reference=reference)

    async def _checked(self, page: Page, at: datetime) -> Outcome:
        try:
            reference = await self._put(page.id, partial(self._clients.take, page))
        except MonitorError as error:
            outcome = Outcome(page.id, at, Result.FAILED, str(error))
            return _beside(outcome, await self._judged(page)) if self._has_untold(page) else outcome
        if ahead := self._ahead_of(page, reference):
            return Outcome(page.id, at, Result.FAILED, _set_back(reference, ahead), reference=reference)
        return _outcome(page, at, await self._judged(page))

    async def _put(self, kept_as: str, take: _Take) -> str:
        """Take a snapshot and put it into the store; how the capture is called there."""
        snapshot = await take(is_whole=False)
        try:
            return await self._keeper.put(kept_as, snapshot)
        except StoreError:
            if not snapshot.is_not_modified:
                raise
        # The server says that all is as it was, and what was there is damaged or was taken out meanwhile.
        return await self._keeper.put(kept_as, await take(is_whole=True))

    def _ahead_of(self, page: Page, reference: str) -> Capture | None:
        """The page's newest capture, where that is told of already and is not the one that was just made."""
        mark = self._told_up_to.get(page.id)
        told = names.capture_of(page.id, mark.rpartition("/")[2]) if mark else None
        if told is None or told.at <= self._clock.at():
            return None
        newest = self._store.captures(page.id)[-1]
        return newest if newest.file == mark and newest.reference != reference else None

    def _has_untold(self, page: Page) -> bool:
        """Whether captures lie behind the page's mark, which an earlier check did not come to tell of."""
        mark = self._told_up_to.get(page.id)
        newest = self._store.captures(page.id)[-1:]
        return mark is not None and bool(newest) and newest[0].file != mark

    async def _judged(self, page: Page) -> Judgement:
        """All that is to be told of the page's captures, compared some at a time."""
        told: list[Judged] = []
        alerts: Alerts = ()
        mark = begun = self._told_up_to.get(page.id)
        while True:
            judgement = await self._workers.judge(page, mark)
            if judgement.items or judgement.documents:
                judgement = await self._workers.judge(page, mark, await self._asked(page, judgement))
            told.extend(judgement.told)
            alerts += judgement.alerts
            mark = judgement.mark or mark
            if not judgement.has_more:
                break
        if mark and mark != begun:
            self._marks[page.id] = (mark, alerts)
        return judgement._replace(told=tuple(told))

    async def _asked(self, page: Page, judgement: Judgement) -> dict[str, str]:
        """Ask for the addresses that a judgement names; why those that gave no answer gave none."""

        async def ask(url: str, kept_as: str) -> None:
            await self._put(kept_as, partial(self._clients.ask, url, page, kept_as))

        return await ask_addresses(page.id, judgement, ask)

    # -- what fails

    async def _with_failure(self, page: Page, outcome: Outcome) -> Outcome:
        """The outcome, with what is to be said once: that the page has failed for so many captures, that it is back."""
        if self._catalogue is None:
            return outcome
        name = page.title or page.id
        if outcome.result in (Result.FAILED, Result.SUSPECT):
            self._unsettled.add(page.id)
            failure = self._catalogue.failed(page.id, outcome.at, outcome.reason)
            if outcome.is_lost and failure.attempts >= page.told_after:
                self._give_up(page)
            if failure.attempts < page.told_after or failure.told_at:
                return outcome
            sentence = f"{blind.fails(name, failure)} {outcome.way_out}".rstrip()
        else:
            over = self._ended(self._catalogue, page.id, outcome.at)
            if over is None or over.told_at is None:
                return outcome
            failure, sentence = over, blind.is_back(name, over, outcome.at)
        alerts = await self._workers.tell_failure(page, failure, outcome.at)
        if alerts is None:
            return outcome  # it is told with the next
        self._untold[page.id] = (failure.since, alerts)
        return outcome._replace(notices=(*outcome.notices, sentence))

    def _ended(self, catalogue: Catalogue, page: str, at: datetime) -> Failure | None:
        """The page's failure that is over and of which nobody was told that it is."""
        over = catalogue.succeeded(page, at) if page in self._unsettled else None
        if over is None:
            self._unsettled.discard(page)
        return over

    def _give_up(self, page: Page) -> None:
        """Pass over what is lost: it would come to the same for ever. What came before it is told with its alerts."""
        _, alerts = self._marks.get(page.id, ("", ()))
        self._marks[page.id] = (self._store.captures(page.id)[-1].file, alerts)


def _outcome(page: Page, at: datetime, judgement: Judgement) -> Outcome:
    """What the newest capture came to, with what older ones did that nobody was told of."""
    if judgement.fault:
        outcome = Outcome(page.id, at, Result.FAILED, judgement.fault, is_lost=judgement.is_lost)
        return _beside(outcome, judgement)
    if not judgement.told:
        return Outcome(page.id, at, Result.IDENTICAL, "captured a moment ago")
    newest = judgement.told[-1]
    outcome = Outcome(
        page.id, newest.at, newest.result, newest.summary, reference=newest.reference, report=newest.report,
        way_out=newest.way_out,
    )  # fmt: skip
    return _with_told(outcome, judgement.told, judgement.told[:-1])


def _set_back(reference: str, newest: Capture) -> str:
    what = f"{reference} is older than {newest.reference}, by this machine's clock"
    return f"{what}: it was set back, or was ahead then; nothing is compared until it is past that time"


def _beside(outcome: Outcome, judgement: Judgement) -> Outcome:
    """The outcome of a check that could not capture, with what earlier captures came to."""
    return _with_told(outcome, judgement.told, judgement.told)


def _with_told(outcome: Outcome, counted: Sequence[Judged], named: Sequence[Judged]) -> Outcome:
    notices = (f"{each.reference}: {each.result.value}: {each.summary}" for each in named)
    alerts, news = sum(each.alerts for each in counted), sum(each.news for each in counted)
    return outcome._replace(alerts=alerts, news=news, notices=(*outcome.notices, *notices))
