"""A folder of snapshots: what is in it, reading from it, and the one who may write to it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.codings import decoded
from monitor.errors import StoreError
from monitor.model.entry import Entry, Kind
from monitor.model.page import is_page_id
from monitor.model.snapshot import Capture, Exchange, Snapshot
from monitor.store import disk, ledger, names, warc
from monitor.store.live_files import LiveFiles

if TYPE_CHECKING:
    from monitor.store.writer import Writer

LOCK = ".lock"
LONGEST_WAIT = 60.0  # seconds for another writer to finish; a capture takes milliseconds, an import lets others in


class Store:
    """The snapshots in a folder, which need not be there before something is put in."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.ledger = os.path.join(folder, ledger.NAME)
        self.live_files = LiveFiles(self.ledger)

    def pages(self) -> list[str]:
        """The ids of the pages that have a folder, in order."""
        try:
            with os.scandir(self.folder) as entries:
                folders = [each.name for each in entries if each.is_dir(follow_symlinks=False)]
                return sorted(filter(is_page_id, folders))
        except (FileNotFoundError, NotADirectoryError):
            return []

    def captures(self, page: str) -> list[Capture]:
        """The page's captures in order of time; none where it has none."""
        if not is_page_id(page) or os.path.islink(self.path(page)):
            return []
        try:
            found = [names.capture_of(page, name) for name in os.listdir(os.path.join(self.folder, page))]
        except (FileNotFoundError, NotADirectoryError):
            return []
        return sorted((each for each in found if each), key=names.order)

    def recorded(self, page: str) -> list[Capture]:
        """The captures of a page that are there or should be: on the disk, or in the ledger alone."""
        files = ledger.of_page(self.ledger, page)
        found = {each.file: each for each in self.captures(page)}
        lines = (names.capture_of(page, file.rpartition("/")[2]) for file in files if file not in found)
        return sorted((*found.values(), *(each for each in lines if each)), key=names.order)

    def lost(self, page: str) -> list[Capture]:
        """The captures of a page that the ledger has and the disk has not, in order of time; most often none."""
        files = ledger.live_files(self.ledger, page)  # first, for a capture has its line before its name
        gone = files - {each.file for each in self.captures(page)}
        captures = (names.capture_of(page, file.rpartition("/")[2]) for file in gone)
        return sorted((each for each in captures if each and self._is_lost(each)), key=names.order)

    def is_being_named(self, entry: Entry) -> bool:
        """Whether a writer is at work, or died: the next one gives the draft its name."""
        from monitor.store.writer import DRAFTS  # noqa: PLC0415  whoever only reads needs no writer

        try:
            return disk.hash_of_file(self.path(f"{DRAFTS}/{entry.seq}")) == entry.sha256
        except OSError:
            return False

    def fault(self, capture: Capture, sha256: str | None = None) -> str | None:
        """What is wrong with a capture's file: that it is not there, or not as it was written; None where it is.

        `sha256` is the hash that the ledger has of it, where somebody has looked it up already.
        """
        if sha256 is None:
            entry = ledger.find(self.ledger, capture.file)
            if entry is None or entry.kind is Kind.PRUNED:
                return f"{capture.reference} is not in the ledger"
            sha256 = entry.sha256
        try:
            found = disk.hash_of_file(self.path(capture.file))
        except OSError as error:
            return f"{capture.reference} cannot be read: {(error.strerror or str(error)).lower()}"
        if found is None:
            return f"{capture.reference} is missing: {self._said_of(capture)}"
        return None if found == sha256 else f"{capture.reference} is not as it was written"

    def taken_out(self, page: str) -> list[tuple[Capture, datetime]]:
        """The page's captures that were taken out and are not there again, and when (UTC)."""
        there, stones = {each.file for each in self.captures(page)}, ledger.stones(self.ledger, page)
        gone = {file: datetime.fromisoformat(stone.time) for file, stone in stones.items() if file not in there}
        found = ((names.capture_of(page, file.rpartition("/")[2]), at) for file, at in gone.items())
        return [(capture, at) for capture, at in found if capture]

    def entry(self, capture: Capture) -> Entry:
        """The capture's line in the ledger. Raises StoreError where it has none: somebody else put the file there."""
        entry = ledger.find(self.ledger, capture.file)
        if entry is None or entry.kind is Kind.PRUNED:
            raise StoreError(f"{self.path(capture.file)} is not in the ledger", "monitor verify says what is wrong")
        return entry

    def backwards(self, page: str) -> Iterator[Entry]:
        """The lines of the ledger on a page's captures, the last first; those that were taken out since have theirs."""
        return ledger.backwards(self.ledger, page)

    def load(self, capture: Capture) -> Snapshot:
        """The snapshot, its content coding taken off; of a page found unchanged, the body that it had before.

        Raises StoreError where the file is not as it was written.
        """
        held, entry = self.held(capture.file)
        payload = held.snapshot.payload
        if held.original:
            payload = self.held(held.original)[0].snapshot.payload
        if hashlib.sha256(payload).hexdigest() != entry.payload:
            raise _altered(self.path(held.original or capture.file))
        return self._whole(held, payload)._replace(source=capture.reference)

    def content(self, entry: Entry) -> bytes:
        """The file that an entry speaks of. Raises StoreError where it is not as it was written."""
        path = self.path(entry.file)
        content = disk.read(path)
        if hashlib.sha256(content).hexdigest() != entry.sha256:
            raise _altered(path)
        return content

    def path(self, file: str) -> str:
        """Where a file of the store is on this machine."""
        return os.path.join(self.folder, *file.split("/"))

    @contextmanager
    def writing(self, wait: float = LONGEST_WAIT) -> Iterator[Writer]:
        """The one writer, once what another left behind is finished or taken away; `wait` is in seconds.

        Raises StoreError where another holds it for longer, OutputError where the folder cannot be written.
        """
        from filelock import FileLock, Timeout  # noqa: PLC0415  whoever only reads needs no lock

        from monitor.store.writer import Writer  # noqa: PLC0415  whoever only reads needs none

        lock = FileLock(os.path.join(self.folder, LOCK), timeout=wait)
        try:
            os.makedirs(self.folder, exist_ok=True)
            lock.acquire()
        except Timeout:
            raise StoreError(f"another monitor is writing to {self.folder}", "try again when it is done") from None
        except OSError as error:
            raise disk.unwritable(self.folder, error) from error
        try:
            writer = Writer(self)
            writer.recover()
            yield writer
        finally:
            lock.release()

    def held(self, file: str) -> tuple[warc.Held, Entry]:
        """What a file holds, and its entry. Raises StoreError where it is not as it was written."""
        entry = self.entry(Capture("", datetime.min.replace(tzinfo=UTC), file))
        return warc.held_in(self.content(entry), self.path(file)), entry

    def _is_lost(self, capture: Capture) -> bool:
        entry = ledger.find(self.ledger, capture.file)
        if entry is None or entry.kind is Kind.PRUNED or os.path.lexists(self.path(capture.file)):
            return False
        return not self.is_being_named(entry)

    def _said_of(self, capture: Capture) -> str:
        entry = ledger.find(self.ledger, capture.file)
        return f"the ledger has it as number {entry.seq}" if entry else "the ledger does not have it"

    def _whole(self, held: warc.Held, payload: bytes) -> Snapshot:
        """The snapshot with its payload in place, and without the content coding."""
        snapshot, coding = held.snapshot, None
        if snapshot.exchanges:
            last = snapshot.exchanges[-1]._replace(body=payload)
            snapshot = snapshot._replace(exchanges=(*snapshot.exchanges[:-1], last))
            coding, snapshot = self._as_first_sent(held, last, snapshot)
        return snapshot._replace(body=decoded(payload, coding, most=warc.MOST_BYTES).body if coding else payload)

    def _as_first_sent(self, held: warc.Held, last: Exchange, snapshot: Snapshot) -> tuple[str | None, Snapshot]:
        """The content coding and the snapshot with its media type: a 304 leaves both out, its original has them."""
        coding, media_type = last.header("Content-Encoding"), snapshot.media_type
        if held.original and snapshot.is_not_modified:
            first = self.held(held.original)[0].snapshot
            coding = first.exchanges[-1].header("Content-Encoding") if first.exchanges else None
            media_type = media_type or first.media_type
        return coding, snapshot._replace(media_type=media_type)


def _altered(path: str) -> StoreError:
    return StoreError(f"{path} is not as it was written", "monitor verify says what else is wrong")
