"""What waits in the outbox and is due → sent by its channels; what became of each, told and kept.

One process sends at a time, so that a delivery that is being sent when it begins is one that somebody left: killed
before the receiver could have it, it is sent as if nothing had been; killed behind that, it is sent again under the
same key, since nobody knows. A delivery is settled as soon as the receiver has answered.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from email.utils import parseaddr
from functools import partial
from typing import TYPE_CHECKING

from monitor.capture.guard import Guard
from monitor.capture.posting import Poster
from monitor.capture.revealing import revealed
from monitor.capture.trust import trusting
from monitor.deliver.channels import CHANNELS, Posted, Shelf, Tools
from monitor.deliver.tries import held, next_try
from monitor.errors import MonitorError, StoreError
from monitor.model.delivery import Answer, Delivered, Delivery, Message, State
from monitor.model.filed import Filed
from monitor.model.reader import Channel, Folder, Mail, Reader
from monitor.report import merge_feeds, render_messages
from monitor.store.catalogue.deliveries import Deliveries
from monitor.store.catalogue.opened import Catalogue
from monitor.watch.folder_links import links_of

if TYPE_CHECKING:
    from monitor.watch.project import Project

AT_ONCE = 4  # messages: more to one server of mail are refused by some
NAME = ".deliver.lock"  # in the store's folder; the kernel gives it back when its holder is killed
ENDING = 5.0  # seconds for what is under way when the end comes; most servers answer within one
_WAIT, _PAUSE = 10.0, 0.1  # seconds for another process that sends, and between two looks whether it is done
_WRITES = 3  # tries to note an answer, each of which waits some seconds for the database


Tell = Callable[[Delivered], None]


def utc_now() -> datetime:
    """The time, aware and in UTC."""
    return datetime.now(UTC)


def deliver_now(project: Project, catalogue: Catalogue, tell: Tell, since: datetime | None = None) -> None:
    """Send what is due, until nothing is; `tell` is given what each try came to, and what quiet hours hold back.

    Of the latter what was made `since` a time, all of it without one. Raises StoreError where the outbox cannot be
    used; what was not sent by then is sent by the next.
    """

    async def work() -> None:
        async with Post(project, catalogue, tell) as post:
            await post.deliver()
            post.tell_held(since)

    asyncio.run(work())


class Post:
    """Sends what is due, as often as it is asked to. Used within `async with`."""

    def __init__(
        self, project: Project, catalogue: Catalogue, tell: Tell, now: Callable[[], datetime] = utc_now
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

    async def __aenter__(self) -> Post:
        await self._open.enter_async_context(self._poster)
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._open.aclose()

    async def deliver(self) -> datetime | None:
        """Send what is due, until nothing is; when the next one is. Raises StoreError."""
        if self._deliveries.is_idle():
            return None
        async with _only_sender(self._lock):
            self._deliveries.recover(self._now())
            while due := self._deliveries.due(self._now()):
                await self._send_all(due)
        return self._deliveries.next_due()

    def tell_held(self, since: datetime | None = None) -> None:
        """Tell what quiet hours hold back, each once, of what was made since then. Raises StoreError."""
        for each in self._deliveries.untried(since, self._now()):
            message, reader = each.message, self._readers.get(each.message.reader)
            is_new = message.id not in self._held
            if reader and each.due_at and is_new and (why := held(reader, each.due_at)):
                self._held.add(message.id)
                self._tell(Delivered(message, State.WAITING, why))

    async def _send_all(self, ids: list[str]) -> None:
        """Who is cancelled waits a little for what is under way, and begins nothing more."""
        places, is_ending = asyncio.Semaphore(AT_ONCE), asyncio.Event()

        async def sent(id_: str) -> None:
            async with places:
                if not is_ending.is_set():
                    await self._send(id_)

        tasks = [asyncio.create_task(sent(id_)) for id_ in ids]
        try:
            await asyncio.shield(asyncio.gather(*tasks))
        finally:
            is_ending.set()
            await asyncio.wait(tasks, timeout=ENDING)
            for task in tasks:
                task.cancel()

    async def _send(self, id_: str) -> None:
        delivery = self._deliveries.claim(id_, self._now())
        if delivery is None:
            return
        answer = await self._answer(delivery)
        now, message = self._now(), delivery.message
        reader = self._readers.get(message.reader, Reader(message.reader))
        again = None if answer.is_sent or answer.is_final else next_try(delivery.attempts, message.made_at, now, reader)
        self._tell(Delivered(message, self._settle(id_, answer, now, again), answer.said, again))

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
            return Answer(False, f"a fault of the program ({type(error).__name__}: {error})")

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
        return f"config.yaml has no {message.address} for {message.reader} any more"
    return ""


def _channel(reader: Reader | None, message: Message) -> Channel | None:
    found = reader.channels if reader else ()
    return next((each for each in found if CHANNELS[type(each)].name == message.channel), None)


def _bare(address: str) -> str:
    """Without the name before it."""
    return parseaddr(address)[1] or address


@asynccontextmanager
async def _only_sender(path: str) -> AsyncIterator[None]:
    """Within, no other process sends what is in this store's outbox. Raises StoreError where one does for long."""
    from filelock import FileLock, Timeout  # noqa: PLC0415  only where something waits

    lock = FileLock(path, timeout=0)
    try:
        async with asyncio.timeout(_WAIT):
            while not lock.is_locked:
                with suppress(Timeout):
                    lock.acquire()
                    break
                await asyncio.sleep(_PAUSE)
    except TimeoutError:
        raise StoreError("another process is sending what is due", "it will take the rest too") from None
    except OSError as error:
        what = f"cannot write {path}: {(error.strerror or str(error)).lower()}"
        raise StoreError(what, "see that the store's folder may be written") from error
    try:
        yield
    finally:
        lock.release()


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
