"""A counter that stands still on a page which is captured so often that no two captures show it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from monitor.compare import compare
from monitor.compare.standstill import looked_back_to
from monitor.model.change import Significance
from monitor.model.comparison import CheckVerdict, Comparison, Verdict
from monitor.model.delivery import Message
from monitor.model.judgement import Place
from monitor.model.page import Page
from monitor.model.reader import Reader, Stdout
from monitor.model.reading import Counter, Reading
from monitor.model.snapshot import Snapshot
from monitor.report.wording.story_paragraph import opening
from monitor.store.folder import Store
from monitor.watch.asked_digest import Asked
from monitor.watch.compare_captures import compare_captures
from monitor.watch.compare_latest import compare_since
from monitor.watch.compare_snapshots import compare_snapshots
from monitor.watch.judge_page import judge
from monitor.watch.make_digest import make_digest
from monitor.watch.project import Project
from monitor.watch.tell_story import tell_story
from tests.compare_builders import check, days, kinds, only, reading
from tests.stored import opened

BEGIN = datetime(2026, 11, 15, 6, 17, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STALLED = "counter.stalled"
Value = Callable[[datetime], int]


def stops_at_103(at: datetime) -> int:
    """100 on 15 November 2026, a day more each day until the 18th."""
    return min(103, 100 + (at.date() - BEGIN.date()).days)


def capture(at: datetime, counter: Counter, day: str | None = None) -> Reading:
    return reading(day=day, captured=at.replace(tzinfo=None).isoformat(), counters=(counter,))


def each(step: timedelta, count: int, value: Value, unit: str = "day", direction: str = "up") -> list[Reading]:
    moments = [BEGIN + at * step for at in range(count)]
    return [capture(at, days(value(at), direction=direction, unit=unit)) for at in moments]


def told(readings: Sequence[Reading]) -> list[Comparison]:
    """Each compared with the one before it, and with all before that as its history."""
    return [compare(readings[at - 1], readings[at], history=readings[: at - 1]) for at in range(1, len(readings))]


def stalls(readings: Sequence[Reading]) -> list[str]:
    return [
        found.after.captured_at.strftime("%d %H:%M")
        for found in told(readings)
        if STALLED in kinds(found) and found.after.captured_at
    ]


# -- what is found


def test_a_counter_that_stands_still_is_found_as_soon_as_no_calendar_can_be_a_day_off() -> None:
    found = told(each(DAY, 14, stops_at_103))
    assert [STALLED in kinds(each) for each in found] == [False] * 4 + [True] * 9
    first, last = only(found[4], STALLED), only(found[-1], STALLED)
    assert first.reason.startswith(
        "did not move in two days: it has read 103 since 18 November; by that it counts from"
    )
    assert last.reason.startswith("did not move in ten days: it has read 103 since 18 November; by that it counts from")
    assert last.since == datetime(2026, 11, 18, 6, 17, tzinfo=UTC)


def test_its_check_is_inconsistent_once_and_stands_from_then_on() -> None:
    found = [check(each, "counter") for each in told(each(DAY, 8, stops_at_103))]
    wrong = CheckVerdict.INCONSISTENT
    assert [each.verdict is wrong for each in found] == [False] * 4 + [True] * 3
    assert [each.is_standing for each in found[4:]] == [False, True, True]


@pytest.mark.parametrize("step", [HOUR, 5 * HOUR, 12 * HOUR])
def test_captured_more_often_it_is_found_once_for_each_day_that_it_owes(step: timedelta) -> None:
    found = stalls(each(step, int(7 * DAY / step), stops_at_103))
    assert [each.partition(" ")[0] for each in found] == ["20", "21", "22"][: len(found)]
    assert len(found) >= 2


def test_between_two_of_these_nothing_is_found_and_its_check_stands() -> None:
    found = told(each(HOUR, 7 * 24, stops_at_103))
    at = next(at for at, each in enumerate(found) if STALLED in kinds(each))
    later = found[at + 1]
    assert (kinds(later), later.verdict) == ([], Verdict.IDENTICAL)
    assert check(later, "counter").is_standing


def test_beside_a_page_date_the_reason_tells_the_whole_time_too() -> None:
    moments = [BEGIN + at * DAY for at in range(6)]
    found = told([capture(at, days(stops_at_103(at)), at.date().isoformat()) for at in moments])
    reasons = [only(each, STALLED).reason.partition(";")[0] for each in found if STALLED in kinds(each)]
    assert reasons == ["did not move in one day", "did not move in two days: it has read 103 since 18 November"]


def test_beside_a_page_date_it_is_found_however_often_the_page_is_captured() -> None:
    moments = [BEGIN + at * 12 * HOUR for at in range(14)]
    found = told([capture(at, days(stops_at_103(at)), at.date().isoformat()) for at in moments])
    assert [STALLED in kinds(each) for each in found[6:]] == [False, False, True, False, True, False, True]


@pytest.mark.parametrize(
    ("unit", "direction", "step", "count", "value"),
    [
        ("day", "down", DAY, 6, 90),
        ("week", "up", DAY, 10, 12),
        ("hour", "up", HOUR, 4, 500),
        ("hour", "down", timedelta(minutes=40), 5, 500),
        ("minute", "up", timedelta(minutes=5), 5, 70),
        ("month", "up", 7 * DAY, 8, 3),
    ],
)
def test_other_counters_are_found_too(unit: str, direction: str, step: timedelta, count: int, value: int) -> None:
    readings = each(step, count, lambda _: value, unit, direction)
    assert stalls(readings[:2]) == []
    assert stalls(readings) != []


def test_one_counter_of_two_stands_still() -> None:
    moments = [BEGIN + at * DAY for at in range(5)]
    readings = [
        reading(
            day=None, captured=at.replace(tzinfo=None).isoformat(), counters=(days(80), days(100 + number, "since"))
        )
        for number, at in enumerate(moments)
    ]
    assert only(told(readings)[-1], STALLED).subject == "passed since the incident"


# -- what is not


@pytest.mark.parametrize("minutes", [7, 50, 61, 5 * 60, 13 * 60, 24 * 60, 25 * 60, 31 * 60, 37 * 60])
@pytest.mark.parametrize("zone", [-11, -3, 0, 5.5, 9, 14])
def test_a_counter_that_moves_daily_never_stands_still_wherever_its_midnight_is(minutes: int, zone: float) -> None:
    step = timedelta(minutes=minutes)
    readings = each(step, min(90, int(8 * DAY / step)), lambda at: 100 + (at + zone * HOUR - BEGIN).days)
    assert stalls(readings) == []


@pytest.mark.parametrize("seed", range(30))
def test_nor_does_one_that_is_made_anew_once_a_day_and_hours_late_at_times(seed: int) -> None:
    chance = random.Random(seed)
    hour = chance.uniform(0, 24)
    made = [BEGIN + number * DAY + (hour + chance.uniform(-2.5, 2.5)) * HOUR for number in range(-1, 10)]
    moments = sorted(BEGIN + chance.uniform(1, 8) * DAY for _ in range(40))
    is_dated = chance.random() < 0.5

    def page(at: datetime) -> Reading:
        value = 100 + sum(each <= at for each in made)
        return capture(at.replace(microsecond=0), days(value), at.date().isoformat() if is_dated else None)

    readings = [page(at) for at in moments]
    alone = [each for each in pairwise(readings) if STALLED in kinds(compare(*each))]
    assert len(stalls(readings)) == len(alone)


def test_a_countdown_at_its_end_and_a_year_that_lasts_stand_rightly() -> None:
    assert stalls(each(DAY, 12, lambda _: 0, "day", "down")) == []
    assert stalls(each(DAY, 60, lambda _: 5, "year")) == []
    assert stalls(each(DAY, 8, lambda _: 5, "week")) == []
    assert stalls(each(2 * DAY, 14, lambda _: 5, "month")) == []


def test_what_was_set_back_to_where_it_stood_before_has_stood_since_then_alone() -> None:
    values = [103, 103, 0, 103, 103, 103]
    readings = [capture(BEGIN + at * DAY, days(value)) for at, value in enumerate(values)]
    assert [STALLED in kinds(each) for each in told(readings)] == [False, False, False, False, True]
    assert "since 18 November" in only(told(readings)[-1], STALLED).reason


def test_sides_in_reverse_learn_nothing_from_older_readings() -> None:
    readings = each(DAY, 14, stops_at_103)
    assert STALLED not in kinds(compare(readings[-1], readings[-2], history=readings[:-2]))


# -- how far back is looked


def test_of_many_captures_few_are_looked_at() -> None:
    readings = each(timedelta(minutes=10), 14 * 144, stops_at_103)
    *older, before, after = readings
    asked: list[int] = []

    def read(place: int) -> Reading:
        asked.append(place)
        return older[place]

    moments = [each.captured_at for each in older if each.captured_at]
    found = looked_back_to(before, after, moments, read)
    assert len(asked) == len(set(asked)) == len(found) < 30
    first = min(each.captured_at for each in found if each.captured_at and each.counters[0].value == 103)
    assert first == next(each.captured_at for each in readings if each.counters[0].value == 103)


def test_where_it_moved_in_time_one_capture_is_looked_at() -> None:
    *older, before, after = each(HOUR, 240, lambda at: 100 + (at - BEGIN).days)
    asked: list[int] = []

    def read(place: int) -> Reading:
        asked.append(place)
        return older[place]

    assert looked_back_to(before, after, [each.captured_at for each in older if each.captured_at], read) == ()
    assert len(asked) == 1


# -- in a store


def snapshot(at: datetime, value: Value, *, is_dated: bool = False) -> Snapshot:
    day = f"<p>{at.day} {at:%B %Y}</p>" if is_dated else ""
    said = f"<p>{value(at)} days have passed since the last strike of the pilots.</p>"
    return Snapshot("page", f"<!doctype html><title>Quay</title>{day}<h1>Quay</h1>{said}".encode(), at, "text/html")


def filled(folder: Path, step: timedelta, count: int, value: Value = stops_at_103) -> Store:
    store = Store(str(folder / "snapshots"))
    with store.writing() as writer:
        for number in range(count):
            writer.add("quay", snapshot(BEGIN + number * step, value))
    (folder / "config.yaml").write_text("pages: [{id: quay}]\n")
    return store


@pytest.mark.parametrize(("step", "count", "found"), [(DAY, 14, 9), (HOUR, 24 * 9, 5)])
def test_list_check_history_digest_and_compare_find_it_alike(
    tmp_path: Path, step: timedelta, count: int, found: int
) -> None:
    store = filled(tmp_path, step, count)
    project = Project(str(tmp_path / "config.yaml"))
    captures = store.captures("quay")
    steps = compare_captures(store, Page("quay")).steps
    listed = [(each.capture.at, f.reason) for each in steps if each.compared for f in each.compared.findings]
    assert len(listed) == found

    story = tell_story(project, "quay").story
    (counter,) = story.counters
    odd = [event for event in counter.events if event.change.kind == STALLED]
    assert [(captures[event.after].at, event.change.reason) for event in odd] == listed

    assert f"stood at 103 from 18 to {listed[-1][0].day} November 2026" in opening(story)

    (page,) = make_digest(project, Asked(since="2026-11-15", until="2026-11-30"), BEGIN + 30 * DAY).digest.pages
    (upshot,) = page.upshots
    assert (len(upshot.turns), upshot.reason) == (found, listed[-1][1])

    last = next(at for at, capture in enumerate(captures) if capture.at == listed[-1][0])
    names = [f"quay@{captures[at].at:%Y-%m-%dT%H:%M:%SZ}" for at in (last - 1, last)]
    assert only(compare_snapshots(names[0], names[1], project), STALLED).reason == listed[-1][1]
    (checked,) = compare_since(None, store, Page("quay"), captures[last - 1], most=1)
    assert checked.comparison
    assert only(checked.comparison, STALLED).reason == listed[-1][1]


def test_a_check_that_begins_in_the_middle_finds_what_a_list_of_all_finds(tmp_path: Path) -> None:
    store = filled(tmp_path, HOUR, 24 * 9)
    due = next(each for each in store.captures("quay") if each.at >= datetime(2026, 11, 23, tzinfo=UTC))
    before = store.captures("quay")[store.captures("quay").index(due) - 1]
    with opened(store) as catalogue:
        (step,) = compare_since(catalogue, store, Page("quay"), before, most=1)
    listed = next(each for each in compare_captures(store, Page("quay")).steps if each.capture == due)
    assert step.compared
    assert listed.compared == step.compared
    assert [each.kind for each in step.compared.findings] == [STALLED]
    assert step.compared.summary.endswith("still says 103, five days later.")


# -- told at once


@pytest.mark.parametrize("is_dated", [True, False])
def test_that_it_still_stands_is_no_message_by_itself(tmp_path: Path, is_dated: bool) -> None:
    """It moves once more on 29 November, and stands still again."""
    sent = _checked_daily(tmp_path, 20, lambda at: stops_at_103(at) + (at >= BEGIN + 14 * DAY), is_dated=is_dated)
    slack = 1 if is_dated else 2
    assert [at for at, messages in enumerate(sent) if messages] == [3 + slack, 14 + slack]
    assert all(len(messages) <= 1 for messages in sent)


def test_nor_is_it_where_many_captures_are_told_of_in_one_go(tmp_path: Path) -> None:
    store = filled(tmp_path, DAY, 14)
    judged = judge(_place(tmp_path, store), Page("quay"), store.captures("quay")[0].file)
    assert [each.alerts for each in judged.told] == [0] * 4 + [1] * 9
    assert len(judged.alerts) == 1


def test_who_was_not_told_before_is_told_that_it_still_stands(tmp_path: Path) -> None:
    store = filled(tmp_path, DAY, 14)
    compare_captures(store, Page("quay"))  # a list tells nobody
    judged = judge(_place(tmp_path, store), Page("quay"), store.captures("quay")[-2].file)
    assert len(judged.alerts) == 1


def _place(folder: Path, store: Store) -> Place:
    desk = Reader("desk", channels=(Stdout(),), pages=("quay",), at_once=Significance.ALERT)
    return Place(store.folder, str(folder / "reports"), (desk,))


def _checked_daily(folder: Path, count: int, value: Value, *, is_dated: bool) -> list[list[Message]]:
    """The messages of each of so many checks."""
    store = Store(str(folder / "snapshots"))
    sent = []
    for at in (BEGIN + number * DAY for number in range(count)):
        with store.writing() as writer:
            writer.add("quay", snapshot(at, value, is_dated=is_dated))
        judged = judge(_place(folder, store), Page("quay"))
        assert judged.mark
        with opened(store) as catalogue:
            catalogue.tell("quay", judged.mark, at, judged.alerts)
        sent.append([message for message, _ in judged.alerts])
    return sent
