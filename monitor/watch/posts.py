"""A project → what sends its messages while the service runs, and what makes its digests, in a process of their own."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime

from monitor.errors import MonitorError, ServiceError, StoreError
from monitor.model.delivery import Delivered, State
from monitor.store.catalogue.opened import Catalogue
from monitor.watch.deliver_due import Post, Tell, tell_given_up, utc_now
from monitor.watch.project import Project
from monitor.watch.read_captures import catalogue_of
from monitor.watch.under_way import UnderWay
from monitor.watch.workers import LostError, Worker

_PAUSES = (5.0, 15.0, 45.0)  # seconds after which one is made again where the catalogue is in use
LONGEST_MAKING = 300.0  # seconds; a digest of 10,000 comparisons takes some 20


@asynccontextmanager
async def posts(
    project: Project, tell: Tell, complain: Callable[[str], object], under_way: UnderWay
) -> AsyncIterator[Posts]:
    """What sends the project's messages; `tell` is given what each try came to, `complain` what was given up.

    What is `under_way` in this process at the end goes on, and is not taken up by whatever sends next.
    """
    async with AsyncExitStack() as stack:
        catalogue = stack.enter_context(catalogue_of(project.store))
        if catalogue is None:
            what = f"The catalogue of {project.store.folder} can be neither read nor made"
            raise StoreError(what, "see that there is room, and that the folder may be written to")

        def tell_all(delivered: Delivered) -> None:
            tell(delivered)
            if delivered.state is State.GIVEN_UP:
                tell_given_up(catalogue, complain)

        async with Post(project, catalogue, tell_all, under_way=under_way) as post:
            post.take_along(stack.pop_all())
            yield Posts(project, catalogue, post, complain)


class Posts:
    """Sends what is due, and makes digests."""

    def __init__(self, project: Project, catalogue: Catalogue, post: Post, complain: Callable[[str], object]) -> None:
        self._project, self._catalogue, self._post, self._complain = project, catalogue, post, complain

    async def deliver(self) -> datetime | None:
        """Send what is due, and tell what quiet hours hold back; when the next delivery is. Raises MonitorError."""
        try:
            following = await self._post.deliver()
            if following:
                self._post.tell_held()
            tell_given_up(self._catalogue, self._complain)
        finally:
            while self._catalogue.notices:
                self._complain(self._catalogue.notices.pop(0))
        return following

    async def digest(self, reader: str, slot: datetime) -> None:
        """Put the digest of that slot into the reader's outbox. Raises MonitorError.

        It is made in another process, for that takes seconds in which the pages must not wait.
        """
        worker = Worker(LONGEST_MAKING)
        try:
            fault = await worker.answer((_make, (self._project, reader, slot)))
        except LostError as error:
            fault = str(error)
        finally:
            worker.end()
        if fault:
            raise ServiceError(f"The digest for {reader} could not be made: {fault}", "the next one tells it all")


def _make(project: Project, reader: str, slot: datetime) -> str | None:
    """What that process does; why it could not."""
    from monitor.watch.asked_digest import Asked  # noqa: PLC0415  as above
    from monitor.watch.find_named import find_reader  # noqa: PLC0415  no burden of the process that sends
    from monitor.watch.send_digest import send_digest  # noqa: PLC0415  as above

    fault = None
    for pause in (0.0, *_PAUSES):
        time.sleep(pause)
        try:
            send_digest(project, find_reader(reader, project.config), Asked(), utc_now(), slot)
        except StoreError as error:  # the catalogue may be free in a moment
            fault = str(error)
        except MonitorError as error:
            return str(error)
        else:
            return None
    return fault
