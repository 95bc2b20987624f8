"""A project that watches a site on loopback, in a folder of a test."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from monitor.capture.politeness import Clock
from monitor.model.outcome import Outcome
from monitor.model.page import Page
from monitor.watch.checker import Checker
from monitor.watch.project import Project
from tests.site import Site

_Result = TypeVar("_Result")


class Minutes(Clock):
    """A clock by which a minute passes whenever it is looked at."""

    def __init__(self) -> None:
        self._at = datetime(2020, 7, 4, 12, tzinfo=UTC)

    def at(self) -> datetime:
        self._at += timedelta(minutes=1)
        return self._at


class Watched:
    """A project whose config.yaml allows the site. `entries` are the pages' entries, as lines of YAML in brackets."""

    def __init__(self, folder: Path, site: Site, *entries: str, more: str = "") -> None:
        self.folder, self.site, self.clock = folder, site, Minutes()
        pages = "".join(f"  - {entry}\n" for entry in entries)
        hosts = f'hosts: [{{host: "{site.host}", private: yes, pause: 0s, parallel: 8}}]\n'
        self.config = folder / "config.yaml"
        self.config.write_text(f"{hosts}{more}pages:\n{pages}")

    @property
    def project(self) -> Project:
        return Project(str(self.config), is_needed=True)

    def page(self, id: str = "") -> Page:
        """The page of that id, the first without one."""
        pages = self.project.config.pages
        return next(page for page in pages if id in ("", page.id))

    def checking(self, work: Callable[[Checker], Awaitable[_Result]]) -> _Result:
        """What comes of work with a checker of one process."""

        async def run() -> _Result:
            async with Checker(self.project, workers=1, clock=self.clock) as checker:
                return await work(checker)

        return asyncio.run(run())

    def check(self, id: str = "") -> Outcome:
        """One check of the page, with a checker of its own."""

        async def once(checker: Checker) -> Outcome:
            outcome = await checker.check(self.page(id))
            checker.told(outcome)
            return outcome

        return self.checking(once)

    def reports(self) -> list[str]:
        """The reports of pages, as paths below the folder of the reports."""
        folder = self.folder / "reports"
        return sorted(str(path.relative_to(folder)) for path in folder.glob("*/*.html"))
