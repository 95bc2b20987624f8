"""A command → what it took, with all processes that it starts: seconds, CPU, and the peak of their memory together."""

from __future__ import annotations

import os
import re
import threading
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
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    said = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
    said += [(os.POSIX_SPAWN_DUP2, descriptor, number) for number in (1, 2)]  # type: ignore[misc]
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], list(command), environment(), file_actions=said)
    os.close(descriptor)
    with _Watcher(child) as watcher:
        _, status, usage = os.wait4(child, 0)
        wall = time.perf_counter() - start
    return Took(wall, usage.ru_utime + usage.ru_stime, watcher.peak, os.waitstatus_to_exitcode(status))


class _Watcher:
    """Looks at the memory of a process and its descendants, again and again."""

    def __init__(self, process: int) -> None:
        self._process, self._ended = process, threading.Event()
        self.peak = Memory(0, 0)
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> _Watcher:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(EVERY):
            found = [_memory_of(each) for each in _tree(self._process)]
            self.peak = Memory(*(max(*pair) for pair in zip(self.peak, map(sum, zip(*found, strict=True)), strict=True)))


def _tree(process: int) -> Iterator[int]:
    yield process
    try:
        for task in os.listdir(f"/proc/{process}/task"):
            with open(f"/proc/{process}/task/{task}/children") as file:
                for child in file.read().split():
                    yield from _tree(int(child))
    except OSError:  # it has ended
        return


def _memory_of(process: int) -> Memory:
    try:
        with open(f"/proc/{process}/smaps_rollup", "rb") as file:
            text = file.read()
    except OSError:
        return Memory(0, 0)
    return Memory(*(int(found[1]) * 1024 if (found := each.search(text)) else 0 for each in (_PSS, _RSS)))
