"""Is a capture doubtful beside all good ones before it? What every capture had, and this one lacks, a template lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from jsonschema import Draft202012Validator

from monitor.compare import compare
from monitor.compare.against_history import FEWEST, doubts_of
from monitor.compare.form import are_of_one_form, form_of
from monitor.model.comparison import Comparison, Verdict
from monitor.model.doubts import DIMINISHED
from monitor.model.reading import Clock, Field, ItemList, Reading
from monitor.model.snapshot import Snapshot
from monitor.read import read
from monitor.report import RENDERERS, render, schema
from tests.compare_builders import days, item, kinds, listed, only, reading
from tests.pages import MARKUPS, PAGE, Page, entry
from tests.stored import NOON

LONG = "The harbour master gives notice to all masters of vessels that the dredging goes on by night. " * 9
CLOCKS = (Clock(place="Moscow", time="08:25"), Clock(place="London", time="06:25"))
OFFICE = Field(label="Press office", value="+44 20 7946 0100")


def _day(at: int, lists: Sequence[ItemList] | None = None, text: str = LONG, parts: bool = True) -> Reading:
    """The capture of a page so many days after 1 June, with two lists, a text, and parts that always stand there."""
    moment = f"2020-06-{at + 1:02}T06:00:00"
    news = listed(*(item(f"Notice no. {at + n}", f"2020-05-{30 - n}") for n in range(6)), heading="News")
    links = listed(*(item(f"Tide table {n}", url=f"https://h.example/{n}") for n in range(4)), heading="Tables")
    return reading(
        lists=(news, links) if lists is None else lists, day=None, captured=moment,
        sections=[("Dredging", [text, f"Today is day {at}."])],
        clocks=CLOCKS if parts else (), fields=(OFFICE,) if parts else (),
        counters=(days(400 + at, "since the last grounding"),) if parts else (), title="Harbour",
    )  # fmt: skip


def _past(count: int) -> list[Reading]:
    return [_day(at) for at in range(count)]


def _without_news(at: int) -> Reading:
    return _day(at, lists=_day(at).lists[1:])


def _with_history(after: Reading, count: int) -> Comparison:
    *older, before = _past(count)
    return compare(before, after, history=older)


# -- what is doubted


def test_a_list_that_was_always_there_and_is_gone_makes_the_capture_suspect_and_nothing_of_it_vanished() -> None:
    comparison = _with_history(_without_news(20), 20)
    assert comparison.verdict is Verdict.SUSPECT
    reason = only(comparison, "capture.suspect").reason
    assert "The list “News” was there in all 20 captures since 1 June 2020 before it and is not now" in reason
    assert not {"list.vanished", "item.withdrawn", "item.removed"} & {*kinds(comparison)}
    assert [each.sign for each in comparison.after.suspicions] == [DIMINISHED]


def test_without_a_history_the_same_list_vanished() -> None:
    assert "list.vanished" in kinds(compare(_day(19), _without_news(20)))


@pytest.mark.parametrize("count", range(1, FEWEST))
def test_a_short_history_doubts_nothing(count: int) -> None:
    empty = _day(count, lists=(), text="Gone.", parts=False)
    assert _with_history(empty, count).verdict is Verdict.CHANGED
    assert doubts_of(empty, _past(count)) == ()


def test_one_list_of_several_is_missed_only_after_many_captures() -> None:
    assert doubts_of(_without_news(5), _past(5)) == ()
    assert doubts_of(_without_news(20), _past(20)) != ()


def test_where_all_lists_are_empty_a_few_captures_are_enough() -> None:
    (doubt,) = doubts_of(_day(4, lists=()), _past(4))
    assert "It has no list: the lists “News” and “Tables” were there in all four captures" in doubt.reason


def test_a_list_that_was_missing_once_is_no_standing_one() -> None:
    past = _past(20)
    past[7] = _without_news(7)
    assert doubts_of(_without_news(20), past) == ()


def test_what_the_last_good_capture_lacks_already_is_no_loss_of_this_one() -> None:
    assert doubts_of(_without_news(20), [*_past(19), _without_news(19)]) == ()


def test_a_list_in_the_place_of_the_lost_one_is_no_failure() -> None:
    other = listed(*(item(f"Job {n}") for n in range(5)), heading="Vacancies")
    assert doubts_of(_day(20, lists=(other, _day(20).lists[1])), _past(20)) == ()


def test_a_list_whose_titles_stand_in_the_text_was_only_read_otherwise() -> None:
    titles = [each.title for each in _day(19).lists[0].items]
    after = _day(20, lists=_day(20).lists[1:])
    section = after.sections[0]._replace(paragraphs=(*after.sections[0].paragraphs, *titles))
    assert doubts_of(after._replace(sections=(section,)), _past(20)) == ()


def test_a_list_that_was_given_another_heading_is_the_same() -> None:
    renamed = _day(20).lists[0]._replace(heading="Announcements")
    assert doubts_of(_day(20, lists=(renamed, _day(20).lists[1])), _past(20)) == ()


def test_a_page_that_shrank_far_below_all_it_ever_was_is_suspect() -> None:
    (first, *_) = doubts_of(_day(20, lists=(), text="Welcome."), _past(20))
    assert first.reason.startswith("It says")
    assert "characters, and in all 20 captures since 1 June 2020 before it the page said" in first.reason


def test_a_page_that_varies_as_much_is_not() -> None:
    past = [_day(at, text=LONG if at % 2 else "Welcome.") for at in range(20)]
    assert doubts_of(_day(20, text="Welcome."), past) == ()


def test_counters_fields_and_clocks_that_all_go_at_once_are_a_template_that_failed() -> None:
    (doubt,) = doubts_of(_day(4, parts=False), _past(4))
    assert doubt.reason.endswith("before it: two clocks, one counter and one field.")
    comparison = _with_history(_day(4, parts=False), 4)
    assert not {"counter.removed", "field.removed", "clock.removed"} & {*kinds(comparison)}


def test_a_counter_that_goes_alone_is_removed_by_a_hand() -> None:
    after = _day(20)._replace(counters=())
    assert doubts_of(after, _past(20)) == ()
    assert "counter.removed" in kinds(_with_history(after, 20))


def test_a_history_in_any_order_says_the_same() -> None:
    *older, before = _past(20)
    after = _without_news(20)
    turned = compare(before, after, history=older[::-1])
    assert turned.changes == compare(before, after, history=older).changes


# -- pages in all kinds of markup


def _captures(markup: Callable[[Page], str], count: int = 12) -> list[Reading]:
    """A page that gets an entry each day and loses the last one."""
    pages = []
    entries = PAGE.entries
    for at in range(count):
        entries = (entry(1 + at, 5, f"a matter of day {at}", 200 + at), *entries[:-1])
        pages.append(_read(markup(replace(PAGE, entries=entries)), at))
    return pages


def _read(html: str, at: int) -> Reading:
    return read(Snapshot("page", html.encode(), NOON + timedelta(days=at), "text/html"))


@pytest.mark.parametrize("markup", MARKUPS)
def test_no_honest_capture_of_a_page_that_moves_on_is_doubted(markup: Callable[[Page], str]) -> None:
    captures = _captures(markup)
    for at in range(1, len(captures)):
        assert doubts_of(captures[at], captures[:at]) == ()


@pytest.mark.parametrize("markup", MARKUPS)
def test_the_same_template_without_its_content_is_doubted(markup: Callable[[Page], str]) -> None:
    captures = _captures(markup)
    empty = replace(PAGE, entries=(), lead_text=(), counters=(), lead_title="Welcome")
    assert doubts_of(_read(markup(empty), 12), captures) != ()


# -- forms


@pytest.mark.parametrize("markup", MARKUPS)
def test_captures_of_one_template_are_of_one_form(markup: Callable[[Page], str]) -> None:
    captures = _captures(markup)
    assert all(are_of_one_form(form_of(one), form_of(other)) for one, other in pairwise(captures))


def test_captures_of_other_templates_are_of_another_form() -> None:
    others = [_day(1, lists=()), _day(1, parts=False), _day(1, text=LONG * 4)]
    assert not any(are_of_one_form(form_of(_day(1)), form_of(each)) for each in others)
    assert are_of_one_form(form_of(others[0]), form_of(_day(9, lists=())))


# -- told


def _reformed() -> Comparison:
    *older, before = _past(20)
    sides = (each._replace(sha256="0" * 64) for each in (before, _without_news(20)))
    return compare(*sides, history=older, new_form="since 19 June the page has another form: no news")


@pytest.mark.parametrize("style", [style for style in RENDERERS if style not in ("json", "email")])
def test_every_report_says_that_the_page_has_a_new_form_and_all_that_differs(style: str) -> None:
    said = " ".join(render(_reformed(), style, width=100).split())
    assert "ince 19 June the page has another form: no news; from now on it is compared with that" in said
    assert "list" in said
    assert "may not be the whole page" not in said


def test_a_new_form_is_a_change_told_in_full_with_nothing_set_aside() -> None:
    comparison = _reformed()
    told = json.loads(render(comparison, "json"))
    assert told["new_form"] == "since 19 June the page has another form: no news"
    assert told["verdict"] == "changed"
    assert told["summary"].startswith("The page has another form: ")
    assert "list.vanished" in kinds(comparison)
    assert comparison.set_aside == 0
    Draft202012Validator(json.loads(schema("comparison"))).validate(told)
