"""An HTTP message as its bytes stand in a web archive → its head and its body, with the transfer coding off."""

from __future__ import annotations

from typing import NamedTuple

from monitor.model.snapshot import Exchange

_NAME = b"transfer-encoding"
_KEPT_AS = b"X-Crawler-Transfer-Encoding"  # the name that Common Crawl gives it, where it is not true any more
_LONGEST_SIZE = 8  # hexadecimal digits of a chunk's size: 4 GB
_LONGEST_LINE = 1024  # bytes of a chunk's head, extensions and padding included


class Parted(NamedTuple):
    """A message's head, with the empty line, and its body; `fault` says what was wrong with its chunks."""

    head: bytes
    body: bytes
    fault: str | None = None


def parted(message: bytes) -> Parted:
    """Head and body. The head's bytes are as they came, but for a `Transfer-Encoding` that names chunks.

    Line feeds alone become CRLF; bytes that are no message are all body. Chunks that are none, or not all there, give
    what there is.
    """
    head, body = _cut(message)
    coding = Exchange("", head, b"").header(_NAME.decode()) or ""
    if coding.rpartition(",")[2].strip().lower() != "chunked":
        return Parted(head, body)
    whole, fault = _joined(body)
    return Parted(_renamed(head), whole, fault)


def _cut(message: bytes) -> tuple[bytes, bytes]:
    if not message.startswith(b"HTTP/"):
        return b"", message
    ends = [(at, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (at := message.find(mark)) >= 0]
    if not ends:
        return message, b""
    at, length = min(ends)
    head, body = message[: at + length], message[at + length :]
    return head if b"\r\n" in head else head.replace(b"\n", b"\r\n"), body


def _renamed(head: bytes) -> bytes:
    lines = head.split(b"\r\n")
    names = [line.partition(b":")[0] for line in lines]
    return b"\r\n".join(
        _KEPT_AS + line[len(name) :] if name.strip().lower() == _NAME else line
        for line, name in zip(lines, names, strict=True)
    )


def _joined(body: bytes) -> tuple[bytes, str | None]:
    """What the chunks hold. From the first wrong one on, the bytes are given as they stand."""
    parts: list[bytes] = []
    at = 0
    while at < len(body):
        line = body[at : at + _LONGEST_LINE].partition(b"\n")[0]
        size, start = _size(line), at + len(line) + 1
        if size == 0:
            return b"".join(parts), None
        if size is None or body[start + size : start + size + 1] not in {b"", b"\r", b"\n"}:
            fault = "its chunks are damaged" if parts else "its header says chunked, which it is not"
            return b"".join(parts) + body[at:], fault
        parts.append(body[start : start + size])
        at = start + size + (2 if body[start + size : start + size + 2] == b"\r\n" else 1)
    return b"".join(parts), "its last chunk breaks off" if body else None


def _size(line: bytes) -> int | None:
    digits = line.partition(b";")[0].strip()
    is_size = 0 < len(digits) <= _LONGEST_SIZE and digits.strip(b"0123456789abcdefABCDEF") == b""
    return int(digits, 16) if is_size else None
