"""Claims about the sentences: well formed for whatever changed, causes before counts, one where one is asked."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from monitor.compare import compare
from monitor.model.change import Change, ChangeKind as Kind, Side, Significance, Span
from monitor.model.comparison import Check, CheckVerdict, Comparison
from monitor.model.reading import Suspicion
from monitor.report import as_text, render
from monitor.report.wording import blind, dates, opening, sides, summary
from monitor.report.wording.expected import expected
from tests import samples
from tests.compare_builders import AUGUST, JULY, days, item, reading
from tests.replacing import replace

CHANGES = st.lists(
    st.builds(
        samples.change,
        st.sampled_from(list(Kind)),
        st.sampled_from(["A title", "Consular queries", "Ein Titel. Mit Punkt", "外交部", "x" * 300, ""]),
        significance=st.sampled_from(list(Significance)),
        before=st.sampled_from([None, Side(text="A text", title="A title", date="2020-05-01", value=3)]),
        after=st.sampled_from([None, Side(text="Another", title="Another title", date="2020-04-01", value=4)]),
        group=st.sampled_from([None, "mass#1"]),
        place=st.sampled_from([None, "Press releases"]),
    ),
    max_size=12,
)
CHECKS = st.lists(
    st.builds(
        Check,
        check=st.sampled_from(["counter", "clock", "date", "order"]),
        subject=st.just("A title"),
        verdict=st.sampled_from(list(CheckVerdict)),
        reason=st.just("the clocks are 3 h apart where 2 h are right."),
        is_standing=st.booleans(),
    ),
    max_size=3,
)


@given(CHANGES, CHECKS, st.sampled_from([30, 1, 0, None, -1, -30]), st.booleans())
def test_every_opening_is_one_to_four_whole_sentences(
    changes: list[Change], checks: list[Check], elapsed: int | None, is_equal: bool
) -> None:
    said = opening(_compared(changes, checks, elapsed, is_equal))
    assert not said[0].islower()
    assert said.endswith(".")
    assert not re.search(r"[{}]|\bNone\b|  |\.\.|\n| ,|^\W*$", said)


@given(CHANGES, CHECKS, st.sampled_from([30, 0, None, -30]), st.booleans())
def test_every_summary_is_one_sentence_on_one_line(
    changes: list[Change], checks: list[Check], elapsed: int | None, is_equal: bool
) -> None:
    said = summary(_compared(changes, checks, elapsed, is_equal))
    assert said.endswith(".")
    assert "\n" not in said
    assert not re.search(r"[{}]|\bNone\b|  |\.\.", said)


def _compared(changes: list[Change], checks: list[Check], elapsed: int | None, is_equal: bool) -> Comparison:
    return samples.compared(*changes, checks=tuple(checks), elapsed_days=elapsed, is_equal=is_equal)


@pytest.mark.parametrize("kind", Kind)
def test_one_finding_and_several_are_told_in_their_own_number(kind: Kind) -> None:
    one, three = (
        opening(samples.compared(*[samples.change(kind, "A title", significance=Significance.ALERT)] * count))
        for count in (1, 3)
    )
    assert one != three
    assert "three" in three.lower() or kind is Kind.CAPTURE_SUSPECT  # there are two sides at the most


def test_the_opening_on_a_replaced_list_names_causes_before_counts() -> None:
    assert opening(samples.seed_like()) == (
        "The list was replaced as a whole: ten items are gone although the list still reaches back past their dates, "
        "and of the ten new ones three bear dates that the list of 4 July covered without showing them. "
        "The lead is another article, older than the one before. Both counters moved by 30, as they should."
    )


def test_sides_in_reverse_are_said_with_the_command_the_right_way_round() -> None:
    command = "monitor compare 'my seeds/july.txt' seeds/august.txt"
    assert f"`{command}`" in opening(samples.backwards())
    assert command in summary(samples.backwards())


def test_nothing_changed_is_said_so_and_for_how_long() -> None:
    assert opening(samples.identical()) == "Nothing changed: the page says the same, letter for letter."
    month = replace(samples.identical(), elapsed_days=30)
    assert opening(month).startswith("Nothing changed in 30 days: ")
    assert summary(samples.identical()) == "Nothing changed."


def test_only_routine_is_told_as_what_time_changes() -> None:
    assert opening(samples.routine()).startswith("Nothing changed in 30 days but what time changes: ")
    assert "as they should" in opening(samples.routine())


def test_a_suspect_capture_is_told_first_and_takes_nothing_for_taken_down() -> None:
    said = opening(samples.suspect())
    assert said.startswith("The snapshot of 3 August may not be the whole page: the later file breaks off")
    assert "Nothing missing from it is reported as taken down." in said


def test_an_error_page_is_called_one_by_its_own_words() -> None:
    doubt = Suspicion(sign="error", reason="The page says little but “Access Denied”.", quote="Access Denied")
    told = samples.change(Kind.CAPTURE_SUSPECT, "the snapshot of 4 April", "x", after=Side(text="the snapshot"))
    found = samples.compared(told, after=replace(samples.AUGUST, suspicions=(doubt,)))
    assert summary(found) == "The snapshot of 4 April is an error page (“Access Denied”)."


def test_sides_in_reverse_are_judged_in_order_of_time() -> None:
    moved = samples.change(
        Kind.STAMP_ADVANCED,
        "Last updated",
        before=Side(text="21 May 2024", date="2024-05-21"),
        after=Side(text="14 May 2024", date="2024-05-14"),
    )
    count = samples.counter(Kind.COUNTER_ADVANCED, "since the breach", 221, 214, "2023-10-01")
    assert expected(samples.compared(moved, count, elapsed_days=-7))[:2] == (
        "“Last updated” moved on to 21 May 2024",
        "days “since the breach”: 214 → 221, counting from 1 October 2023",
    )


def test_a_stamp_that_went_back_is_told_by_its_label_and_both_dates() -> None:
    back = samples.change(
        Kind.STAMP_REVERSED,
        "Stand",
        before=Side(text="21.3.25", date="2025-03-21"),
        after=Side(text="20.3.25", date="2025-03-20"),
    )
    said = opening(samples.compared(back, elapsed_days=7))
    assert said == "“Stand” went back: 21 → 20 March 2025, though captured seven days later."


def test_a_short_edit_is_quoted_in_the_opening() -> None:
    side = Side(text="We keep it.")
    edit = samples.change(
        Kind.TEXT_EDITED,
        "Visas",
        before=side,
        after=side,
        place="Visas",
        spans=(Span("equal", "for "), Span("delete", "ten"), Span("insert", "five"), Span("equal", " days")),
    )
    gone = samples.change(Kind.TEXT_REMOVED, "Visas", before=Side(text="We never sell it."), place="Visas")
    assert opening(samples.compared(edit)) == "“ten” became “five” in “for five days” under “Visas”."
    assert opening(samples.compared(gone)) == "“We never sell it.” is gone from “Visas”."


def test_a_quotation_at_the_end_has_no_second_full_stop() -> None:
    edit = samples.change(
        Kind.TEXT_EDITED, "Dogs", before=Side(text="x"), after=Side(text="x"),
        spans=(Span("equal", "Dogs are "), Span("delete", "allowed."), Span("insert", "forbidden.")),
    )  # fmt: skip
    assert opening(samples.compared(edit)) == "“allowed” became “forbidden” in “Dogs are forbidden”."
    assert dates.closed("it now reads “No dogs.”") == "It now reads “No dogs”."


def test_words_that_were_struck_out_stand_in_what_was_their_sentence() -> None:
    edit = samples.change(
        Kind.TEXT_EDITED, "Data", before=Side(text="x"), after=Side(text="x"),
        spans=(Span("equal", "We will"), Span("delete", " not"), Span("equal", " sell it")),
    )  # fmt: skip
    assert opening(samples.compared(edit)) == "“not” was struck out of “We will not sell it”."


def test_of_many_figures_the_first_two_of_the_page_are_named() -> None:
    found = [
        samples.change(Kind.FIGURE_CHANGED, f"Row {at}", before=Side(text=str(at)), after=Side(text=f"{at}0"))
        for at in (1, 2, 3)
    ]
    assert opening(samples.compared(*found)) == "Three figures changed, among them “Row 1”: 1 → 10 and “Row 2”: 2 → 20."
    assert opening(samples.compared(*found[:2])) == "Two figures changed: “Row 1”: 1 → 10 and “Row 2”: 2 → 20."


def test_two_items_of_one_title_are_told_apart_by_their_dates() -> None:
    new = samples.change(Kind.ITEM_PUBLISHED, "Update", after=samples.side("2020-08-02", "Update"))
    old = samples.side("2020-07-02", "Update")
    touched = samples.change(Kind.ITEM_EDITED, "Update", before=old, after=old)
    assert opening(samples.compared(new, touched)) == (
        "“Update” of 2 August 2020 is new. The entry “Update” of 2 July 2020 was edited."
    )


def test_a_line_of_the_footer_that_was_edited_is_not_what_time_changes() -> None:
    said = opening(samples.compared(samples.footer_line("Editor: [-Ann-]{+Bob+}"), elapsed_days=1))
    assert said == "Nothing changed in one day in what the page says; menus and footer: one line edited."


def test_a_page_of_the_same_words_is_said_to_be_compared_by_its_words() -> None:
    before, after = (
        replace(reading, media_type="text/html", sha256=digest)
        for reading, digest in ((samples.JULY, "a" * 64), (samples.AUGUST, "b" * 64))
    )
    found = samples.compared(before=before, after=after, is_equal=True)
    assert opening(found).endswith(
        "says the same, letter for letter. Where links in running text lead, and pictures, are not compared."
    )


@pytest.mark.parametrize(
    ("later", "said"), [((8, 19), "19 minutes"), ((22, 0), "14 hours"), ((9, 59), "119 minutes"), ((8, 0), "same day")]
)
def test_captures_of_one_day_are_minutes_or_hours_apart(later: tuple[int, int], said: str) -> None:
    before = replace(samples.JULY, captured_at=datetime(2020, 7, 4, 8, tzinfo=UTC))
    after = replace(samples.JULY, captured_at=datetime(2020, 7, 4, *later, tzinfo=UTC))
    assert sides.elapsed(samples.compared(before=before, after=after, elapsed_days=0)) == said


def test_clocks_of_several_places_are_named() -> None:
    held = [
        Check("clock", f"London and {place}", CheckVerdict.CONSISTENT, reason="right", found="2 h apart")
        for place in ("Oslo", "Rome")
    ]  # fmt: skip
    assert expected(samples.compared(checks=(held[0],)))[0] == "clocks 2 h apart (right)"
    assert expected(samples.compared(checks=tuple(held)))[0] == "clocks of London and Oslo 2 h apart (right)"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Fri, 09 Oct 2026 09:00:00 +0200", "9 October 2026"),
        ("2026-10-09T10:00:00Z", "9 October 2026"),
        ("Fri, 9 Oct 2026, 09:00", "Fri, 9 Oct 2026, 09:00"),
        ("09.10.2026", "09.10.2026"),
        ("2026-10-09", "2026-10-09"),
    ],
)
def test_dates_in_forms_of_machines_are_read_as_days(written: str, read: str) -> None:
    assert dates.as_read(written, "2026-10-09") == read


def test_midnight_is_a_day_and_no_time() -> None:
    assert dates.moment(datetime(2025, 3, 14, tzinfo=UTC)) == "14 March 2025"
    assert dates.moment(datetime(2025, 3, 14, 0, 1, tzinfo=UTC)) == "14 March 2025, 00:01 UTC"


def test_dates_that_share_month_or_year_share_them_in_print() -> None:
    assert dates.moved("2025-03-21", "2025-03-20") == "21 → 20 March 2025"
    assert dates.moved("2025-03-21", "2025-04-20") == "21 March → 20 April 2025"
    assert dates.moved("2024-03-21", "2025-04-20") == "21 March 2024 → 20 April 2025"


def test_a_stalled_counter_and_its_check_are_one_story() -> None:
    assert opening(samples.stalled()) == (
        "The count of days “have passed since the Salisbury incident - no credible information or response” "
        "still says 853, 30 days later."
    )
    assert summary(samples.stalled()) == opening(samples.stalled())


def test_one_retitled_item_is_told_with_both_titles() -> None:
    said = opening(samples.compared(samples.edited().changes[0]))
    assert said == (
        "What was titled “Заявление посольства о нападении в Солсбери” "
        "is now titled “Заявление посольства об инциденте в Солсбери”."
    )


def test_counters_that_do_not_all_advance_are_not_praised() -> None:
    advanced, _ = samples.routine_header()[-2:]
    reset = samples.counter(Kind.COUNTER_RESET, samples.GLUSHKOV, 845, 3, "2020-08-01")
    assert "as they should" not in opening(samples.compared(advanced, reset))


def test_dates_are_written_as_a_person_writes_them() -> None:
    assert dates.from_iso("2020-07-04") == "4 July 2020"
    assert dates.from_iso("2020-07") == "July 2020"
    assert dates.from_iso("2018") == "2018"
    assert dates.from_iso("2018-03-01/2018-03-31") == "1 March 2018 to 31 March 2018"
    assert dates.from_iso("not a date") == "not a date"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-02-11T23:05:26.787Z", "11 February 2026, 23:05 UTC"),
        ("2026-02-11T08:00:00+01:00", "11 February 2026, 08:00 +01:00"),
        ("2026-02-11 08:00", "11 February 2026, 08:00"),
        ("2026-02-11", "2026-02-11"),
        ("2026-02-31T08:00:00Z", "2026-02-31T08:00:00Z"),
        ("11 February 2026, 23:05", "11 February 2026, 23:05"),
    ],
)
def test_a_moment_in_a_form_of_machines_is_told_in_words(written: str, read: str) -> None:
    assert dates.in_words(written) == read


def test_dates_of_one_month_share_it() -> None:
    assert dates.together(["2018-03-04", "2018-03-12"]) == "4 and 12 March 2018"
    assert dates.together(["2018-03-04", "2019-03-12"]) == "4 March 2018 and 12 March 2019"
    assert dates.together(["2018-03-04", "2018-03-04"]) == "4 March 2018"


def test_every_kind_has_its_own_words() -> None:
    from monitor.report.wording.kinds import WORDS

    assert set(WORDS) == set(Kind)
    labels = [words.label for words in WORDS.values()]
    assert len(labels) == len(set(labels))
    for one, other in itertools.combinations(WORDS.values(), 2):
        assert one.many != other.many


def test_a_counter_that_changed_its_unit_is_told_with_both() -> None:
    before, after = Side(text="…", value=3, unit="hour"), Side(text="…", value=2, unit="day", origin="2024-03-01")
    moved = samples.change(Kind.COUNTER_ADVANCED, "changed ago", before=before, after=after)
    assert expected(samples.compared(moved))[0] == "“changed ago”: 3 hours → 2 days"


def test_a_renumbered_clause_is_not_called_furniture() -> None:
    clause = samples.change(Kind.TEXT_EDITED, "4. Fees", significance=Significance.ROUTINE, place="4. Fees")
    footer = samples.change(Kind.TEXT_ADDED, "Imprint", significance=Significance.ROUTINE, place="furniture")
    found = samples.compared(clause, footer)
    assert expected(found)[0] == "1 passage renumbered"
    assert opening(found).endswith(" but this: one passage renumbered; menus and footer: one line added.")


def test_items_of_one_title_are_counted_as_unchanged_beside_a_new_one() -> None:
    bulletins = [item("Water bulletin", f"2020-06-{day:02}", f"https://river.example/{day}") for day in (20, 15, 10)]
    new = item("Water bulletin", "2020-08-02", "https://river.example/2")
    found = compare(reading(bulletins), reading([new, *bulletins], day=AUGUST))
    assert "3 items unchanged" in expected(found)


def test_new_items_of_one_title_and_day_are_told_apart_by_their_teasers() -> None:
    teasers = ("The level rose by two feet.", "The weir is open.")
    new = [item("Water bulletin", "2020-08-02", teaser=teaser) for teaser in teasers]
    found = compare(
        reading([item("Ferry times", "2020-06-20")]), reading([*new, item("Ferry times", "2020-06-20")], day=AUGUST)
    )
    said = as_text.render(found, width=100)
    assert all(f"“{teaser}”" in said for teaser in teasers)


@pytest.mark.parametrize(
    ("captures", "told"),
    [
        (("2020-07-04T10:00", "2020-07-05T10:00"), "4 July 2020 → 5 July 2020 · 1 day"),
        (("2020-07-04T10:00", "2020-07-05T07:00"), "4 July 2020, 10:00 UTC → 5 July 2020, 07:00 UTC · 21 hours"),
        (("2020-07-04", "2020-07-05"), "4 July 2020 → 5 July 2020 · same page date"),
    ],
)
def test_head_never_calls_two_days_the_same(captures: tuple[str, str], told: str) -> None:
    before, after = (reading(day="2020-07-04", captured=each) for each in captures)
    assert sides.head(compare(before, after)).endswith(told)


def test_sides_in_reverse_are_told_as_time_went_and_by_their_days() -> None:
    older = reading([item("Inspection finds 14 defects", "2020-06-20", "/a"), item("Dues", "2020-06-01", "/b")])
    newer = reading([item("Inspection finds few defects", "2020-06-20", "/a"), item("Pilots", "2020-06-02", "/c"),
                     item("Dues", "2020-06-01", "/b")], day=AUGUST)  # fmt: skip
    found = compare(newer, older)
    told = opening(found)
    assert "What was titled “Inspection finds 14 defects” is now titled “Inspection finds few defects”." in told
    assert "“Pilots” stands only in the snapshot of 3 August 2020." in told
    assert "is gone" not in told
    said = summary(found)
    assert "As time went: What was titled “Inspection finds 14 defects” is now titled “Inspection finds few def" in said
    assert said.endswith("; “Pilots” stands only in the snapshot of 3 August 2020.")


def test_a_few_findings_are_said_with_their_facts_and_many_are_counted() -> None:
    new = [
        samples.change(Kind.ITEM_PUBLISHED, title, after=samples.side("06.07.2020", title))
        for title in ("Pilots", "Dues")
    ]
    fields = [
        samples.change(Kind.FIELD_CHANGED, label, before=Side(text=f"{label} 1"), after=Side(text=f"{label} 2"))
        for label in ("Telephone", "Fax")
    ]
    few = summary(samples.compared(new[0], fields[0]))
    assert few == "“Telephone” is now “Telephone 2”, no longer “Telephone 1”; “Pilots” is new."
    assert summary(samples.compared(*new, *fields)) == "Two fields changed and two items published."
    long = samples.change(Kind.TITLE_CHANGED, "Title", before=Side(text="a " * 70), after=Side(text="b " * 70))
    assert summary(samples.compared(new[0], long, fields[0])) == (
        "A field changed, one item published and the page's title changed."
    )


def test_a_page_that_is_not_shown_is_compared_with_nothing() -> None:
    doubt = Suspicion(sign="error", reason="An error message")
    refused = reading(title="503", day=AUGUST)._replace(suspicions=(doubt,))
    found = compare(reading([item("Dues", "2020-06-01")], title="Harbour"), refused)
    assert opening(found).endswith("Nothing else was compared.")
    assert "No other change" not in opening(found)
    assert sides.head(found).startswith("Harbour · ")


def test_a_standing_fault_that_a_change_tells_is_told_once() -> None:
    older, before, after = (
        reading(day=day, counters=(days(value),)) for day, value in (("2020-06-04", 853), (JULY, 853), (AUGUST, 1))
    )
    found = compare(before, after, history=[older])
    assert any(check.is_standing for check in found.checks)
    assert "AS BEFORE" not in render(found, "text")
    assert "counter reset" in render(found, "text")


def test_one_more_kind_is_one_kind_and_what_moved_is_a_change() -> None:
    seven = (Kind.ITEM_RETITLED, Kind.ITEM_REDATED, Kind.FIELD_CHANGED, Kind.FIELD_REMOVED, Kind.COUNTER_STALLED,
             Kind.STAMP_ADDED, Kind.TEXT_EDITED)  # fmt: skip
    many = samples.compared(*(samples.change(kind, kind.value) for kind in seven))
    assert summary(many).endswith(" and one more kind of change.")
    moved = samples.compared(samples.change(Kind.ITEM_MOVED, "Dues", significance=Significance.ROUTINE))
    assert "nothing changed in what the page says" not in summary(moved).lower()


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_a_page_is_called_by_its_title_with_its_id_below(form: str) -> None:
    own = compare(reading(title="Notices of the harbour"), reading(title="Notices of the harbour", day=AUGUST))
    kept = own._replace(page="harbour-notices")
    assert sides.page_name(kept) == "Notices of the harbour"
    assert sides.page_name(kept._replace(page_title="The harbour")) == "The harbour"
    assert (
        sides.page_name(compare(reading(), reading(day=AUGUST))._replace(page="harbour-notices")) == "harbour-notices"
    )
    told = render(kept, form)
    assert told.index("Notices of the harbour") < told.index("harbour-notices")


def test_moments_that_would_read_the_same_are_told_apart_by_their_seconds() -> None:
    one, other = (datetime(2026, 11, 28, 15, 53, second, tzinfo=UTC) for second in (5, 15))
    assert blind.missed("Two", 1, one, one, other) == (
        "Two was not captured when it was due on 28 November 2026, 15:53:05 UTC; the one of 28 November 2026, "
        "15:53:15 UTC makes up for it."
    )
    assert dates.between_times(one, other) == "15:53:05 and 15:53:15 UTC"
    assert dates.between_times(one, other.replace(minute=54)) == "15:53 and 15:54 UTC"
    assert dates.from_minute_to(one, other) == "28 November 2026, 15:53:05 to 15:53:15 UTC"
    pair = [replace(reading(()), page_date=None, captured_at=each) for each in (one, other)]
    assert sides.days_of(compare(*pair)) == ("28 November 2026, 15:53:05 UTC", "28 November 2026, 15:53:15 UTC")
    later = replace(pair[1], captured_at=other.replace(hour=17))
    html = render(compare(pair[0], later), "html")
    assert html.count("28 November 2026, 15:53 UTC") >= 2  # the line above, and the box of the earlier capture
    assert "<h3>28 November 2026</h3>" not in html


def test_two_doubts_are_one_sentence_and_beside_its_line_a_capture_is_this_one() -> None:
    doubts = ("The server answered with 404 Not Found.", "The page says little but “Not found”.", "HTML is cut off.")
    broken = [Suspicion(sign="error", reason=each) for each in doubts]
    found = compare(reading(()), reading(())._replace(suspicions=tuple(broken)))
    (change,) = [each for each in found.changes if each.kind is Kind.CAPTURE_SUSPECT]
    said = "server answered with 404 Not Found; the page says little but “Not found”; HTML is cut off"
    assert change.reason == f"The {said}"
    assert summary(found, is_of_capture=True).startswith("This capture may not be the whole page: the server answered")
    assert summary(found).startswith("The later snapshot may not be")
