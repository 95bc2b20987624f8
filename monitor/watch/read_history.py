"""A folder of captures → readings of those that may be earlier than a snapshot.

What cannot be read stops nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from monitor.capture.from_file import captured_at, load
from monitor.capture.from_folder import captures_in
from monitor.errors import MonitorError
from monitor.model.reading import Reading
from monitor.model.snapshot import Snapshot
from monitor.watch.read_page import read_page

if TYPE_CHECKING:
    from monitor.model.page import Page

# A page of 50 KB takes some 30 ms to read. A habit shows in 20 captures, and a page's lag in the items of 100.
MOST_READ = 100
_MOST_NAMED = 3  # files that could not be read are named one by one; of more the rest is counted
_UNDATED = datetime.min.replace(tzinfo=UTC)


class Captures(NamedTuple):
    """The files of a folder that may be earlier captures, the newest last, and how many more there are of two kinds."""

    folder: str
    paths: Sequence[str]
    later: int
    left: int


class Known(NamedTuple):
    """What a folder tells of a page's past. `limits` says in sentences what was not read, and why."""

    readings: tuple[Reading, ...]
    limits: tuple[str, ...]


def captures_of(folder: str, before: Snapshot) -> Captures:
    """The newest MOST_READ captures in `folder` that by their names may be earlier than `before`.

    Raises InputError where there is no such folder or nothing in it.
    """
    paths = captures_in(folder)
    times = {path: captured_at(path) for path in paths}
    fitting = [path for path in paths if _may_be_earlier(times[path], before)]
    newest = sorted(fitting, key=lambda path: (times[path] or _UNDATED, path))[-MOST_READ:]
    return Captures(folder=folder, paths=newest, later=len(paths) - len(fitting), left=len(fitting) - len(newest))


def read_history(captures: Captures, page: Page | None = None) -> Known:
    """The readings of those that can be read, by the rules of the `page` they show."""
    readings, faults = [], []
    for path in captures.paths:
        try:
            readings.append(read_page(load(path), page))
        except MonitorError as error:
            faults.append(error.what)
    return Known(readings=tuple(readings), limits=tuple(_limits(captures, faults)))


def _may_be_earlier(when: datetime | None, before: Snapshot) -> bool:
    return when is None or before.captured_at is None or when < before.captured_at


def _limits(captures: Captures, faults: Sequence[str]) -> Iterator[str]:
    if captures.later:
        are = f"{captures.later:,} files are" if captures.later > 1 else "One file is"
        yield f"{are} not read from {captures.folder}: by name not earlier than the earlier snapshot."
    if captures.left:
        older = f"{captures.left:,} older ones are" if captures.left > 1 else "one older is"
        yield f"Only the newest {MOST_READ} captures in {captures.folder} are read; {older} not."
    yield from (f"Put aside: {fault}." for fault in faults[:_MOST_NAMED])
    if len(faults) > _MOST_NAMED:
        yield f"Put aside: {len(faults) - _MOST_NAMED:,} more in {captures.folder} that cannot be read."
