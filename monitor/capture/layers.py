"""A connection of httpcore's → the same one with a layer over it, which passes on what it does not do otherwise."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable

import httpcore


class Layer(httpcore.AsyncNetworkStream):
    """A layer that changes nothing; others are made of it."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        return await self._stream.start_tls(ssl_context, server_hostname, timeout)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class LayeredBackend(httpcore.AsyncNetworkBackend):
    """Another backend, whose connections have the layer over them that `over` lays."""

    def __init__(
        self,
        backend: httpcore.AsyncNetworkBackend,
        over: Callable[[httpcore.AsyncNetworkStream], httpcore.AsyncNetworkStream],
    ) -> None:
        self._backend, self._over = backend, over

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        return self._over(await self._backend.connect_tcp(host, port, timeout, local_address, socket_options))

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.AsyncNetworkStream:
        return await self._backend.connect_unix_socket(path, timeout, socket_options)

    async def sleep(self, seconds: float) -> None:
        await self._backend.sleep(seconds)
