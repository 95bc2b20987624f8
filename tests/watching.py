"""A real daemon in a real process, with checks that only write down when they were made; and who watches over it.

    python -m tests.watching FOLDER PATIENCE READING

`pages.json` in the folder names the pages: id, `every` seconds, how many a check `takes`, its `limit`, or what is wrong
with the config. Each check adds a line to `checks.txt` when it begins and one when it ends.
"""

from __future__ import annotations

import asyncio
import json
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, NamedTuple

from monitor.deliver.to_log import open_log
from monitor.errors import ConfigError
from monitor.model.outcome import Outcome, Result
from monitor.model.page import Config, MetricsPlace, Page
from monitor.model.request import Request
from monitor.model.schedule import Schedule
from monitor.schedule.daemon import Setting, run_daemon
from monitor.schedule.runner import Checks
from monitor.schedule.systemd import Systemd
from monitor.watch.project import Project

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 30.0  # seconds that anything is waited for: all of it takes some, and a busy machine more


class _ShortProject(Project):
    """A project whose pages may be due every second, which config.yaml does not allow."""

    def __init__(self, folder: str) -> None:
        super().__init__(os.path.join(folder, "config.yaml"), os.path.join(folder, "store"))
        self.told = json.loads(Path(folder, "pages.json").read_text("utf-8"))

    @cached_property
    def config(self) -> Config:
        if "wrong" in self.told:
            raise ConfigError(self.told["wrong"])
        metrics = MetricsPlace(**self.told["metrics"]) if "metrics" in self.told else None
        return Config("config.yaml", tuple(map(_page, self.told["pages"])), metrics=metrics)


def _page(told: dict[str, Any]) -> Page:
    url = told.get("url", f"https://{told['id']}.example/")
    request = Request(whole=told.get("limit", 60.0))
    return Page(told["id"], url=url, schedule=Schedule(every=told["every"]), request=request)


class Recorder(AbstractAsyncContextManager["Recorder"]):
    """Checks that are written down, one at a time for a project, as the real one is used."""

    def __init__(self, project: Project) -> None:
        assert isinstance(project, _ShortProject)
        self._file = os.path.join(os.path.dirname(project.store.folder), "checks.txt")
        self._takes = {each["id"]: each.get("takes", 0.0) for each in project.told["pages"]}
        self.told = lambda outcome: self._write("told", outcome.page)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._write("closed", "all")

    def begin(self, pages: Iterable[Page]) -> None:
        assert {page.id for page in pages} <= self._takes.keys()

    async def show_all(self, due: Mapping[str, datetime]) -> str | None:
        assert due.keys() <= self._takes.keys()
        self._write("shown", "all")
        return None

    async def check(self, page: Page) -> Outcome:
        at = datetime.now(UTC)
        self._write("begin", page.id)
        await asyncio.sleep(self._takes[page.id])
        self._write("end", page.id)
        return Outcome(page.id, at, Result.ROUTINE, "nothing new\nfrom this page", seconds=self._takes[page.id])

    def _write(self, what: str, page: str) -> None:
        line = f"{what} {page} {datetime.now(UTC).isoformat()}\n"
        with open(self._file, "a", encoding="utf-8") as file:
            file.write(line)


class Noted(NamedTuple):
    """A line of checks.txt."""

    what: str
    page: str
    at: datetime


def noted(folder: Path) -> list[Noted]:
    """What was written down of the checks so far."""
    lines = (folder / "checks.txt").read_text("utf-8").splitlines() if (folder / "checks.txt").exists() else []
    return [Noted(what, page, datetime.fromisoformat(at)) for what, page, at in map(str.split, lines)]


class Daemon:
    """A daemon that runs; its log is read line by line."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.lines: list[dict[str, Any]] = []
        self._rest, self._seen = b"", 0

    def until(self, is_it: Callable[[dict[str, Any]], bool], seconds: float = LONGEST) -> dict[str, Any]:
        """The first line of the log of which that holds, behind the one that was found before."""
        deadline = monotonic() + seconds
        while True:
            for number, line in enumerate(self.lines[self._seen :], self._seen + 1):
                if is_it(line):
                    self._seen = number
                    return line
            self._seen = len(self.lines)
            if not self._has_read(deadline):
                raise AssertionError(f"not told within {seconds} s, but {self.lines}")

    def until_checked(self, page: str) -> dict[str, Any]:
        """The next line on a capture of that page."""
        return self.until(lambda line: line.get("page") == page and "result" in line)

    def until_said(self, words: str) -> dict[str, Any]:
        """The next line with these words."""
        return self.until(lambda line: words in line["event"])

    def ended(self, seconds: float = LONGEST) -> int:
        """The exit status, once it is over; the rest of its log is read."""
        deadline = monotonic() + seconds
        while self._has_read(deadline):
            pass
        return self.process.wait(seconds)

    def _has_read(self, deadline: float) -> bool:
        """Read what there is of the log, at the latest at the deadline; whether more may come."""
        assert self.process.stderr is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stderr, selectors.EVENT_READ)
            if not selector.select(max(0.0, deadline - monotonic())):
                return False
        some = os.read(self.process.stderr.fileno(), 65536)
        *lines, self._rest = (self._rest + some).split(b"\n")
        self.lines += map(json.loads, lines)
        return bool(some)


@contextmanager
def watching(
    folder: Path, pages: object = None, *, patience: float = 10.0, reading: float = 60.0, **environment: str
) -> Iterator[Daemon]:
    """A daemon for the pages of the folder, killed at the end if it still lives."""
    if pages is not None:
        tell_pages(folder, pages)
    words = ["-m", "tests.watching", str(folder), str(patience), str(reading)]
    with _started(words, ROOT, environment) as daemon:
        yield daemon


@contextmanager
def command(folder: Path, *words: str, **environment: str) -> Iterator[Daemon]:
    """The command itself, called in the folder; killed at the end if it still lives."""
    with _started(["-m", "monitor", *words], folder, environment) as daemon:
        yield daemon


@contextmanager
def _started(words: list[str], place: Path, environment: Mapping[str, str]) -> Iterator[Daemon]:
    command = [sys.executable, *words]
    with subprocess.Popen(command, cwd=place, env={**os.environ, **environment}, stderr=subprocess.PIPE) as process:
        try:
            yield Daemon(process)
        finally:
            process.kill()


def tell_pages(folder: Path, pages: object, **more: object) -> None:
    """Write pages.json, in one step."""
    draft = folder / "pages.json.new"
    draft.write_text(json.dumps({"pages": pages, **more}), "utf-8")
    draft.rename(folder / "pages.json")


def _main(folder: str, patience: str, reading: str) -> int:
    checks: Callable[[Project], AbstractAsyncContextManager[Checks]] = Recorder
    setting = Setting(
        load=lambda: _ShortProject(folder),
        checks=checks,
        log=open_log("json"),
        systemd=Systemd(os.environ),
        patience=float(patience),
        reading=float(reading),
    )
    run_daemon(setting)
    return 0


if __name__ == "__main__":
    signal.alarm(300)  # whatever a test forgets
    sys.exit(_main(*sys.argv[1:]))
