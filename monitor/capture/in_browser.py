"""A page that needs JavaScript → a Snapshot: its document as Chromium made it, and a screenshot.

All that it loads comes through the guard (browser_proxy.py). Each page is opened with nothing remembered, in the same
language and time zone; downloads are refused, dialogs dismissed, popups closed, service workers blocked.
"""

from __future__ import annotations

import asyncio
from base64 import b64encode
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Self

from monitor.capture.browser_page import document, picture, settled
from monitor.capture.browser_proxy import BrowserProxy, Ticket
from monitor.capture.chromium import Chromium, program_of_browser
from monitor.capture.guard import Guard
from monitor.capture.own_lines import OwnLines
from monitor.capture.revealing import revealed
from monitor.capture.way_out import Limits, WayOut
from monitor.errors import CaptureError
from monitor.model.request import Browser, Request
from monitor.model.snapshot import Snapshot

if TYPE_CHECKING:
    from playwright.async_api import Page, Request as Asked, Response

HTTP_STATUS = "http-status"
"""The note of a Snapshot that says with which status its page was answered: ("http-status", "404")."""

_TRAFFIC = 5  # times what a page may have: its pictures, scripts and fonts come on top; heavy pages load some 10 MB

_MOST_PAGES = 4  # at a time; each takes a processor while it loads, and some 100 MB. Waiting for a place costs no time


class BrowserClient:
    """Opens pages in Chromium, which is started for the first of them and closed with this.

    `folder` is where relative files of secrets are.
    """

    def __init__(self, guard: Guard, folder: str) -> None:
        self._guard, self._folder = guard, folder
        self._open = AsyncExitStack()
        self._places = asyncio.Semaphore(_MOST_PAGES)

    async def __aenter__(self) -> Self:
        self._proxy = await self._open.enter_async_context(BrowserProxy())
        self._chromium = Chromium(self._proxy.address)
        self._open.push_async_callback(self._chromium.close)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    async def fetch(self, url: str, request: Request, browser: Browser) -> Snapshot:
        """The page as a browser shows it, whatever its status, which stands in its notes (`http-status`).

        Raises CaptureError: an address that is not connected to, no answer, a time or a size above the request's
        limits, nothing that matches `wait_for`, no Chromium here.
        """
        self._guard.check(url)
        program_of_browser()
        sent = _sent(url, request, self._folder)
        limits = Limits(request.connect, request.read, _TRAFFIC * request.most_bytes)
        way_out = WayOut(self._guard, limits, sent.proxy)
        async with self._places, self._proxy.ticket(way_out) as ticket:
            try:
                async with asyncio.timeout(request.whole):
                    return await self._taken(ticket, _Wanted(url, request, browser, sent))
            except TimeoutError as error:
                raise CaptureError(
                    f"{url} is not there after {request.whole:g} s in a browser",
                    "try again later, or give it more time",
                    is_passing=True,
                ) from error

    async def _taken(self, ticket: Ticket, wanted: _Wanted) -> Snapshot:
        from playwright.async_api import Error  # noqa: PLC0415  an extra, and heavy

        main = _Main(wanted.url)
        try:
            async with self._chromium.context(ticket, wanted.browser, wanted.request.user_agent) as context:
                await context.add_cookies(
                    [{"name": name, "value": value, "url": wanted.url} for name, value in wanted.sent.cookies.items()]
                )
                page = await context.new_page()
                context.on("page", _close)
                main.watch(page)
                return await self._look(page, main, ticket, wanted)
        except Error as error:
            raise _told(str(error), ticket, main) from error

    async def _look(self, page: Page, main: _Main, ticket: Ticket, wanted: _Wanted) -> Snapshot:
        request, browser = wanted.request, wanted.browser
        version = page.context.browser.version if page.context.browser else ""
        devtools = await page.context.new_cdp_session(page)
        await OwnLines(wanted.url, wanted.sent.lines).add_to(devtools)
        page.set_default_timeout(0)  # the whole has its own
        await page.goto(wanted.url, wait_until="load")
        await settled(page, browser.wait_for, browser.dismiss, min(request.read, request.whole / 2))
        body = await document(devtools, request.most_bytes)
        at = datetime.now(UTC)
        screenshot = await picture(page, browser.width)
        if ticket.way_out.is_spent or not page.url.startswith(("http://", "https://")):
            raise _told(page.url, ticket, main)
        return Snapshot(
            source=wanted.url,
            body=body,
            captured_at=at,
            media_type="text/html; charset=utf-8",
            url=page.url,
            notes=((HTTP_STATUS, str(main.status)), ("browser", f"Chromium {version}"), *_fault_of(screenshot)),
            screenshot=screenshot,
        )


# -- what is sent with the request


class _Sent(NamedTuple):
    """The secrets of a request, as they go to the page's own host, and its proxy."""

    lines: dict[str, str]
    cookies: dict[str, str]
    proxy: str | None


class _Wanted(NamedTuple):
    url: str
    request: Request
    browser: Browser
    sent: _Sent


def _sent(url: str, request: Request, folder: str) -> _Sent:
    if request.ca_file:
        raise CaptureError(
            f"{url} has a `ca_file` of its own, which a browser does not read",
            "have it trusted by Chromium of this user: certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n NAME -i FILE",
        )
    lines = {name: revealed(value, folder) for name, value in request.headers}
    if request.login:
        pair = f"{request.login.user}:{revealed(request.login.password, folder)}"
        lines["Authorization"] = f"Basic {b64encode(pair.encode()).decode('ascii')}"
    cookies = {name: revealed(value, folder) for name, value in request.cookies}
    return _Sent(lines, cookies, revealed(request.proxy, folder) if request.proxy else None)


# -- what came of it


class _Main:
    """The page's own document: which address was asked for last, and how it was answered."""

    def __init__(self, url: str) -> None:
        self.url, self.status = url, 0

    def watch(self, page: Page) -> None:
        page.on("request", partial(self._asked, page))
        page.on("response", partial(self._answered, page))

    def _asked(self, page: Page, request: Asked) -> None:
        if request.is_navigation_request() and request.frame == page.main_frame:
            self.url = request.url

    def _answered(self, page: Page, response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == page.main_frame:
            self.status = response.status


def _fault_of(screenshot: bytes | None) -> tuple[tuple[str, str], ...]:
    return (("fault", "no screenshot could be made of it"),) if screenshot is None else ()


async def _close(popup: Page) -> None:
    from playwright.async_api import Error  # noqa: PLC0415  an extra; who comes here has it

    with suppress(Error):
        await popup.close()


def _told(said: str, ticket: Ticket, main: _Main) -> CaptureError:
    """What a browser said, or what its proxy knows better."""
    failure = ticket.failure_at(main.url)
    if ticket.way_out.is_spent:
        return CaptureError(
            f"{main.url} loads more than {ticket.way_out.most_bytes:,} bytes", "allow it more: `most_bytes`"
        )
    if isinstance(failure, CaptureError):
        return failure
    if failure:
        return CaptureError(f"{main.url} is not reached ({failure})", "try again later", is_passing=True)
    if "ownload" in said:
        return CaptureError(f"{main.url} is a file to be saved and no page", "watch it without `browser`")
    code = next((word for word in said.replace(":", " ").split() if word.startswith("ERR_")), said.splitlines()[0])
    is_passing = not code.startswith(("ERR_CERT", "ERR_UNSAFE", "ERR_UNKNOWN"))
    return CaptureError(f"{main.url} cannot be opened in a browser ({code})", "try again later", is_passing=is_passing)
