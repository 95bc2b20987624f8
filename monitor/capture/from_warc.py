"""A WARC file → the captures in it: responses, resources, and revisits with the body that they refer to.

Reads the file twice: what the revisits refer to, and how many captures there are, is known before the first is given.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

from monitor.capture.addresses import bare
from monitor.capture.found import Fault, Found
from monitor.capture.from_file import MOST_BYTES
from monitor.capture.messages import Parted, parted
from monitor.capture.opening import opening
from monitor.capture.originals import Key, Original, Originals, is_not_modified, keys_wanted
from monitor.capture.requests import with_requests
from monitor.capture.warc_records import Part, Record, records_in
from monitor.codings import decoded
from monitor.errors import InputError
from monitor.model.snapshot import Exchange, Snapshot

_PAGE_SCHEMES = ("http:", "https:", "ftp:", "file:")  # crawlers keep logs, thumbnails and DNS under others
_NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\n\r\n"  # where a record says so and kept no head

_BODY_OF_NONE = "it says that the page is unchanged, and has a body all the same, which is left out"


def captures_in(path: str, *, url: str | None = None, every_status: bool = False) -> Found:
    """The captures in the WARC file at `path`, in its order; with `url` those of this address alone.

    Addresses are one where they differ in scheme, `www.`, trailing slash or fragment only. Redirections and errors are
    left out unless `every_status`. A record that cannot be read is a fault between the captures, and so is a revisit
    whose original is not in the file; "not modified" is a capture with or without. Notes: `record` (its id), `fault`
    (what was wrong with it; there may be several). Raises InputError where there is no WARC file.
    """
    with opening(path):
        if not stat.S_ISREG(os.stat(path).st_mode) and not os.path.isdir(path):
            raise InputError(f"{path} is no file that can be read twice", "save what comes from it, and import that")
        urls = None if url is None else frozenset([bare(url)])
        part = Part(path, lambda: open(path, "rb"))  # noqa: SIM115  closed by who opens it
        return captures_of([part], urls=urls, every_status=every_status)


def captures_of(parts: Sequence[Part], *, urls: frozenset[str] | None = None, every_status: bool = False) -> Found:
    """The captures in WARC files that refer to each other; with `urls` (bare) those of these addresses alone."""
    wanted = _Wanted(urls, every_status)
    surveys = [_surveyed(part, wanted) for part in parts]
    keys = frozenset(key for survey in surveys for key in survey.keys)
    return Found(_captured(parts, wanted, keys), sum(survey.captures for survey in surveys))


class _Wanted(NamedTuple):
    urls: frozenset[str] | None
    every_status: bool

    def includes(self, record: Record) -> bool:
        """Whether a record is a capture of a page that was asked for."""
        if record.kind not in {"response", "revisit", "resource"} or not self._is_of_page(record.url):
            return False
        if record.kind == "resource" or (record.kind == "revisit" and not record.is_http):
            return True
        return record.is_http and (self.every_status or record.status in {200, 304})

    def _is_of_page(self, url: str) -> bool:
        return url.startswith(_PAGE_SCHEMES) if self.urls is None else bare(url) in self.urls


class _Survey(NamedTuple):
    captures: int
    keys: frozenset[Key]


def _surveyed(part: Part, wanted: _Wanted) -> _Survey:
    captures, keys = 0, set[Key]()
    for record in records_in(part):
        if isinstance(record, Record) and wanted.includes(record):
            captures += 1
            keys.update(keys_wanted(record))
    return _Survey(captures, frozenset(keys))


def _captured(parts: Sequence[Part], wanted: _Wanted, keys: frozenset[Key]) -> Iterator[Snapshot | Fault]:
    early: list[tuple[Record, Part]] = []
    with closing(Originals(keys)) as originals:
        for part in parts:
            yield from with_requests(_captures_of_part(part, wanted, originals, early))
        for record, part in early:
            original = originals.of(record)
            yield _snapshot(record, part, original) if original else _lost(record, part)


def _captures_of_part(
    part: Part, wanted: _Wanted, originals: Originals, early: list[tuple[Record, Part]]
) -> Iterator[tuple[Record, Snapshot] | Record | Fault]:
    """Captures with their records, and all that stands between them. What refers to a later record joins `early`."""
    for record in records_in(part):
        if isinstance(record, Fault):
            yield record
            continue
        originals.keep(record)
        original = originals.of(record) if wanted.includes(record) else None
        if not wanted.includes(record):
            yield record
        elif record.kind == "revisit" and original is None and not is_not_modified(record):
            early.append((record, part))
        else:
            yield record._replace(block=b""), _snapshot(record, part, original)
        del record, original  # before the next is read: each may be as large as a record may be


def _lost(record: Record, part: Part) -> Fault:
    return Fault(record.label(part.name), "refers to a capture that is not in this file")


def _snapshot(record: Record, part: Part, original: Original | None) -> Snapshot:
    """`original` is what a revisit refers to; None for other records, and where a "not modified" is all alone."""
    if record.kind == "resource":
        media_type, notes = record.field("Content-Type"), _notes(record)
        return Snapshot(part.name, record.block, record.at, media_type, record.url, notes=notes)
    message = parted(record.block) if record.is_http else Parted(_head_instead(record, original), b"")
    body = original.body if original and not is_not_modified(record) else message.body
    address, protocol = record.field("WARC-IP-Address"), record.field("WARC-Protocol")
    exchange = Exchange(record.url, message.head, body, protocol=protocol, address=address)
    payload = original.body if original else body
    page = decoded(payload, original.coding if original else exchange.header("Content-Encoding"), most=MOST_BYTES)
    return Snapshot(
        source=part.name,
        body=page.body,
        captured_at=record.at,
        media_type=exchange.header("Content-Type"),
        url=record.url,
        exchanges=(exchange,),
        notes=_notes(record, message.fault, page.fault, _BODY_OF_NONE if record.status == 304 and body else None),
    )


def _head_instead(record: Record, original: Original | None) -> bytes:
    """The head of a revisit that was kept without one."""
    return original.head if original and not is_not_modified(record) else _NOT_MODIFIED


def _notes(record: Record, *faults: str | None) -> tuple[tuple[str, str], ...]:
    truncated = record.field("WARC-Truncated") if record.kind != "revisit" else None
    found = [
        None if record.is_intact else "its digest is not the one that stands beside it",
        f"it was cut when it was captured ({truncated})" if truncated else None,
        *faults,
    ]
    return (("record", record.id), *(("fault", fault) for fault in found if fault))
