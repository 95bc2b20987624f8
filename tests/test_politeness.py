"""One polite queue a host: how many at a time, with which pauses, in which order, and who leaves it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from monitor.capture.politeness import Politeness, Queue
from monitor.errors import CaptureError
from monitor.model.request import Host
from tests.sites import StoppedClock

PATIENCE = 120.0


class Desk:
    """Takes down when each visitor's turn began and ended. Each takes `seconds` by the clock."""

    def __init__(self, clock: StoppedClock) -> None:
        self.clock = clock
        self.began: list[tuple[str, float]] = []
        self.inside = self.most_inside = 0

    async def visit(self, queue: Queue, name: str, seconds: float = 0.0, patience: float = PATIENCE) -> None:
        async with queue.turn(patience):
            self.began.append((name, self.clock.now() - 1000.0))
            self.inside += 1
            self.most_inside = max(self.inside, self.most_inside)
            for _ in range(5):
                await asyncio.sleep(0)
            self.clock.time += seconds
            self.inside -= 1


def at(desk: Desk, run: Callable[[Politeness], Awaitable[object]], hosts: Sequence[Host] = ()) -> Desk:
    async def inside() -> None:
        await run(Politeness(hosts, desk.clock))

    asyncio.run(inside())
    return desk


def fresh() -> Desk:
    return Desk(StoppedClock())


def test_a_host_is_asked_once_a_second_and_one_at_a_time_unless_config_says_otherwise() -> None:
    desk = fresh()
    at(desk, lambda all_: asyncio.gather(*(desk.visit(all_.queue("a", 80), name, 2.0) for name in "xyz")))
    assert (desk.began, desk.most_inside) == ([("x", 0.0), ("y", 3.0), ("z", 6.0)], 1)


def test_as_many_run_at_a_time_as_config_says() -> None:
    desk, hosts = fresh(), [Host("a", pause=0.0, parallel=3)]
    at(desk, lambda all_: asyncio.gather(*(desk.visit(all_.queue("a", 80), str(n)) for n in range(9))), hosts)
    assert desk.most_inside == 3


def test_first_come_is_first_served() -> None:
    desk = fresh()
    names = [str(number) for number in range(20)]
    at(desk, lambda all_: asyncio.gather(*(desk.visit(all_.queue("a", 80), name) for name in names)))
    assert [name for name, _ in desk.began] == names


def test_hosts_do_not_wait_for_each_other() -> None:
    desk = fresh()
    at(desk, lambda all_: asyncio.gather(*(desk.visit(all_.queue(name, 80), name) for name in "abcdef")))
    assert [when for _, when in desk.began] == [0.0] * 6


def test_ports_of_a_host_share_its_queue_unless_config_names_one() -> None:
    politeness = Politeness([Host("a:8000", pause=0.0)], StoppedClock())
    assert politeness.queue("a", 80) is politeness.queue("A", 443)
    assert politeness.queue("a", 8000) is not politeness.queue("a", 80)


def test_who_gives_up_while_waiting_takes_nobodys_turn() -> None:
    desk = fresh()

    async def run(all_: Politeness) -> None:
        queue = all_.queue("a", 80)
        first, second, third = (asyncio.create_task(desk.visit(queue, name)) for name in "xyz")
        await asyncio.sleep(0)
        second.cancel()
        await asyncio.gather(first, second, third, return_exceptions=True)

    assert at(desk, run).began == [("x", 0.0), ("z", 1.0)]


@pytest.mark.parametrize("place", ["in its pause", "in its turn"])
def test_who_is_stopped_leaves_the_place_to_the_next(place: str) -> None:
    desk = fresh()

    async def run(all_: Politeness) -> None:
        queue = all_.queue("a", 80)
        if place == "in its pause":
            await desk.visit(queue, "before")
        stopped = asyncio.create_task(desk.visit(queue, "stopped"))
        for _ in range(2):
            await asyncio.sleep(0)
        stopped.cancel()
        await asyncio.gather(stopped, return_exceptions=True)
        await asyncio.wait_for(desk.visit(queue, "next"), 5)

    assert at(desk, run).began[-1][0] == "next"


def test_host_that_wants_quiet_for_long_is_not_waited_for() -> None:
    desk = fresh()

    async def run(all_: Politeness) -> None:
        queue = all_.queue("a", 80)
        queue.leave_alone(PATIENCE + 1)
        with pytest.raises(CaptureError, match="a asked to be left alone until") as caught:
            await desk.visit(queue, "x")
        assert caught.value.is_passing
        await desk.visit(queue, "patient", patience=1000)

    assert at(desk, run).began == [("patient", PATIENCE + 1)]


def test_who_waits_already_hears_that_the_host_wants_quiet() -> None:
    desk = fresh()

    async def run(all_: Politeness) -> None:
        queue = all_.queue("a", 80)
        async with queue.turn(PATIENCE):
            waiting = asyncio.create_task(desk.visit(queue, "x"))
            await asyncio.sleep(0)
            queue.leave_alone(3600)
        with pytest.raises(CaptureError):
            await waiting

    assert at(desk, run).began == []


def test_quiet_is_kept_for_a_day_at_most() -> None:
    desk = fresh()

    async def run(all_: Politeness) -> None:
        all_.queue("a", 80).leave_alone(float("inf"))
        await desk.visit(all_.queue("a", 80), "x", patience=1e9)

    assert at(desk, run).began == [("x", 24 * 3600.0)]


@pytest.mark.parametrize(("asked", "kept"), [(0.0, 1.0), (5.0, 5.0), (1e9, 60.0)])
def test_pause_that_a_site_asks_for_is_kept_within_reason(asked: float, kept: float) -> None:
    desk = fresh()

    async def run(all_: Politeness) -> None:
        all_.queue("a", 80).slow_down(asked)
        for name in "xy":
            await desk.visit(all_.queue("a", 80), name)

    assert at(desk, run).began == [("x", 0.0), ("y", kept)]
