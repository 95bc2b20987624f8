"""A page → a snapshot of it, as its server or a browser gives it now: whole, or the word that it is as it was."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from itertools import islice, takewhile
from types import TracebackType
from typing import TYPE_CHECKING

from monitor.capture.guard import Guard
from monitor.capture.over_http import HttpClient
from monitor.capture.politeness import Clock
from monitor.errors import InputError, MonitorError
from monitor.model.entry import Entry, Kind
from monitor.model.page import Page
from monitor.model.request import Host, Validators
from monitor.model.snapshot import Capture, Exchange, Snapshot
from monitor.store.folder import Store

if TYPE_CHECKING:
    from monitor.capture.in_browser import BrowserClient

# After nine captures that brought nothing the tenth asks for all: servers have said "not modified" of pages that were.
WHOLE_EVERY = 10


class Clients:
    """Takes snapshots of many pages over the same connections, and in one browser. Used within `async with`.

    `folder` is that of config.yaml, beside which the files lie that a page's request names.
    """

    def __init__(self, store: Store, hosts: Sequence[Host], folder: str, clock: Clock | None = None) -> None:
        self._store, self._folder = store, folder
        self._guard = Guard(hosts)
        self._http = HttpClient(self._guard, hosts, folder=folder, clock=clock)
        self._browser: BrowserClient | None = None
        self._opening = asyncio.Lock()
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Clients:
        await self._open.enter_async_context(self._http)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._open.aclose()

    async def take(self, page: Page, *, is_whole: bool = False) -> Snapshot:
        """The page now; `is_whole` asks for all of it, whatever the store has. Raises CaptureError."""
        if page.url is None:
            raise InputError(f"{page.id} has no address", "give it a url in config.yaml")
        if page.browser is None:
            validators = None if is_whole else await asyncio.to_thread(self._validators, page.id, page.url)
            return await self._http.fetch(page.url, page.request, validators)
        browser = await self._opened_browser()
        async with self._http.turn(page.url, page.request):
            return await browser.fetch(page.url, page.request, page.browser)

    async def check(self, page: Page) -> None:
        """Raise RefusedError where its address is one that is not connected to, as far as that is known by now."""
        with suppress(TimeoutError):
            async with asyncio.timeout(page.request.connect):
                await self._guard.check_through_proxy(page.url or "")

    async def ask(self, url: str, page: Page, kept_as: str, *, is_whole: bool = False) -> Snapshot:
        """What another address answers, asked as the page is, but without what is meant for the page's own host.

        `kept_as` is the page under which its captures are kept. Raises CaptureError.
        """
        request = page.request._replace(headers=(), cookies=(), login=None)
        validators = None if is_whole else await asyncio.to_thread(self._validators, kept_as, url)
        return await self._http.fetch(url, request, validators)

    async def _opened_browser(self) -> BrowserClient:
        from monitor.capture.in_browser import BrowserClient  # noqa: PLC0415  few pages need a browser

        async with self._opening:
            if self._browser is None:
                self._browser = await self._open.enter_async_context(BrowserClient(self._guard, folder=self._folder))
        return self._browser

    def _validators(self, page: str, url: str) -> Validators | None:
        """What the server gave with the newest capture, where that was the page and asked for by this address."""
        captures = self._store.captures(page)
        try:
            if not captures or self._is_whole_due(page):
                return None
            said = self._said(captures[-1])
        except MonitorError:
            return None
        if not said or said[0].url != url or said[-1].status not in (200, 304):
            return None
        last = [each for each in said if each.url == said[-1].url]
        etag, modified = (_last(last, name) for name in ("ETag", "Last-Modified"))
        return Validators(etag, modified, said[-1].url, captures[-1].file) if etag or modified else None

    def _is_whole_due(self, page: str) -> bool:
        """Whether the server said "as before" so often, one time after the other, that all of it is to be asked for."""
        newest = islice(self._store.backwards(page), WHOLE_EVERY - 1)
        as_before = list(takewhile(lambda each: each.kind is Kind.REVISIT, newest))
        return len(as_before) == WHOLE_EVERY - 1 and all(map(self._may_be_not_modified, as_before))

    def _may_be_not_modified(self, entry: Entry) -> bool:
        """That a capture found the page as it was may be the server's word or, where all of it came, ours.

        Which of them it was is not known any more of one that was taken out.
        """
        if not os.path.exists(self._store.path(entry.file)):
            return True
        return self._store.held(entry.file)[0].snapshot.is_not_modified

    def _said(self, capture: Capture) -> tuple[Exchange, ...]:
        """What was said at a capture; behind its first address the answer by which one goes that says "as before"."""
        held = self._store.held(capture.file)[0]
        said = held.snapshot.exchanges
        if not (held.original and held.snapshot.is_not_modified):
            return said
        return (said[0], *self._store.held(held.original)[0].snapshot.exchanges[-1:], *said)


def _last(said: Sequence[Exchange], name: str) -> str | None:
    """The newest value of a header."""
    return next((value for each in reversed(said) if (value := each.header(name))), None)
