"""What no reader sees, and what time does to a page, makes no finding."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor import compare, read
from monitor.model.change import ChangeKind
from monitor.model.comparison import Comparison, Verdict
from monitor.model.reading import Reading
from monitor.model.snapshot import Snapshot
from monitor.report.wording.expected import expected

FIRST, SECOND = datetime(2020, 7, 22, 9, tzinfo=UTC), datetime(2020, 7, 23, 9, tzinfo=UTC)


def reading_of(text: str, media_type: str = "text/html", at: datetime | None = None) -> Reading:
    return read(Snapshot(source="page", body=text.encode(), media_type=media_type, captured_at=at))


def compared(before: str, after: str, media_type: str = "text/html") -> Comparison:
    return compare(reading_of(before, media_type, FIRST), reading_of(after, media_type, SECOND))


def news(beside: str, above: str = "") -> str:
    rows = "".join(
        f'<li><h3><a href="/p/{i}">Harbour bridge {i} reopens after repairs</a></h3><p>{beside}</p></li>'
        for i in range(5)
    )
    return f"<html><body><h1>Press Office</h1>{above}<ul>{rows}</ul></body></html>"


def test_relative_times_in_a_phrase_move_with_the_captures() -> None:
    assert compared(news("Posted 2 hours ago"), news("Posted 1 day ago")).verdict is Verdict.ROUTINE


def test_the_date_right_under_the_title_of_a_page_with_lists_is_the_page_s_own() -> None:
    comparison = compared(news("At last", "<p>22 July 2020</p>"), news("At last", "<p>23 July 2020</p>"))
    assert [change.kind for change in comparison.changes] == [ChangeKind.DATE_ADVANCED]


def test_the_date_right_under_an_article_s_heading_is_the_article_s() -> None:
    article = "<html><body><h1>Bridge reopens</h1><p>22 July 2020</p><p>It is open to all.</p></body></html>"
    assert reading_of(article, at=FIRST).page_date is None


def test_short_hidden_texts_are_not_on_the_page() -> None:
    page = '<h1>N</h1><div style="display:none">Token {0}</div><p hidden>Secret {0}</p><p>Hello world.</p>'
    assert compared(page.format(1), page.format(2)).verdict is Verdict.IDENTICAL


def test_hidden_texts_inside_hidden_texts_go_with_them() -> None:
    nested = "<div hidden>A<p hidden>B<span style='display:none'>C</span></p></div>" * 40
    [section] = reading_of(f"<h1>N</h1>{nested}<p>Hello world.</p>").sections
    assert section.paragraphs == ("Hello world.",)


def test_how_the_source_of_a_hidden_text_is_indented_says_nothing() -> None:
    words = ["Send", "this", "to", "an", "address", "of", "your", "own"]
    for space in (" ", "\n" + 40 * " "):
        page = f"<h1>N</h1><p>Hello world.</p><div hidden><p>{space.join(words)}</p></div>"
        assert [section.paragraphs for section in reading_of(page).sections] == [("Hello world.",)]


def test_a_long_fold_is_read_though_it_is_hidden() -> None:
    fold = "The council meets every first Monday of the month, save in August, when it does not meet at all. " * 4
    [section] = reading_of(f"<h1>N</h1><div hidden><p>{fold}</p></div>").sections
    assert section.paragraphs == (fold.strip(),)


def test_soft_hyphens_and_zero_width_signs_change_nothing() -> None:
    plain = "<h1>Council</h1><p>The assembly meets again on the first of May.</p>"
    marked = "<h1>Coun&shy;cil</h1><p>The as\u200bsem&shy;bly meets\u2060 again on the first of May.</p>"
    assert compared(plain, marked).verdict is Verdict.IDENTICAL


def test_a_line_further_in_than_its_bullet_is_the_entry_s_teaser() -> None:
    page = "\n".join(
        f"- {3 - i} July 2020 [Council approves budget {i}](https://x.example/{i})\n  Both sides met on {{0}} in {i}."
        for i in range(3)
    )
    comparison = compared(page.format("Tuesday"), page.format("Friday"), "text/markdown")
    assert {change.kind for change in comparison.changes} == {ChangeKind.ITEM_EDITED}
    assert len(comparison.changes) == 3


def test_a_tag_of_thousands_of_attributes_is_read_flat_and_told() -> None:
    attributes = " ".join(f"a{i}=1" for i in range(20_000))
    reading = reading_of(f"<html><body><p {attributes}>Hello world.</p></body></html>")
    assert reading.limits
    assert reading.sections[0].paragraphs == ("Hello world.",)


def test_a_string_in_a_script_is_no_end_of_the_document() -> None:
    cut = "<html><body><h1>Archive</h1><div><p>One.</p><script>const page = '</body></html>';</script><div><p>Tw"
    assert [each.sign for each in reading_of(cut).suspicions] == ["truncated"]


def test_a_date_before_a_title_decides_over_one_at_its_end() -> None:
    rows = "".join(f"<li>{20 - i}.06.2020 - Report {i} of the river commission for 01.05.2020</li>" for i in range(4))
    [only] = reading_of(f"<ul>{rows}</ul>").lists
    assert [item.date and item.date.text for item in only.items] == [f"{20 - i}.06.2020" for i in range(4)]
    assert only.items[0].title == "Report 0 of the river commission for 01.05.2020"


def test_a_number_early_in_a_title_does_not_hide_the_date_at_its_end() -> None:
    rows = "".join(
        f'<li><a href="/{i}">Bulletin {i} of the commission</a> <span>{20 - i}.06.2020</span></li>' for i in range(4)
    )
    [only] = reading_of(f"<ul>{rows}</ul>").lists
    assert [(item.title, item.date and item.date.text) for item in only.items] == [
        (f"Bulletin {i} of the commission", f"{20 - i}.06.2020") for i in range(4)
    ]


def tagged(*tags: str) -> str:
    rows = "".join(
        f'<li><h3><a href="/p/{number}">Harbour bridge {number} reopens after repairs</a></h3>'
        f'<a href="/tag/{tag}">{tag}</a></li>'
        for number, tag in enumerate(tags)
    )
    return f"<html><body><h1>Press Office</h1><ul>{rows}</ul></body></html>"


def test_a_tag_that_one_more_item_makes_common_is_no_edit_of_the_others() -> None:
    before = tagged("Traffic", "Traffic", "Council", "Schools", "Sport")
    for found in (
        compared(before, tagged("Traffic", "Traffic", "Council", "Schools", "Sport", "Traffic")),
        compared(tagged("Traffic", "Traffic", "Council", "Schools", "Sport", "Traffic"), before),
    ):
        assert [change.subject for change in found.changes] == ["Harbour bridge 5 reopens after repairs"]
        assert "5 items unchanged" in expected(found)


def test_an_author_whom_one_more_item_makes_common_is_no_edit_of_the_others() -> None:
    before = tagged("By Jane Doe", "By Jane Doe", "By Ann Roe", "By Max Moe", "By Kim Poe")
    found = compared(
        before, tagged("By Jane Doe", "By Jane Doe", "By Ann Roe", "By Max Moe", "By Kim Poe", "By Jane Doe")
    )
    assert [change.subject for change in found.changes] == ["Harbour bridge 5 reopens after repairs"]


def test_a_tag_that_became_another_is_an_edit() -> None:
    found = compared(
        tagged("Traffic", "Traffic", "Council", "Schools", "Sport"),
        tagged("Traffic", "Traffic", "Council", "Culture", "Sport", "Traffic"),
    )
    assert sorted(change.kind for change in found.changes) == [ChangeKind.ITEM_ADDED, ChangeKind.ITEM_EDITED]


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ('<a href="/2020/bridge"><h1>Harbour bridge reopens</h1></a>', "News of the town"),
        ('<h1><a href="/2020/bridge">Harbour bridge reopens</a></h1>', "News of the town"),
        ('<h1><a href="/">The town</a></h1>', "The town"),
        ('<h1><a href="https://example.org/press">Press office</a></h1>', "Press office"),
        ('<h1><a href="/news">News of the Town</a></h1>', "News of the Town"),
        ('<h1>The bridge, <a href="/2020/bridge">reopened</a></h1>', "The bridge, reopened"),
    ],
)
def test_a_heading_that_leads_to_a_story_is_no_title_of_the_page(heading: str, title: str) -> None:
    text = f"<html><head><title>News of the town</title></head><body>{heading}<p>Open again at last.</p></body></html>"
    page = Snapshot(source="page", body=text.encode(), media_type="text/html", url="https://example.org/press")
    assert read(page).title == title
