"""Lists of 10 to 10,000 items, one in a hundred changed, read and compared: `python -m benchmarks.growth`."""

from __future__ import annotations

import argparse
import gc
import math
import statistics
from collections.abc import Callable, Sequence

from benchmarks import pages, timing
from monitor.compare import compare
from monitor.model.comparison import Comparison
from monitor.model.snapshot import Snapshot
from monitor.read import read

SIZES = (10, 100, 1_000, 10_000)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args(arguments).rounds
    gc.disable()  # as the command does
    print(f"## Growth: read both captures and compare, CPU\n\n{timing.setting('selectolax')}; {rounds} rounds\n")
    rows = []
    for name, write, media_type in (("HTML", pages.as_html, "text/html"), ("text", pages.as_text, "text/plain")):
        tasks = {str(size): _task(write, size, media_type) for size in SIZES}
        seconds = [statistics.median(each) for each in timing.interleaved(tasks, rounds).values()]
        rows.append((name, *map(timing.milliseconds, seconds), *(f"{slope:.2f}" for slope in _slopes(seconds))))
    head = [f"{size:,} items, ms" for size in SIZES]
    steps = [f"slope to {size:,}" for size in SIZES[1:]]
    print(timing.table(("as", *head, *steps, "slope of all"), rows))


def _task(write: Callable[[list[pages.Entry]], bytes], size: int, media_type: str) -> Callable[[], float]:
    bodies = [write(pages.news(size, edited=edited)) for edited in (False, True)]
    return lambda: timing.cpu_seconds(lambda: _compare(*bodies, media_type=media_type))


def _compare(before: bytes, after: bytes, *, media_type: str) -> Comparison:
    sides = (read(Snapshot(source="page", body=body, media_type=media_type)) for body in (before, after))
    return compare(*sides)


def _slopes(seconds: Sequence[float]) -> list[float]:
    """The log-log slope of each step, then that of the line through all by least squares."""
    x, y = [math.log(size) for size in SIZES], [math.log(each) for each in seconds]
    steps = [(y[i + 1] - y[i]) / (x[i + 1] - x[i]) for i in range(len(x) - 1)]
    return [*steps, statistics.linear_regression(x, y).slope]


if __name__ == "__main__":
    main()
