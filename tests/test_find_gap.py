"""A comparison that spans a time in which nobody saw the page says so, and why, in every form."""

from __future__ import annotations

import email
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email import policy
from pathlib import Path

import pytest

from monitor.compare.pauses import is_gap, is_outage, longest_pause
from monitor.model.comparison import Comparison, Unseen
from monitor.model.failure import Failure
from monitor.model.page import Page
from monitor.model.schedule import Begun, Missed, Schedule
from monitor.model.snapshot import Capture, Snapshot
from monitor.report import RENDERERS, render
from monitor.report.wording import blind
from monitor.store.folder import Store
from monitor.watch.compare_snapshots import compare_snapshots
from monitor.watch.find_gap import with_gap
from monitor.watch.project import Project
from tests import samples
from tests.stored import NOON, notices, opened

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BOATS, CRANE = notices("boats", "ships"), notices("crane", "boats", "ships")


def _hourly(count: int, *later: float) -> list[datetime]:
    """So many times an hour apart, then some so many hours after the last of these."""
    return [*(NOON + at * HOUR for at in range(count)), *(NOON + (count - 1 + hours) * HOUR for hours in later)]


# -- what a gap is


@pytest.mark.parametrize(
    ("schedule", "usual"),
    [
        (Schedule(every=6 * 3600), 6 * HOUR),
        (Schedule(at=("07:00",)), DAY),
        (Schedule(at=("19:00", "07:00")), 12 * HOUR),
        (Schedule(at=("08:00", "09:30", "17:00")), 15 * HOUR),
        (Schedule(cron="0 9 * * mon-fri"), None),
    ],
)
def test_a_schedule_tells_its_longest_pause(schedule: Schedule, usual: timedelta | None) -> None:
    assert longest_pause(schedule) == usual


@pytest.mark.parametrize(("hours", "is_found"), [(6, False), (12, False), (12.2, False), (18, True), (60, True)])
def test_with_a_schedule_two_captures_in_a_row_must_be_missing(hours: float, is_found: bool) -> None:
    assert is_gap([NOON, NOON + hours * HOUR], 0, 1, Schedule(every=6 * 3600)) is is_found


def _pauses(*hours: float) -> list[datetime]:
    """Times so many hours apart."""
    return [NOON + sum(hours[:at]) * HOUR for at in range(len(hours) + 1)]


SIX_HOURLY = Schedule(every=6 * 3600)


def test_what_is_captured_daily_for_weeks_has_no_gap_after_a_day_whatever_its_schedule() -> None:
    times = _pauses(*[24] * 20, 72)
    assert not any(is_gap(times, at, at + 1, SIX_HOURLY) for at in range(3, 20))
    assert is_gap(times, 20, 21, SIX_HOURLY)


def test_a_pause_that_the_schedule_has_is_none_however_often_the_page_was_captured_before() -> None:
    assert not is_gap(_pauses(*[1] * 30, 12), 30, 31, SIX_HOURLY)


def test_pauses_that_come_again_and_again_are_no_gaps_of_a_page_with_a_schedule_either() -> None:
    nights = _pauses(*[*[1] * 14, 10] * 6)
    places = [at for at in range(len(nights) - 1) if is_gap(nights, at, at + 1, Schedule(every=3600))]
    assert places == [14, 29]  # the first two nights are no rhythm yet


def test_pauses_of_the_time_before_the_schedule_was_shortened_are_no_gaps() -> None:
    times = _pauses(*[24] * 5, *[1] * 400, 30)
    gaps = [at for at in range(4, len(times) - 1) if is_gap(times, at, at + 1, Schedule(every=3600))]
    assert gaps == [405]


@pytest.mark.parametrize(
    ("pauses", "schedule", "is_found"),
    [
        ([24], SIX_HOURLY, False),
        ([24, 24], SIX_HOURLY, False),
        ([72], SIX_HOURLY, True),
        ([6] * 4 + [24], SIX_HOURLY, True),
        ([1] * 5 + [30], None, True),
    ],
)
def test_a_gap_by_the_schedule_alone_is_no_outage_before_it_is_much_longer_than_a_day(
    pauses: list[float], schedule: Schedule | None, is_found: bool
) -> None:
    times = _pauses(*pauses)
    last = len(times) - 1
    assert is_gap(times, last - 1, last, schedule)
    assert is_outage(times, last - 1, times[last], schedule) is is_found


def test_without_a_schedule_the_pace_of_the_captures_decides() -> None:
    assert is_gap(_hourly(5, 30), 4, 5)
    assert not is_gap(_hourly(5, 2), 4, 5)
    assert not is_gap(_hourly(3, 30), 2, 3)  # too few to show a pace


def test_a_cron_of_working_days_has_no_gap_at_weekends() -> None:
    days = [NOON + at * DAY for at in range(40) if (NOON + at * DAY).weekday() < 5]
    schedule = Schedule(cron="0 12 * * mon-fri")
    assert not any(is_gap(days, at, at + 1, schedule) for at in range(len(days) - 1))
    assert is_gap([*days, days[-1] + 9 * DAY], len(days) - 1, len(days), schedule)


# -- in the store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "snapshots"))


def _put(store: Store, bodies: Sequence[str], times: Sequence[datetime]) -> list[Capture]:
    with store.writing() as writer:
        for body, at in zip(bodies, times, strict=True):
            writer.add("harbour", Snapshot("page", body.encode(), at, "text/html"))
    return store.captures("harbour")


def _compared(store: Store, before: str, after: str) -> Comparison:
    return compare_snapshots(before, after, Project("nowhere.yaml", store.folder))


def test_a_comparison_across_a_gap_says_what_failed_in_it(store: Store) -> None:
    times = _hourly(6, 31)
    _put(store, [BOATS] * 6 + [CRANE], times)
    with opened(store) as catalogue:
        for hour in range(2, 14):
            catalogue.failed("harbour", times[5] + hour * HOUR, "no answer")
        catalogue.failed("quay", times[5] + HOUR, "another page")
        catalogue.succeeded("harbour", times[6])
    comparison = _compared(store, "harbour@previous", "harbour@latest")
    assert comparison.gap is not None
    assert (comparison.gap.since, comparison.gap.until) == (times[5], times[6])
    assert [each.attempts for each in comparison.gap.failures] == [12]
    assert blind.gap(comparison, comparison.gap) == (
        "No capture between 4 July, 17:00 UTC, and 6 July 2020, 00:00 UTC: the change happened somewhere in between; "
        "12 attempts failed from 4 July, 19:00 UTC, to 5 July 2020, 06:00 UTC (no answer)."
    )


def test_a_gap_without_a_finding_says_that_nothing_is_known_of_it(store: Store) -> None:
    _put(store, [BOATS] * 7, _hourly(6, 31))
    comparison = _compared(store, "harbour@previous", "harbour@latest")
    assert comparison.gap is not None
    assert blind.gap(comparison, comparison.gap) == (
        "No capture between 4 July, 17:00 UTC, and 6 July 2020, 00:00 UTC: what came and went in between is not known."
    )


def test_captures_that_do_not_follow_each_other_have_no_gap(store: Store) -> None:
    times = _hourly(6, 31)
    captures = _put(store, [BOATS] * 6 + [CRANE], times)
    assert _compared(store, "harbour@first", "harbour@latest").gap is None
    comparison = samples.SAMPLES["edited"]()
    passed = with_gap(comparison, store, Page("harbour"), (captures[1], captures[6]), are_next_good=True)
    assert passed.gap is not None
    assert blind.gap(passed, passed.gap).startswith("No good capture between ")
    assert "four captures of that time may be no honest one" in blind.gap(passed, passed.gap)


def test_sides_in_reverse_and_captures_as_usual_have_no_gap(store: Store) -> None:
    _put(store, [BOATS] * 6 + [CRANE], _hourly(6, 31))
    assert _compared(store, "harbour@latest", "harbour@previous").gap is None
    captures = store.captures("harbour")
    comparison = samples.SAMPLES["edited"]()
    assert with_gap(comparison, store, Page("harbour"), (captures[2], captures[3])).gap is None


def test_missed_captures_are_named(store: Store) -> None:
    times = [NOON, NOON + 4 * DAY]
    pair = _put(store, [BOATS, CRANE], times)
    page = Page("harbour", schedule=Schedule(at=("12:00",)))
    with opened(store) as catalogue:
        missed = Missed(NOON + DAY, NOON + 3 * DAY, 3)
        assert catalogue.begin_slot("harbour", Begun(times[1], times[1]), missed)
        found = with_gap(samples.SAMPLES["edited"](), store, page, (pair[0], pair[1]), catalogue)
    assert found.gap == Unseen(times[0], times[1], missed=(missed,))
    told = blind.why_unseen(found.gap)
    assert told == "three captures due from 5 July, 12:00 UTC, to 7 July 2020, 12:00 UTC were missed"


def test_looking_for_a_gap_makes_no_catalogue(store: Store) -> None:
    _put(store, [BOATS] * 7, _hourly(6, 31))
    assert _compared(store, "harbour@previous", "harbour@latest").gap is not None
    assert not (Path(store.folder) / "catalogue.sqlite").exists()


# -- in every form


def _blind() -> Comparison:
    since = datetime(2020, 6, 28, 9, tzinfo=UTC)
    failures = (Failure("harbour", since + DAY, since + 2 * DAY, 9, "\x1b[31mno\u202e answer"),)
    return samples.SAMPLES["edited"]()._replace(gap=Unseen(since, since + 3 * DAY, failures))


@pytest.mark.parametrize("format", sorted(RENDERERS))
def test_every_form_tells_the_gap(format: str) -> None:
    told = render(_blind(), format, width=400)
    if format == "email":
        message = email.message_from_string(told, policy=policy.default)
        part = message.get_body(("plain",))
        assert part is not None
        told = part.get_content()
    told = " ".join(told.split())
    assert "No capture between 28 June, 09:00 UTC, and 1 July 2020, 09:00 UTC" in told
    assert "nine attempts failed from 29 June 2020, 09:00 UTC" in told or "nine attempts failed from 29 June" in told
    assert "no\u202e" not in told


def test_json_has_the_gap_as_a_key() -> None:
    gap = json.loads(render(_blind(), "json"))["gap"]
    assert (gap["from"], gap["to"]) == ("2020-06-28T09:00:00+00:00", "2020-07-01T09:00:00+00:00")
    assert gap["reason"].startswith("nine attempts failed from 29 ")
    assert "gap" not in json.loads(render(samples.SAMPLES["edited"](), "json"))
