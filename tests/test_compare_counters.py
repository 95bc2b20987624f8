"""Counters against the elapsed time."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from monitor.compare import compare
from monitor.model.change import Significance
from monitor.model.comparison import CheckVerdict, Comparison, Verdict
from monitor.model.reading import Clock, Counter, Reading, Stamp, When
from tests.compare_builders import AUGUST, JULY, check, dated, days, kinds, only, reading, story


def moved(before: Counter, after: Counter, *, days: tuple[str | None, str | None] = (JULY, AUGUST)) -> Comparison:
    return compare(reading(day=days[0], counters=(before,)), reading(day=days[1], counters=(after,)))


def test_counter_that_moved_by_the_elapsed_days_advanced_and_names_its_origin() -> None:
    found = moved(days(853), days(883))
    change = only(found, "counter.advanced")
    assert change.significance is Significance.ROUTINE
    assert change.reason == "moved by 30 in 30 days; counting from 4 March 2018 both times"
    assert change.before
    assert change.after
    assert (change.before.value, change.before.unit, change.before.origin) == (853, "day", "2018-03-04")
    assert (change.after.value, change.after.origin) == (883, "2018-03-04")
    assert found.verdict is Verdict.ROUTINE
    told = check(found, "counter")
    assert (told.verdict, told.expected, told.found) == (CheckVerdict.CONSISTENT, "883", "883")


@pytest.mark.parametrize(
    ("value", "kind"),
    [(853, "stalled"), (882, "drifted"), (884, "drifted"), (12, "reset"), (852, "reset"), (900, "drifted")],
)
def test_counter_that_moved_otherwise(value: int, kind: str) -> None:
    found = moved(days(853), days(value))
    change = only(found, f"counter.{kind}")
    assert change.significance is Significance.ALERT
    told = check(found, "counter")
    assert (told.verdict, told.expected, told.found) == (CheckVerdict.INCONSISTENT, "883", str(value))
    assert told.is_finding


def test_countdown_goes_down() -> None:
    def left(value: int) -> Counter:
        return days(value, "until the election", "down")

    assert story(moved(left(90), left(60)), "counter") == {"until the election": "advanced"}
    assert story(moved(left(90), left(120)), "counter") == {"until the election": "reset"}
    assert story(moved(left(90), left(55)), "counter") == {"until the election": "drifted"}


def test_what_went_the_wrong_way_is_told_by_that_way() -> None:
    fell, rose = moved(days(853), days(1)), moved(days(90, "until", "down"), days(120, "until", "down"))
    assert only(fell, "counter.reset").reason.startswith("fell by 852 in 30 days")
    assert only(rose, "counter.reset").reason.startswith("rose by 30 in 30 days")


def test_countdown_at_its_end_stays_there() -> None:
    def left(value: int) -> Counter:
        return days(value, "until the election", "down")

    assert story(moved(left(10), left(0)), "counter") == {"until the election": "advanced"}
    assert moved(left(0), left(0)).verdict is Verdict.ROUTINE


def test_counter_that_did_not_have_to_move_is_no_change_and_consistent() -> None:
    found = moved(days(853), days(853), days=(JULY, JULY))
    assert kinds(found) == []
    assert check(found, "counter").verdict is CheckVerdict.CONSISTENT


def test_one_day_more_or_less_is_right_where_a_day_comes_from_a_capture() -> None:
    def page(value: int, captured: str) -> object:
        return reading(day=None, captured=captured, counters=(days(value),))

    for value in (882, 883, 884):
        found = compare(page(853, "2020-07-04T23:30"), page(value, "2020-08-03T00:30"))  # type: ignore[arg-type]
        assert kinds(found) == ["counter.advanced"], value
    found = compare(page(853, "2020-07-04T23:30"), page(885, "2020-08-03T00:30"))  # type: ignore[arg-type]
    assert kinds(found) == ["counter.drifted"]


@pytest.mark.parametrize(("weeks", "kind"), [(14, "advanced"), (16, "drifted"), (9, "reset")])
def test_weeks_need_one_origin_for_both_values(weeks: int, kind: str) -> None:
    found = moved(days(10, unit="week"), days(weeks, unit="week"))
    assert kinds(found) == [f"counter.{kind}", "date.advanced"]


def test_years_that_did_not_turn_are_no_change() -> None:
    found = moved(days(2, unit="year"), days(2, unit="year"))
    assert kinds(found) == ["date.advanced"]
    assert check(found, "counter").verdict is CheckVerdict.CONSISTENT


def test_weeks_that_stand_still_for_a_month_are_stalled() -> None:
    assert "counter.stalled" in kinds(moved(days(10, unit="week"), days(10, unit="week")))


def test_counter_that_changes_its_unit_is_judged_by_its_origin() -> None:
    found = moved(days(2, unit="week"), days(16), days=(JULY, "2020-07-06"))
    assert kinds(found) == ["counter.advanced", "date.advanced"]
    assert "counter.drifted" in kinds(moved(days(2, unit="week"), days(40), days=(JULY, "2020-07-06")))


def test_hours_are_judged_by_the_capture_times() -> None:
    def page(value: int, captured: str) -> object:
        return reading(day=None, captured=captured, counters=(days(value, unit="hour"),))

    right = compare(page(100, "2020-07-04T10:00"), page(105, "2020-07-04T15:05"))  # type: ignore[arg-type]
    assert kinds(right) == ["counter.advanced"]
    wrong = compare(page(100, "2020-07-04T10:00"), page(109, "2020-07-04T15:05"))  # type: ignore[arg-type]
    assert only(wrong, "counter.drifted").reason.startswith("moved by 9 in five hours; ")


def test_unknown_time_makes_a_move_advanced_and_its_check_undecided() -> None:
    found = moved(days(853), days(12), days=(None, None))
    assert kinds(found) == ["counter.advanced"]
    assert check(found, "counter").verdict is CheckVerdict.UNDECIDED
    assert found.verdict is Verdict.ROUTINE
    assert "not known" in found.limits[0]


def test_reworded_counter_carries_its_move() -> None:
    found = moved(days(853, "passed since the Salisbury incident"), days(883, "passed since the Salisbury attack"))
    change = only(found, "counter.reworded")
    assert change.significance is Significance.ALERT
    assert change.before
    assert change.after
    assert (change.before.value, change.after.value) == (853, 883)
    assert "moved by 30 in 30 days" in change.reason
    assert len([each for each in found.changes if each.kind.value.startswith("counter.")]) == 1


def test_counter_of_another_day_is_another_counter_though_its_sentence_is_like() -> None:
    found = moved(days(853, "passed since the Salisbury incident"), days(100, "passed since the Minsk incident"))
    assert kinds(found) == ["counter.added", "counter.removed", "date.advanced"]
    assert only(found, "counter.removed").significance is Significance.ALERT
    assert only(found, "counter.added").reason.endswith("it counts from 25 April")


def test_ended_countdown_and_a_new_count_of_days_since_are_two() -> None:
    found = moved(days(5, "until the fair", "down"), days(25, "since the fair", "up"))
    assert kinds(found) == ["counter.added", "counter.removed", "date.advanced"]


def test_two_counters_of_one_label_are_told_apart_by_their_text() -> None:
    found = compare(reading(counters=(days(853), days(845))), reading(day=AUGUST, counters=(days(883), days(875))))
    assert kinds(found).count("counter.advanced") == 2


def test_sides_in_reverse_are_judged_in_order_of_time() -> None:
    found = moved(days(883), days(853), days=(AUGUST, JULY))
    assert kinds(found) == ["counter.advanced", "date.advanced"]
    assert "counter.stalled" in kinds(moved(days(853), days(853), days=(AUGUST, JULY)))
    assert "counter.reset" in kinds(moved(days(12), days(853), days=(AUGUST, JULY)))


def test_counter_that_was_wrong_before_too_is_standing_and_no_finding() -> None:
    older = reading(day="2020-06-04", counters=(days(853),))
    found = compare(
        reading(day=JULY, counters=(days(853),)), reading(day=AUGUST, counters=(days(853),)), history=[older]
    )
    told = check(found, "counter")
    assert told.verdict is CheckVerdict.INCONSISTENT
    assert told.is_standing


def test_one_replaced_word_of_a_long_sentence_does_not_hide_that_the_count_drifted() -> None:
    label = "passed since the ship {} was detained, with no hearing"
    found = moved(days(853, label.format("Halden")), days(860, label.format("Solvang")))
    assert [kind for kind in kinds(found) if kind.startswith("counter.")] == ["counter.drifted"]


def test_counters_of_one_label_are_paired_with_their_own_unit_and_day() -> None:
    before = (days(10), days(853), days(3, unit="week"))
    after = (days(7, unit="week"), days(883), days(40))
    found = compare(reading(counters=before), reading(day=AUGUST, counters=after))
    assert [kind for kind in kinds(found) if kind.startswith("counter.")] == ["counter.advanced"] * 3


def test_counters_are_judged_in_order_of_the_clocks_where_nothing_else_tells_it() -> None:
    def page(time: str, place: str, value: int) -> Reading:
        label = f"until Thursday, the first of January 2026 ({place} time)"
        return reading(clocks=(Clock(place="Here", time=time),), counters=(days(value, label, "down", "minute"),))

    sides = page("22:36", "Fairview", 201_743), page("22:52", "Millbrook", 201_727)
    there, back = compare(*sides), compare(*sides[::-1])
    assert [kind for kind in kinds(there) if "counter" in kind] == [kind for kind in kinds(back) if "counter" in kind]


def test_a_stalled_count_names_the_stamp_that_stalled_with_it() -> None:
    stamp = Stamp(label="Last updated", when=When(text="9 August 2019", year=2019, month=8, day=9))
    before, after = (reading(day=day, counters=(days(853),), stamps=(stamp,)) for day in (JULY, AUGUST))
    reason = only(compare(before, after), "counter.stalled").reason
    assert reason.endswith("; the page still says “Last updated” 9 August 2019")


@pytest.mark.parametrize(
    ("value", "unit", "today", "span"),
    [
        (3, "hour", datetime.fromisoformat("2025-06-01T22:30"), (date(2025, 6, 2), date(2025, 6, 2))),
        (3, "hour", date(2025, 6, 1), (date(2025, 6, 1), date(2025, 6, 2))),
        (86_400, "second", datetime.fromisoformat("2025-06-01T00:30"), (date(2025, 6, 2), date(2025, 6, 2))),
        (
            60 * 24 * 200 - 60,
            "minute",
            datetime.fromisoformat("2025-11-01T00:00"),
            (date(2026, 5, 19), date(2026, 5, 20)),
        ),
        (2, "day", datetime.fromisoformat("2025-06-01T22:30"), (date(2025, 6, 3), date(2025, 6, 3))),
    ],
)
def test_hours_run_between_moments_and_days_between_days(
    value: int, unit: str, today: date, span: tuple[date, date]
) -> None:
    counter = Counter(label="until the tide", text="", value=value, unit=unit, direction="down")
    assert counter.origin(today) == span


def test_hours_since_run_back_from_the_clock() -> None:
    counter = Counter(label="since the tide", text="", value=3, unit="hour", direction="up")
    assert counter.origin(datetime.fromisoformat("2025-06-02T01:30")) == (date(2025, 6, 1), date(2025, 6, 1))


EIGHTH, NINTH = "2025-04-08", "2025-04-09"


def beside(
    dates: tuple[str, str], captures: tuple[str, str], values: tuple[int, int], unit: str = "day"
) -> tuple[Reading, Reading]:
    first, last = (
        reading(day=day, captured=captured, counters=(days(value, unit=unit),))
        for day, captured, value in zip(dates, captures, values, strict=True)
    )
    return first, last


@pytest.mark.parametrize(
    ("dates", "captures", "values", "told"),
    [
        ((EIGHTH, EIGHTH), ("2025-04-08T08:00", "2025-04-09T08:00"), (412, 413), ["advanced", "date stalled"]),
        ((EIGHTH, EIGHTH), ("2025-04-08T08:00", "2025-04-09T08:00"), (412, 412), ["stalled", "date stalled"]),
        ((EIGHTH, EIGHTH), ("2025-04-08T08:00", "2025-04-09T08:00"), (412, 414), ["drifted", "date stalled"]),
        ((EIGHTH, EIGHTH), ("2025-04-08T08:00", "2025-04-09T08:00"), (412, 411), ["reset", "date stalled"]),
        ((EIGHTH, EIGHTH), ("2025-04-08T08:00", "2025-04-09T13:00"), (412, 413), ["advanced", "date stalled"]),
        ((EIGHTH, EIGHTH), ("2025-04-08T08:00", "2025-04-09T05:00"), (412, 413), ["advanced"]),
        ((EIGHTH, EIGHTH), ("2025-04-08T08:00", "2025-04-09T05:00"), (412, 412), []),
        ((EIGHTH, EIGHTH), ("2025-04-08T08:00", "2025-04-12T08:00"), (412, 412), ["stalled", "date stalled"]),
        ((EIGHTH, EIGHTH), ("2025-04-08T08:00", "2025-04-12T08:00"), (412, 416), ["advanced", "date stalled"]),
        ((EIGHTH, EIGHTH), ("2025-04-08", "2025-04-09"), (412, 413), ["advanced"]),
        ((EIGHTH, NINTH), ("2025-04-08T23:55", "2025-04-09T00:05"), (412, 413), ["advanced", "date advanced"]),
        ((EIGHTH, NINTH), ("2025-04-08T23:55", "2025-04-09T00:05"), (412, 412), ["date advanced"]),
        ((EIGHTH, NINTH), ("2025-04-08T23:55", "2025-04-09T00:05"), (412, 414), ["drifted", "date advanced"]),
        ((EIGHTH, NINTH), ("2025-04-08T08:00", "2025-04-09T07:59"), (412, 412), ["stalled", "date advanced"]),
        ((EIGHTH, NINTH), ("2025-04-08T08:00", "2025-04-09T08:01"), (412, 414), ["drifted", "date advanced"]),
        ((EIGHTH, NINTH), ("2025-04-08T08:00", "2025-04-10T08:00"), (412, 413), ["advanced", "date advanced"]),
        ((EIGHTH, NINTH), ("2025-04-08T08:00", "2025-04-10T08:00"), (412, 414), ["advanced", "date advanced"]),
        ((EIGHTH, NINTH), ("2025-04-08T08:00", "2025-04-10T08:00"), (412, 412), ["stalled", "date advanced"]),
    ],
)
def test_counter_is_right_that_fits_the_page_dates_or_the_captures(
    dates: tuple[str, str], captures: tuple[str, str], values: tuple[int, int], told: list[str]
) -> None:
    before, after = beside(dates, captures, values)
    there, back = compare(before, after), compare(after, before)
    assert [kind.removeprefix("counter.").replace(".", " ") for kind in kinds(there)] == told
    assert kinds(back) == kinds(there)
    is_wrong = {"stalled", "drifted", "reset"} & set(told)
    assert (check(there, "counter").verdict is CheckVerdict.INCONSISTENT) == bool(is_wrong)


def test_weeks_turn_between_captures_beside_a_page_date_renewed_late() -> None:
    before, after = beside((EIGHTH, EIGHTH), ("2025-04-08T08:00", "2025-04-09T05:00"), (10, 11), "week")
    assert kinds(compare(before, after)) == ["counter.advanced"]


@pytest.mark.parametrize(
    ("captured", "value", "reason"),
    [
        ("2025-04-09T08:00", 413, "moved by 1 in one day; counting from 21 February 2024 both times"),
        ("2025-04-09T05:00", 413, "moved by 1 between the captures, which lie 21 hours apart"),
        ("2025-04-10T08:00", 412, "did not move in two days; by that it counts from 23 February 2024, no longer from"),
    ],
)
def test_reason_of_a_counter_gives_the_time_it_was_held_against(captured: str, value: int, reason: str) -> None:
    before, after = beside((EIGHTH, EIGHTH), ("2025-04-08T08:00", captured), (412, value))
    told = next(each for each in compare(before, after).changes if each.kind.value.startswith("counter."))
    assert told.reason.startswith(reason)


def test_a_stalled_count_names_the_page_date_that_stalled_with_it() -> None:
    before, after = beside((EIGHTH, EIGHTH), ("2025-04-08T08:00", "2025-04-09T14:00"), (412, 412))
    reason = only(compare(before, after), "counter.stalled").reason
    assert reason.startswith("did not move in 30 hours; ")
    assert reason.endswith("; the page date still is 8 April")


def test_counter_that_went_back_says_which_way_in_order_of_time() -> None:
    for sides in ((days(400), days(1)), (days(1), days(400))):
        found = moved(*sides, days=(JULY, AUGUST) if sides[0].value == 400 else (AUGUST, JULY))
        assert only(found, "counter.reset").reason.startswith("fell by 399 in 30 days; by that it counts from 2 August")


def test_a_move_that_is_a_day_off_says_why_it_is_in_order() -> None:
    sides = [
        reading(day=None, captured=f"2020-07-04T12:00:{second}", counters=(days(value),))
        for second, value in (("00", 853), ("30", 854))
    ]
    change = only(compare(*sides), "counter.advanced")
    assert change.reason.endswith(
        "; a day more or less is in order, since nothing tells when the page's own day begins"
    )
    exact = only(moved(days(853), days(883)), "counter.advanced")
    assert "a day more or less" not in exact.reason


@pytest.mark.parametrize(
    ("newest", "direction", "value", "expected"),
    [
        ("03.06.2020", "up", 0, "12 or more"),
        ("03.06.2020", "down", 20, "12 or less"),
        ("03.06.2020", "up", 20, None),
        ("01.06.2020", "up", 0, None),  # nothing tells which of the two is the later
        ("25.05.2020", "up", 0, None),  # the first is the later, so it rose
        ("25.05.2020", "up", 20, "20 or more"),
    ],
)
def test_count_that_went_back_while_the_page_went_on_was_reset_however_much_time_passed(
    newest: str, direction: str, value: int, expected: str | None
) -> None:
    older = ["25.05.2020 Two", "20.05.2020 Three"]
    found = compare(
        reading(dated("01.06.2020 One", *older), day=None, counters=(days(12, direction=direction),)),
        reading(dated(f"{newest} One", *older), day=None, counters=(days(value, direction=direction),)),
    )
    kind = "counter.reset" if expected else "counter.advanced"
    assert [each for each in kinds(found) if each.startswith("counter")] == [kind]
    assert check(found, "counter").expected == expected
