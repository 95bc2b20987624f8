"""Claims about the plain report and the words under it: short, bounded, in order, harmless, and light to make."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from monitor import compare, read
from monitor.model.change import ChangeKind as Kind, Edit, Side, Significance, Span
from monitor.model.snapshot import Snapshot
from monitor.report import RENDERERS, render
from monitor.report.columns import columns_of, cut, fill, wrap
from monitor.report.detail import marked
from monitor.report.neutral import language_tag, neutral, safe_url
from tests import samples
from tests.replacing import replace

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
ACTIVE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_text_is_as_it_was_when_somebody_read_it(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"text/{name}.txt", render(samples.SAMPLES[name](), "text"))


def test_the_report_on_the_seeds_fits_one_screen() -> None:
    before, after = (
        read(Snapshot(source=str(path), body=path.read_bytes(), media_type="text/plain"))
        for path in (SEEDS / "003_82a3f40ddacaa79d.txt", SEEDS / "000_b0f2619614c4f6e8.txt")
    )
    text = render(compare(before, after), "text", width=100)
    assert text.count("\n") <= 60
    assert len(text.encode()) <= 6 * 1024


@pytest.mark.parametrize("width", [40, 60, 75, 76, 100, 140])
@pytest.mark.parametrize("name", samples.SAMPLES)
def test_no_line_is_wider_than_asked(name: str, width: int) -> None:
    text = render(samples.SAMPLES[name](), "text", width=width)
    assert [line for line in text.splitlines() if columns_of(line) > width] == []


@pytest.mark.parametrize("format", ["text", "terminal", "html", "markdown"])
def test_nothing_of_a_page_acts(format: str) -> None:
    report = render(samples.hostile(), format)
    assert ACTIVE.search(report) is None
    assert "\N{SYMBOL FOR ESCAPE}" in report  # that it was there is worth knowing


def test_text_needs_no_library() -> None:
    code = (
        "import sys; from tests import samples; from monitor.report import render\n"
        "for make in (samples.seed_like, samples.edited): render(make(), 'text')\n"
        "print(*{'rich', 'jinja2', 'json', 'difflib', 'email', 'shlex'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_blocks_stand_in_the_order_of_gravity() -> None:
    text = render(samples.edited(), "text")
    titles = re.findall(r"^[A-Z][A-Z ]+$", text, re.MULTILINE)
    assert titles == ["ALERT", "NEWS", "AS BEFORE", "AS EXPECTED", "LIMITS"]


def test_gravest_kinds_come_first_whatever_the_order_of_changes() -> None:
    changes = samples.seed_like().changes
    text = render(samples.compared(*reversed(changes)), "text")
    heads = re.findall(r"^ [+✕!~] ([a-z ]+?)(?: \(|  )", text, re.MULTILINE)
    assert heads == ["list replaced", "withdrawn", "backdated", "published", "from further back", "lead replaced"]


def test_a_reason_that_all_share_is_told_once() -> None:
    text = " ".join(render(samples.seed_like(), "text").split())
    assert text.count("not in the list of 4 July, which reached back to 14 May") == 1


def test_a_reason_of_one_among_several_stands_under_its_item() -> None:
    one, other = (samples.change(Kind.ITEM_REMOVED, f"Item {reason}", reason) for reason in ("went first", "went last"))
    lines = render(samples.compared(one, other), "text").splitlines()
    assert [line.split()[-1] for line in lines if "went" in line] == ["first", "first", "last", "last"]


def test_a_long_group_is_cut_with_the_number_left_out_and_the_way_to_see_all() -> None:
    text = render(samples.huge(), "text")
    assert "… 4,992 more: --format json lists all" in text
    assert text.count("\n") < 40


def test_a_mass_that_changed_alike_is_told_once() -> None:
    text = render(samples.huge(), "text")
    assert "relinked alike (10,000)" in text
    assert text.count("https://old.example/") == 2


def test_changes_of_one_kind_and_two_gravities_are_told_apart() -> None:
    graver = samples.change(Kind.ITEM_RELINKED, "One", significance=Significance.ALERT)
    lighter = samples.change(Kind.ITEM_RELINKED, "Two")
    alert, news = render(samples.compared(lighter, graver), "text").split("NEWS")
    assert "One" in alert.split("ALERT")[1]
    assert "Two" in news


def test_a_counter_and_its_check_are_one_entry() -> None:
    text = render(samples.stalled(), "text")
    assert text.count("expected") == 1
    assert "does not add up" not in text


def test_every_mark_of_an_edit_is_shown_and_explained() -> None:
    text = render(samples.edited(), "text")
    for mark in ("[-о нападении-] {+об инциденте+}", "[-7474-] {+7475+}", "{+非常+}", "[-must-] {+should+}"):
        assert mark in " ".join(text.split())
    assert text.endswith("[-words-] are gone, {+words+} are new\n")
    assert "are gone, {+" not in render(samples.seed_like(), "text")


def test_text_around_edits_is_left_out_and_the_edits_are_not() -> None:
    words = " ".join(f"word{index}" for index in range(1000))
    edit = (Span(op="equal", text=words), Span(op="insert", text="NEW"), Span(op="equal", text=words))
    side = Side(text=words)
    changed = samples.change(Kind.TEXT_EDITED, "Section", spans=edit, before=side, after=side)
    text = render(samples.compared(changed), "text")
    assert "word999 {+NEW+} word0" in " ".join(text.split())
    assert len(text) < 1000


def test_a_text_of_megabytes_is_cut_without_being_measured() -> None:
    text = "слово " * 300_000
    side = Side(text=text)
    edit = (Span(op="equal", text=text), Span(op="delete", text=text), Span(op="insert", text="x" * 200_000))
    changes = (
        samples.change(Kind.TEXT_ADDED, text, after=side),
        samples.change(Kind.TEXT_EDITED, text, before=side, after=side, spans=edit),
    )
    for format in ("text", "terminal", "markdown"):
        assert len(render(samples.compared(*changes), format)) < 10_000


def test_standing_faults_are_told_apart_from_news() -> None:
    after = render(samples.edited(), "text").split("AS BEFORE")[1]
    assert "list out of order" in after


def test_undecided_checks_are_limits() -> None:
    limits = render(samples.edited(), "text").split("LIMITS")[1]
    assert "Moscow and Port Salé: the time zone of Port Salé is not known" in limits


def test_a_page_date_beside_an_unknown_capture_time_is_no_limit_anybody_asked_for() -> None:
    assert "page date" not in render(samples.edited(), "text").split("LIMITS")[1]


def test_a_figure_is_told_once_as_the_page_writes_it_with_its_difference() -> None:
    for format in ("text", "markdown", "html"):
        said = render(samples.figures(), format)
        assert "was 6,200" not in said
        assert "(−180)" in said
        assert "19.868" in said
        assert "(+967)" in said
    assert "Jobs lost: 6,200 → 6,020 (−180)" in render(samples.figures(), "text")


def test_a_clause_that_the_marks_show_is_left_out() -> None:
    said = samples.edited().changes[0]
    told = render(
        samples.compared(replace(said, shown=("another title",), reason="one address; another title")), "text"
    )
    assert "one address" in told
    assert "another title" not in told


def test_captures_that_may_be_of_two_pages_are_told_so_first() -> None:
    said = render(replace(samples.seed_like(), are_strangers=True), "text").split("\n\n")[1]
    assert said.startswith("These two captures have almost nothing in common; they may not be captures of one")


def test_dates_beside_titles_are_as_the_page_writes_them() -> None:
    assert "29.06.2020  Embassy press officer" in render(samples.seed_like(), "text")


def test_the_same_comparison_renders_the_same_in_every_format() -> None:
    for format in RENDERERS:
        assert render(samples.edited(), format) == render(samples.edited(), format)


def test_an_edit_without_spans_shows_both_sides() -> None:
    edit = Edit(part="section", before=None, after="Society")
    text = render(samples.compared(samples.change(Kind.ITEM_EDITED, "One", edits=(edit,))), "text")
    assert re.search(r"section was +–", text)
    assert re.search(r"section now +Society", text)


@given(st.text(max_size=60), st.integers(2, 40))
def test_wrapping_loses_no_word_and_overruns_no_line(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(columns_of(line) <= columns for line in lines)


@given(st.text(max_size=60), st.integers(1, 40))
def test_cutting_keeps_to_the_columns_and_says_so(text: str, columns: int) -> None:
    short = cut(text, columns)
    assert columns_of(short) <= columns
    assert short == text or short.endswith("…")


def test_wide_letters_take_two_columns_and_marks_none() -> None:
    assert columns_of("外交部") == 6
    assert columns_of(unicodedata.normalize("NFD", "é")) == 1
    assert columns_of("сло́во") == 5
    assert fill("外", 4) == "外  "
    assert cut("外交部发言人", 5) == "外交…"


def test_a_mark_is_never_parted_from_its_letter() -> None:
    assert cut("e\N{COMBINING ACUTE ACCENT}e\N{COMBINING ACUTE ACCENT}e", 2) == "e\N{COMBINING ACUTE ACCENT}…"


@given(st.text())
def test_neutral_text_is_on_one_line_and_cannot_act(text: str) -> None:
    assert "\n" not in neutral(text)
    assert ACTIVE.search(neutral(text)) is None


@pytest.mark.parametrize(
    ("url", "is_safe"),
    [
        ("https://example.org/a?b=c#d", True),
        ("HTTP://example.org", True),
        ("mailto:a@example.org", True),
        ("tel:+442036687474", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https://example.org/ onclick=x", False),
        ('https://example.org/"onclick="x', False),
        ("https://example.org/\u202egnp.exe", False),
        ("https", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_that_open_a_page_a_mail_or_a_call_become_links(url: str | None, is_safe: bool) -> None:
    assert safe_url(url) == (url if is_safe else None)


def test_only_a_well_formed_language_is_passed_on() -> None:
    assert language_tag("zh-Hant") == "zh-Hant"
    assert language_tag('x"><script>') is None
    assert language_tag(None) is None


def test_no_blank_parts_the_marks_of_a_script_without_blanks() -> None:
    spans = (Span(op="equal", text="开船前"), Span(op="insert", text="三"), Span(op="equal", text="十分钟 and"))
    assert marked(spans) == "开船前{+三+}十分钟 and"
    assert marked((*spans, Span(op="delete", text="more"))) == "开船前{+三+}十分钟 and [-more-]"


@pytest.mark.parametrize("style", ["text", "terminal", "markdown", "html", "email"])
def test_every_format_shows_the_words_of_an_edited_footer(style: str) -> None:
    told = render(samples.compared(samples.footer_line("Editor: [-Ann-]{+Bob+}")), style)
    assert "Ann" in told
    assert "Bob" in told


def test_many_lines_of_a_footer_are_cut_short() -> None:
    lines = [samples.footer_line(f"Line [-{at}x-]{{+{at}y+}}") for at in range(9)]
    told = render(samples.compared(*lines), "text")
    assert "{+2y+}" in told
    assert "{+3y+}" not in told
    assert "… 6 more" in told


def test_marks_stand_apart_from_signs_of_the_page_like_them() -> None:
    told = render(samples.compared(samples.footer_line("[-1,300+-]{+1,400++} signatures")), "text")
    assert "[-1,300+-] {+1,400+ +} signatures" in told


def test_the_head_names_the_page_by_its_title() -> None:
    named = replace(samples.AUGUST, title="Harbour of Lund")
    for style in ("text", "terminal"):
        head = render(samples.compared(after=named), style).splitlines()[0]
        assert head.startswith("Harbour of Lund · july.txt → august.txt · ")


def test_where_reasons_differ_each_stands_above_its_own_items() -> None:
    gone = [
        samples.change(Kind.ITEM_REMOVED, f"Item {at}", reason, before=samples.side("2020-05-01", f"Item {at}"))
        for at, reason in ((1, "this"), (2, "that"), (3, "this"))
    ]
    lines = [line.split("  ")[-1] for line in render(samples.compared(*gone), "text").splitlines()]
    first = lines.index("Item 1")
    assert lines[first : first + 4] == ["Item 1", "Item 3", lines[first + 2], "Item 2"]
    assert lines[first - 1].endswith("this")
    assert lines[first + 2].endswith("that")
