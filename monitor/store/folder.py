"""A folder of snapshots: what is in it, reading from it, and writing to it, one writer at a time.

A capture is put in by three steps, each synced: its file is written as a draft, its line joins the ledger, the draft
gets its name. Whoever dies between two of them leaves what the next writer finishes or takes away, so that every file
under its name has its line and is whole.
"""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_right, insort
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from monitor.codings import decoded
from monitor.errors import OutputError, StoreError
from monitor.model.entry import Entry, Kind
from monitor.model.page import is_page_id
from monitor.model.snapshot import Capture, Exchange, Snapshot
from monitor.store import ledger, names, warc

LOCK = ".lock"
DRAFT = ".draft"
LONGEST_WAIT = 60.0  # seconds for another writer to finish; a capture takes milliseconds, an import lets others in
# No page comes near it; what a server's compressed page unfolds to must be given up before memory runs out.
MOST_BYTES = 512 * 1024 * 1024


class Added(NamedTuple):
    """The entry of a capture, and whether it is new: the same capture put in twice is there once."""

    entry: Entry
    is_new: bool


class Store:
    """The snapshots in a folder, which need not be there before something is put in."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.ledger = os.path.join(folder, ledger.NAME)

    def pages(self) -> list[str]:
        """The ids of the pages that have a folder, in order."""
        try:
            with os.scandir(self.folder) as entries:
                return sorted(each.name for each in entries if is_page_id(each.name) and each.is_dir())
        except (FileNotFoundError, NotADirectoryError):
            return []

    def captures(self, page: str) -> list[Capture]:
        """The page's captures in order of time; none where it has none."""
        if not is_page_id(page):
            return []
        try:
            found = [names.capture_of(page, name) for name in os.listdir(os.path.join(self.folder, page))]
        except (FileNotFoundError, NotADirectoryError):
            return []
        return sorted((each for each in found if each), key=names.order)

    def entry(self, capture: Capture) -> Entry:
        """The capture's line in the ledger. Raises StoreError where it has none: somebody else put the file there."""
        entry = ledger.find(self.ledger, capture.file)
        if entry is None or entry.kind is Kind.PRUNED:
            raise StoreError(f"{self.path(capture.file)} is not in the ledger", "monitor verify says what is wrong")
        return entry

    def load(self, capture: Capture) -> Snapshot:
        """The snapshot, its content coding taken off; of a page found unchanged, the body that it had before.

        Raises StoreError where the file is not as it was written.
        """
        held, entry = self._held(capture.file)
        payload = held.snapshot.payload
        if held.original:
            payload = self._held(held.original)[0].snapshot.payload
        if hashlib.sha256(payload).hexdigest() != entry.payload:
            raise _altered(self.path(held.original or capture.file))
        return self._whole(held, payload)._replace(source=capture.reference)

    def path(self, file: str) -> str:
        """Where a file of the store is on this machine."""
        return os.path.join(self.folder, *file.split("/"))

    @contextmanager
    def writing(self, wait: float = LONGEST_WAIT) -> Iterator[Writer]:
        """The one writer, once what another left behind is finished or taken away; `wait` is in seconds.

        Raises StoreError where another holds it for longer, OutputError where the folder cannot be written.
        """
        from filelock import FileLock, Timeout  # noqa: PLC0415  whoever only reads needs no lock

        lock = FileLock(os.path.join(self.folder, LOCK), timeout=wait)
        try:
            os.makedirs(self.folder, exist_ok=True)
            lock.acquire()
        except Timeout:
            raise StoreError(f"another monitor is writing to {self.folder}", "try again when it is done") from None
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        try:
            writer = Writer(self)
            writer.recover()
            yield writer
        finally:
            lock.release()

    def _held(self, file: str) -> tuple[warc.Held, Entry]:
        path, entry = self.path(file), self.entry(Capture("", datetime.min.replace(tzinfo=UTC), file))
        try:
            with open(path, "rb") as content:
                found = content.read()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise StoreError(f"{path} cannot be read: {reason}", "monitor verify says what else is wrong") from error
        if hashlib.sha256(found).hexdigest() != entry.sha256:
            raise _altered(path)
        return warc.held_in(found, path), entry

    def _whole(self, held: warc.Held, payload: bytes) -> Snapshot:
        """The snapshot with its payload in place, and without the content coding."""
        snapshot, coding = held.snapshot, None
        if snapshot.exchanges:
            last = snapshot.exchanges[-1]._replace(body=payload)
            snapshot = snapshot._replace(exchanges=(*snapshot.exchanges[:-1], last))
            coding, snapshot = self._as_first_sent(held, last, snapshot)
        return snapshot._replace(body=decoded(payload, coding, most=MOST_BYTES).body if coding else payload)

    def _as_first_sent(self, held: warc.Held, last: Exchange, snapshot: Snapshot) -> tuple[str | None, Snapshot]:
        """The content coding and the snapshot with its media type: a 304 leaves both out, its original has them."""
        coding, media_type = last.header("Content-Encoding"), snapshot.media_type
        if held.original and snapshot.is_not_modified:
            first = self._held(held.original)[0].snapshot
            coding = first.exchanges[-1].header("Content-Encoding") if first.exchanges else None
            media_type = media_type or first.media_type
        return coding, snapshot._replace(media_type=media_type)


class Writer:
    """What may be done while no other writes. Made by Store.writing."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, list[Capture]] = {}  # the captures of the pages written to: nobody else adds any

    def add(self, page: str, snapshot: Snapshot) -> Added:
        """Put a snapshot in; when this returns it is on the disk, with its line in the ledger.

        A payload equal to that of the capture before it is not stored again. A snapshot of the same time and payload
        as one that is there is not added.

        Raises ValueError where the page's id is none or the snapshot has no time, StoreError where the server says
        that the page is unchanged and nothing is known of it, OutputError where it cannot be written; then the store
        is as it was.
        """
        if snapshot.captured_at is None:
            raise ValueError("a snapshot without a time cannot be put into the store")
        before = self._before(page, snapshot.captured_at)
        payload = self._payload_hash(page, snapshot, before)
        file = self._free_name(page, snapshot.captured_at, payload)
        if isinstance(file, Entry):
            return Added(file, is_new=False)
        original = self._original(before) if before and before.payload == payload else None
        content = warc.content_of(page, snapshot, original)
        kind = Kind.REVISIT if original else Kind.RESPONSE if snapshot.exchanges else Kind.RESOURCE
        entry = self._next(kind, snapshot.captured_at, page, file)
        entry = entry._replace(payload=payload, sha256=hashlib.sha256(content).hexdigest())
        self._put(entry, content)
        insort(self._captures(page), Capture(page, _second(snapshot.captured_at), file), key=names.order)
        return Added(entry, is_new=True)

    def prune(self, entry: Entry, now: datetime) -> Entry:
        """Take a capture out, and leave a tombstone: the line that says so. Raises OutputError."""
        self._known.pop(entry.page, None)
        stone = self._next(Kind.PRUNED, now, entry.page, entry.file)
        stone = stone._replace(payload=entry.payload, sha256=entry.sha256)
        try:
            ledger.append(self._store.ledger, ledger.line_of(stone))
            self._remove(stone)
        except OSError as error:
            raise _unwritable(self._store.folder, error) from error
        return stone

    def recover(self) -> None:
        """Finish or take away what a writer left that died. Raises OutputError."""
        try:
            ledger.drop_torn_end(self._store.ledger)
            last = ledger.last(self._store.ledger)
            if last and last.entry:
                self._finish(last.entry)
            for page in self._store.pages():
                _unlink(self._draft(page))
        except OSError as error:
            raise _unwritable(self._store.folder, error) from error

    # -- adding

    def _before(self, page: str, at: datetime) -> Entry | None:
        captures = self._captures(page)
        place = bisect_right(captures, at, key=lambda each: each.at)
        return self._store.entry(captures[place - 1]) if place else None

    def _captures(self, page: str) -> list[Capture]:
        if page not in self._known:
            self._known[page] = self._store.captures(page)
        return self._known[page]

    def _payload_hash(self, page: str, snapshot: Snapshot, before: Entry | None) -> str:
        if not snapshot.is_not_modified:
            return hashlib.sha256(snapshot.payload).hexdigest()
        if before is None:
            raise StoreError(f"the server says that {page} is unchanged, and no capture of it is here", "ask again")
        return before.payload

    def _free_name(self, page: str, at: datetime, payload: str) -> str | Entry:
        """A name that is not taken, or the entry of this very capture."""
        number = 1
        while os.path.lexists(self._store.path(file := names.file_of(page, at, number))):
            entry = ledger.find(self._store.ledger, file)
            if entry and entry.payload == payload:
                return entry
            number += 1
        return file

    def _original(self, before: Entry) -> warc.Original:
        held = self._store._held(before.file)[0]  # noqa: SLF001  the two are one thing, a store being written
        file = before.file
        if held.original:
            file = held.original
            held = self._store._held(file)[0]  # noqa: SLF001  the two are one thing, a store being written
        return warc.Original(held.record_id, held.address, held.date, held.payload_digest, file)

    def _next(self, kind: Kind, at: datetime, page: str, file: str) -> Entry:
        last = ledger.last(self._store.ledger)
        seq, before = (last.number + 1, last.hash) if last else (1, ledger.FIRST_BEFORE)
        time = at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        return Entry(seq=seq, time=time, kind=kind, page=page, file=file, payload="", sha256="", before=before)

    def _put(self, entry: Entry, content: bytes) -> None:
        try:
            self._make_folder(entry.page)
            _write_through(self._draft(entry.page), content)
            ledger.append(self._store.ledger, ledger.line_of(entry))
            if entry.seq == 1:
                _sync_folder(self._store.folder)
            self._name(entry)
        except OSError as error:
            self.recover()
            raise _unwritable(self._store.folder, error) from error

    def _draft(self, page: str) -> str:
        """In the page's own folder, so that a folder which cannot be written is known before the ledger has a line."""
        return os.path.join(self._store.path(page), DRAFT)

    def _make_folder(self, page: str) -> None:
        try:
            os.mkdir(self._store.path(page))
        except FileExistsError:
            return
        _sync_folder(self._store.folder)

    def _name(self, entry: Entry) -> None:
        os.rename(self._draft(entry.page), self._store.path(entry.file))
        _sync_folder(self._store.path(entry.page))

    # -- recovering

    def _finish(self, entry: Entry) -> None:
        """Do the last step of what the ledger says was done."""
        if entry.kind is Kind.PRUNED:
            self._remove(entry)
        elif (
            not os.path.lexists(self._store.path(entry.file)) and _hash_of_file(self._draft(entry.page)) == entry.sha256
        ):
            self._make_folder(entry.page)
            self._name(entry)

    def _remove(self, entry: Entry) -> None:
        if _unlink(self._store.path(entry.file)):
            _sync_folder(self._store.path(entry.page))


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


def _write_through(path: str, content: bytes) -> None:
    with open(path, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _sync_folder(path: str) -> None:
    """Make the names in a folder last: a file's own sync does not say where it is."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _hash_of_file(path: str) -> str | None:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def _unlink(path: str) -> bool:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return False
    return True


def _altered(path: str) -> StoreError:
    return StoreError(f"{path} is not as it was written", "monitor verify says what else is wrong")


def _unwritable(folder: str, error: OSError) -> OutputError:
    reason = (error.strerror or str(error)).lower()
    return OutputError(f"cannot write to the store {folder}: {reason}", "make room there, or see who may write to it")
