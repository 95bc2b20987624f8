"""The two clocks of a machine: where they part, it slept or was set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.schedule.clock import JUMP, Clock

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


class Machine:
    """Both clocks, as a test sets them."""

    def __init__(self) -> None:
        self.time, self.ticks = NOON, 1000.0
        self.clock = Clock(lambda: self.time, lambda: self.ticks)

    def go_on(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)
        self.ticks += seconds


def test_time_that_goes_on_is_no_jump() -> None:
    machine = Machine()
    for _ in range(100):
        machine.go_on(3600)
        assert not machine.clock.jump()


def test_a_sleep_and_a_clock_that_is_set_are_jumps_and_told_once() -> None:
    machine = Machine()
    for jump in (timedelta(hours=8), timedelta(days=-365)):
        machine.go_on(5)
        machine.time += jump
        assert machine.clock.jump() == jump
        assert not machine.clock.jump()


def test_a_clock_that_is_put_right_by_a_little_is_left_alone() -> None:
    machine = Machine()
    machine.time += JUMP - timedelta(seconds=1)
    assert not machine.clock.jump()
