"""A list that lives only in a script is read there; what the page shows as text is not read twice."""

from __future__ import annotations

import json
from unicodedata import normalize

from monitor import compare, read
from monitor.model.change import ChangeKind
from monitor.model.comparison import Verdict
from monitor.model.reading import Reading
from monitor.model.snapshot import Snapshot

ARTICLES = [
    {
        "id": 100 - i,
        "headline": f"Council decides on the {subject} after a long debate",
        "href": f"/archive/{100 - i}",
        "when": f"2026-02-{20 - i:02d}",
        "topic": topic,
        "views": 40 * i,
    }
    for i, (subject, topic) in enumerate(
        (
            ("tram line", "Transport"),
            ("swimming pool", "Sport"),
            ("school meals", "Education"),
            ("market hall", "Trade"),
        )
    )
]


def page(articles: list[dict[str, object]], updated: str = "2026-02-20T08:00:00.000Z", body: str = "") -> Reading:
    script = f"const ITEMS = {json.dumps(articles)};\nconst BUILT_AT = '{updated}'; render(ITEMS, {{theme: 'dark'}});"
    html = f"<html><body><h1>Archive</h1><div id=app></div>{body}<script>{script}</script></body></html>"
    return read(Snapshot(source="page", body=html.encode(), media_type="text/html"))


def test_a_list_in_a_script_is_read_with_its_dates_links_and_values() -> None:
    [only] = page(list(ARTICLES)).lists
    assert [item.title for item in only.items] == [article["headline"] for article in ARTICLES]
    assert [item.date and item.date.iso(None) for item in only.items] == [article["when"] for article in ARTICLES]
    assert [item.url for item in only.items] == [article["href"] for article in ARTICLES]
    assert dict(only.items[0].values) == {"topic": "Transport"}


def test_an_article_added_to_the_data_alone_is_an_item_published() -> None:
    new = {
        **ARTICLES[0],
        "id": 101,
        "href": "/archive/101",
        "headline": "Mayor opens the new library wing",
        "when": "2026-02-21",
    }
    comparison = compare(page(list(ARTICLES)), page([new, *ARTICLES], "2026-02-21T08:00:00.000Z"))
    assert [(c.kind, c.subject) for c in comparison.changes if c.is_finding] == [
        (ChangeKind.ITEM_PUBLISHED, new["headline"])
    ]


def test_a_build_time_that_ticks_is_routine() -> None:
    comparison = compare(page(list(ARTICLES)), page(list(ARTICLES), "2026-02-20T09:30:00.000Z"))
    assert comparison.verdict is Verdict.ROUTINE


def test_what_the_page_shows_is_not_read_a_second_time_from_its_data() -> None:
    rows = "".join(
        f"<li><span>{article['when']}</span> <a href='{article['href']}'>{article['headline']}</a></li>"
        for article in ARTICLES
    )
    assert len(page(list(ARTICLES), body=f"<ul>{rows}</ul>").lists) == 1


def test_a_program_s_own_settings_are_no_list() -> None:
    settings: list[dict[str, object]] = [{"name": f"button{i}", "color": "#123456", "size": i} for i in range(5)]
    assert page(settings).lists == ()


def _linked(titles: list[str], shown: str = "") -> Reading:
    data = [{"title": title, "url": f"/go/{number}"} for number, title in enumerate(titles)]
    html = f"<h1>The harbour</h1>{shown}<script>var entries = {json.dumps(data)};</script>"
    return read(Snapshot(source="page", body=html.encode(), media_type="text/html"))


def test_the_names_of_a_menu_and_the_labels_of_buttons_are_no_list() -> None:
    assert _linked(["About our company", "Contact the office", "Terms of use here"]).lists == ()
    assert _linked(["Accept all cookies now", "Reject all cookies now", "Manage your cookie choices"]).lists == ()


TITLES = [
    "Alpha harbour opens its gates again",
    "Beta ferry closes for this winter",
    "Gamma school wins a county prize",
]


def test_titles_without_dates_are_a_list_where_they_are_phrases() -> None:
    assert [item.title for item in _linked(TITLES).lists[0].items] == TITLES


def test_what_the_page_shows_shortened_or_in_other_code_points_is_not_read_twice() -> None:
    shortened = "".join(f"<p>{title[:18]}…</p>" for title in TITLES)
    assert _linked(TITLES, shortened).lists == ()
    accented = [title.replace("a", "\u00e1") for title in TITLES]
    apart = "".join(f"<p>{normalize('NFD', title)}</p>" for title in accented)
    assert _linked(accented, apart).lists == ()
