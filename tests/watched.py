"""A project that watches a site on loopback, in a folder of a test."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.capture.politeness import Clock
from monitor.model.outcome import Outcome
from monitor.model.overview import Overview
from monitor.model.page import Page
from monitor.watch.checker import Checker
from monitor.watch.project import Project
from monitor.watch.read_captures import catalogue_of
from monitor.watch.tell_overview import tell_overview
from tests.site import Site


class Minutes(Clock):
    """A clock by which a minute passes whenever it is looked at."""

    def __init__(self) -> None:
        self._at = datetime(2020, 7, 4, 12, tzinfo=UTC)

    def jump(self, by: timedelta) -> None:
        """Set the clock forward, or back."""
        self._at += by

    def at(self) -> datetime:
        self._at += timedelta(minutes=1)
        return self._at

    def set(self, at: datetime) -> None:
        """Set it, to an earlier time as well."""
        self._at = at


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

    def page(self, name: str = "") -> Page:
        """The page of that id, the first without one."""
        pages = self.project.config.pages
        return next(page for page in pages if name in ("", page.id))

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Within, one checker with one process serves all checks."""
        with asyncio.Runner() as runner:
            checker = Checker(self.project, workers=1, clock=self.clock)
            runner.run(checker.__aenter__())
            self._at_work = runner, checker
            try:
                yield
            finally:
                runner.run(checker.__aexit__(None, None, None))

    def check(self, name: str = "", *, is_told: bool = True) -> Outcome:
        """One check of the page."""
        runner, checker = self._at_work
        outcome = runner.run(checker.check(self.page(name)))
        if is_told:
            self.told(outcome)
        return outcome

    def told(self, outcome: Outcome) -> None:
        """Whoever called the check told of it."""
        _, checker = self._at_work
        checker.told(outcome)

    def capture(self, name: str = "") -> Outcome:
        """A capture of the page, compared with nothing."""
        runner, checker = self._at_work
        return runner.run(checker.capture(self.page(name)))

    def workers(self) -> list[int]:
        """The process ids of the processes that read pages."""
        _, checker = self._at_work
        return [each._process.pid or 0 for each in checker._workers._all if each._process]

    def overview(self) -> Overview:
        """How the index page tells that the pages stand."""
        project = self.project
        with catalogue_of(project.store) as catalogue:
            return tell_overview(project.config.pages, catalogue, project.reports, self.clock.at())

    def reports(self) -> list[str]:
        """The reports of pages, as paths below the folder of the reports."""
        folder = self.folder / "reports"
        return sorted(str(path.relative_to(folder)) for path in folder.glob("*/*.html"))
