"""A body → an address by POST, past the guard: how messages are handed to servers. No redirection is followed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import aclosing, suppress
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast

import httpcore
import httpx

from monitor.capture.asking import AGENT
from monitor.capture.complaints import FAULTS, complaint, too_slow
from monitor.capture.connections import core_url, patience
from monitor.capture.guard import Guard, GuardedBackend
from monitor.capture.trust import trusting
from monitor.capture.urls import url_of
from monitor.model.request import Request

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

WHOLE = 60.0  # seconds until the status is there; whoever takes longer is asked again later
READING = 3.0  # seconds for what comes behind the status, which decides without it
MOST_READ = 2_000  # bytes of an answer, of which people read a line


class Poster:
    """Posts to servers that the guard lets pass. Used within `async with`."""

    def __init__(self, guard: Guard, *, whole: float = WHOLE, reading: float = READING) -> None:
        self._guard, self._whole, self._reading = guard, whole, reading
        self._pool: httpcore.AsyncConnectionPool | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            await self._pool.aclose()

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, str]:
        """The status of the answer, and how its text begins if it can be had. Raises CaptureError without a status."""
        self._guard.check(url)
        request = Request(whole=self._whole)
        try:
            async with asyncio.timeout(self._whole):
                response = await self._answer(url_of(url), headers, body, request)
        except TimeoutError as error:
            raise too_slow(url, self._whole) from error
        except FAULTS as error:
            raise complaint(url, error, request) from error
        return response.status, (await self._beginning(response)).decode("utf-8", "replace")

    async def _answer(
        self, url: httpx.URL, headers: Mapping[str, str], body: bytes, limits: Request
    ) -> httpcore.Response:
        lines = {"Host": url.netloc.decode("ascii"), "User-Agent": AGENT, **headers, "Content-Length": str(len(body))}
        asked = httpcore.Request(
            b"POST",
            core_url(url),
            headers=list(lines.items()),
            content=body,
            extensions=patience(limits),
        )
        return await self._opened().handle_async_request(asked)

    async def _beginning(self, response: httpcore.Response) -> bytes:
        """How the body begins. Whatever is wrong with it, or with its end, the status was there before it."""
        found = bytearray()
        try:
            with suppress(TimeoutError, *FAULTS):
                async with asyncio.timeout(self._reading):
                    await _read(response, found)
        finally:
            with suppress(*FAULTS):
                await response.aclose()
        return bytes(found[:MOST_READ])

    def _opened(self) -> httpcore.AsyncConnectionPool:
        if self._pool is None:
            self._pool = httpcore.AsyncConnectionPool(
                ssl_context=trusting(None), keepalive_expiry=0, network_backend=GuardedBackend(self._guard)
            )
        return self._pool


async def _read(response: httpcore.Response, found: bytearray) -> None:
    async with aclosing(cast("AsyncGenerator[bytes]", response.aiter_stream())) as parts:
        async for part in parts:
            found += part
            if len(found) > MOST_READ:
                break
