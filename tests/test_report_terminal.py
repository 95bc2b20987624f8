"""Claims about the terminal: colour adds and never carries, the width holds, the environment has no say."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from monitor.report import render
from monitor.report.columns import columns_of
from tests import samples

SEQUENCE = re.compile(r"\x1b\[[\d;]*m")


@pytest.mark.parametrize("name", ["seed-like", "edited"])
def test_terminal_is_as_it_was_when_somebody_read_it(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"terminal/{name}.txt", render(samples.SAMPLES[name](), "terminal", width=100))


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
@pytest.mark.parametrize("name", samples.SAMPLES)
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    text = render(samples.SAMPLES[name](), "terminal", width=width)
    assert [line for line in text.splitlines() if columns_of(line) > width] == []


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_colour_adds_nothing_but_colour(name: str) -> None:
    plain = render(samples.SAMPLES[name](), "terminal")
    coloured = render(samples.SAMPLES[name](), "terminal", color=True)
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert [line.rstrip() for line in SEQUENCE.sub("", coloured).splitlines()] == plain.splitlines()


def test_a_page_cannot_send_a_sequence_of_its_own() -> None:
    coloured = render(samples.hostile(), "terminal", color=True)
    assert "\x1b" not in SEQUENCE.sub("", coloured)
    assert "[31m" in SEQUENCE.sub("", coloured)


def test_the_environment_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    before = render(samples.edited(), "terminal", color=True)
    for name, value in {"NO_COLOR": "1", "COLUMNS": "20", "TERM": "dumb", "FORCE_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    assert render(samples.edited(), "terminal", color=True) == before


def test_a_summary_comes_first_and_routine_last() -> None:
    text = render(samples.seed_like(), "terminal")
    assert text.index("replaced as a whole") < text.index("ALERT") < text.index("NEWS") < text.index("AS EXPECTED")


def test_brackets_of_a_page_are_no_markup() -> None:
    from monitor.model.change import ChangeKind as Kind

    text = render(samples.compared(samples.change(Kind.ITEM_ADDED, "[bold red]Title[/] :smile:")), "terminal")
    assert "[bold red]Title[/] :smile:" in text
