"""What a site's robots.txt allows: asked once, read as RFC 9309 has it, and no weapon."""

from __future__ import annotations

import asyncio
from time import monotonic

import pytest

from monitor.capture.robots import parsed
from monitor.errors import CaptureError
from monitor.model.request import Login, Request, Secret
from tests.sites import HERE, PAGE, Site, StoppedClock, answer, asking, leading, site

OBEDIENT = Request()
FREE = Request(obeys_robots=False)
SHUT = b"User-agent: *\nDisallow: /"


def after(*paths: str, robots: bytes | None = None, times: int = 1, request: Request = OBEDIENT) -> Site:
    """A site whose pages were asked for, one after the other, past its robots.txt."""

    async def run() -> Site:
        async with asking(clock=StoppedClock()) as client, site(page=answer(), other=answer()) as there:
            if robots is not None:
                there.pages["/robots.txt"] = [robots]
            for _ in range(times):
                for path in paths:
                    assert (await client.fetch(f"{there.url}{path}", request)).body == PAGE
            return there

    return asyncio.run(run())


def refusal(robots: bytes, request: Request = OBEDIENT) -> CaptureError:
    """Why a page was not asked for."""

    async def run() -> CaptureError:
        async with asking(clock=StoppedClock()) as client, site(page=answer()) as there:
            there.pages["/robots.txt"] = [robots]
            with pytest.raises(CaptureError) as caught:
                await client.fetch(f"{there.url}/page", request)
            assert "/page" not in there.asked
            return caught.value

    return asyncio.run(run())


def test_robots_txt_is_asked_for_first_and_once() -> None:
    there = after("/page", "/other", robots=answer(b"User-agent: *\nDisallow: /shut"), times=3)
    assert there.asked == ["/robots.txt"] + ["/page", "/other"] * 3


def test_many_pages_at_a_time_ask_for_it_once() -> None:
    async def run() -> list[str]:
        async with asking() as client, site(page=answer()) as there:
            await asyncio.gather(*(client.fetch(f"{there.url}/page", OBEDIENT) for _ in range(10)))
            return there.asked

    assert asyncio.run(run()).count("/robots.txt") == 1


def test_it_is_asked_for_again_after_some_hours() -> None:
    clock = StoppedClock()

    async def run() -> list[str]:
        async with asking(clock=clock) as client, site(page=answer()) as there:
            for hours in (0, 5, 2):
                clock.time += hours * 3600
                await client.fetch(f"{there.url}/page", OBEDIENT)
            return there.asked

    assert asyncio.run(run()) == ["/robots.txt", "/page", "/page", "/robots.txt", "/page"]


@pytest.mark.parametrize(
    "robots",
    [
        b"User-agent: *\nDisallow: /",
        b"\xef\xbb\xbfUser-agent: *\nDisallow: /",
        b"User-agent: other\nAllow: /\n\nUser-agent: monitor\nDisallow: /page",
        b"user-agent: Monitor\r\ndisallow: /*ge$\r\n",
        b"User-agent: a\nUser-agent: monitor\nUser-agent: b\nDisallow: /page\nAllow: /p",
    ],
    ids=["all", "byte order mark", "by name", "wildcards", "one of several"],
)
def test_page_that_is_not_allowed_is_not_asked_for(robots: bytes) -> None:
    error = refusal(answer(robots))
    assert "robots.txt of 127.0.0.1 does not allow it" in str(error)
    assert not error.is_passing


@pytest.mark.parametrize(
    "robots",
    [
        b"",
        b"User-agent: *\nDisallow:",
        b"User-agent: *\nDisallow: /\n\nUser-agent: monitor\nAllow: /",
        b"User-agent: uptimemonitor\nDisallow: /",
        b"User-agent: *\nDisallow: /\nAllow: /page",
        b"<!doctype html><title>Not a robots.txt</title>",
        bytes(range(256)),
    ],
    ids=["nothing", "nothing forbidden", "by name", "another's name", "the longest rule", "a page", "junk"],
)
def test_page_that_is_allowed_is_asked_for(robots: bytes) -> None:
    assert after("/page", robots=answer(robots)).asked[-1] == "/page"


def test_rules_stay_with_their_crawlers_when_those_of_others_are_put_together() -> None:
    rules = parsed(
        b"User-agent: a\nDisallow: /\n\nUser-agent: monitor\nUser-agent: b\nDisallow: /x\nUser-agent: c\nDisallow: /y"
    )
    assert [rules.can_fetch(f"http://a.example/{path}", "monitor") for path in ("", "x", "y")] == [True, False, True]


@pytest.mark.parametrize("status", ["404 Not Found", "401 Who", "403 No", "410 Gone"])
def test_site_without_robots_txt_allows_everything(status: str) -> None:
    assert after("/page", robots=answer(SHUT, status=status)).asked[-1] == "/page"


@pytest.mark.parametrize("status", ["500 Sorry", "503 Busy", "599 What", "429 Slow down"])
def test_while_robots_txt_cannot_be_had_nothing_is_allowed(status: str) -> None:
    error = refusal(answer(b"", status=status))
    assert f"answers with status {status[:3]}, and until it says what is allowed nothing is" in str(error)
    assert error.is_passing


def test_failure_is_not_asked_about_for_some_minutes() -> None:
    clock = StoppedClock()

    async def run() -> list[str]:
        async with asking(clock=clock) as client, site(page=answer()) as there:
            there.pages["/robots.txt"] = [answer(b"", status="501 Sorry"), answer()]
            for minutes in (0, 1, 5):
                clock.time += minutes * 60
                try:
                    await client.fetch(f"{there.url}/page", OBEDIENT)
                except CaptureError:
                    there.heads.append(b"GET refused HTTP/1.1")
            return there.asked

    assert asyncio.run(run()) == ["/robots.txt", "refused", "refused", "/robots.txt", "/page"]


def test_where_nobody_answers_the_page_is_named_and_not_robots_txt() -> None:
    async def run() -> tuple[str, list[str]]:
        async with site(page=answer()) as there:
            url = there.url
        async with asking(clock=StoppedClock()) as client:
            said = []
            for path in ("/page", "/other"):
                with pytest.raises(CaptureError) as caught:
                    await client.fetch(f"{url}{path}", OBEDIENT)
                assert caught.value.is_passing
                said.append(caught.value.what)
            return url, said

    url, said = asyncio.run(run())
    assert said == [f"{url}{path}: nothing answers at this address" for path in ("/page", "/other")]


def test_robots_txt_elsewhere_is_followed() -> None:
    async def run() -> CaptureError:
        async with asking() as client, site(page=answer(), rules=answer(SHUT)) as there:
            there.pages["/robots.txt"] = [leading("/rules")]
            with pytest.raises(CaptureError) as caught:
                await client.fetch(f"{there.url}/page", OBEDIENT)
            return caught.value

    assert "does not allow it" in str(asyncio.run(run()))


def test_where_a_page_leads_is_asked_of_the_site_there() -> None:
    async def run() -> None:
        async with asking() as client, site(page=answer()) as there, site(start=leading("/")) as here:
            here.pages["/start"] = [leading(f"{there.url}/page")]
            there.pages["/robots.txt"] = [answer(SHUT)]
            with pytest.raises(CaptureError, match=rf"{there.url}/page: robots.txt"):
                await client.fetch(f"{here.url}/start", OBEDIENT)
            assert there.asked == ["/robots.txt"]

    asyncio.run(run())


def test_page_that_need_not_obey_does_not_ask() -> None:
    there = after("/page", robots=answer(SHUT), request=OBEDIENT._replace(obeys_robots=False))
    assert there.asked == ["/page"]


def test_what_is_the_pages_own_is_not_sent_for_it() -> None:
    own = OBEDIENT._replace(login=Login("ann", Secret("pw")), headers=(("X-Key", Secret("k")),), user_agent="Me/1")
    head = after("/page", robots=answer(b""), request=own).heads[0]
    assert b"User-Agent: Me/1" in head
    assert b"Authorization" not in head
    assert b"X-Key" not in head


def test_pause_that_it_asks_for_is_kept() -> None:
    clock = StoppedClock()

    async def run() -> None:
        async with asking([HERE._replace(parallel=1)], clock=clock) as client, site(page=answer()) as there:
            there.pages["/robots.txt"] = [answer(b"User-agent: *\nCrawl-delay: 7")]
            for _ in range(3):
                await client.fetch(f"{there.url}/page", OBEDIENT)

    asyncio.run(run())
    assert clock.waits == [7.0, 7.0]


def test_browser_may_ask_whether_it_may() -> None:
    async def run() -> None:
        async with asking() as client, site() as there:
            there.pages["/robots.txt"] = [answer(b"User-agent: *\nDisallow: /shut")]
            await client.may_ask(f"{there.url}/open", OBEDIENT)
            with pytest.raises(CaptureError, match="does not allow it"):
                await client.may_ask(f"{there.url}/shut", OBEDIENT)
            await client.may_ask(f"{there.url}/shut", FREE)

    asyncio.run(run())


def test_browser_takes_its_turn_among_the_others() -> None:
    clock = StoppedClock()

    async def run() -> None:
        async with asking([HERE._replace(pause=3.0, parallel=1)], clock=clock) as client, site(page=answer()) as there:
            async with client.turn(f"{there.url}/page", FREE):
                fetching = asyncio.create_task(client.fetch(f"{there.url}/page", FREE))
                for _ in range(20):
                    await asyncio.sleep(0)
                assert there.asked == []
            await fetching

    asyncio.run(run())
    assert clock.waits == [3.0]


@pytest.mark.parametrize(
    "lines",
    [
        [f"User-agent: a{number}" for number in range(12_000)] * 2 + ["Disallow: /x"] * 15_000,
        [f"user agent a{number} # x" for number in range(12_000)] * 2 + ["Disallow: /x"] * 15_000,
        [f"Disallow: /{'*a' * 20}{number}" for number in range(9_000)],
        ["User-agent: *", f"Disallow: /{'*a' * 100_000}b"],
    ],
    ids=["crawlers", "crawlers without colons", "wildcards", "one long rule"],
)
def test_robots_txt_that_means_harm_takes_no_time(lines: list[str]) -> None:
    began = monotonic()
    rules = parsed("\n".join(lines).encode())
    rules.can_fetch("http://a.example/" + "a" * 1000, "monitor")
    assert monotonic() - began < 10  # and minutes, if each crawler kept its name


def test_one_that_is_too_large_says_what_helps() -> None:
    """Limits of the page are none of this file."""
    error = refusal(answer(b"#" * 6_000_000), OBEDIENT._replace(most_bytes=100_000_000))
    assert "it is larger than" in error.what
    assert "robots: ignore" in error.remedy
    assert "most_bytes" not in error.remedy


def test_only_the_beginning_of_a_long_one_is_read() -> None:
    body = b"#" * 499_000 + b"\nUser-agent: *\nDisallow: /a\n" + b"#" * 100_000 + b"\nDisallow: /b\n"
    rules = parsed(body)
    assert [rules.can_fetch(f"http://a.example/{path}", "monitor") for path in "ab"] == [False, True]
