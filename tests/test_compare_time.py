"""What time does to a page is no news: dates said many times, times told by how long ago, countdowns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.compare import compare
from monitor.model.change import Significance
from monitor.model.comparison import Comparison
from monitor.model.reading import Reading
from monitor.model.snapshot import Snapshot
from monitor.read import read
from monitor.report import render
from monitor.report.wording import summary
from tests.compare_builders import dated, item, kinds, listed, only, reading, story

MAY = datetime(2024, 5, 10, 8, tzinfo=UTC)
WARDS = tuple(f"Ward {name}" for name in "North East South West Harbour Mill Abbey Castle Priory Quay".split())
NOTES = ("Bridge closed for repairs", "School fund raised again", "Market moves to the square", "Fair opens today")
RULE = "<p>The council sits on Tuesdays in the old town hall.</p>"


def page(body: str, hours: float = 0, language: str = "en") -> Reading:
    """A page captured so many hours after 10 May 2024, 08:00 UTC."""
    text = (
        f"<!doctype html><html lang={language}><meta charset=utf-8><title>Town</title><main><h1>Town</h1>{body}</main>"
    )
    return read(
        Snapshot(source="page", body=text.encode(), captured_at=MAY + timedelta(hours=hours), media_type="text/html")
    )


def after(hours: float, before: str, later: str, language: str = "en") -> Comparison:
    return compare(page(before, language=language), page(later, hours, language))


def findings(found: Comparison) -> list[str]:
    return [change.kind.value for change in found.changes if change.is_finding]


def test_sides_in_reverse_within_a_day_are_known_by_the_times_of_their_captures() -> None:
    rows = "".join(
        f"<li>{day}.04.2024 <a href=/{day}>{note}</a></li>" for day, note in zip((28, 26, 24, 22), NOTES, strict=True)
    )
    less = rows.replace("26.04.2024", "").replace(NOTES[1], "")
    found = compare(page(f"<ul>{rows}</ul>", hours=0.15), page(f"<ul>{less}</ul>"))
    assert found.is_reversed
    assert findings(found) == ["item.removed"]
    said = render(found, "text")
    assert "9 minutes backwards" in said
    assert "The second snapshot is the older one, by nine minutes" in said
    assert "stands only in the later snapshot" in said
    assert summary(found).startswith("Given in reverse order of time, nine minutes back (right way round: ")


def test_sides_of_one_day_are_not_in_reverse_where_a_time_is_not_known() -> None:
    at_midnight = page("<p>Open.", hours=-8)
    assert not compare(page("<p>Open.", hours=1), at_midnight).is_reversed
    assert not compare(page("<p>Open."), page("<p>Open.")).is_reversed


def notes(ages: Sequence[str]) -> str:
    rows = zip(range(9), NOTES, ages, strict=False)
    return (
        "<ul>"
        + "".join(f'<li><a href="/n/{number}">{note}</a> <span>{age}</span></li>' for number, note, age in rows)
        + "</ul>"
    )


@pytest.mark.parametrize(
    ("language", "before", "later"),
    [
        ("en", ["2 hours ago", "5 hours ago", "1 day ago", "3 days ago"],
         ["1 day ago", "1 day ago", "2 days ago", "4 days ago"]),
        ("ru", ["2 часа назад", "5 часов назад", "вчера", "3 дня назад"],
         ["вчера", "вчера", "2 дня назад", "4 дня назад"]),
        ("de", ["vor 3 Stunden", "vor 5 Stunden", "gestern", "vor 3 Tagen"],
         ["gestern", "gestern", "vorgestern", "vor 4 Tagen"]),
        ("fr", ["il y a 3 heures", "il y a 5 heures", "hier", "il y a 3 jours"],
         ["hier", "hier", "avant-hier", "il y a 4 jours"]),
        ("es", ["hace 3 horas", "hace 5 horas", "ayer", "hace 3 días"],
         ["ayer", "ayer", "anteayer", "hace 4 días"]),
    ],
)  # fmt: skip
def test_relative_dates_that_move_with_the_captures_are_no_news(
    language: str, before: list[str], later: list[str]
) -> None:
    assert findings(after(24, notes(before), notes(later), language)) == []


@pytest.mark.parametrize(
    ("language", "before", "later"),
    [
        ("en", "Updated 2 hours ago", "Updated 1 day ago"),
        ("en", "Last updated: yesterday", "Last updated: 2 days ago"),
        ("en", "Last updated: 10 May 2024", "Last updated: 11 May 2024"),
        ("de", "Zuletzt aktualisiert: vor 3 Stunden", "Zuletzt aktualisiert: vor 27 Stunden"),
        ("ru", "Обновлено: 2 часа назад", "Обновлено: вчера"),
    ],
)
def test_when_a_page_was_last_updated_is_a_stamp_and_moves_on(language: str, before: str, later: str) -> None:
    body = f"{RULE}<p>{{}}</p>"
    assert page(body.format(before), language=language).stamps
    assert findings(after(24, body.format(before), body.format(later), language)) == []


@pytest.mark.parametrize(
    ("before", "later"),
    [
        ("Only 83 days left until the fair!", "Only 82 days left until the fair!"),
        ("Sale ends in 3 days 4 hours 10 minutes", "Sale ends in 2 days 4 hours 10 minutes"),
        ("Noch 83 Tage bis zum Fest", "Noch 82 Tage bis zum Fest"),
        ("Temps restant : 12 jours", "Temps restant : 11 jours"),
    ],
)
def test_a_countdown_that_runs_is_no_news(before: str, later: str) -> None:
    assert kinds(after(24, f"{RULE}<p>{before}</p>", f"{RULE}<p>{later}</p>")) == ["counter.advanced"]


def test_a_number_of_days_in_a_rule_is_no_countdown() -> None:
    assert page(f"{RULE}<p>Your session expires in 20 minutes.</p>").counters == ()


def test_a_colon_inside_a_time_parts_no_field() -> None:
    shown = page("<p>Page made 2024-05-10 07:59:58 in 0.12 s</p><p>Sale ends in 04:10:33</p><p>Desk: 100 A</p>")
    assert [field.label for field in shown.fields] == ["Desk"]


@pytest.mark.parametrize(
    "row",
    [
        "<h2>{ward}</h2><p>Updated {day}</p><p>The office of {ward} stays in the main street.</p>",
        "<h2>{ward}</h2><p>Figures of {ward} as of {day}.</p><p>The office of {ward} stays where it is.</p>",
    ],
)
def test_a_date_said_in_many_places_that_moves_on_is_told_as_routine(row: str) -> None:
    def body(day: str) -> str:
        return f"<p>{day}</p>" + "".join(row.format(ward=ward, day=day) for ward in WARDS)

    assert findings(after(24, body("10 May 2024"), body("11 May 2024"))) == []


def rows(day: str, *more: str) -> Reading:
    return reading(dated(*(f"{day} {ward}" for ward in WARDS), *more), day="-".join(reversed(day.split("."))))


def test_rows_of_one_name_whose_one_date_moved_with_the_captures_are_the_same_rows() -> None:
    found = compare(rows("10.05.2024"), rows("13.05.2024"))
    assert set(story(found).values()) == {"redated"}
    assert findings(found) == []
    assert "moved on with the captures" in found.changes[-1].reason


def test_a_row_that_goes_from_such_a_list_is_told() -> None:
    found = compare(rows("10.05.2024"), reading(dated(*(f"13.05.2024 {ward}" for ward in WARDS[1:])), day="2024-05-13"))
    assert [change.subject for change in found.changes if change.before and not change.after] == [WARDS[0]]


def test_a_mass_re_stamp_to_one_day_is_an_alert() -> None:
    old = [
        item(ward, f"0{number}.05.2024", f"https://example.org/{number}") for number, ward in enumerate(WARDS[:5], 1)
    ]
    new = [each._replace(date=item("", "13.05.2024").date) for each in old]
    found = compare(reading(lists=[listed(*old)], day="2024-05-10"), reading(lists=[listed(*new)], day="2024-05-13"))
    assert {change.significance for change in found.changes if change.kind == "item.redated"} == {Significance.ALERT}


def test_one_date_of_all_that_moved_by_another_time_than_passed_is_an_alert() -> None:
    old, new = (
        [item(ward, day, f"https://example.org/{ward}") for ward in WARDS] for day in ("10.05.2024", "12.05.2024")
    )
    found = compare(reading(old, day="2024-05-10"), reading(new, day="2024-05-13"))
    assert {change.significance for change in found.changes if change.kind == "item.redated"} == {Significance.ALERT}


@pytest.mark.parametrize(("form", "language"), [("%d/%m/%Y", "en"), ("%m/%d/%Y", "en"), ("%m/%d/%Y", "fr")])
def test_the_order_of_day_and_month_is_settled_by_the_other_dates_of_the_page(form: str, language: str) -> None:
    days = [date(2024, 5, 3), date(2024, 4, 23), date(2024, 4, 5), date(2024, 3, 4)]
    shown = page(notes([f"{day:{form}}" for day in days]), language=language)
    spans = [each.date.span(None) if each.date else None for each in shown.lists[0].items]
    assert spans == [(day, day) for day in days]


def test_a_new_note_among_relative_dates_is_published() -> None:
    later = notes(["1 day ago"] * 4).replace(
        "<ul>", '<ul><li><a href="/n/9">Ferry back in service</a> <span>1 hour ago</span></li>'
    )
    found = after(24, notes(["2 hours ago", "3 hours ago", "4 hours ago", "5 hours ago"]), later)
    assert only(found, "item.published").subject == "Ferry back in service"


def test_relative_words_are_redated_by_no_guessed_day() -> None:
    def board(pets: str, gardens: str) -> Reading:
        topics = [item("Pets", pets, "/1"), item("Ferries", "1 d", "/2"), item("Gardens", gardens, "/3")]
        return reading(topics, day=None)

    assert story(compare(board("3 h", "02.12.2015"), board("3 h", "05.12.2015"))) == {"Gardens": "redated"}
    assert story(compare(board("3 h", "02.12.2015"), board("28.11.2015", "02.12.2015"))) == {}


@pytest.mark.parametrize(("days", "year"), [(("05.12.2014", "06.12"), 2014), (("30.12.2014", "02.01"), 2015)])
def test_a_day_soon_after_the_newest_with_a_year_is_of_that_time_and_backdates_nothing(
    days: tuple[str, str], year: int
) -> None:
    news = "".join(f"<li>{days[0]} <a href='/n/{n}'>News of the harbour, part {n}</a></li>" for n in "123")
    threads = [f"<li><b>{days[1]}</b> <a href='/t/{n}'>Thread on the bridge, part {n}</a></li>" for n in "1234"]
    before, after = (
        read(Snapshot(
            source=f"{at}.html", media_type="text/html",
            body=f"<h2>News</h2><ul>{news}</ul><h2>Forum</h2><ul>{''.join(threads[at:])}</ul>".encode(),
        ))
        for at in (1, 0)
    )  # fmt: skip
    assert after.snapshot_day is not None
    assert after.snapshot_day.year == year
    assert kinds(compare(before, after)) == ["item.published"]
