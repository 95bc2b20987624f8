"""What a page states for programs alone: lists in JSON-LD and in attributes, dates in JSON-LD, microdata and RDFa."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import Any

import pytest

from monitor import compare, read
from monitor.model.change import ChangeKind as Kind
from monitor.model.reading import Reading
from monitor.model.snapshot import Snapshot
from tests.formats import SITE, Notice, captured

NOTICES = tuple(
    Notice(number, title, date(2024, 5, 18) - timedelta(days=4 * (12 - number)), "In full below.")
    for number, title in zip(
        range(12, 6, -1),
        (
            "Swing bridge closed for repairs until June",
            "New tariffs for visiting boats from autumn",
            "Harbour walks with the keeper every Sunday",
            "Dredger at work in the northern fairway",
            "Old crane becomes a listed monument",
            "Council sells the former customs house",
        ),
        strict=True,
    )
)


def article(each: Notice, kind: str = "NewsArticle") -> dict[str, Any]:
    return {
        "@type": kind,
        "headline": each.title,
        "url": each.url,
        "datePublished": f"{each.day.isoformat()}T21:30:00+02:00",
    }


def ld(value: object) -> str:
    return (
        f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **dict(value)})}</script>'  # type: ignore[call-overload]
    )


def item_list(notices: Sequence[Notice]) -> str:
    elements = [{"@type": "ListItem", "position": at, "item": article(each)} for at, each in enumerate(notices, 1)]
    return ld({"@type": "ItemList", "itemListElement": elements})


def graph(notices: Sequence[Notice]) -> str:
    crumbs = [
        {"@type": "ListItem", "position": at, "name": f"A level of the site's own tree, {at}", "item": f"{SITE}/{at}"}
        for at in range(1, 5)
    ]
    frame = [
        {"@type": "Organization", "name": "Harbour office", "url": SITE},
        {"@type": "BreadcrumbList", "itemListElement": crumbs},
    ]
    return ld({"@graph": [*frame, *map(article, notices)]})


def one_by_one(notices: Sequence[Notice]) -> str:
    return "".join(ld(article(each)) for each in notices)


def live_blog(notices: Sequence[Notice]) -> str:
    updates = [article(each, "BlogPosting") for each in notices]
    return ld({"@type": "LiveBlogPosting", "headline": "The storm as it happens", "liveBlogUpdate": updates})


def attribute(notices: Sequence[Notice]) -> str:
    rows = [{"title": each.title, "href": each.url, "date": each.day.isoformat()} for each in notices]
    return f'<news-list :items="{escape(json.dumps(rows))}" theme="dark"></news-list>'


def single_quoted(notices: Sequence[Notice]) -> str:
    rows = [{"title": each.title.replace("'", ""), "href": each.url} for each in notices]
    return f"<div data-props='{json.dumps({'page': 1, 'entries': rows})}'></div>"


def shown(notices: Sequence[Notice], *, shorten: int = 200) -> str:
    rows = "".join(f'<li><a href="{each.url}">{each.title[:shorten]}</a></li>' for each in notices)
    return f"<ul>{rows}</ul>"


def page(body: str, day: str = "2024-05-20") -> Reading:
    text = f"<!doctype html><html lang=en><title>Harbour</title><body><h1>Harbour</h1>{body}</body></html>"
    return captured(text, "text/html", day)


DATED = (item_list, graph, one_by_one, live_blog, attribute)
data = pytest.mark.parametrize("write", [*DATED, single_quoted], ids=lambda write: write.__name__)


@data
def test_a_list_that_the_page_does_not_show_is_read_once(write: Any) -> None:
    [only] = page(write(NOTICES) + write(NOTICES)).lists
    assert [item.title for item in only.items] == [each.title for each in NOTICES]
    assert [item.url for item in only.items] == [each.url for each in NOTICES]


@data
@pytest.mark.parametrize("shorten", [200, 41])
def test_a_list_that_the_page_shows_is_not_read_a_second_time(write: Any, shorten: int) -> None:
    [only] = page(shown(NOTICES, shorten=shorten) + write(NOTICES)).lists
    assert [item.title for item in only.items] == [each.title[:shorten].strip() for each in NOTICES]


@pytest.mark.parametrize("write", DATED, ids=lambda write: write.__name__)
def test_one_change_of_the_data_is_exactly_that_finding(write: Any) -> None:
    new = Notice(13, "Night ferry runs again on Saturdays", date(2024, 5, 21), "")
    other = NOTICES[2]._replace(title="Harbour walks are called off altogether")
    for after, kind, subject in (
        ([new, *NOTICES], Kind.ITEM_PUBLISHED, new.title),
        ([*NOTICES[:3], *NOTICES[4:]], Kind.ITEM_WITHDRAWN, NOTICES[3].title),
        ([*NOTICES[:2], other, *NOTICES[3:]], Kind.ITEM_RETITLED, other.title),
    ):
        found = compare(page(write(NOTICES)), page(write(after), "2024-05-22"))
        assert [(each.kind, each.subject) for each in found.changes if each.is_finding] == [(kind, subject)]


def test_tokens_settings_and_analytics_are_no_list() -> None:
    events = [{"event": f"view_{n}", "token": f"{n}f8a9c0b7d6e5f4a3b2c1", "url": f"{SITE}/t/{n}"} for n in range(5)]
    props = [{"name": f"A switch that does {n} things", "value": n, "isOn": True} for n in range(5)]
    attributes = "".join(f'<div data-x="{escape(json.dumps(each))}"></div>' for each in (events, props))
    assert page(f"<script>var dataLayer = {json.dumps(events)};</script>{attributes}").lists == ()


def test_breadcrumbs_are_no_list() -> None:
    assert page(graph([])).lists == ()


def test_broken_data_are_left_alone() -> None:
    for body in ('<p data-x="[{&quot;title&quot;: "></p>', "<script type='application/ld+json'>{\"@type\": </script>"):
        assert page(body).lists == ()


# -- dates


@pytest.mark.parametrize("write", [item_list, graph, one_by_one, live_blog], ids=lambda write: write.__name__)
def test_items_shown_without_a_date_have_the_one_that_the_page_states(write: Any) -> None:
    [only] = page(shown(NOTICES) + write(NOTICES)).lists
    assert [item.date and item.date.iso(None) for item in only.items] == [each.day.isoformat() for each in NOTICES]


def test_a_stated_date_tells_a_withdrawn_item_from_one_that_aged_off() -> None:
    rest = [*NOTICES[:3], *NOTICES[4:]]
    before, after = (
        page(shown(each) + item_list(each), day) for each, day in ((NOTICES, "2024-05-20"), (rest, "2024-05-21"))
    )
    found = compare(before, after)
    assert [(each.kind, each.subject) for each in found.changes] == [(Kind.ITEM_WITHDRAWN, NOTICES[3].title)]


def test_a_title_alone_is_enough_where_it_is_the_same() -> None:
    stated = [{"@type": "Article", "headline": each.title, "datePublished": each.day.isoformat()} for each in NOTICES]
    [only] = page(shown(NOTICES) + ld({"@graph": stated})).lists
    assert [item.date and item.date.iso(None) for item in only.items] == [each.day.isoformat() for each in NOTICES]


def test_what_is_stated_twice_in_two_ways_dates_nothing() -> None:
    twice = item_list(NOTICES) + item_list([each._replace(day=each.day - timedelta(days=1)) for each in NOTICES])
    assert [item.date for item in page(shown(NOTICES) + twice).lists[0].items] == [None] * len(NOTICES)


def test_a_date_that_the_page_shows_is_not_replaced() -> None:
    rows = "".join(f'<li>{each.day:%d.%m.%Y} <a href="{each.url}">{each.title}</a></li>' for each in NOTICES)
    later = item_list([each._replace(day=each.day + timedelta(days=1)) for each in NOTICES])
    [only] = page(f"<ul>{rows}</ul>{later}").lists
    assert [item.date and item.date.iso(None) for item in only.items] == [each.day.isoformat() for each in NOTICES]


@pytest.mark.parametrize(
    ("holder", "title", "stated"),
    [
        ("itemscope itemtype='https://schema.org/NewsArticle'", "itemprop=headline", "itemprop='datePublished'"),
        ("vocab='https://schema.org/' typeof='NewsArticle'", "property=headline", "property='datePublished'"),
        ("vocab='https://schema.org/' typeof='schema:Event'", "property='schema:name'", "property='schema:startDate'"),
    ],
)
def test_microdata_and_rdfa_date_the_item_they_stand_in(holder: str, title: str, stated: str) -> None:
    rows = "".join(
        f"<article {holder}><h2 {title}><a href='{each.url}'>{each.title}</a></h2>"
        f"<meta {stated} content='{each.day}T08:00:00Z'><p>{each.text}</p></article>"
        for each in NOTICES
    )
    [only] = page(rows).lists
    assert [item.date and item.date.iso(None) for item in only.items] == [each.day.isoformat() for each in NOTICES]


def test_a_page_that_states_nothing_of_its_items_leaves_them_undated() -> None:
    own = ld({"@type": "WebPage", "name": "Harbour", "url": SITE, "datePublished": "2019-01-01"})
    assert [item.date for item in page(shown(NOTICES) + own).lists[0].items] == [None] * len(NOTICES)


@pytest.mark.parametrize(
    "line",
    [
        '<footer><p>Last update: – · Data from the feed · <a href="https://example.org/code">Code</a></p></footer>',
        '<p><a href="https://example.org/terms.pdf">Download: the terms of the port</a></p>',
    ],
)
def test_a_link_beside_other_words_or_around_a_whole_line_makes_no_field(line: str) -> None:
    body = f"<body><h1>Port</h1>{line}</body>"
    assert read(Snapshot(source="page", body=body.encode(), media_type="text/html")).fields == ()


def test_a_link_that_is_the_value_is_where_the_field_points() -> None:
    body = "<body><h1>Port</h1><p>Timetable: <a href='https://example.org/t'>May to July</a> (from the pier)</p></body>"
    [field] = read(Snapshot(source="page", body=body.encode(), media_type="text/html")).fields
    assert field.target == "https://example.org/t"
