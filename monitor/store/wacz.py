"""Captures of a store → a WACZ 1.1.1 package for players of web archives, and beside it what proves them.

    archive/                    the store's files, byte for byte
    indexes/                    where in them each record is
    pages/pages.jsonl           a line for each capture
    evidence/ledger.jsonl       the ledger whole, for the lines of one page alone would not chain
    evidence/manifest.json      what is in here, whose it is, and how to check it
    evidence/SHA256SUMS         the same for sha256sum
    timestamps/                 what authorities signed of the ledger
    datapackage.json            all of these with their hashes; datapackage-digest.json has its own

Nothing lies deeper than one folder, and what is compressed already is not compressed again, as checkers want it.
One capture is in memory at a time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from monitor.errors import StoreError
from monitor.model.entry import Entry
from monitor.model.snapshot import Capture
from monitor.store import ledger, timestamps, warc
from monitor.store.cdxj import Index
from monitor.store.folder import Store

VERSION = "1.1.1"
SCHEMA = "monitor.manifest/1"
LEDGER, MANIFEST, SUMS = "evidence/ledger.jsonl", "evidence/manifest.json", "evidence/SHA256SUMS"
_PACKED_ALREADY = (".gz", ".tsr")
_HOW_TO_CHECK = (
    f"In the unpacked folder, sha256sum -c {SUMS} says OK for each file.",
    f"The hash of a line is what this prints, here of the first: sed -n 1p {LEDGER} | tr -d '\\n' | sha256sum",
    f"Each line of {LEDGER} has in `before` the hash of the line above it, the first 64 zeros.",
    "`head` is the hash of the last line.",
    "Whoever knows that hash from another source, or a time stamp of it, knows that no line was changed since.",
    "`sha256` in a line is the SHA-256 of that capture's file; `captures` below says where in archive/ that is.",
    "A line whose file is not in `captures` is of a capture that was not handed over; the chain needs its line.",
    "`payload` is the SHA-256 of the page as it came, content coding included; a revisit names the file of it.",
)


class Packed(NamedTuple):
    """What went in: how many captures, of how many pages, and the hash of the newest line of the ledger."""

    captures: int
    pages: int
    head: str


class _File(NamedTuple):
    path: str
    sha256: str
    size: int


def write_package(
    out: BinaryIO,
    store: Store,
    captures: Sequence[Capture],
    title_of: Callable[[Capture], str | None],
    *,
    created: datetime,
    software: str,
) -> Packed:
    """Write the captures into `out`, each as `title_of` calls it. `created` is aware.

    Raises StoreError where one is not as it was written, InputError where what makes the index is not installed.
    """
    index, pages, packed = Index(), _Pages(title_of), []
    with ZipFile(out, "w") as archive:
        package = _Package(archive, created)
        entries = ledger.live(store.ledger)
        for capture in captures:
            entry = _entry_of(capture, entries, store)
            content = store.content(entry)
            path = _path_of(entry)
            package.add(path, content)
            index.add(content, path.rpartition("/")[2])
            pages.add(capture, warc.held_in(content, entry.file), entry)
            packed.append({"path": path, **entry._asdict()})
        for name, content in index.files().items():
            package.add(f"indexes/{name}", content)
        package.add("pages/pages.jsonl", pages.text())
        head = package.add_evidence(store, packed, software)
        package.close(software)
    return Packed(len(packed), len({each["page"] for each in packed}), head)


def _entry_of(capture: Capture, entries: Mapping[str, Entry], store: Store) -> Entry:
    if capture.file not in entries:
        raise StoreError(f"{store.path(capture.file)} is not in the ledger", "monitor verify says what is wrong")
    return entries[capture.file]


def _path_of(entry: Entry) -> str:
    """ "archive/rusemb-uk-2020-07-04T052500Z.warc.gz": with its page, since two may have captures of one time."""
    return f"archive/{entry.file.replace('/', '-')}"


class _Pages:
    """The list of the captures that a player shows."""

    def __init__(self, title_of: Callable[[Capture], str | None]) -> None:
        self._title_of = title_of
        self._titles: dict[str, str | None] = {}  # by payload: a page that did not change is read once
        self._lines = [_json_line({"format": "json-pages-1.0", "id": "pages", "title": "Captures"})]

    def add(self, capture: Capture, held: warc.Held, entry: Entry) -> None:
        if entry.payload not in self._titles:
            self._titles[entry.payload] = self._title_of(capture)
        told = {
            "id": held.record_id.strip("<>").rpartition(":")[2],
            "url": held.address,
            "ts": held.date,
            "title": self._titles[entry.payload] or entry.page,
        }
        self._lines.append(_json_line(told))

    def text(self) -> bytes:
        return b"".join(self._lines)


class _Package:
    """A WACZ that is being written, and what is in it so far."""

    def __init__(self, archive: ZipFile, created: datetime) -> None:
        self._archive, self._created = archive, created.astimezone(UTC)
        self._files: list[_File] = []

    def add(self, path: str, content: bytes) -> None:
        self._archive.writestr(self._info(path), content)
        self._files.append(_File(path, hashlib.sha256(content).hexdigest(), len(content)))

    def add_evidence(self, store: Store, captures: list[dict[str, object]], software: str) -> str:
        """Put in the ledger, what was signed of it, the manifest and the sums; the hash of the ledger's newest line."""
        lines = _LedgerLines(store)
        self._add_lines(LEDGER, lines)
        for answer in timestamps.answers_in(store.folder):
            self.add(answer.file, timestamps.read(store.folder, answer))
        self.add(MANIFEST, _json(self._manifest(lines, captures, software)))
        self.add(SUMS, "".join(f"{each.sha256}  {each.path}\n" for each in self._files).encode())
        return lines.head

    def close(self, software: str) -> None:
        package = {
            "profile": "data-package",
            "wacz_version": VERSION,
            "title": "Captures of web pages, with the ledger that proves them",
            "created": _moment(self._created),
            "software": software,
            "resources": list(self._resources()),
        }
        content = _json(package)
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
        self._archive.writestr(self._info("datapackage.json"), content)
        self._archive.writestr(self._info("datapackage-digest.json"), _json(digest))

    def _add_lines(self, path: str, lines: Iterable[bytes]) -> None:
        hasher, size = hashlib.sha256(), 0
        with self._archive.open(self._info(path), "w") as out:
            for line in lines:
                hasher.update(line)
                size += out.write(line)
        self._files.append(_File(path, hasher.hexdigest(), size))

    def _info(self, path: str) -> ZipInfo:
        info = ZipInfo(path, self._created.timetuple()[:6])
        info.compress_type = ZIP_STORED if path.endswith(_PACKED_ALREADY) else ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        return info

    def _manifest(self, lines: _LedgerLines, captures: list[dict[str, object]], software: str) -> dict[str, object]:
        return {
            "schema": SCHEMA,
            "created": _moment(self._created),
            "software": software,
            "head": lines.head,
            "lines": lines.count,
            "how_to_check": _HOW_TO_CHECK,
            "captures": captures,
            "files": [each._asdict() for each in self._files],
        }

    def _resources(self) -> Iterator[dict[str, object]]:
        """Each file as the data package names it; a name is in lower case and there once."""
        taken: dict[str, int] = {}
        for each in self._files:
            name = each.path.rpartition("/")[2].lower()
            taken[name] = taken.get(name, 0) + 1
            again = f"-{taken[name]}" if taken[name] > 1 else ""
            yield {"name": name + again, "path": each.path, "hash": f"sha256:{each.sha256}", "bytes": each.size}


class _LedgerLines:
    """The whole lines of a ledger; when they were read, how many they are and the hash of the last."""

    def __init__(self, store: Store) -> None:
        self._path = store.ledger
        self.count, self.head = 0, ledger.FIRST_BEFORE

    def __iter__(self) -> Iterator[bytes]:
        for line in ledger.lines(self._path):
            self.count, self.head = line.number, line.hash
            yield line.text + b"\n"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _json(told: object) -> bytes:
    return json.dumps(told, indent=2).encode() + b"\n"


def _json_line(told: object) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"
