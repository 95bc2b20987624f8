"""A WARC file → the pages in it: the answers with status 200 whose body is a page's text, once each."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from http.client import HTTPException, HTTPResponse
from typing import BinaryIO, cast

from monitor.model.snapshot import Snapshot

_GZIP = b"\x1f\x8b"
_PAGES = ("text/html", "application/xhtml+xml", "text/plain")


def pages(path: str) -> Iterator[Snapshot]:
    """The pages of an archive as far as it can be read: a record that breaks off ends it."""
    with open(path, "rb") as file:
        body = file.read()
    stream = cast(BinaryIO, gzip.GzipFile(fileobj=io.BytesIO(body))) if body[:2] == _GZIP else io.BytesIO(body)
    seen = set()
    try:
        for snapshot in _records(stream, path):
            if snapshot.sha256 not in seen:
                seen.add(snapshot.sha256)
                yield snapshot
    except (EOFError, OSError, ValueError, zlib.error):
        return


def _records(stream: BinaryIO, path: str) -> Iterator[Snapshot]:
    while line := stream.readline():
        if not line.startswith(b"WARC/"):
            continue
        head = _head(stream)
        content = stream.read(int(head.get("content-length", "0")))
        if head.get("warc-type") != "response":
            continue
        answer = _answer(content)
        if answer:
            url = head.get("warc-target-uri", "").strip("<>")
            moment = datetime.strptime(head.get("warc-date", "")[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
            yield Snapshot(source=f"{path}#{url}", body=answer[0], captured_at=moment, media_type=answer[1], url=url)


def _head(stream: BinaryIO) -> dict[str, str]:
    """The fields of a record's head, their names in small letters."""
    lines = []
    while (line := stream.readline()).strip():
        lines.append(line)
    return {name.lower(): value for name, value in BytesHeaderParser().parsebytes(b"".join(lines)).items()}


class _Wire:
    """What HTTPResponse wants of a socket."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def makefile(self, _mode: str) -> BinaryIO:
        return io.BytesIO(self.content)


def _answer(content: bytes) -> tuple[bytes, str] | None:
    """The body of a page, unpacked, and its media type; None where it is no page."""
    response = HTTPResponse(_Wire(content))  # type: ignore[arg-type]  # it is read and nothing else
    try:
        response.begin()
        body = response.read()
    except HTTPException:
        return None
    media_type = response.headers.get("Content-Type", "")
    if response.status != 200 or not body or not media_type.startswith(_PAGES):
        return None
    if response.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return body, media_type
