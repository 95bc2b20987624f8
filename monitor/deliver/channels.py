"""The ways to a reader: what each takes, and what sends by it. A new one is a file beside this and a line below."""

from __future__ import annotations

import asyncio
import importlib
import ssl
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar
from urllib.parse import urlsplit

from monitor.model.delivery import Answer, Message
from monitor.model.filed import Filed
from monitor.model.reader import Apprise, Channel, Folder, Mail, Stdout, Webhook
from monitor.model.request import Secret

_C_contra = TypeVar("_C_contra", bound=Channel, contravariant=True)


class Posted(NamedTuple):
    """What a server answered to a POST: its status, and how its text begins."""

    status: int
    said: str


class Shelf(NamedTuple):
    """What makes a folder of messages one thing, by whoever renders.

    `make_index` is given the newest message, its folder, what lies there, and the name of the feed if there is one.
    `merge` makes one feed of a newer and an older one, and raises ValueError where the older one is none of ours.
    One message at a time is put on the shelf.
    """

    make_index: Callable[[Message, Folder, Sequence[Filed], str | None], str]
    merge: Callable[[str, str], str]
    at_a_time: asyncio.Lock


class Tools(NamedTuple):
    """What channels work with, handed in. `folder` is that of config.yaml.

    `secret` tells a secret of a line, `key` one of several, `trusting` makes a TLS context with the roots of a file
    beside the usual ones; all raise MonitorError. `post` asks an address by POST, past the guard, and raises it where
    there is no answer. `now` is the time in UTC. `shelf` is for folders.
    """

    folder: str
    now: Callable[[], datetime]
    secret: Callable[[Secret], str]
    key: Callable[[Secret], str]
    trusting: Callable[[str | None], ssl.SSLContext]
    post: Callable[[str, Mapping[str, str], bytes], Awaitable[Posted]]
    shelf: Shelf


class Send(Protocol[_C_contra]):
    """Sends a message by a channel, and says what came of it.

    `handing` is called once, right before the receiver can have all of it: until then it is certain that nothing has
    arrived. May raise MonitorError: then it is tried again.
    """

    async def __call__(
        self, message: Message, channel: _C_contra, tools: Tools, handing: Callable[[], None]
    ) -> Answer: ...


class Way(NamedTuple):
    """A channel's name, the form of what it sends, and the function that sends it."""

    name: str
    form: str
    call: str

    def send(self) -> Send[Channel]:
        """The function: imported when it is needed, for others' libraries are large."""
        module, name = self.call.split(":")
        function: Send[Channel] = getattr(importlib.import_module(module), name)
        return function


def lane_of(channel: Channel) -> Hashable:
    """Whoever it sends through: what goes there waits for its turn, and for nobody else's."""
    if isinstance(channel, Mail):
        return Mail, channel.server, channel.port
    return (Webhook, urlsplit(channel.url).netloc) if isinstance(channel, Webhook) else channel


CHANNELS: Mapping[type[Channel], Way] = {
    Mail: Way("mail", "email", "monitor.deliver.by_smtp:send"),
    Folder: Way("folder", "html", "monitor.deliver.to_folder:send"),
    Webhook: Way("webhook", "json", "monitor.deliver.by_webhook:send"),
    Apprise: Way("apprise", "text", "monitor.deliver.by_apprise:send"),
    Stdout: Way("stdout", "text", "monitor.deliver.to_stdout:send"),
}
