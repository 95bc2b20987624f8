"""Claims about the overview, rendered: what it says, in which order, and that no page's text can act in it."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from monitor.model.overview import Activity, Overview, State
from monitor.report import overview_charts, render, render_overview, render_reports
from monitor.report.wording import overviews
from tests import overviews as made, samples

SOON = 1.0  # seconds
ROOM = 2_000_000  # bytes


def _html(overview: Overview) -> str:
    return render_overview(overview, "html")


def _text(overview: Overview, width: int = 100) -> str:
    return render_overview(overview, "text", width=width)


class _Seen(HTMLParser):
    """The tags of a document, its links, and the texts of its headings of pages."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.headings: list[str] = []
        self._is_in_heading = False
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]
        self._is_in_heading = self._is_in_heading or tag == "h3"

    def handle_endtag(self, tag: str) -> None:
        self._is_in_heading = self._is_in_heading and tag != "h3"

    def handle_data(self, data: str) -> None:
        if self._is_in_heading and len(data.strip()) > 1:
            self.headings.append(data.strip())


# -- what is told


def test_the_gravest_page_comes_first() -> None:
    overview = made.overview(made.quiet(), made.news(), made.alert(), made.waiting(), made.failing(), made.suspect())
    assert _Seen(_html(overview)).headings == [
        "School Board of Eastbrook", "Planning Office of Southmere", "Port Authority of Westhaven",
        "Town Council of Northport", "Water Works of Ashby", "kingsley-council",
    ]  # fmt: skip
    lines = _text(overview).splitlines()[-6:]
    assert [line.split()[0] for line in lines] == ["✕", "?", "!", "+", "=", "·"]


def test_the_opening_says_how_many_stand_how() -> None:
    assert overviews.opening(made.many()) == (
        "One page cannot be captured, one gave a capture that may be no honest one, two brought alerts and five "
        "brought news in the last seven days. 31 are as expected. One has not been captured yet."
    )
    assert overviews.opening(made.blind()) == "Three pages cannot be captured."
    assert overviews.opening(made.calm()) == (
        "Nothing was found in the last seven days, and every page could be captured."
    )
    assert overviews.opening(made.overview(made.waiting())) == (
        "No capture has been taken yet: monitor check takes the first ones."
    )
    assert overviews.opening(made.overview(made.waiting(), made.quiet())) == (
        "Nothing was found in the last seven days; one page has not been captured yet."
    )
    assert "monitor add" in overviews.opening(made.none())


def test_a_page_that_fails_says_since_when_how_often_and_why() -> None:
    assert overviews.told_of(made.failing(), made.few()) == (
        "12 attempts failed since 26 November, 04:00, the last one: eastbrook-school.example does not answer within "
        "30 seconds."
    )
    assert overviews.told_of(made.failing(attempts=1), made.few()).startswith(
        "The attempt of 26 November, 04:00 failed: "
    )


def test_each_page_links_to_its_reports_and_to_itself() -> None:
    links = _Seen(_html(made.overview(made.alert()))).links
    newest = "westhaven-port/2026-11-28T060000Z.html"
    assert links.count(newest) == 2  # its title, and the list
    assert "westhaven-port/2026-11-25T060000Z.html" not in links
    assert "westhaven-port/2026-11-27T060000Z.html" in links
    assert "https://westhaven-port.example/news" in links
    assert "all 31 reports</a>" in _html(made.overview(made.alert()))
    assert "westhaven-port/index.html" in links


def test_a_page_of_all_reports_leads_to_each_and_back() -> None:
    page = made.alert()
    earlier = tuple(made.told(page.id, 24.0 * day) for day in range(3, 31))
    document = render_reports(page._replace(earlier=earlier))
    links = _Seen(document).links
    files = [each.file for each in (*page.told, *earlier) if each.file]
    assert links[1:] == ["../index.html", *(file.removeprefix(f"{page.id}/") for file in files)]
    assert "31 reports" in document
    assert made.GONE in document


def test_reports_of_one_minute_are_told_apart_by_their_seconds() -> None:
    page = made.alert()
    first, second, third = page.told
    page = page._replace(told=(first._replace(at=second.at + timedelta(seconds=40)), second, third))
    pills, listed = _html(made.overview(page)), render_reports(page)
    assert all(f"27 November, {clock}" in pills for clock in ("06:00:40", "06:00:00"))
    assert all(f">27 November 2026, {clock} UTC<" in listed for clock in ("06:00:40", "06:00:00"))
    assert "26 November, 06:00 " in pills
    assert ">26 November 2026, 06:00 UTC<" in listed


def test_a_finding_without_a_report_is_named_and_not_linked() -> None:
    page = made.alert()
    page = page._replace(told=tuple(each._replace(file=None) for each in page.told), reports=0)
    document = _html(made.overview(page))
    assert not [link for link in _Seen(document).links if link.endswith(".html")]
    assert "2 alerts, 1 news" in document
    assert "found, but no report was written" in document
    assert "no report was written" not in _html(made.few())


def test_the_link_to_all_reports_counts_those_that_its_list_has() -> None:
    page = made.alert()
    first, *others = page.told
    page = page._replace(told=(first._replace(file=None), *others), earlier=(made.told(page.id, 99),), reports=3)
    assert "all 3 reports</a>" in _html(made.overview(page))
    assert ">3 reports<" in render_reports(page)
    page = page._replace(earlier=(), reports=2)
    assert "reports</a>" not in _html(made.overview(page))


def test_times_say_the_year_where_it_is_another() -> None:
    overview = made.overview(made.quiet()._replace(changed_at=made.ago(24 * 400)))
    assert "24 Oct 2025" in _html(overview)
    assert "28 Nov 05:00" in _html(overview)


def test_the_picture_is_told_in_words_too() -> None:
    assert overviews.activity(made.alert(), made.few()) == "captured on 30 of 30 days, alerts on 2, news on 4"
    assert (
        overviews.activity(made.failing(), made.few()) == "captured on 27 of 30 days, news on 1, failed attempts on 3"
    )


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (Activity(4), "same"),
        (Activity(4, 0, 0, 2), "news"),
        (Activity(4, 0, 1, 2), "alert"),
        (Activity(4, 1), "suspect"),
        (Activity(4, 1, 1), "alert"),
        (Activity(0, is_failing=True), "failing"),
        (Activity(4, 0, 1, is_failing=True), "alert"),
        (Activity(4, is_failing=True), "failing"),
    ],
)
def test_a_bar_shows_the_gravest_of_its_day(day: Activity, state: str) -> None:
    assert overviews.state_of(day) == state


def test_bars_differ_by_more_than_colour() -> None:
    shapes = {overview_charts.sample(state).path for state in ("same", "news", "alert", "suspect", "failing")}
    assert len(shapes) == 5


def test_weeks_begin_on_mondays() -> None:
    assert overview_charts.mondays(made.few()).count("M") == 4
    assert overview_charts.mondays(made.few()).startswith("M18 ")  # 30 October 2026 is a Friday


def test_quiet_pages_are_folded_where_there_are_many() -> None:
    assert "<details" not in _html(made.few())
    document = _html(made.many())
    assert document.count("<details") == 1
    assert document.index("<summary>19 more</summary>") > document.index(">As expected")


def test_a_thousand_pages_are_told_at_once() -> None:
    overview = made.many(1000)
    began = time.process_time()
    document = _html(overview)
    assert time.process_time() - began < SOON
    assert len(document.encode()) < ROOM
    assert len(_text(overview).splitlines()) == 1001 + 5


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("name", made.OVERVIEWS)
def test_text_keeps_to_its_width(name: str, width: int) -> None:
    assert max(map(len, _text(made.OVERVIEWS[name](), width).splitlines())) <= width


# -- digests


def test_the_days_lead_to_the_digests_that_are_kept() -> None:
    links = _Seen(_html(made.kept())).links
    assert "digests/2026-11-28.html" in links
    assert "digests/2026-11-07.html" not in links
    assert "digests/2025-10-24.html" in links  # older than the picture


def test_a_day_says_what_it_brought_on_all_pages() -> None:
    document = _html(made.kept())
    assert 'aria-label="28 November: 4 alerts, 22 news, suspect captures, failed attempts"' in document
    assert 'aria-label="30 October: nothing found, no digest kept"' in document


def test_without_digests_there_are_no_days_to_choose() -> None:
    assert "calendar" not in _html(made.many()).partition("</style>")[2]


# -- hostile texts


def test_no_text_becomes_markup_or_an_address_that_acts() -> None:
    hostile, plain = _Seen(_html(made.hostile())), _Seen(_html(made.many()))
    assert set(hostile.tags) <= set(plain.tags)
    assert hostile.attributes <= plain.attributes
    assert not [link for link in hostile.links if re.match(r"(?i)\s*(javascript:|data:(?!,$)|vbscript:)", link)]


def test_no_control_or_override_reaches_the_reader() -> None:
    active = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
    assert not active.search(_html(made.hostile()))
    assert not active.search(_text(made.hostile()))


def test_templates_in_texts_are_texts() -> None:
    assert "{{ 7*7 }}{% raw %}" in _html(made.hostile())


def test_the_order_of_states_is_that_of_gravity() -> None:
    assert [state.value for state in State] == ["failing", "suspect", "alert", "news", "expected", "waiting"]


def test_a_report_leads_back_to_the_overview_only_where_told() -> None:
    comparison = samples.SAMPLES["edited"]()
    assert "../index.html" in _Seen(render(comparison, "html", index="../index.html")).links
    assert "../index.html" not in render(comparison, "html")
    siblings = render(comparison, "html", index="../index.html", siblings="index.html")
    assert "index.html" in _Seen(siblings).links
    assert "Reports of this page" not in render(comparison, "html", index="../index.html")
