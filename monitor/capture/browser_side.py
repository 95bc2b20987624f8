"""What a browser says to its proxy → requests, by h11; and the answers back to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import NamedTuple

import h11
import httpcore

_CHUNK = 64 * 1024
_LARGEST_HEAD = 256 * 1024  # bytes; servers take 8 to 64 KB of header lines, and a browser sends what fits them
# What is said from one end of a connection to the other, and not to whoever is behind it (RFC 9110, section 7.6.1).
_HOP_BY_HOP = frozenset(
    (
        b"connection",
        b"keep-alive",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"proxy-connection",
        b"te",
        b"upgrade",
    )
)


class Asked(NamedTuple):
    """The head of a request. `target` is an absolute address, or for CONNECT a host and a port."""

    method: bytes
    target: str
    headers: list[tuple[bytes, bytes]]

    @property
    def credentials(self) -> bytes:
        """What it says to the proxy about who asks."""
        return next((value for name, value in self.headers if name.lower() == b"proxy-authorization"), b"")

    @property
    def has_body(self) -> bool:
        return any(name.lower() in {b"content-length", b"transfer-encoding"} for name, _ in self.headers)


class BrowserSide:
    """The proxy's end of a connection from the browser. Raises h11.ProtocolError and OSError where it breaks."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=_LARGEST_HEAD)

    async def asked(self) -> Asked | None:
        """The next request; None where the browser has no other."""
        if self._http.our_state is h11.DONE and self._http.their_state is h11.DONE:
            self._http.start_next_cycle()
        if self._http.our_state is not h11.IDLE:
            return None
        event = await self._event()
        if not isinstance(event, h11.Request):
            return None
        return Asked(event.method, event.target.decode("ascii"), event.headers.raw_items())

    async def body(self) -> AsyncIterator[bytes]:
        """What follows the head of the request."""
        while isinstance(event := await self._event(), h11.Data):
            yield bytes(event.data)

    async def skip_body(self) -> None:
        """Read to the end of the request, where nobody did."""
        while self._http.their_state is h11.SEND_BODY:
            await self._event()

    async def refuse(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        """Answer with a status and nothing else; what the request has behind its head is not read."""
        closing = [(b"Connection", b"close")] if self._http.their_state is h11.SEND_BODY else []
        await self._send(h11.Response(status_code=status, headers=[*headers, (b"Content-Length", b"0"), *closing]))
        await self._send(h11.EndOfMessage())

    async def answer(self, response: httpcore.Response) -> None:
        """Hand on a server's answer as it comes."""
        headers = [each for each in end_to_end(response.headers) if each[0].lower() != b"transfer-encoding"]
        await self._send(h11.Response(status_code=response.status, headers=headers))
        async for chunk in response.aiter_stream():
            await self._send(h11.Data(data=chunk))
        await self._send(h11.EndOfMessage())

    async def join(self, server: httpcore.AsyncNetworkStream) -> None:
        """Accept a CONNECT, and hand bytes to and fro until one of the two ends it."""
        await self._send(h11.Response(status_code=200, headers=[]))
        early, _ = self._http.trailing_data
        ways = [asyncio.ensure_future(self._there(server, early)), asyncio.ensure_future(self._back(server))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in ways:
                each.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _there(self, server: httpcore.AsyncNetworkStream, early: bytes) -> None:
        chunk = early or await self._reader.read(_CHUNK)
        while chunk:
            await server.write(chunk)
            chunk = await self._reader.read(_CHUNK)

    async def _back(self, server: httpcore.AsyncNetworkStream) -> None:
        while chunk := await server.read(_CHUNK):
            self._writer.write(chunk)
            await self._writer.drain()

    async def _event(self) -> h11.Event | None:
        """The next thing the browser says; None where it says no more, or not yet what may be heard."""
        while True:
            event = self._http.next_event()
            if isinstance(event, h11.Event):
                return event
            if event is h11.PAUSED:
                return None
            self._http.receive_data(await self._reader.read(_CHUNK))

    async def _send(self, event: h11.Event) -> None:
        self._writer.write(self._http.send(event) or b"")
        await self._writer.drain()


def end_to_end(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The header lines that are meant for whoever is behind the one they are sent to."""
    named = b",".join(value for name, value in headers if name.lower() == b"connection").lower()
    dropped = _HOP_BY_HOP.union(each.strip() for each in named.split(b","))
    return [each for each in headers if each[0].lower() not in dropped]
