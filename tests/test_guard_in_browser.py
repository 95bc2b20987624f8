"""Claims about the guard around Chromium: whatever a page does, nobody is connected to whom the guard refuses."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

import pytest

from monitor.capture.guard import Guard, RefusedError
from monitor.capture.in_browser import BrowserClient
from monitor.errors import CaptureError
from monitor.model.request import Browser, Host, Request
from tests.bait import SCHEMES, TRICKS, Bait, Resolver, Trick
from tests.browsing import needs_chromium
from tests.sites import answer, leading, site

pytestmark = needs_chromium

HTML = "Content-Type: text/html; charset=utf-8"
ASKED = Request(whole=60)
FRONT = {"front.example": ("127.0.0.1",), "other.example": ("127.0.0.1",)}
# Asks for each address in several ways, and writes down which of them was answered.
ASKING = """<!doctype html><title>asking</title><link rel=icon href=data:,><pre id=said></pre><script>
const urls = URLS, answered = {};
const ways = {
  fetch: url => fetch(url, {mode: "no-cors"}),
  redirect: (url, at) => fetch("/to/" + at, {mode: "no-cors"}),
  image: url => new Promise((yes, no) => Object.assign(new Image(), {onload: yes, onerror: no, src: url})),
  frame: (url, at) => new Promise((yes, no) => {
    const frame = document.createElement("iframe");
    frame.onload = () => { try { frame.contentDocument ? yes() : no() } catch { no() } };
    frame.src = "/to/" + at;
    document.body.append(frame);
    if (url.includes("@")) no();  // of a frame that it blocks for its user and password Chromium says nothing
  }),
};
async function ask(way, url, at) {
  try { await ways[way](url, at); answered[url] = [...(answered[url] || []), way]; } catch (error) {}
}
Promise.all(Object.keys(ways).flatMap(way => urls.map((url, at) => ask(way, url, at)))).then(() => {
  said.textContent = JSON.stringify(answered); said.className = "done";
});
</script>"""


class Said(NamedTuple):
    """What came of asking for all tricks on one page: which were answered, who was resolved, who came to the bait."""

    answered: dict[str, list[str]]
    resolved: list[str]
    visitors: list[bytes]


@pytest.fixture(scope="module")
def said() -> Iterator[Said]:
    yield asyncio.run(_asked_on_a_page())


async def _asked_on_a_page() -> Said:
    async with Bait() as bait, site() as front:
        root = front.url.replace("127.0.0.1", "front.example")
        urls = [trick.url.format(port=bait.port) for trick in TRICKS] + [f"{root}/plain"]
        script = json.dumps(urls).replace("<", "\\u003c")
        front.pages["/"] = [answer(ASKING.replace("URLS", script).encode(), HTML)]
        front.pages["/plain"] = [answer(b"plain", HTML)]
        for at, url in enumerate(urls):
            front.pages[f"/to/{at}"] = [leading(url.encode().translate(None, b"\0\t\n"))]
        resolve = Resolver(FRONT)
        guard = Guard([Host("front.example", is_private_allowed=True)], resolve=resolve)
        async with BrowserClient(guard, ".") as client:
            snapshot = await client.fetch(f"{root}/", ASKED, Browser(wait_for=".done"))
        written = re.search(r'<pre id="said" class="done">(.*?)</pre>', snapshot.body.decode(), re.DOTALL)
        assert written
        answered = {url.replace(str(bait.port), "{port}"): ways for url, ways in json.loads(unescape(written[1])).items()}
        return Said(answered, resolve.asked, await bait.visitors())


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.name)
def test_a_trick_on_a_page_is_answered_by_nobody(said: Said, trick: Trick) -> None:
    assert trick.url not in said.answered


def test_nobody_came_to_the_bait_and_the_guard_was_asked_for_most_of_them(said: Said) -> None:
    assert said.visitors == []
    assert len(set(said.resolved)) >= 60


def test_a_page_may_ask_its_own_host_in_all_these_ways(said: Said) -> None:
    (ways,) = said.answered.values()
    assert set(ways) == {"fetch", "redirect", "frame"}  # no image, for it is none
