"""A connection → the same one, which remembers how an answer began, to the letter, and how many bytes came.

httpcore gives header lines without the white space around them, and uses a connection again although its server sent
more than it said: what is left over would be taken for the answer to the next question.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import httpcore

from monitor.capture.layers import Layer

_MOST_REMEMBERED = 256 * 1024  # bytes; a head has 100 KB at most, and there may be hints before it


class Wire(Layer):
    """A connection on which one question is asked at a time, in HTTP/1.1."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        super().__init__(stream)
        self._parts: list[bytes] = []
        self._last = b""
        self._came = 0
        self._is_spoilt = False

    def head_before(self, body: int | None) -> bytes:
        """The head of the last answer as it came, with its empty line; hints before it (1xx) are left out.

        Where more came than the heads and a body of so many bytes, the connection is not used again. None stands for
        chunks, whose length nobody knows: behind the last of them comes an empty line and no more.
        """
        heads = list(_heads(b"".join(self._parts)))
        if body is None:
            self._is_spoilt = not self._last.endswith((b"\n\r\n", b"\n\n"))
        else:
            self._is_spoilt = self._came > sum(map(len, heads)) + body
        return heads[-1] if heads else b""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        part = await super().read(max_bytes, timeout)
        if self._came < _MOST_REMEMBERED:
            self._parts.append(part)
        self._last = part
        self._came += len(part)
        return part

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._parts, self._came = [], 0
        await super().write(buffer, timeout)

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        secured = await super().start_tls(ssl_context, server_hostname, timeout)
        is_http2 = secured.get_extra_info("ssl_object").selected_alpn_protocol() == "h2"
        return secured if is_http2 else Wire(secured)

    def get_extra_info(self, info: str) -> object:
        """httpcore closes a connection that has something to read before it was asked."""
        if info == "is_readable" and self._is_spoilt:
            return True
        return super().get_extra_info(info)


def _heads(start: bytes) -> Iterator[bytes]:
    """The heads that stand in a row: those of hints, and the one of the answer. Some servers end lines by LF alone."""
    while True:
        end = start.find(b"\n\r\n") + 3
        bare = start.find(b"\n\n", 0, end if end > 2 else None) + 2
        if end < 3 and bare < 2:
            return
        length = bare if bare > 1 else end
        head, start = start[:length], start[length:]
        yield head
        if not head.partition(b" ")[2].startswith(b"1"):
            return
