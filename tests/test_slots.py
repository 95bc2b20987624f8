"""Slots: the moments at which a page is due, right across every change of the clock."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from statistics import pstdev
from zoneinfo import ZoneInfo, available_timezones

import pytest

from monitor.model.schedule import Schedule
from monitor.schedule.slots import Slots, between, place_of, slots_of
from monitor.schedule.trigger import SlotTrigger

BERLIN, LORD_HOWE = "Europe/Berlin", "Australia/Lord_Howe"
SPRING, AUTUMN = datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)  # the changes in Berlin


def _at(*times: str, zone: str = BERLIN) -> Slots:
    return slots_of("page", Schedule(at=times, zone=zone))


def _cron(cron: str, zone: str = BERLIN) -> Slots:
    return slots_of("page", Schedule(cron=cron, zone=zone))


def _shown(slots: Slots, day: datetime, zone: str = BERLIN) -> list[str]:
    """The slots of some hours about a change, as the clock on the wall shows them."""
    found = between(slots, day - timedelta(hours=1), day + timedelta(hours=5))
    return [f"{each.astimezone(ZoneInfo(zone)):%H:%M%z}"[:8] for each in found]


# -- times of the day


def test_a_time_that_the_clock_skips_is_run_once_an_hour_later() -> None:
    assert _shown(_at("02:30"), SPRING) == ["03:30+02"]
    assert _shown(_cron("30 2 * * *"), SPRING) == ["03:30+02"]


def test_a_time_that_the_clock_shows_twice_is_run_at_the_first() -> None:
    assert _shown(_at("02:30"), AUTUMN) == ["02:30+02"]
    assert _shown(_cron("30 2 * * *"), AUTUMN) == ["02:30+02"]


def test_a_skipped_time_that_falls_on_another_is_one_slot() -> None:
    assert _shown(_at("02:30", "03:00", "03:30"), SPRING) == ["03:00+02", "03:30+02"]


def test_half_an_hour_is_skipped_and_repeated_on_lord_howe() -> None:
    spring, autumn = datetime(2026, 10, 3, 15, tzinfo=UTC), datetime(2026, 4, 4, 15, tzinfo=UTC)
    assert _shown(_at("01:45", "02:15", zone=LORD_HOWE), spring, LORD_HOWE) == ["01:45+10", "02:45+11"]
    assert _shown(_at("01:45", "02:15", zone=LORD_HOWE), autumn, LORD_HOWE) == ["01:45+11", "02:15+10"]


def test_a_cron_of_every_hour_goes_on_by_the_hour_through_both_changes() -> None:
    for day in (SPRING, AUTUMN):
        found = list(between(_cron("*/30 * * * *"), day, day + timedelta(hours=5)))
        assert {later - earlier for earlier, later in pairwise(found)} == {timedelta(minutes=30)}


@pytest.mark.parametrize("zone", [BERLIN, "America/New_York", LORD_HOWE, "Africa/Casablanca", "Asia/Kathmandu"])
def test_each_day_of_three_years_has_each_time_once(zone: str) -> None:
    """Reckoned by another way: by the days of the calendar there, and what the wall shows."""
    times = [time(0, 0), time(1, 45), time(2, 30), time(23, 59)]
    place, found = ZoneInfo(zone), [each.astimezone(ZoneInfo(zone)) for each in _slots_of_years(zone, times)]
    day, end, expected = date(2026, 1, 2), date(2029, 1, 1), []
    while day < end:
        for each in times:
            there = datetime.combine(day, each, place).astimezone(UTC).astimezone(place)
            assert there.replace(tzinfo=None) - datetime.combine(day, each) in (timedelta(), *_skips(zone))
            expected.append(there.astimezone(UTC))
        day += timedelta(days=1)
    assert [each.astimezone(UTC) for each in found] == sorted(expected)


def _slots_of_years(zone: str, times: list[time]) -> list[datetime]:
    begin, end = (datetime(year, 1, day, tzinfo=ZoneInfo(zone)) for year, day in ((2026, 2), (2029, 1)))
    slots = _at(*(f"{each:%H:%M}" for each in times), zone=zone)
    return list(between(slots, begin - timedelta(seconds=1), end - timedelta(seconds=1)))


def _skips(zone: str) -> list[timedelta]:
    return [timedelta(minutes=30)] if zone == LORD_HOWE else [timedelta(hours=1)]


def test_weekdays_by_name_are_those_of_the_zone() -> None:
    found = islice(between(_cron("0 0 * * mon", "Asia/Tokyo"), SPRING, AUTUMN), 3)
    assert [f"{each:%a %H:%M}" for each in found] == ["Sun 15:00"] * 3


def test_a_leap_day_is_found_from_far_on_both_sides() -> None:
    slots = _cron("0 9 29 feb *", "UTC")
    assert slots.after(datetime(2024, 3, 1, tzinfo=UTC)) == datetime(2028, 2, 29, 9, tzinfo=UTC)
    assert slots.before(datetime(2028, 2, 28, tzinfo=UTC)) == datetime(2024, 2, 29, 9, tzinfo=UTC)


def test_a_day_that_never_comes_has_no_slot() -> None:
    slots = _cron("0 0 31 feb *", "UTC")
    assert (slots.after(SPRING), slots.before(SPRING)) == (None, None)


# -- every so often


def test_every_keeps_its_phase_whenever_it_is_asked() -> None:
    slots = slots_of("page", Schedule(every=6 * 3600))
    found = list(islice(between(slots, SPRING, AUTUMN), 500))
    assert {later - earlier for earlier, later in pairwise(found)} == {timedelta(hours=6)}
    fired = SlotTrigger(slots_of("page", Schedule(every=6 * 3600))).get_next_fire_time(None, AUTUMN)
    assert fired is not None
    assert (fired - found[0]) % timedelta(hours=6) == timedelta()


def test_a_thousand_pages_spread_over_the_time() -> None:
    counts = [0] * 60
    for number in range(1000):
        counts[place_of(f"page-{number}", 3600) // 60] += 1
    assert max(counts) < 40
    assert pstdev(counts) < 6


# -- what holds for all


@pytest.mark.parametrize("seed", range(40))
def test_before_and_after_agree_anywhere_on_earth(seed: int) -> None:
    chance = random.Random(seed)
    zone = chance.choice(sorted(available_timezones() - {"localtime", "Factory"}))
    schedule = chance.choice([
        Schedule(every=chance.randrange(10, 100_000)),
        Schedule(at=(f"{chance.randrange(24):02}:{chance.randrange(60):02}", "02:30"), zone=zone),
        Schedule(cron=f"*/{chance.randrange(1, 59)} * * * *", zone=zone),
        Schedule(cron=f"{chance.randrange(60)} */{chance.randrange(1, 23)} * * tue,sun", zone=zone),
        Schedule(cron=f"0 {chance.randrange(24)} {chance.randrange(1, 29)} * *", zone=zone),
    ])  # fmt: skip
    slots = slots_of("page", schedule)
    moment = SPRING + timedelta(seconds=chance.randrange(400 * 86400))
    before, after = slots.before(moment), slots.after(moment)
    assert before is not None
    assert after is not None
    assert before <= moment < after
    assert slots.after(before) == after
    assert slots.before(after) == after
    assert slots.before(after - timedelta(microseconds=1)) == before
    assert SlotTrigger(slots).get_next_fire_time(None, after) == after
    assert SlotTrigger(slots).get_next_fire_time(before, moment) == after
