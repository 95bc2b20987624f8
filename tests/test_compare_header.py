"""Title, page date, stamps, clocks, fields, figures, and the checks of what they claim."""

from __future__ import annotations

import pytest

from monitor.compare import compare
from monitor.model.change import ChangeKind, Significance
from monitor.model.comparison import CheckVerdict, Verdict
from monitor.model.reading import Clock, Field, Figure, Section, Stamp
from tests.compare_builders import AUGUST, JULY, article, check, dated, item, kinds, only, reading, when


def stamp(text: str, label: str = "Last updated") -> Stamp:
    shown = when(text)
    assert shown
    return Stamp(label=label, when=shown)


def clocks(moscow: str, london: str) -> tuple[Clock, ...]:
    return (
        Clock(place="Moscow", time=moscow, zone="Europe/Moscow"),
        Clock(place="London", time=london, zone="Europe/London"),
    )


# ------------------------------------------------------------------------------------------------------- title


def test_title_that_reads_otherwise_is_changed() -> None:
    change = only(compare(reading(title="News"), reading(title="Newsroom")), "title.changed")
    assert change.significance is Significance.NOTABLE
    assert [span.op for span in change.spans] == ["delete", "insert"]


def test_title_in_other_quotes_is_no_change() -> None:
    assert kinds(compare(reading(title='The "news"'), reading(title="The “news”"))) == []


def test_title_that_is_the_leads_is_told_by_the_lead() -> None:
    before = reading(title="Speech", lead=article("Speech", "Dear veterans"))
    after = reading(title="Interview", lead=article("Interview", "Question: what now?"))
    assert kinds(compare(before, after)) == ["lead.replaced"]


# --------------------------------------------------------------------------------------------------- page date


def test_page_date_that_moved_on_is_routine() -> None:
    found = compare(reading(day=JULY), reading(day=AUGUST))
    assert kinds(found) == ["date.advanced"]
    assert (found.elapsed_days, found.verdict) == (30, Verdict.ROUTINE)


def test_page_date_that_stands_still_while_the_captures_go_on_is_stalled() -> None:
    before = reading(day=JULY, captured="2020-07-04T10:00")
    after = reading(day=JULY, captured="2020-08-03T10:00")
    change = only(compare(before, after), "date.stalled")
    assert change.significance is Significance.NOTABLE
    assert change.reason == (
        "it still says 4 July, 30 days before the capture; captured 4 July, 10:00 UTC, and 3 August, 10:00 UTC"
    )


def test_page_date_that_stands_still_for_an_hour_is_no_change() -> None:
    before = reading(day=JULY, captured="2020-07-04T10:00")
    assert kinds(compare(before, reading(day=JULY, captured="2020-07-04T11:00"))) == []


def test_page_date_that_went_back_is_reversed() -> None:
    before = reading(day=AUGUST, captured="2020-08-03T10:00")
    after = reading(day=JULY, captured="2020-08-05T10:00")
    found = compare(before, after)
    assert only(found, "date.reversed").significance is Significance.ALERT
    assert found.elapsed_days == 2


def test_page_dates_in_reverse_without_capture_times_are_sides_in_reverse() -> None:
    found = compare(reading(day=AUGUST), reading(day=JULY))
    assert kinds(found) == ["date.advanced"]
    assert found.is_reversed


@pytest.mark.parametrize(
    ("captured", "verdict"),
    [
        (None, CheckVerdict.UNDECIDED),
        ("2020-07-04T10:00", CheckVerdict.CONSISTENT),
        ("2020-07-05T01:00", CheckVerdict.CONSISTENT),
        ("2020-07-14T10:00", CheckVerdict.INCONSISTENT),
    ],
)
def test_page_date_is_checked_against_its_capture(captured: str | None, verdict: CheckVerdict) -> None:
    before = reading(day="2020-07-03", captured="2020-07-03T10:00")
    assert check(compare(before, reading(day=JULY, captured=captured)), "date").verdict is verdict


def test_page_date_that_was_wrong_before_too_is_standing() -> None:
    page = reading(day=JULY, captured="2020-07-14T10:00")
    assert check(compare(page, page), "date").is_standing
    assert compare(page, page).verdict is Verdict.IDENTICAL


# ------------------------------------------------------------------------------------------------------ stamps


@pytest.mark.parametrize(
    ("before", "after", "kind", "gravity"),
    [
        ("2020-06-01", "2020-06-03", "advanced", "routine"),
        ("2020-06-03", "2020-06-01", "reversed", "alert"),
        (None, "2020-06-01", "added", "notable"),
        ("2020-06-01", None, "removed", "notable"),
    ],
)
def test_stamp(before: str | None, after: str | None, kind: str, gravity: str) -> None:
    sides = (reading(day=day, stamps=(stamp(text),) if text else ()) for day, text in ((JULY, before), (AUGUST, after)))
    change = only(compare(*sides), f"stamp.{kind}")
    assert change.significance.value == gravity
    assert change.subject == "Last updated"


def test_stamp_is_judged_in_order_of_time() -> None:
    older, newer = reading(day=JULY, stamps=(stamp("2020-06-01"),)), reading(day=AUGUST, stamps=(stamp("2020-06-03"),))
    assert "stamp.advanced" in kinds(compare(newer, older))


def test_without_any_time_the_later_stamp_is_the_later_page() -> None:
    sides = [reading(day=None, stamps=(stamp(text),)) for text in ("2020-06-01", "2020-06-03")]
    assert kinds(compare(*sides)) == kinds(compare(*sides[::-1])) == ["stamp.advanced"]


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        ("2020-06-03", "2020-06-07", "stamp.advanced"),  # the page's own day, behind its newest item
        ("2020-06-01", "2020-07-25", "text.edited"),  # further ahead of it than the list goes back
    ],
)
def test_newest_item_is_a_floor_for_the_day_of_a_page_without_any_other(was: str, now: str, kind: str) -> None:
    items = dated("01.06.2020 One", "25.05.2020 Two", "20.05.2020 Three")
    found = compare(
        reading(items, day=None, stamps=(stamp(was, "Closed until"),)),
        reading(items, day=None, stamps=(stamp(now, "Closed until"),)),
    )
    assert kinds(found) == [kind]


def test_stamp_later_on_the_same_day_advanced() -> None:
    def at(clock: str) -> Stamp:
        shown = when("2020-06-01")
        assert shown
        return Stamp(label="as on", when=type(shown)(text=f"1 June, {clock}", year=2020, month=6, day=1, clock=clock))

    def told(first: str, last: str) -> list[str]:
        before = reading(captured="2020-07-04T12:00:00", stamps=(at(first),))
        return kinds(compare(before, reading(captured="2020-07-04T20:00:00", stamps=(at(last),))))

    assert told("08:00", "17:00") == ["stamp.advanced"]
    assert told("17:00", "08:00") == ["stamp.reversed"]


def test_a_date_under_a_label_with_another_number_is_one_edit() -> None:
    before = reading(stamps=(stamp("2014-03-29", "Version 1.3.3"),))
    after = reading(stamps=(stamp("2015-05-03", "Version 2.0.0"),))
    change = only(compare(before, after), "text.edited")
    assert [side and side.text for side in (change.before, change.after)] == [
        f"Version 1.3.3 {before.stamps[0].when.text}",
        f"Version 2.0.0 {after.stamps[0].when.text}",
    ]
    assert kinds(compare(before, reading(stamps=(stamp("2015-05-03", "Released"),)))) == [
        "stamp.added",
        "stamp.removed",
    ]


# ------------------------------------------------------------------------------------------------------ clocks


def test_clocks_of_two_zones_are_checked_and_the_page_date_goes_to_the_one_it_fits() -> None:
    before = reading(day=JULY, clocks=clocks("08:25", "06:25"))
    after = reading(day=AUGUST, clocks=clocks("00:08", "22:08"))
    found = compare(before, after)
    told = check(found, "clock")
    assert (told.verdict, told.expected, told.found) == (CheckVerdict.CONSISTENT, "2 h apart", "2 h apart")
    assert told.subject == "Moscow and London"
    assert told.reason == (
        "right in British Summer Time; at 00:08 in Moscow it is still 2 August in London (22:08), "
        "so the page's date of 3 August is Moscow's"
    )
    assert kinds(found) == ["clock.ticked", "clock.ticked", "date.advanced"]


def test_clocks_that_are_an_hour_wrong_are_inconsistent() -> None:
    winter = "2020-12-04"
    found = compare(
        reading(day=JULY, clocks=clocks("08:25", "06:25")), reading(day=winter, clocks=clocks("08:25", "06:25"))
    )
    told = check(found, "clock")
    assert (told.verdict, told.expected, told.found) == (CheckVerdict.INCONSISTENT, "3 h apart", "2 h apart")
    assert told.is_finding
    assert found.verdict is Verdict.CHANGED


def test_clocks_wrong_before_too_are_standing() -> None:
    before = reading(day=JULY, clocks=clocks("08:25", "05:25"))
    told = check(compare(before, reading(day=AUGUST, clocks=clocks("09:00", "06:00"))), "clock")
    assert told.verdict is CheckVerdict.INCONSISTENT
    assert told.is_standing


def test_clock_of_an_unknown_place_is_not_checked() -> None:
    shown = (Clock(place="Moscow", time="08:25", zone="Europe/Moscow"), Clock(place="Base", time="01:00"))
    assert not [each for each in compare(reading(clocks=shown), reading(clocks=shown)).checks if each.check == "clock"]


def test_capture_decides_whose_the_page_date_is() -> None:
    after = reading(day="2020-08-02", captured="2020-08-02T21:08", clocks=clocks("00:08", "22:08"))
    told = check(compare(reading(day=JULY), after), "clock")
    assert told.verdict is CheckVerdict.CONSISTENT
    assert "the page's date of 2 August is London's" in told.reason


def test_clock_that_came_or_went() -> None:
    both = reading(clocks=clocks("08:25", "06:25"))
    one = reading(clocks=clocks("08:25", "06:25")[:1])
    assert kinds(compare(one, both)) == ["clock.added"]
    assert kinds(compare(both, one)) == ["clock.removed"]


# ------------------------------------------------------------------------------------------------------ fields

PHONE = Field(label="Consular queries", value="+44 (0) 203 668 7474", target="tel:+442036687474")


def field(value: str, target: str | None = None, label: str = "Consular queries") -> tuple[Field, ...]:
    return (Field(label=label, value=value, target=target),)


def test_number_is_compared_by_what_it_dials_not_by_its_spacing() -> None:
    after = field("+44 20 3668 7474", "tel:+442036687474")
    assert kinds(compare(reading(fields=(PHONE,)), reading(fields=after))) == []


def test_number_that_dials_elsewhere_is_an_alert() -> None:
    after = field("+44 (0) 203 668 7475", "tel:+442036687475")
    change = only(compare(reading(fields=(PHONE,)), reading(fields=after)), "field.changed")
    assert change.significance is Significance.ALERT
    assert [edit.part for edit in change.edits] == ["value"]
    assert change.before
    assert change.before.value == PHONE.value


def test_link_that_reads_alike_and_leads_elsewhere_is_changed_by_its_target() -> None:
    before, after = field("our office", "https://example.org/a"), field("our office", "https://example.com/a")
    change = only(compare(reading(fields=before), reading(fields=after)), "field.changed")
    assert [edit.part for edit in change.edits] == ["target"]


def test_target_known_on_one_side_only_leaves_the_value_to_decide() -> None:
    assert kinds(compare(reading(fields=(PHONE,)), reading(fields=field(PHONE.value)))) == []


def test_field_that_came_went_or_bears_another_label() -> None:
    none, one, renamed = reading(), reading(fields=(PHONE,)), reading(fields=field(PHONE.value, PHONE.target, "Visas"))
    assert kinds(compare(none, one)) == ["field.added"]
    assert kinds(compare(one, none)) == ["field.removed"]
    change = only(compare(one, renamed), "field.changed")
    assert [edit.part for edit in change.edits] == ["label"]


@pytest.mark.parametrize("text", ["Call our consular section on +44 203 668 7474.", "Queries: +44 (0) 203-668-7474"])
def test_number_that_stands_in_the_text_of_the_other_side_is_not_gone(text: str) -> None:
    told = reading(sections=(Section(heading=None, paragraphs=(text,)),))
    one = reading(fields=(PHONE,))
    assert kinds(compare(one, told)) == ["text.added"]
    assert kinds(compare(told, one)) == ["text.removed"]


def test_number_is_gone_where_the_text_gives_another() -> None:
    other = reading(sections=(Section(heading=None, paragraphs=("Call us on +44 203 668 7475.",)),))
    assert "field.removed" in kinds(compare(reading(fields=(PHONE,)), other))


# ----------------------------------------------------------------------------------------------------- figures


def figure(value: int, label: str = "Active cases", text: str | None = None) -> tuple[Figure, ...]:
    return (Figure(label=label, value=value, text=text or str(value)),)


def test_figure_with_another_value_is_changed_and_says_by_how_much() -> None:
    change = only(compare(reading(figures=figure(19868)), reading(figures=figure(20835))), "figure.changed")
    assert change.significance is Significance.NOTABLE
    assert change.reason == "was 19868 and is now 20835, 967 more"


def test_figure_written_with_a_comma_is_no_change() -> None:
    assert kinds(compare(reading(figures=figure(19868)), reading(figures=figure(19868, text="19,868")))) == []


def test_figure_whose_label_holds_a_number_keeps_its_name() -> None:
    before, after = figure(5, "Confirmed (65 abroad)"), figure(7, "Confirmed (111 abroad)")
    assert kinds(compare(reading(figures=before), reading(figures=after))) == ["figure.changed"]


@pytest.mark.parametrize(("before", "after", "kind"), [((), figure(1), "added"), (figure(1), (), "removed")])
def test_figure_that_came_or_went(before: tuple[Figure, ...], after: tuple[Figure, ...], kind: str) -> None:
    found = compare(reading(figures=before), reading(figures=after))
    assert kinds(found) == [f"figure.{kind}"]
    assert found.changes[0].kind is ChangeKind(f"figure.{kind}")


# ------------------------------------------------------------------------------------------------------- order


def test_list_that_left_its_date_order_is_inconsistent() -> None:
    before = dated("20.06.2020 Parade", "15.06.2020 Talks", "10.06.2020 Article", "05.06.2020 Appeal")
    after = [item("Old classic", "2020-05-01"), *before]
    told = check(compare(reading(before), reading(after, day=AUGUST)), "order")
    assert told.verdict is CheckVerdict.INCONSISTENT
    assert "“Old classic” stands out of it" in told.reason


def test_order_is_silent_where_the_item_was_redated_or_moved() -> None:
    before = dated("20.06.2020 Parade", "15.06.2020 Talks", "10.06.2020 Article", "05.06.2020 Appeal")
    redated = [before[0], *dated("30.05.2020 Talks"), *before[2:]]
    assert not [each for each in compare(reading(before), reading(redated)).checks if each.check == "order"]
    moved = [before[3], *before[:3]]
    assert not [each for each in compare(reading(before), reading(moved)).checks if each.check == "order"]


def test_list_still_in_order_is_consistent() -> None:
    before = dated("20.06.2020 Parade", "15.06.2020 Talks", "10.06.2020 Article")
    assert check(compare(reading(before), reading(before[:2])), "order").verdict is CheckVerdict.CONSISTENT


@pytest.mark.parametrize(
    ("was", "now", "is_told"),
    [("2020-04-27", "2020-04-28", True), ("2020-04-20", "2020-04-21", False), ("2020-04-19", "2020-04-20", False)],
)
def test_stamp_that_lies_after_its_capture_is_told_and_is_no_alert(was: str, now: str, is_told: bool) -> None:
    before, after = (
        reading(day=None, captured=f"2020-04-{day}T10:00", stamps=(stamp(shown, "as on"),))
        for day, shown in ((19, was), (20, now))
    )
    found = compare(before, after)
    said = [limit for limit in found.limits if "after its capture" in limit]
    told = "The snapshot of 20 April states “as on” 2020-04-28, eight days after its capture."
    assert said == ([told] if is_told else [])
    assert kinds(found) == ["stamp.advanced"]
    assert found.verdict is Verdict.ROUTINE
