"""A line beside a title is taken apart: its date, its counts, its author; a view counter is never the item's news."""

from __future__ import annotations

import pytest

from monitor import compare, read
from monitor.model.comparison import Verdict
from monitor.model.reading import Reading
from monitor.model.snapshot import Snapshot
from monitor.read.bylines import read_byline
from monitor.read.figures import figure_of
from monitor.read.numbers import number_of

TITLES = (
    "Council approves the new budget",
    "Harbour reopens after storm damage",
    "Mayor to visit the twin town",
    "Library hours change",
    "Schools close early on Friday",
)


def reading_of(entry: str, grown: int = 0) -> Reading:
    entries = "".join(
        entry.format(i=i, title=title, day=22 - i, views=120 + 9 * i + grown, comments=17 + i + grown)
        for i, title in enumerate(TITLES)
    )
    body = f"<h1>News of the town</h1><ul>{entries}</ul>".encode()
    return read(Snapshot(source="page", body=body, media_type="text/html"))


COUNTED = {
    "views on the line of the title": '<li><a href="/p/{i}">{title}</a> <span>{day} July 2020</span> '
    "<span>{views} views</span></li>",
    "views and comments": '<li><a href="/p/{i}">{title}</a> <span>{day} July 2020</span> <span>{views} views</span> '
    "<span>{comments} comments</span></li>",
    "the label first": '<li><a href="/p/{i}">{title}</a> <span>{day} июля 2020</span> '
    "<span>Просмотров: {views}</span></li>",
    "thousands cut short": '<li><a href="/p/{i}">{title}</a> <span>{day} July 2020</span> '
    "<span>{views}.0K views</span></li>",
    "a number alone": '<li><a href="/p/{i}">{title}</a> <span>{day} July 2020</span> <span>{views}</span></li>',
    "in brackets": '<li><a href="/p/{i}">{title}</a> <p>{day} July 2020</p><p>({views} users online)</p></li>',
    "a bar between": '<li><a href="/p/{i}">{title}</a><p>{day} July 2020 | Views: {views}</p></li>',
    "dots between": "<li><a href='/p/{i}'>{title}</a><p>By Jane Doe · {day} July 2020 · {views} views</p></li>",
}


@pytest.mark.parametrize("entry", COUNTED.values(), ids=COUNTED)
def test_counts_beside_a_title_are_routine_figures_of_dated_items(entry: str) -> None:
    before, after = reading_of(entry), reading_of(entry, grown=13)
    [only] = before.lists
    assert [(item.title, item.teaser) for item in only.items] == [(title, None) for title in TITLES]
    assert all(item.date is not None and item.date.is_full and item.figures for item in only.items)
    comparison = compare(before, after)
    assert comparison.verdict is Verdict.ROUTINE
    assert set(comparison.counts) == {"figure.changed"}


def test_an_author_is_a_value_and_a_relative_date_the_items_date() -> None:
    reading = reading_of(
        '<li><h3><a href="/p/{i}">{title}</a></h3><p>By Jane Doe · {day} hours ago</p>'
        "<p>The council has met and will meet again.</p></li>"
    )
    first = reading.lists[0].items[0]
    assert first.values == (("author", "Jane Doe"),)
    assert first.date is not None
    assert first.date.ago == 22 * 3600
    assert first.teaser == "The council has met and will meet again."


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.0K", 12_000),
        ("1,2 тыс.", 1_200),
        ("3,4 Mio.", 3_400_000),
        ("12 Tsd.", 12_000),
        ("5万", 50_000),
        ("1.234 Tsd.", 1_234),
        ("1,097", 1_097),
        ("1 234,5", 1_234.5),
        ("12.5%", 12.5),
    ],
)
def test_a_shortened_number_is_the_number_it_stands_for(text: str, value: float) -> None:
    assert number_of(text) == value


@pytest.mark.parametrize("text", ["12 km of road", "3 brothers", "7 men"])
def test_a_word_that_begins_like_thousands_leaves_a_number_alone(text: str) -> None:
    figure = figure_of(text)
    assert figure is not None
    assert figure.value == int(text.split(maxsplit=1)[0])


@pytest.mark.parametrize(
    "text",
    [
        "The council met – and agreed on 12 items.",
        "The council passed a budget on 22 July 2020 with 12 votes",
        "By nine votes to four",
        "News · Politics",
        "",
    ],
)
def test_prose_and_names_are_no_byline(text: str) -> None:
    assert read_byline(text) is None


def test_a_sentence_before_a_colon_is_no_label_of_a_value() -> None:
    reading = reading_of(
        '<li><h3><a href="/p/{i}">{title}</a></h3><p>{day}.07.2020</p>'
        "<p>Audience publique du {day} mars : partage des eaux</p></li>"
    )
    first = reading.lists[0].items[0]
    assert first.values == ()
    assert first.teaser == "Audience publique du 22 mars : partage des eaux"


def test_a_teaser_that_several_items_share_stays_each_ones_teaser() -> None:
    shared = "The board will publish the minutes."
    entries = "".join(
        f'<li><h3><a href="/p/{i}">{title}</a></h3><p>{22 - i}.07.2020</p>'
        f"<p>{shared if i < 3 else title[::-1]}</p></li>"
        for i, title in enumerate(TITLES)
    )
    body = f"<h1>News of the town</h1><ul>{entries}</ul>".encode()
    [only] = read(Snapshot(source="page", body=body, media_type="text/html")).lists
    assert [item.teaser for item in only.items[:3]] == [shared] * 3


@pytest.mark.parametrize(
    ("said", "is_teaser"),
    [
        ("{title}, says the council.", True),
        ("{title} since Monday, as the council has said at its meeting", True),
        ("Read more about {title}", False),
        ("Read more about {title}.", False),
        ("{title} Read more ...", False),
    ],
)
def test_what_the_link_of_an_item_says_besides_the_title_is_its_teaser(said: str, *, is_teaser: bool) -> None:
    reading = reading_of(f'<li><a href="/p/{{i}}"><h3>{{title}}</h3><p>{said}</p></a><p>{{day}}.07.2020</p></li>')
    for item in reading.lists[0].items:
        assert item.teaser == (said.format(title=item.title) if is_teaser else None)


def test_a_text_in_the_link_of_an_item_is_as_long_as_a_reader_finds_it() -> None:
    titles = ("港口建设的指导意见", "冬季航班时刻表通知", "小型博物馆资助公告", "强降雨部分道路封闭")
    entries = "".join(
        f'<li><a href="/p/{i}"><h3>{title}</h3><p>各单位，{title}，现将有关事项通知如下。</p></a></li>'
        for i, title in enumerate(titles)
    )
    body = f"<h1>公告</h1><ul>{entries}</ul>".encode()
    [only] = read(Snapshot(source="page", body=body, media_type="text/html")).lists
    assert [item.teaser for item in only.items] == [f"各单位，{title}，现将有关事项通知如下。" for title in titles]


@pytest.mark.parametrize(
    ("links", "address"),
    [
        ('<a href="/talk#comments"></a> <a href="/p/{i}">View</a>', "/p/{i}"),
        ('<a href="/p/{i}"><img src="{i}.png"></a> <a href="/by/doe">Jane Doe</a>', "/p/{i}"),
        ('<a href="/talk#comments"></a>', "/talk#comments"),
        ('<a href="/rss"></a> <a href="/p/{i}">One</a> and <a href="/q/{i}">other</a>', "/rss"),
    ],
    ids=("filled in by a script", "around a picture", "the only one", "nothing tells which other"),
)
def test_link_without_text_that_all_items_have_is_no_items_address(links: str, address: str) -> None:
    [only] = reading_of(f"<li><h3>{{title}}</h3><p>{{day}}.07.2020</p><p>{links} The hall.</p></li>").lists
    assert [item.url for item in only.items] == [address.format(i=i) for i in range(len(TITLES))]


def _lines(link: str, *texts: str) -> list[tuple[str, str | None]]:
    days = (f"- **2024-05-{20 - at:02}** — [{link} {at}](https://x.example/{at})" for at in range(len(texts)))
    lines = map(" ".join, zip(days, texts, strict=True))
    page = Snapshot(source="page", body=("# Notices\n\n" + "\n".join(lines)).encode(), media_type="text/markdown")
    [found] = read(page).lists
    return [(each.title, each.teaser) for each in found.items]


def test_a_link_between_a_date_and_a_sentence_is_the_title() -> None:
    said = (
        "The keeper opens it at ten, whatever the weather on the lake.",
        "Soon.",
        "All boats are to leave it by noon.",
    )
    assert _lines("Quay to open again", *said) == [(f"Quay to open again {at}", text) for at, text in enumerate(said)]


def test_a_link_within_the_sentence_behind_a_date_is_no_title() -> None:
    said = ("has had the quay closed for all of the coming week.", "says that all the boats are to leave it by noon.")
    assert [title for title, _ in _lines("The master of the port", *said)] == [
        f"The master of the port {at} {text}" for at, text in enumerate(said)
    ]


TAGS = "Categories Gadgets, Home and garden Tags lights, locks, watches, bulbs, sensors, heating, cameras"
LONG_LINES = {
    "a time element": "<footer>Posted on <time datetime='2020-07-{day}T14:56:08+00:00'>July {day}, 2020</time> "
    f"{TAGS}</footer>",
    "with the day of an edit behind it": "<footer>Posted on <time datetime='2020-07-{day}'>July {day}, 2020</time>"
    f"<time datetime='2020-07-23'>July 23, 2020</time> {TAGS}</footer>",
    "the last part": "<p><b>Cars</b> - <b>Harbour</b> - A car for every occasion and every purse in the whole town... "
    "- <b>July {day}, 2020</b></p>",
}


@pytest.mark.parametrize("line", LONG_LINES.values(), ids=LONG_LINES)
def test_a_long_line_with_a_date_marked_or_at_its_end_dates_the_item(line: str) -> None:
    entry = '<article><h2><a href="/p/{i}">{title}</a></h2><p>What comes next for the town.</p>' + line + "</article>"
    [only] = reading_of(entry).lists
    assert [item.date and item.date.text for item in only.items] == [f"July {22 - i}, 2020" for i in range(5)]


def test_a_day_that_a_sentence_speaks_of_dates_no_item() -> None:
    teaser = "<p>The council meets on <time datetime='2020-09-{day}'>September {day}</time>, as it always did "
    teaser += "in years of an election, and will decide on the new bridge then.</p>"
    [only] = reading_of('<li><h3><a href="/p/{i}">{title}</a></h3>' + teaser + "</li>").lists
    assert [item.date for item in only.items] == [None] * 5


EDITED = (
    "<span>Published {day} July 2020</span> <span>Updated 23 July 2020</span>",
    "Published: {day} July 2020, last updated: 23 July 2020",
    "Publicerad {day} juli 2020 Uppdaterad 23 juli 2020",
    "Опубликовано: {day}.07.2020 Обновлено: 23.07.2020",
    "Updated: 23.07.2020 Published: {day}.07.2020",
    "{day} July 2020 (updated 23 July 2020)",
    "Published on July {day}, 2020 at 10:00. Last updated on July 23, 2020 at 9:15.",
)


@pytest.mark.parametrize("line", EDITED)
def test_of_two_days_on_a_line_that_of_publication_is_the_items_and_the_line_no_title(line: str) -> None:
    [only] = reading_of('<div><a href="/p/{i}">{title}</a><div>' + line + "</div></div>").lists
    found = [(item.title, item.date and item.date.day, item.teaser, len(item.values)) for item in only.items]
    assert found == [(title, 22 - i, None, 1) for i, title in enumerate(TITLES)]


@pytest.mark.parametrize(
    "text",
    [
        "24.06.2020 Speech of 3 May 2019",
        "Minutes of 3 May 2019, read on 24 June 2020",
        "Fair 3 May 2019 Ball 4 May 2019",
    ],
)
def test_two_days_of_other_kinds_make_no_date_line(text: str) -> None:
    assert read_byline(text) is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("<i>Jane Doe, Ann Smith</i> <b>July {day}, 2020</b> <i>Institute of Harbours and of the Eastern Sea</i>", 22),
        ("The council of the town of Northam met on July {day}, 2020 Tuesday as it did before the election", None),
        ("The council of the town of Northam met July {day}, 2020 and decided on the bridge to the east", None),
    ],
)
def test_a_day_between_names_dates_the_item_and_one_in_a_sentence_does_not(line: str, day: int | None) -> None:
    [only] = reading_of('<li><h4><a href="/p/{i}">{title}</a></h4><div>' + line + "</div></li>").lists
    assert [item.date and item.date.day for item in only.items] == [day and day - i for i in range(5)]


def test_days_without_a_year_that_open_the_titles_of_a_list_are_read_in_one_order() -> None:
    days = ("12/06", "12/05", "11/29", "11/08", "10/09")
    entries = "".join(f'<li><a href="/d/{i}">{day} {TITLES[i]}</a></li>' for i, day in enumerate(days))
    [only] = read(Snapshot(source="page", body=f"<ul>{entries}</ul>".encode(), media_type="text/html")).lists
    found = [(item.date.month, item.date.day) if item.date else None for item in only.items]
    assert found == [(12, 6), (12, 5), (11, 29), (11, 8), (10, 9)]


@pytest.mark.parametrize(
    "leaf",
    [
        "<b>{day}</b><span>2020-07</span>",
        "<b>{day}</b><span>2020/07</span>",
        "<b>{day}</b><span>2020年7月</span>",
        "<p>{day}</p><p>2020-07</p>",
    ],
)
def test_a_day_above_its_year_and_month_is_the_date_of_an_item(leaf: str) -> None:
    entry = "<li><div>" + leaf + '</div><a href="/p/{i}"><p>{title}</p><p>Part {i}.</p></a></li>'
    [only] = reading_of(entry).lists
    found = [(item.title, item.date and item.date.iso(None), item.teaser) for item in only.items]
    assert found == [(title, f"2020-07-{22 - i}", f"Part {i}.") for i, title in enumerate(TITLES)]


def test_a_number_in_the_row_of_a_month_is_no_day_of_it() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>2020-0{n}</td><td>{7 * n}</td></tr>" for n in range(1, 7))
    reading = read(Snapshot(source="page", body=f"<table>{rows}</table>".encode(), media_type="text/html"))
    assert not any(item.date and item.date.day for each in reading.lists for item in each.items)
