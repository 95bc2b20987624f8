"""A site's robots.txt → whether one of its addresses may be asked for, and how slowly. RFC 9309, read by protego."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import httpcore
import httpx
from protego import Protego

from monitor.capture.politeness import Clock
from monitor.capture.urls import host_of
from monitor.errors import CaptureError
from monitor.model.request import Request
from monitor.model.snapshot import Snapshot

TOKEN = "monitor"  # noqa: S105  the name by which robots.txt calls us, no secret
_MOST_READ = 500 * 1024  # bytes; what RFC 9309 asks to be read at least
_MOST_BYTES = 5 * 1024**2  # bytes; what is larger is no robots.txt
_WHOLE = 30.0  # seconds; the pages wait for it
_KEPT = 6 * 3600.0  # seconds; RFC 9309 allows a day
_KEPT_FAILURE = 300.0  # seconds in which the other pages of a host that does not answer need not ask again
_REMEDY = "leave it, or set `robots: ignore` in config.yaml where you may"

_OUT_OF_REACH = (httpcore.ConnectError, httpcore.ConnectTimeout)

Fetch = Callable[[str, Request], Awaitable[Snapshot]]


class Rules(NamedTuple):
    """What a robots.txt says to us; None where it says nothing."""

    file: Protego | None

    def admits(self, url: str) -> bool:
        """Whether the address may be asked for."""
        return self.file is None or self.file.can_fetch(url, TOKEN)

    @property
    def delay(self) -> float:
        """The seconds between two requests that it asks for."""
        return (self.file and self.file.crawl_delay(TOKEN)) or 0.0


class _Known(NamedTuple):
    until: float
    found: Rules | CaptureError


class Robots:
    """The robots.txt of every site of a run, each fetched once in some hours by `fetch`."""

    def __init__(self, fetch: Fetch, clock: Clock) -> None:
        self._fetch, self._clock = fetch, clock
        self._known: dict[object, _Known] = {}
        self._locks: dict[object, asyncio.Lock] = {}

    async def check(self, url: httpx.URL, request: Request) -> float:
        """The seconds between two requests that the site asks for.

        Raises CaptureError where the address may not be asked for, and where robots.txt cannot be had.
        """
        rules = await self._rules(url, request)
        if not rules.admits(str(url)):
            raise CaptureError(f"{url}: robots.txt of {host_of(url)} does not allow it", _REMEDY)
        return rules.delay

    async def _rules(self, url: httpx.URL, request: Request) -> Rules:
        key = (url.scheme, url.netloc, request.proxy, request.ca_file)
        async with self._locks.setdefault(key, asyncio.Lock()):
            known = self._known.get(key)
            if known is None or known.until < self._clock.now():
                found = await self._found(str(url.copy_with(raw_path=b"/robots.txt", fragment=None)), request)
                kept = _KEPT_FAILURE if isinstance(found, CaptureError) else _KEPT
                self._known[key] = known = _Known(self._clock.now() + kept, found)
        if isinstance(known.found, CaptureError):
            raise _about(known.found, url)
        return known.found

    async def _found(self, url: str, request: Request) -> Rules | CaptureError:
        """It is asked for without what is the page's own: no login, no cookies, no header."""
        asked = request._replace(headers=(), cookies=(), login=None, obeys_robots=False, most_bytes=_MOST_BYTES)
        asked = asked._replace(whole=min(request.whole, _WHOLE))
        try:
            answer = await self._fetch(url, asked)
        except CaptureError as error:
            return _of_the_file(error)
        status = answer.exchanges[-1].status
        if status >= 500 or status == 429:
            what = f"{url} answers with status {status}, and until it says what is allowed nothing is"
            return CaptureError(what, "it is asked again later", is_passing=True)
        return Rules(parsed(answer.body) if 200 <= status < 300 else None)


def _of_the_file(error: CaptureError) -> CaptureError:
    """The error, without the advice to raise the page's limit: that of this file is its own."""
    if "most_bytes" in error.remedy:
        return CaptureError(error.what, _REMEDY, is_passing=error.is_passing)
    return error


def _about(error: CaptureError, url: httpx.URL) -> CaptureError:
    """The error, by the page's own address where the host is out of reach, which is no matter of robots.txt."""
    file, _, what = error.what.partition("/robots.txt:")
    if what and isinstance(error.__cause__, _OUT_OF_REACH) and str(url).startswith(file):
        return CaptureError(f"{url}:{what}", error.remedy, is_passing=error.is_passing)
    return error.with_traceback(None)


def parsed(body: bytes) -> Protego:
    """What the file says to us and to all, of its first 500 KB."""
    text = body[:_MOST_READ].decode("utf-8-sig", "replace")
    return Protego.parse("\n".join(map(_unless_for_others, text.splitlines())))


def _unless_for_others(line: str) -> str:
    """The line, but all other crawlers by one name: protego's time grows with their number times that of the rules."""
    agent = re.match(r"\s*user[-\s]*agent\s*[:\s]\s*([^#]*)", line, re.IGNORECASE)
    if agent is None:
        return line
    name = agent[1].strip().lower()
    return line if name == "*" or TOKEN.startswith(name.replace("*", "")) else "User-agent: -"
