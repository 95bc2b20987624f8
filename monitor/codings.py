"""A body with HTTP's content codings on → the body without, as far as it goes, and what was wrong with it.

Takes a small step at a time, so that no bomb takes more memory than the caller allows. Never raises: a capture that
breaks off is still evidence of what came before the break.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import brotli

_STEP = 16 * 1024  # bytes in, and about as many out
_MOST_CODINGS = 8  # one on another; servers put on one, and seldom two
_LARGER = "it is larger than"
_ZSTD_WINDOW = 23  # 8 MB, the largest that a server may ask of a browser (RFC 9659)


class Decoded(NamedTuple):
    """A body without its codings; `fault` says in a few words what is wrong with it, None where all is there.

    A coding that nobody knows, or that is not the body's though the header names it, leaves the body as it came.
    """

    body: bytes
    fault: str | None = None

    @property
    def is_cut(self) -> bool:
        """Whether there is more than the caller allowed."""
        return (self.fault or "").startswith(_LARGER)


def decoded(body: bytes, coding: str | None, *, most: int) -> Decoded:
    """`body` without what the header `Content-Encoding` says was put on it: gzip, deflate, br, zstd, several in a row.

    At most `most` bytes come back. gzip and zstd may have several members, and junk behind them, which is dropped.
    """
    if not is_coded(coding):
        return Decoded(body[:most])
    chunks, names = _steps(body), _names(coding)
    if len(names) > _MOST_CODINGS:
        return Decoded(body[:most], f"it has {len(names)} content codings, one on another")
    for name in reversed(names):
        if name not in _CODINGS:
            return Decoded(body[:most], f"its content coding {name!r} is not known")
        chunks = _without(_CODINGS[name], chunks)
    return _gathered(chunks, body, most)


def is_coded(coding: str | None) -> bool:
    """Whether the value of a header `Content-Encoding` names any coding."""
    return bool(_names(coding))


def _names(coding: str | None) -> list[str]:
    names = [name.strip().lower() for name in (coding or "").split(",")]
    return [name for name in names if name not in {"", "identity", "none"}]


def _steps(body: bytes) -> Iterator[bytes]:
    return (body[start : start + _STEP] for start in range(0, len(body), _STEP))


def _gathered(chunks: Iterator[bytes], body: bytes, most: int) -> Decoded:
    whole, size = [], 0
    try:
        for chunk in chunks:
            whole.append(chunk[: most - size])
            size += len(chunk)
            if size > most:
                return Decoded(b"".join(whole), f"{_LARGER} {most:,} bytes")
    except _BreaksOffError as error:
        return Decoded(b"".join(whole), f"its {error} stream breaks off")
    except _DamagedError as error:
        if not whole:
            return Decoded(body[:most], f"it is not {error}, as its header says")
        return Decoded(b"".join(whole), f"its {error} stream is damaged")
    return Decoded(b"".join(whole))


class _BreaksOffError(Exception):
    """A stream of the coding named ends before its end."""


class _DamagedError(Exception):
    """A stream is not, or not any more, of the coding named."""


# -- one coding


class _Stream(Protocol):
    """What the standard library's decompressors have in common, zlib's excepted."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Coding(NamedTuple):
    """How a coding is taken off: `start` a stream, which raises `error`; each of its members begins with `magic`."""

    name: str
    start: Callable[[bytes], _Stream]
    error: type[Exception]
    magic: bytes = b""


def _without(coding_of: Callable[[], _Coding], chunks: Iterator[bytes]) -> Iterator[bytes]:
    """What stands in a row of compressed members, up to the first bytes that begin none."""
    coding, source = coding_of(), _Source(chunks)
    head = source.looked_into()
    if not coding.magic.startswith(head[: len(coding.magic)]):
        raise _DamagedError(coding.name)
    is_member = bool(head)
    while is_member:
        stream = coding.start(head)
        yield from _member(coding, stream, source)
        source.front = stream.unused_data
        is_member = bool(coding.magic) and source.looked_into().startswith(coding.magic)


class _Source:
    """The chunks of a stream, whose first bytes can be looked at and are given all the same."""

    __slots__ = ("chunks", "front")

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks, self.front = chunks, b""

    def looked_into(self) -> bytes:
        """The first bytes, enough to tell what they begin; fewer at the end."""
        while len(self.front) < 4 and (more := next(self.chunks, b"")):
            self.front += more
        return self.front[:4]

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        front, self.front = self.front, b""
        return front or next(self.chunks)


def _member(coding: _Coding, stream: _Stream, source: _Source) -> Iterator[bytes]:
    """All that comes out of one compressed stream, however large, a step at a time."""
    for chunk in source:
        try:
            yield from _drained(stream, chunk)
        except coding.error as error:
            raise _DamagedError(coding.name) from error
        if stream.eof:
            return
    raise _BreaksOffError(coding.name)


def _drained(stream: _Stream, chunk: bytes) -> Iterator[bytes]:
    """What one chunk makes the stream give, in steps; none of them is empty."""
    while chunk or not (stream.eof or stream.needs_input):
        if step := stream.decompress(chunk, _STEP):
            yield step
        chunk = b""


# -- the four of them


def _gzip() -> _Coding:
    return _Coding("gzip", lambda _: _Zlib(31), zlib.error, magic=b"\x1f\x8b")


def _deflate() -> _Coding:
    """zlib's format by the standard, and the bare stream by the habit of some servers."""

    def start(head: bytes) -> _Zlib:
        is_zlib = head[0] & 15 == 8 and int.from_bytes(head[:2], "big") % 31 == 0
        return _Zlib(15 if is_zlib else -15)

    return _Coding("deflate", start, zlib.error)


def _brotli() -> _Coding:
    import brotli  # noqa: PLC0415  few pages are coded so

    return _Coding("br", lambda _: _Brotli(brotli.Decompressor()), brotli.error)


def _zstd() -> _Coding:
    if sys.version_info >= (3, 14):
        from compression import zstd  # noqa: PLC0415  few pages are coded so
    else:
        from backports import zstd  # noqa: PLC0415  few pages are coded so
    bounds: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW}
    return _Coding("zstd", lambda _: zstd.ZstdDecompressor(options=bounds), zstd.ZstdError, magic=b"\x28\xb5\x2f\xfd")


_CODINGS: dict[str, Callable[[], _Coding]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}


class _Zlib:
    """zlib's decompressor, as the others are called."""

    __slots__ = ("needs_input", "stream")

    def __init__(self, wrapping: int) -> None:
        self.stream, self.needs_input = zlib.decompressobj(wrapping), True

    @property
    def eof(self) -> bool:
        return self.stream.eof

    @property
    def unused_data(self) -> bytes:
        return self.stream.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        out = self.stream.decompress(self.stream.unconsumed_tail + data, max_length)
        self.needs_input = len(out) < max_length and not self.stream.unconsumed_tail
        return out


class _Brotli:
    """brotli's decompressor, as the others are called. It tells no junk behind the stream from damage in it."""

    __slots__ = ("stream",)
    unused_data = b""

    def __init__(self, stream: brotli.Decompressor) -> None:
        self.stream = stream

    @property
    def eof(self) -> bool:
        return bool(self.stream.is_finished())

    @property
    def needs_input(self) -> bool:
        return bool(self.stream.can_accept_more_data())

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return bytes(self.stream.process(data, output_buffer_limit=max_length))
