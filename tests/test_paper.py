"""PDF: headings by their size, paragraphs whole again, running heads apart; what cannot be read is said in one line."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings, strategies as st

from monitor import compare
from monitor.errors import InputError
from monitor.model.change import ChangeKind as Kind
from monitor.model.comparison import Verdict
from monitor.model.reading import Reading
from tests.formats import captured
from tests.printed import pdf

RULES = (
    "Every vessel that enters the harbour must announce itself by radio to the harbour",
    "master at least thirty minutes before it passes the outer mole, whatever the",
    "weather. Without an answer it waits outside.",
)
BERTHS = (
    "Berths are given in the order of arrival. A vessel that leaves its berth for more",
    "than a day loses it.",
)
SIZES = {"Rules of the harbour": 20, "Entering": 15, "Berths": 15}


def page(number: int, rules: tuple[str, ...] = RULES, berths: tuple[str, ...] = BERTHS) -> list[str]:
    start = ["Harbour office", "", "Rules of the harbour", "", "Entering", "", *rules]
    rest = ["Harbour office", "", "Berths", "", *berths]
    return [*(start if number == 1 else rest), "", f"Page {number} of 2"]


def paper(rules: tuple[str, ...] = RULES, berths: tuple[str, ...] = BERTHS) -> Reading:
    return captured(pdf(page(1, rules, berths), page(2, rules, berths), sizes=SIZES), "application/pdf")


def told(one: Reading, other: Reading) -> list[Kind]:
    return [each.kind for each in compare(one, other).changes if each.is_finding]


def test_paragraphs_stand_whole_under_their_headings() -> None:
    reading = paper()
    assert reading.title == "Rules of the harbour"
    assert [(each.heading, each.paragraphs) for each in reading.sections] == [
        ("Entering", (" ".join(RULES),)),
        ("Berths", (" ".join(BERTHS),)),
    ]
    assert reading.furniture == ("Harbour office", "Page 1 of 2", "Page 2 of 2")


def test_a_word_that_wraps_the_rest_anew_is_one_edit() -> None:
    wrapped = (
        "Every foreign vessel that enters the harbour must announce itself by radio to the",
        "harbour master at least thirty minutes before it passes the outer mole, whatever",
        "the weather. Without an answer it waits outside.",
    )
    [change] = [each for each in compare(paper(), paper(wrapped)).changes if each.is_finding]
    assert change.kind is Kind.TEXT_EDITED
    assert [span.text.strip() for span in change.spans if span.op != "equal"] == ["foreign"]


def test_a_paragraph_goes_on_over_the_page() -> None:
    one = captured(pdf(["Title", "", *RULES[:2]], [RULES[2]], sizes={"Title": 20}))
    assert one.sections[0].paragraphs == (" ".join(RULES),)


def test_a_list_of_dated_lines_is_a_list() -> None:
    lines = [f"{day} May 2024 Notice to mariners number {day}" for day in (20, 17, 12, 5)]
    before, after = captured(pdf(lines)), captured(pdf([lines[0], *lines[2:]]), day="2024-05-21")
    assert told(before, after) == [Kind.ITEM_WITHDRAWN]


def test_the_bytes_tell_a_pdf_whatever_it_is_called() -> None:
    assert captured(pdf(list(RULES)), "text/html").sections[0].paragraphs == (" ".join(RULES),)


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_pdf_that_needs_a_password_says_so_and_one_that_only_forbids_is_read(password: str) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(list(RULES))))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")  # noqa: S106  a test's own
    out = io.BytesIO()
    writer.write(out)
    if not password:
        assert captured(out.getvalue()).sections[0].paragraphs == (" ".join(RULES),)
        return
    with pytest.raises(InputError, match="is a PDF that needs a password"):
        captured(out.getvalue())


def test_a_pdf_of_pictures_says_that_it_has_no_text() -> None:
    with pytest.raises(InputError, match="is a PDF without text, as scanned pages are"):
        captured(pdf([], []))


@given(st.integers(20, 1500), st.lists(st.tuples(st.integers(0, 1400), st.integers(0, 255)), max_size=8))
@settings(max_examples=80)
def test_a_broken_pdf_is_read_or_refused_in_one_line(length: int, flips: list[tuple[int, int]]) -> None:
    body = bytearray(pdf(page(1), page(2), sizes=SIZES))
    for place, value in flips:
        body[max(8, place) % len(body)] = value
    try:
        reading = captured(bytes(body[:length]))
    except InputError as error:
        said = str(error)
    else:
        said = ""
        assert compare(reading, reading).verdict in (Verdict.IDENTICAL, Verdict.SUSPECT)
    assert "\n" not in said


def test_without_the_extra_one_line_names_it(tmp_path: Path) -> None:
    path = tmp_path / "rules.pdf"
    path.write_bytes(pdf(list(RULES)))
    script = "import sys; sys.modules['pypdf'] = None; from monitor.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", script, "read", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "pip install '.[pdf]'" in done.stderr


def test_the_library_s_own_warnings_are_kept_from_the_user(tmp_path: Path) -> None:
    path = tmp_path / "rules.pdf"
    path.write_bytes(pdf(list(RULES)).replace(b"startxref\n", b"startxref\n9"))
    done = subprocess.run(
        [sys.executable, "-m", "monitor", "read", str(path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
