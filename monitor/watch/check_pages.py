"""The pages of config.yaml, or some of them → each captured once, and compared with what was there. For cron."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from monitor.errors import InputError
from monitor.model.outcome import Outcome
from monitor.model.page import Page
from monitor.watch.checker import Checker
from monitor.watch.find_named import check_begun, find_page
from monitor.watch.gates import Gates
from monitor.watch.instance import only_instance

if TYPE_CHECKING:
    from monitor.watch.project import Project

Tell = Callable[[Outcome], None]
MOMENT = 0.1  # seconds: a person at the terminal does not see it, and a machine at work does several pages in it


class Run(NamedTuple):
    """A run that is over: the path of the reports' index page, where one was written, and lines on the catalogue."""

    overview: str | None
    notices: tuple[str, ...]


def pages_to_watch(project: Project, ids: Sequence[str]) -> list[Page]:
    """The pages of these ids, each once; without any, all that have an address. Raises InputError."""
    config = project.config
    check_begun(config)
    if not ids:
        found = [page for page in config.pages if page.url]
        if not found:
            raise InputError(f"No page of {config.source} has an address", "monitor add URL --write puts one there")
        return found
    named = [find_page(id_, config) for id_ in dict.fromkeys(ids)]
    for page in named:
        if page.url is None:
            raise InputError(f"{page.id} has no address in {config.source}", "give it a url: https://…")
    return named


def capture_pages(project: Project, pages: Sequence[Page], tell: Tell) -> Run:
    """Put a capture of each page into the store, as many at a time as hosts allow; `tell` is given each as it comes.

    Raises StoreError where another instance watches the same store.
    """

    async def work() -> Run:
        async with Checker(project) as checker:
            async for outcomes in _each(checker.capture, pages, Gates(project.config.hosts)):
                for outcome in outcomes:
                    tell(outcome)
            return Run(None, tuple(checker.notices))

    with only_instance(project.store, "monitor capture"):
        return asyncio.run(work())


def check_pages(project: Project, pages: Sequence[Page], tell: Tell) -> Run:
    """The same, and compare each with the last good capture before it, and write reports where there is news."""

    async def work() -> Run:
        async with Checker(project) as checker:
            checker.begin(pages)
            async for outcomes in _each(checker.check, pages, Gates(project.config.hosts)):
                for outcome in outcomes:
                    tell(outcome)
                checker.told(*outcomes)
            index = await checker.show_all()
            return Run(index, tuple(checker.notices))

    with only_instance(project.store, "monitor check"):
        return asyncio.run(work())


async def _each(
    work: Callable[[Page], Awaitable[Outcome]], pages: Sequence[Page], gates: Gates
) -> AsyncIterator[list[Outcome]]:
    """What becomes of all pages; of those that are done within a moment in one go, which costs as one."""

    async def in_turn(page: Page) -> Outcome:
        async with gates.passing(page):
            return await work(page)

    done: asyncio.Queue[asyncio.Task[Outcome]] = asyncio.Queue()
    waiting = {asyncio.create_task(in_turn(page)) for page in pages}
    left = len(waiting)
    for task in tuple(waiting):
        task.add_done_callback(done.put_nowait)
        task.add_done_callback(waiting.discard)  # one that is kept keeps whatever it worked with
    while left:
        told = [await done.get()]
        if left > 1:
            await asyncio.sleep(MOMENT)
        told += [done.get_nowait() for _ in range(done.qsize())]
        left -= len(told)
        yield [each.result() for each in told]
