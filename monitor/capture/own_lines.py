"""Header lines for a page's own host → sent to it and to nobody else, wherever the page leads.

Extra headers and routes of Playwright go with a request through all its redirects, to other hosts too. Chromium itself
asks before each of them, over its DevTools protocol, and is answered here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, TypedDict

import httpx

if TYPE_CHECKING:
    from playwright.async_api import CDPSession


class _Request(TypedDict):
    url: str
    headers: dict[str, str]


class _Paused(TypedDict):
    requestId: str
    request: _Request


class OwnLines:
    """The lines (name → value) for the host of `url`. The same host over https, on its usual port, is the same."""

    def __init__(self, url: str, lines: Mapping[str, str]) -> None:
        self._own, self._lines = httpx.URL(url), {name.lower(): (name, value) for name, value in lines.items()}
        self._answers: set[asyncio.Task[None]] = set()

    async def add_to(self, devtools: CDPSession) -> None:
        """Add them to what this page asks for from now on."""
        if not self._lines:
            return

        def answer(paused: _Paused) -> None:
            task = asyncio.ensure_future(self._answer(devtools, paused))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

        devtools.on("Fetch.requestPaused", answer)
        await devtools.send("Fetch.enable", {"patterns": [{"urlPattern": "*", "requestStage": "Request"}]})

    async def _answer(self, devtools: CDPSession, paused: _Paused) -> None:
        from playwright.async_api import Error  # noqa: PLC0415  an extra; who comes here has it

        # What an earlier hop of a redirect was given is taken off again.
        theirs = {
            name: value for name, value in paused["request"]["headers"].items() if name.lower() not in self._lines
        }
        ours = dict(self._lines.values()) if self._is_own(httpx.URL(paused["request"]["url"])) else {}
        headers = [{"name": name, "value": value} for name, value in (theirs | ours).items()]
        with suppress(Error):  # the page is gone, or gave the request up
            await devtools.send("Fetch.continueRequest", {"requestId": paused["requestId"], "headers": headers})

    def _is_own(self, url: httpx.URL) -> bool:
        is_upgrade = (
            self._own.scheme == "http" and url.scheme == "https" and self._own.port is None and url.port is None
        )
        return url.raw_host == self._own.raw_host and (
            is_upgrade or (url.scheme, url.port) == (self._own.scheme, self._own.port)
        )
