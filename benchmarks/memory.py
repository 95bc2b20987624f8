"""The largest pages, two of each size compared by the command: `python -m benchmarks.memory`."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable, Sequence

from benchmarks import pages, timing

BYTES_OF_AN_ITEM = 440  # of `pages.as_html`, markup included
SIZES = {"text": (25, 50, 100), "html": (5, 10, 20)}  # megabytes
SUFFIX = {"text": "txt", "html": "html"}


def main(arguments: Sequence[str] | None = None) -> None:
    argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__).parse_args(arguments)
    print(f"## Memory: two captures of the same size, whole process\n\n{timing.setting('selectolax')}; one run each\n")
    with tempfile.TemporaryDirectory() as folder:
        rows = [_row(folder, kind, size) for kind, sizes in SIZES.items() for size in sizes]
    print(timing.table(("page", "seconds", "s a MB", "peak MB", "status"), rows))


def _row(folder: str, kind: str, size: int) -> tuple[object, ...]:
    paths = [os.path.join(folder, f"{side}.{SUFFIX[kind]}") for side in ("before", "after")]
    for path, edited in zip(paths, (False, True), strict=True):
        _in_a_process(_write, path, kind, size * timing.MEGABYTE, edited)
    run = timing.run([sys.executable, "-m", "monitor", "compare", *paths, "--format", "text"])
    name, peak = f"{kind}, {size} MB", run.peak / timing.MEGABYTE
    return name, f"{run.wall:.1f}", f"{run.wall / size:.2f}", f"{peak:,.0f}", run.status


def _in_a_process(task: Callable[..., None], *arguments: object) -> None:
    """Done elsewhere: a child's peak is never told as less than that of the process that started it."""
    child = multiprocessing.get_context("spawn").Process(target=task, args=arguments)
    child.start()
    child.join()


def _write(path: str, kind: str, size: int, edited: bool) -> None:
    with open(path, "wb") as out:
        if kind == "text":
            out.writelines(f"{part}\n\n".encode() for part in pages.prose(size, edited=edited))
        else:
            out.write(pages.as_html(pages.news(size // BYTES_OF_AN_ITEM, edited=edited)))


if __name__ == "__main__":
    main()
