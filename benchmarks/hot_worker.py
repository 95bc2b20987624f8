"""One tool, kept running: reads two paths a line from standard input, answers with the CPU seconds of one comparison.

Run by path with the tool's own interpreter, which has none of our packages: `python -P hot_worker.py TOOL`.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from typing import NamedTuple


def main() -> None:
    begin, compare = TOOLS[sys.argv[1]]()
    for line in sys.stdin:
        before, after = (_bytes(path) for path in line.rstrip("\n").split("\t"))
        begin()
        try:
            start = time.process_time()
            compare(before, after)
            answer = repr(time.process_time() - start)
        except Exception as error:  # noqa: BLE001 - a peer's crash is a result of the measurement
            answer = f"{type(error).__name__}: {error}".splitlines()[0]
        print(answer, flush=True)


class Tool(NamedTuple):
    """What is done before each comparison, and is not counted, and the comparison."""

    begin: Callable[[], object]
    compare: Callable[[bytes, bytes], object]


def _monitor() -> Tool:
    from monitor.compare import compare
    from monitor.model.snapshot import Snapshot
    from monitor.read import read
    from monitor.watch.forget import forget

    def pair(*bodies: bytes) -> object:
        snapshots = (Snapshot(source="page.html", body=body, media_type="text/html") for body in bodies)
        before, after = map(read, snapshots)
        return compare(before, after)

    gc.disable()  # as the command line has it: what is built has no cycles
    return Tool(forget, pair)  # each as the first of a process: what an earlier round remembered would flatter this one


def _lxml() -> Tool:
    from lxml.html.diff import htmldiff

    def pair(before: bytes, after: bytes) -> object:
        return htmldiff(before.decode(errors="replace"), after.decode(errors="replace"))

    return Tool(_nothing, pair)


def _web_monitoring_diff() -> Tool:
    from web_monitoring_diff import html_diff_render

    def pair(before: bytes, after: bytes) -> object:
        return html_diff_render(before.decode(errors="replace"), after.decode(errors="replace"))

    return Tool(_nothing, pair)


def _nothing() -> None:
    """These remember nothing."""


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


TOOLS = {"monitor": _monitor, "lxml": _lxml, "web-monitoring-diff": _web_monitoring_diff}

if __name__ == "__main__":
    main()
