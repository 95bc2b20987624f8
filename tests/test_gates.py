"""Pages wait before they are worked on, each for its own host, and hold nobody else up."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence

from monitor.model.page import Page
from monitor.model.request import Host
from monitor.watch.gates import MOST_AT_ONCE, Gates


class Crowd:
    """Pages that go through gates, and how many of them were within at a time."""

    def __init__(self, hosts: Sequence[Host] = ()) -> None:
        self.gates = Gates(hosts)
        self.within: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.leave = asyncio.Event()

    async def go(self, name: str, url: str | None) -> None:
        async with self.gates.passing(Page(name, url=url)):
            self.within[name] += 1
            self.most[name] = max(self.most[name], self.within[name])
            self.most["all"] = max(self.most["all"], self.within.total())
            await self.leave.wait()
            self.within[name] -= 1


async def _settled() -> None:
    """Until nobody moves any more who does not wait."""
    for _ in range(20):
        await asyncio.sleep(0)


def _most(urls: Sequence[tuple[str, str | None]], hosts: Sequence[Host] = ()) -> Counter[str]:
    """How many of each name were within at a time, before anybody left; then all leave, one after the other."""

    async def go() -> Counter[str]:
        crowd = Crowd(hosts)
        tasks = [asyncio.create_task(crowd.go(name, url)) for name, url in urls]
        await _settled()
        most = Counter(crowd.most)
        crowd.leave.set()
        await asyncio.gather(*tasks)
        return most

    return asyncio.run(go())


def test_a_host_with_many_pages_keeps_nobody_else_waiting() -> None:
    slow = [("slow", f"https://slow.example/{number}") for number in range(10_000)]
    assert _most([*slow, ("other", "https://other.example/")]) == {"slow": 1, "other": 1, "all": 2}


def test_as_many_pages_of_a_host_have_their_turn_as_it_may_be_asked_for() -> None:
    hosts = [Host("wide.example", parallel=3), Host("wide.example:8000", parallel=2)]
    urls = [("usual", f"https://Wide.example/{number}") for number in range(5)]
    urls += [("port", f"http://wide.example:8000/{number}") for number in range(5)]
    assert _most(urls, hosts) == {"usual": 3, "port": 2, "all": 5}


def test_no_more_pages_have_their_turn_than_memory_holds() -> None:
    urls = [("page", f"https://host{number}.example/") for number in range(MOST_AT_ONCE + 10)]
    assert _most(urls)["all"] == MOST_AT_ONCE


def test_a_page_whose_address_is_none_waits_for_no_other() -> None:
    urls = [(f"page{number}", url) for number, url in enumerate([None, "", "http://[::", "http://x:y/"])]
    assert _most(urls)["all"] == len(urls)
