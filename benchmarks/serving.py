"""A server of made-up pages on this machine, in a process of its own: `with serving(1000) as server: …`.

Each page is of some 50 KB and no other: menus, a list of dated items with links, articles in paragraphs, a counter of
days. In each version all of them change as such pages do: a new item comes, and an older one is edited, its text in
even versions and its title in odd ones. The items have pages of their own.
"""

from __future__ import annotations

import asyncio
import hashlib
import multiprocessing
import random
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from multiprocessing.connection import Connection
from typing import cast

from benchmarks.pages import WORDS

ITEMS, ARTICLES, PARAGRAPHS = 48, 8, 6
OPENED = date(2019, 3, 4)  # the counter's origin
VERSION = b"/version/"
_NONE_MATCH = b"if-none-match: "


class Server:
    """A server that runs; `host` is its address with its port."""

    def __init__(self, host: str, pages: int) -> None:
        self.host = host
        self.urls = [f"http://{host}/page/{number}" for number in range(pages)]

    def show(self, version: int) -> None:
        """Have all pages in that version from now on."""
        with urllib.request.urlopen(f"http://{self.host}{VERSION.decode()}{version}") as answer:
            answer.read()


@contextmanager
def serving(pages: int) -> Iterator[Server]:
    """So many pages in their first version, served for as long as the block lasts."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_run, args=(there, pages), daemon=True)
    process.start()
    try:
        yield Server(f"127.0.0.1:{here.recv()}", pages)
    finally:
        process.terminate()
        process.join()


def page(number: int, version: int, today: date) -> bytes:
    """A page, the same each time; version 1 is the first."""
    chance = random.Random(number)
    items = [_item(chance, number, at, today - timedelta(days=at)) for at in range(ITEMS)]
    articles = [_article(chance) for _ in range(ARTICLES)]
    for edition in range(2, version + 1):
        later = random.Random(number * 1000 + edition)
        place, end = later.randrange(len(items)), "</a>" if edition % 2 else ".</p>"
        items[place] = items[place].replace(end, f" and {later.choice(WORDS)}{end}", 1)
        items.insert(0, _item(later, number, ITEMS + edition, today))
    menu = "".join(f'<li class="c-menu__entry"><a href="/{number}/{word}">{word.title()}</a></li>' for word in WORDS)
    words = chance.choices(WORDS, k=3)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_said(words)} | Port {number}</title>'
        f'<link rel="stylesheet" href="/style.css"><script>window.page = {number};</script></head><body>\n'
        f'<nav><ul class="c-menu">{menu}</ul></nav>\n<main><h1>{_said(words)}</h1>\n'
        f"<p>{(today - OPENED).days} days since the harbour of port {number} was opened.</p>\n"
        f'<h2>News</h2>\n<ul class="c-news">\n{"".join(items)}</ul>\n{"".join(articles)}</main>\n'
        f'<footer><p>Port {number}, Harbour Road {number}</p><ul class="c-menu">{menu}</ul></footer></body></html>\n'
    ).encode()


def _item(chance: random.Random, number: int, at: int, day: date) -> str:
    title, teaser = _said(chance.choices(WORDS, k=8)), _said(chance.choices(WORDS, k=22))
    return (
        f'<li class="c-news__item" data-id="{at}"><time datetime="{day}">{day:%-d %B %Y}</time>\n'
        f'  <h3 class="c-news__title"><a href="/{number}/news/{at}">{title}</a></h3>\n'
        f'  <p class="c-news__teaser">{teaser}.</p></li>\n'
    )


def _article(chance: random.Random) -> str:
    paragraphs = "".join(f"<p>{_said(chance.choices(WORDS, k=40))}.</p>\n" for _ in range(PARAGRAPHS))
    return f'<section class="c-article"><h2>{_said(chance.choices(WORDS, k=5))}</h2>\n{paragraphs}</section>\n'


def _said(words: list[str]) -> str:
    return " ".join(words).capitalize()


# -- serving


def _run(parent: Connection, pages: int) -> None:
    asyncio.run(_serve(parent, _Pages(pages)))


async def _serve(parent: Connection, pages: _Pages) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: _Speaker(pages), "127.0.0.1", 0, backlog=1024)
    async with server:
        parent.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()


class _Pages:
    """The answers to all requests that may come, made before anybody asks: the server is not what is measured."""

    def __init__(self, count: int) -> None:
        self._count, self._today = count, datetime.now(UTC).date()
        self.show(1)

    def show(self, version: int) -> None:
        bodies = (page(number, version, self._today) for number in range(self._count))
        self._answers = dict(_answers(f"/page/{number}".encode(), body) for number, body in enumerate(bodies))

    def answer(self, target: bytes, tag: bytes) -> bytes:
        if target.startswith(VERSION):
            self.show(int(target.removeprefix(VERSION)))
            return _answer(b"204 No Content", b"")
        if b"/news/" in target:
            return _OF_ITEM
        if target not in self._answers:
            return _answer(b"404 Not Found", b"", b"Content-Length: 0\r\n")
        current, unchanged, whole = self._answers[target]
        return unchanged if tag == current else whole


def _answers(target: bytes, body: bytes) -> tuple[bytes, tuple[bytes, bytes, bytes]]:
    tag = b'"%b"' % hashlib.sha256(body).hexdigest()[:16].encode()
    head = b"ETag: %b\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: max-age=0\r\n" % tag
    whole = _answer(b"200 OK", body, head, b"Content-Length: %d\r\n" % len(body))
    return target, (tag, _answer(b"304 Not Modified", b"", head), whole)


def _answer(status: bytes, body: bytes, *lines: bytes) -> bytes:
    return b"".join((b"HTTP/1.1 ", status, b"\r\nServer: bench\r\n", *lines, b"\r\n", body))


_ARTICLE = f"<!doctype html><title>{_said(list(WORDS[:5]))}</title><h1>{_said(list(WORDS[:5]))}</h1>".encode()
_OF_ITEM = _answer(b"200 OK", _ARTICLE, b"Content-Type: text/html\r\nContent-Length: %d\r\n" % len(_ARTICLE))


class _Speaker(asyncio.Protocol):
    """One connection, kept for as long as the other side likes."""

    def __init__(self, pages: _Pages) -> None:
        self._pages, self._read = pages, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._read += data
        while b"\r\n\r\n" in self._read:
            head, _, self._read = self._read.partition(b"\r\n\r\n")
            self._transport.write(self._pages.answer(head.split(b" ", 2)[1], _tag(head)))
            if b"\r\nconnection: close" in head.lower():
                self._transport.close()


def _tag(head: bytes) -> bytes:
    """The version that the other side has."""
    lines = (line for line in head.split(b"\r\n") if line.lower().startswith(_NONE_MATCH))
    return next((line[len(_NONE_MATCH) :].strip() for line in lines), b"")
