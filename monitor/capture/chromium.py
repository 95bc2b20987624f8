"""The system's Chromium, driven by Playwright → contexts, each with a ticket for the proxy as its only way out.

Nothing is left to a page that could go round the proxy: loopback goes through it too, WebRTC has no UDP of its own,
QUIC is off, and names are not resolved by the browser. Started when first asked for, anew when it crashed, and closed
with all its processes: they end with this one too, however it ends.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from monitor.capture.browser_proxy import Ticket
from monitor.errors import CaptureError, how_to_install
from monitor.model.request import Browser

if TYPE_CHECKING:
    from playwright.async_api import Browser as Process, BrowserContext, Playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--disable-quic",
    "--dns-prefetch-disable",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # in older versions
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # where the proxy is; it resolves the names
    "--no-pings",
)
_ALL = "<-loopback>"  # takes back that loopback goes past a proxy
_CANDIDATES = """new Promise(done => {
    const peer = new RTCPeerConnection(), found = [];
    peer.onicecandidate = event => event.candidate ? found.push(event.candidate.candidate) : done(found.length);
    peer.createDataChannel("any");
    peer.setLocalDescription();
})"""
_SANDBOX = "its sandbox wants user namespaces: let this user, or this container, have them"
_STARTING = 30_000  # milliseconds; it takes 500, and some thousands on a busy machine
_OPENING = 2.0  # seconds for a context to open before a browser is taken for hung; it takes 0.02
_CLOSING = 5.0  # seconds for a context or the browser to close; a page that hangs is closed within one
_LOCALE, _ZONE = "en-US", "UTC"  # so that a page shows the same wherever it is captured


class _Running(NamedTuple):
    driver: Playwright
    process: Process


class Chromium:
    """Chromium with a proxy at this address ("http://127.0.0.1:port") as its way out."""

    def __init__(self, proxy: str) -> None:
        self._proxy = proxy
        self._beginning: asyncio.Task[_Running] | None = None

    @asynccontextmanager
    async def context(self, ticket: Ticket, browser: Browser, user_agent: str | None) -> AsyncIterator[BrowserContext]:
        """A context with nothing remembered. Raises CaptureError where there is no browser to be started."""
        process = await self._running()
        began = time.monotonic()
        try:
            context = await self._new_context(process, ticket, browser, user_agent)
        except asyncio.CancelledError:
            if time.monotonic() - began > _OPENING:
                await self._give_up(process)
            raise
        try:
            yield context
        finally:
            await self._close(context, process)

    async def _new_context(
        self, process: Process, ticket: Ticket, browser: Browser, user_agent: str | None
    ) -> BrowserContext:
        return await process.new_context(
            proxy={"server": self._proxy, "username": ticket.user, "password": ticket.password, "bypass": _ALL},
            viewport={"width": browser.width, "height": browser.height},
            user_agent=user_agent,
            locale=_LOCALE,
            timezone_id=_ZONE,
            color_scheme="light",
            reduced_motion="reduce",
            service_workers="block",
            accept_downloads=False,
        )

    async def _close(self, context: BrowserContext, process: Process) -> None:
        """Close a context, and where that cannot be done the browser with it."""
        from playwright.async_api import Error  # noqa: PLC0415  who opens no browser need not have it

        try:
            async with asyncio.timeout(_CLOSING):
                await context.close()
        except (TimeoutError, Error):
            await self._give_up(process)

    async def _give_up(self, process: Process) -> None:
        """Close this browser, if nobody did and began another."""
        beginning = self._beginning
        if beginning and beginning.done() and beginning.result().process is process:
            await self.close()

    async def _running(self) -> Process:
        """The browser as it runs, or anew. Who gives up waiting for it does not end it: the next one has it."""
        if self._beginning is None:
            self._beginning = asyncio.ensure_future(_started(self._proxy))
        beginning = self._beginning
        try:
            process = (await asyncio.shield(beginning)).process
        except Exception:
            self._beginning = None
            raise
        if process.is_connected():
            return process
        await self._give_up(process)
        return await self._running()

    async def close(self) -> None:
        """Close it with all its pages. It is started anew when it is asked for again."""
        beginning, self._beginning = self._beginning, None
        if beginning:
            with suppress(Exception):  # it never began
                running = await beginning
                await _ended(running.process.close())
                await _ended(running.driver.stop())


async def _started(proxy: str) -> _Running:
    program = program_of_browser()
    from playwright.async_api import async_playwright  # noqa: PLC0415  an extra, and heavy

    driver = await async_playwright().start()
    try:
        process = await _launched(driver, program, proxy)
        await _try_out(process)
    except BaseException:
        await _ended(driver.stop())
        raise
    return _Running(driver, process)


async def _launched(driver: Playwright, program: str, proxy: str) -> Process:
    from playwright.async_api import Error  # noqa: PLC0415  an extra, and heavy

    try:
        return await driver.chromium.launch(
            executable_path=program,
            args=list(_FLAGS),
            proxy={"server": proxy, "bypass": _ALL},
            chromium_sandbox=os.geteuid() != 0,  # as root it has none
            timeout=_STARTING,
        )
    except Error as error:
        said = str(error).splitlines()
        what = next((line for line in said if "ERROR" in line or "FATAL" in line or "sandbox" in line), said[0])
        remedy = _SANDBOX if "sandbox" in what else f"see what {program} --headless says"
        raise CaptureError(f"{program} does not start ({what.strip()})", remedy) from error


async def _try_out(process: Process) -> None:
    """Raise CaptureError where WebRTC has a way past the proxy: the switch that shuts it has had several names."""
    page = await process.new_page()
    ways = await page.evaluate(_CANDIDATES)
    await page.close()
    if ways:
        raise CaptureError(
            f"Chromium {process.version} lets pages connect past its proxy (WebRTC)", "use another version of it"
        )


async def _ended(ending: Coroutine[Any, Any, None]) -> None:
    with suppress(Exception):  # whatever a browser says that is going anyway
        async with asyncio.timeout(_CLOSING):
            await ending


def program_of_browser() -> str:
    """Where Chromium is. Raises CaptureError, with the command that brings it, where it or Playwright is missing."""
    if find_spec("playwright") is None:
        raise CaptureError("opening a page in a browser needs Playwright", how_to_install("browser"))
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise CaptureError("opening a page in a browser needs Chromium", "this brings it: apt-get install chromium")
    return found
