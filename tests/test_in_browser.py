"""Claims about pages opened in Chromium: what is taken, what is waited for and clicked away, what goes wrong how."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import struct
import subprocess
import sys
from base64 import b64encode
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import TypeVar

import httpx
import pytest

from monitor.capture.browser_proxy import BrowserProxy
from monitor.capture.guard import Guard, RefusedError
from monitor.capture.in_browser import HTTP_STATUS, BrowserClient
from monitor.capture.way_out import Limits, WayOut
from monitor.errors import CaptureError
from monitor.model.request import Browser, Host, Login, Request, Secret
from monitor.model.snapshot import Snapshot
from tests.bait import SCHEMES, Bait, Resolver, Trick
from tests.browsing import needs_chromium
from tests.sites import Site, answer, leading, site

pytestmark = needs_chromium

T = TypeVar("T")
HTML = "Content-Type: text/html; charset=utf-8"
NAMES = {"page.example": ("127.0.0.1",), "other.example": ("127.0.0.1",)}
ALLOWED = [Host(name, is_private_allowed=True) for name in NAMES]
LATE = """<!doctype html><title>Ferries</title><link rel=icon href=data:,><p>before</p><script>
setTimeout(() => document.body.insertAdjacentHTML("beforeend", "<p class=late>made by a script</p>"), 300)
</script>"""


class Opened:
    """A loop with a browser client in it, for all tests of this module."""

    def __init__(self, runner: asyncio.Runner, client: BrowserClient) -> None:
        self.runner, self.client = runner, client

    def run(self, work: Coroutine[object, object, T]) -> T:
        return self.runner.run(work)

    async def fetch(self, url: str, request: Request | None = None, browser: Browser | None = None) -> Snapshot:
        return await self.client.fetch(url, request or Request(), browser or Browser())

    def shown(self, html: str | bytes, request: Request | None = None, browser: Browser | None = None) -> Snapshot:
        """The snapshot of a page with this HTML."""

        async def taken() -> Snapshot:
            async with site() as there:
                there.pages["/"] = [answer(html.encode() if isinstance(html, str) else html, HTML)]
                return await self.fetch(at(there), request, browser)

        return self.run(taken())


def at(there: Site, name: str = "page.example", path: str = "/") -> str:
    return there.url.replace("127.0.0.1", name) + path


@pytest.fixture(scope="module")
def opened() -> Iterator[Opened]:
    with asyncio.Runner() as runner:
        client = BrowserClient(Guard(ALLOWED, resolve=Resolver(NAMES)), ".")
        runner.run(client.__aenter__())
        yield Opened(runner, client)
        runner.run(client.__aexit__(None, None, None))


# -- what is taken


def test_a_snapshot_is_the_document_as_scripts_made_it_and_a_picture_of_it(opened: Opened) -> None:
    snapshot = opened.shown(LATE, browser=Browser(wait_for="p.late", width=700, height=500))
    assert b'<p class="late">made by a script</p>' in snapshot.body
    assert snapshot.body.startswith(b"<!DOCTYPE html>")
    assert snapshot.media_type == "text/html; charset=utf-8"
    assert dict(snapshot.notes)[HTTP_STATUS] == "200"
    assert snapshot.exchanges == ()
    assert snapshot.captured_at is not None
    assert snapshot.captured_at.utcoffset() is not None
    assert _size(snapshot.screenshot) == (700, 500)


def test_a_picture_shows_the_whole_page_down_to_a_limit(opened: Opened) -> None:
    tall = "<!doctype html><link rel=icon href=data:,><body style='margin:0'><div style='height:{}px'>"
    assert _size(opened.shown(tall.format(3000), browser=Browser(width=400)).screenshot) == (400, 3000)
    assert _size(opened.shown(tall.format(40_000), browser=Browser(width=400)).screenshot) == (400, 16_384)


def test_text_of_any_script_comes_back_in_utf_8(opened: Opened) -> None:
    async def taken() -> Snapshot:
        async with site() as there:
            there.pages["/"] = [answer("<meta charset=koi8-r><p>Паром".encode("koi8-r"), "Content-Type: text/html")]
            return await opened.fetch(at(there))

    snapshot = opened.run(taken())
    assert "<p>Паром" in snapshot.body.decode("utf-8")


def test_the_address_is_that_at_the_end_and_the_status_that_of_the_page(opened: Opened) -> None:
    async def taken() -> tuple[Snapshot, Snapshot, str]:
        async with site() as there:
            there.pages["/moved"] = [leading("/gone")]
            there.pages["/gone"] = [answer(b"<p>no longer here", HTML, status="410 Gone")]
            there.pages["/script"] = [answer(b"<script>location = '/gone'</script>", HTML)]
            moved = await opened.fetch(at(there, path="/moved"))
            return moved, await opened.fetch(at(there, path="/script")), at(there, path="/gone")

    *snapshots, gone = opened.run(taken())
    for snapshot in snapshots:
        assert snapshot.url == gone
        assert dict(snapshot.notes)[HTTP_STATUS] == "410"


def test_a_page_is_shown_in_one_language_zone_and_size_wherever_it_is_opened(opened: Opened) -> None:
    said = opened.shown(
        "<!doctype html><pre id=said></pre><script>said.textContent = [navigator.language, innerWidth, innerHeight,"
        " Intl.DateTimeFormat().resolvedOptions().timeZone, new Date(0).getHours()]</script>",
        browser=Browser(width=800, height=600),
    )
    assert b">en-US,800,600,UTC,0<" in said.body


def test_nothing_is_remembered_from_one_page_to_the_next(opened: Opened) -> None:
    page = "<pre id=said></pre><script>said.textContent = document.cookie; document.cookie = 'a=b'</script>"
    for _ in range(2):
        assert b'<pre id="said"></pre>' in opened.shown(page).body


# -- waiting and clicking


def test_what_covers_a_page_is_clicked_away_and_what_is_not_there_passed_over(opened: Opened) -> None:
    page = "<!doctype html><div id=banner><button onclick='banner.remove()'>No</button></div><p>text"
    body = opened.shown(page, browser=Browser(dismiss=("#none", "#banner button"))).body
    assert b"banner" not in body.split(b"<p>")[0]


def test_what_is_waited_for_and_does_not_come_is_said(opened: Opened) -> None:
    with pytest.raises(CaptureError, match=r"nothing that matches 'p\.never'"):
        opened.shown(LATE, Request(read=0.5), Browser(wait_for="p.never"))


def test_dialogs_popups_and_downloads_stop_nothing(opened: Opened) -> None:
    page = """<!doctype html><script>alert(1); confirm(2); prompt(3); window.open("about:blank");
    onbeforeunload = () => "stay";</script><a id=file download=x href="data:text/plain,x">x</a>
    <script>file.click()</script><p>text"""
    assert b"<p>text" in opened.shown(page).body


def test_a_file_to_be_saved_is_no_page(opened: Opened) -> None:
    async def taken() -> None:
        async with site() as there:
            there.pages["/"] = [answer(b"x", "Content-Disposition: attachment", "Content-Type: application/zip")]
            await opened.fetch(at(there))

    with pytest.raises(CaptureError, match="file to be saved"):
        opened.run(taken())


# -- what is sent


def test_headers_cookies_and_login_go_to_the_pages_own_host_alone(opened: Opened) -> None:
    request = Request(
        headers=(("X-Key", Secret("key-word")),),
        cookies=(("session", Secret("cookie-word")),),
        login=Login("user", Secret("pass-word")),
    )
    basic = b64encode(b"user:pass-word").decode()

    async def sent() -> tuple[list[str], list[str]]:
        async with site() as own, site() as other:
            elsewhere = at(other, "other.example")
            html = (
                f'<img src="{elsewhere}image"><img src="/there"><script src="/own.js"></script>'
                f'<iframe src="{elsewhere}frame"></iframe><script>fetch("{elsewhere}fetch").catch(() => 0)</script>'
            )
            own.pages["/"] = [answer(html.encode(), HTML)]
            own.pages["/there"] = [leading(f"{elsewhere}redirected")]
            other.pages["/redirected"] = [leading(f"{at(own)}back")]
            await opened.fetch(at(own), request)
            await opened.fetch(at(own, path="/there"), request)
            return [head.decode() for head in own.heads], [head.decode() for head in other.heads]

    own, other = opened.run(sent())
    assert {head.split()[1] for head in other} >= {"/image", "/frame", "/fetch", "/redirected"}
    for head in other:
        assert not any(word in head for word in ("key-word", "cookie-word", basic)), head
    for path in ("/", "/there", "/own.js"):
        head = next(head for head in own if head.split()[1] == path)
        assert all(word in head for word in ("key-word", "cookie-word", basic)), head


def test_a_user_agent_of_ones_own_is_sent(opened: Opened) -> None:
    async def sent() -> bytes:
        async with site() as there:
            await opened.fetch(at(there), Request(user_agent="watcher/1 (+https://watch.example)"))
            return there.heads[0]

    assert b"watcher/1 (+https://watch.example)" in opened.run(sent())


def test_a_ca_of_ones_own_is_said_to_be_of_no_use_here(opened: Opened) -> None:
    with pytest.raises(CaptureError, match="certutil"):
        opened.shown(LATE, Request(ca_file="root.pem"))


# -- what is refused


@pytest.mark.parametrize("trick", SCHEMES, ids=lambda trick: trick.name)
def test_only_http_and_https_are_opened(opened: Opened, trick: Trick) -> None:
    async def tried() -> list[bytes]:
        async with Bait() as bait:
            with pytest.raises(RefusedError):
                await opened.fetch(trick.url.format(port=bait.port))
            return await bait.visitors()

    assert opened.run(tried()) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "localhost", "[::1]"])
@pytest.mark.parametrize("way", ["itself", "redirect", "tls", "script", "refresh"])
def test_a_page_at_a_private_address_is_refused_by_name_however_it_is_come_to(
    opened: Opened, host: str, way: str
) -> None:
    async def tried() -> list[bytes]:
        async with Bait() as bait, site() as there:
            url = f"http://{host}:{bait.port}/"
            there.pages["/redirect"] = [leading(url)]
            there.pages["/tls"] = [leading(url.replace("http:", "https:"))]
            there.pages["/script"] = [answer(f"<script>location = '{url}'</script>".encode(), HTML)]
            there.pages["/refresh"] = [answer(f'<meta http-equiv=refresh content="0;url={url}">'.encode(), HTML)]
            with pytest.raises(RefusedError, match="is not connected to"):
                await opened.fetch(url if way == "itself" else at(there, path=f"/{way}"))
            return await bait.visitors()

    assert opened.run(tried()) == []


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://127.0.0.1/", "data:text/html,x", "chrome://version"])
def test_a_redirect_to_another_scheme_opens_nothing(opened: Opened, place: str) -> None:
    async def tried() -> None:
        async with site() as there:
            there.pages["/"] = [leading(place)]
            await opened.fetch(at(there))

    with pytest.raises(CaptureError, match="cannot be opened in a browser"):
        opened.run(tried())


# -- limits


def test_a_page_that_hangs_ends_in_its_time_and_the_next_one_is_opened(opened: Opened) -> None:
    with pytest.raises(CaptureError, match="not there after 3 s") as error:
        opened.shown("<!doctype html><script>for (;;) {}</script>", Request(whole=3))
    assert error.value.is_passing
    assert b"late" in opened.shown(LATE).body


def test_a_server_that_says_nothing_ends_in_its_time(opened: Opened) -> None:
    async def silent(writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()
        writer.close()

    async def tried() -> None:
        async with site() as there:
            there.pages["/"] = [silent]
            await opened.fetch(at(there), Request(read=0.5, whole=20))

    with pytest.raises(CaptureError, match="not reached"):
        opened.run(tried())


def test_a_page_that_loads_without_end_is_cut(opened: Opened) -> None:
    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    async def tried() -> None:
        async with site() as there:
            there.pages["/"] = [answer(b"<script src=/endless></script>", HTML)]
            there.pages["/endless"] = [endless]
            await opened.fetch(at(there), Request(most_bytes=100_000, whole=30))

    with pytest.raises(CaptureError, match="loads more than 500,000 bytes"):
        opened.run(tried())


def test_a_document_that_grew_too_large_is_refused(opened: Opened) -> None:
    with pytest.raises(CaptureError, match="more than 100,000 bytes"):
        opened.shown("<p id=p></p><script>p.textContent = 'x'.repeat(200000)</script>", Request(most_bytes=100_000))


# -- ends and beginnings


def test_a_browser_that_is_killed_is_told_and_started_anew(opened: Opened) -> None:
    async def killed() -> None:
        async with site() as there:
            there.pages["/"] = [answer(LATE.encode(), HTML)]
            asking = asyncio.ensure_future(opened.fetch(at(there), browser=Browser(wait_for="p.never")))
            while not there.heads:
                await asyncio.sleep(0)
            for pid in _chromiums(os.getpid()):
                os.kill(pid, signal.SIGKILL)
            await asking

    with pytest.raises(CaptureError) as error:
        opened.run(killed())
    assert error.value.is_passing
    assert b"late" in opened.shown(LATE).body


def test_a_browser_that_hangs_is_given_up_and_started_anew(opened: Opened) -> None:
    opened.shown(LATE)
    hanging = _chromiums(os.getpid())
    for pid in hanging:
        os.kill(pid, signal.SIGSTOP)
    with pytest.raises(CaptureError, match="not there after 3 s"):
        opened.shown(LATE, Request(whole=3))
    assert b"late" in opened.shown(LATE).body
    assert not set(_chromiums(os.getpid())) & set(hanging)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_no_process_of_the_browser_outlives_this_one(how: signal.Signals) -> None:
    program = subprocess.Popen([sys.executable, "-c", _OPENING], stdout=subprocess.PIPE, text=True)
    assert program.stdout
    assert program.stdout.readline() == "open\n"
    chromiums = [os.pidfd_open(pid) for pid in _chromiums(program.pid)]
    assert len(chromiums) > 2
    program.send_signal(how)
    program.wait(30)
    program.stdout.close()
    for each in chromiums:
        assert select.select([each], [], [], 30)[0], "a process of Chromium is still there"
        os.close(each)


_OPENING = """
import asyncio
from monitor.capture.guard import Guard
from monitor.capture.in_browser import BrowserClient
from monitor.errors import CaptureError
from monitor.model.request import Browser, Request

async def opening():
    async with BrowserClient(Guard(), ".") as client:
        try:
            await client.fetch("http://127.0.0.1/", Request(), Browser())
        except CaptureError:
            print("open", flush=True)
        await asyncio.Event().wait()

try:
    asyncio.run(opening())
except KeyboardInterrupt:
    pass
"""


def test_what_is_missing_is_named_with_the_command_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async def tried() -> None:
        async with BrowserClient(Guard(ALLOWED), ".") as client:
            await client.fetch("http://page.example/", Request(), Browser())

    with monkeypatch.context() as missing:
        missing.setenv("PATH", "")
        with pytest.raises(CaptureError, match="apt-get install chromium"):
            asyncio.run(tried())
    monkeypatch.setitem(sys.modules, "playwright", None)
    with pytest.raises(CaptureError, match=r"pip install '\.\[browser\]'"):
        asyncio.run(tried())


# -- the proxy


def test_nobody_without_a_ticket_gets_anything_from_the_proxy() -> None:
    async def tried() -> list[int]:
        async with BrowserProxy() as proxy, site() as there:
            way_out = WayOut(Guard(ALLOWED, resolve=Resolver(NAMES)), Limits(5, 5, 1000))
            async with proxy.ticket(way_out) as ticket:
                own = httpx.Proxy(proxy.address, auth=(ticket.user, ticket.password))
                wrong = httpx.Proxy(proxy.address, auth=(ticket.user, "guessed"))
                statuses = [await _status(each, at(there)) for each in (own, wrong, httpx.Proxy(proxy.address))]
            return [*statuses, await _status(own, at(there))]

    assert asyncio.run(tried()) == [404, 407, 407, 407]


async def _status(proxy: httpx.Proxy, url: str) -> int:
    async with httpx.AsyncClient(proxy=proxy, trust_env=False) as client:
        return (await client.get(url)).status_code


def test_a_proxy_of_configs_is_gone_through_and_opens_no_way_past_the_guard(opened: Opened) -> None:
    async def tried() -> tuple[Snapshot, list[str]]:
        resolve = Resolver(NAMES)
        async with Bait() as bait, BrowserProxy() as upstream, site() as there:
            everything = [*ALLOWED, Host("127.0.0.1", is_private_allowed=True)]
            async with upstream.ticket(WayOut(Guard(everything, resolve=resolve), Limits(5, 5, 10**6))) as ticket:
                address = upstream.address.replace("//", f"//{ticket.user}:{ticket.password}@")
                request = Request(proxy=Secret(address))
                there.pages["/"] = [answer(LATE.encode(), HTML)]
                snapshot = await opened.fetch(at(there), request)
                for url in (f"http://127.0.0.1:{bait.port}/", f"https://127.0.0.1:{bait.port}/"):
                    with pytest.raises(RefusedError):
                        await opened.fetch(url, request)
                assert await bait.visitors() == []
            return snapshot, resolve.asked

    snapshot, asked = opened.run(tried())
    assert b"Ferries" in snapshot.body
    assert "page.example" in asked


# -- processes and pictures


def _chromiums(parent: int) -> list[int]:
    """The processes below this one that are Chromium's."""
    children: dict[int, list[int]] = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            above = int(Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(above, []).append(int(entry))
    below, waiting = [], [parent]
    while waiting:
        new = children.get(waiting.pop(), [])
        below += new
        waiting += new
    return [pid for pid in below if "chrom" in os.path.basename(_program(pid))]


def _program(pid: int) -> str:
    try:
        return os.readlink(f"/proc/{pid}/exe")
    except OSError:
        return ""


def _size(png: bytes | None) -> tuple[int, int]:
    assert png
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height
