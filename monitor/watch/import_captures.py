"""Files and archives that hold captures of a page → the store, each with its time and what tells it.

A capture whose time nothing tells is refused, and so is one that cannot be put in; neither stops another. What is there
already is not added again, so that an import that was broken off goes on when it is called again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from monitor.capture.from_file import load, time_in_name
from monitor.errors import InputError, MonitorError, StoreError
from monitor.model.snapshot import Snapshot
from monitor.read.formats.kinds import is_pdf
from monitor.read.moment import shown_moment
from monitor.read.not_text import refuse_known_data
from monitor.store.folder import Store
from monitor.watch.read_page import read_page

if TYPE_CHECKING:
    from monitor.store.writer import Added, Writer

BATCH = 200  # captures between two chances for another writer; so many pages are held in memory
BATCH_BYTES = 64 * 1024**2  # of pages in memory, with and without their coding; more are put in at once
TOLD_BY = "time-told-by"
_FIRST_YEAR = 1000
_AHEAD = timedelta(days=1)  # a day in another zone than the machine's, and a clock that is wrong by some hours


class Imported(NamedTuple):
    """What became of one source: its file in the store, whether that is new, and what told its time; or the fault."""

    source: str
    file: str | None = None
    at: datetime | None = None
    is_new: bool = False
    told_by: str = ""
    fault: str | None = None


class _Dated(NamedTuple):
    path: str
    at: datetime
    told_by: str


def import_files(
    store: Store, page: str, paths: Sequence[str], *, at: datetime | None = None, url: str | None = None
) -> Iterator[Imported]:
    """Put each file in, in order of time, told as soon as it is there; those without a time come first, with a fault.

    `at` is the time of the one file there is; `url` the address of which the files are captures.
    """
    dated: list[_Dated] = []
    for path in paths:
        try:
            dated.append(_dated(path, at))
        except MonitorError as error:
            yield Imported(path, fault=str(error))
    dated.sort(key=lambda each: (each.at, each.path))
    yield from import_snapshots(store, page, (_loaded(each, url) for each in dated))


def import_snapshots(
    store: Store, page: str, found: Iterable[Snapshot | Imported], *, batch: int = BATCH
) -> Iterator[Imported]:
    """Put each snapshot in, told as soon as it is there. What is a fault already is handed on.

    `batch` are gathered at most before the store is locked: one at a time where they come slowly.
    """
    for gathered in _batches(map(_in_our_time, found), batch):
        yield from (each for each in gathered if isinstance(each, Imported))
        yield from _put_in(store, page, [each for each in gathered if isinstance(each, Snapshot)])
        gathered.clear()  # before the next batch is gathered


def _batches(found: Iterable[Snapshot | Imported], most: int) -> Iterator[list[Snapshot | Imported]]:
    gathered: list[Snapshot | Imported] = []
    size = 0
    for each in found:
        gathered.append(each)
        size += _size(each)
        del each  # what comes next is made before the name is given to it
        if len(gathered) >= most or size >= BATCH_BYTES:
            yield gathered
            gathered, size = [], 0
    yield gathered


def _in_our_time(found: Snapshot | Imported) -> Snapshot | Imported:
    """A capture as it is; a fault where its time is yet to come, or of a year that no name of a file can hold."""
    if isinstance(found, Imported) or found.captured_at is None:
        return found
    at, what = found.captured_at, f"{found.source} says that it was captured "
    if at.year < _FIRST_YEAR:
        return Imported(found.source, fault=f"{what}in the year {at.year} (not imported)")
    if at > datetime.now(UTC) + _AHEAD:
        return Imported(found.source, fault=f"{what}on {at:%Y-%m-%d}, which is yet to come (not imported)")
    return found


def _size(found: Snapshot | Imported) -> int:
    if isinstance(found, Imported):
        return 0
    return len(found.body) + sum(len(exchange.body) for exchange in found.exchanges)


def _put_in(store: Store, page: str, snapshots: Sequence[Snapshot]) -> list[Imported]:
    """All at once; where one of them cannot be put in, one by one, so that it costs no other."""
    if not snapshots:
        return []
    with store.writing() as writer:
        try:
            added = writer.add_all([(page, each) for each in snapshots])
        except (StoreError, ValueError):
            return [_put_alone(writer, page, each) for each in snapshots]
    return [_as_put(each, put) for each, put in zip(snapshots, added, strict=True)]


def _put_alone(writer: Writer, page: str, snapshot: Snapshot) -> Imported:
    try:
        return _as_put(snapshot, writer.add(page, snapshot))
    except (StoreError, ValueError) as error:
        reason = error.what if isinstance(error, StoreError) else str(error)
        which = f"{snapshot.source}, captured {snapshot.captured_at:%Y-%m-%d %H:%M:%S} UTC"
        return Imported(snapshot.source, fault=f"{which}: {reason} (not imported)")


def _as_put(snapshot: Snapshot, put: Added) -> Imported:
    told_by = dict(snapshot.notes).get(TOLD_BY, "")
    return Imported(snapshot.source, put.entry.file, snapshot.captured_at, put.is_new, told_by)


def _loaded(dated: _Dated, url: str | None) -> Snapshot | Imported:
    try:
        snapshot = load(dated.path, at=dated.at)
        if not is_pdf(snapshot.body):
            refuse_known_data(snapshot.body, dated.path)
    except InputError as error:
        return Imported(dated.path, fault=str(error))
    name = dated.path.replace("\\", "/").rpartition("/")[2]
    notes = (("imported-from", as_note(name)), (TOLD_BY, dated.told_by))
    return snapshot._replace(source=as_note(dated.path), url=url, notes=notes)


def as_note(name: str) -> str:
    """A file's name as it may be written into a record: bytes of it that are no UTF-8 as escapes."""
    return name.encode(errors="surrogateescape").decode(errors="backslashreplace")


def _dated(path: str, at: datetime | None) -> _Dated:
    """When a file was captured: by the command, the time in its name, the page itself, or the day in its name.

    Raises InputError where none of them tells it: a file's modification time is no capture time.
    """
    if os.path.exists(path) and not os.path.isfile(path):
        raise InputError(f"{path} is no file that can be read twice", "save what comes from it, and import that")
    if at is not None:
        return _Dated(path, at, "--at")
    named = time_in_name(path)
    if named and named.is_exact:
        return _Dated(path, named.at, f"the file's name, {named.text}")
    shown = shown_moment(read_page(load(path), None))
    if shown.at is not None:
        return _Dated(path, shown.at, f"the page itself: {shown.reason}")
    if named:
        return _Dated(path, named.at, f"the file's name, {named.text}, which gives the day alone: 00:00 UTC")
    what = (
        f"{path} does not say when it was captured: {shown.reason}, and its name has no time such as 2020-07-04T0525Z"
    )
    raise InputError(what, "put it into the name, or import the file alone with --at 2020-07-04T05:25Z")
