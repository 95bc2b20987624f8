"""Something to tell, and a reader → the messages that go out: one for each channel, and each address of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from monitor.deliver.channels import CHANNELS
from monitor.deliver.to_folder import bundle
from monitor.model.delivery import Message, Occasion
from monitor.model.envelope import Envelope
from monitor.model.mailbox import mailbox
from monitor.model.reader import Channel, Folder, Mail, Reader

_ID_LENGTH = 24  # hex digits: of a thousand million messages two share one with a chance of 1 in 10^11


class Telling(NamedTuple):
    """Something to tell. `key` is what makes it this and no other: told twice, it makes the same messages.

    `subject` is a line for people. `thread` is the same for what hangs together, such as the alerts of a page; "" where
    nothing does. `findings` are the ids of those in it, `until` the end of the time that a digest tells of. `render`
    makes it in one of the forms of CHANNELS, of "email" by an envelope; `filed` makes its page for a folder, and a feed
    of what it tells, None where there is none.
    """

    occasion: Occasion
    key: tuple[str, ...]
    subject: str
    render: Callable[[str, Envelope | None], str]
    findings: tuple[str, ...] = ()
    thread: str = ""
    until: datetime | None = None
    filed: Callable[[Folder], tuple[str, str | None]] | None = None


def messages_for(reader: Reader, telling: Telling, now: datetime) -> list[Message]:
    """The messages that tell the reader; `now` (UTC) is their time."""
    return [
        _message(reader, channel, address, telling, now)
        for channel in reader.channels
        for address in _addresses(channel)
    ]


def _addresses(channel: Channel) -> Iterator[str]:
    yield from channel.to if isinstance(channel, Mail) else ("",)


def _message(reader: Reader, channel: Channel, address: str, telling: Telling, now: datetime) -> Message:
    way = CHANNELS[type(channel)]
    parts = (reader.id, way.name, address, telling.occasion.value, *telling.key)
    id_ = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:_ID_LENGTH]
    return Message(
        id=id_,
        reader=reader.id,
        channel=way.name,
        address=address,
        occasion=telling.occasion,
        subject=telling.subject,
        content=_content(id_, reader, channel, address, telling, now).encode("utf-8", "replace"),
        made_at=now,
        findings=telling.findings,
        until=telling.until,
    )


def _content(id_: str, reader: Reader, channel: Channel, address: str, telling: Telling, now: datetime) -> str:
    form = CHANNELS[type(channel)].form
    if isinstance(channel, Mail):
        return telling.render(form, _envelope(id_, reader, channel, address, telling, now))
    if isinstance(channel, Folder):
        return bundle(*(telling.filed(channel) if telling.filed else (telling.render(form, None), None)))
    return telling.render(form, None)


def _envelope(id_: str, reader: Reader, mail: Mail, address: str, telling: Telling, now: datetime) -> Envelope:
    """What the mail's headers say: the same key gives the same Message-ID, by which a repetition is known."""
    domain = mailbox(mail.sender).domain
    root = hashlib.sha256(f"{reader.id}\n{telling.thread}".encode()).hexdigest()[:_ID_LENGTH]
    return Envelope(
        sender=mail.sender,
        to=(address,),
        date=now,
        message_id=f"<{id_}@{domain}>",
        list_id=f"{reader.id}.monitor.{domain}",
        thread=(f"<{root}@{domain}>",) if telling.thread else (),
        unsubscribe=mail.unsubscribe,
        is_signed=mail.dkim is not None,
        key=id_,
    )
