"""Many pages of a local server watched, against other tools: `python -m benchmarks.watching [--urls N]`.

Each tool does what its user would have it do: captures all pages, keeps them, and says what changed. The rounds are
interleaved; each of them begins with an empty store.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from typing import NamedTuple

from benchmarks import parts, peers, timing, tree
from benchmarks.serving import Server, serving
from monitor.watch.project import Project

# What happened to all pages: the version that the server shows. Where a title was edited, monitor asks for the item's
# own page too, and keeps it; the others do nothing there that they did not do before.
STEPS = {"first": 1, "unchanged": 1, "text edited": 2, "title edited": 3}
OURS = "monitor"
PARALLEL = 16  # requests at a time
_FILTERED = "filter:\n  - html2text\n"


class Tool(NamedTuple):
    """A tool in a folder of its own: its command, what it keeps there, and how its output names a page that changed."""

    command: list[str]
    kept: tuple[str, ...]
    changed: str
    steps: tuple[str, ...] = ("first", "unchanged", "text edited")


class Step(NamedTuple):
    """What a tool took for all pages in one step, the bytes that it keeps then, and how many pages it told changed."""

    took: tree.Took
    kept: int
    told: int


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.watching", description=__doc__)
    parser.add_argument("--urls", type=int, default=1000, help="pages to watch")
    parser.add_argument("--rounds", type=int, default=1, help="of all tools, one after the other")
    parser.add_argument("--alone", action="store_true", help="without the other tools")
    asked = parser.parse_args(arguments)
    print(f"## Watching: {asked.urls:,} pages of 50 KB on a local server, whole process\n")
    print(f"{timing.setting('httpcore', 'selectolax')}; rounds: {asked.rounds}\n")
    with serving(asked.urls) as server:
        found = _rounds(server, asked.rounds, is_alone=asked.alone)
        print(_table(found, asked.urls))
        print(f"\nWhere the CPU of {OURS} goes, text edited:\n\n{_breakdown(server, found[OURS])}")


def _rounds(server: Server, rounds: int, *, is_alone: bool) -> dict[str, list[dict[str, Step]]]:
    found: dict[str, list[dict[str, Step]]] = {}
    for _ in range(rounds):
        for name, laid in _tools(is_alone=is_alone).items():
            with tempfile.TemporaryDirectory() as folder:
                found.setdefault(name, []).append(_steps(server, laid(folder, server), folder))
    return found


def _steps(server: Server, tool: Tool, folder: str) -> dict[str, Step]:
    steps = {}
    for name in tool.steps:
        server.show(STEPS[name])
        output = os.path.join(folder, "output.txt")
        took = tree.run(tool.command, output)
        with open(output, encoding="utf-8", errors="replace") as file:
            told = len(re.findall(tool.changed, file.read(), re.MULTILINE))
        steps[name] = Step(took, sum(_size(os.path.join(folder, each)) for each in tool.kept), told)
    return steps


def _size(path: str) -> int:
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(place, name)) for place, _, names in os.walk(path) for name in names)


def _breakdown(server: Server, rounds: Sequence[dict[str, Step]]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        tool = _monitor(folder, server)
        for version in (1, 1):
            server.show(version)
            tree.run(tool.command, os.path.join(folder, "output.txt"))
        beginning = tree.run([*tool.command, "page-0"], os.path.join(folder, "output.txt")).cpu
        server.show(2)
        found = [*parts.parts(Project(os.path.join(folder, "config.yaml"))), ("begin: config, imports", beginning)]
    whole = statistics.median(each["text edited"].took.cpu for each in rounds)
    found.append(
        (
            "all else: processes that hand over to each other, the loop, all that waits",
            whole - sum(each for _, each in found),
        )
    )
    rows = [(name, timing.milliseconds(each / len(server.urls)), f"{each / whole:.0%}") for name, each in found]
    return timing.table(("part", "CPU ms a page", "of all"), rows)


# -- the tools


def _tools(*, is_alone: bool) -> dict[str, Callable[[str, Server], Tool]]:
    tools: dict[str, Callable[[str, Server], Tool]] = {OURS: _monitor}
    if not is_alone:
        for name, laid in (("urlwatch", _urlwatch), ("webchanges", _webchanges)):
            if python := peers.python_of(name):
                for what, extra in (("", ""), (", html2text", _FILTERED)):
                    tools[peers.label(name) + what] = _bound(laid, python, extra)
    return tools


def _bound(laid: Callable[[str, str, str, Server], Tool], python: str, extra: str) -> Callable[[str, Server], Tool]:
    return lambda folder, server: laid(python, extra, folder, server)


def _monitor(folder: str, server: Server) -> Tool:
    """All is as its user finds it, but for the host: it is of this machine, and may be asked without pauses."""
    pages = "".join(f"  - {{id: page-{number}, url: '{url}'}}\n" for number, url in enumerate(server.urls))
    host = f"{{host: '{server.host}', private: yes, pause: 0s, parallel: {PARALLEL}}}"
    config = _laid(folder, "config.yaml", f"hosts:\n  - {host}\npages:\n{pages}")
    command = [os.path.join(os.path.dirname(sys.executable), "monitor"), "check", "--config", config]
    return Tool(command, ("snapshots", "reports"), r"^\S+ \S+ +page-\d+ +changed", steps=tuple(STEPS))


def _urlwatch(python: str, extra: str, folder: str, server: Server) -> Tool:
    jobs = _laid(folder, "urls.yaml", "---\n".join(f"url: {url}\n{extra}" for url in server.urls))
    config = _laid(folder, "config", "report:\n  stdout: {enabled: true, color: false}\n  text: {line_length: 100}\n")
    store = os.path.join(folder, "cache.db")
    command = [os.path.join(os.path.dirname(python), "urlwatch"), "--urls", jobs, "--config", config, "--cache", store]
    return Tool(command, ("cache.db",), "^CHANGED: ")


def _webchanges(python: str, extra: str, folder: str, server: Server) -> Tool:
    jobs = _laid(folder, "jobs.yaml", "---\n".join(f"url: {url}\n{extra}" for url in server.urls))
    config = _laid(folder, "config.yaml", "report:\n  stdout: {enabled: true, color: false}\n")
    store, program = os.path.join(folder, "snapshots.db"), os.path.join(os.path.dirname(python), "webchanges")
    command = [program, "--jobs", jobs, "--config", config, "--database", store]
    return Tool(command, ("snapshots.db",), r"^\d+\. CHANGED: ")


def _laid(folder: str, name: str, text: str) -> str:
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


# -- the table


def _table(found: dict[str, list[dict[str, Step]]], urls: int) -> str:
    head = ("step", "tool", "pages a second", "monitor is × as fast", "CPU ms a page", "peak MB", "RSS MB", "MB kept",
            "told")  # fmt: skip
    rows = [
        _row(step, name, rounds, found[OURS], urls)
        for step in STEPS
        for name, rounds in found.items()
        if step in rounds[0]
    ]
    return timing.table(head, rows)


def _row(
    step: str, name: str, rounds: list[dict[str, Step]], ours: list[dict[str, Step]], urls: int
) -> tuple[object, ...]:
    steps = [each[step] for each in rounds]
    wall = [each.took.wall for each in steps]
    ratio = timing.ratio(wall, [each[step].took.wall for each in ours])
    cpu = statistics.median(each.took.cpu for each in steps) / urls
    peaks = [max(each) / timing.MEGABYTE for each in zip(*(each.took.peak for each in steps), strict=True)]
    kept = steps[-1].kept / timing.MEGABYTE
    rate = f"{urls / statistics.median(wall):,.0f}"
    failed = "" if all(each.took.status == 0 for each in steps) else f" (status {steps[-1].took.status})"
    return (
        step, f"{name}{failed}", rate, f"{ratio:.1f}", timing.milliseconds(cpu), *(f"{each:,.0f}" for each in peaks),
        f"{kept:.1f}", steps[-1].told,
    )  # fmt: skip


if __name__ == "__main__":
    main()
