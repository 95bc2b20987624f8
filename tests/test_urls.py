"""Whatever stands where an address should, it is asked for or refused in one line, and costs no other page anything."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import httpx
import pytest
from hypothesis import example, given, strategies as st

from monitor.capture.guard import Guard, RefusedError
from monitor.capture.over_http import HttpClient
from monitor.capture.urls import NoAddressError, host_of, url_of
from monitor.errors import CaptureError
from monitor.model.request import Request
from tests.bait import Resolver
from tests.sites import StoppedClock, answer, asking, leading, site

ASKED = Request(obeys_robots=False, whole=5.0)
# One for each of the kinds of error by which httpx, idna and the standard library say that they cannot read it.
ODD = (
    "http://xn--/", "http://xn--a/", "http://xn--0.example/", "http://XN--\u00fc.example/", "http://\ud800.example/",
    "http://h.example/\ud800", "http://h.example/?\udfff", "http://[::1", "http://[v1.a]/", "http://[fe80::1%25lo]/",
    "http://127.0.0.1:99999/", "http://h.example:0/", "http://h.example:-1/", "http://h.example:x/", "http:///x",
    "http://h.example/\x00", "http://h\x00.example/", "http://a..b/", "http://" + "a" * 70 + ".example/",
    "http://\u2100.example/", "//xn--/", "//[", "", "?", "http://\u3002/", "http://%31/", "ftp://h.example/",
)  # fmt: skip
PIECES = st.sampled_from(
    ["http://", "https://", "//", "xn--", "[", "]", "::1", ":", ":0", ":99999", "/", "?", "#", "@", ".", "..", "%",
     "%00", "%ud800", "\\", "a", "-", "_", "\u00fc", "\u200d", "\u3002", "\ud800", "\x00", "\t", " ", "example",
     "127.0.0.1", "0x7f", "javascript:", "data:"]
)  # fmt: skip
ADDRESSES = st.one_of(st.sampled_from(ODD), st.text(), st.lists(PIECES, max_size=9).map("".join))


@given(ADDRESSES)
def test_an_address_is_one_that_can_be_asked_for_or_none(text: str) -> None:
    for base in (None, httpx.URL("http://host.example/a/b?c")):
        with suppress(NoAddressError):
            url = url_of(text, base)
            assert host_of(url)
            assert str(url).isascii()
            assert str(httpx.URL(str(url))) == str(url)


@given(ADDRESSES)
@example("http://xn--/")
def test_no_address_makes_the_client_fail_by_anything_but_one_line(text: str) -> None:
    async def fetched() -> None:
        async with HttpClient(Guard(resolve=Resolver({})), (), folder=".", clock=StoppedClock()) as client:
            with pytest.raises(CaptureError) as caught:
                await client.fetch(text, ASKED)
            assert "\n" not in str(caught.value)
            assert str(caught.value).isprintable()

    asyncio.run(fetched())


@pytest.mark.parametrize(
    "place", ["http://xn--/", "http://xn--a/x", "http://127.0.0.1:99999/", "//h.example:0/", "//["]
)
def test_a_page_that_leads_to_no_address_costs_itself_alone(place: str) -> None:
    async def both() -> tuple[object, bytes]:
        async with asking(clock=StoppedClock()) as client, site(p=leading(place)) as bad, site(p=answer()) as good:
            tasks = client.fetch(f"{bad.url}/p", ASKED), client.fetch(f"{good.url}/p", ASKED)
            failed, taken = await asyncio.gather(*tasks, return_exceptions=True)
            return failed, taken.body if not isinstance(taken, BaseException) else b""

    failed, body = asyncio.run(both())
    assert isinstance(failed, CaptureError), failed
    assert body


def test_a_name_that_idna_forbids_today_is_asked_for_where_it_resolves() -> None:
    """A heart, which browsers open: such names were given out before IDNA was written anew."""
    assert host_of(url_of("https://xn--i-7iq.example/")) == "xn--i-7iq.example"
    Guard().check("https://xn--i-7iq.example/")


@pytest.mark.parametrize("port", [0, 65536, 99999])
def test_there_is_no_such_port(port: int) -> None:
    with pytest.raises(RefusedError, match=f"no port {port}; write it"):
        Guard().check(f"http://host.example:{port}/")
