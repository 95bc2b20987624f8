"""Rows of tables, clauses, toolbars of archives, and the column at which a plain text was broken."""

from __future__ import annotations

import pytest

from monitor.compare.links import are_same
from monitor.model.reading import Reading
from monitor.model.snapshot import Snapshot
from monitor.read import read

_PROSE = (
    "<p>The keeper opens the gate at sunrise and closes it at sunset, whatever the weather on the lake is like.</p>"
)
_ARCHIVE = "https://kept.example.org/web"


def of_html(body: str) -> Reading:
    return read(Snapshot(source="page", body=f"<html><body>{body}</body></html>".encode(), media_type="text/html"))


def of_text(text: str) -> Reading:
    return read(Snapshot(source="page", body=text.encode(), media_type="text/plain"))


def of_markdown(text: str) -> Reading:
    return read(Snapshot(source="page", body=text.encode(), media_type="text/markdown"))


def paragraphs(reading: Reading) -> list[str]:
    return [paragraph for section in reading.sections for paragraph in section.paragraphs]


def row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def test_row_of_a_table_of_text_is_one_paragraph() -> None:
    table = f"<table>{row('Raft', 'South pier')}{row('Dinghy', 'North pier')}</table>"
    assert paragraphs(of_html(_PROSE + table))[1:] == ["Raft | South pier", "Dinghy | North pier"]


def test_row_that_begins_with_a_link_is_read_whole() -> None:
    table = f"<table>{row('<a href=/a>Annex A</a>', 'South pier')}{row('<a href=/b>Annex B</a>', 'North pier')}</table>"
    assert "Annex A | South pier" in " ".join(paragraphs(of_html(_PROSE + table)))


def test_columns_of_a_page_laid_out_by_a_table_are_no_row() -> None:
    long = "The gate is closed at sunset. " * 15
    table = f"<table>{row('Welcome to the shore', long)}</table>"
    assert "Welcome to the shore | " not in " ".join(paragraphs(of_html(table)))


@pytest.mark.parametrize("text", ["1.4 Rubbish is taken home.", "1.4 Rubbish"])
def test_clause_among_clauses_is_no_figure(text: str) -> None:
    page = of_html(f"{_PROSE}<p>1.3 Dogs are kept on a lead.</p><p>{text}</p><p>1.5 Fires go out at ten.</p>")
    assert page.figures == ()
    assert text in paragraphs(page)


def test_decimal_number_with_a_label_stays_a_figure() -> None:
    page = of_html(f"{_PROSE}<p>1.4 Metres of water</p><p>38 Boats in the harbour</p>")
    assert [figure.value for figure in page.figures] == [1.4, 38]


def test_third_of_lettered_clauses_claims_no_rights() -> None:
    page = of_html(f"{_PROSE}<p>(b) have a card;</p><p>(c) owe no fees;</p><p>(c) 2024 Shore Council</p>")
    assert "(c) owe no fees;" in paragraphs(page)
    assert page.furniture == ("(c) 2024 Shore Council",)


def bar(*moments: str) -> str:
    links = "".join(
        f'<a href="{_ARCHIVE}/{moment}/https://shore.example/rules">{moment[:4]}</a> ' for moment in moments
    )
    return f"<div><div>Kept Pages</div><div>{links}</div><div>Collected by friends</div></div>"


def test_links_to_other_captures_of_one_page_are_an_archives_toolbar() -> None:
    page = of_html(f"{bar('20230101000000', '20250101000000')}<main><h1>Rules</h1>{_PROSE}</main>")
    assert "Collected by friends" in page.furniture
    assert page.lists == ()


def test_links_of_a_kept_page_to_other_pages_are_no_toolbar() -> None:
    links = "".join(f'<p><a href="{_ARCHIVE}/20240101000000/https://shore.example/{n}">Page {n}</a></p>' for n in "abc")
    page = of_html(f"<main><h1>Rules</h1><div>{_PROSE}{links}</div></main>")
    assert any(paragraph.startswith("The keeper opens") for paragraph in paragraphs(page))


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (
            f"{_ARCHIVE}/20240101000000/https://shore.example/a",
            f"{_ARCHIVE}/20250101000000/https://shore.example/a",
            True,
        ),
        (f"{_ARCHIVE}/20240101000000if_/http://shore.example/a", "https://www.shore.example/a/", True),
        (
            f"{_ARCHIVE}/20240101000000/https://shore.example/a",
            f"{_ARCHIVE}/20240101000000/https://shore.example/b",
            False,
        ),
        ("https://shore.example/go/https://sea.example/", "https://sea.example/", False),
    ],
)
def test_address_within_an_archive_is_the_pages_own(one: str, other: str, *, is_same: bool) -> None:
    assert are_same(one, other) is is_same


def test_one_long_heading_does_not_hide_where_lines_were_broken() -> None:
    heading = "Rules for everybody who brings a boat, a raft or a dinghy on to the lake in the summer months"
    lines = (
        "The keeper opens the gate at sunrise and\ncloses it at sunset, whatever the weather\n"
        "is like. Nobody may swim after the bell\nhas been rung at the end of the pier."
    )
    assert paragraphs(of_text(f"{heading}\n\n{lines}"))[1:] == [" ".join(lines.split())]


def test_lines_that_had_room_for_another_word_were_broken_by_their_writer() -> None:
    poem = "The boats come home\nwhen the lamps are lit,\nand the keeper counts them,\none after another."
    assert len(paragraphs(of_text(poem))) == 4


_CLOSED = ("The north pier is closed", "The bell is to be rung at noon", "The ferry leaves from the south pier")


def _markdown_table(edge: str = "|") -> str:
    rows = "\n".join(
        f"{edge} {20 - at} May 2024 | [{title}](https://x.example/{at}) | **All** day \\| night {edge}".strip()
        for at, title in enumerate(_CLOSED)
    )
    return f"{edge} Date | Title | Details {edge}\n{edge}---|:--:|---{edge}\n{rows}".strip()


@pytest.mark.parametrize("edge", ["|", ""])
@pytest.mark.parametrize("above", ["", "\n"])
def test_rows_of_a_table_in_markdown_are_items(edge: str, above: str) -> None:
    page = of_markdown(f"# Notices\n\nAll that is shut.\n{above}{_markdown_table(edge)}\n\nAsk the keeper.\n")
    [found] = page.lists
    assert [(each.title, each.url, each.date and each.date.day) for each in found.items] == [
        (title, f"https://x.example/{at}", 20 - at) for at, title in enumerate(_CLOSED)
    ]
    assert "All that is shut." in paragraphs(page)


def test_a_row_of_a_table_of_text_in_markdown_is_one_paragraph() -> None:
    page = of_markdown(
        "# Boats\n\n| Boat | Place | |\n|---|---|---|\n| Raft | South pier | |\n| Dinghy | | |\n| | | |\n"
    )
    assert paragraphs(page) == ["Boat | Place", "Raft | South pier", "Dinghy"]


def test_a_bar_in_a_line_above_a_rule_makes_no_table_in_markdown() -> None:
    assert paragraphs(of_markdown("# Boats\n\nRaft | Dinghy\n\n---\n\nAsk the keeper.\n"))[0] == "Raft | Dinghy"
