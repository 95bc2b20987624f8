"""A page says the same whatever the markup, the wrappers, the class names, the white space and the encoding."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings, strategies as st

from monitor import read
from monitor.model.reading import Reading
from monitor.model.snapshot import Snapshot
from monitor.read.html_lines import absolute
from tests.pages import MARKUPS, PAGE, Page, as_text


def reading_of(text: str, media_type: str = "text/html", encoding: str = "utf-8") -> Reading:
    return read(Snapshot(source="page", body=text.encode(encoding), media_type=media_type))


def facts(reading: Reading) -> dict[str, object]:
    return {
        "page date": reading.page_date,
        "clocks": reading.clocks,
        "fields": reading.fields,
        "counters": reading.counters,
        "lead": reading.lead and (reading.lead.title, reading.lead.date, reading.lead.paragraphs),
        "items": [[(item.date, item.title, item.teaser) for item in each.items] for each in reading.lists],
        "more": [each.more and each.more.text for each in reading.lists],
    }


def test_the_text_capture_says_all_there_is() -> None:
    reading = reading_of(as_text(PAGE), "text/plain")
    assert reading.page_date is not None
    assert reading.page_date.text == PAGE.date
    assert [(clock.place, clock.time, clock.zone) for clock in reading.clocks] == [
        ("Moscow", "12:30", "Europe/Moscow"),
        ("London", "10:30", "Europe/London"),
    ]
    assert [(field.label, field.target) for field in reading.fields] == [("Press office", "tel:+442035550199")]
    assert [(counter.value, counter.unit, counter.direction) for counter in reading.counters] == [
        (412, "day", "up"),
        (97, "day", "up"),
    ]
    assert reading.lead is not None
    assert reading.lead.title == PAGE.lead_title
    assert reading.lead.paragraphs == PAGE.lead_text
    [only] = reading.lists
    assert [(item.title, item.teaser) for item in only.items] == [(e.title, e.teaser) for e in PAGE.entries]
    assert only.more is not None
    assert only.more.text == PAGE.more


@pytest.mark.parametrize("markup", MARKUPS, ids=lambda markup: markup.__name__)
def test_html_says_what_the_text_capture_says(markup: Callable[[Page], str]) -> None:
    assert facts(reading_of(markup(PAGE))) == facts(reading_of(as_text(PAGE), "text/plain"))


@pytest.mark.parametrize("markup", MARKUPS, ids=lambda markup: markup.__name__)
def test_each_item_has_its_own_address(markup: Callable[[Page], str]) -> None:
    [only] = reading_of(markup(PAGE)).lists
    assert [item.url for item in only.items] == [entry.url for entry in PAGE.entries]


@given(st.sampled_from(MARKUPS), st.integers(0, 2**32 - 1), st.sampled_from(["p", "h3", "li", "td", "ul", "table"]))
@settings(max_examples=60)
def test_wrappers_and_class_names_never_matter(markup: Callable[[Page], str], salt: int, tag: str) -> None:
    plain = markup(PAGE)
    dressed = re.sub(r"<(p|div|li|h3|td|ul|section)(?=[ >])", lambda m: f'<{m[1]} class="x{salt % 9973}"', plain)
    inside = re.sub(rf"<{tag}([^>]*)>(.*?)</{tag}>", rf"<{tag}\1><div>\2</div></{tag}>", plain, flags=re.DOTALL)
    if tag in ("ul", "table"):
        inside = re.sub(rf"(<{tag}.*?</{tag}>)", r"<div><section>\1</section></div>", plain, flags=re.DOTALL)
    expected = facts(reading_of(plain))
    assert facts(reading_of(dressed)) == expected
    assert facts(reading_of(inside)) == expected


@given(st.sampled_from(MARKUPS), st.sampled_from(["\n", "\n\n   ", "\t", "\r\n"]))
@settings(max_examples=30)
def test_white_space_between_elements_never_matters(markup: Callable[[Page], str], space: str) -> None:
    plain = markup(PAGE)
    spaced = re.sub(r"(</(?:p|div|li|h3|tr|td|ul|dd|dt|article)>)", rf"{space}\1{space}", plain)
    assert facts(reading_of(spaced)) == facts(reading_of(plain))


def test_white_space_within_a_link_that_holds_a_no_break_space_never_matters() -> None:
    names = ("Harbour timetable viewer", "Harbour map of the piers", "Bridge toll calculator", "Ferry seat planner")
    links = [f'<a href="/v/{i}">{96 - i}&nbsp;-&nbsp;{name}</a>' for i, name in enumerate(names)]
    tidy = f"<h1>Tools</h1><div>{' '.join(links)}</div>"
    assert [len(each.items) for each in reading_of(tidy).lists] == [len(names)]
    for space in ("  ", "\n      ", "\t"):
        loose = tidy.replace(" of ", f"{space}of ").replace("planner</a>", f"planner{space}</a>")
        assert facts(reading_of(loose)) == facts(reading_of(tidy))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_the_encoding_never_matters(encoding: str) -> None:
    plain = as_text(PAGE)
    media_type = f"text/plain; charset={encoding.removesuffix('-sig')}" if encoding == "windows-1252" else "text/plain"
    assert facts(reading_of(plain, media_type, encoding)) == facts(reading_of(plain, "text/plain"))


def test_what_old_elements_hold_raw_is_text_and_instructions_to_a_program_are_none() -> None:
    reading = reading_of(
        "<p>The meeting<?php echo 'now' ?> is on the fourth floor.</p><xmp><b>bold</b> & <i>it</i></xmp>"
        "<plaintext>The <li>rest</li>"
    )
    text = [each for section in reading.sections for each in section.paragraphs]
    assert text == ["The meeting is on the fourth floor.", "<b>bold</b> & <i>it</i>", "The <li>rest</li>"]


def test_a_page_read_without_its_nesting_keeps_its_text() -> None:
    reading = reading_of("<b>" * 2_500 + '<!-- <p>no</p> --><p title="x">If a < b and "so" on<!doctype x><P>then c.')
    text = [each for section in reading.sections for each in section.paragraphs]
    assert text == ['If a < b and "so" on', "then c."]


def test_a_page_that_speaks_of_the_mark_of_a_pdf_is_no_pdf() -> None:
    assert reading_of("<p>A file that begins with %PDF-1.7 is one.").media_type == "text/html"


@given(
    st.text("/ab.%~-_?=&#+9;: @\\", max_size=9),
    st.sampled_from(["http://a.example/c/d?x#y", "HTTP://A.Example:80", "file:///c/d", "mailto:x", "//a/b", "c/d"]),
)
def test_a_path_leads_where_the_standard_library_says(path: str, base: str) -> None:
    assert absolute(f"/{path}", base) == urljoin(base, f"/{path}".strip())
