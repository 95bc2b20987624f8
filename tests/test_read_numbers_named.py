"""Numbers that name something, a docket, a row of a table, a place to copy, are read with what they name."""

from __future__ import annotations

import pytest

from monitor import read
from monitor.model.reading import Reading
from monitor.model.snapshot import Snapshot


def reading_of(body: str) -> Reading:
    html = f"<!doctype html><html lang=en><title>Harbour</title><body><h1>Harbour office</h1>{body}</body></html>"
    return read(Snapshot("page.html", html.encode(), media_type="text/html; charset=utf-8"))


def figures(body: str) -> list[tuple[str, str]]:
    return [(each.label, each.text) for each in reading_of(body).figures]


@pytest.mark.parametrize("address", ["#berths", "https://harbour.example/#berths", "#"])
@pytest.mark.parametrize("mark", ["¶", "§", "🔗", "\uf0c1"])
def test_a_sign_that_copies_the_address_of_a_heading_is_no_text(mark: str, address: str) -> None:
    handle = f'<a class="x" href="{address}" title="Permalink">{mark}</a>'
    section = reading_of(f"<h2>Berths{handle}</h2><p>There are nine berths for boats up to ten metres.</p>").sections[0]
    assert section.heading == "Berths"


def test_a_sign_that_leads_elsewhere_is_text() -> None:
    assert "Act §" in str(reading_of('<h2>Berths</h2><p>See the Act <a href="/act">§</a></p>').sections)


def test_the_words_beside_a_link_that_is_a_number_are_the_title() -> None:
    rows = [("105319", "State v. Miller"), ("106093", "State v. Smith"), ("106-456", "City v. Brown Ltd.")]
    film = '<a href="#" onclick="play()">video</a>'
    lines = "<br>".join(f'<a href="{n}.pdf">{n}</a> - {name} {film if at else ""}' for at, (n, name) in enumerate(rows))
    [found] = reading_of(f"<p>{lines}</p>").lists
    assert [item.title for item in found.items] == [f"{n} - {name}" for n, name in rows]
    assert [item.url for item in found.items] == [f"{n}.pdf" for n, _ in rows]


def test_a_row_without_column_headings_is_named_by_its_own_words() -> None:
    rows = "<tr><td rowspan=2><p>Age</p></td><td>under 45</td><td>52</td></tr><tr><td>over 45</td><td>96</td></tr>"
    assert figures(f"<table>{rows}</table>") == [("Age · under 45", "52"), ("over 45", "96")]


def test_several_numbers_of_a_row_without_column_headings_are_told_apart() -> None:
    rows = "<tr><td>Boats</td><td>5</td><td>7</td></tr><tr><td>Rafts</td><td>2</td><td>3</td></tr>"
    assert [label for label, _ in figures(f"<table>{rows}</table>")] == [
        "Boats · column 2", "Boats · column 3", "Rafts · column 2", "Rafts · column 3",
    ]  # fmt: skip


def test_a_label_with_a_colon_is_not_that_of_the_number_above_it() -> None:
    assert ("Boats", "45") not in figures("<p>Rafts -</p><p>45</p><p>Boats:</p><p>84 sail, 9 row</p>")
    assert ("Boats", "84") in figures("<p>Rafts -</p><p>Boats:</p><p>84</p>")


def test_links_in_a_row_behind_a_label_are_no_value_of_the_header() -> None:
    links = '<a href="/a">Overview</a> | <a href="/b">Prices of berths</a>'
    assert reading_of(f"<p><strong>More:</strong> {links}</p><h2>News</h2><p>None.</p>").fields == ()
    assert reading_of("<p><strong>Office:</strong> Quay 1 | Harbour</p><h2>News</h2><p>None.</p>").fields != ()
