"""Reading and comparing HTML pages of 50 to 150 KB: `python -m benchmarks.hot --pages FOLDER`."""

from __future__ import annotations

import argparse
import math
import os
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from benchmarks import pages, peers, timing

WORKER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "hot_worker.py")
SMALLEST, LARGEST = 50_000, 150_000
PAIRS_A_SERIES = 5
WORKS = {"lxml": "htmldiff", "web-monitoring-diff": "html_diff_render"}


class Pair(NamedTuple):
    name: str
    before: str
    after: str


class Worker:
    """A tool in a process of its own that stays up, so that its imports are not counted.

    All tools have the same core: of two virtual ones of a shared machine one may be half as slow again as the other.
    """

    def __init__(self, tool: str, python: str) -> None:
        self.failures: Counter[str] = Counter()
        self._process = subprocess.Popen(
            [python, "-P", WORKER, tool],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=timing.environment(),
        )
        if sys.platform == "linux":
            os.sched_setaffinity(self._process.pid, {min(os.sched_getaffinity(0))})

    def seconds(self, pair: Pair) -> float:
        """CPU seconds of one comparison; not a number where the tool failed on it."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("the worker has no pipes")
        stdin.write(f"{pair.before}\t{pair.after}\n")
        stdin.flush()
        answer = stdout.readline().strip()
        try:
            return float(answer)
        except ValueError:
            self.failures[f"{pair.name}: {answer}"] += 1
            return math.nan

    def close(self) -> None:
        self._process.communicate()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hot", description=__doc__)
    parser.add_argument("--pages", metavar="FOLDER", help="series of dated captures, a folder each")
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args(arguments)
    workers = {"monitor": Worker("monitor", sys.executable)}
    workers |= {name: Worker(name, python) for name in WORKS if (python := peers.python_of(name))}
    others = ", ".join(f"{peers.label(name)} ({WORKS[name]})" for name in workers if name in WORKS) or "no other tool"
    setting = f"{timing.setting('selectolax')}; {others}; {asked.rounds} rounds"
    print(f"## Hot: read both captures and compare, CPU\n\n{setting}\n")
    with tempfile.TemporaryDirectory() as folder:
        pairs = list(_real(asked.pages)) if asked.pages else list(_made(folder))
        print(_table(workers, pairs, asked.rounds))
    for name, worker in workers.items():
        worker.close()
        for failure, times in worker.failures.items():
            print(f"\n{name} failed {times} of {asked.rounds + 1} times on {failure}")


def _real(folder: str) -> Iterator[Pair]:
    """The first few consecutive captures of each series whose size is in the range."""
    for series in sorted(os.listdir(folder)):
        place = os.path.join(folder, series)
        names = sorted(name for name in os.listdir(place) if name.endswith(".html")) if os.path.isdir(place) else []
        paths = [os.path.join(place, name) for name in names]
        fitting = [path for path in paths if SMALLEST <= os.path.getsize(path) <= LARGEST]
        for number, (before, after) in enumerate(pairwise(fitting[: PAIRS_A_SERIES + 1]), start=1):
            yield Pair(f"{series} {number}", before, after)


def _made(folder: str) -> Iterator[Pair]:
    for items in (100, 200, 300):
        paths = []
        for edited in (False, True):
            paths.append(os.path.join(folder, f"{items}-{'after' if edited else 'before'}.html"))
            with open(paths[-1], "wb") as out:
                out.write(pages.as_html(pages.news(items, edited=edited)))
        yield Pair(f"made-up page, {items} items", *paths)


def _table(workers: dict[str, Worker], pairs: Sequence[Pair], rounds: int) -> str:
    rows = []
    factors: dict[str, list[float]] = {name: [] for name in workers}
    for pair in pairs:
        seconds = timing.interleaved({name: _timed(worker, pair) for name, worker in workers.items()}, rounds)
        row = [pair.name, f"{os.path.getsize(pair.before) // 1024}", f"{os.path.getsize(pair.after) // 1024}"]
        for name, each in seconds.items():
            took, factor = _middle(each, seconds["monitor"])
            factors[name] += [] if math.isnan(factor) else [factor]
            row += ["failed", ""] if math.isnan(factor) else [timing.milliseconds(took), f"{factor:.1f}"]
        rows.append(row)
    medians = [part for each in factors.values() for part in ("", f"{statistics.median(each):.1f}" if each else "-")]
    head = [part for name in workers for part in (f"{name} ms", "×")]
    return timing.table(["page", "KB", "KB", *head], [*rows, ["median", "", "", *medians]])


def _middle(seconds: Sequence[float], base: Sequence[float]) -> tuple[float, float]:
    """The median of the rounds that did not fail, and how many times the base's; not a number where all failed."""
    good = [(mine, theirs) for mine, theirs in zip(seconds, base, strict=True) if not math.isnan(mine + theirs)]
    if not good:
        return math.nan, math.nan
    mine, theirs = zip(*good, strict=True)
    return statistics.median(mine), timing.ratio(mine, theirs)


def _timed(worker: Worker, pair: Pair) -> Callable[[], float]:
    return lambda: worker.seconds(pair)


if __name__ == "__main__":
    main()
