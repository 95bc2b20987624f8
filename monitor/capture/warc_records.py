"""A WARC file → its records, each with its block in memory, and what in it could not be read."""

from __future__ import annotations

import hashlib
import zlib
from base64 import b32encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from lzma import LZMAError
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from zipfile import BadZipFile

from monitor.capture.found import Fault
from monitor.capture.from_file import MOST_BYTES, captured_at
from monitor.codings import decoded
from monitor.errors import InputError
from monitor.model.snapshot import Exchange

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_BROKEN = (
    OSError,
    EOFError,
    BadZipFile,
    LZMAError,
    zlib.error,
)  # what the file's own layer, or the archive around it, cannot read on
_HEAD = 512
_DIGESTS = {"md5", "sha1", "sha256", "sha384", "sha512"}


class Part(NamedTuple):
    """A WARC file, in a folder or inside another file: what to call it, and how to open it, as often as is asked."""

    name: str
    open: Callable[[], BinaryIO]


class Record(NamedTuple):
    """One record: its type ("response"), id, address, time (UTC) and header fields, and the bytes of its block.

    `is_intact` says that the block has the digest that stands beside it, or that none that can be checked does.
    """

    kind: str
    id: str
    url: str
    at: datetime | None
    fields: tuple[tuple[str, str], ...]
    block: bytes
    is_intact: bool

    def field(self, name: str) -> str | None:
        """The value of the first header field of that name."""
        return next(iter(self.all_of(name)), None)

    def all_of(self, name: str) -> list[str]:
        """The values of all header fields of that name."""
        return [value for key, value in self.fields if key.lower() == name.lower()]

    def label(self, file: str) -> str:
        """How to call the record of a file in a sentence."""
        when = f" of {self.at:%Y-%m-%d %H:%M:%S} UTC" if self.at else ""
        return f"{file}, the record of {self.url or 'no address'}{when}"

    @property
    def is_http(self) -> bool:
        """Whether the block is a message of HTTP."""
        return self.block.startswith(b"HTTP/")

    @property
    def status(self) -> int:
        """The status that the block's first line gives; 0 where it gives none."""
        return Exchange("", self.block[:_HEAD].partition(b"\n")[0], b"").status if self.is_http else 0


def records_in(part: Part) -> Iterator[Record | Fault]:
    """All records that can be read, in their order; of what lies between or behind them each fault once.

    Raises InputError where the file is of another kind.
    """
    is_loose = _has_bare_line_feeds(part)
    given = 0
    try:
        for record in _read(part, is_loose=is_loose):
            yield record
            given += 1
            del record  # before the next is read: each may be as large as a record may be
    except _BROKEN as error:
        beyond = _beyond(part, given)
        following = next(beyond, None)
        if not given and following is None:
            raise _no_warc(part) from error
        yield Fault(part.name, f"what follows record {given} is damaged ({_reason(error)})")
        if following is not None:
            yield following
            yield from beyond
    else:
        if not given:
            raise _no_warc(part)


def _no_warc(part: Part) -> InputError:
    return InputError(f"{part.name} is no WARC file: it holds no record", "check that it is whole, and what it is")


def _has_bare_line_feeds(part: Part) -> bool:
    """Whether the records' heads are written without carriage returns, against the standard."""
    with part.open() as file:
        head = file.read(_HEAD)
    head = decoded(head, "gzip", most=_HEAD).body if head.startswith(b"\x1f\x8b") else head
    if head.startswith(b"filedesc:"):
        remedy = "write it anew as WARC (warcio recompress FILE NEW.warc.gz) and import that"
        raise InputError(f"{part.name} is an ARC file, the format before WARC, which is not read", remedy)
    return head.startswith(b"WARC/") and not head.partition(b"\n")[0].endswith(b"\r")


def _beyond(part: Part, given: int) -> Iterator[Record | Fault]:
    """The records behind a place that is none, found by their first line. In a damaged gzip member there are none."""
    try:
        for number, record in enumerate(_read(part, is_loose=True)):
            if number >= given:
                yield record
    except _BROKEN:
        return


def _read(part: Part, *, is_loose: bool) -> Iterator[Record | Fault]:
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415  only who imports WARC files pays for it

    with part.open() as file:
        for record in ArchiveIterator(file, parse_http=False, quirks_mode=is_loose):
            yield _taken(record, part.name)


def _taken(record: WarcRecord, name: str) -> Record | Fault:
    is_small = record.content_length <= MOST_BYTES
    block = record.reader.read() if is_small else b""
    taken = Record(
        kind=str(record.record_type),
        id=(record.headers.get("WARC-Record-ID") or "").strip(),
        url=(record.headers.get("WARC-Target-URI") or "").strip(" <>"),
        at=_time_of(record),
        fields=record.headers.to_tuples(),
        block=block,
        is_intact=_is_intact(block, record.headers.get("WARC-Block-Digest") or ""),
    )
    if not is_small:
        return Fault(taken.label(name), f"says that it is larger than {MOST_BYTES // 1024**2} MB")
    if len(taken.block) < record.content_length:
        return Fault(taken.label(name), f"breaks off ({len(taken.block):,} of {record.content_length:,} bytes)")
    if taken.field("WARC-Segment-Number"):
        return Fault(taken.label(name), "is one of several segments, which are not put together")
    return taken


def _is_intact(block: bytes, stated: str) -> bool:
    """Whether a block has the digest stated; programs write it in base 32 and 16, in either case. Unknown ones pass."""
    algorithm, _, value = stated.partition(":")
    name = algorithm.lower().replace("-", "")
    if name not in _DIGESTS:
        return True
    digest = hashlib.new(name, block, usedforsecurity=False).digest()
    return value.strip().rstrip("=").lower() in {digest.hex(), b32encode(digest).decode().rstrip("=").lower()}


def _time_of(record: WarcRecord) -> datetime | None:
    """When the record says it was captured; some programs write a time without the standard's form."""
    try:
        moment: datetime | None = record.record_date
        moment = moment or captured_at(record.headers.get("WARC-Date") or "")
        return moment.astimezone(UTC) if moment else None
    except (ValueError, OverflowError):  # a time that no calendar has, in its zone or in UTC
        return None


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)) or type(error).__name__
