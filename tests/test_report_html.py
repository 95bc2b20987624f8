"""Claims about the page: complete in itself, harmless, readable without colour, and usable however much changed."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from monitor.compare import compare
from monitor.model.change import ChangeKind as Kind, Edit, Side
from monitor.model.reading import Field
from monitor.report import render
from monitor.report.layout import broken_well
from monitor.report.outline import outline
from monitor.report.tally import tally
from tests import samples
from tests.compare_builders import AUGUST, item, reading
from tests.replacing import replace

VOID = {"meta", "link", "line", "circle", "rect", "br", "wbr"}


class Page(HTMLParser):
    """The elements, their attributes and the text of a page; that each element is closed in turn is asserted."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.said).split())

    def attributes(self, name: str) -> list[str]:
        return [value or "" for _, attributes in self.elements for key, value in attributes.items() if key == name]


@pytest.mark.parametrize("name", ["seed-like", "edited"])
def test_page_is_as_it_was_when_somebody_read_it(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"html/{name}.html", render(samples.SAMPLES[name](), "html"))


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_page_needs_nothing_else(name: str) -> None:
    page = Page(render(samples.SAMPLES[name](), "html"))
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "img", "iframe", "object", "embed", "form", "video", "audio", "base", "use"}
    assert [attributes["href"] for tag, attributes in page.elements if tag == "link"] == ["data:,"]
    assert not page.attributes("src")
    style = render(samples.SAMPLES[name](), "html").partition("<style>")[2].partition("</style>")[0]
    assert not re.search(r"url\(|@import|@font-face", style)


def test_the_policy_allows_this_style_and_nothing_more() -> None:
    text = render(samples.edited(), "html")
    style = text.partition("<style>")[2].partition("</style>")[0]
    policy = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{digest}';" in policy
    assert not Page(text).attributes("style")


def test_page_text_stays_text() -> None:
    page = Page(render(samples.hostile(), "html"))
    assert "<script>alert(1)</script>" in page.text
    assert not {"script", "b"} & {tag for tag, attributes in page.elements if not attributes and tag != "b"}
    assert [tag for tag, _ in page.elements].count("script") == 0
    assert not any("javascript:" in href for href in page.attributes("href"))
    assert not [key for _, attributes in page.elements for key in attributes if key.startswith("on")]
    assert "bdi" in {tag for tag, _ in page.elements}


def test_links_to_the_page_tell_it_nothing() -> None:
    page = Page(render(samples.seed_like(), "html"))
    outward = [attributes for tag, attributes in page.elements if tag == "a" and "rel" in attributes]
    assert outward[0]["href"] == "https://example.org/news/2020-06-29"
    assert {attributes["rel"] for attributes in outward} == {"noopener noreferrer nofollow"}
    inward = [attributes["href"] or "" for tag, attributes in page.elements if tag == "a" and "rel" not in attributes]
    assert all(href.startswith("#") for href in inward)


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_every_link_within_leads_somewhere(name: str) -> None:
    page = Page(render(samples.SAMPLES[name](), "html"))
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    assert [href for href in page.attributes("href") if href.startswith("#") and href[1:] not in ids] == []


def test_edits_are_marked_by_element_and_by_word() -> None:
    text = render(samples.edited(), "html")
    assert '<del><span class="unseen">deleted: </span>must<span class="unseen"> end of deletion</span></del>' in text
    assert (
        '<ins><span class="unseen">inserted: </span>should<span class="unseen"> end of insertion</span></ins>' in text
    )


def test_each_side_shows_its_own_words_only() -> None:
    text = render(samples.compared(samples.edited().changes[4]), "html")
    before, after = re.findall(r'<div class="side".*?</div>', text, re.DOTALL)
    assert "<ins>" not in before
    assert "<del>" not in after
    assert "working days ahead" in before
    assert "working days ahead" in after


def test_every_finding_has_its_reason() -> None:
    said = Page(render(samples.seed_like(), "html")).text
    for change in samples.seed_like().changes:
        if change.is_finding:
            assert change.reason.split("; ")[-1] in said


def test_every_check_tells_what_was_expected_and_found() -> None:
    said = Page(render(samples.edited(), "html")).text
    assert "expected 2 h apart, found 3 h apart" in said
    assert "expected 883, found 879" in said
    assert "order: does not hold, as before" in said


def test_each_counter_has_a_chart_that_can_be_read_out() -> None:
    page = Page(render(samples.seed_like(), "html"))
    pictures = [attributes for tag, attributes in page.elements if tag == "svg"]
    assert len(pictures) == 2
    assert all(attributes["role"] == "img" for attributes in pictures)
    assert "853 → 883 in 30 days; 883 expected" in page.text


def test_no_chart_where_the_elapsed_time_is_unknown() -> None:
    assert "<svg" not in render(samples.undated(), "html")


def test_the_strip_counts_what_the_eye_wants_first() -> None:
    said = Page(render(samples.seed_like(), "html")).text
    assert "+7 added ✕10 gone ~1 changed !3 out of step =6 as expected" in said  # the three are backdated
    assert "!2 out of step" in Page(render(samples.edited(), "html")).text


def test_ten_thousand_changes_stay_usable_and_the_rest_is_counted() -> None:
    text = render(samples.huge(), "html")
    assert len(text) < 1_000_000
    assert "<summary>9,998 more</summary>" in text
    assert "and 4,900 more, which" in text


def test_a_text_of_a_megabyte_is_cut_and_said_to_be() -> None:
    side = Side(text="word " * 200_000)
    text = render(samples.compared(samples.change(Kind.TEXT_ADDED, "Section", after=side)), "html")
    assert len(text) < 100_000
    assert "…" in text


def test_a_line_that_shows_its_marks_has_its_sides_closed() -> None:
    retitled = samples.edited().changes[0]
    alone = replace(retitled, edits=retitled.edits[:1])
    assert "<details open>" not in render(samples.compared(alone), "html")
    assert "<details open>" in render(samples.compared(retitled), "html")


def test_a_page_without_a_title_is_called_by_its_files_and_looks_it() -> None:
    assert '<h1 class="files">' in render(samples.edited(), "html")
    assert "<h1><bdi" in render(samples.compared(after=replace(samples.AUGUST, title="News")), "html")


def test_a_hash_is_short_and_whole_where_it_is_asked_for() -> None:
    page = Page(render(samples.stalled(), "html"))
    assert f"{samples.JULY.sha256[:16]}…" in page.text
    assert samples.JULY.sha256 in page.attributes("title")
    assert samples.JULY.sha256 in page.text


def test_a_check_that_nobody_asked_for_is_left_out() -> None:
    assert "no capture time is known" not in Page(render(samples.edited(), "html")).text


def test_sides_in_reverse_give_the_command_as_code() -> None:
    assert "<code>monitor compare &#39;my seeds/july.txt&#39; seeds/august.txt</code>" in render(
        samples.backwards(), "html"
    )


def test_a_closed_row_shows_its_marks_and_its_reason() -> None:
    touched = [
        samples.change(
            Kind.ITEM_EDITED, f"Notice {at}", f"the same address; ground {at}", before=samples.side("2020-05-01", "x"),
            after=samples.side("2020-05-01", "x"),
            edits=(Edit("teaser", "open", "closed", samples.spans("now [-open-]{+closed+}")),),
        )
        for at in range(9)
    ]  # fmt: skip
    rows = re.findall("<summary>.*?</summary>", render(samples.compared(*touched), "html"), re.DOTALL)
    assert len(rows) >= 9
    assert all("<ins>" in row and "ground" in row for row in rows[:9])


def test_an_address_stands_once_in_a_card() -> None:
    was, now = (samples.side("2020-05-01", "x", url=f"https://{host}.example/a") for host in ("old", "new"))
    moved = samples.change(
        Kind.ITEM_RELINKED, "x", before=was, after=now, edits=(Edit("url", was.url, now.url),)
    )  # fmt: skip
    sides = render(samples.compared(moved), "html").partition('<div class="sides">')[2]
    assert sides.replace("<wbr>", "").count("https://new.example/a<") == 1


def test_addresses_may_break_between_their_parts_and_read_as_they_were() -> None:
    address = "https://new.example/2026-11/minutes/dues.html?page=2&all=<b>"
    shown = broken_well(f"moved to {address}, a < b")
    assert (
        "moved to https://new<wbr>.example/<wbr>2026-<wbr>11/<wbr>minutes/<wbr>dues<wbr>.html<wbr>?page<wbr>=" in shown
    )
    assert html.unescape(shown.replace("<wbr>", "")) == f"moved to {address}, a < b"
    assert broken_well("read and/or well-known <i>") == "read and/or well-known &lt;i&gt;"


def test_what_stayed_as_it_was_counts_as_expected() -> None:
    fields = (Field(label="Press office", value="0142"),)
    before = reading([item("Dues", "2020-06-01", "/a")], fields=fields)
    after = reading([item("Dues", "2020-06-01", "/a"), item("Pilots", "2020-07-20", "/b")], day=AUGUST, fields=fields)
    told = outline(compare(before, after))
    assert [(each.number, each.label) for each in tally(told)][-1] == (told.held, "as expected")
    assert told.held >= len(told.expected) >= 2
    assert "Press office unchanged" in told.expected


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_what_is_counted_under_a_sign_bears_that_sign(name: str) -> None:
    told = outline(samples.SAMPLES[name]())
    signs = Counter[str]()
    for group in (*told.alerts, *told.news):
        signs[group.sign] += 0 if group.kind == Kind.LIST_REPLACED else len(group.entries)
    assert all(each.number == signs[each.sign] for each in tally(told)[:-1])
    assert all(each.group is None or each.group.sign == each.sign for each in tally(told))


def test_no_alert_is_left_out_of_a_page_and_many_are_folded_away() -> None:
    gone = [
        samples.change(Kind.ITEM_WITHDRAWN, f"Letter {number}", before=samples.side("16.05.2020", f"Letter {number}"))
        for number in range(106)
    ]
    html = render(samples.compared(*gone), "html")
    assert "<summary>6 more</summary>" in html
    assert all(f"Letter {number}</bdi>" in html for number in range(106))
    assert "--format json" not in html
    alike = render(samples.compared(*(each._replace(group="moved") for each in gone)), "html")
    assert all(f"Letter {number}</bdi>" in alike for number in range(106))
