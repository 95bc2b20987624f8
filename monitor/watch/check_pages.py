"""The pages of config.yaml, or some of them → each captured once, and compared with what was there. For cron."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.errors import InputError
from monitor.model.outcome import Outcome
from monitor.model.page import Page
from monitor.watch.checker import Checker
from monitor.watch.find_page import find_page
from monitor.watch.instance import only_instance
from monitor.watch.write_index import write_index

if TYPE_CHECKING:
    from monitor.watch.project import Project

Tell = Callable[[Outcome], None]


def pages_to_watch(project: Project, ids: Sequence[str]) -> list[Page]:
    """The pages of these ids, each once; without any, all that have an address. Raises InputError."""
    config = project.config
    if not ids:
        found = [page for page in config.pages if page.url]
        if not found:
            raise InputError(f"No page of {config.source} has an address", "monitor add URL proposes an entry with one")
        return found
    named = [find_page(id_, config) for id_ in dict.fromkeys(ids)]
    for page in named:
        if page.url is None:
            raise InputError(f"{page.id} has no address in {config.source}", "give it a url: https://…")
    return named


def capture_pages(project: Project, pages: Sequence[Page], tell: Tell) -> None:
    """Put a capture of each page into the store, all at a time; `tell` is given each outcome as it comes.

    Raises StoreError where another instance watches the same store.
    """
    with only_instance(project.store):
        asyncio.run(_each(project, pages, tell, Checker.capture))


def check_pages(project: Project, pages: Sequence[Page], tell: Tell) -> None:
    """The same, and compare each with the last good capture before it; reports are written where there is news.

    Their index is written at the end. Raises OutputError where it cannot be.
    """
    with only_instance(project.store):
        asyncio.run(_each(project, pages, tell, Checker.check))
        write_index(project, datetime.now(UTC))


async def _each(
    project: Project, pages: Sequence[Page], tell: Tell, work: Callable[[Checker, Page], Awaitable[Outcome]]
) -> None:
    async with Checker(project) as checker:
        checker.begin(pages)
        tasks = [asyncio.ensure_future(work(checker, page)) for page in pages]
        for done in asyncio.as_completed(tasks):
            outcome = await done
            tell(outcome)
            checker.told(outcome)
