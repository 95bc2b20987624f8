"""A delivery: one message to one reader by one channel, on its way, and what became of it."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import NamedTuple


class State(str, Enum):
    """Where a delivery stands."""

    WAITING = "waiting"  # for its turn, or for another try
    SENDING = "sending"  # somebody is at it, or was when the program ended
    SENT = "sent"  # the receiver said so
    GIVEN_UP = "given up"  # the receiver refuses it, or was not to be had for too long
    DROPPED = "dropped"  # somebody said that it is not to be sent


class Occasion(str, Enum):
    """Why there is something to deliver."""

    ALERT = "alert"  # findings that do not wait
    DIGEST = "digest"  # what was found in a time
    SAMPLE = "sample"  # to see how it looks, and that it arrives


class Message(NamedTuple):
    """What goes out. `id` is the key by which a receiver knows a repetition; a mail's Message-ID is made of it.

    `channel` is one of CHANNELS of monitor/deliver, `address` that of its receiver where the channel has several, else
    "". `subject` is a line for people, `content` what the channel sends, as it was made. `findings` are the ids of the
    findings in it. `until` is the end of the time that a digest tells of, in UTC.
    """

    id: str
    reader: str
    channel: str
    address: str
    occasion: Occasion
    subject: str
    content: bytes
    made_at: datetime
    findings: tuple[str, ...] = ()
    until: datetime | None = None

    @property
    def short_id(self) -> str:
        """The beginning of its id, by which commands take it."""
        return self.id[:12]

    @property
    def receiver(self) -> str:
        """To whom it goes, and how: desk by mail <desk@example.org>."""
        return f"{self.reader} by {self.channel}{f' <{self.address}>' if self.address else ''}"


Timed = tuple[Message, datetime]  # a message, and the time from which it is sent


class Delivery(NamedTuple):
    """A message and how far it got, times in UTC. `due_at` is when it is tried next, None where it is not.

    `begun_at` is the last try's beginning, `tried_since` that of the first, or of the first since somebody asked for it
    again. `handed_at` is the moment from which the receiver may have had all of it: only from then until `answered_at`
    is it unknown whether it arrived. `answer` is what the receiver, or the way there, last said.
    """

    message: Message
    state: State
    due_at: datetime | None = None
    attempts: int = 0
    begun_at: datetime | None = None
    handed_at: datetime | None = None
    answered_at: datetime | None = None
    answer: str | None = None
    tried_since: datetime | None = None


class Due(NamedTuple):
    """A delivery whose time has come, as far as it takes to know whether it may begin, and by which way."""

    id: str
    reader: str
    channel: str
    occasion: Occasion


class Answer(NamedTuple):
    """What one try came to. `is_sent`, or else `is_final` where another try would come to the same."""

    is_sent: bool
    said: str
    is_final: bool = False


class Delivered(NamedTuple):
    """What one try came to: how the delivery stands now, and what the receiver, or the way there, said.

    `again` is when it is tried anew, None where it is not, and where it waits untried for quiet hours to end.
    """

    message: Message
    state: State
    said: str
    again: datetime | None = None

    @property
    def is_well(self) -> bool:
        """Whether nothing went wrong: it was sent, or has not been tried yet."""
        return self.state is State.SENT or (self.state is State.WAITING and self.again is None)
