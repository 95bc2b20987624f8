"""What a reader is told of findings, how grave they are for them, and why the others are not told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.compare.wanted import Untold, Wishes, wanted
from monitor.model.change import Edit, Side, Significance
from monitor.model.digest import Note, Turn
from monitor.model.reader import Choice, Reader

AT = datetime(2020, 7, 4, 12, tzinfo=UTC)
PLAIN = Turn("1", AT, AT, "text.edited", Significance.NOTABLE, "Fees", "one word inserted")
DESK = Reader("desk", pages=("policy", "news"))


def test_without_a_reader_all_is_told_as_it_is() -> None:
    assert wanted(PLAIN, "policy", Wishes()) == PLAIN


def test_what_the_reader_was_told_before_is_not_told() -> None:
    assert wanted(PLAIN, "policy", Wishes(DESK, told=frozenset("1"))) is Untold.BEFORE


def test_an_edit_is_an_alert_on_a_policy_page_where_the_reader_says_so() -> None:
    reader = DESK._replace(raised=(Choice(kinds=("text.edited",), pages=("policy",)),))
    found = wanted(PLAIN, "policy", Wishes(reader))
    assert found == PLAIN._replace(significance=Significance.ALERT, raised_by="text.edited on policy")
    assert wanted(PLAIN, "news", Wishes(reader)) == PLAIN


@pytest.mark.parametrize(
    "turn",
    [
        PLAIN._replace(subject="New sanctions"),
        PLAIN._replace(after=Side(text="There are sanctions.")),
        PLAIN._replace(before=Side(text="gone", teaser="the Sanctions list")),
        PLAIN._replace(edits=(Edit("teaser", "no word", "of sanctions"),)),
        PLAIN._replace(reason="“sanctions” is new"),
    ],
)
def test_words_are_looked_for_in_all_that_is_known_of_a_finding(turn: Turn) -> None:
    found = wanted(turn, "news", Wishes(DESK._replace(raised=(Choice(words=("sanction*", "visa")),))))
    assert isinstance(found, Turn)
    assert (found.significance, found.raised_by) == (Significance.ALERT, "what mentions “sanction*” or “visa”")


def test_words_are_not_looked_for_in_the_reason_where_the_texts_are_known() -> None:
    turn = PLAIN._replace(before=Side(text="a"), after=Side(text="b"), reason="the visa page is another")
    assert wanted(turn, "news", Wishes(DESK._replace(raised=(Choice(words=("visa",)),)))) == turn


def test_the_rule_that_raised_it_is_the_first_that_fits() -> None:
    rules = (Choice(words=("visa",)), Choice(kinds=("text.*",), words=("fees",)))
    found = wanted(PLAIN, "news", Wishes(DESK._replace(raised=rules)))
    assert isinstance(found, Turn)
    assert found.raised_by == "text.* that mentions “fees”"


def test_muted_and_lighter_are_told_apart() -> None:
    muting = DESK._replace(muted=(Choice(kinds=("text.*",)),))
    assert wanted(PLAIN, "news", Wishes(muting)) is Untold.MUTED
    assert wanted(PLAIN, "news", Wishes(DESK._replace(lowest=Significance.ALERT))) is Untold.LIGHTER


def test_what_somebody_has_dealt_with_bears_the_note() -> None:
    note = Note(AT, "they know")
    found = wanted(PLAIN, "news", Wishes(DESK, notes={"1": note}))
    assert isinstance(found, Turn)
    assert found.note == note
