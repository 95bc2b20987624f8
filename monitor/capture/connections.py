"""An address and what is sent to it → the answer as it came, over connections that are kept and used again.

httpcore, httpx's engine, speaks HTTP. The client that httpx puts around it follows redirects, keeps cookies, takes
content codings off and looks into the environment; here all of that is done otherwise.
"""

from __future__ import annotations

import asyncio
import logging
import os
import ssl
from contextlib import aclosing, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, cast

import httpcore
import httpx

from monitor.capture.asking import Letter, head_kept
from monitor.capture.complaints import FAULTS, complaint, too_large
from monitor.capture.guard import Guard, GuardedBackend
from monitor.capture.layers import LayeredBackend
from monitor.capture.messages import parted
from monitor.capture.politeness import Clock
from monitor.capture.revealing import revealed
from monitor.capture.trust import trusting
from monitor.capture.wire import Wire
from monitor.errors import CaptureError
from monitor.model.request import Request, Secret
from monitor.model.snapshot import Exchange

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator

_KEPT = 4.0  # seconds that a connection is kept unused; many servers hang up after 5
_MOST_KEPT = 100  # connections that nobody uses now
_FEW = 10_000  # pieces of a body that may be as small as they like; then they must have some bytes each
_LEAST = 64  # bytes; a piece costs some 30 µs to read, and servers that send line by line send more
_ROUND = 256  # pieces, some 10 ms


class Answer(NamedTuple):
    """What was said, the answer's header lines one by one, and the second (UTC) in which its head came."""

    exchange: Exchange
    lines: tuple[tuple[bytes, bytes], ...]
    at: datetime


class Connections:
    """All connections of a run. `folder` is where the files are that a request names.

    Who asks has a pool of httpcore's for himself, and with it a connection that was used before where there is one:
    for each request httpcore looks at all connections of a pool, and gives one of them to several who ask at a time.
    """

    def __init__(self, guard: Guard, folder: str, clock: Clock) -> None:
        self._guard, self._folder, self._clock = guard, folder, clock
        self._contexts: dict[str | None, ssl.SSLContext] = {}
        self._pools: set[httpcore.AsyncConnectionPool] = set()
        self._free: dict[_Key, list[httpcore.AsyncConnectionPool]] = {}
        self._since: dict[httpcore.AsyncConnectionPool, tuple[float, _Key]] = {}  # of the free ones, the oldest first
        logging.getLogger("hpack").setLevel(logging.INFO)  # below that it writes down each header's value

    async def close(self) -> None:
        """Hang up everywhere."""
        pools, self._pools, self._free, self._since = self._pools, set(), {}, {}
        for each in pools:
            await each.aclose()

    async def ask(self, url: httpx.URL, letter: Letter, request: Request) -> Answer:
        """The answer of whatever status. The body is at most `request.most_bytes` long, its content coding on.

        Raises CaptureError: refused, no answer, none that can be read, or one that is too large.
        """
        if request.proxy:
            await self._guard.check_through_proxy(str(url))
        await self._hang_up_where_unused()
        asked = httpcore.Request(b"GET", core_url(url), headers=letter.lines, extensions=patience(request))
        try:
            with self._line(url, request) as pool:
                async with asyncio.timeout(request.connect + request.read):
                    response = await pool.handle_async_request(asked)
                at = self._clock.at()
                try:
                    body = await _body(response, str(url), request.most_bytes)
                    head = _head(response, len(body))
                finally:
                    await response.aclose()
        except FAULTS as error:
            raise complaint(str(url), error, request) from error
        exchange = Exchange(
            url=str(url),
            response=head,
            body=body,
            request=_asked(url, letter, request),
            protocol=response.extensions["http_version"].decode("ascii"),
            address=None if request.proxy else _server(response),
        )
        return Answer(exchange, tuple(response.headers), at)

    @contextmanager
    def _line(self, url: httpx.URL, request: Request) -> Iterator[httpcore.AsyncConnectionPool]:
        key = _Key(url.scheme, url.netloc, request.proxy, request.ca_file)
        pool = self._taken(key) or self._opened(request)
        self._pools.add(pool)
        try:
            yield pool
        finally:
            if pool in self._pools:
                self._free.setdefault(key, []).append(pool)
                self._since[pool] = self._clock.now(), key

    def _taken(self, key: _Key) -> httpcore.AsyncConnectionPool | None:
        """One that is free, the one that was used last."""
        free = self._free.get(key)
        if not free:
            return None
        pool = free.pop()
        del self._since[pool]
        return pool

    async def _hang_up_where_unused(self) -> None:
        while self._since:
            pool, (since, key) = next(iter(self._since.items()))
            if len(self._since) <= _MOST_KEPT and self._clock.now() - since < _KEPT:
                return
            del self._since[pool]
            self._pools.discard(pool)
            self._free[key].remove(pool)
            if not self._free[key]:
                del self._free[key]
            await pool.aclose()

    def _opened(self, request: Request) -> httpcore.AsyncConnectionPool:
        ca_file = os.path.join(self._folder, request.ca_file) if request.ca_file else None
        if ca_file not in self._contexts:
            self._contexts[ca_file] = trusting(ca_file)
        proxy = _proxy(revealed(request.proxy, self._folder), ca_file) if request.proxy else None
        guard = self._guard.of_proxy(bytes(proxy.url).decode("ascii")) if proxy else self._guard
        return httpcore.AsyncConnectionPool(
            ssl_context=self._contexts[ca_file],
            proxy=proxy,
            max_connections=None,
            keepalive_expiry=_KEPT,
            http2=True,
            network_backend=LayeredBackend(GuardedBackend(guard), Wire),
        )


class _Key(NamedTuple):
    scheme: str
    host: bytes
    proxy: Secret | None
    ca_file: str | None


def _proxy(text: str, ca_file: str | None) -> httpcore.Proxy:
    """A proxy of config.yaml, whose password no error shows. Its context is its own: no HTTP/2 is spoken to it."""
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise CaptureError("the proxy's address cannot be read", "write it as http://host:port") from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise CaptureError("the proxy's address is none of a proxy", "write it as http://host:port")
    auth = (url.username.encode(), url.password.encode()) if url.userinfo else None
    return httpcore.Proxy(
        core_url(url.copy_with(path="/", query=None)),
        auth=auth,
        ssl_context=trusting(ca_file) if url.scheme == "https" else None,
    )


def core_url(url: httpx.URL) -> httpcore.URL:
    """The address as httpcore takes it."""
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def patience(request: Request) -> dict[str, dict[str, float]]:
    """The limits of a request, in seconds, as httpcore takes them."""
    return {"timeout": {"connect": request.connect, "read": request.read, "write": request.read}}


async def _body(response: httpcore.Response, url: str, most: int) -> bytes:
    """The body, its transfer coding off. Raises CaptureError where it is too large, or sent byte by byte for long."""
    parts, size = [], 0
    stream = response.aiter_stream()
    async with aclosing(cast("AsyncGenerator[bytes]", stream)):
        async for part in stream:
            parts.append(part)
            size += len(part)
            if size > most:
                raise too_large(url, most)
            if len(parts) > _FEW + size // _LEAST:
                what = f"{url}: it is sent in {len(parts):,} pieces of a few bytes each"
                raise CaptureError(what, "ask its owner; no server means that")
            if len(parts) % _ROUND == 0:
                await asyncio.sleep(0)  # many pieces are read without waiting, and the other pages want their turn
    return b"".join(parts)


def _asked(url: httpx.URL, letter: Letter, request: Request) -> bytes:
    is_forwarded = bool(request.proxy) and url.scheme == "http"
    return head_kept(str(url).encode("ascii") if is_forwarded else url.raw_path, letter)


def _head(response: httpcore.Response, body: int) -> bytes:
    """The answer's head as it came; of HTTP/2, which has none, its lines in the form of HTTP/1.1."""
    wire = response.extensions["network_stream"]
    if isinstance(wire, Wire):
        is_chunked = any(name.lower() == b"transfer-encoding" for name, _ in response.headers)
        return parted(wire.head_before(None if is_chunked else body)).head
    lines = [name + b": " + value + b"\r\n" for name, value in response.headers]
    return b"".join((b"HTTP/1.1 %d \r\n" % response.status, *lines, b"\r\n"))


def _server(response: httpcore.Response) -> str | None:
    address = response.extensions["network_stream"].get_extra_info("server_addr")
    return str(address[0]) if address else None
