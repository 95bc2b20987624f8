"""Pages with their schedules → checks, each at its slots, until it is stopped.

APScheduler wakes this up and does no more: its jobs live in memory and are made anew at each start, since a store of
jobs would have to agree with config.yaml and with the catalogue, and forgets jobs where they do not. Which slot is due
is asked of the book.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.base import STATE_RUNNING

from monitor.errors import InputError
from monitor.model.english import listed
from monitor.model.outcome import Outcome, Result
from monitor.model.page import Config, Page
from monitor.model.reader import Reader
from monitor.model.request import Host
from monitor.model.schedule import Missed
from monitor.report.wording import blind
from monitor.schedule.book import Book
from monitor.schedule.claims import Claim, is_on_time
from monitor.schedule.clock import Clock
from monitor.schedule.posting import Posting
from monitor.schedule.slots import Slots, next_slots, place_of, slots_of
from monitor.schedule.telling import Telling
from monitor.schedule.trigger import SlotTrigger
from monitor.watch.find_named import check_begun
from monitor.watch.gates import Gates

APART = timedelta(seconds=1)  # between captures that make up for missed slots: a thousand in a quarter of an hour
# Seconds beside the request's own. A checker gives up earlier and counts that as a failure; this holds for any other.
READING = 180.0
AFTER_CANCELLING = 5.0  # seconds for a check that is left to put away what it holds
SHOWN_EVERY = 60.0  # seconds: the page of all pages is read by people, and takes some 100 ms to make
_SETTINGS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
_CATCH_UP = ":catchup"
_MANY = 10**9
_MOST_NAMED = 5  # pages in a line of a log
_READER = "reader:"  # begins the names of readers' jobs; no page's id has a colon


class Checks(Protocol):
    """What checks a page. A failure of the page is an outcome, and being cancelled does no harm."""

    def begin(self, pages: Iterable[Page]) -> None:
        """Know which pages are to be checked."""

    async def check(self, page: Page) -> Outcome:
        """Capture the page, compare, report."""

    def told(self, outcome: Outcome) -> None:
        """Note that an outcome was told, so that what is said once is not said again."""

    async def show_all(self, due: Mapping[str, datetime]) -> str | None:
        """Show how all pages stand; `due` is when they are captured next, by id."""


def watched(config: Config) -> dict[str, Page]:
    """The pages that have a schedule and an address, by id. Raises InputError where there is none."""
    found = {page.id: page for page in config.pages if page.schedule and page.url}
    if found:
        return found
    check_begun(config)
    without = left_out(config)
    what = f"No page of {config.source} has both an address and a schedule{f': {without}' if without else ''}"
    raise InputError(what, "give a page its url: https://… and, say, every: 1h; monitor add URL --write puts one there")


def left_out(config: Config) -> str:
    """The pages that are not watched, and what each lacks: without a url a and b; without a schedule c."""
    lacks = {
        "url": [page.id for page in config.pages if not page.url],
        "schedule": [page.id for page in config.pages if page.url and not page.schedule],
    }
    return "; ".join(f"without a {what} {_some(ids)}" for what, ids in lacks.items() if ids)


def _some(ids: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    left = len(ids) - _MOST_NAMED
    return listed([*ids[:_MOST_NAMED], *([f"{left:,} more"] if left > 0 else [])])


class Runner:
    """The pages at work. Made and used within one event loop.

    `reading` is the time in seconds that a check may take beside what its page's request may.
    """

    def __init__(
        self,
        checks: Checks,
        book: Book,
        telling: Telling,
        clock: Clock,
        *,
        reading: float = READING,
        posting: Posting | None = None,
    ) -> None:
        self._posting = posting
        self._checks, self._book, self._telling, self._clock = checks, book, telling, clock
        self._gates, self._reading = Gates(), reading
        logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # its events are told, in words for users
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=_SETTINGS)
        self._scheduler.add_listener(self._tell_fault, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
        self._pages: dict[str, Page] = {}
        self._readers: dict[str, Reader] = {}  # by the names of their jobs
        self._slots: dict[str, Slots] = {}  # of pages and readers
        self._tasks: dict[str, asyncio.Task[object]] = {}
        self._checking: set[str] = set()  # those of the tasks that have their turn
        self._news = asyncio.Event()  # what is shown of all pages is no longer all

    def start(self, pages: Mapping[str, Page], hosts: Sequence[Host] = (), readers: Iterable[Reader] = ()) -> None:
        """Begin to watch these pages, each of which has a schedule and an address, by id.

        Digests are sent to those readers who have a schedule. A new page is captured soon; a new reader's first digest
        goes out at the first slot to come, for one off the schedule would be none of theirs.
        """
        self._gates = Gates(hosts)
        self._pages = dict(pages)
        self._readers = {_READER + each.id: each for each in readers if each.schedule and self._posting}
        schedules = {page: it.schedule for page, it in self._pages.items()}
        schedules |= {job: it.schedule for job, it in self._readers.items()}
        self._slots = {job: slots_of(job, it) for job, it in schedules.items() if it}
        self._book.keep_only(self._slots)
        self._book.begin_with_the_next({job: self._slots[job] for job in self._readers}, self._clock.now())
        self._checks.begin(self._pages.values())
        self._scheduler.start(paused=True)
        self.plan()
        self._scheduler.resume()

    def plan(self) -> None:
        """Make all jobs anew, by the time it is now; pages that are due get their turn one after the other."""
        now = self._clock.now()
        self._scheduler.remove_all_jobs()
        for page, slots in self._slots.items():
            self._scheduler.add_job(self._fire, SlotTrigger(slots), args=[page], id=page)
        waiting = {page: slots for page, slots in self._slots.items() if page not in self._tasks}
        due = sorted(self._book.due(waiting, now), key=lambda page: (place_of(page, _MANY), page))
        named = self._book.name_missed({page: self._slots[page] for page in due if page in self._pages}, now)
        for number, page in enumerate(due):
            self._catch_up(page, now + APART * number)
        self._telling.missed(named, (APART * len(due)).total_seconds())
        self.tell()

    def tell_start(self, reports: str, without: str) -> None:
        """Say what is watched, what is `without` the means for it, and where the reports go."""
        jobs = {job.id for job in self._scheduler.get_jobs()}
        due = sum(page + _CATCH_UP in jobs for page in self._pages)
        following = min(next_slots(self._pages.values(), self._clock.now()).values(), default=None)
        self._telling.started(len(self._pages), due, following, reports, without)

    def tell(self) -> None:
        """Say how things stand."""
        for notice in self._book.take_notices():
            self._telling.log.warning(notice)
        self._telling.standing(list(self._pages), len(self._checking), self._next_slot())

    async def keep_shown(self) -> None:
        """Show how all pages stand, whenever there is news of one, and not too often. Until it is cancelled."""
        while await self._news.wait():
            await self._show()
            await asyncio.sleep(SHOWN_EVERY)

    async def _show(self) -> None:
        self._news.clear()
        await self._checks.show_all(next_slots(self._pages.values(), self._clock.now()))

    async def stop(self, patience: float) -> None:
        """End: nothing new is begun, what is at work has `patience` seconds, what then is not done is left."""
        self._scheduler.pause()
        for page in self._tasks.keys() - self._checking:
            self._tasks[page].cancel()
        await _wait(self._tasks.values(), patience)
        self.abandon()
        await _wait(self._tasks.values(), AFTER_CANCELLING)
        if self._news.is_set():
            await _wait([asyncio.create_task(self._show())], AFTER_CANCELLING)
        self._scheduler.shutdown(wait=False)
        await asyncio.sleep(0)  # its end is a callback of the loop

    def abandon(self) -> None:
        """Leave what is at work; the next start captures it again."""
        for page, task in self._tasks.items():
            self._telling.abandoned(page)
            task.cancel()

    def _next_slot(self) -> datetime | None:
        jobs = self._scheduler.get_jobs()
        return min((job.next_run_time for job in jobs if job.next_run_time), default=None)

    # -- one page

    async def _fire(self, page: str) -> None:
        """At a slot. After a sleep of the machine all are late at once, and get their turn one after the other."""
        now = self._clock.now()
        if is_on_time(self._slots[page], now):
            await self._run(page)
        else:
            self._catch_up(page, now + APART * place_of(page, len(self._pages)))

    def _catch_up(self, page: str, at: datetime) -> None:
        self._scheduler.add_job(self._run, "date", run_date=at, args=[page], id=page + _CATCH_UP, replace_existing=True)

    async def _run(self, page: str) -> None:
        """Check the page as long as a slot of it is due, whichever job asks for it."""
        task = asyncio.current_task()
        if page in self._tasks or task is None:
            self._telling.overrun()
            return
        self._tasks[page] = task
        try:
            while claim := self._claim(page):
                if page in self._readers:
                    await self._send_digest(page, claim)
                else:
                    await self._pass_and_check(page, claim)
        except asyncio.CancelledError:
            return  # at the end, and told already: to the scheduler it would be a fault
        finally:
            del self._tasks[page]

    def _claim(self, page: str) -> Claim | None:
        """The slot of the page that is due, one that came while it was at work too; none where it is to end."""
        is_ending = self._scheduler.state != STATE_RUNNING
        return None if is_ending else self._book.claim(page, self._slots[page], self._clock.now())

    async def _send_digest(self, job: str, claim: Claim) -> None:
        if self._posting:
            await self._posting.digest(self._readers[job].id, claim.slot)
        self._book.done(job, self._clock.now())

    async def _pass_and_check(self, page: str, claim: Claim) -> None:
        async with self._gates.passing(self._pages[page]):
            await self._check(page, claim)

    async def _check(self, page: str, claim: Claim) -> None:
        self._checking.add(page)
        try:
            outcome = await self._outcome_of(self._pages[page])
        finally:
            self._checking.discard(page)
        self._book.done(page, self._clock.now())
        outcome = _with_notice(outcome, self._pages[page], claim.missed)
        self._telling.outcome(outcome, claim.slot, claim.missed.slots if claim.missed else 0)
        self._checks.told(outcome)
        self._news.set()
        if self._posting:
            self._posting.look()

    async def _outcome_of(self, page: Page) -> Outcome:
        """What the check came to, within its time. A fault of the program costs this page its capture, and no more."""
        begun, limit = self._clock.now(), page.request.whole + self._reading
        try:
            async with asyncio.timeout(limit):
                return await self._checks.check(page)
        except TimeoutError:
            return Outcome(page.id, begun, Result.FAILED, f"not done within {limit:g} s, and given up", limit)
        except Exception as error:
            self._telling.log.exception("a fault of the program", page=page.id)
            return Outcome(page.id, begun, Result.FAILED, f"{type(error).__name__}: {error}")

    def _tell_fault(self, event: JobEvent) -> None:
        page = event.job_id.removesuffix(_CATCH_UP)
        if event.code == EVENT_JOB_MAX_INSTANCES:
            self._telling.overrun()
        elif event.code == EVENT_JOB_ERROR:
            self._telling.fault("error", page, f"a fault of the program: {getattr(event, 'exception', '')!r}")
        else:
            self._telling.fault("missed", page, "its slot was passed over")


def _with_notice(outcome: Outcome, page: Page, missed: Missed | None) -> Outcome:
    """The outcome, with a sentence on the slots that it makes up for."""
    if missed is None:
        return outcome
    told = blind.missed(page.title or page.id, missed.slots, missed.first, missed.last, outcome.at)
    return outcome._replace(notices=(*outcome.notices, told))


async def _wait(tasks: Iterable[asyncio.Task[object]], seconds: float) -> None:
    if waited := list(tasks):
        await asyncio.wait(waited, timeout=seconds)
