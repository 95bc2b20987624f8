"""Claims about a story's report: every format says the same, cuts what is long, links captures, and is harmless."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from monitor.model.change import ChangeKind as Kind
from monitor.model.reading import Field
from monitor.report import STORY_RENDERERS, render_story, schema, story_charts
from monitor.report.columns import columns_of
from monitor.report.story_outline import outline
from monitor.report.wording import dates
from monitor.report.wording.deeds import deed
from monitor.report.wording.story_paragraph import opening
from tests import stories
from tests.compare_builders import days
from tests.stories import news, on, told
from tests.test_report_html import Page

ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return {name: make() for name, make in stories.STORIES.items()}


@pytest.mark.parametrize("name", ["letter", "whole"])
@pytest.mark.parametrize("format", ["text", "markdown"])
def test_report_is_as_it_was_when_somebody_read_it(
    format: str, name: str, made: dict[str, Any], golden: Callable[[str, str], None]
) -> None:
    golden(f"story/{name}.{'md' if format == 'markdown' else 'txt'}", render_story(made[name], format))


@pytest.mark.parametrize(("format", "suffix"), [("html", "html"), ("json", "json"), ("terminal", "ansi")])
def test_the_other_formats_are_as_they_were_when_somebody_read_them(
    format: str, suffix: str, made: dict[str, Any], golden: Callable[[str, str], None]
) -> None:
    golden(f"story/stalled.{suffix}", render_story(made["stalled"], format, color=True, link_base="../snapshots/"))


@pytest.mark.parametrize("format", STORY_RENDERERS)
@pytest.mark.parametrize("name", stories.STORIES)
def test_every_format_opens_with_the_same_paragraph(name: str, format: str, made: dict[str, Any]) -> None:
    expected = opening(made[name])
    said = render_story(made[name], format, width=100_000)
    if format == "json":
        assert json.loads(said)["summary"] == expected
    elif format == "html":
        assert " ".join(expected.split()) in Page(said).text
    elif name != "hostile" or format != "markdown":
        assert expected in said.replace("\\", "").replace("&#46;", ".").replace("&#58;", ":")


# -- what the paragraph says


def test_the_paragraph_tells_one_letter_by_its_deeds(made: dict[str, Any]) -> None:
    assert (
        "“Harbour master's letter on night dredging” turned up under an earlier date between 1 and 2 June 2020, "
        "was edited twice, was taken off the list by 6 June and was back by 8 June."
    ) in opening(made["letter"])


def test_the_paragraph_names_gap_and_suspects(made: dict[str, Any]) -> None:
    said = opening(made["whole"])
    assert "There is no good capture between 14 June and 1 July 2020, 17 days" in said
    assert "One capture is suspect and has no part in this." in said


def test_the_paragraph_of_an_unchanged_page_says_so(made: dict[str, Any]) -> None:
    assert opening(made["unchanged"]) == (
        "51 captures from 1 June to 21 July 2020, about one a day: nothing it says changed."
    )


def test_no_capture_and_one_capture_are_told() -> None:
    assert opening(told([])) == "There is no capture of this page."
    assert opening(told([on(0, news(0))])).startswith("One capture on 1 June 2020, and none to compare")
    for format in STORY_RENDERERS:
        assert render_story(told([]), format)
        assert render_story(told([on(0, news(0))]), format)


def test_the_paragraph_names_the_gravest_two_with_their_days_and_counts_the_others(made: dict[str, Any]) -> None:
    said = opening(made["whole"])
    assert "all good ones but the first brought something new. “Tide tables for June” was taken off the list" in said
    assert "“Harbour master's letter on night dredging”" not in said
    assert "“Harbour master's note on night dredging” was taken down and came back." in said
    assert "Besides" not in said


def test_the_paragraph_tells_how_long_a_counter_stood_and_how_it_went_on(made: dict[str, Any]) -> None:
    assert (
        "The count of days “since the last grounding” stood at 402 from 3 to 5 June 2020, "
        "then moved by a wrong amount, from 402 to 405, by 6 June."
    ) in opening(made["stalled"])


def test_a_counter_that_stood_still_and_caught_up_is_counted_once(made: dict[str, Any]) -> None:
    said = opening(made["whole"])
    assert "a counter adrift" in said
    assert "standing still" not in said


def test_two_fields_of_one_name_are_told_by_what_they_say() -> None:
    mails = [["press@westhaven.example", "office@westhaven.example"], ["office@westhaven.example"], []]
    found = told(
        on(day, news(day), fields=tuple(Field("Email", each) for each in said)) for day, said in enumerate(mails)
    )
    assert "The field “Email” (“press@westhaven.example”) went between 1 and 2 June 2020." in opening(found)
    assert "“office@westhaven.example”" in opening(found)


def test_what_is_counted_in_the_paragraph_is_counted_alike_below() -> None:
    footer = [["Imprint", "Privacy"], ["Imprint", "Privacy", "Cookies"], ["Imprint"]]
    texts = [["Quay 4 is open."], ["Quay 4 is open.", "Quay 5 is closed."], ["Quay 4 is open.", "Quay 5 is closed."]]
    steps = [(day, min(day, 2)) for day in range(10)]
    found = told(on(day, news(day), sections=[("Quays", texts[at])], furniture=footer[at]) for day, at in steps)
    (added,) = (share for share in outline(found).shares if share.label == "text added")
    assert (added.times, added.changes, added.routine) == (1, 1, 1)
    assert "a passage added" in opening(found)
    assert "1 of 9  1 more routine" in render_story(found, "text")


def test_the_pace_is_told_only_where_it_is_that_of_most_intervals() -> None:
    uneven = told(on(day, news(day)) for day in (0, 5, 8, 12, 14, 35, 38, 40))
    assert "apart" not in opening(uneven)
    assert "about one" not in opening(uneven)
    mostly = told(on(day, news(day)) for day in (*range(6), 40))
    assert opening(mostly).startswith("Seven captures from 1 June to 11 July 2020, mostly a day apart;")


# -- length


def test_long_stories_are_cut_with_the_number_left_out(made: dict[str, Any]) -> None:
    rows = len(outline(made["gap"]).rows)
    for format in ("text", "terminal", "markdown"):
        assert f"… {rows - 3:,} more: --all lists them" in render_story(made["gap"], format, most=3)
    assert f"and {rows - 3:,} more" in Page(render_story(made["gap"], "html", most=3)).text


def test_json_is_never_cut(made: dict[str, Any]) -> None:
    assert len(json.loads(render_story(made["gap"], "json", most=3))["items"]) == len(made["gap"].items)


def test_many_events_of_one_thing_are_told_by_the_first_and_the_last() -> None:
    found = told(on(day, [each._replace(teaser=f"Take {day}.") for each in news(0)[:1]]) for day in range(30))
    said = render_story(found, "text")
    assert "… 23 more: --all lists them" in said
    assert "Take [-0-] {+1.+}" in said.replace(".-]", "-]")
    assert "29" in said
    everything = render_story(found, "text", most=sys.maxsize)
    assert all(re.search(rf"\b{day}\.?\+\}}", everything) for day in range(1, 30))


def test_items_to_which_the_same_happened_in_one_step_are_told_together() -> None:
    found = told([on(0, news(0)), on(1, [*news(1)[:4], *news(1)[7:]])])
    said = render_story(found, "text")
    assert "✕ 3 items\n   in the first capture only, 1 June 2020\n" in said
    assert said.count("not in the list of 2 June") == 1


def test_a_thousand_captures_are_drawn_in_a_page_that_opens() -> None:
    said = render_story(told(on(day, news(day)) for day in range(300)), "html")
    page = Page(said)
    assert len(said) < 500_000
    assert sum(tag == "rect" and "tick" in (each.get("class") or "") for tag, each in page.elements) <= 161


@pytest.mark.parametrize("width", [40, 76, 100])
@pytest.mark.parametrize("format", ["text", "terminal"])
@pytest.mark.parametrize("name", stories.STORIES)
def test_no_line_is_wider_than_asked(name: str, format: str, width: int, made: dict[str, Any]) -> None:
    lines = render_story(made[name], format, width=width).splitlines()
    assert [line for line in lines if columns_of(line) > width] == []


# -- what comes first, and what came and went


def test_the_gravest_kinds_come_first_and_one_kind_in_order_of_time(made: dict[str, Any]) -> None:
    (alert,) = outline(made["whole"]).chapters[:1]
    assert [group.subjects[0].name for group in alert.groups] == [
        "Tide tables for June",
        "Harbour master's note on night dredging",
        "Statement on the closure of Quay 4",
        "The lead",
        "Days “since the last grounding”",
        "Pilot office",
    ]


def test_what_came_and_was_edited_is_told_by_its_edit() -> None:
    teasers = [None, "At noon.", "At one."]
    notice = news(1)[0]
    found = told(
        on(day, [notice._replace(teaser=each), *news(0)] if each else news(0)) for day, each in enumerate(teasers)
    )
    ((chapter,), (group,)) = (outline(found).chapters, outline(found).chapters[0].groups)
    assert (chapter.title, group.sign, [line.label for line in group.lines]) == ("NEWS", "~", ["published", "edited"])


@pytest.mark.parametrize("name", stories.STORIES)
def test_items_that_came_or_went_and_those_that_stood_are_all_items(name: str, made: dict[str, Any]) -> None:
    found = outline(made[name])
    left = len(made[name].items) - len(found.rows)
    assert found.standing.partition(" ")[0] == (dates.capital(dates.number(left)) if left else "")


def test_what_the_first_capture_shows_came_before_it(made: dict[str, Any]) -> None:
    came = {row.subject.name: row.came for row in outline(made["letter"]).rows}
    assert came["Notice to mariners no. 89"] == "before 1 June 2020"
    assert came["Notice to mariners no. 101"] == "by 2 June 2020"
    assert came[stories.LETTER.title] == "by 2 June 2020"


def test_what_stays_has_no_day_on_which_it_was_last_seen(made: dict[str, Any]) -> None:
    rows = {row.subject.name: (row.last, row.end) for row in outline(made["letter"]).rows}
    assert rows["Notice to mariners no. 108"] == ("", "")
    assert rows["Notice to mariners no. 89"] == ("1 June 2020", "aged off")
    assert rows[stories.LETTER.title] == ("", "gone and back")


# -- links


def test_steps_name_both_captures_as_the_command_takes_them(made: dict[str, Any]) -> None:
    both = "harbour@2020-06-05T06:00:00Z", "harbour@2020-06-06T06:00:00Z"
    for format in ("text", "terminal", "markdown"):
        said = render_story(made["letter"], format)
        assert all(name in said for name in both)
    assert f"monitor compare {both[0]} {both[1]}" in Page(render_story(made["letter"], "html")).text


def test_captures_are_linked_only_where_there_is_a_base(made: dict[str, Any]) -> None:
    file = "../snapshots/harbour/2020-06-05T060000Z.warc.gz"
    for format in ("html", "markdown", "json"):
        assert file in render_story(made["letter"], format, link_base="../snapshots/")
        assert ".warc.gz" not in render_story(made["letter"], format) or format == "json"
    assert "link" not in json.loads(render_story(made["letter"], "json"))["captures"][0]


# -- charts


def test_how_often_what_changed_is_told_of_ten_captures_and_more(made: dict[str, Any]) -> None:
    assert outline(made["letter"]).shares == ()
    assert "How often what changed" not in render_story(made["letter"], "html")
    assert "How often what changed" in render_story(made["whole"], "html")


def test_a_gap_is_drawn_with_its_days_and_dates_stand_between_the_ends(made: dict[str, Any]) -> None:
    said = render_story(made["whole"], "html")
    assert said.count('<rect class="gap"') == 1
    assert ">17 days</text>" in said
    assert re.findall(r">(\d+ \w+(?: \d+)?)</text>", said.partition("<figcaption>")[0])[1:] == [
        "1 June 2020", "13 June", "24 June", "6 July", "18 July 2020",
    ]  # fmt: skip


def test_a_counter_out_of_step_shows_where_it_stood_and_what_the_days_ask() -> None:
    values = [400, 405, 412, 412, 1]
    found = told(on(3 * day, news(day), counters=(days(value),)) for day, value in enumerate(values))
    drawn = story_charts.chart(found.counters[0], found)
    assert drawn is not None
    assert [label.text for label in drawn.labels] == ["stood at 412", "412 expected"]


def test_a_counter_in_step_needs_no_value_but_those_at_its_ends(made: dict[str, Any]) -> None:
    drawn = story_charts.chart(made["stalled"].counters[1], made["stalled"])
    assert drawn is not None
    assert drawn.labels == ()


# -- JSON


@pytest.mark.parametrize("name", stories.STORIES)
def test_json_is_valid_by_the_schema_and_its_changes_by_that_of_comparisons(name: str, made: dict[str, Any]) -> None:
    found = json.loads(render_story(made[name], "json", link_base="x/"))
    Draft202012Validator(json.loads(schema("history"))).validate(found)
    comparison = json.loads(schema("comparison"))
    change = Draft202012Validator({**comparison["$defs"]["change"], "$defs": comparison["$defs"]})
    threads = (*found["items"], *found["counters"], *found["parts"])
    for event in (event for thread in threads for event in thread["events"]):
        change.validate(event["change"])
    assert sum(len(thread["events"]) for thread in threads) == len(made[name].events)


def test_captures_are_named_by_their_place(made: dict[str, Any]) -> None:
    found = json.loads(render_story(made["letter"], "json"))
    (letter,) = (each for each in found["items"] if each["title"] == stories.LETTER.title)
    withdrawn = next(each for each in letter["events"] if each["change"]["kind"] == "item.withdrawn")
    assert found["captures"][withdrawn["before"]]["reference"] == "harbour@2020-06-05T06:00:00Z"
    assert found["captures"][letter["first"]]["snapshot_day"] == "2020-06-02"


# -- harmless


@pytest.mark.parametrize("format", ["text", "markdown", "html", "json"])
def test_no_text_of_the_page_acts(format: str, made: dict[str, Any]) -> None:
    said = render_story(made["hostile"], format)
    assert ACTIVE.search(said.replace("\n", "")) is None
    if format == "html":
        page = Page(said)
        assert "script" not in {tag for tag, _ in page.elements}
        assert not any(url.startswith("javascript:") for url in page.attributes("href"))
    if format == "markdown":
        assert "<script" not in said.replace("\\<", "")


def test_the_page_needs_nothing_else(made: dict[str, Any]) -> None:
    page = Page(render_story(made["whole"], "html"))
    assert not {"script", "iframe", "img", "form"} & {tag for tag, _ in page.elements}
    assert page.attributes("src") == []
    assert page.attributes("style") == []


def test_every_chart_and_the_strip_say_in_words_what_they_show(made: dict[str, Any]) -> None:
    page = Page(render_story(made["stalled"], "html"))
    pictures = [each for tag, each in page.elements if tag == "svg" and each.get("role") == "img"]
    assert len(pictures) == 3
    assert all(each.get("aria-labelledby") for each in pictures)
    assert "stood still twice and moved by a wrong amount once" in page.text


def test_a_counter_out_of_step_has_its_dots_marked(made: dict[str, Any]) -> None:
    page = Page(render_story(made["stalled"], "html"))
    dots = [each.get("class") for tag, each in page.elements if tag == "circle"]
    assert (dots.count("odd"), dots.count("dot")) == (3, 11)


def test_every_finding_is_told_of_a_thing_by_a_verb() -> None:
    is_verb = re.compile(r"(was|went|came|changed|moved|stood|turned|were)\b")
    told = [kind for kind in Kind if kind is not Kind.CAPTURE_SUSPECT and kind.significance != "routine"]
    assert [kind for kind in told if not is_verb.match(deed(kind))] == []
