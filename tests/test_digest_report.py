"""Claims about the digest, rendered: what it says, in which order, how much of it, and that no text acts in it."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from email import message_from_string
from html.parser import HTMLParser

import pytest
from jsonschema import Draft202012Validator

from monitor.model.change import Side, Significance
from monitor.model.comparison import Unseen
from monitor.model.digest import CommonGap, Course, Digest, Turn
from monitor.model.overview import State
from monitor.report import DIGEST_RENDERERS, render_digest, schema
from monitor.report.digest_outline import Room, outline
from monitor.report.wording import digests as wording
from tests import digests as made
from tests.mails import parsed, part
from tests.samples import spans

SOON = 10.0  # seconds of processor time for 10,000 findings; the whole digest may take 30
LARGEST = {"html": 2_000_000, "text": 600_000, "markdown": 600_000, "atom": 2_000_000}  # letters
SUFFIXES = {"html": "html", "text": "txt", "markdown": "md", "json": "json", "atom": "xml", "terminal": "ansi"}
NEEDS_A_LOOK = (
    "Four pages need a look: one cannot be captured, one with a suspect capture, two items withdrawn, one retitled, "
    "a counter standing still and one that came and went."
)
NEWS = (
    "One page has news: a field changed, two items published and a passage edited. On pages that need a look there is "
    "news too: two items published."
)
REST = (
    "One page was not seen for a time: School Board of Kingsley. 93 pages are as expected, last checked "
    "28 November, 06:48. One page has not been captured yet."
)
BASE = "https://reports.example.org/"


def text(digest: Digest, width: int = 78) -> str:
    return render_digest(digest, "text", width=width)


def html(digest: Digest, link_base: str | None = None) -> str:
    return render_digest(digest, "html", link_base=link_base)


class Seen(HTMLParser):
    """The tags of a document with their attributes, its links, and its words."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize("name", ["usual", "quiet", "scripts", "lost", "fails", "outage"])
@pytest.mark.parametrize("format", SUFFIXES)
def test_a_digest_is_as_it_was_when_somebody_read_it(
    format: str, name: str, golden: Callable[[str, str], None]
) -> None:
    said = render_digest(made.DIGESTS[name](), format, width=78, color=True, link_base=BASE)
    golden(f"digest/{name}.{SUFFIXES[format]}", said)


# -- what is told


def test_it_opens_with_what_matters_in_three_lines() -> None:
    assert [line.text for line in wording.opening(made.usual())] == [
        NEEDS_A_LOOK,
        NEWS,
        REST,
    ]
    assert [line.text for line in wording.opening(made.quiet())] == [
        "All quiet: 98 pages are as expected, last checked 28 November, 05:48."
    ]


def test_what_is_new_on_pages_that_need_a_look_is_not_counted_among_those_with_news() -> None:
    port, council = made.port(), made.council()
    lines = [line.text for line in wording.opening(made.usual()._replace(pages=(port, council)))]
    assert lines[1].endswith("edited. On the page that needs a look there is news too: two items published.")
    assert wording.opening(made.usual()._replace(pages=(port,)))[1].text == "Beside that: two items published."


# -- what was not seen


def test_a_digest_of_nothing_but_what_was_not_seen_names_it_at_the_top_and_in_the_subject() -> None:
    outage = made.outage()
    assert [line.text for line in wording.opening(outage)] == [
        "15 pages were not seen for a time: Quay of Ashby, Mole Office, Lock of Kingsley and 12 more.",
        "83 pages are as expected, last checked 28 November, 05:48.",
    ]
    assert wording.subject(outage) == "28 November: 15 pages not seen for a time"
    three = outage._replace(gaps=(), expected=0, unseen=0, checked_at=None)
    assert [line.text for line in wording.opening(three)] == [
        "Three pages were not seen for a time: Quay of Ashby, Mole Office and Lock of Kingsley."
    ]
    one = outage._replace(pages=(), gaps=(outage.gaps[1]._replace(pages=("a",), names=("Office 1",)),))
    assert wording.subject(one) == "Office 1: not seen for a time"


def test_what_was_not_seen_shares_the_last_line_where_there_are_four_things_to_say() -> None:
    assert [line.sign for line in wording.opening(made.usual())] == ["!", "+", "?"]
    assert [line.sign for line in wording.opening(made.outage())] == ["?", "="]


def test_suspect_captures_that_good_ones_followed_are_named_at_the_top() -> None:
    page = made.doubted()
    over = page._replace(state=State.EXPECTED, doubts=(page.doubts[0]._replace(lasts=False),))
    digest = made.quiet()._replace(pages=(over, over._replace(id="b", title="Mole Office")))
    assert wording.opening(digest)[0].text == (
        "Two pages had suspect captures, and good ones again: Planning Office of Southmere and Mole Office."
    )
    assert wording.subject(digest) == "28 November: two pages with suspect captures, and good ones again"


def test_a_gap_that_is_no_outage_is_told_at_the_end_and_it_is_not_all_quiet_then() -> None:
    quiet = made.quiet()._replace(gaps=(made.outage().gaps[1]._replace(is_outage=False),))
    assert quiet.is_quiet
    assert "quiet" not in wording.opening(quiet)[0].text + wording.subject(quiet)
    told = " ".join(text(quiet).split())
    assert "Nobody looked at 12 pages between 27 November, 16:00, and 28 November, 02:00 (24 captures that" in told


@pytest.mark.parametrize("format", ["text", "markdown", "html", "email"])
def test_a_gap_of_many_pages_is_told_once_and_below_them(format: str) -> None:
    gap = Unseen(made.ago(15), made.ago(3), is_outage=True)
    port, council = made.port()._replace(gaps=(gap,)), made.council()._replace(gaps=(gap,))
    common = CommonGap(gap.since, gap.until, (port.id, council.id), (port.name, council.name), is_outage=True)
    digest = made.usual()._replace(pages=(port, council), gaps=(common,))
    said = _words(render_digest(digest, format))
    assert said.count("Nobody looked at") == 1
    assert "Nobody saw it" not in said
    assert said.rindex("Minutes of 26 November") < said.index("Nobody looked at") < said.index("The same again")


@pytest.mark.parametrize("format", ["text", "markdown", "html", "email"])
def test_a_gap_that_a_page_has_alone_stands_below_its_findings(format: str) -> None:
    gap = Unseen(made.ago(15), made.ago(3), is_outage=True)
    said = _words(render_digest(made.usual()._replace(pages=(made.council()._replace(gaps=(gap,)),)), format))
    told = "Nobody saw it between 27 November, 16:00, and 28 November, 04:00: what changed then did so somewhere in it."
    assert said.index("an answer is due") < said.index(told)


def test_a_failure_and_the_gap_that_it_made_are_told_as_one() -> None:
    said = " ".join(text(made.usual()._replace(pages=(made.back(),))).split())
    assert "Not captured" not in said
    assert said.count("Nobody saw it between 09:00 and 20:00 on 27 November: five attempts failed") == 1


def test_of_a_page_that_fails_still_the_gap_is_not_told_beside_it() -> None:
    overdue = Unseen(made.ago(31), made.UNTIL, is_outage=True)
    said = text(made.usual()._replace(pages=(made.blind()._replace(gaps=(overdue,)),)))
    assert "Not captured since 27 November, 01:00" in said
    assert "Nobody" not in said
    assert wording.opening(made.usual()._replace(pages=(made.blind(),), expected=0, waiting=0))[1:] == ()


def test_a_gap_that_lasts_is_told_by_its_beginning() -> None:
    gap = made.outage().gaps[1]._replace(until=made.UNTIL)
    assert "Nobody looked at 12 pages since 27 November, 16:00" in text(made.quiet()._replace(gaps=(gap,)))


def _words(said: str) -> str:
    """What a rendering says, without its marks; of a mail its text part."""
    if said.startswith("Auto-Submitted:"):
        part = message_from_string(said).get_payload(0)
        said = part.get_payload(decode=True).decode()  # type: ignore[union-attr]
    return " ".join(re.sub(r"<[^>]*>|[*\\]", "", said).split())


# -- for whom


def test_what_was_told_before_is_counted_and_the_command_says_that_it_has_it_too() -> None:
    said = _words(text(made.told_before()))
    assert "Five findings were told in an earlier message, sent or waiting to be." in said
    assert "All of this time, with what was told before: monitor digest --since" in said
    assert "The same again" not in said


def test_a_page_of_which_all_was_told_before_is_not_as_expected() -> None:
    """It had an alert that was sent at once: "all quiet" would deny it."""
    said = wording.opening(made.quiet()._replace(known=1, expected=98, told_before=2))[-1].text
    assert said.startswith("97 pages are as expected; nothing is new on one page beside what was told in an earlier")
    assert wording.subject(made.quiet()._replace(known=98, expected=98)).endswith("nothing found on 98 pages")
    alone = wording.opening(made.quiet()._replace(known=1, expected=1))[-1].text
    assert alone.startswith("Nothing is new on one page beside what was told in an earlier message, last checked")


def test_findings_from_before_the_time_are_not_the_same_again_either() -> None:
    late = made.single()._replace(since=made.ago(2))
    assert "All of this time, with what was told before: monitor digest" in _words(text(late))


def test_where_no_page_was_captured_it_is_not_quiet() -> None:
    three = made.quiet()._replace(expected=3, uncaptured=3, comparisons=0)
    assert [line.text for line in wording.opening(three)] == [
        "None of the three pages was captured in this time, last checked 28 November, 05:48."
    ]
    assert wording.subject(three) == "28 November: none of the three pages was captured in this time"
    one = three._replace(expected=1, uncaptured=1, checked_at=None)
    assert wording.opening(one)[0].text == "The page was not captured in this time."
    beside = three._replace(pages=(made.council(),))
    assert wording.opening(beside)[1].text == "Three other pages were not captured in this time."
    some = made.quiet()._replace(uncaptured=2)
    assert wording.opening(some)[0].text.endswith("Two of them were not captured in this time.")


def test_what_did_not_arrive_is_in_the_subject() -> None:
    assert wording.subject(made.lost()) == "28 November: two messages not delivered"


def test_times_of_another_zone_in_reasons_are_named() -> None:
    assert "times in Europe/Berlin · for" in text(made.usual(), 120)
    gone = made.gone("a", "Wreck", "2026-11-12")
    gone = gone._replace(
        reason=f"{gone.reason}; its page answers 404 Not Found, asked for on 28 November 2026, 05:00 UTC"
    )
    digest = made.usual()._replace(pages=(made.page_of("a", State.ALERT, gone),))
    assert "times in Europe/Berlin, but where UTC is written · for" in text(digest, 120)
    assert "times in UTC · for" in text(digest._replace(zone="UTC"), 120)


@pytest.mark.parametrize("format", ["text", "markdown", "html", "email"])
def test_the_gravest_page_comes_first(format: str) -> None:
    said = render_digest(made.usual(), format)
    names = ["Water Works of Ashby", "Planning Office of Southmere", "Port Authority", "Town Council", "School Board"]
    assert sorted(names, key=said.rindex) == names  # the opening names pages too


def test_what_came_and_went_is_told_as_that_and_below_what_lasts() -> None:
    said = " ".join(text(made.usual()).split())
    assert "published 27 November, 17:00, withdrawn 28 November, 05:00" in said
    assert said.index("✕ withdrawn (2)") < said.index("~ came and went")


def test_an_item_edited_twice_is_told_once_with_its_steps() -> None:
    said = " ".join(text(made.single()).split())
    assert said.count("Berth 4 [-closed until further notice-] {+open+}") == 1
    assert "retitled “Berth 4 closed until Monday” 27 November, 10:00, retitled 27 November, 22:00" in said


def _field(was: str, now: str, hours: float) -> Turn:
    sides = (Side(text=each, label="Press office", value=each) for each in (was, now))
    return made.turn("a", "field.changed", "Press office", hours, before=next(sides), after=next(sides))


def _edited(marked: str, hours: float) -> Turn:
    text = "The company is liable for damage to luggage up to the sum that the conventions name; " + marked
    return made.turn("a", "text.edited", "Liability", hours, before=Side(text=text), after=Side(text=text),
                     spans=spans(text))  # fmt: skip


def _told_of(*turns: Turn, **rest: object) -> str:
    digest = made.usual()._replace(pages=(made.page_of("a", State.ALERT, made.upshot(*turns, **rest)),), zone="UTC")
    return " ".join(text(digest, 120).split())


def test_steps_of_a_text_show_the_words_that_each_changed() -> None:
    said = _told_of(
        _edited("claims [-within three days-] {+within five days+} are heard.", 9),
        _edited("claims {+in writing +}within five days are [-always -]heard, [-by-] {+at+} [-post-] {+sea+}.", 3),
    )
    assert "text edited (“within three days” → “within five days”) 27 November, 21:00, " in said
    assert "text edited (with “in writing”, without “always” and one more) 28 November, 03:00" in said


def test_what_was_changed_back_says_what_it_is_now() -> None:
    first, last = _field("+44 20 7946 0018", "+44 20 7946 0019", 9), _field("+44 20 7946 0019", "+44 20 7946 0018", 3)
    said = _told_of(first, last, course=Course.CHANGED_BACK, before=first.before, after=last.after)
    assert "field changed “+44 20 7946 0019” 27 November, 21:00, back to “+44 20 7946 0018” 28 November, 03:00" in said


def test_a_redated_item_says_its_dates_in_its_steps() -> None:
    first, second = (made.item("Berth 4", day) for day in ("2026-11-20", "2026-11-22"))
    turns = (
        made.turn("a", "item.redated", "Berth 4", 9, before=first, after=second),
        made.turn("a", "item.redated", "Berth 4", 3, before=second, after=first),
    )
    said = _told_of(*turns, course=Course.CHANGED_BACK, before=turns[0].before, after=turns[1].after)
    assert "redated “22 November 2026” 27 November, 21:00, back to “20 November 2026” 28 November, 03:00" in said


def test_two_captures_of_one_minute_are_told_by_that_minute() -> None:
    turn = _field("1", "2", 3)
    said = _told_of(turn._replace(since=turn.at, at=turn.at + timedelta(seconds=40)))
    assert "Happened at 03:00 on 28 November." in said


def test_the_same_found_again_and_again_is_counted() -> None:
    assert "counter stalled four times, from 27 November, 12:00, to 28 November, 06:00" in " ".join(
        text(made.usual()).split()
    )


def test_gaps_and_failures_are_told_in_every_rendering() -> None:
    for format in ("text", "markdown", "html", "email"):
        said = re.sub(r"=\r?\n", "", render_digest(made.usual(), format))
        words = " ".join(re.sub(r"<[^>]*>", "", said).split())
        assert "12 attempts failed, the last one for this: ashby-water" in words, format
        assert "three captures that were due were missed" in words, format
        assert "may be no honest one" in words, format


def test_a_note_on_an_earlier_turn_stands_with_the_finding() -> None:
    for format in ("text", "markdown", "html"):
        assert "asked the clerk; an answer is due" in render_digest(made.usual(), format), format


def test_a_finding_that_a_rule_raised_says_which() -> None:
    raised = made.new("a", "On sanctions")._replace(
        significance=Significance.ALERT, raised_by="it mentions “sanctions”"
    )
    digest = made.usual()._replace(pages=(made.page_of("a", State.ALERT, raised),))
    assert "an alert by your rule: it mentions “sanctions”" in text(digest, 200)


def test_things_changed_alike_are_told_once_and_counted() -> None:
    alike = made.gone("a", "One of them", "2026-11-12")._replace(others=tuple("abcdefghi"))
    digest = made.usual()._replace(pages=(made.page_of("a", State.ALERT, alike),))
    assert "One page needs a look: ten items withdrawn." in text(digest)
    assert "the same with nine more" in text(digest)


def test_times_are_those_of_the_readers_zone() -> None:
    assert "from 27 November, 07:00, to 28 November, 07:00 · times in Europe/Berlin" in text(made.usual(), 120)
    there = made.usual()._replace(zone="America/Los_Angeles")
    assert "from 26 November, 22:00, to 27 November, 22:00 · times in America/Los_Angeles" in text(there, 120)
    assert "Digest of 27 November 2026" in text(there)


@pytest.mark.parametrize("format", ["text", "terminal", "markdown", "html", "email"])
def test_a_digest_of_several_days_is_headed_with_its_period(format: str) -> None:
    def said(hours: float) -> str:
        digest = made.quiet()._replace(since=made.UNTIL - timedelta(hours=hours))
        shown = render_digest(digest, format, width=200)
        return part(parsed(shown), "html") + part(parsed(shown), "plain") if format == "email" else shown

    assert said(10 * 24).count("Digest of 18 to 28 November 2026") == said(24).count("Digest of 28 November 2026") > 0
    assert "Digest of 28 November 2026" in said(25)  # the night in which the clocks go back
    assert "Digest of 29 October to 28 November 2026" in said(30 * 24)
    assert "Digest of 28 December 2025 to 28 November 2026" in said(335 * 24)


def test_whole_days_are_told_as_days() -> None:
    day = made.UNTIL.replace(hour=0)
    week = made.quiet()._replace(since=day - timedelta(days=7), until=day)
    assert "Digest of 21 to 27 November 2026\nfrom 21 November to 27 November · times in UTC" in text(week)
    assert "on 27 November · times in UTC" in text(week._replace(since=day - timedelta(days=1)))


def test_what_is_left_out_is_said_with_where_it_is_found() -> None:
    for format in ("text", "markdown", "html"):
        said = " ".join(re.sub(r"<[^>]*>|\\", "", render_digest(made.many(), format)).split())
        assert "For 40 more pages (page-x, page-y …) with 12 alerts and 81 news there was no room" in said, format
        assert "monitor digest --since 2026-11-27" in said, format


def test_pages_for_which_there_is_no_room_are_told_by_a_line_and_then_counted() -> None:
    told = outline(made.many(40, 2), Room(pages=10, entries=5, lines=8))
    assert [(part.state, part.total, len(part.pages), part.left) for part in told.parts] == [
        (State.ALERT, 14, 14, 0),
        (State.NEWS, 26, 4, 22),
    ]
    assert [page.is_brief for page in told.parts[0].pages] == [False] * 10 + [True] * 4
    assert told.is_cut


def test_findings_of_one_moment_say_it_once() -> None:
    council = made.usual()._replace(pages=(made.council(),))
    assert text(council).count("between 27 November, 22:00, and 28 November, 04:00") == 1


def test_reports_are_linked_where_they_are_seen_from() -> None:
    file = "westhaven-port/2026-11-28T050000Z.html"
    assert f"../{file}" in Seen(html(made.usual(), "../")).links
    assert "../index.html" in Seen(html(made.usual(), "../")).links
    assert not [link for link in Seen(html(made.usual())).links if file in link]
    assert f"{BASE}{file}" in render_digest(made.usual(), "markdown", link_base=BASE)
    assert f"{BASE}{file}" in render_digest(made.usual(), "text", link_base=BASE)


@pytest.mark.parametrize("format", ["html", "markdown", "email", "text"])
def test_a_folder_of_reports_with_a_blank_in_its_name_is_escaped_once(format: str) -> None:
    said = render_digest(made.usual(), format, link_base="my%20reports/")
    said = part(parsed(said), "html") if format == "email" else said
    assert "my%20reports/westhaven-port/2026-11-28T050000Z.html" in said
    assert "%2520" not in said


def test_the_subject_says_what_matters() -> None:
    assert wording.subject(made.usual()) == "28 November: four pages need a look, one with news, one unseen"
    assert wording.subject(made.quiet()) == "28 November: all quiet on 98 pages"
    assert wording.subject(made.single()) == (
        "Port Authority of Westhaven: two items withdrawn, one retitled, two published and one that came and went"
    )


def test_json_is_valid_by_its_schema() -> None:
    validator = Draft202012Validator(json.loads(schema("digest")))
    for name, make in made.DIGESTS.items():
        told = json.loads(render_digest(make(), "json"))
        assert [error.message[:200] for error in validator.iter_errors(told)] == [], name
        assert told["schema"] == "monitor.digest/1"
    assert list(validator.iter_errors({**told, "pages": [{}]}))


def test_json_tells_pages_verbatim() -> None:
    told = json.loads(render_digest(made.hostile(), "json"))
    assert [page["title"] for page in told["pages"]] == [*made.HOSTILE]


def test_a_turn_repeats_nothing_that_its_upshot_says() -> None:
    port = json.loads(render_digest(made.single(), "json"))["pages"][0]
    assert {len(upshot["turns"]): "subject" in upshot["turns"][0] for upshot in port["upshots"]} == {1: False, 2: True}


# -- languages


@pytest.mark.parametrize("format", ["html", "email"])
def test_texts_bear_their_language_and_have_their_own_direction(format: str) -> None:
    import email
    from email import policy

    said = render_digest(made.scripts(), format)
    if format == "email":
        body = email.message_from_string(said, policy=policy.default).get_body(("html",))
        assert body is not None
        said = body.get_content()
    marked = {attributes.get("lang") for tag, attributes in Seen(said).tags if tag == "bdi"}
    assert {"ru", "ar", "zh-Hans", "he"} <= marked
    assert all(attributes.get("dir") == "auto" for tag, attributes in Seen(said).tags if attributes.get("lang") == "ar")
    for page in made.scripts().pages:
        assert page.name in said


def test_text_counts_wide_letters_as_two_columns() -> None:
    def columns(line: str) -> int:
        return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in line)

    assert max(map(columns, text(made.scripts(), 60).splitlines())) <= 60


@pytest.mark.parametrize("width", [60, 78, 100, 140])
def test_findings_have_as_much_of_the_line_as_the_rest(width: int) -> None:
    words = " ".join(f"wreck {number} north of the mole" for number in range(30))
    digest = made.usual()._replace(pages=(made.page_of("a", State.ALERT, made.gone("a", words, "2026-11-12")),))
    longest = max(len(line) for line in text(digest, width).splitlines() if "wreck" in line)
    assert width - len("north ") <= longest <= width


# -- hostile texts


@pytest.mark.parametrize("format", ["text", "terminal", "markdown", "html", "atom"])
@pytest.mark.parametrize("color", [False, True])
def test_no_control_or_override_reaches_the_reader(format: str, color: bool) -> None:
    said = render_digest(made.hostile(), format, color=color, link_base=BASE)
    ours = re.sub(r"\x1b\[[0-9;]*m", "", said) if format == "terminal" and color else said
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", ours)


def test_colours_of_a_terminal_are_ours_alone() -> None:
    said = render_digest(made.hostile(), "terminal", color=True)
    assert set(re.findall(r"\x1b\[([0-9;]*)m", said)) <= {
        "0",
        "1",
        "2",
        "31",
        "32",
        "2;31",
        "2;32",
        *(f"1;3{n}" for n in range(1, 6)),
    }


def test_json_acts_on_no_terminal() -> None:
    said = render_digest(made.hostile(), "json")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", said)


def test_no_text_becomes_markup_or_an_address_that_acts() -> None:
    hostile = Seen(html(made.hostile(), BASE))
    plain = [Seen(html(made.DIGESTS[name](), BASE)) for name in ("usual", "scripts")] + [Seen(html(made.many()))]
    assert {tag for tag, _ in hostile.tags} <= {"wbr"} | {tag for seen in plain for tag, _ in seen.tags}
    known = {(tag, name) for seen in plain for tag, attributes in seen.tags for name in attributes}
    assert {(tag, name) for tag, attributes in hostile.tags for name in attributes} <= known
    assert not [link for link in hostile.links if not re.match(r"https://|#|data:,$", link)]


def test_templates_in_texts_are_texts() -> None:
    assert "{{ 7*7 }}{% raw %} ${7*7}" in html(made.hostile())


def test_reports_of_one_minute_are_told_apart_by_their_seconds() -> None:
    found = [made.new("quay", f"Notice {number}", hours=1 + number / 120) for number in range(3)]  # 30 s apart
    page = made.page_of("quay", State.NEWS, *found)
    (told,) = outline(made.usual()._replace(pages=(page,), zone="UTC")).parts[0].pages
    assert [when for when, _ in told.reports] == ["28 November, 05:00", "04:59:30", "04:59:00"]


def test_an_item_that_is_gone_leads_to_its_report_rather_than_to_its_dead_address() -> None:
    gone, came = made.gone("quay", "Notice 41", "2026-11-12"), made.new("quay", "Notice 42")
    digest = made.usual()._replace(pages=(made.page_of("quay", State.ALERT, gone, came),))
    address, file = "https://quay.example/2026-11-12", gone.turns[-1].report
    assert gone.before is not None
    assert gone.before.url == address
    assert came.after is not None
    mail = part(parsed(render_digest(digest, "email", link_base=BASE)), "html")
    for said in (html(digest, BASE), mail):
        assert re.search(f'<a href="{BASE}{file}"[^>]*><bdi [^>]*>Notice 41<', said)
        assert address not in said
        assert f'href="{came.after.url}"' in said
    assert f'href="{address}"' in html(digest)


def test_markdown_of_a_page_formats_and_links_nothing() -> None:
    said = re.sub(r"(`+) ?[^`].*? ?\1", "", render_digest(made.hostile(), "markdown"))  # in code nothing acts
    assert not re.search(r"(?<!\\)\]\(", said)
    assert "<script" not in re.sub(r"\\<", "", said)
    assert not re.search(r"(?<!\\)!\[", said)


@pytest.mark.parametrize("format", ["text", "markdown", "html", "atom", "email"])
def test_titles_of_megabytes_are_cut(format: str) -> None:
    assert len(render_digest(made.hostile(), format, link_base=BASE)) < 250_000


# -- size


@pytest.mark.parametrize("format", DIGEST_RENDERERS)
@pytest.mark.parametrize(("pages", "each"), [(1000, 10), (10_000, 1), (1, 10_000)])
def test_ten_thousand_findings_are_told_at_once(format: str, pages: int, each: int) -> None:
    digest = made.many(pages, each)
    began = time.process_time()
    said = render_digest(digest, format, link_base=BASE)
    assert time.process_time() - began < SOON
    assert len(said) < LARGEST.get(format, 30_000_000)


# -- what did not arrive, and what is told at once of a page that fails


@pytest.mark.parametrize("format", ["text", "html", "markdown", "json", "email"])
def test_a_message_that_was_given_up_is_told_with_the_answer_and_the_command_that_sends_it_again(format: str) -> None:
    said = render_digest(made.lost(), format)
    if format == "email":
        said = message_from_string(said).get_payload(0).get_payload(decode=True).decode()  # type: ignore[union-attr]
    words = " ".join(said.split())
    for wanted in ("550 5.1.1 no such mailbox", "monitor outbox --resend 000000000000", "desk@press.example"):
        assert wanted in words.replace("\\", "").replace("&#64;", "@").replace("&lt;", "<")


def test_a_digest_of_what_did_not_arrive_is_not_quiet() -> None:
    lost = made.lost()
    assert not lost.is_quiet
    assert wording.opening(lost)[0] == ("!", "Two messages were not delivered.")


@pytest.mark.parametrize(
    ("digest", "subject"),
    [
        (made.fails(), "Water Works of Ashby: cannot be captured"),
        (made.is_back(), "Water Works of Ashby: can be captured again"),
    ],
)
def test_a_page_that_fails_or_is_back_is_the_subject_and_the_title(digest: Digest, subject: str) -> None:
    assert wording.subject(digest) == wording.title(digest) == subject
    assert text(digest).startswith(subject)
    assert "does not answer within 30 seconds" in " ".join(text(digest).split())
