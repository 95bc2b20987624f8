"""The outbox while the service runs: what is due goes out, and what failed is tried again at its time.

Whatever goes wrong here is told and costs a delivery its time, never a page its capture.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from monitor.errors import MonitorError

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger

LOOK_EVERY = 60.0  # seconds: others put something into the outbox too, by a command


class Posts(Protocol):
    """What sends, and makes the digests that are sent."""

    async def deliver(self) -> datetime | None:
        """Send what is due; when the next delivery is. Raises MonitorError."""

    async def digest(self, reader: str, slot: datetime) -> None:
        """Put the digest of that slot into the reader's outbox. Raises MonitorError."""


class Posting:
    """Sends what is due, whenever somebody says that there may be something, and from time to time."""

    def __init__(self, posts: Posts, log: FilteringBoundLogger) -> None:
        self._posts, self._log = posts, log
        self._news = asyncio.Event()
        self._sending = asyncio.Lock()
        self._said = ""

    def look(self) -> None:
        """There may be something to send."""
        self._news.set()

    async def keep_delivering(self) -> None:
        """Until it is cancelled."""
        self._news.set()
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await self._news.wait()
            self._news.clear()
            await self.deliver()

    async def deliver(self) -> None:
        """Send what is due now."""
        try:
            async with self._sending:
                await self._posts.deliver()
            self._said = ""
        except MonitorError as error:
            if str(error) != self._said:  # a disk that stays full is told once
                self._log.error(str(error))
            self._said = str(error)
        except Exception:  # noqa: BLE001  a fault costs a delivery its time, and no page its capture
            self._log.exception("a fault of the program while delivering")

    async def digest(self, reader: str, slot: datetime) -> None:
        """Put a reader's digest into the outbox, and send it. Where that fails the next slot tells it all."""
        try:
            await self._posts.digest(reader, slot)
        except MonitorError as error:
            self._log.error(str(error), reader=reader)
        except Exception:  # noqa: BLE001  as above
            self._log.exception("a fault of the program while making a digest", reader=reader)
        self.look()
