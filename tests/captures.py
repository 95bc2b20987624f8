"""Captures to put into a store: files, answers over HTTP with every content coding, and what came back unchanged."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import brotli

from monitor.model.snapshot import Exchange, Snapshot
from monitor.store.folder import Store

NOON = datetime(2020, 7, 4, 12, tzinfo=UTC)
PAGE = "<!doctype html><title>Harbour {}</title><h1>Harbour {}</h1><p>Boats leave at noon, è vero."
ODD = b"X-Odd: \xe9\xff\r\n"  # no byte of it is ASCII, and it is no UTF-8
HTML = b"Content-Type: text/html; charset=utf-8\r\n"
UNCHANGED = b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'


def page(number: int) -> bytes:
    return PAGE.format(number, number).encode()


def a_file(body: bytes, day: int = 0, name: str = "seiten/hafen é 1.html") -> Snapshot:
    return Snapshot(source=name, body=body, captured_at=NOON + timedelta(days=day), media_type="text/html")


def an_answer(body: bytes, day: int = 0, coding: str = "", url: str = "https://harbour.example/news") -> Snapshot:
    """An answer with one header that is no ASCII, its body in the content coding."""
    header = f"Content-Encoding: {coding}\r\n".encode() if coding else b""
    return _exchanged(b"HTTP/1.1 200 OK\r\n" + HTML + ODD + header + b"\r\n", _coded(body, coding), day, url)


def unchanged(day: int = 0, url: str = "https://harbour.example/news") -> Snapshot:
    return _exchanged(UNCHANGED, b"", day, url)


def put(store: Store, page: str, *snapshots: Snapshot) -> None:
    with store.writing() as writer:
        for each in snapshots:
            writer.add(page, each)


def _coded(body: bytes, coding: str) -> bytes:
    if coding == "gzip":
        return gzip.compress(body, mtime=0)
    return bytes(brotli.compress(body)) if coding == "br" else body


def _exchanged(head: bytes, body: bytes, day: int, url: str) -> Snapshot:
    request = b"GET /news HTTP/1.1\r\nHost: harbour.example\r\n\r\n"
    exchange = Exchange(url=url, response=head, body=body, request=request, protocol="HTTP/2", address="192.0.2.7")
    return Snapshot(source=url, body=b"", captured_at=NOON + timedelta(days=day), exchanges=(exchange,))
