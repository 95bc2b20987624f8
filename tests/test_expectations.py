"""What config.yaml expects of a page: what does not hold is told once, what cannot be told is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from monitor.compare import compare
from monitor.model.change import Significance
from monitor.model.comparison import Check, CheckVerdict, Comparison, Verdict
from monitor.model.expectation import Expectations, ExpectedClock, ExpectedCounter, ExpectedField
from monitor.model.page import Page
from monitor.model.reading import Clock, Field, Reading
from monitor.report import RENDERERS, render
from monitor.report.outline import outline
from monitor.report.wording import summary
from monitor.store.folder import Store
from monitor.watch.compare_captures import compare_captures
from monitor.watch.compare_latest import compare_since
from monitor.watch.in_short import in_short
from monitor.watch.line import Line
from tests.compare_builders import day, days, reading
from tests.stored import dump, opened, put

GOOD, BAD, OPEN = CheckVerdict.CONSISTENT, CheckVerdict.INCONSISTENT, CheckVerdict.UNDECIDED
SINCE = "passed since the incident"


def _expecting(origin: str, *, is_inclusive: bool = False, label: str = SINCE) -> Expectations:
    return Expectations(counters=(ExpectedCounter(label, day(origin), is_inclusive),))


def _clock(place: str, zone: str) -> Expectations:
    return Expectations(clocks=(ExpectedClock(place, zone),))


def _field(label: str, value: str) -> Expectations:
    return Expectations(fields=(ExpectedField(label, value),))


def _checked(before: Reading, after: Reading, expect: Expectations) -> Check:
    """The one check that the expectation made: the last."""
    plain, comparison = compare(before, after), compare(before, after, expect=expect)
    assert comparison.checks[:-1] == plain.checks
    assert comparison.changes == plain.changes
    return comparison.checks[-1]


def _page(value: int | None = None, at: str | None = "2020-08-03", **more: Any) -> Reading:
    counters = (days(value),) if value is not None else ()
    return reading((), day=at, counters=counters, **more)


# -- counters


@pytest.mark.parametrize(
    ("value", "origin", "is_inclusive", "verdict"),
    [
        (883, "2018-03-04", False, GOOD),
        (883, "2018-03-05", False, BAD),
        (884, "2018-03-04", True, GOOD),
        (883, "2018-03-04", True, BAD),
    ],
)
def test_a_counter_counts_from_its_origin_which_may_be_day_one(
    value: int, origin: str, verdict: CheckVerdict, *, is_inclusive: bool
) -> None:
    found = _checked(_page(853, "2020-07-04"), _page(value), _expecting(origin, is_inclusive=is_inclusive))
    assert (found.check, found.verdict) == ("counter", verdict)


def test_a_countdown_counts_to_its_day_and_inclusively_to_the_day_after() -> None:
    left = reading((), day="2020-12-25", counters=(days(7, "until the new year", "down"),))
    wanted = ("2021-01-01", False, GOOD), ("2020-12-31", True, GOOD), ("2021-01-01", True, BAD)
    for origin, is_inclusive, verdict in wanted:
        expect = _expecting(origin, is_inclusive=is_inclusive, label="until the new year")
        assert _checked(left, left, expect).verdict is verdict


def test_a_wrong_origin_says_which_day_it_implies_and_which_is_expected() -> None:
    found = _checked(_page(853, "2020-07-04"), _page(884), _expecting("2018-03-04"))
    assert found.reason == "884 days, counting from 3 March 2018, where 4 March 2018 is expected"
    assert (found.expected, found.found) == ("4 March 2018", "3 March 2018")


def test_where_the_day_is_the_captures_the_page_may_be_a_day_ahead() -> None:
    late = _page(884, None, captured="2020-08-03T23:00:00")
    assert _checked(late, late, _expecting("2018-03-04")).verdict is GOOD
    assert _checked(late, late, _expecting("2018-03-01")).verdict is BAD


def test_where_no_day_is_known_nothing_is_decided() -> None:
    undated = _page(883, None)
    assert _checked(undated, undated, _expecting("2018-03-04")).verdict is OPEN


def test_the_counter_is_found_by_any_words_of_its_sentence() -> None:
    for label in ("passed since", "SINCE THE INCIDENT", "883 days passed"):
        assert _checked(_page(853, "2020-07-04"), _page(883), _expecting("2018-03-04", label=label)).verdict is GOOD


def test_a_counter_that_is_not_there_violates_it_unless_the_capture_is_suspect() -> None:
    missing = _checked(_page(853, "2020-07-04"), _page(), _expecting("2018-03-04"))
    assert (missing.verdict, missing.is_finding) == (BAD, True)
    assert missing.reason == "no counter with the words “passed since the incident” is there, where one is expected"
    broken = _page(suspect="it breaks off")
    assert _checked(_page(853, "2020-07-04"), broken, _expecting("2018-03-04")).verdict is OPEN


def test_what_was_wrong_before_is_standing_and_no_finding() -> None:
    expect = _expecting("2018-03-05")
    first = compare(_page(852, "2020-07-04"), _page(883), expect=expect)
    then = compare(_page(883), _page(884, "2020-08-04"), expect=expect)
    assert [each.checks[-1].is_finding for each in (first, then)] == [True, False]
    assert [each.checks[-1].is_standing for each in (first, then)] == [False, True]
    assert then.verdict is Verdict.ROUTINE


# -- clocks


def _shown(time: str, captured: str | None = "2020-07-04T05:25:30", *others: Clock) -> Reading:
    return reading((), day=None, captured=captured, clocks=(Clock("Moscow", time, "Europe/Moscow"), *others))


@pytest.mark.parametrize(
    ("time", "zone", "verdict"),
    [
        ("08:25", "Europe/Moscow", GOOD),
        ("08:25", "Europe/London", BAD),
        ("06:25", "Europe/London", GOOD),
        ("05:25", "Europe/London", BAD),
        ("10:55", "Asia/Kolkata", GOOD),
        ("08:14", "Europe/Moscow", OPEN),
    ],
)
def test_a_clock_shows_the_time_of_its_zone_at_the_capture(time: str, zone: str, verdict: CheckVerdict) -> None:
    page = _shown(time)
    assert _checked(page, page, _clock("Moscow", zone)).verdict is verdict


def test_without_a_time_of_capture_it_is_held_against_the_other_clocks() -> None:
    page = _shown("08:25", None, Clock("London", "06:25", "Europe/London"))._replace(page_date=_page(1).page_date)
    assert _checked(page, page, _clock("Moscow", "Europe/Moscow")).verdict is GOOD
    assert _checked(page, page, _clock("Moscow", "Europe/Paris")).verdict is BAD
    assert _checked(_shown("08:25", None), _shown("08:25", None), _clock("Moscow", "Europe/Moscow")).verdict is OPEN


def test_a_clock_that_is_not_there_violates_it() -> None:
    assert _checked(_shown("08:25"), _page(), _clock("Moscow", "Europe/Moscow")).is_finding


# -- fields


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("+44 (0) 203 668 7474", GOOD),
        ("+44 (0)203-668-7474", GOOD),
        ("+44 (0) 203 668 7475", BAD),
        ("By appointment", BAD),
    ],
)
def test_a_field_has_its_value_whatever_its_spacing(value: str, verdict: CheckVerdict) -> None:
    page = _page(fields=(Field(label="Consular queries", value="+44 (0) 203 668 7474"),))
    found = _checked(page, page, _field("consular queries", value))
    assert (found.check, found.verdict) == ("field", verdict)


def test_a_field_may_be_expected_by_where_it_points() -> None:
    page = _page(fields=(Field(label="Write to", value="the press office", target="mailto:press@h.example"),))
    assert _checked(page, page, _field("Write to", "press@h.example")).verdict is GOOD


def _number(value: str, before: str = "+44 20 1") -> Comparison:
    sides = [_page(fields=(Field(label="Consular queries", value=each),)) for each in (before, value)]
    return compare(*sides, expect=_field("Consular queries", "+44 20 1"))


def test_an_expected_field_that_changes_is_told_once_with_both_facts() -> None:
    wrong = _number("+44 20 2")
    assert [each.kind.value for each in wrong.changes] == ["field.changed"]
    assert wrong.changes[0].reason.endswith("; “+44 20 1” is expected")
    assert wrong.checks[-1].is_finding
    assert [(group.label, len(group.entries)) for group in outline(wrong).alerts] == [("field changed", 1)]
    assert [each.kind for each in in_short(wrong, ("a", "b")).findings] == ["field.changed"]
    assert summary(wrong) == (
        "“Consular queries” is now “+44 20 2”, no longer “+44 20 1”, where “+44 20 1” is expected."
    )
    for style in RENDERERS:
        if style not in ("json", "email", "html"):
            said = render(wrong, style, width=100)
            assert "is expected" in said
            assert "field not as expected" not in said


def test_a_field_that_is_as_expected_again_is_no_alert() -> None:
    back = _number("+44 20 1", before="+44 20 2")
    (change,) = back.changes
    assert change.significance is Significance.NOTABLE
    assert change.reason.endswith("; as expected again")
    assert summary(back).endswith("no longer “+44 20 2”, as expected again.")
    said = render(back, "text", width=100)
    assert "ALERT" not in said
    assert "found" not in said


def test_an_expected_field_that_is_gone_is_told_once() -> None:
    fields = (Field(label="Consular queries", value="+44 20 1", under="Offices"),)
    gone = compare(_page(fields=fields), _page(), expect=_field("Consular queries", "+44 20 1"))
    assert [each.kind for each in in_short(gone, ("a", "b")).findings] == ["field.removed"]
    assert gone.changes[0].reason.endswith("; “+44 20 1” is expected")


def test_a_field_that_is_wrong_in_another_way_still_says_what_is_expected() -> None:
    other = _number("+44 20 3", before="+44 20 2")
    assert other.changes[0].reason.endswith("; “+44 20 1” is expected")
    assert outline(other).standing == ()


# -- kept


def test_other_expectations_compare_the_captures_anew_and_the_same_ones_do_not(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "snapshots"))
    counters = ("853 days have passed since the last grounding", "854 days have passed since the last grounding", "")
    put(store, *(f"<h1>Harbour</h1><p>{each}</p><p>The office is open every day.</p>" for each in counters))
    expect = _expecting("2018-03-04", label="since the last grounding")
    assert _kinds(store, Expectations()) == ["counter.removed"]
    assert _kinds(store, expect) == ["counter.removed", "check.counter"]
    kept = dump(store)
    assert _kinds(store, expect) == ["counter.removed", "check.counter"]
    assert dump(store) == kept
    assert _kinds(store, Expectations()) == ["counter.removed"]


def test_what_never_held_is_told_once_whatever_was_asked_before(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "snapshots"))
    pages = [f"<h1>Harbour</h1><p>{853 + at} days have passed since the last grounding</p>" for at in range(4)]
    put(store, *pages)
    expect = _expecting("2017-01-01", label="since the last grounding")
    with opened(store) as catalogue:
        Line(catalogue, store, Page("harbour")).step(3)  # by what stood in config.yaml before
    found = _findings(store, expect)
    assert found == [[], ["check.counter"], [], []]
    assert _findings(store, expect) == found
    last = compare_since(None, store, Page("harbour", expect=expect), store.captures("harbour")[2])
    assert [step.compared.findings for step in last if step.compared] == [()]


def test_what_holds_at_first_is_told_where_it_no_longer_does(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "snapshots"))
    put(store, *(f"<h1>Harbour</h1><dl><dt>Duty<dd>{name}</dl>" for name in ("Ann", "Ann", "Bo", "Bo")))
    expect = _field("Duty", "Ann")
    assert [bool(each) for each in _findings(store, expect)] == [False, False, True, False]


def _findings(store: Store, expect: Expectations) -> list[list[str]]:
    steps = compare_captures(store, Page("harbour", expect=expect)).steps
    return [[each.kind for each in step.compared.findings] if step.compared else [] for step in steps]


def _kinds(store: Store, expect: Expectations) -> list[str]:
    steps = compare_captures(store, Page("harbour", expect=expect)).steps
    return [each.kind for step in steps if step.compared for each in step.compared.findings]
