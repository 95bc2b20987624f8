"""An envelope: what the headers of a mail say, as the channel that sends it knows it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Envelope(NamedTuple):
    """A mail's sender and readers as `str()` of a Mailbox, its date (aware) and its name ("<…@…>").

    `list_id` is the name of the list that the reader is on ("press.watch.example.org", RFC 2919). `thread` are the
    names of mails before it that belong with it, the oldest first. `unsubscribe` is an https address that takes the
    reader off at one click (RFC 8058); it is told only where `is_signed`, for receivers believe it of signed mails
    alone. `key` is the same for a mail that is sent once more.
    """

    sender: str
    to: tuple[str, ...] = ()
    date: datetime | None = None
    message_id: str | None = None
    list_id: str | None = None
    thread: tuple[str, ...] = ()
    unsubscribe: str | None = None
    is_signed: bool = False
    key: str | None = None
