"""A capture that breaks off is told as such, and what it lost is not called taken down."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings, strategies as st

from monitor import compare, read
from monitor.model.change import ChangeKind
from monitor.model.comparison import Verdict
from monitor.model.reading import Reading, Section, Suspicion
from monitor.model.snapshot import Snapshot
from tests.compare_builders import dated, kinds, reading
from tests.pages import PAGE, as_text
from tests.replacing import replace

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


# -- a capture cut anywhere, beside the whole one

_SENTENCES = (
    "Final version of the package {} (LTS) is now available: please download and upgrade!",
    "Security advisory: {} severity fix",
    "Beta {} of the package is now available",
    "New team members: {} of them",
    "Package {} is now available, including bug and security fixes",
    "Established the mailing lists no. {}",
)
LOG = "Date: Item\n" + "\n".join(
    f"{28 - day:02}-{month}-2018: {_SENTENCES[(day + at) % 6].format(6 * day + at)}"
    for at, month in enumerate(("Nov", "Oct", "Sep", "Aug"))
    for day in range(1, 8)
)
NOTES = "\n\n".join(
    f"Changes in {number}.0        {number + 3:02}.05.2019\n\n    *) Feature: the option no. {number} of the module."
    f"\n\n    *) Bugfix: a {word} might be closed too early; the bug had\n       appeared in {number - 1}.9."
    for number, word in zip(range(24, 9, -1), "socket file pipe timer mutex queue page cache".split() * 2, strict=False)
)
LINKS = "# Advice\n\n" + "\n\n".join(
    f"## Part {number}\n\nRead [the guide no. {number}](https://example.org/guide/{number}) before you travel to town "
    f"{number}. Take {number + 2} copies of your papers with you."
    for number in range(1, 9)
)


def capture(text: str, name: str = "text/plain", day: int = 28) -> Reading:
    at = datetime(2018, 11, day, 12, tzinfo=UTC)
    return read(Snapshot(source="page", body=text.encode(), media_type=name, captured_at=at))


@pytest.mark.parametrize("whole", [LOG, NOTES, LINKS], ids=["log", "notes", "links"])
@given(share=st.floats(0.1, 0.99))
@settings(max_examples=60)
def test_nothing_but_the_suspicion_is_told_of_a_text_cut_anywhere(whole: str, share: float) -> None:
    kind = "text/markdown" if whole == LINKS else "text/plain"
    cut = whole[: int(len(whole) * share)]
    for before, after in ((whole, cut), (cut, whole)):
        found = compare(capture(before, kind), capture(after, kind))
        assert [each.kind.value for each in found.changes if each.is_finding] == ["capture.suspect"]


@given(share=st.floats(0.1, 0.95))
@settings(max_examples=30)
def test_a_text_cut_in_the_middle_of_a_letter_is_suspect(share: float) -> None:
    body = "\n".join(
        f"{day:02}.05.2019 Правительство приняло решение № {day} о дорогах" for day in range(28, 8, -1)
    ).encode()
    at = int(len(body) * share)
    while body[at] & 0xC0 != 0x80:
        at += 1
    pages = [read(Snapshot(source="page", body=each, media_type="text/plain")) for each in (body, body[:at])]
    assert compare(*pages).verdict is Verdict.SUSPECT


def test_a_list_that_lost_its_oldest_for_as_many_new_ones_is_whole() -> None:
    lines = LOG.splitlines()
    newer = [lines[0], *(f"{day}-Dec-2018: Release {day} of the package" for day in (9, 8, 7)), *lines[1:-3]]
    found = compare(reading_of(LOG), reading_of("\n".join(newer)))
    assert found.verdict is Verdict.CHANGED


def test_a_page_that_grew_at_its_end_was_whole_before() -> None:
    page = "4 July 2020\n\nMinutes\n\n" + "\n\n".join(f"Point {n}. The board has agreed on it." for n in range(1, 9))
    longer = (
        page.replace("4 July", "6 July") + "\n\nPoint 9. The board has heard two guests.\n\nPoint 10. It has closed."
    )
    assert compare(reading_of(page), reading_of(longer)).verdict is Verdict.CHANGED


def test_an_error_page_is_told_and_not_compared() -> None:
    error = Suspicion(sign="error", reason="The page says little but “502 Bad Gateway”")
    page = reading(dated("01.07.2020 Report", "02.06.2020 Letter"), title="News", sections=[("About", ["We report."])])
    other = replace(
        page, lists=(), title="502", sections=(Section(None, ("Sorry.",)),), suspicions=(error,), sha256="b"
    )
    for sides in ((page, other), (other, page)):
        found = compare(*sides)
        assert kinds(found) == ["capture.suspect"]
        assert found.checks == ()
        assert [limit for limit in found.limits if "does not show the page" in limit] == list(found.limits)


def test_what_a_broken_capture_says_of_the_rest_of_the_page_is_still_told() -> None:
    newer = LOG.replace("Date: Item", "Date: Item\n02-Dec-2018: A new team has taken over the work on the package")
    cut = newer[: len(newer) // 2]
    found = compare(reading_of(LOG), reading_of(cut))
    assert kinds(found) == ["capture.suspect", "item.published"]


def test_a_page_that_grew_to_more_than_twice_its_length_behind_another_last_sentence_was_whole_before() -> None:
    rules = "# Rules\n\n" + "\n\n".join(
        f"Rule {number}: the gate no. {number} is shut at night." for number in range(9)
    )
    before = f"{rules}\n\nReaders of the lake district are at least sixteen years old.\n"
    added = "\n\n".join(f"Berth {number} is let by the day, the week or the whole summer." for number in range(40))
    after = f"{rules}\n\nReaders of all the northern districts must be at least eighteen.\n\n{added}\n"
    told = kinds(compare(capture(before, "text/markdown"), capture(after, "text/markdown", day=29)))
    assert "capture.suspect" not in told
    assert "text.added" in told


def test_a_page_cut_off_behind_a_sentence_of_the_server_is_suspect() -> None:
    whole = "\n\n".join(f"Berth {number} is let by the day, the week or the whole summer." for number in range(40))
    cut = f"{whole[:600]}\n\nAn error occurred. Please try again later.\n"
    found = kinds(compare(capture(whole, "text/markdown"), capture(cut, "text/markdown", day=29)))
    assert "capture.suspect" in found


def test_what_ends_as_the_capture_before_it_was_not_cut_off() -> None:
    notices = "\n\n".join(f"Berth {number} is let by the day, the week or the whole summer." for number in range(40))
    short, long = (f"The harbour\n\n{each}The office is open every day.\n" for each in ("", f"{notices}\n\n"))
    pair = capture(short, day=28), capture(long, day=29)
    assert "text.added" in kinds(compare(*pair, history=[capture(short, day=27)]))
