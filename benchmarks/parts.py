"""Where the CPU of watching goes: each part of a check done alone, on the same pages, in one process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from monitor.capture.guard import Guard
from monitor.capture.over_http import HttpClient
from monitor.compare import compare
from monitor.model.comparison import Comparison
from monitor.model.judgement import Place
from monitor.model.page import Page
from monitor.model.reading import Reading
from monitor.model.snapshot import Snapshot
from monitor.read import read
from monitor.report import render
from monitor.watch.judge_page import judge
from monitor.watch.project import Project

AT_ONCE = 16  # captures of one turn of the store
T = TypeVar("T")


def parts(project: Project) -> Iterator[tuple[str, float]]:
    """What each part takes, in CPU seconds of all pages. Each page has two captures, and its server another version."""
    pages = project.config.pages
    captures = [project.store.captures(page.id) for page in pages]
    seconds, snapshots = _timed(lambda: asyncio.run(_fetched(project, pages)))
    yield "fetch", seconds
    seconds, _ = _timed(lambda: _keep(project, pages, snapshots))
    yield "store, with gzip and fsync", seconds
    place = Place(project.store.folder, project.reports)
    judging, _ = _timed(lambda: [judge(place, page) for page in pages])
    older = [[read(project.store.load(each)) for each in of_page] for of_page in captures]
    reading, newer = _timed(lambda: [read(each) for each in snapshots])
    comparing, comparisons = _timed(lambda: [_compared(*each) for each in zip(older, newer, strict=True)])
    rendering, _ = _timed(lambda: [render(each, "html") for each in comparisons])
    yield "read the new capture", reading
    yield "compare, and again with the page's history", comparing
    yield "render the report", rendering
    yield (
        "load from the store and the catalogue, keep there, write the report",
        judging - reading - comparing - rendering,
    )


async def _fetched(project: Project, pages: Sequence[Page]) -> list[Snapshot]:
    hosts = project.config.hosts
    async with HttpClient(Guard(hosts), hosts, folder=project.folder) as client:
        return list(await asyncio.gather(*(client.fetch(page.url or "", page.request) for page in pages)))


def _keep(project: Project, pages: Sequence[Page], snapshots: Sequence[Snapshot]) -> None:
    named = [(page.id, snapshot) for page, snapshot in zip(pages, snapshots, strict=True)]
    for begin in range(0, len(named), AT_ONCE):
        with project.store.writing() as writer:
            writer.add_all(named[begin : begin + AT_ONCE])


def _compared(older: Sequence[Reading], newer: Reading) -> Comparison:
    compare(older[-1], newer)
    return compare(older[-1], newer, history=older[:-1])


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result
