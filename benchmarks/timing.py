"""Things to time → interleaved rounds → a Markdown table. On a noisy machine only the ratios of one run hold."""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import metadata
from typing import NamedTuple, TypeVar

MEGABYTE = 1024 * 1024
T = TypeVar("T")


class Run(NamedTuple):
    """One process from start to end: seconds on the wall and of CPU, the peak of its memory in bytes, its status."""

    wall: float
    cpu: float
    peak: int
    status: int


def environment() -> dict[str, str]:
    """The environment of an installed program: its modules are compiled once, not each time."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def run(command: Sequence[str]) -> Run:
    """Run a command to its end, its output thrown away."""
    quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], list(command), environment(), file_actions=quiet)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - start
    kilobyte = 1 if sys.platform == "darwin" else 1024
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * kilobyte, os.waitstatus_to_exitcode(status))


def interleaved(tasks: Mapping[str, Callable[[], T]], rounds: int) -> dict[str, list[T]]:
    """What each task gave in each round. One after the other in every round, so that noise falls on all alike."""
    for task in tasks.values():
        task()
    given: dict[str, list[T]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            given[name].append(task())
    return given


def ratio(seconds: Sequence[float], base: Sequence[float]) -> float:
    """How many times as long as the base, as the median over the rounds."""
    return statistics.median(mine / theirs for mine, theirs in zip(seconds, base, strict=True))


def cpu_seconds(task: Callable[[], object]) -> float:
    start = time.process_time()
    task()
    return time.process_time() - start


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f}"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table, the first column to the left, the others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def setting(*packages: str) -> str:
    """What it ran on, in one line: interpreter, cores and the versions of our packages."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("monitor", *packages))
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}; {versions}"
