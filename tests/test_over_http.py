"""Pages asked for over HTTP: what is kept of it, what is sent to whom, what is asked again, what is told."""

from __future__ import annotations

import asyncio
import logging
from base64 import b64encode
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TypeVar

import pytest

from monitor.capture.asking import AGENT
from monitor.capture.guard import RefusedError
from monitor.capture.over_http import HttpClient
from monitor.errors import CaptureError
from monitor.model.request import Host, Login, Request, Secret, Validators
from monitor.model.snapshot import Snapshot
from monitor.store.warc import content_of, held_in
from tests.sites import (
    HERE,
    PAGE,
    Proxy,
    Site,
    StoppedClock,
    answer,
    asking,
    certificate,
    leading,
    open_to,
    root_file,
    secured,
    site,
    speak_http2,
)

T = TypeVar("T")
PLAIN = Request(obeys_robots=False)
BUSY = "503 Service Unavailable"
DOWN = answer(b"busy", status=BUSY)


def on(made: Callable[[HttpClient, Site], Awaitable[T]], clock: StoppedClock | None = None, **pages: bytes) -> T:
    """What comes of a client beside a site with these pages."""

    async def run() -> T:
        async with asking(clock=clock) as client, site(**pages) as there:
            return await made(client, there)

    return asyncio.run(run())


def fetched(reply: bytes, request: Request = PLAIN, validators: Validators | None = None) -> tuple[Snapshot, Site]:
    async def fetch(client: HttpClient, there: Site) -> tuple[Snapshot, Site]:
        return await client.fetch(f"{there.url}/page", request, validators), there

    return on(fetch, page=reply)


def sent(there: Site, at: int = -1) -> dict[str, str]:
    """The header lines of a request that came."""
    lines = there.heads[at].decode("latin-1").split("\r\n")[1:]
    return {name: value for name, _, value in (line.partition(": ") for line in lines) if name}


# -- what is kept


def test_page_is_kept_with_all_that_was_said() -> None:
    began = datetime.now(UTC).replace(microsecond=0)
    found, there = fetched(answer(PAGE, "Content-Type: text/html; charset=koi8-r", 'ETag: "1"'))
    (said,) = found.exchanges
    assert (found.source, found.url, said.url) == (f"{there.url}/page",) * 3
    assert (found.body, found.payload, found.media_type) == (PAGE, PAGE, "text/html; charset=koi8-r")
    assert found.captured_at is not None
    assert (found.captured_at.microsecond, found.captured_at.tzinfo) == (0, UTC)
    assert began <= found.captured_at <= datetime.now(UTC)
    assert (said.protocol, said.address, said.status, found.notes) == ("HTTP/1.1", "127.0.0.1", 200, ())
    assert said.request == there.heads[0]


def test_place_within_the_page_is_no_part_of_its_address() -> None:
    async def fetch(client: HttpClient, there: Site) -> tuple[Snapshot, Site]:
        return await client.fetch(f"{there.url}/page?a=%5B1|2#notes", PLAIN), there

    found, there = on(fetch)
    assert there.asked == ["/page?a=%5B1|2"]
    assert found.url == found.exchanges[0].url == f"{there.url}/page?a=%5B1|2"


def test_heads_are_kept_to_the_letter() -> None:
    head = (
        b"HTTP/1.1 200   Very  OK \r\nserver:x\r\nX-Odd:   two  words\t\r\nX-Two: 1\r\nX-Two: 2\r\n"
        b"X-Old: a\r\n b\r\nX-High: \xe9\xff\r\ncontent-LENGTH: %d\r\n\r\n" % len(PAGE)
    )
    found, _ = fetched(head + PAGE)
    assert found.exchanges[-1].response == head


def test_hints_before_the_answer_are_no_part_of_its_head() -> None:
    found, _ = fetched(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + answer())
    assert found.exchanges[-1].response + found.body == answer()


def test_lines_that_end_in_line_feeds_alone_are_kept_with_both() -> None:
    found, _ = fetched(answer().replace(b"\r\n", b"\n"))
    assert found.exchanges[-1].response + found.body == answer()


def test_chunks_are_joined_and_the_header_that_named_them_is_renamed() -> None:
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (PAGE[:10], PAGE[10:]))
    found, _ = fetched(b"HTTP/1.1 200 OK\r\nTRANSFER-encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n")
    assert found.body == PAGE
    assert found.exchanges[-1].response == b"HTTP/1.1 200 OK\r\nX-Crawler-Transfer-Encoding: chunked\r\n\r\n"


def test_what_was_fetched_comes_back_out_of_the_store() -> None:
    async def fetch(client: HttpClient, there: Site) -> Snapshot:
        return await client.fetch(f"{there.url}/old", PLAIN)

    found = on(fetch, old=leading("/page"), page=answer())
    held = held_in(content_of("harbour", found), found.source).snapshot
    assert held._replace(notes=()) == found._replace(body=found.payload)
    assert [each.status for each in held.exchanges] == [302, 200]


def test_not_found_is_a_capture_and_is_asked_for_once() -> None:
    found, there = fetched(answer(b"gone", status="404 Not Found"))
    assert (found.exchanges[-1].status, found.body, len(there.heads)) == (404, b"gone", 1)


def test_connection_is_used_again() -> None:
    async def fetch(client: HttpClient, there: Site) -> int:
        for _ in range(3):
            await client.fetch(f"{there.url}/page", PLAIN)
        return there.connections

    assert on(fetch, page=answer()) == 1


def test_as_many_connections_are_made_as_ask_at_a_time() -> None:
    async def fetch(client: HttpClient, there: Site) -> int:
        for _ in range(3):
            await asyncio.gather(*(client.fetch(f"{there.url}/page", PLAIN) for _ in range(7)))
        return there.connections

    assert on(fetch, page=answer()) == 7


def test_connection_that_nobody_uses_is_given_up_after_some_seconds() -> None:
    clock = StoppedClock()

    async def fetch(client: HttpClient, there: Site) -> None:
        await client.fetch(f"{there.url}/page", PLAIN)
        clock.time += 10
        async with site(page=answer()) as other:
            await client.fetch(f"{other.url}/page", PLAIN)
        await asyncio.wait_for(there.ended.wait(), 5)

    on(fetch, clock, page=answer())


# -- TLS and HTTP/2


def test_root_that_was_named_is_trusted(tmp_path: Path) -> None:
    async def fetch() -> Snapshot:
        async with (
            site(secured(certificate(), tmp_path), page=answer()) as there,
            asking(folder=str(tmp_path)) as client,
        ):
            return await client.fetch(f"{there.url}/page", PLAIN._replace(ca_file=root_file(tmp_path)))

    assert asyncio.run(fetch()).body == PAGE


def test_http2_is_spoken_where_it_is_offered(tmp_path: Path) -> None:
    async def fetch() -> Snapshot:
        request = PLAIN._replace(ca_file=root_file(tmp_path))
        context = secured(certificate(), tmp_path, "h2", "http/1.1")
        async with open_to(speak_http2, context) as url, asking(folder=str(tmp_path)) as client:
            await client.fetch(f"{url}/before", request)
            return await client.fetch(f"{url}/page?a=1", request)

    found = asyncio.run(fetch())
    (said,) = found.exchanges
    assert (found.body, said.protocol, said.address) == (PAGE, "HTTP/2", "127.0.0.1")
    assert said.response == b"HTTP/1.1 200 \r\ncontent-type: text/html\r\nx-asked: /page?a=1\r\n\r\n"
    assert said.request.startswith(b"GET /page?a=1 HTTP/1.1\r\nHost: 127.0.0.1:")


def test_no_log_has_a_secret(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    request = PLAIN._replace(headers=(("X-Key", Secret("hush-hush")),), ca_file=root_file(tmp_path))

    async def fetch() -> None:
        context = secured(certificate(), tmp_path, "h2")
        async with open_to(speak_http2, context) as url, asking(folder=str(tmp_path)) as client:
            await client.fetch(f"{url}/page", request)

    with caplog.at_level(logging.DEBUG):
        asyncio.run(fetch())
    assert "hush-hush" not in caplog.text


@pytest.mark.parametrize(
    ("content", "line"), [(None, "cannot be read"), ("no certificate", "holds no certificate")], ids=["none", "junk"]
)
def test_file_of_roots_that_is_none_is_named(content: str | None, line: str, tmp_path: Path) -> None:
    if content:
        (tmp_path / "roots.pem").write_text(content)

    async def fetch() -> None:
        async with asking(folder=str(tmp_path)) as client:
            await client.fetch("https://127.0.0.1:9/", PLAIN._replace(ca_file="roots.pem"))

    with pytest.raises(CaptureError, match=rf"roots.pem {line}"):
        asyncio.run(fetch())


# -- what is sent


def test_who_asks_says_so() -> None:
    _, there = fetched(answer())
    assert sent(there)["User-Agent"] == AGENT
    assert AGENT.startswith("monitor/")
    assert sent(there)["Accept-Encoding"] == "gzip, deflate"


def test_headers_of_the_page_take_the_place_of_the_usual_ones() -> None:
    headers = (("accept", Secret("text/plain")), ("X-Key", Secret("k")), ("Host", Secret("other.example")))
    _, there = fetched(answer(), PLAIN._replace(headers=headers, user_agent="Somebody/1"))
    assert {"accept": "text/plain", "X-Key": "k", "User-Agent": "Somebody/1"}.items() <= sent(there).items()
    assert "Accept" not in sent(there)
    assert sent(there)["Host"].startswith("127.0.0.1:")


def test_secrets_are_sent_and_never_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARBOUR_KEY", "key-from-env")
    (tmp_path / "password").write_text("pass-from-file\n")
    request = PLAIN._replace(
        headers=(("X-Key", Secret(env="HARBOUR_KEY")), ("X-Plain", Secret("seen"))),
        cookies=(("session", Secret("from-cookie")),),
        login=Login("ann", Secret(file="password")),
    )

    async def fetch() -> tuple[Snapshot, Site]:
        async with asking(folder=str(tmp_path)) as client, site(page=answer()) as there:
            return await client.fetch(f"{there.url}/page", request), there

    found, there = asyncio.run(fetch())
    basic = b64encode(b"ann:pass-from-file").decode()
    wanted = {"X-Key": "key-from-env", "Cookie": "session=from-cookie", "Authorization": f"Basic {basic}"}
    assert wanted.items() <= sent(there).items()
    kept = found.exchanges[0].request.decode()
    assert [each for each in wanted.values() if each in kept] == []
    assert {f"{name}: (withheld)" for name in wanted} <= set(kept.split("\r\n"))
    assert "X-Plain: seen" in kept


def test_secret_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HARBOUR_KEY", raising=False)
    with pytest.raises(CaptureError, match="the environment variable HARBOUR_KEY is not there"):
        fetched(answer(), PLAIN._replace(headers=(("X-Key", Secret(env="HARBOUR_KEY")),)))


@pytest.mark.parametrize(
    "request_",
    [
        PLAIN._replace(headers=(("X Key", Secret("hush-hush")),)),
        PLAIN._replace(headers=(("X-Key", Secret("hush-hush\x7f")),)),
        PLAIN._replace(headers=(("", Secret("hush-hush")),)),
        PLAIN._replace(login=Login("ann\n", Secret("hush-hush"))),
        PLAIN._replace(cookies=(("a", Secret("hush-hush\r\nX-Evil: 1")),)),
        PLAIN._replace(proxy=Secret("http://ann:hush-hush@[::1")),
        PLAIN._replace(proxy=Secret("ftp://ann:hush-hush@127.0.0.1:9")),
        PLAIN._replace(proxy=Secret("http://ann:hush-hush@127.0.0.1:9")),
    ],
    ids=["name", "value", "no name", "user", "cookie", "no proxy", "another proxy", "nobody's proxy"],
)
def test_secret_is_in_no_error(request_: Request) -> None:
    with pytest.raises(CaptureError) as caught:
        on(lambda client, there: client.fetch(f"{there.url}/page", request_), StoppedClock(), page=answer())
    assert "hush-hush" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_secret_goes_to_no_other_host() -> None:
    request = PLAIN._replace(
        headers=(("X-Key", Secret("k")),), cookies=(("c", Secret("1")),), login=Login("ann", Secret("pw"))
    )

    async def fetch() -> tuple[Site, Site]:
        async with asking() as client, site(page=answer()) as other, site(near=leading("/far")) as own:
            own.pages["/far"] = [leading(f"{other.url}/page")]
            await client.fetch(f"{own.url}/near", request)
            return own, other

    own, other = asyncio.run(fetch())
    assert own.asked == ["/near", "/far"]
    assert [{"X-Key", "Cookie", "Authorization"} <= set(sent(own, at)) for at in (0, 1)] == [True, True]
    assert {"X-Key", "Cookie", "Authorization"} & set(sent(other)) == set()


def test_value_is_sent_without_the_blanks_around_it() -> None:
    _, there = fetched(answer(), PLAIN._replace(headers=(("X-Key", Secret(" Ключ ")),)))
    assert sent(there)["X-Key"].encode("latin-1").decode() == "Ключ"


def test_cookies_of_the_server_live_for_one_capture() -> None:
    request = PLAIN._replace(cookies=(("theme", Secret("dark")), ("kept", Secret("yes"))))
    setting = leading("/page").replace(
        b"\r\n\r\n", b"\r\nSet-Cookie: seen=1; Path=/\r\nSet-Cookie: theme=light\r\n\r\n"
    )

    async def fetch(client: HttpClient, there: Site) -> list[str | None]:
        for _ in range(2):
            await client.fetch(f"{there.url}/start", request)
        return [sent(there, at).get("Cookie") for at in range(4)]

    cookies = on(fetch, start=setting, page=answer())
    assert cookies[0] == cookies[2] == "theme=dark; kept=yes"
    assert cookies[1] == cookies[3]
    assert set((cookies[1] or "").split("; ")) == {"kept=yes", "seen=1", "theme=light"}


def test_page_that_leads_to_itself_to_set_a_cookie_is_followed() -> None:
    setting = leading("/page").replace(b"\r\n\r\n", b"\r\nSet-Cookie: seen=1\r\n\r\n")

    async def fetch(client: HttpClient, there: Site) -> Snapshot:
        there.pages["/page"] = [setting, answer()]
        return await client.fetch(f"{there.url}/page", PLAIN)

    assert on(fetch).body == PAGE


@pytest.mark.parametrize(
    "cookie",
    [b"a=1; Expires=Thu, 99 Foo 9999 00:00:00 GMT", b"=;;;", b"\xff=\xff; Domain=.", b"a=1; Max-Age=soon", b""],
)
def test_cookie_that_is_none_is_left_alone(cookie: bytes) -> None:
    found, _ = fetched(answer().replace(b"\r\n\r\n", b"\r\nSet-Cookie: " + cookie + b"\r\n\r\n"))
    assert found.body == PAGE


def test_environment_names_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetched(answer())[0].body == PAGE


# -- redirections


def test_redirections_are_kept_first() -> None:
    async def fetch(client: HttpClient, there: Site) -> tuple[Snapshot, str]:
        return await client.fetch(f"{there.url}/a", PLAIN), there.url

    found, base = on(fetch, a=leading("/b", "301 Moved"), b=leading("c#part", "307 Later"), c=answer())
    assert [(each.status, each.url) for each in found.exchanges] == [
        (301, f"{base}/a"),
        (307, f"{base}/b"),
        (200, f"{base}/c"),
    ]
    assert (found.source, found.url) == (f"{base}/a", f"{base}/c")


def test_redirection_from_https_to_http_is_followed_and_noted(tmp_path: Path) -> None:
    async def fetch() -> Snapshot:
        request = PLAIN._replace(ca_file=root_file(tmp_path), login=Login("ann", Secret("pw")))
        context = secured(certificate(), tmp_path)
        async with site(page=answer()) as plain, site(context, start=leading(f"{plain.url}/page")) as safe:
            async with asking(folder=str(tmp_path)) as client:
                found = await client.fetch(f"{safe.url}/start", request)
            assert "Authorization" not in sent(plain)
            return found

    (note,) = asyncio.run(fetch()).notes
    assert note[0] == "downgrade"


def test_redirection_to_a_private_address_is_refused_and_never_connected_to() -> None:
    async def fetch() -> None:
        async with site(page=answer()) as bait, site(start=leading(f"{bait.url}/page")) as there:
            hosts = [Host(there.url.removeprefix("http://"), is_private_allowed=True)]
            async with asking(hosts) as client:
                with pytest.raises(RefusedError, match=r"it leads on, but 127\.0\.0\.1 is no public address"):
                    await client.fetch(f"{there.url}/start", PLAIN)
            assert bait.connections == 0

    asyncio.run(fetch())


@pytest.mark.parametrize(
    "url", ["ftp://harbour.example/", "file:///etc/passwd", "harbour.example", "http://", "http://[", ""]
)
def test_what_is_no_address_of_a_page_is_refused(url: str) -> None:
    with pytest.raises(CaptureError):
        on(lambda client, _: client.fetch(url, PLAIN), StoppedClock())


# -- only if it is another


def test_validators_are_sent_to_the_letter_and_not_modified_is_a_capture() -> None:
    validators = Validators('W/"caf\xe9"', "Sat, 4 Jul 2020 05:25:00 GMT")
    found, there = fetched(b'HTTP/1.1 304 Not Modified\r\nETag: "2"\r\n\r\n', PLAIN, validators)
    assert (found.is_not_modified, found.body) == (True, b"")
    assert sent(there)["If-None-Match"] == validators.etag
    assert sent(there)["If-Modified-Since"] == validators.last_modified


def test_validators_go_to_the_address_that_gave_them_alone() -> None:
    async def fetch(client: HttpClient, there: Site) -> list[bool]:
        validators = Validators(etag='"1"', url=f"{there.url}/2020.html")
        for _ in range(2):
            await client.fetch(f"{there.url}/latest", PLAIN, validators)
        return ["If-None-Match" in sent(there, at) for at in range(4)]

    async def at_first_2020(client: HttpClient, there: Site) -> list[bool]:
        there.pages |= {"/latest": [leading("/2020.html"), leading("/2021.html")]}
        there.pages |= {"/2020.html": [b"HTTP/1.1 304 Not Modified\r\n\r\n"], "/2021.html": [answer()]}
        return await fetch(client, there)

    assert on(at_first_2020) == [False, True, False, False]


# -- what passes


def waits_of(*replies: bytes) -> tuple[Snapshot, list[float]]:
    """What is taken in the end, and what was waited before."""
    clock = StoppedClock()

    async def fetch(client: HttpClient, there: Site) -> Snapshot:
        there.pages["/page"] = list(replies)
        return await client.fetch(f"{there.url}/page", PLAIN)

    return on(fetch, clock), clock.waits


def test_server_that_is_busy_is_asked_again_with_growing_pauses() -> None:
    found, waits = waits_of(DOWN, answer(status="500 Sorry"), answer())
    assert (found.body, [each.status for each in found.exchanges], waits) == (PAGE, [200], [2.0, 10.0])


def test_server_that_stays_busy_is_taken_at_its_last_word() -> None:
    found, waits = waits_of(DOWN)
    assert (found.exchanges[-1].status, found.body, waits) == (503, b"busy", [2.0, 10.0])


def test_connection_that_broke_off_is_tried_again() -> None:
    async def fetch(client: HttpClient, there: Site) -> Snapshot:
        async def hang_up(writer: asyncio.StreamWriter) -> None:
            writer.close()

        there.pages["/page"] = [hang_up, answer()]
        return await client.fetch(f"{there.url}/page", PLAIN)

    assert on(fetch, StoppedClock()).body == PAGE


def test_what_the_server_asks_for_is_waited_for() -> None:
    found, waits = waits_of(answer(b"", "Retry-After: 40", status=BUSY), answer())
    assert (found.body, waits) == (PAGE, [40.0])


def test_moment_that_the_server_asks_for_is_waited_for() -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=50), usegmt=True)
    found, (wait,) = waits_of(answer(b"", f"Retry-After: {moment}", status="429 Slow down"), answer())
    assert found.body == PAGE
    assert 40 < wait <= 50


def test_host_that_asks_for_more_than_there_is_time_is_left_alone_until_then() -> None:
    clock = StoppedClock()

    async def fetch() -> None:
        alone = answer(b"", "Retry-After: 3600", status=BUSY)
        async with asking(clock=clock) as client, site(page=alone, other=answer()) as there:
            assert (await client.fetch(f"{there.url}/page", PLAIN)).exchanges[-1].status == 503
            assert clock.waits == []
            with pytest.raises(CaptureError, match=r"127.0.0.1 asked to be left alone until 20..-") as caught:
                await client.fetch(f"{there.url}/other", PLAIN)
            assert caught.value.is_passing
            assert there.asked == ["/page"]
            clock.time += 3600
            assert (await client.fetch(f"{there.url}/other", PLAIN)).body == PAGE

    asyncio.run(fetch())


@pytest.mark.parametrize("wish", ["soon", "-5", "9" * 400, "Thu, 99 Foo 99999 99:99:99 GMT", "", "1e3"])
def test_wish_that_is_none_or_beyond_all_time_breaks_nothing(wish: str) -> None:
    found, _ = waits_of(answer(b"", f"Retry-After: {wish}", status=BUSY), answer())
    assert found.exchanges[-1].status in {200, 503}


def test_no_second_try_where_no_time_is_left() -> None:
    async def fetch(client: HttpClient, there: Site) -> list[str]:
        await client.fetch(f"{there.url}/page", PLAIN._replace(whole=1.5))
        return there.asked

    assert on(fetch, StoppedClock(), page=DOWN) == ["/page"]


def test_waiting_for_the_turn_takes_none_of_the_pages_time() -> None:
    clock = StoppedClock()

    async def fetch() -> int:
        async with asking([HERE._replace(pause=50.0, parallel=1)], clock=clock) as client, site(page=answer()) as there:
            asked = [client.fetch(f"{there.url}/page", PLAIN._replace(whole=5.0)) for _ in range(4)]
            return len(await asyncio.gather(*asked))

    assert asyncio.run(fetch()) == 4
    assert sum(clock.waits) >= 150


def test_capture_that_is_given_up_leaves_the_others_alone() -> None:
    async def never(_: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    async def fetch() -> Snapshot:
        hosts = [HERE._replace(parallel=1)]
        async with asking(hosts) as client, site(slow=never, page=answer()) as there:
            slow = asyncio.create_task(client.fetch(f"{there.url}/slow", PLAIN))
            queued = asyncio.create_task(client.fetch(f"{there.url}/slow", PLAIN))
            while not there.heads:
                await asyncio.sleep(0)
            fast = asyncio.create_task(client.fetch(f"{there.url}/page", PLAIN))
            queued.cancel()
            slow.cancel()
            await asyncio.gather(slow, queued, return_exceptions=True)
            return await fast

    assert asyncio.run(fetch()).body == PAGE


# -- proxies


def through_proxy(context_folder: Path | None, user: str = "") -> tuple[Snapshot, Proxy]:
    """A page as a proxy brings it: over TLS where there is a folder for certificates."""

    async def fetch() -> tuple[Snapshot, Proxy]:
        proxy, folder = Proxy(), context_folder
        context = secured(certificate(), folder) if folder else None
        async with (
            open_to(proxy.serve) as url,
            site(context, page=answer()) as there,
            asking(folder=str(folder)) as client,
        ):
            request = PLAIN._replace(
                proxy=Secret(url.replace("://", f"://{user}")), ca_file=root_file(folder) if folder else None
            )
            return await client.fetch(f"{there.url}/page", request), proxy

    return asyncio.run(fetch())


def test_page_comes_through_a_proxy() -> None:
    found, proxy = through_proxy(None, "ann:pw@")
    (said,) = found.exchanges
    assert (found.body, said.address) == (PAGE, None)
    assert said.request.startswith(b"GET http://127.0.0.1:")
    assert b"Proxy-Authorization: Basic " + b64encode(b"ann:pw") in proxy.heads[0]
    assert b"Proxy-Authorization" not in said.request


def test_secured_page_comes_through_a_tunnel(tmp_path: Path) -> None:
    found, proxy = through_proxy(tmp_path)
    assert (found.body, found.exchanges[0].address) == (PAGE, None)
    assert proxy.heads[0].startswith(b"CONNECT 127.0.0.1:")
    assert found.exchanges[0].request.startswith(b"GET /page HTTP/1.1")


def test_proxy_that_refuses_is_named(tmp_path: Path) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n")

    async def fetch() -> None:
        async with open_to(refuse) as url, asking(folder=str(tmp_path)) as client:
            await client.fetch("https://127.0.0.1:9/", PLAIN._replace(proxy=Secret(url)))

    with pytest.raises(CaptureError, match="the proxy does not let it through \\(407 Who are you\\)"):
        asyncio.run(fetch())
