"""Claims: which slot is to be begun, and what is told as missed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.model.schedule import MOST_COUNTED, Begun, Missed, Schedule
from monitor.schedule.claims import Claim, Standing, claim, is_due, missed
from monitor.schedule.slots import slots_of

HOURLY = slots_of("page", Schedule(cron="0 * * * *"))
DAILY = slots_of("page", Schedule(at=("07:00",)))
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def _done(slot: datetime) -> Standing:
    return Standing(Begun(slot, slot, slot + SECOND))


def _begun(slot: datetime) -> Standing:
    return Standing(Begun(slot, slot))


def test_a_new_page_is_due_at_once_and_missed_nothing() -> None:
    assert claim(Standing(), HOURLY, NOON + MINUTE) == Claim(NOON, None)
    assert missed(Standing(), HOURLY, NOON, NOON) is None


def test_a_slot_is_begun_once() -> None:
    assert claim(_done(NOON - HOUR), HOURLY, NOON) == Claim(NOON, None)
    assert claim(_done(NOON), HOURLY, NOON + MINUTE) is None


def test_a_clock_that_was_put_right_by_a_little_does_not_hide_the_slot_that_fired() -> None:
    early = NOON - timedelta(milliseconds=5)
    assert claim(_done(NOON - HOUR), HOURLY, early) == Claim(NOON, None)


def test_slots_at_which_nobody_was_there_are_named_with_the_last_of_them() -> None:
    found = claim(_done(NOON - 3 * HOUR), HOURLY, NOON + 5 * MINUTE)
    assert found == Claim(NOON, Missed(NOON - 2 * HOUR, NOON, 3))


def test_a_slot_begun_within_the_minute_is_not_missed_and_those_before_it_are() -> None:
    found = claim(_done(NOON - 3 * HOUR), HOURLY, NOON + 30 * SECOND)
    assert found == Claim(NOON, Missed(NOON - 2 * HOUR, NOON - HOUR, 2))


def test_what_was_named_before_is_kept_and_grows() -> None:
    standing = _done(NOON - 3 * HOUR)._replace(missed=Missed(NOON - 2 * HOUR, NOON - HOUR, 2))
    assert claim(standing, HOURLY, NOON - HOUR + 5 * MINUTE) == Claim(NOON - HOUR, standing.missed)
    assert claim(standing, HOURLY, NOON + 5 * MINUTE) == Claim(NOON, Missed(NOON - 2 * HOUR, NOON, 3))


def test_a_slot_that_was_begun_and_not_done_is_run_again() -> None:
    assert claim(_begun(NOON), HOURLY, NOON + 20 * MINUTE) == Claim(NOON, None)


def test_a_slot_that_was_not_done_is_missed_once_its_time_is_over() -> None:
    found = claim(_begun(NOON - 2 * HOUR), HOURLY, NOON + 5 * MINUTE)
    assert found == Claim(NOON, Missed(NOON - 2 * HOUR, NOON, 3))


def test_a_slot_that_was_not_done_is_missed_though_the_next_one_is_on_time() -> None:
    found = claim(_begun(NOON - HOUR), HOURLY, NOON + SECOND)
    assert found == Claim(NOON, Missed(NOON - HOUR, NOON - HOUR, 1))


def test_a_clock_that_is_set_back_a_little_repeats_nothing() -> None:
    assert claim(_done(NOON), HOURLY, NOON - 10 * MINUTE) is None


def test_a_clock_that_is_set_back_far_does_not_silence_the_page() -> None:
    year = timedelta(days=365)
    assert claim(_done(NOON + year), HOURLY, NOON) == Claim(NOON, None)
    assert claim(_done(NOON), HOURLY, NOON - 3 * HOUR + MINUTE) == Claim(NOON - 3 * HOUR, None)


def test_a_changed_schedule_makes_a_page_due_and_misses_nothing() -> None:
    assert is_due(_done(NOON), DAILY, NOON + MINUTE)
    assert claim(_done(NOON), DAILY, NOON + MINUTE) == Claim(NOON - 5 * HOUR, None)


def test_a_schedule_whose_day_never_came_is_begun_once() -> None:
    never = slots_of("page", Schedule(cron="0 0 31 feb *"))
    assert claim(Standing(), never, NOON) == Claim(NOON, None)


def test_years_of_short_slots_are_counted_up_to_a_bound() -> None:
    often = slots_of("page", Schedule(every=10))
    first = often.before(NOON - timedelta(days=900))
    assert first is not None
    found = missed(_done(first), often, NOON, NOON)
    assert found is not None
    assert (found.slots, found.last) == (MOST_COUNTED, often.before(NOON))
