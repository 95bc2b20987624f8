"""A message → a file of a folder, which may be served as a static site, its feed and its index.

Each is written in one step, and written twice it is the same. What somebody else put in the place of the feed is set
aside; in that of the index it stays, for a site may have one of its own.
"""

from __future__ import annotations

import asyncio
import html
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache

from monitor.deliver.channels import Tools
from monitor.deliver.to_file import make_folder, write
from monitor.errors import OutputError
from monitor.model.delivery import Answer, Message, Occasion
from monitor.model.filed import FEED, INDEX, Filed
from monitor.model.reader import Folder

_SUFFIX = ".html"
_HEAD = 8192  # bytes of a page in which it says what it is called
_CHARSET = '<meta charset="utf-8">\n'
_OURS = b'data-index="messages"'


def bundle(page: str, feed: str | None) -> str:
    """What a message to a folder holds: the page, and the feed where it has one."""
    return json.dumps({"page": page, "feed": feed})


async def send(message: Message, channel: Folder, tools: Tools, handing: Callable[[], None]) -> Answer:
    """Write it: 2026-11-28T073000Z-digest-3f9c1a2b.html."""
    folder = os.path.join(tools.folder, channel.path)
    handing()
    async with tools.shelf.at_a_time:
        said = await asyncio.to_thread(_put, folder, message, channel, tools)
    return Answer(True, said)


def name_of(message: Message) -> str:
    """The file's name; names are in the order of the messages' times."""
    return f"{message.made_at:%Y-%m-%dT%H%M%SZ}-{message.occasion.value}-{message.id[:8]}{_SUFFIX}"


def _put(folder: str, message: Message, channel: Folder, tools: Tools) -> str:
    """What was done, in a line."""
    told, path = json.loads(message.content), os.path.join(folder, name_of(message))
    make_folder(folder)
    write(path, _titled(told["page"], message.subject).encode("utf-8", "replace"))
    said = [f"written to {path}"]
    try:
        if told["feed"]:
            said += _renew_feed(folder, told["feed"], tools)
        said += _renew_index(folder, message, channel, tools)
    except OSError as error:
        what = f"cannot renew the feed and the index of {folder}: {(error.strerror or str(error)).lower()}"
        raise OutputError(what, "see that what is there may be read and written") from error
    return "; ".join(said)


def _titled(page: str, subject: str) -> str:
    """The page with the message's subject in its head, where the index finds it again."""
    told = f'<meta name="subject" content="{html.escape(" ".join(subject.split()))}">\n'
    return page.replace(_CHARSET, f"{_CHARSET}{told}", 1)


def _renew_feed(folder: str, feed: str, tools: Tools) -> Iterator[str]:
    path = os.path.join(folder, FEED)
    try:
        with open(path, encoding="utf-8") as file:
            feed = tools.shelf.merge(feed, file.read())
    except FileNotFoundError:
        pass
    except ValueError as error:
        aside = f"{path}.{tools.now():%Y-%m-%dT%H%M%SZ}"
        os.replace(path, aside)
        yield f"what was {FEED} there cannot be gone on with ({error}), and is {os.path.basename(aside)} now"
    write(path, feed.encode("utf-8", "replace"))


def _renew_index(folder: str, message: Message, channel: Folder, tools: Tools) -> Iterator[str]:
    path = os.path.join(folder, INDEX)
    head = _head_of(path)
    if head and _OURS not in head:
        yield f"{INDEX} there is none of these messages, and stays as it is"
        return
    feed = FEED if os.path.exists(os.path.join(folder, FEED)) else None
    write(path, tools.shelf.make_index(message, channel, list(_filed(folder)), feed).encode("utf-8", "replace"))


def _filed(folder: str) -> Iterator[Filed]:
    """The messages in the folder, and the pages that are named by a day."""
    for name in sorted(os.listdir(folder)):
        if found := _naming().fullmatch(name):
            day, time, occasion = found.groups()
            with suppress(ValueError):  # there is no such day, or time
                at = datetime.fromisoformat(f"{day}{time}").astimezone(UTC) if time else None
                called = _called(os.path.join(folder, name)) or name
                yield Filed(name, called, date.fromisoformat(day), at, Occasion(occasion) if occasion else None)


def _called(path: str) -> str:
    """Its subject; of a page that did not come as a message its title."""
    head = _head_of(path).decode("utf-8", "replace")
    found = _subject().search(head) or _title().search(head)
    return " ".join(html.unescape(found[1]).split()) if found else ""


def _head_of(path: str) -> bytes:
    """How a file begins; nothing where there is none."""
    try:
        with open(path, "rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""


@cache
def _naming() -> re.Pattern[str]:
    occasions = "|".join(each.value for each in Occasion)
    return re.compile(rf"(?a)(\d{{4}}-\d\d-\d\d)(?:(T\d{{6}}Z)-({occasions})-[0-9a-f]{{8}})?\.html")


@cache
def _subject() -> re.Pattern[str]:
    return re.compile(r'<meta name="subject" content="([^"]*)">')


@cache
def _title() -> re.Pattern[str]:
    return re.compile(r"<title>([^<]*)</title>")
