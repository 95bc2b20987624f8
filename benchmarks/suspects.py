"""A folder of series of real captures → which of them a growing history calls suspect, and which of these are honest.

    python -m benchmarks.suspects FOLDER

FOLDER holds a folder for each page, as `benchmarks.series` says; `suspect_captures` in its truth names the bad ones.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from benchmarks.series import captures
from monitor.capture.from_file import load
from monitor.compare.story import story
from monitor.errors import MonitorError
from monitor.model.page import Page
from monitor.model.reading import Reading
from monitor.model.snapshot import Capture
from monitor.model.story import Moment
from monitor.read import read


def main(folder: str) -> int:
    """A line for each capture that is called suspect, and how many of all are so without being bad."""
    seen = wrong = 0
    for name in sorted(os.listdir(folder)):
        series = os.path.join(folder, name)
        if not os.path.isdir(series):
            continue
        bad = _bad(series)
        for moment in _moments(name, series):
            seen += 1
            if moment.is_suspect:
                is_wrong = os.path.basename(moment.capture.file) not in bad
                wrong += is_wrong
                sys.stdout.write(f"{'FALSE' if is_wrong else 'bad  '} {moment.capture.file}: {moment.doubts[0]}\n")
    sys.stdout.write(f"{seen} captures, {wrong} falsely called suspect\n")
    return 1 if wrong else 0


def _bad(series: str) -> set[str]:
    try:
        with open(os.path.join(series, "truth.json"), encoding="utf-8") as file:
            return set(json.load(file).get("suspect_captures", ()))
    except FileNotFoundError:
        return set()


def _moments(name: str, series: str) -> tuple[Moment, ...]:
    return story(Page(name), _readings(name, series)).moments


def _readings(name: str, series: str) -> Iterator[tuple[Capture, Reading]]:
    for file in captures(series):
        try:
            reading = read(load(os.path.join(series, file)))
        except MonitorError:
            continue
        if reading.captured_at or reading.snapshot_day:
            yield Capture(name, reading.captured_at or _midnight(reading), f"{name}/{file}"), reading


def _midnight(reading: Reading) -> datetime:
    day = reading.snapshot_day
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime.min.replace(tzinfo=UTC)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
