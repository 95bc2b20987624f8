"""Cards in rows are one list, however full the rows are; and what closes a list is no entry of the next."""

from __future__ import annotations

import pytest

from monitor import read
from monitor.model.snapshot import Snapshot

PLACES = "Harbour Mill Quarry Orchard Bridge Chapel Market Station Weir Tower Forge Granary Dairy".split()


def card(place: str) -> str:
    return (
        f'<div class=card><h3><a href="/p/{place.lower()}">{place} to be repaired this year</a></h3><p>Soon.</p></div>'
    )


def lists_of(*rows: list[str], above: str = "") -> list[list[str]]:
    grid = "".join(f"<div class=row>{''.join(map(card, row))}</div>" for row in rows)
    body = f"<!doctype html><title>Works</title><h1>Works</h1>{above}<h2>Planned</h2><div>{grid}</div>"
    reading = read(Snapshot(source="page", body=body.encode(), media_type="text/html"))
    return [[item.title.split()[0] for item in each.items] for each in reading.lists]


@pytest.mark.parametrize(
    "widths", [(3, 3, 3), (3, 4, 3), (3, 3, 2), (3, 3, 1), (3, 3, 3, 1), (3, 3, 4), (4, 3, 4), (3, 1)], ids=str
)
def test_rows_of_a_grid_are_one_list(widths: tuple[int, ...]) -> None:
    starts = [sum(widths[:n]) for n in range(len(widths))]
    rows = [PLACES[start : start + width] for start, width in zip(starts, widths, strict=True)]
    assert lists_of(*rows) == [PLACES[: sum(widths)]]


@pytest.mark.parametrize("widths", [(3, 3, 2), (3, 2, 3), (2, 3, 3), (4, 2), (3, 1), (3, 2, 2)], ids=str)
def test_rows_of_a_table_of_cards_are_one_list(widths: tuple[int, ...]) -> None:
    rows, rest = [], iter(PLACES)
    for width in widths:
        cells = (f"<td>{card(next(rest))}</td>" for _ in range(width))
        rows.append(f"<tr>{''.join(cells)}</tr>")
    body = f"<!doctype html><title>Works</title><h1>Works</h1><h2>Planned</h2><table>{''.join(rows)}</table>"
    reading = read(Snapshot(source="page", body=body.encode(), media_type="text/html"))
    assert [len(each.items) for each in reading.lists] == [sum(widths)]


def test_a_closing_link_below_a_row_is_no_entry() -> None:
    cards = "".join(f'<div><a href="/n/{place}">{place} to be repaired this year</a></div>' for place in PLACES[:4])
    more = '<div><a href="/n">All works</a></div>'
    body = f"<!doctype html><title>Port</title><h1>Port</h1><main><div>{cards}</div>{more}</main>"
    [found] = read(Snapshot(source="page", body=body.encode(), media_type="text/html")).lists
    assert len(found.items) == 4
    assert found.more is not None


def test_the_first_entry_of_a_list_does_not_close_the_one_before() -> None:
    def links(*places: str) -> list[str]:
        return [f'<a href="/n/{place}">{place} to be repaired this year</a>' for place in places]

    one = "".join(f"<p>{link}</p>" for link in links(*PLACES[:4]))
    other = "".join(f"<li>{link} </li>" for link in links(*PLACES[4:8]))
    body = f"<!doctype html><title>Port</title><h1>Port</h1><div>{one}</div><section><ul>{other}</ul></section>"
    reading = read(Snapshot(source="page", body=body.encode(), media_type="text/html"))
    assert [(len(each.items), each.more) for each in reading.lists] == [(4, None), (4, None)]


@pytest.mark.parametrize("end", [" \n", "\t\n", "\u00a0\n", "\r\n", " \r\n"], ids=repr)
def test_blanks_at_the_end_of_a_line_say_nothing(end: str) -> None:
    lines = (
        "The quay is open again to all lorries that carry no more than the bridge",
        "bears. The harbour master may close it in a storm without further word.",
    )
    text = "Terms of the port\n\n" + "\n\n".join("\n".join(lines) for _ in range(3)) + "\n"

    def reading(text: str) -> object:
        found = read(Snapshot(source="page", body=text.encode(), media_type="text/plain"))
        return found._replace(sha256="", size=0)

    assert reading(text.replace("\n", end)) == reading(text)


def _under_headings(rows: int) -> list[tuple[str | None, list[str]]]:
    """The lists of a page where `rows` dated links stand under each of two headings."""
    names = iter(PLACES)
    boxes = "".join(
        f"<h5>{name}</h5>"
        + "".join(
            f"<div><span>{day:02}.05.2024</span> | <a href=/n/{place}>{place} to be repaired</a><p>Soon.</p></div>"
            for day, place in zip(range(rows, 0, -1), names, strict=False)
        )
        for name in ("News", "Notices")
    )
    body = f"<!doctype html><title>Port</title><h1>Port</h1>{boxes}"
    reading = read(Snapshot(source="page", body=body.encode(), media_type="text/html"))
    return [(each.heading, [item.title.split()[0] for item in each.items]) for each in reading.lists]


def test_headings_with_dated_links_under_each_head_lists_and_are_no_items() -> None:
    assert _under_headings(4) == [("News", PLACES[:4]), ("Notices", PLACES[4:8])]


def test_headings_with_two_dated_links_each_stay_the_items() -> None:
    assert [names for _, names in _under_headings(2)] == [["News", "Notices"]]


@pytest.mark.parametrize("is_date_first", [True, False])
def test_a_link_around_a_date_and_a_heading_is_one_card(*, is_date_first: bool) -> None:
    days = dict(zip(PLACES[:5], range(20, 0, -4), strict=True))
    parts = {place: (f"<time>{day} May 2024</time>", f"<h3>{place} repaired</h3>") for place, day in days.items()}
    cards = "".join(
        f"<a href=/n/{place}>{''.join(said if is_date_first else said[::-1])}<p>All about {place}.</p></a>"
        for place, said in parts.items()
    )
    reading = read(
        Snapshot(source="page", body=f"<!doctype html><h1>Port</h1>{cards}".encode(), media_type="text/html")
    )
    [found] = reading.lists
    assert {each.title.split()[0]: each.date and each.date.day for each in found.items} == days
    assert reading.page_date is None


def _table_of_ships(names: list[str]) -> list[tuple[str, str | None]]:
    rows = "".join(
        f"<tr><td>2024-05-{20 - at:02}</td><td><a href=/s/{at}>{name}</a></td><td>Waits at the quay</td></tr>"
        for at, name in enumerate(names)
    )
    head = "<tr><th>Seen</th><th>Ship</th><th>Place</th></tr>"
    body = f"<!doctype html><h1>Port</h1><p>All ships.</p><table>{head}{rows}</table>"
    [found] = read(Snapshot(source="page", body=body.encode(), media_type="text/html")).lists
    return [(each.title, each.date and each.date.text) for each in found.items]


def test_a_number_like_a_date_in_one_title_leaves_the_dates_of_the_column() -> None:
    names = ["Heron 1.4", "Auk 2014.11.24", "Petrel 3.0", "Kittiwake 2.2", "Tern 0.9"]
    assert _table_of_ships(names) == [(name, f"2024-05-{20 - at:02}") for at, name in enumerate(names)]


@pytest.mark.parametrize(("price", "is_list"), [("£3.30", True), ("ready", False)])
def test_short_names_with_prices_are_goods_and_no_menu(price: str, is_list: bool) -> None:
    goods = "".join(f'<li><a href="/p/{place}">{place} beads of glass</a><p>{price}</p></li>' for place in PLACES)
    body = f"<!doctype html><title>Shop</title><h1>Shop</h1><main><p>Beads of all sorts.</p><ul>{goods}</ul></main>"
    reading = read(Snapshot(source="page", body=f"{body}<p>{'We sell beads. ' * 60}</p>".encode()))
    assert [len(each.items) for each in reading.lists] == ([len(PLACES)] if is_list else [])


def test_prices_that_a_menu_asks_for_make_it_no_list_of_goods() -> None:
    asked = "".join(f'<li><a href="/under/{n}">Beads under £{n}</a></li>' for n in (5, 10, 20, 50, 100))
    body = (
        f"<!doctype html><title>Shop</title><h1>Shop</h1><main><ul>{asked}</ul><p>{'We sell beads. ' * 60}</p></main>"
    )
    assert not read(Snapshot(source="page", body=body.encode())).lists
