"""What waits in the outbox and is due → sent by its channels; what became of each, told and kept.

One process sends at a time, so that a delivery that is being sent when it begins, and not by itself, is one that
somebody left: killed before the receiver could have it, it is sent as if nothing had been; killed behind that, it is
sent again under the same key, since nobody knows. A delivery is settled as soon as the receiver has answered.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from monitor.capture.guard import Guard
from monitor.capture.posting import Poster
from monitor.capture.revealing import revealed
from monitor.capture.trust import trusting
from monitor.deliver.channels import CHANNELS, Posted, Shelf, Tools, lane_of
from monitor.deliver.tries import after_quiet, held, next_try
from monitor.errors import MonitorError, StoreError
from monitor.model.delivery import Answer, Delivered, Delivery, Due, Message, Occasion, State
from monitor.model.filed import Filed
from monitor.model.mailbox import mailbox
from monitor.model.reader import Channel, Folder, Mail, Reader
from monitor.report import merge_feeds, render_messages
from monitor.store.catalogue.deliveries import Deliveries
from monitor.store.catalogue.opened import Catalogue
from monitor.watch.folder_links import links_of
from monitor.watch.under_way import UnderWay

if TYPE_CHECKING:
    from monitor.watch.project import Project

NAME = ".deliver.lock"  # in the store's folder; the kernel gives it back when its holder is killed
ENDING = 5.0  # seconds for what is under way when the end comes; most servers answer within one
_LOOK_AGAIN = 1.0  # seconds: a server that is slow does not keep from others what is due meanwhile
_WRITES = 3  # tries to note an answer, each of which waits some seconds for the database


Tell = Callable[[Delivered], None]


def utc_now() -> datetime:
    """The time, aware and in UTC."""
    return datetime.now(UTC)


def deliver_now(project: Project, catalogue: Catalogue, tell: Tell, since: datetime | None = None) -> None:
    """Send what is due, until nothing is; `tell` is given what each try came to, and what quiet hours hold back.

    Of the latter what was made `since` a time, all of it without one. Raises StoreError where the outbox cannot be
    used; what was not sent by then is sent by the next. What `tell` raises is raised when all is done.
    """

    async def work() -> None:
        async with Post(project, catalogue, tell) as post:
            await post.deliver()
            post.tell_held(since)

    asyncio.run(work())


class Post:
    """Sends what is due, as often as it is asked to. Used within `async with`.

    A process that makes one after the other hands in what is `under_way` in it.
    """

    def __init__(
        self,
        project: Project,
        catalogue: Catalogue,
        tell: Tell,
        now: Callable[[], datetime] = utc_now,
        under_way: UnderWay | None = None,
    ) -> None:
        self._deliveries, self._tell, self._now = Deliveries(catalogue), tell, now
        self._readers = {reader.id: reader for reader in project.config.readers}
        self._lock = os.path.join(project.store.folder, NAME)
        self._poster = Poster(Guard(project.config.hosts))
        self._tools = Tools(
            folder=project.folder,
            now=now,
            secret=lambda secret: revealed(secret, project.folder),
            key=lambda secret: revealed(secret, project.folder, is_line=False),
            trusting=trusting,
            post=self._post,
            shelf=Shelf(partial(self._index, project), merge_feeds, asyncio.Lock()),
        )
        self._open = AsyncExitStack()
        self._held: set[str] = set()  # those of which it was told
        self._under_way, self._mine = under_way or UnderWay(), set[asyncio.Task[None]]()
        self._faults, self._unheard = list[Exception](), list[Exception]()  # of the outbox, and of who is told
        self._is_ending = False

    async def __aenter__(self) -> Post:
        await self._open.enter_async_context(self._poster)
        return self

    async def __aexit__(self, *error: object) -> None:
        """Begin nothing more, and wait a little for what is under way; what then still is goes on without this."""
        self._is_ending = True
        try:
            if self._mine:
                await asyncio.wait(self._mine, timeout=ENDING)
        finally:
            opened = self._open.pop_all()
            if self._mine:
                self._under_way.leave(frozenset(self._mine), opened.aclose)
            else:
                await opened.aclose()

    def take_along(self, opened: AsyncExitStack) -> None:
        """Have that closed when all is done."""
        self._open.push_async_exit(opened)

    async def deliver(self) -> datetime | None:
        """Send what is due, until nothing is; when the next one is. Raises StoreError, and what `tell` raised."""
        if self._deliveries.is_idle():
            return None
        self._faults, self._unheard = [], []
        async with self._under_way.alone(self._lock):
            self._deliveries.recover(self._now(), self._under_way.ids)
            while self._begin():
                await asyncio.wait(self._mine, timeout=_LOOK_AGAIN)
        if faults := [*self._faults, *self._unheard]:
            raise faults[0]
        return self._deliveries.next_due()

    def tell_held(self, since: datetime | None = None) -> None:
        """Tell what quiet hours hold back, each once, of what was made since then. Raises StoreError."""
        for each in self._deliveries.untried(since, self._now()):
            message, reader = each.message, self._readers.get(each.message.reader)
            is_new = message.id not in self._held
            if reader and each.due_at and is_new and (why := held(reader, each.due_at)):
                self._held.add(message.id)
                self._tell(Delivered(message, State.WAITING, why))

    def _begin(self) -> bool:
        """Begin to try what is due, unless the outbox is at fault; whether anything is under way."""
        if not (self._faults or self._is_ending):
            try:
                for each in self._deliveries.due(self._now()):
                    if each.id not in self._under_way.ids and not self._is_put_off(each):
                        task = self._under_way.begin(each.id, self._lane(each), partial(self._try, each))
                        self._mine.add(task)
                        task.add_done_callback(self._mine.discard)
            except StoreError as error:
                self._faults.append(error)
        return bool(self._mine)

    def _is_put_off(self, due: Due) -> bool:
        """Whether it falls into the quiet hours that its reader has now, and is to wait for their end."""
        now, reader = self._now(), self._readers.get(due.reader)
        if reader is None or due.occasion is Occasion.SAMPLE or (until := after_quiet(reader, now)) <= now:
            return False
        self._deliveries.put_off(due.id, until)
        return True

    def _lane(self, due: Due) -> Hashable:
        channel = _channel(self._readers.get(due.reader), due)
        return lane_of(channel) if channel else None

    async def _try(self, due: Due) -> None:
        """Send it, when its turn has come. Raises nothing, for others are under way."""
        if self._faults or self._is_ending:
            return
        try:
            if not self._is_put_off(due):
                await self._send(due.id)
        except Exception as error:  # noqa: BLE001  whoever delivers is told, when the others are done
            self._faults.append(error)

    async def _send(self, id_: str) -> None:
        delivery = self._deliveries.claim(id_, self._now())
        if delivery is None:
            return
        answer = await self._answer(delivery)
        now, message = self._now(), delivery.message
        reader = self._readers.get(message.reader, Reader(message.reader))
        since = delivery.tried_since or message.made_at
        again = None if answer.is_sent or answer.is_final else next_try(delivery.attempts, since, now, reader)
        state = self._settle(id_, answer, now, again)
        self._say(Delivered(message, state, answer.said, again if state is State.WAITING else None))

    def _say(self, delivered: Delivered) -> None:
        """Tell it; that nobody could hear it must not cost the others."""
        try:
            self._tell(delivered)
        except Exception as error:  # noqa: BLE001  it is raised when all is done
            self._unheard.append(error)

    async def _answer(self, delivery: Delivery) -> Answer:
        """What the receiver said, or why it could not be asked."""
        message = delivery.message
        reader = self._readers.get(message.reader)
        channel, fault = _channel(reader, message), stale(message, reader)
        if channel is None or fault:
            return Answer(False, fault, is_final=True)
        handing = partial(self._hand_over, message.id)
        try:
            return await CHANNELS[type(channel)].send()(message, channel, self._tools, handing)
        except MonitorError as error:
            return Answer(False, str(error))
        except Exception as error:  # noqa: BLE001  a message that trips a channel must not cost the others
            return Answer(False, f"a fault of the program ({_named(error)})")

    def _hand_over(self, id_: str) -> None:
        self._deliveries.hand_over(id_, self._now())

    def _settle(self, id_: str, answer: Answer, now: datetime, again: datetime | None) -> State:
        """Note the answer; an answer that is not noted is one that was lost, so it is tried some times."""
        for _ in range(_WRITES - 1):
            try:
                return self._deliveries.settle(id_, answer, now, again)
            except StoreError:
                continue
        return self._deliveries.settle(id_, answer, now, again)

    def _index(
        self, project: Project, message: Message, channel: Folder, found: Sequence[Filed], feed: str | None
    ) -> str:
        """The index of a folder, with times in the zone of the reader who was told last."""
        reader = self._readers.get(message.reader, Reader(message.reader))
        links = links_of(channel, project.folder, project.reports, project.config.reports_url)
        return render_messages(found, zone=reader.zone, reports=links.reports_index, feed=feed)

    async def _post(self, url: str, headers: Mapping[str, str], body: bytes) -> Posted:
        return Posted(*await self._poster.post(url, headers, body))


def stale(message: Message, reader: Reader | None) -> str:
    """Why the way that a message was made for is the reader's no longer; "" where it is."""
    channel = _channel(reader, message)
    if channel is None:
        return f"config.yaml has no {message.channel} for {message.reader} any more"
    if isinstance(channel, Mail) and _bare(message.address) not in map(_bare, channel.to):
        return f"config.yaml has no {message.channel} to {message.address} for {message.reader} any more"
    return ""


def _channel(reader: Reader | None, wanted: Due | Message) -> Channel | None:
    found = reader.channels if reader else ()
    return next((each for each in found if CHANNELS[type(each)].name == wanted.channel), None)


def _bare(address: str) -> str:
    """Without the name before it."""
    return mailbox(address).address or address


def _named(error: Exception) -> str:
    """What it is; one about a text that cannot be written quotes it, and it may be a secret."""
    name = type(error).__name__
    return name if isinstance(error, UnicodeError) else f"{name}: {error}"


def tell_given_up(catalogue: Catalogue, say: Callable[[str], object], now: Callable[[], datetime] = utc_now) -> None:
    """Say of each delivery that was given up that it was, once. Raises StoreError."""
    deliveries = Deliveries(catalogue)
    found = deliveries.newly_given_up()
    for each in found:
        message = each.message
        to = f" <{message.address}>" if message.address else ""
        tries = f"{each.attempts} tr{'y' if each.attempts == 1 else 'ies'}"
        say(
            f"{message.reader} was not told by {message.channel}{to} ({message.subject}): given up after {tries}, "
            f"the last answer: {each.answer}; monitor outbox --resend {message.short_id} sends it again"
        )
    if found:
        deliveries.told([each.message.id for each in found], now())
