"""A message → a file of a folder, which may be served as a static site, and its feed. Written twice, it is the same."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable

from monitor.deliver.channels import Tools
from monitor.deliver.to_file import write
from monitor.errors import OutputError
from monitor.model.delivery import Answer, Message
from monitor.model.reader import Folder

FEED = "findings.atom"  # the newest digest's; readers of feeds keep what they have seen
_SUFFIX = ".html"


def bundle(page: str, feed: str | None) -> str:
    """What a message to a folder holds: the page, and the feed where it has one."""
    return json.dumps({"page": page, "feed": feed})


async def send(message: Message, channel: Folder, tools: Tools, handing: Callable[[], None]) -> Answer:
    """Write it: 2026-11-28T073000Z-digest-3f9c1a2b.html."""
    folder = os.path.join(tools.folder, channel.path)
    path = os.path.join(folder, name_of(message))
    handing()
    await asyncio.to_thread(_put, folder, path, message.content)
    return Answer(True, f"written to {path}")


def name_of(message: Message) -> str:
    """The file's name; names are in the order of the messages' times."""
    return f"{message.made_at:%Y-%m-%dT%H%M%SZ}-{message.occasion.value}-{message.id[:8]}{_SUFFIX}"


def _put(folder: str, path: str, content: bytes) -> None:
    told = json.loads(content)
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        what = f"cannot make the folder {folder}: {(error.strerror or str(error)).lower()}"
        raise OutputError(what, "name another place as folder in config.yaml") from error
    write(path, told["page"].encode("utf-8", "replace"))
    if told["feed"]:
        write(os.path.join(folder, FEED), told["feed"].encode("utf-8", "replace"))
