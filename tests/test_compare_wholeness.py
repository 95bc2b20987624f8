"""A capture that breaks off is told as such, and what it lost is not called taken down."""

from __future__ import annotations

import pytest

from monitor import compare, read
from monitor.model.change import ChangeKind
from monitor.model.comparison import Verdict
from monitor.model.reading import Reading
from monitor.model.snapshot import Snapshot
from tests.pages import PAGE, as_text

TAKEN_DOWN = {
    ChangeKind.ITEM_WITHDRAWN,
    ChangeKind.ITEM_REMOVED,
    ChangeKind.LIST_VANISHED,
    ChangeKind.LEAD_VANISHED,
    ChangeKind.COUNTER_REMOVED,
    ChangeKind.FIELD_REMOVED,
}
WHOLE = as_text(PAGE)


def reading_of(text: str) -> Reading:
    return read(Snapshot(source="page.txt", body=text.encode(), media_type="text/plain"))


@pytest.mark.parametrize(
    "words", ["round 98. It expects all", "the commission has prom", "has taken note of grain exports and wish"]
)
def test_a_text_that_breaks_off_in_a_sentence_is_suspect_and_nothing_is_called_taken_down(words: str) -> None:
    cut = WHOLE[: WHOLE.index(words) + len(words)]
    comparison = compare(reading_of(WHOLE), reading_of(cut))
    assert comparison.verdict is Verdict.SUSPECT
    assert not TAKEN_DOWN & {change.kind for change in comparison.changes}


def test_what_the_earlier_capture_lacked_because_it_broke_off_is_not_called_new() -> None:
    cut = WHOLE[: WHOLE.index("round 98. It expects all") + 20]
    comparison = compare(reading_of(cut), reading_of(WHOLE))
    assert comparison.verdict is Verdict.SUSPECT
    assert not any(change.kind.value.startswith("item.") and change.is_finding for change in comparison.changes)


def test_a_page_that_ends_half_way_between_two_paragraphs_with_nothing_new_is_suspect() -> None:
    first = WHOLE[: WHOLE.index(PAGE.lead_text[1])]
    assert compare(reading_of(WHOLE), reading_of(first)).verdict is Verdict.SUSPECT


def test_a_last_sentence_taken_out_of_the_last_paragraph_is_an_edit() -> None:
    page = "Advice\n\n" + "\n\n".join(f"Paragraph {i} says a good deal about the matter in hand." for i in range(4))
    longer = f"{page} It ends with a sentence that will not stay for long."
    comparison = compare(reading_of(longer), reading_of(page))
    assert [change.kind for change in comparison.changes] == [ChangeKind.TEXT_EDITED]


def test_a_list_cut_from_six_to_three_on_a_page_that_goes_on_is_no_broken_capture() -> None:
    start, end = WHOLE.index(PAGE.entries[3].date), WHOLE.index(PAGE.more)
    comparison = compare(reading_of(WHOLE), reading_of(WHOLE[:start] + WHOLE[end:]))
    assert comparison.verdict is Verdict.CHANGED
    assert {change.kind for change in comparison.changes if change.is_finding} == {ChangeKind.ITEM_REMOVED}
