"""A store → each fault in it: what was tampered with, is missing, torn, or was put there by somebody else.

Everything is read again: each line of the ledger, each file, each record's digests. Writes nothing, waits for no
writer: what one is doing at the moment is no fault.
"""

from __future__ import annotations

import hashlib
import os
import re
import zlib
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from monitor.errors import StoreError
from monitor.model.entry import Entry, Kind
from monitor.store import disk, ledger, warc
from monitor.store.folder import LOCK, Store
from monitor.store.timestamps import FOLDER
from monitor.store.writer import DRAFTS

# What stands in the store's folder beside the pages' and is not evidence.
_OWN_FILES = frozenset((ledger.NAME, LOCK, ".run.lock", ".deliver.lock", ".gitignore", "README.md"))
_GZIP = 31  # zlib's word for its largest window in the wrapping of gzip
# The catalogue, what SQLite and the catalogue's lock put beside it, and what was set aside of it.
_CATALOGUE = r"catalogue\.sqlite(\.(before|broken)-\d+)?(\.new)?(-wal|-shm|-journal|\.lock)?"
_STEP = 1024 * 1024


class Sign(str, Enum):
    """What is wrong."""

    TAMPERED = "tampered"  # it is there, whole in form, and not what was written
    MISSING = "missing"  # the ledger has it, the disk has not; or it is the ledger
    TORN = "torn"  # it ends too early
    EXTRA = "extra"  # the disk has it, the ledger has not
    BROKEN = "broken"  # a line of the ledger that is none, or that does not follow the one before


class Fault(NamedTuple):
    """One fault: what, where (a file of the store, or "ledger.jsonl:12"), and the facts."""

    sign: Sign
    place: str
    reason: str


class Verified(NamedTuple):
    """What was looked at, and what is wrong. `head` is the hash of the newest line: who keeps it keeps the proof."""

    captures: int
    pages: int
    pruned: int
    size: int
    head: str | None
    faults: tuple[Fault, ...]


def verify(store: Store) -> Verified:
    """Read everything again. Raises OSError where the ledger cannot be opened."""
    read = _Ledger(store)
    faults = [*read.lines(), *read.files(), *_extra(store, read)]
    if faults and not os.path.lexists(store.ledger):
        lost = "there are captures and no ledger that vouches for them; put it back from a copy of the store"
        faults.insert(0, Fault(Sign.MISSING, ledger.NAME, lost))
    return Verified(
        captures=len(read.live),
        pages=len({entry.page for entry in read.live.values()}),
        pruned=len(read.pruned),
        size=read.size,
        head=read.head,
        faults=tuple(faults),
    )


class _Ledger:
    """The lines as they are read, and what they say should be there."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.live: dict[str, Entry] = {}
        self.pruned: set[str] = set()
        self.head: str | None = None
        self.size = 0

    def lines(self) -> Iterator[Fault]:
        seq, before = 0, ledger.FIRST_BEFORE
        for line in ledger.lines(self.store.ledger):
            place = f"{ledger.NAME}:{line.number}"
            if line.entry is None:
                yield Fault(Sign.BROKEN, place, "this line is no entry")
            else:
                yield from _chained(line.entry, seq + 1, before, place)
                yield from self._take(line.entry, place)
            seq = line.entry.seq if line.entry else seq + 1
            before = self.head = line.hash
        if ledger.is_torn(self.store.ledger):
            yield Fault(
                Sign.TORN, ledger.NAME, "its last line was not written to the end; the next capture takes it off"
            )

    def files(self) -> Iterator[Fault]:
        """A fault for each file that is not as its entry says."""
        for entry in self.live.values():
            yield from self._file(entry)

    def _take(self, entry: Entry, place: str) -> Iterator[Fault]:
        """A file is put in once before it is taken out, and taken out by what still has its hashes."""
        there = self.live.get(entry.file)
        if entry.kind is Kind.PRUNED:
            if there is None or (there.payload, there.sha256) != (entry.payload, entry.sha256):
                yield Fault(Sign.BROKEN, place, f"it takes out {entry.file}, which was not there with these hashes")
            self.live.pop(entry.file, None)
            self.pruned.add(entry.file)
            return
        if there is not None:
            yield Fault(Sign.BROKEN, place, f"it puts in {entry.file} again, which is there as number {there.seq}")
            return
        self.live[entry.file] = entry
        self.pruned.discard(entry.file)

    def _file(self, entry: Entry) -> Iterator[Fault]:
        path = self.store.path(entry.file)
        if os.path.islink(os.path.dirname(path)):
            yield Fault(Sign.EXTRA, entry.page, "it is a link, and leads out of the store")
            return
        if not os.path.lexists(path):
            if not self.store.is_being_named(entry):
                yield Fault(Sign.MISSING, entry.file, f"the ledger has it as number {entry.seq}")
            return
        try:
            content = disk.read(path)
        except StoreError as error:
            yield Fault(Sign.MISSING, entry.file, error.what.rpartition(": ")[2])
            return
        self.size += len(content)
        if hashlib.sha256(content).hexdigest() == entry.sha256:
            yield from self._records(entry, content)
        elif _is_torn(content):
            yield Fault(Sign.TORN, entry.file, f"it ends after {len(content):,} bytes, in the middle of a record")
        else:
            yield Fault(Sign.TAMPERED, entry.file, "its SHA-256 is not the one in the ledger")

    def _records(self, entry: Entry, content: bytes) -> Iterator[Fault]:
        """What the file holds against what the ledger says of it: only a forged ledger gets so far."""
        try:
            held = warc.held_in(content, entry.file)
        except StoreError as error:
            yield Fault(Sign.TAMPERED, entry.file, error.what)
            return
        if (held.date, held.kind, f"{entry.page}/") != (entry.time, entry.kind, entry.file[: len(entry.page) + 1]):
            yield Fault(Sign.TAMPERED, entry.file, f"its time, kind or page is not what the ledger says: {held.date}")
        if held.original:
            original = self.live.get(held.original)
            found = original.payload if original and original.kind is not Kind.REVISIT else None
            if found != entry.payload:
                yield Fault(Sign.TAMPERED, entry.file, f"it refers to {held.original}, which does not hold its page")
        elif hashlib.sha256(held.snapshot.payload).hexdigest() != entry.payload:
            yield Fault(Sign.TAMPERED, entry.file, "its page is not the one whose SHA-256 is in the ledger")


def _chained(entry: Entry, seq: int, before: str, place: str) -> Iterator[Fault]:
    if entry.before != before:
        yield Fault(Sign.BROKEN, place, "it does not follow the line before it: one of the two was changed")
    elif entry.seq != seq:
        yield Fault(Sign.BROKEN, place, f"it is number {entry.seq} where {seq} should be")


def _is_torn(content: bytes) -> bool:
    """Whether a file is as it was written up to its end, and then breaks off: in the middle of a gzip member."""
    while content:
        member = zlib.decompressobj(_GZIP)
        try:
            while content and not member.eof:
                member.decompress(content, _STEP)
                content = member.unconsumed_tail
        except zlib.error:
            return False
        if not member.eof:
            return True
        content = member.unused_data
    return False


def _extra(store: Store, read: _Ledger) -> Iterator[Fault]:
    """Files that no line speaks of. What a writer put there meanwhile has its line by now."""
    strange = [file for file in _files(store.folder) if file not in read.live]
    if strange:
        known = {line.entry.file for line in ledger.lines(store.ledger) if line.entry}
        for file in sorted(strange):
            if file in read.pruned:
                yield Fault(Sign.EXTRA, file, "the ledger says that it was taken out")
            elif file not in known:
                yield Fault(Sign.EXTRA, file, "the ledger does not have it")


def _files(folder: str) -> Iterator[str]:
    """All files below, by their names in the store; those that are the store's own left out."""
    for place, folders, files in os.walk(folder):
        inner = os.path.relpath(place, folder).replace(os.sep, "/")
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        for name in (*files, *links):
            if inner == "." and (name in _OWN_FILES or re.fullmatch(_CATALOGUE, name)):
                continue
            if inner not in (DRAFTS, FOLDER):  # time stamps have a check of their own
                yield name if inner == "." else f"{inner}/{name}"
