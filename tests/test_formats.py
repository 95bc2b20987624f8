"""Feeds, JSON, tables, other XML: one entry that comes, goes or is touched is exactly that finding in each of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

import pytest
from hypothesis import given, settings, strategies as st

from monitor import compare
from monitor.model.change import ChangeKind as Kind
from monitor.model.comparison import Comparison, Verdict
from tests.formats import FORMATS, SITE, Notice, captured, sitemap

_WORDS = (
    "crane quay dredging pilots customs basin ferry lantern buoy mole tariff winter storm regatta pontoon slipway "
    "harbour council bridge signal rope warehouse tide chart survey mooring fuel repair open closed delayed"
).split()
NEWEST = date(2024, 5, 18)


def notice(number: int) -> Notice:
    """The notice of that number: its words are its own, its day follows from it."""
    words = [_WORDS[(number * step + step) % len(_WORDS)] for step in (3, 7, 11, 13)]
    title = f"{words[0].capitalize()} {words[1]} {number} {words[2]} by the {words[3]}"
    return Notice(
        number, title, NEWEST - timedelta(days=3 * (40 - number)), f"About the {words[2]} & {words[0]}, in full."
    )


NOTICES = tuple(notice(number) for number in range(40, 28, -1))
formats = pytest.mark.parametrize("name", FORMATS)


def told(name: str, before: Sequence[Notice], after: Sequence[Notice]) -> list[tuple[str, str]]:
    found = compared(name, before, after)
    assert [check for check in found.checks if check.is_finding] == []
    return [(change.kind.value, change.subject) for change in found.changes if change.is_finding]


def compared(name: str, before: Sequence[Notice], after: Sequence[Notice]) -> Comparison:
    write, media_type = FORMATS[name]
    return compare(captured(write(before), media_type), captured(write(after), media_type, "2024-05-21"))


@formats
def test_every_entry_is_an_item_with_its_title_date_and_teaser(name: str) -> None:
    write, media_type = FORMATS[name]
    [only] = captured(write(NOTICES), media_type).lists
    assert [item.title for item in only.items] == [each.title for each in NOTICES]
    assert [item.date and item.date.iso(None) for item in only.items] == [each.day.isoformat() for each in NOTICES]
    said = [(item.teaser, *(value for _, value in item.values)) for item in only.items]
    assert all(each.text in texts for each, texts in zip(NOTICES, said, strict=True))


@formats
def test_the_same_entries_are_identical(name: str) -> None:
    assert compared(name, NOTICES, NOTICES).verdict is Verdict.IDENTICAL


@formats
@given(data=st.data())
@settings(max_examples=15)
def test_one_change_is_exactly_that_finding(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(NOTICES) - 2))
    one = NOTICES[at]
    rest = [*NOTICES[:at], *NOTICES[at + 1 :]]
    new = Notice(99, "Lifeboat shed gets a new roof", NEWEST + timedelta(days=2), "It was leaking.")
    assert told(name, NOTICES, [new, *NOTICES]) == [(Kind.ITEM_PUBLISHED, new.title)]
    assert told(name, NOTICES, [new, *NOTICES[:-1]]) == [(Kind.ITEM_PUBLISHED, new.title)]
    assert told(name, NOTICES, rest) == [(Kind.ITEM_WITHDRAWN, one.title)]
    assert told(name, rest, NOTICES) == [(Kind.ITEM_BACKDATED, one.title)]
    other = "Nothing of what was said before"
    for touched, kind in (
        (one._replace(title=other), Kind.ITEM_RETITLED),
        (one._replace(day=one.day + timedelta(days=1)), Kind.ITEM_REDATED),
        (one._replace(text="Another text."), Kind.ITEM_EDITED),
    ):
        after = [touched if each is one else each for each in NOTICES]
        assert told(name, NOTICES, after) == [(kind, touched.title)]


@pytest.mark.parametrize("name", ["rss", "atom", "json feed", "api", "json lines"])
def test_an_entry_keeps_its_identity_where_title_and_address_change(name: str) -> None:
    renamed = NOTICES[4]._replace(title="Everything about it was rewritten")
    write, media_type = FORMATS[name]
    text = write([renamed if each is NOTICES[4] else each for each in NOTICES])
    text = text.replace(f"/notices/{renamed.number}", "/notices/rewritten")
    found = compare(captured(write(NOTICES), media_type), captured(text, media_type, "2024-05-21"))
    assert [(each.kind, each.subject) for each in found.changes if each.is_finding] == [
        (Kind.ITEM_RETITLED, renamed.title)
    ]


@formats
def test_the_bytes_win_over_a_wrong_media_type(name: str) -> None:
    write, media_type = FORMATS[name]
    for wrong in ("text/html; charset=utf-8", "text/plain", None):
        assert captured(write(NOTICES), wrong).lists == captured(write(NOTICES), media_type).lists


def test_a_page_of_html_is_one_whatever_it_is_called() -> None:
    page = "<!doctype html><title>Away</title><h1>Moved</h1><p>The feed has moved to another place, see below."
    for wrong in ("application/rss+xml", "application/json", "text/csv", "text/html"):
        assert captured(page, wrong).title == "Moved"


def test_a_page_and_its_feed_show_the_same_entries() -> None:
    rows = "".join(
        f"<li>{each.day:%d.%m.%Y} <a href='{each.url}'>{escape(each.title)}</a><p>{escape(each.text)}</p></li>"
        for each in NOTICES
    )
    page = captured(f"<!doctype html><title>Notices</title><h1>Notices</h1><ul>{rows}</ul>")
    for name in ("rss", "atom", "json feed"):
        write, media_type = FORMATS[name]
        kinds = {each.kind for each in compare(page, captured(write(NOTICES), media_type)).changes if each.is_finding}
        assert kinds <= {Kind.ITEM_EDITED, Kind.STAMP_ADDED, Kind.TEXT_ADDED}


def test_other_documents_with_a_feed_s_root_are_data() -> None:
    spaces = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:v="https://example.org/v#"'
    people = "".join(f"<v:Boat rdf:about='{SITE}/{n}'><v:name>Boat {n}</v:name></v:Boat>" for n in range(3))
    [boats] = captured(f"<rdf:RDF {spaces}>{people}</rdf:RDF>", "application/rdf+xml").lists
    assert [item.title for item in boats.items] == ["Boat 0", "Boat 1", "Boat 2"]


# -- sitemaps


def test_an_address_that_joins_a_sitemap_is_added_and_one_that_leaves_it_removed() -> None:
    before, after = (
        captured(sitemap(NOTICES)),
        captured(sitemap([*NOTICES[:5], *NOTICES[6:], notice(41)]), day="2024-05-21"),
    )
    told = [(each.kind, each.subject) for each in compare(before, after).changes if each.is_finding]
    assert told == [(Kind.ITEM_REMOVED, "/notices/35"), (Kind.ITEM_ADDED, "/notices/41")]


def test_a_changed_lastmod_alone_is_an_edit_and_no_alert() -> None:
    touched = [each._replace(day=NEWEST + timedelta(days=2)) if each.number == 35 else each for each in NOTICES]
    found = compare(captured(sitemap(NOTICES)), captured(sitemap(touched), day="2024-05-21"))
    [change] = [each for each in found.changes if each.is_finding]
    assert (change.kind, change.significance.value, change.subject) == (Kind.ITEM_EDITED, "notable", "/notices/35")
    assert [edit.part for edit in change.edits] == ["last changed"]


def test_a_sitemap_that_renews_every_lastmod_is_told_once() -> None:
    renewed = [each._replace(day=NEWEST + timedelta(days=3)) for each in NOTICES]
    found = compare(captured(sitemap(NOTICES)), captured(sitemap(renewed), day="2024-05-21"))
    assert len({each.group for each in found.changes}) == 1
    assert None not in {each.group for each in found.changes}


def test_an_index_of_sitemaps_lists_them() -> None:
    entries = "".join(f"<sitemap><loc>{SITE}/map-{number}.xml</loc></sitemap>" for number in range(3))
    reading = captured(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>')
    assert [item.title for item in reading.lists[0].items] == ["/map-0.xml", "/map-1.xml", "/map-2.xml"]
