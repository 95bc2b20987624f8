"""WARC files for the tests, written byte by byte: record(...) makes one record, write(...) a file of several."""

from __future__ import annotations

import gzip
import hashlib
from base64 import b32encode
from pathlib import Path

URL = "https://www.example.org/news/"
PAGE = b"<!doctype html><title>News</title><p>An item of news."
HEAD = b"HTTP/1.1 200 OK\r\nServer: caf\xe9\r\nContent-Type: text/html; charset=utf-8\r\n"
ANSWER = HEAD + b"\r\n" + PAGE
REQUEST = b"GET /news/ HTTP/1.1\r\nHost: www.example.org\r\n\r\n"


def record(
    kind: str = "response",
    block: bytes = ANSWER,
    *,
    url: str | None = URL,
    date: str | None = "2024-03-01T12:00:00Z",
    name: str = "1",
    **fields: str,
) -> bytes:
    """One record, its id <urn:x:NAME>. `fields` are further header fields: WARC_Concurrent_To="<urn:x:1>"."""
    media_type = {"response": "application/http; msgtype=response", "request": "application/http; msgtype=request"}
    lines = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:x:{name}>",
        "Content-Type": media_type.get(kind, "application/http; msgtype=response"),
        "Content-Length": str(len(block)),
    }
    lines |= {"WARC-Target-URI": url} if url else {}
    lines |= {"WARC-Date": date} if date else {}
    lines |= {name.replace("_", "-"): value for name, value in fields.items()}
    head = "\r\n".join(["WARC/1.1", *(f"{name}: {value}" for name, value in lines.items())])
    return head.encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def digest(block: bytes) -> str:
    """A digest as WARC files name it."""
    return "sha1:" + b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()


def write(path: Path, *records: bytes, zipped: bool = False) -> str:
    """A file of these records, each a gzip member of its own where `zipped`; its path."""
    path.write_bytes(b"".join(gzip.compress(each) if zipped else each for each in records))
    return str(path)
