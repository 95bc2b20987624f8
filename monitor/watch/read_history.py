"""A folder of captures → readings of those that may be earlier than a snapshot.

What cannot be read stops nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
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
    """The files of a folder that may be earlier captures, the newest last, and how many more there are of two kinds.

    `others` are files beside the captures that are none of them, by their names.
    `faults` says what in the folder was passed over, and why.
    """

    folder: str
    paths: Sequence[str]
    later: int
    left: int
    others: Sequence[str] = ()
    faults: Sequence[str] = ()


class Known(NamedTuple):
    """What a folder tells of a page's past. `limits` says in sentences what was not read, and why."""

    readings: tuple[Reading, ...]
    limits: tuple[str, ...]


def captures_of(folder: str, before: Snapshot) -> Captures:
    """The newest MOST_READ captures in `folder` that by their names may be earlier than `before`.

    Raises InputError where there is no such folder or nothing in it.
    """
    found, passed = captures_in(folder)
    times = {path: captured_at(path) for path in found}
    others = _others(times)
    paths = [path for path in times if path not in others]
    fitting = [path for path in paths if _may_be_earlier(times[path], before)]
    newest = sorted(fitting, key=lambda path: (times[path] or _UNDATED, path))[-MOST_READ:]
    later, left = len(paths) - len(fitting), len(fitting) - len(newest)
    return Captures(folder=folder, paths=newest, later=later, left=left, others=sorted(others), faults=passed)


def _others(times: Mapping[str, datetime | None]) -> set[str]:
    """Files without a time in their names, of a format of which no capture is: notes, an index, a list of facts."""
    formats = {os.path.splitext(path)[1].casefold() for path, when in times.items() if when}
    if not formats:
        return set()
    return {path for path, when in times.items() if not when and os.path.splitext(path)[1].casefold() not in formats}


def read_history(captures: Captures, page: Page | None = None) -> Known:
    """The readings of those that can be read, by the rules of the `page` they show."""
    readings, faults = [], list(captures.faults)
    for path in captures.paths:
        try:
            readings.append(read_page(load(path), page))
        except MonitorError as error:
            faults.append(error.what)
        except Exception as error:  # noqa: BLE001  one capture that trips the reader must not cost the comparison
            faults.append(f"{path} cannot be read ({type(error).__name__}: a fault of this program)")
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
    if captures.others:
        names = [os.path.basename(path) for path in captures.others]
        left = [f"{len(names) - _MOST_NAMED:,} more"] if len(names) > _MOST_NAMED else []
        are = "are no captures" if len(names) > 1 else "is no capture"
        yield f"By name {', '.join([*names[:_MOST_NAMED], *left])} in {captures.folder} {are} of the page: not read."
    yield from (f"Put aside: {fault}." for fault in faults[:_MOST_NAMED])
    if len(faults) > _MOST_NAMED:
        yield f"Put aside: {len(faults) - _MOST_NAMED:,} more in {captures.folder} that cannot be read."
