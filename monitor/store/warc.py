"""A snapshot ↔ the content of its file: a set of WARC 1.1 records, each a gzip member of its own.

    request, response           what was said over HTTP, redirects first; or
    resource                    a file, or the DOM that a browser made; beside the DOM its screenshot
    revisit                     in place of the last of these: the page as it was, and where that stands
    metadata                    what wrote it, the page, how the time is known, where the capture came from

There is no warcinfo: one of its own for each capture would be a tenth of what an unchanged one takes.

The same snapshot gives the same records: their ids are made from the page, the time and the payload.
"""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import quote

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType as Type

from monitor.errors import StoreError
from monitor.model.entry import Kind
from monitor.model.snapshot import LONGEST_ADDRESS, Exchange, Snapshot

# No page comes near it; what a file unfolds to must be given up before memory runs out.
MOST_BYTES = 512 * 1024 * 1024
COMPRESSION = 9  # of zlib: a page is written once and kept for ever
PROFILES = {
    False: "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
    True: "http://netpreserve.org/warc/1.1/revisit/server-not-modified",
}
_FIELDS = "application/warc-fields"
_UNTYPED = "application/octet-stream"
_IDS = uuid.UUID("6f1c2a5e-3b0d-5d0a-9a53-6d6f6e69746f")  # the name space of the records' ids: it makes them ours
_VIEW = "urn:view:"  # as Browsertrix names screenshots
_HEAD_LENGTH = "http-head-length"
_EMPTY_LINE = b"\r\n\r\n"
_OWN_NOTES = frozenset(("software", "page", "protocol", _HEAD_LENGTH))
_UNKNOWN = "unknown"
_MAIN = Type.response | Type.resource | Type.revisit


class Original(NamedTuple):
    """The record that holds the payload of a capture which found its page as it was, and the store's file it is in."""

    record_id: str
    url: str
    date: str
    payload_digest: str
    file: str


class Held(NamedTuple):
    """What a file holds. The snapshot's body has its content coding on, as its last exchange's has.

    `original` is the store's file that holds the payload, where this one does not; `record_id`, `address`, `date` and
    `payload_digest` are the main record's.
    """

    snapshot: Snapshot
    record_id: str
    address: str
    date: str
    payload_digest: str
    original: str | None

    @property
    def kind(self) -> Kind:
        """What the ledger calls it."""
        if self.original:
            return Kind.REVISIT
        return Kind.RESPONSE if self.snapshot.exchanges else Kind.RESOURCE


def content_of(page: str, snapshot: Snapshot, original: Original | None = None) -> bytes:
    """The content of the file for a page's snapshot, whose payload the `original` has, where there is one.

    Raises ValueError where the snapshot has no time, StoreError where an address is too long to be read again.
    """
    if snapshot.captured_at is None:
        raise ValueError("a snapshot without a time cannot be put into the store")
    urls = (snapshot.url or "", *(each.url for each in snapshot.exchanges))
    if any(len(url.encode()) > LONGEST_ADDRESS for url in urls):
        what = f"an address of {page} has more than {LONGEST_ADDRESS:,} letters, and cannot be kept"
        raise StoreError(what, "watch it by a shorter address")
    out = io.BytesIO()
    writer = GzipWriter(out, compression_level=COMPRESSION)
    for record in _Set(page, snapshot, snapshot.captured_at, original).records():
        # The metadata's own digest is left out: the ledger's hash of the file vouches for them.
        is_evidence = record.record.record_type is not Type.metadata
        record.record.write(writer, checksum_data=is_evidence, payload_digest=record.payload_digest)
        writer.finish()
    return out.getvalue()


def held_in(content: bytes, source: str) -> Held:
    """What the content of a file holds. Raises StoreError, which names `source`, where it holds no capture."""
    try:
        records = list(_parsed(content))
    except (OSError, ValueError, StopIteration) as error:
        raise StoreError(f"{source} cannot be read ({error})", "monitor verify says what else is wrong") from error
    main = [each for each in records if each.type & _MAIN and not _is_view(each)]
    if not main:
        raise StoreError(f"{source} holds no capture", "monitor verify says what else is wrong")
    return _held(main[-1], records, source)


def sha1_of(payload: bytes) -> bytes:
    """The SHA-1 of a payload, as the digests of WARC files are by custom."""
    return hashlib.sha1(payload, usedforsecurity=False).digest()


# -- writing


class _Record(NamedTuple):
    record: WarcRecord
    payload_digest: bytes | None


class _Set:
    """The records of one capture, in order."""

    def __init__(self, page: str, snapshot: Snapshot, at: datetime, original: Original | None) -> None:
        self.page, self.snapshot, self.original = page, snapshot, original
        self.date = _date(at)
        self.payload = snapshot.payload
        self.seed = f"{page} {self.date} {hashlib.sha256(self.payload).hexdigest()}"
        self.number = 0
        self.main = ""

    def records(self) -> Iterator[_Record]:
        for at, exchange in enumerate(self.snapshot.exchanges, start=1):
            is_last = at == len(self.snapshot.exchanges)
            yield from self._exchange(exchange, self.original if is_last else None)
        if not self.snapshot.exchanges:
            yield self._revisit(_address(self.snapshot), b"", self.original) if self.original else self._resource()
        if self.snapshot.screenshot is not None:
            yield self._screenshot(self.snapshot.screenshot)
        yield self._metadata()

    def _new(self, kind: Type, block: bytes, media_type: str, url: str | None = None) -> WarcRecord:
        self.number += 1
        record = WarcRecord()
        name = str(uuid.uuid5(_IDS, f"{self.seed} {self.number}"))
        record.init_headers(kind, f"uuid:{name}".encode(), content_length=len(block))
        record.headers["WARC-Date"] = self.date
        record.headers["Content-Type"] = media_type
        if url is not None:
            record.headers["WARC-Target-URI"] = url
        record.set_bytes_content(block)
        return record

    def _exchange(self, exchange: Exchange, original: Original | None) -> Iterator[_Record]:
        request_id = None
        if exchange.request:
            request = self._new(Type.request, exchange.request, "application/http; msgtype=request", exchange.url)
            request_id = request.record_id
            yield _Record(request, None)
        if original:
            answer = self._revisit(exchange.url, exchange.response, original)
        else:
            block = exchange.response + exchange.body
            record = self._new(Type.response, block, "application/http; msgtype=response", exchange.url)
            self.main = record.record_id or ""
            answer = _Record(record, sha1_of(exchange.body))
        if request_id:
            answer.record.headers["WARC-Concurrent-To"] = request_id
        if exchange.address:
            answer.record.headers["WARC-IP-Address"] = exchange.address
        yield answer

    def _resource(self) -> _Record:
        media_type = self.snapshot.media_type or _UNTYPED
        record = self._new(Type.resource, self.payload, media_type, _address(self.snapshot))
        self.main = record.record_id or ""
        return _Record(record, sha1_of(self.payload))

    def _revisit(self, url: str, head: bytes, original: Original) -> _Record:
        media_type = "application/http; msgtype=response" if head else self.snapshot.media_type or _UNTYPED
        record = self._new(Type.revisit, head, media_type, url)
        self.main = record.record_id or ""
        for name, value in (
            ("WARC-Profile", PROFILES[self.snapshot.is_not_modified]),
            ("WARC-Payload-Digest", original.payload_digest),
            ("WARC-Refers-To", original.record_id),
            ("WARC-Refers-To-Target-URI", original.url),
            ("WARC-Refers-To-Date", original.date),
            ("WARC-Refers-To-Filename", original.file),
        ):
            record.headers[name] = value
        return _Record(record, None)

    def _screenshot(self, image: bytes) -> _Record:
        """Under the name that other browsers' archives give it."""
        record = self._new(Type.resource, image, "image/png", f"{_VIEW}{_address(self.snapshot)}")
        record.headers["WARC-Concurrent-To"] = self.main
        return _Record(record, sha1_of(image))

    def _metadata(self) -> _Record:
        protocols = [("protocol", each.protocol or _UNKNOWN) for each in self.snapshot.exchanges]
        lengths = [(_HEAD_LENGTH, str(len(each.response))) for each in self._oddly_headed()]
        notes = [("software", "monitor"), ("page", self.page), *protocols, *lengths, *self.snapshot.notes]
        record = self._new(Type.metadata, _fields(notes), _FIELDS, _address(self.snapshot))
        record.headers["WARC-Concurrent-To"] = self.main
        return _Record(record, None)

    def _oddly_headed(self) -> Sequence[Exchange]:
        """All exchanges, where the head of one does not end at the first empty line, as a server's mixed line ends."""
        exchanges = self.snapshot.exchanges
        is_odd = any((each.response + each.body).partition(_EMPTY_LINE)[2] != each.body for each in exchanges)
        return exchanges if is_odd else ()


def _address(snapshot: Snapshot) -> str:
    """Where the bytes came from; a file by its name alone, for no path of this machine is anybody's business."""
    if snapshot.exchanges:
        return snapshot.exchanges[-1].url
    return snapshot.url or f"file:///{quote(snapshot.source.replace(chr(92), '/').rpartition('/')[2])}"


def _date(at: datetime) -> str:
    """ISO 8601 in UTC, with the microseconds where there are any, as WARC 1.1 allows."""
    utc = at.astimezone(UTC)
    return utc.isoformat().replace("+00:00", "Z")


def _fields(pairs: Iterable[tuple[str, str]]) -> bytes:
    lines = [f"{name}: {' '.join(value.split())}\r\n" for name, value in pairs]
    return "".join(lines).encode()


# -- reading


class _Parsed(NamedTuple):
    type: Type
    headers: dict[str, str]
    block: bytes


def _parsed(content: bytes) -> Iterator[_Parsed]:
    for record in ArchiveIterator(io.BytesIO(content), parse_http=False):
        headers = {name.lower(): value for name, value in record.headers.items()}
        if record.content_length > MOST_BYTES:
            raise ValueError(f"a record of more than {MOST_BYTES:,} bytes")
        yield _Parsed(record.record_type, headers, record.reader.read())


def _is_view(record: _Parsed) -> bool:
    return record.headers.get("warc-target-uri", "").startswith(_VIEW)


def _held(main: _Parsed, records: Sequence[_Parsed], source: str) -> Held:
    notes = [note for each in records if each.type is Type.metadata for note in _notes(each.block)]
    protocols = [value for name, value in notes if name == "protocol"]
    lengths = [int(value) for name, value in notes if name == _HEAD_LENGTH and value.isdecimal()]
    exchanges = tuple(_exchanges(records, protocols, lengths))
    url, media_type = main.headers.get("warc-target-uri"), main.headers.get("content-type")
    if exchanges:
        media_type = exchanges[-1].header("Content-Type")
    snapshot = Snapshot(
        source=source,
        body=exchanges[-1].body if exchanges else main.block,
        captured_at=_moment(main.headers.get("warc-date", "")),
        media_type=None if media_type == _UNTYPED else media_type,
        url=None if not url or url.startswith("file:") else url,
        exchanges=exchanges,
        notes=tuple(each for each in notes if each[0] not in _OWN_NOTES),
        screenshot=next((each.block for each in records if _is_view(each)), None),
    )
    return Held(
        snapshot=snapshot,
        record_id=main.headers.get("warc-record-id", ""),
        address=url or "",
        date=main.headers.get("warc-date", ""),
        payload_digest=main.headers.get("warc-payload-digest", ""),
        original=main.headers.get("warc-refers-to-filename") if main.type is Type.revisit else None,
    )


def _exchanges(records: Sequence[_Parsed], protocols: Sequence[str], lengths: Sequence[int]) -> Iterator[Exchange]:
    request = b""
    spoken, known = iter(protocols), iter(lengths)
    for each in records:
        if each.type is Type.request:
            request = each.block
        elif each.type & (Type.response | Type.revisit) and each.block:
            body = each.block.partition(_EMPTY_LINE)[2]
            length = next(known, len(each.block) - len(body))
            yield Exchange(
                url=each.headers.get("warc-target-uri", ""),
                response=each.block[:length],
                body=each.block[length:],
                request=request,
                protocol=None if (protocol := next(spoken, _UNKNOWN)) == _UNKNOWN else protocol,
                address=each.headers.get("warc-ip-address"),
            )
            request = b""


def _notes(block: bytes) -> Iterator[tuple[str, str]]:
    for line in block.decode("utf-8", "replace").splitlines():
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip(), value.strip()


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return None
