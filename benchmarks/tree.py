"""A command → what it took, with all processes that it starts: seconds, CPU, and the peak of their memory together."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from benchmarks.timing import environment

EVERY = 0.05  # seconds between two looks at the memory; a look at three processes takes 2 ms
_PSS = re.compile(rb"^Pss:\s+(\d+)", re.MULTILINE)
_RSS = re.compile(rb"^Rss:\s+(\d+)", re.MULTILINE)


class Memory(NamedTuple):
    """In bytes. What processes share counts once in `shared_out` (PSS), and in each of them in `resident` (RSS)."""

    shared_out: int
    resident: int


class Took(NamedTuple):
    """Seconds on the wall and of CPU of all processes, the peaks of their memory, the status of the first."""

    wall: float
    cpu: float
    peak: Memory
    status: int


def run(command: Sequence[str], output: str) -> Took:
    """Run a command to its end, what it says into the file `output`."""
    with open(output, "wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, env=environment()
        )
        watcher = _Watcher(process.pid)
        while process.poll() is None:
            watcher.look()
            time.sleep(EVERY)
        wall = time.perf_counter() - start
    return Took(wall, sum(watcher.cpu.values()), watcher.peak, process.returncode)


class _Watcher:
    """What a process and its descendants are seen to use; not all of them are waited for by those who started them."""

    def __init__(self, process: int) -> None:
        self._process = process
        self.cpu: dict[int, float] = {}
        self.peak = Memory(0, 0)

    def look(self) -> None:
        found = list(_tree(self._process))
        self.cpu |= {each: seconds for each in found if (seconds := _cpu_of(each))}
        used = zip(*map(_memory_of, found), strict=True)
        self.peak = Memory(*(max(*pair) for pair in zip(self.peak, map(sum, used), strict=True)))


def _tree(process: int) -> Iterator[int]:
    yield process
    try:
        for task in os.listdir(f"/proc/{process}/task"):
            with open(f"/proc/{process}/task/{task}/children") as file:
                for child in file.read().split():
                    yield from _tree(int(child))
    except OSError:  # it has ended
        return


def _cpu_of(process: int) -> float:
    try:
        with open(f"/proc/{process}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory_of(process: int) -> Memory:
    try:
        with open(f"/proc/{process}/smaps_rollup", "rb") as file:
            text = file.read()
    except OSError:
        return Memory(0, 0)
    return Memory(*(int(found[1]) * 1024 if (found := each.search(text)) else 0 for each in (_PSS, _RSS)))
