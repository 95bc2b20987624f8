"""What a browser asks for → the same, asked for by the guard's connections: a proxy on loopback for our browser alone.

Routes and events of a browser do not see every redirect, worker and socket; its only way out does. Each page opened has
a ticket of its own, a password that holds as long as the page is open: what asks without one, another program of this
machine or the browser's own services, gets nothing. Where the guard refuses or nobody answers, the connection ends
without an answer that a page could take for its server's.
"""

from __future__ import annotations

import asyncio
import secrets
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Self

import h11
import httpcore
import httpx

from monitor.capture.browser_side import Asked, BrowserSide, end_to_end
from monitor.capture.hosts import host_and_port, written
from monitor.capture.urls import host_of, port_of
from monitor.capture.way_out import WayOut
from monitor.errors import CaptureError

_WHO = [(b"Proxy-Authenticate", b'Basic realm="monitor"')]
_FAILURES = (
    OSError,
    CaptureError,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
    httpx.InvalidURL,
    h11.ProtocolError,
    ValueError,
)


class Ticket:
    """What a page's requests are let through with, a name and a password, and what the proxy met on its behalf."""

    def __init__(self, way_out: WayOut) -> None:
        self.user, self.password = "page", secrets.token_urlsafe(32)
        self.way_out = way_out
        self.tasks: set[asyncio.Task[object]] = set()
        self._failures: dict[str, Exception] = {}

    @property
    def credentials(self) -> bytes:
        """How the browser says them to the proxy."""
        return b"Basic " + b64encode(f"{self.user}:{self.password}".encode())

    def note_failure(self, host: str, port: int, error: Exception) -> None:
        """Keep why a host could not be connected to."""
        self._failures[written(host, port)] = error

    def failure_at(self, url: str) -> Exception | None:
        """Why the host of an address could not be connected to, where that is so."""
        return self._failures.get(written(*_host_and_port_of(url)))


class BrowserProxy:
    """The proxy, while it is open. `address` is where it listens: http://127.0.0.1:port."""

    def __init__(self) -> None:
        self._tickets: dict[bytes, Ticket] = {}
        self._tasks: set[asyncio.Task[object]] = set()
        self._server: asyncio.Server | None = None
        self.address = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server:
            self._server.close()
        await _end(self._tasks)

    @asynccontextmanager
    async def ticket(self, way_out: WayOut) -> AsyncIterator[Ticket]:
        """A ticket for this way out; when it is over, so are its connections."""
        ticket = Ticket(way_out)
        self._tickets[ticket.credentials] = ticket
        try:
            yield ticket
        finally:
            del self._tickets[ticket.credentials]
            await _end(ticket.tasks)
            await way_out.aclose()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            raise AssertionError("a connection is served by a task of its own")
        self._tasks.add(task)
        try:
            with suppress(*_FAILURES):
                await self._converse(BrowserSide(reader, writer), task)
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _converse(self, browser: BrowserSide, task: asyncio.Task[object]) -> None:
        while (asked := await browser.asked()) is not None:
            ticket = self._tickets.get(asked.credentials)
            if ticket is None:
                await browser.refuse(407, _WHO)
                continue
            ticket.tasks.add(task)
            try:
                await (_join if asked.method == b"CONNECT" else _forward)(browser, ticket, asked)
            finally:
                ticket.tasks.discard(task)


async def _join(browser: BrowserSide, ticket: Ticket, asked: Asked) -> None:
    host, port = host_and_port(asked.target)
    if port is None:
        raise ValueError(f"{asked.target} has no port")
    try:
        server = await ticket.way_out.tunnel(host, port)
    except _FAILURES as error:
        ticket.note_failure(host, port, error)
        raise
    try:
        await browser.join(server)
    finally:
        await server.aclose()


async def _forward(browser: BrowserSide, ticket: Ticket, asked: Asked) -> None:
    host, port = _host_and_port_of(asked.target)
    body = browser.body() if asked.has_body else None
    try:
        response = await ticket.way_out.ask(asked.method, asked.target, end_to_end(asked.headers), body)
    except _FAILURES as error:
        ticket.note_failure(host, port, error)
        raise
    try:
        await browser.skip_body()
        await browser.answer(response)
    finally:
        await response.aclose()


def _host_and_port_of(url: str) -> tuple[str, int]:
    parsed = httpx.URL(url)
    return host_of(parsed), port_of(parsed)


async def _end(tasks: set[asyncio.Task[object]]) -> None:
    """Cancel tasks and wait for their end."""
    ending = [each for each in tasks if each is not asyncio.current_task()]
    for each in ending:
        each.cancel()
    await asyncio.gather(*ending, return_exceptions=True)
