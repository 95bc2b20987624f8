"""Who is told of a finding, and how grave it is for them: by page, kind, words and significance."""

from __future__ import annotations

import pytest

from monitor.model.change import ChangeKind, Significance
from monitor.model.reader import Choice, Reader
from monitor.model.routing import comparison_for, gravity_for
from tests.samples import seed_like
from tests.test_config_readers import readers

ALERT, NOTABLE, ROUTINE = Significance.ALERT, Significance.NOTABLE, Significance.ROUTINE
DESK = Reader("desk", pages=("ferry", "policy"))


def told(reader: Reader, text: str = "", *, page: str = "ferry", kind: str = "text.edited") -> Significance | None:
    return gravity_for(reader, page, kind, NOTABLE, ["the terms", text])


def test_a_reader_hears_of_their_own_pages_and_of_what_is_grave_enough() -> None:
    assert (told(DESK), told(DESK, page="harbour")) == (NOTABLE, None)
    assert told(DESK._replace(lowest=ALERT)) is None
    assert gravity_for(DESK, "ferry", "item.moved", ROUTINE, []) is None
    assert gravity_for(DESK._replace(lowest=ROUTINE), "ferry", "item.moved", ROUTINE, []) is ROUTINE


def test_an_edited_text_is_an_alert_on_a_policy_page_alone() -> None:
    [desk] = readers("id: desk, stdout: yes, raise: {kind: text.*, page: policy}")
    assert told(desk, page="policy") is ALERT
    assert told(desk, page="ferry") is NOTABLE
    assert told(desk, page="policy", kind="item.edited") is NOTABLE


def test_what_is_raised_is_told_however_light_it_is_and_goes_before_what_is_muted() -> None:
    muted = DESK._replace(muted=(Choice(("text.*",)),), lowest=ALERT)
    assert told(muted, "a new visa") is None
    assert told(muted._replace(raised=(Choice(words=("visa",)),)), "a new visa") is ALERT


@pytest.mark.parametrize(
    ("word", "text", "is_mentioned"),
    [
        ("visa", "The VISA fee", True),
        ("visa", "Visas are dearer", False),
        ("visa*", "Visas are dearer", True),
        ("visa", "no visa-free travel", True),
        ("new terms", "the new\n terms", True),
        ("straße", "Hafenstrasse", False),
        ("STRASSE", "die Straße", True),
        ("санкции", "Новые САНКЦИИ против", True),
        ("санкц*", "о санкциях", True),
        ("制裁", "对俄罗斯制裁措施", True),
        ("ไทย", "ประเทศไทยวันนี้", True),
        ("C++", "written in C++ alone", True),
        (".*", "anything", False),
        ("café", "the cafe\u0301 is shut", True),
    ],
)
def test_words_are_found_whole_in_any_case_and_script(word: str, text: str, is_mentioned: bool) -> None:
    assert (told(DESK._replace(raised=(Choice(words=(word,)),)), text) is ALERT) is is_mentioned


def test_a_comparison_is_told_without_what_is_muted_and_with_what_is_raised_as_an_alert() -> None:
    whole = seed_like()
    kinds = {change.kind for change in whole.changes}
    desk = Reader(
        "desk", pages=("a",), muted=(Choice(("item.withdrawn",)),), raised=(Choice(("item.published", "date.*")),)
    )
    theirs = comparison_for(desk, "a", whole)
    assert {change.kind for change in theirs.changes} == kinds - {ChangeKind.ITEM_WITHDRAWN}
    raised = {change.kind for change in theirs.changes if change.significance is ALERT}
    assert {ChangeKind.ITEM_PUBLISHED, ChangeKind.DATE_ADVANCED} <= raised
    assert comparison_for(Reader("desk", pages=("a",)), "a", whole) == whole
