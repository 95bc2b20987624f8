"""A date in a sentence of the page's text, beside a date that the page states about itself; a pager; a printed page."""

from __future__ import annotations

import pytest

from monitor.compare import compare
from monitor.model.change import Significance
from monitor.model.reading import Stamp
from monitor.read.fields import find_fields
from monitor.read.formats.paper_lines import Line, stream_of
from monitor.read.sections import is_pager
from tests.compare_builders import kinds, only, reading, when


def stamped(label: str, day: str = "2020-12-01") -> Stamp:
    dated = when(day)
    assert dated is not None
    return Stamp(label=label, when=dated)


def test_one_word_of_a_sentence_with_a_date_is_an_edit_of_text() -> None:
    found = compare(
        reading(stamps=(stamped("The ferry board must answer by"),)),
        reading(stamps=(stamped("The ferry board may answer by"),)),
    )
    change = only(found, "text.edited")
    assert change.significance is Significance.NOTABLE
    assert [(span.op, span.text.strip()) for span in change.spans if span.op != "equal"] == [
        ("delete", "must"),
        ("insert", "may"),
    ]


def test_one_label_for_another_is_a_stamp_that_went_and_one_that_came() -> None:
    found = compare(reading(stamps=(stamped("Last updated"),)), reading(stamps=(stamped("Last reviewed"),)))
    assert kinds(found) == ["stamp.added", "stamp.removed"]


def test_sentences_with_few_words_in_common_are_two() -> None:
    found = compare(
        reading(stamps=(stamped("The ferry board must answer by"),)),
        reading(stamps=(stamped("The pier will be closed from"),)),
    )
    assert kinds(found) == ["stamp.added", "stamp.removed"]


@pytest.mark.parametrize(
    "text", ["Previous 1 2 3 4 Next", "1 2 3 … 14", "« 4 5 6 7 8 »", "Seite 1 2 3 4 5", "Page 1 2 3 4 of the archive"]
)
def test_a_run_of_page_numbers_is_a_pager(text: str) -> None:
    assert is_pager(text)


@pytest.mark.parametrize(
    "text", ["Gates 4 and 9 are shut", "2019 2021 2024", "Lots 1 2 3 were sold to the highest bidder", "7 5 3 1", "12"]
)
def test_other_numbers_are_no_pager(text: str) -> None:
    assert not is_pager(text)


def test_what_a_browser_prints_below_a_page_is_no_field() -> None:
    lines = ["Report on the pier", "The pier is sound.", "file:///srv/saved/pier.html 1/1"]
    stream = stream_of([[Line(text=text, top=700.0 - 20 * at, size=11.0) for at, text in enumerate(lines)]])
    assert stream.blocks[-1].region == "furniture"
    assert find_fields(stream, bytearray(b"\x01") * len(stream.blocks), len(stream.blocks)) == ()
