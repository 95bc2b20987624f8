"""Claims about the guard around Chromium: whatever a page does, nobody is connected to whom the guard refuses."""

from __future__ import annotations

import asyncio
import json
import re
from html import unescape
from typing import NamedTuple

import pytest

from monitor.capture.guard import Guard
from monitor.capture.in_browser import BrowserClient
from monitor.model.request import Browser, Host, Request
from tests.bait import TRICKS, Bait, Resolver, Trick
from tests.browsing import needs_chromium
from tests.sites import answer, leading, site

pytestmark = needs_chromium

HTML = "Content-Type: text/html; charset=utf-8"
ASKED = Request(whole=60)

FRONT = {"front.example": ("127.0.0.1",)}
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
def said() -> Said:
    return asyncio.run(_asked_on_a_page())


async def _asked_on_a_page() -> Said:
    async with Bait() as bait, site() as front:
        root = front.url.replace("127.0.0.1", "front.example")
        urls = [trick.url.format(port=bait.port) for trick in TRICKS] + [f"{root}/plain"]
        script = json.dumps(urls).replace("<", "\\u003c")
        front.pages["/"] = [answer(ASKING.replace("URLS", script).encode(), HTML)]
        front.pages["/plain"] = [answer(b"plain", HTML)]
        for at, url in enumerate(urls):
            front.pages[f"/to/{at}"] = [leading(url.replace("\0", "%00").encode().translate(None, b"\t\n"))]
        resolve = Resolver(FRONT)
        guard = Guard([Host("front.example", is_private_allowed=True)], resolve=resolve)
        async with BrowserClient(guard, ".") as client:
            snapshot = await client.fetch(f"{root}/", ASKED, Browser(wait_for=".done"))
        written = re.search(r'<pre id="said" class="done">(.*?)</pre>', snapshot.body.decode(), re.DOTALL)
        assert written
        answered = {
            url.replace(str(bait.port), "{port}"): ways for url, ways in json.loads(unescape(written[1])).items()
        }
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


# -- all the other ways out of a page

_TLS, _TURN = b"\x16\x03", b"\x00\x03"  # how these begin; a question to STUN, over UDP, begins otherwise
WAYS_OUT = """<!doctype html><title>ways out</title><link rel=icon href=data:,>
<link rel=dns-prefetch href="//BAIT"><link rel=preconnect href="//BAIT"><link rel=prefetch href="http://BAIT/prefetch">
<link rel=stylesheet href="http://BAIT/style"><link rel=modulepreload href="http://BAIT/module">
<script type=speculationrules>{"prefetch": [{"urls": ["http://BAIT/rules"], "eagerness": "immediate"}]}</script>
<style>@import "http://BAIT/import";</style>
<style>@font-face {font-family: far; src: url("http://BAIT/font")} b {font-family: far}</style>
<b>far</b><img src="http://BAIT/image"><video src="http://BAIT/video" autoplay></video><embed src="http://BAIT/embed">
<object data="http://BAIT/object"></object><iframe src="http://BAIT/frame"></iframe>
<script src="http://BAIT/script"></script>
<iframe srcdoc='<meta http-equiv=refresh content="0;url=http://BAIT/refresh">'></iframe>
<form id=form action="http://BAIT/form" method=post target=hole><input name=a></form><iframe name=hole></iframe>
<a id=link href="about:blank" ping="http://BAIT/ping" target=hole>x</a><script>
const over = [];
const until = begin => over.push(new Promise(begin));
const work = `fetch("http://BAIT/worker").catch(() => 0).then(() => postMessage(0));`;
const more = `try { importScripts("http://BAIT/imported") } catch {} postMessage(0);`;
const file = text => URL.createObjectURL(new Blob([text], {type: "text/javascript"}));
until(done => { const s = new WebSocket("ws://BAIT/socket"); s.onclose = s.onerror = done; });
until(done => { const s = new WebSocket("wss://BAIT/socket"); s.onclose = s.onerror = done; });
until(done => { const s = new EventSource("http://BAIT/events"); s.onerror = done; });
until(done => { const x = new XMLHttpRequest(); x.onloadend = done; x.open("POST", "http://BAIT/xhr"); x.send("x"); });
until(done => { new Worker(file(work)).onmessage = done; });
until(done => { new Worker(file(more)).onmessage = done; });
until(async done => {
  const peer = new RTCPeerConnection({iceServers: [
    {urls: "stun:BAIT"}, {urls: "turn:BAIT?transport=udp", username: "a", credential: "b"},
    {urls: "turn:BAIT?transport=tcp", username: "a", credential: "b"},
  ]});
  peer.createDataChannel("way");
  peer.onicegatheringstatechange = () => peer.iceGatheringState === "complete" && done();
  await peer.setLocalDescription();
});
until(done => { const t = new WebTransport("https://BAIT/t"); t.closed.then(done, done); t.ready.catch(done); });
until(done => navigator.serviceWorker.register("/worker.js").then(done, done));
navigator.sendBeacon("http://BAIT/beacon", "x");
form.submit();
link.click();
window.open("http://BAIT/popup");
Promise.all(over).then(() => document.body.className = "done");
</script>"""


async def _opened(guard: Guard) -> tuple[list[bytes], list[str]]:
    """Who came to the bait, and for what the page's own site was asked. On localhost a page may do most."""
    async with Bait() as bait, site() as front:
        front.pages["/"] = [answer(WAYS_OUT.replace("BAIT", f"127.0.0.1:{bait.port}").encode(), HTML)]
        front.pages["/worker.js"] = [answer(b"fetch('http://127.0.0.1/')", "Content-Type: text/javascript")]
        async with BrowserClient(guard, ".") as client:
            await client.fetch(front.url.replace("127.0.0.1", "localhost"), ASKED, Browser(wait_for=".done"))
        return await bait.visitors(), front.asked


def test_no_way_out_of_a_page_leads_to_the_bait() -> None:
    guard = Guard([Host("localhost", is_private_allowed=True)], resolve=Resolver())
    visitors, asked = asyncio.run(_opened(guard))
    assert visitors == []
    assert asked == ["/"]


def test_where_the_guard_allows_the_bait_the_same_ways_lead_there_over_the_proxy_alone() -> None:
    """So the ways are real ones; those without a proxy in between, over UDP, stay shut."""
    hosts = [Host("localhost", is_private_allowed=True), Host("127.0.0.1", is_private_allowed=True)]
    visitors, _ = asyncio.run(_opened(Guard(hosts, resolve=Resolver())))
    firsts = {each.split(b" HTTP/")[0].decode("latin-1") for each in visitors}
    ways = "prefetch style image video embed object frame script refresh worker imported socket events popup"
    assert {f"GET /{way}" for way in ways.split()} <= firsts
    assert {"POST /xhr", "POST /beacon"} <= firsts
    assert {each[:2] for each in visitors} >= {_TLS, _TURN}
    assert all(first.startswith(("GET /", "POST /")) or first[:2].encode() in {_TLS, _TURN} for first in firsts)
