"""The largest pages, two of each size compared by the command: `python -m benchmarks.memory`."""

from __future__ import annotations

import argparse
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
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, write in (("text", _prose), ("html", _news)):
            rows += [_row(folder, f"{name}, {size} MB", SUFFIX[name], size, write) for size in SIZES[name]]
    print(timing.table(("page", "seconds", "s a MB", "peak MB", "status"), rows))


def _row(folder: str, name: str, suffix: str, size: int, write: Callable[[int, bool], bytes]) -> tuple[object, ...]:
    paths = [os.path.join(folder, f"{side}.{suffix}") for side in ("before", "after")]
    for path, edited in zip(paths, (False, True), strict=True):
        with open(path, "wb") as out:
            out.write(write(size * timing.MEGABYTE, edited))
    run = timing.run([sys.executable, "-m", "monitor", "compare", *paths, "--format", "text"])
    return name, f"{run.wall:.1f}", f"{run.wall / size:.2f}", f"{run.peak / timing.MEGABYTE:,.0f}", run.status


def _prose(size: int, edited: bool) -> bytes:
    return "\n\n".join(pages.prose(size, edited=edited)).encode()


def _news(size: int, edited: bool) -> bytes:
    return pages.as_html(pages.news(size // BYTES_OF_AN_ITEM, edited=edited))


if __name__ == "__main__":
    main()
