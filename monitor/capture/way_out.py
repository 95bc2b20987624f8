"""A host that a page in a browser asks for → a connection by the guard, to it or to the proxy before it, bytes counted.

Where config.yaml names a proxy, the guard looks at what is asked for and the connection goes to the proxy.
"""

from __future__ import annotations

import ssl
from base64 import b64encode
from collections.abc import AsyncIterator
from typing import NamedTuple

import httpcore
import httpx

from monitor.capture.guard import Guard, GuardedBackend
from monitor.capture.hosts import written
from monitor.capture.layers import Layer, LayeredBackend

_MOST_CONNECTIONS = 32  # at a time, to all hosts; as many as Chromium opens to a proxy


class Limits(NamedTuple):
    """What a page may take: seconds for a connection and for the silence of a server, bytes for all that it gets."""

    connect: float
    read: float
    most_bytes: int


class WayOut:
    """The connections of one page. `received` is how many bytes came over them; beyond the limit they are cut."""

    def __init__(self, guard: Guard, limits: Limits, proxy: str | None = None) -> None:
        self._guard, self._limits = guard, limits
        self.received, self.most_bytes = 0, limits.most_bytes
        self._proxy = httpx.Proxy(proxy) if proxy else None
        guarded = GuardedBackend(guard.of_proxy(proxy) if proxy else guard)
        self._backend = LayeredBackend(guarded, lambda stream: _Counted(stream, self))
        self._to_hosts = _pool(self._backend, self._proxy)
        self._to_proxy = _pool(self._backend, None)

    @property
    def is_spent(self) -> bool:
        """Whether more came than may."""
        return self.received > self.most_bytes

    def count(self, size: int) -> None:
        """Note what came. Raises httpcore.ReadError where it was too much."""
        self.received += size
        if self.is_spent:
            raise httpcore.ReadError(f"more than {self.most_bytes:,} bytes")

    async def ask(
        self, method: bytes, url: str, headers: list[tuple[bytes, bytes]], body: AsyncIterator[bytes] | None
    ) -> httpcore.Response:
        """The answer to a request over plain HTTP, its body to be read. Raises RefusedError and httpcore's own."""
        if self._proxy:
            await self._guard.check_through_proxy(url)
        request = httpcore.Request(method, url, headers=headers, content=body, extensions=self._extensions())
        return await self._to_hosts.handle_async_request(request)

    async def tunnel(self, host: str, port: int) -> httpcore.AsyncNetworkStream:
        """A connection to a host, for whatever the browser says to it. Raises RefusedError and httpcore's own."""
        if self._proxy is None:
            return await self._backend.connect_tcp(host, port, self._limits.connect)
        target = written(host, port)
        await self._guard.check_through_proxy(f"https://{target}/")
        return await self._tunnel_through(self._proxy, target.encode())

    async def _tunnel_through(self, proxy: httpx.Proxy, target: bytes) -> httpcore.AsyncNetworkStream:
        url = httpcore.URL(scheme=proxy.url.raw_scheme, host=proxy.url.raw_host, port=proxy.url.port, target=target)
        headers = [(b"Host", target), *_credentials(proxy)]
        answer = await self._to_proxy.handle_async_request(
            httpcore.Request(b"CONNECT", url, headers=headers, extensions=self._extensions())
        )
        if not 200 <= answer.status <= 299:
            await answer.aclose()
            raise httpcore.ProxyError(f"the proxy answers with status {answer.status}")
        stream: httpcore.AsyncNetworkStream = answer.extensions["network_stream"]
        return stream

    def _extensions(self) -> dict[str, dict[str, float]]:
        return {"timeout": {"connect": self._limits.connect, "read": self._limits.read}}

    async def aclose(self) -> None:
        """Close every connection that is still open."""
        await self._to_hosts.aclose()
        await self._to_proxy.aclose()


def _pool(backend: httpcore.AsyncNetworkBackend, proxy: httpx.Proxy | None) -> httpcore.AsyncConnectionPool:
    if proxy is None:
        return httpcore.AsyncConnectionPool(max_connections=_MOST_CONNECTIONS, network_backend=backend)
    return httpcore.AsyncHTTPProxy(
        str(proxy.url), proxy_auth=proxy.raw_auth, max_connections=_MOST_CONNECTIONS, network_backend=backend
    )


def _credentials(proxy: httpx.Proxy) -> list[tuple[bytes, bytes]]:
    return [(b"Proxy-Authorization", b"Basic " + b64encode(b":".join(proxy.raw_auth)))] if proxy.raw_auth else []


class _Counted(Layer):
    """A connection that tells the way out what comes over it."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, way_out: WayOut) -> None:
        super().__init__(stream)
        self._way_out = way_out

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        got = await super().read(max_bytes, timeout)
        self._way_out.count(len(got))
        return got

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        return _Counted(await super().start_tls(ssl_context, server_hostname, timeout), self._way_out)
