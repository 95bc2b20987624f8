"""Pages that are to be checked → those that may be worked on now: few at a time of one host, and not too many in all.

A page waits here, where it holds nothing but its turn: a host that answers slowly keeps its own pages waiting and
nobody else's.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from monitor.capture.hosts import Hosts, written
from monitor.capture.urls import NoAddressError, host_of, port_of, url_of
from monitor.model.page import Page
from monitor.model.request import Host

MOST_AT_ONCE = 64  # pages: of 50 KB each, with what is read of them, they stay under 100 MB


class Gates:
    """A gate for each host, as wide as config.yaml allows it to be asked in parallel, and one behind all of them."""

    def __init__(self, hosts: Sequence[Host] = ()) -> None:
        self._known = Hosts(hosts)
        self._all = asyncio.Semaphore(MOST_AT_ONCE)
        self._hosts: dict[str, asyncio.Semaphore] = {}
        self._users: defaultdict[str, int] = defaultdict(int)

    @asynccontextmanager
    async def passing(self, page: Page) -> AsyncIterator[None]:
        """Within, the page has its turn."""
        name, width = self._host_of(page)
        gate = self._hosts.setdefault(name, asyncio.Semaphore(width))
        self._users[name] += 1
        try:
            async with gate, self._all:
                yield
        finally:
            self._users[name] -= 1
            if not self._users[name]:
                del self._users[name], self._hosts[name]

    def _host_of(self, page: Page) -> tuple[str, int]:
        """The name of the gate and its width. A page without an address has a gate of its own."""
        try:
            url = url_of(page.url or "")
        except NoAddressError:
            return f"page {page.id}", 1
        host, port = host_of(url), port_of(url)
        return written(host, port), self._known.of(host, port).parallel
