"""Captures into a store and out of it, by the one who may write. Made by Store.writing.

A capture is put in by three steps, each synced: its file is written as a draft (named by the number its line will
have), its line joins the ledger, the draft gets its name. Whoever dies between two of them leaves what the next writer
finishes or takes away, so that every file under its name has its line and is whole.
"""

from __future__ import annotations

import errno
import hashlib
import os
from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from monitor.errors import StoreError
from monitor.model.entry import Entry, Kind
from monitor.model.page import is_page_id
from monitor.model.snapshot import Capture, Snapshot
from monitor.store import disk, ledger, names, warc
from monitor.store.folder import Store

DRAFTS = ".drafts"
AT_ONCE = 16  # files synced at the same time: a disk takes them together


class Added(NamedTuple):
    """The entry of a capture, and whether it is new: the same capture put in twice is there once."""

    entry: Entry
    is_new: bool


class Writer:
    """What may be done while no other writes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._drafts = os.path.join(store.folder, DRAFTS)
        self._known: dict[str, list[Capture]] = {}  # the captures of the pages written to: nobody else adds any
        self._prepared: dict[str, _Prepared] = {}  # what is about to be put in, by its file
        self._recorded: set[str] | None = None  # the files that the ledger has, once somebody asked

    def add(self, page: str, snapshot: Snapshot) -> Added:
        """Put a snapshot in; when this returns it is on the disk, with its line in the ledger.

        A payload equal to that of the capture before it is not stored again; where the server says that the page is as
        it was, it has that of the capture that it names, whenever that was. A snapshot of the same time and payload as
        one that is there is not added.

        Raises ValueError where the page's id is none or the snapshot has no time, StoreError where the server says
        that the page is unchanged and that capture, or any, is not here, OutputError where it cannot be written;
        then the store is as it was.
        """
        return self.add_all([(page, snapshot)])[0]

    def add_all(self, snapshots: Sequence[tuple[str, Snapshot]]) -> list[Added]:
        """Put the snapshots of pages in, all of them or none; what takes time, the disk's word, is waited for once."""
        try:
            added = [self._prepare(page, snapshot) for page, snapshot in snapshots]
            self._put(list(self._prepared.values()))
            if self._recorded is not None:
                self._recorded |= self._prepared.keys()
        except BaseException:
            self._known.clear()
            raise
        finally:
            self._prepared.clear()
        return added

    def prune(self, entry: Entry, now: datetime) -> Entry:
        """Take a capture out, and leave a tombstone: the line that says so. Raises OutputError."""
        self._known.pop(entry.page, None)
        self._recorded = None
        stone = self._next(Kind.PRUNED, now, entry.page, entry.file)
        stone = stone._replace(payload=entry.payload, sha256=entry.sha256)
        try:
            ledger.append(self._store.ledger, ledger.line_of(stone))
            self._remove(stone)
        except OSError as error:
            raise disk.unwritable(self._store.folder, error) from error
        return stone

    def recover(self) -> None:
        """Finish or take away what a writer left that died. Raises OutputError."""
        try:
            self._refuse_links()
            ledger.mend_end(self._store.ledger)
            drafts = _names_in(self._drafts)
            newest = {entry.file: entry for entry in ledger.tail(self._store.ledger, 1 + len(drafts))}
            for entry in newest.values():  # a file that was taken out may have been put in again since
                self._finish(entry)
            for name in _names_in(self._drafts):
                disk.unlink(os.path.join(self._drafts, name))
        except OSError as error:
            raise disk.unwritable(self._store.folder, error) from error

    # -- what is to be put in

    def _prepare(self, page: str, snapshot: Snapshot) -> Added:
        if snapshot.captured_at is None:
            raise ValueError("a snapshot without a time cannot be put into the store")
        before = self._named(page, snapshot.confirmed) or self._before(page, snapshot.captured_at)
        payload = self._payload_hash(page, snapshot, before)
        file = self._free_name(page, snapshot.captured_at, payload)
        if isinstance(file, Entry):
            return Added(file, is_new=False)
        original = self._original_of(snapshot, before) if before and before.payload == payload else None
        content = warc.content_of(page, snapshot, original)
        kind = Kind.REVISIT if original else Kind.RESPONSE if snapshot.exchanges else Kind.RESOURCE
        entry = self._next(kind, snapshot.captured_at, page, file)
        entry = entry._replace(payload=payload, sha256=hashlib.sha256(content).hexdigest())
        self._prepared[file] = _Prepared(entry, content, os.path.join(self._drafts, str(entry.seq)))
        insort(self._captures(page), Capture(page, _second(snapshot.captured_at), file), key=names.order)
        return Added(entry, is_new=True)

    def _named(self, page: str, file: str | None) -> Entry | None:
        """The entry of the capture in that file. Raises StoreError where it is not here any more."""
        if file is None:
            return None
        captures = {each.file: each for each in self._captures(page)}
        entry = self._entry(captures[file]) if file in captures else None
        if entry is None:
            raise StoreError(f"the server says that {page} is as it was in {file}, which is not here", "ask again")
        return entry

    def _before(self, page: str, at: datetime) -> Entry | None:
        """The entry of the newest capture up to then; a file that the ledger does not have is none."""
        captures = self._captures(page)
        place = bisect_right(captures, at, key=lambda each: each.at)
        entries = (self._entry(each) for each in reversed(captures[:place]))
        return next((each for each in entries if each), None)

    def _captures(self, page: str) -> list[Capture]:
        if page not in self._known:
            self._known[page] = self._store.captures(page)
        return self._known[page]

    def _entry(self, capture: Capture) -> Entry | None:
        prepared = self._prepared.get(capture.file)
        entry = prepared.entry if prepared else ledger.find(self._store.ledger, capture.file)
        return entry if entry and entry.kind is not Kind.PRUNED else None

    def _payload_hash(self, page: str, snapshot: Snapshot, before: Entry | None) -> str:
        if not snapshot.is_not_modified:
            return hashlib.sha256(snapshot.payload).hexdigest()
        if before is None:
            raise StoreError(f"the server says that {page} is unchanged, and no capture of it is here", "ask again")
        return before.payload

    def _free_name(self, page: str, at: datetime, payload: str) -> str | Entry:
        """A name that neither the disk nor the ledger has, or the entry of this very capture."""
        number = 1
        while self._is_taken(file := names.file_of(page, at, number)):
            prepared = self._prepared.get(file)
            entry = prepared.entry if prepared else ledger.find(self._store.ledger, file)
            is_there = prepared is not None or os.path.lexists(self._store.path(file))
            if entry and is_there and (entry.payload, entry.time) == (payload, _iso(at)):
                return entry
            number += 1
        return file

    def _is_taken(self, file: str) -> bool:
        """A capture that the disk has lost keeps its name: another one under it would pass for it."""
        if file in self._prepared or os.path.lexists(self._store.path(file)):
            return True
        if self._recorded is None:
            self._recorded = self._store.live_files.look()
        return file in self._recorded

    def _original_of(self, snapshot: Snapshot, before: Entry) -> warc.Original | None:
        """Where the payload stands already; None where that is damaged: then the page is put in once more, whole.

        Raises StoreError where the snapshot itself has no body, since the server said that its page is as it was.
        """
        try:
            return self._original(before)
        except StoreError:
            if snapshot.is_not_modified:
                raise
            return None

    def _original(self, before: Entry) -> warc.Original:
        file, held = before.file, self._held(before.file)
        if held.original:
            file, held = held.original, self._held(held.original)
        return warc.Original(held.record_id, held.address, held.date, held.payload_digest, file)

    def _held(self, file: str) -> warc.Held:
        prepared = self._prepared.get(file)
        return warc.held_in(prepared.content, file) if prepared else self._store.held(file)[0]

    def _next(self, kind: Kind, at: datetime, page: str, file: str) -> Entry:
        seq, before = self._end()
        return Entry(seq=seq, time=_iso(at), kind=kind, page=page, file=file, payload="", sha256="", before=before)

    def _end(self) -> tuple[int, str]:
        """The number of the line to come, and the hash of the one before it."""
        if self._prepared:
            entry = next(reversed(self._prepared.values())).entry
            return entry.seq + 1, ledger.hash_of(ledger.line_of(entry))
        last = ledger.last(self._store.ledger)
        return (last.number + 1, last.hash) if last else (1, ledger.FIRST_BEFORE)

    # -- putting it in

    def _put(self, prepared: Sequence[_Prepared]) -> None:
        """Drafts, lines, names: each step is on the disk before the next begins."""
        if not prepared:
            return
        try:
            self._make_folders(each.entry.page for each in prepared)
            _each(_write, prepared)
            ledger.append(self._store.ledger, b"\n".join(ledger.line_of(each.entry) for each in prepared))
            if prepared[0].entry.seq == 1:
                disk.sync_folder(self._store.folder)
            for each in prepared:
                os.rename(each.draft, self._store.path(each.entry.file))
            for page in {each.entry.page for each in prepared}:
                disk.sync_folder(self._store.path(page))
        except OSError as error:
            self.recover()
            raise disk.unwritable(self._store.folder, error) from error

    def _make_folders(self, pages: Iterable[str]) -> None:
        """The pages' folders and that of the drafts; raises where one of them could not be written later."""
        for path in {self._drafts, *map(self._store.path, pages)}:
            try:
                os.mkdir(path)
                disk.sync_folder(self._store.folder)
            except FileExistsError:
                if not os.access(path, os.W_OK | os.X_OK):
                    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path) from None

    def _refuse_links(self) -> None:
        """A folder of the store that is a link leads elsewhere: nothing is written or taken away there."""
        with os.scandir(self._store.folder) as entries:
            links = [each for each in entries if each.is_symlink()]
        for each in links:
            if each.name == DRAFTS or is_page_id(each.name):
                raise StoreError(f"{each.path} is a link, and leads out of the store", "put the folder itself there")

    # -- recovering

    def _finish(self, entry: Entry) -> None:
        """Do the last step of what the ledger says was done; `ledger` vouches that the file is one of the page's."""
        draft = os.path.join(self._drafts, str(entry.seq))
        if entry.kind is Kind.PRUNED:
            self._remove(entry)
        elif not os.path.lexists(self._store.path(entry.file)) and disk.hash_of_file(draft) == entry.sha256:
            self._make_folders([entry.page])
            os.rename(draft, self._store.path(entry.file))
            disk.sync_folder(self._store.path(entry.page))

    def _remove(self, entry: Entry) -> None:
        if disk.unlink(self._store.path(entry.file)):
            disk.sync_folder(self._store.path(entry.page))


class _Prepared(NamedTuple):
    """A capture that is about to be put in: its line, the content of its file, and the path of its draft."""

    entry: Entry
    content: bytes
    draft: str


def _each(do: Callable[[_Prepared], None], prepared: Sequence[_Prepared]) -> None:
    """Do it for each; several at once, since the disk syncs many files in the time of one."""
    if len(prepared) == 1:
        do(prepared[0])
        return
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  a single capture needs no threads

    with ThreadPoolExecutor(AT_ONCE) as threads:
        for done in [threads.submit(do, each) for each in prepared]:
            done.result()


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


def _write(prepared: _Prepared) -> None:
    disk.write_through(prepared.draft, prepared.content)


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except FileNotFoundError:
        return []
