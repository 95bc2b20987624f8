"""The rest of the page by section, its furniture, and the lead."""

from __future__ import annotations

import pytest

from monitor.compare import compare
from monitor.model.change import Significance
from monitor.model.comparison import Verdict
from monitor.model.reading import Field, Figure, Reading
from tests.compare_builders import AUGUST, after_text, article, before_text, item, kinds, only, reading

VISAS = ("Visas", ["A visa is required for stays of more than ninety days.", "Apply four weeks before you travel."])
CUSTOMS = ("Customs", ["You may bring two litres of wine.", "Declare any sum above ten thousand euros."])


def page(*sections: tuple[str | None, list[str]]) -> Reading:
    return reading(sections=sections)


# ---------------------------------------------------------------------------------------------------- sections


def test_touched_paragraph_is_edited_word_by_word() -> None:
    after = ("Visas", ["A visa is recommended for stays of more than ninety days.", VISAS[1][1]])
    change = only(compare(page(VISAS), page(after)), "text.edited")
    assert (change.subject, change.significance) == ("Visas", Significance.NOTABLE)
    assert [(span.op, span.text) for span in change.spans if span.op != "equal"] == [
        ("delete", "required"),
        ("insert", "recommended"),
    ]
    assert change.before
    assert change.after
    assert before_text(change) == change.before.text
    assert after_text(change) == change.after.text


def test_paragraph_that_came_or_went() -> None:
    longer = ("Visas", [*VISAS[1], "Children need a visa of their own."])
    assert only(compare(page(VISAS), page(longer)), "text.added").reason == "not in the earlier snapshot"
    assert kinds(compare(page(longer), page(VISAS))) == ["text.removed"]


def test_whole_section_that_came_is_one_change_with_its_heading() -> None:
    change = only(compare(page(VISAS), page(VISAS, CUSTOMS)), "text.added")
    assert change.subject == "Customs"
    assert change.after
    assert change.after.text.startswith("Customs You may bring")
    assert change.reason.startswith("a section of two paragraphs")


def test_sections_that_changed_places_are_moved_and_routine() -> None:
    found = compare(page(VISAS, CUSTOMS), page(CUSTOMS, VISAS))
    assert kinds(found) == ["text.moved", "text.moved"]
    assert found.verdict is Verdict.ROUTINE


def test_paragraph_in_another_section_is_moved() -> None:
    before = page(VISAS, CUSTOMS)
    after = page(("Visas", VISAS[1][:1]), ("Customs", [*CUSTOMS[1], VISAS[1][1]]))
    change = only(compare(before, after), "text.moved")
    assert change.reason == "in the same words, before under “Visas”, now under “Customs”"
    assert kinds(compare(before, after)) == ["text.moved"]


def test_paragraphs_that_changed_places_in_their_section_are_moved() -> None:
    assert kinds(compare(page(VISAS), page(("Visas", VISAS[1][::-1])))) == ["text.moved", "text.moved"]


def test_renamed_section_keeps_its_paragraphs() -> None:
    change = only(compare(page(VISAS), page(("Entry rules", VISAS[1]))), "text.edited")
    assert change.reason == "the heading of a section whose text is the same reads otherwise"
    assert kinds(compare(page(VISAS), page(("Entry rules", VISAS[1])))) == ["text.edited"]


def test_wholly_other_paragraph_is_removed_and_added_not_edited() -> None:
    before = page(("Visas", ["A visa is required for stays of more than ninety days."]))
    after = page(("Visas", ["Our office moves to Green Street in October."]))
    assert kinds(compare(before, after)) == ["text.added", "text.removed"]


def test_what_became_a_list_item_is_not_told_as_text_removed() -> None:
    before = page((None, ["The embassy is closed on Monday."]))
    after = reading([item("The embassy is closed on Monday.")])
    assert kinds(compare(before, after)) == ["list.appeared"]


def test_look_alike_letter_in_a_paragraph_is_named() -> None:
    before, after = (
        page((None, ["They tested the 9M729 missile there."])),
        page((None, ["They tested the 9М729 missile there."])),
    )
    assert "Cyrillic М" in only(compare(before, after), "text.edited").reason


# --------------------------------------------------------------------------------------------------- furniture


def test_furniture_is_routine() -> None:
    found = compare(reading(furniture=("Home", "About us")), reading(furniture=("Home", "Contact", "About us")))
    change = only(found, "text.added")
    assert change.significance is Significance.ROUTINE
    assert found.verdict is Verdict.ROUTINE


# -------------------------------------------------------------------------------------------------------- lead

SPEECH = article(
    "Speech at the parade",
    "Dear veterans, dear guests.",
    "The victory of 1945 determined the future of the planet.",
    "We shall remember it for ever.",
    dated="2020-06-24",
)


def test_touched_lead_is_one_alert_with_its_words() -> None:
    touched = article(
        SPEECH.title, *SPEECH.paragraphs[:1], "The victory of 1945 shaped the future of the planet.", dated="2020-06-24"
    )
    found = compare(reading(lead=SPEECH), reading(lead=touched))
    change = only(found, "lead.edited")
    assert change.significance is Significance.ALERT
    assert kinds(found) == ["lead.edited"]
    assert [(span.op, span.text) for span in change.spans if span.op != "equal"] == [
        ("delete", "determined"),
        ("insert", "shaped"),
        ("delete", " We shall remember it for ever."),
    ]
    assert change.before
    assert change.after
    assert before_text(change) == change.before.text
    assert after_text(change) == change.after.text


def test_retitled_lead_with_the_same_text_is_edited_not_replaced() -> None:
    found = compare(reading(lead=SPEECH), reading(lead=article("Address on Red Square", *SPEECH.paragraphs)))
    assert kinds(found) == ["lead.edited"]


def test_another_article_is_replaced_and_the_reason_says_which_is_older() -> None:
    other = article("Interview in Vladivostok", "Question: what of trade?", dated="2019-09-04")
    change = only(compare(reading(lead=SPEECH), reading(lead=other)), "lead.replaced")
    assert change.reason == (
        "another article, of 4 September 2019, the older of the two; the one before was of 24 June 2020"
    )


def test_stray_letter_of_a_lead_is_named_in_its_reason() -> None:
    strayed = article("On missiles", "They say that the 9М729 missile was tested.")
    other = article("Interview in Vladivostok", "Question: what of trade?")
    reason = only(compare(reading(lead=strayed), reading(lead=other)), "lead.replaced").reason
    assert reason == "another article; the one before wrote “9М729” with a Cyrillic М"


def test_first_lead_appeared_and_last_one_vanished() -> None:
    assert kinds(compare(reading(), reading(lead=SPEECH))) == ["lead.appeared"]
    assert kinds(compare(reading(lead=SPEECH), reading())) == ["lead.vanished"]


@pytest.mark.parametrize("sign", ["'", "’", "‘"])
def test_lead_in_other_quotes_is_no_change(sign: str) -> None:
    def said(quote: str) -> Reading:
        return reading(lead=article("Speech", f"The minister{quote}s words."))

    assert kinds(compare(said("'"), said(sign))) == []


def test_lead_missing_from_a_suspect_capture_is_not_vanished() -> None:
    found = compare(reading(lead=SPEECH), reading(suspect="The file breaks off."))
    assert kinds(found) == ["capture.suspect"]
    assert "The later snapshot may not be whole: the lead missing from it is not told as gone." in found.limits


def test_a_lead_that_only_lost_the_list_beside_it_has_not_vanished() -> None:
    texts = ("We met the envoy of the neighbours.", "They told us of their plans for the border.")
    before = reading([item("Letter", "2020-06-01"), item("Note", "2020-05-01")], lead=article("An interview", *texts))
    after = reading(day=AUGUST, sections=[("An interview", texts)])
    assert [kind for kind in kinds(compare(before, after)) if kind.startswith(("lead.", "text."))] == []
    assert [kind for kind in kinds(compare(after, before)) if kind.startswith(("lead.", "text."))] == []


# ---------------------------------------------------------------------------------------------------- split, numbered


def test_paragraph_split_in_three_is_one_passage_moved() -> None:
    parts = ["A visa is required.", "Apply four weeks before you travel.", "Children need a visa of their own."]
    change = only(compare(page(("Visas", [" ".join(parts)])), page(("Visas", parts))), "text.moved")
    assert change.reason == "the same words, before in one paragraph, now in three paragraphs"


def test_split_paragraph_with_another_word_is_one_edit() -> None:
    parts = ["A visa is required.", "Apply four weeks before you travel."]
    after = page(("Visas", [parts[0], parts[1].replace("four", "six")]))
    change = only(compare(page(("Visas", [" ".join(parts)])), after), "text.edited")
    assert [span.text for span in change.spans if span.op != "equal"] == ["four", "six"]


def test_new_paragraph_below_an_edited_one_is_no_piece_of_it() -> None:
    before = page(("Visas", ["A visa is required for stays of more than ninety days in a year."]))
    after = page(("Visas", ["A visa is required for stays of more than sixty days in a year.", "Dogs pay."]))
    assert kinds(compare(before, after)) == ["text.added", "text.edited"]


def test_heading_put_in_is_told_and_its_text_is_not() -> None:
    longer = ("Visas", [*VISAS[1], *CUSTOMS[1]])
    change = only(compare(page(longer), page(VISAS, CUSTOMS)), "text.added")
    assert (change.subject, change.reason) == (
        "Customs",
        "a heading above text that stood there before; not in the earlier snapshot",
    )
    assert kinds(compare(page(longer), page(VISAS, CUSTOMS))) == ["text.added"]
    assert kinds(compare(page(VISAS, CUSTOMS), page(longer))) == ["text.removed"]


def test_heading_without_any_text_is_told() -> None:
    assert kinds(compare(page(VISAS), page(("Entry", []), VISAS))) == ["text.added"]


def test_replaced_text_below_a_heading_that_stayed_is_no_section() -> None:
    change = only(compare(page(VISAS), page(("Visas", ["Our office has moved to Green Street."]))), "text.added")
    assert change.after
    assert change.after.text == "Our office has moved to Green Street."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("1. Bring a lamp.", "2. Bring a rope."), ("1. Ask first.", "2. Bring a lamp.", "3. Bring a rope.")),
        (("(a) a lamp", "(b) a rope"), ("(a) a knife", "(b) a lamp", "(c) a rope")),
        (("i. a lamp", "ii. a rope"), ("i. a knife", "ii. a lamp", "iii. a rope")),
        (("§ 1 Bring a lamp.", "§ 2 Bring a rope."), ("§ 1 Ask first.", "§ 2 Bring a lamp.", "§ 3 Bring a rope.")),
        (("4.1 Bring a lamp.", "4.2 Bring a rope."), ("4.1 Ask first.", "4.2 Bring a lamp.", "4.3 Bring a rope.")),
    ],
)
def test_numbers_that_shift_behind_a_new_clause_are_routine(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    changes = compare(page(("Gear", list(before))), page(("Gear", list(after)))).changes
    assert sorted((each.kind.value, each.significance.value) for each in changes) == [
        ("text.added", "notable"),
        ("text.edited", "routine"),
        ("text.edited", "routine"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("1. Bring a lamp.", "2. Bring a rope."), ("1. Bring a lamp.", "7. Bring a rope.")),
        (("4.1 Bring a lamp.", "4.2 Bring a rope."), ("4.1 Bring a lamp.", "5.2 Bring a rope.")),
        (("3 boats may land here.", "Nobody may swim."), ("4 boats may land here.", "Nobody may swim.")),
        (("The fee is 1.5 per day.", "Pay at the gate."), ("The fee is 1.6 per day.", "Pay at the gate.")),
    ],
)
def test_number_that_does_not_follow_from_those_above_is_an_edit(
    before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    change = only(compare(page(("Gear", list(before))), page(("Gear", list(after)))), "text.edited")
    assert change.significance is Significance.NOTABLE


def test_one_of_several_like_paragraphs_edited_moves_none_of_the_others() -> None:
    before = page(
        ("Gear", ["This is reserved.", "Bring a lamp.", "This is reserved.", "Bring a rope.", "This is reserved."])
    )
    after = page(
        (
            "Gear",
            ["This is reserved.", "Bring a lamp.", "This is still reserved.", "Bring a rope.", "This is reserved."],
        )
    )
    assert kinds(compare(before, after)) == ["text.edited"]


def test_paragraph_that_stands_in_the_value_of_a_field_did_not_come() -> None:
    before = reading(fields=[Field(label="Mail", value="desk@example.org (for guests)")], sections=[VISAS])
    after = reading(
        fields=[Field(label="Mail", value="desk@example.org")],
        sections=[("Visas", [*VISAS[1], "(for guests)"])],
    )
    assert "text.added" not in kinds(compare(before, after))


# ---------------------------------------------------------------------------------------------------- tables of figures


def test_figures_of_a_column_with_another_heading_are_the_same_ones() -> None:
    def counted(column: str, *values: int) -> Reading:
        places = ("North", "South", "Island")
        return reading(figures=[Figure(label=f"{place} · {column}", value=value, text=str(value))
                                for place, value in zip(places, values, strict=True)])  # fmt: skip

    found = compare(counted("Herons", 4, 7, 2), counted("Herons and egrets", 4, 9, 2))
    assert kinds(found) == ["figure.changed"]


def test_one_cell_that_went_and_one_that_came_are_no_column_renamed() -> None:
    before = reading(figures=[Figure(label="North · Herons", value=4, text="4")])
    after = reading(figures=[Figure(label="North · Terns", value=4, text="4")])
    assert kinds(compare(before, after)) == ["figure.added", "figure.removed"]


def test_new_section_is_told_with_the_new_heading_above_it_that_has_no_text_of_its_own() -> None:
    before = page(("1.9", []), ("Fixed", ["A rusty hinge."]))
    after = page(("2.0", []), ("Mended", ["The gate was shut at night."]), ("1.9", []), ("Fixed", ["A rusty hinge."]))
    [change] = [each for each in compare(before, after).changes if each.is_finding]
    assert change.after
    assert change.after.text == "2.0 Mended The gate was shut at night."
