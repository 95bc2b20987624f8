"""`monitor run` for some minutes over many pages of a local server, killed now and then: what became of every slot.

    python -m benchmarks.schedule --pages 100 --every 30 --minutes 4 --kills 3

A slot is *run* where the log has its outcome, *twice* where it has two, *missed* where the catalogue names it so and
one capture made up for it. *Lost* would be one of which nobody knows. How late a capture is told is from its slot on,
the check included, also where a start had to come first that made up for a slot within its minute.
"""

from __future__ import annotations

import argparse
import json
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks import timing
from monitor.model.schedule import Schedule
from monitor.schedule.slots import between, slots_of

_NAMES = ("slots", "run", "twice", "missed", "lost")
Spans = list[tuple[datetime, datetime]]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.schedule", description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--every", type=int, default=30, help="seconds between two slots of a page, 10 at least")
    parser.add_argument("--minutes", type=float, default=4.0)
    parser.add_argument("--kills", type=int, default=3)
    told = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        with _serving() as host:
            _configure(Path(place), host, told.pages, told.every)
            lines = list(_live(Path(place), told.minutes * 60, told.kills))
        missed = _missed(Path(place) / "snapshots" / "catalogue.sqlite")
    _report(lines, missed, told)


def _configure(place: Path, host: str, pages: int, every: int) -> None:
    entries = "".join(f"  - {{id: page-{n}, url: 'http://{host}/page-{n}', every: {every}s}}\n" for n in range(pages))
    hosts = f"hosts: [{{host: '{host}', private: yes, pause: 0s, parallel: 8}}]\n"
    (place / "config.yaml").write_text(f"{hosts}pages:\n{entries}", "utf-8")


def _live(place: Path, seconds: float, kills: int) -> Iterator[dict[str, Any]]:
    """The lines of the log of several lives, of which all but the last are killed."""
    command = [sys.executable, "-m", "monitor", "run", "--config", str(place / "config.yaml"), "--log", "json"]
    for life in range(kills + 1):
        with open(place / "log", "wb") as log, subprocess.Popen(command, stderr=log) as process:
            time.sleep(seconds / (kills + 1))
            process.send_signal(signal.SIGTERM if life == kills else signal.SIGKILL)
        yield from (
            json.loads(each) for each in (place / "log").read_text("utf-8").splitlines() if each.startswith("{")
        )


@contextmanager
def _serving() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


class _Answering(BaseHTTPRequestHandler):
    """A page that is another one at each request."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = f"<!doctype html><title>Page</title><h1>{self.path}</h1><p>Asked at {time.time()}.".encode()
        self.send_response(404 if self.path == "/robots.txt" else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """The benchmark counts by itself."""


def _missed(catalogue: Path) -> dict[str, Spans]:
    """From which slot to which each page missed, where one capture made up for them."""
    connection = sqlite3.connect(catalogue)
    try:
        rows = connection.execute("SELECT page, first, last FROM missed WHERE caught_up_at IS NOT NULL").fetchall()
    finally:
        connection.close()
    found: dict[str, Spans] = {}
    for page, first, last in rows:
        found.setdefault(page, []).append((datetime.fromisoformat(first), datetime.fromisoformat(last)))
    return found


def _report(lines: Sequence[dict[str, Any]], missed: dict[str, Spans], told: argparse.Namespace) -> None:
    run: dict[str, list[datetime]] = {}
    for line in lines:
        if "slot" in line:
            run.setdefault(line["page"], []).append(datetime.fromisoformat(line["slot"]))
    counts = sum((_count(page, slots, missed.get(page, []), told.every) for page, slots in run.items()), Counter())
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"## Schedule: {told.pages:,} pages, every {told.every} s, {told.minutes:g} minutes, {told.kills} kills\n")
    print(f"{timing.setting('apscheduler')}\n")
    print(timing.table(_NAMES, [[f"{counts[each]:,}" for each in _NAMES]]))
    cuts = [f"{each:.2f}" for each in quantiles(_late(lines, missed), n=100)]
    print(f"\ntold after the slot: median {cuts[49]} s, 95th percentile {cuts[94]} s, 99th {cuts[98]} s")
    print(
        f"CPU of all processes {used.ru_utime + used.ru_stime:.1f} s, the largest of them {used.ru_maxrss // 1024} MB"
    )


def _count(page: str, run: Sequence[datetime], missed: Spans, every: int) -> Counter[str]:
    """What became of the page's slots, from the first that was run to the last."""
    times, slots = Counter(run), slots_of(page, Schedule(every=every))
    counts = Counter[str]()
    for slot in [min(run), *between(slots, min(run), max(run))]:
        is_missed = _is_in(slot, missed)
        counts.update(
            slots=1,
            run=times[slot] > 0,
            twice=times[slot] > 1,
            missed=is_missed,
            lost=not times[slot] and not is_missed,
        )
    return counts


def _late(lines: Sequence[dict[str, Any]], missed: dict[str, Spans]) -> list[float]:
    told = [(line, datetime.fromisoformat(line["slot"])) for line in lines if "slot" in line]
    on_time = [(line, slot) for line, slot in told if not _is_in(slot, missed.get(line["page"], []))]
    return [(datetime.fromisoformat(line["time"]) - slot).total_seconds() for line, slot in on_time]


def _is_in(slot: datetime, spans: Spans) -> bool:
    return any(first <= slot <= last for first, last in spans)


if __name__ == "__main__":
    main()
