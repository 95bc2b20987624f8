"""How long a digest takes: `python -m benchmarks.digests [PAGES [CAPTURES]]`.

The store is made of invented ports: each hour a notice comes and one goes, some are revised, some go and come back, and
a counter of every third port stands still. Making it takes a quarter of an hour; a digest of it some seconds.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.tree import run
from monitor.model.page import Page
from monitor.model.snapshot import Snapshot
from monitor.store.folder import Store
from monitor.watch.compare_captures import compare_captures

PAGES, CAPTURES = 100, 101  # 10,000 comparisons
FORMATS = ("text", "json", "html", "email", "atom")
_START = datetime(2026, 11, 20, tzinfo=UTC)
_HOUR = timedelta(hours=1)
_WORDS = "harbour crane pilot ferry quay dredging tide notice storm lock bridge cargo vessel anchor berth".split()
_LENGTH = 40  # notices of a list


def main(arguments: list[str] | None = None) -> int:
    """Make the store, and a digest of it in each format."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.digests", description=__doc__)
    parser.add_argument("pages", type=int, nargs="?", default=PAGES)
    parser.add_argument("captures", type=int, nargs="?", default=CAPTURES)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        _make(Store(f"{folder}/snapshots"), asked.pages, asked.captures)
        Path(folder, "config.yaml").write_text(
            f"pages: [{', '.join(f'{{id: {_id(at)}}}' for at in range(asked.pages))}]"
        )
        print(f"{asked.pages * (asked.captures - 1):,} comparisons")
        for style in FORMATS:
            _measure(folder, style, asked.captures)
    return 0


def _measure(folder: str, style: str, captures: int) -> None:
    until = (_START + captures * _HOUR).isoformat()
    period = ["--since", _START.isoformat(), "--until", until, "--config", f"{folder}/config.yaml"]
    command = [sys.executable, "-m", "monitor", "digest", *period, "--format", style, "--output", f"{folder}/out"]
    took = run(command, f"{folder}/said")
    size = Path(folder, "out").stat().st_size
    memory = took.peak.resident / 1e6
    print(f"{style:6} {took.wall:6.1f} s, {took.cpu:6.1f} s of CPU, {memory:5.0f} MB; {size / 1e3:,.0f} KB")


def _make(store: Store, pages: int, captures: int) -> None:
    for number in range(pages):
        page = Page(_id(number))
        with store.writing() as writer:
            for at in range(captures):
                body = "".join(_body(number, at)).encode()
                writer.add(page.id, Snapshot("made", body, _START + at * _HOUR, "text/html"))
        compare_captures(store, page)


def _id(port: int) -> str:
    return f"port-{port:04}"


def _body(port: int, hour: int) -> Iterator[str]:
    """The page of a port at an hour."""
    days = 400 if port % 3 == 0 else 400 + hour // 24
    yield f"<!doctype html><html lang=en><title>Port {port}</title><h1>Port {port}</h1>"
    yield f"<p>{days} days have passed since the last grounding of a ferry.<ul>"
    for number in range(hour + _LENGTH, hour, -1):
        if (port + number) % 17 or hour % 5 != 3:
            yield _notice(port, number, hour)
    yield f"</ul><h2>About</h2><p>{' '.join(_WORDS)}<p>Open every day from nine to {'five' if hour % 7 else 'six'}."


def _notice(port: int, number: int, hour: int) -> str:
    day = _START + (number - _LENGTH) * _HOUR
    revised = " (revised)" if number % 11 == 0 and hour > number - 30 else ""
    one, other = (_WORDS[(number * times + port) % len(_WORDS)] for times in (1, 7))
    teaser = " ".join(_WORDS[(number * each + port) % len(_WORDS)] for each in range(1, 25))
    title = f"Notice {number} of port {port} on the {one} and the {other}{revised}"
    return f"<li><time>{day:%d.%m.%Y}</time> <a href=/n/{number}>{title}</a><p>{teaser}"


if __name__ == "__main__":
    sys.exit(main())
