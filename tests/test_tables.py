"""CSV and TSV: each row an item, each cell under its column's name."""

from __future__ import annotations

import pytest

from monitor import compare
from monitor.model.change import ChangeKind as Kind
from monitor.model.reading import Item
from monitor.report import as_html, as_text
from tests.formats import captured

BERTHS = """Berth;Vessel;Length (m);Arrived;Remark
E-1;Grey Heron;12.5;2024-05-01;"waits for
a part; then leaves"
E-2;Kittiwake;9;2024-05-03;
W-1;Storm Petrel;31;2024-05-07;"called ""the old lady"" here"
W-2;Little Auk;8.5;2024-05-09;
"""


def items(text: str, media_type: str | None = "text/csv") -> tuple[Item, ...]:
    [only] = captured(text, media_type).lists
    return only.items


def told(before: str, after: str) -> list[tuple[str, str]]:
    found = compare(captured(before, "text/csv"), captured(after, "text/csv", "2024-05-21"))
    return [(each.kind.value, each.subject) for each in found.changes if each.is_finding]


def test_the_first_row_names_the_columns_and_the_first_of_words_the_rows() -> None:
    heron = items(BERTHS)[0]
    assert heron.title == "Grey Heron"
    assert heron.values == (
        ("Berth", "E-1"),
        ("Length (m)", "12.5"),
        ("Arrived", "2024-05-01"),
        ("Remark", "waits for a part; then leaves"),
    )
    assert items(BERTHS)[2].values[-1] == ("Remark", 'called "the old lady" here')


@pytest.mark.parametrize("separator", [",", "\t", "|"])
def test_the_separator_is_seen(separator: str) -> None:
    assert items(BERTHS.replace("; then", " then").replace(";", separator))[1].title == "Kittiwake"


def test_a_line_that_names_the_separator_is_no_row() -> None:
    assert items("sep=;\n" + BERTHS) == items(BERTHS)


def test_an_edit_of_one_cell_names_its_column() -> None:
    after = BERTHS.replace(";31;", ";32;")
    assert told(BERTHS, after) == [(Kind.ITEM_EDITED.value, "Storm Petrel")]
    found = compare(captured(BERTHS, "text/csv"), captured(after, "text/csv", "2024-05-21"))
    assert [(edit.part, edit.before, edit.after) for edit in found.changes[0].edits] == [("Length (m)", "31", "32")]


def test_a_row_that_comes_and_one_that_goes_are_told() -> None:
    assert told(BERTHS, BERTHS + "W-3;Razorbill;7;2024-05-20;\n") == [(Kind.ITEM_ADDED.value, "Razorbill")]
    assert told(BERTHS, BERTHS.replace("E-2;Kittiwake;9;2024-05-03;\n", "")) == [(Kind.ITEM_REMOVED.value, "Kittiwake")]


def test_a_row_keeps_its_identity_by_the_code_in_its_first_column() -> None:
    after = BERTHS.replace("Kittiwake;9", "Great Northern Diver;9")
    assert told(BERTHS, after) == [(Kind.ITEM_RETITLED.value, "Great Northern Diver")]


CONTRACTS = """date;contract_id;supplier;amount
2024-05-01;C-001;Heron Boats;1200
2024-05-04;C-002;Kite & Sons;450
2024-05-15;C-004;Heron Boats;770
"""


def test_a_column_called_an_id_names_the_rows_of_one_title() -> None:
    after = CONTRACTS.replace(";770", ";990") + "2024-05-20;C-007;Heron Boats;90\n"
    assert told(CONTRACTS, after) == [
        (Kind.ITEM_PUBLISHED.value, "Heron Boats (C-007)"),
        (Kind.ITEM_EDITED.value, "Heron Boats (C-004)"),
    ]


def test_a_row_that_came_is_told_with_its_other_cells() -> None:
    after = CONTRACTS + "2024-05-20;C-007;Tern Marine;90\n"
    found = compare(captured(CONTRACTS, "text/csv"), captured(after, "text/csv", "2024-05-21"))
    [change] = [each for each in found.changes if each.is_finding]
    assert change.after is not None
    assert change.after.values == (("contract_id", "C-007"), ("amount", "90"))
    assert "contract_id C-007 · amount 90" in as_text.render(found, width=100)
    assert "contract_id" in as_html.render(found)


def test_ranks_are_no_code() -> None:
    before = "Rank,Boat,Points\n1,Heron,9\n2,Auk,8\n3,Gull,7\n4,Tern,6\n"
    after = "Rank,Boat,Points\n1,Heron,9\n2,Skua,8\n3,Gull,7\n4,Tern,6\n"
    assert sorted(told(before, after)) == [(Kind.ITEM_ADDED.value, "Skua"), (Kind.ITEM_REMOVED.value, "Auk")]


def test_rows_of_one_name_are_told_apart_by_their_other_words() -> None:
    rows = [f"{region},2024-05-{day:02},{day}\n" for region in ("North", "South") for day in range(1, 6)]
    before = "Region,Day,Boats\n" + "".join(rows)
    assert told(before, before.replace("South,2024-05-03,3", "South,2024-05-03,30")) == [
        (Kind.ITEM_EDITED.value, "South")
    ]


def test_lines_above_the_labels_are_text() -> None:
    reading = captured("Berths of the inner harbour\n\n" + BERTHS, "text/csv")
    assert reading.sections[0].paragraphs == ("Berths of the inner harbour",)
    assert len(reading.lists[0].items) == 4


def test_a_table_without_labels_numbers_its_columns() -> None:
    found = items("Heron,12.5\nAuk,8.5\nGull,9\n")
    assert [(item.title, item.values) for item in found] == [
        ("Heron", (("column 2", "12.5"),)),
        ("Auk", (("column 2", "8.5"),)),
        ("Gull", (("column 2", "9"),)),
    ]


def test_a_text_with_commas_is_no_table() -> None:
    text = "Dear all,\nthe ferry, which was late, is back.\nYours, in haste, as ever,\nthe office\n"
    assert captured(text, "text/plain").lists == ()
    assert captured(text, None).lists == ()


def test_a_last_row_without_all_its_cells_was_cut_off() -> None:
    assert captured(BERTHS[:-14], "text/csv").suspicions[0].sign == "truncated"


def test_a_cell_as_long_as_a_page_is_read() -> None:
    reading = captured(
        "name,text,day\n" + "".join(f"Row {n},{'word ' * 40_000},2024-05-0{n}\n" for n in (1, 2, 3)), "text/csv"
    )
    assert len(reading.lists[0].items) == 3


def test_a_line_separator_inside_a_cell_ends_no_row() -> None:
    rows = "".join(f"Row {n},one\u2028two,2024-05-0{n}\n" for n in (1, 2, 3))
    assert len(captured(f"name,text,day\n{rows}", "text/csv").lists[0].items) == 3


_SHOWN = "Number;{};Notice;Until\nN-7;20.05.2024;Quay closed;01.07.2024\nN-4;11.05.2024;Bell rung;02.07.2024\n"


@pytest.mark.parametrize(
    "label", ["Date of notice", "Listed on", "Issue Date", "Filed", "Fecha de publicación", "Дата включения"]
)
def test_a_column_of_dates_that_a_word_of_its_label_calls_so_dates_the_rows(label: str) -> None:
    assert [each.date and each.date.text for each in items(_SHOWN.format(label))] == ["20.05.2024", "11.05.2024"]


@pytest.mark.parametrize("label", ["Date of birth", "Last update date", "Closing date", "Дата окончания", "Berthed"])
def test_a_column_of_other_dates_dates_no_row(label: str) -> None:
    found = items(_SHOWN.format(label))
    assert [(each.date, dict(each.values)[label]) for each in found] == [
        (None, "20.05.2024"),
        (None, "11.05.2024"),
    ]


def test_a_column_called_a_date_without_dates_dates_no_row() -> None:
    assert items(_SHOWN.format("Date of notice").replace("20.05.2024", "soon"))[0].date is None
