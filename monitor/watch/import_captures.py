"""Files and archives that hold captures of a page → the store, each with its time and what tells it.

A capture whose time nothing tells is refused, and stops no other. What is there already is not added again, so that
an import that was broken off goes on when it is called again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from monitor.capture.from_file import load, time_in_name
from monitor.errors import InputError, MonitorError
from monitor.model.snapshot import Snapshot
from monitor.read.formats.kinds import is_pdf
from monitor.read.moment import shown_moment
from monitor.read.not_text import refuse_known_data
from monitor.store.folder import Store
from monitor.watch.read_page import read_page

BATCH = 200  # captures between two chances for another writer; so many pages are held in memory
TOLD_BY = "time-told-by"


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

    `batch` are gathered before the store is locked: one at a time where they come slowly.
    """
    waiting = iter(found)
    while gathered := list(islice(waiting, batch)):
        yield from (each for each in gathered if isinstance(each, Imported))
        snapshots = [each for each in gathered if isinstance(each, Snapshot)]
        with store.writing() as writer:
            added = writer.add_all([(page, each) for each in snapshots])
        for each, (entry, is_new) in zip(snapshots, added, strict=True):
            told_by = dict(each.notes).get(TOLD_BY, "")
            yield Imported(each.source, entry.file, each.captured_at, is_new, told_by)


def _loaded(dated: _Dated, url: str | None) -> Snapshot | Imported:
    try:
        snapshot = load(dated.path, at=dated.at)
        if not is_pdf(snapshot.body):
            refuse_known_data(snapshot.body, dated.path)
    except InputError as error:
        return Imported(dated.path, fault=str(error))
    name = dated.path.replace("\\", "/").rpartition("/")[2]
    return snapshot._replace(url=url, notes=(("imported-from", name), (TOLD_BY, dated.told_by)))


def _dated(path: str, at: datetime | None) -> _Dated:
    """When a file was captured: by the command, the time in its name, the page itself, or the day in its name.

    Raises InputError where none of them tells it: a file's modification time is no capture time.
    """
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
