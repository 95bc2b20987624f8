"""Claims about the Markdown: what it shows is what the page says, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from monitor.model.change import ChangeKind as Kind, Side
from monitor.report import render
from monitor.report.as_markdown import escaped
from monitor.report.neutral import neutral
from tests import samples

OURS = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "text_special",
    "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "table_open", "table_close",
    "thead_open", "thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close", "th_open", "th_close",
    "td_open", "td_close", "strong_open", "strong_close", "s_open", "s_close",
}  # fmt: skip


@pytest.mark.parametrize("name", ["seed-like", "edited", "backwards"])
def test_markdown_is_as_it_was_when_somebody_read_it(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"markdown/{name}.md", render(samples.SAMPLES[name](), "markdown"))


@pytest.mark.parametrize("name", [name for name in samples.SAMPLES if name not in ("backwards", "mass")])
def test_only_our_own_markup_is_in_it(name: str) -> None:
    assert {token.type for token in _tokens(render(samples.SAMPLES[name](), "markdown"))} <= OURS


PIECES = [*"ab 1.)#*_~`[]()<>|\\&;:/@!+-=$\"'\n\t", "http://", "www.", "&amp;", "&#58;"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_page_text_shows_as_it_is(text: str) -> None:
    shown = "".join(
        token.content for token in _tokens(f"x {escaped(text, 1000)}") if token.type in ("text", "text_special")
    )
    assert shown == f"x {' '.join(neutral(text).split())}".rstrip()


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_page_text_opens_no_block(text: str) -> None:
    types = {token.type for token in _tokens(f"- {escaped(text)}")}
    assert types <= {"bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"} | OURS
    assert sum(token.type == "bullet_list_open" for token in _tokens(f"- {escaped(text)}")) == 1


@pytest.mark.parametrize("text", ["https://example.org/x", "www.example.org", "mailto:a@example.org", "a@example.org"])
def test_an_address_of_the_page_is_no_link(text: str) -> None:
    assert text not in escaped(text)
    assert "&#" in escaped(text)


def test_dated_items_stand_in_a_table() -> None:
    assert "| 15.05.2020 | Ambassador Andrei Kelin's letter to The Times |" in render(samples.seed_like(), "markdown")


def test_edits_are_struck_through_and_bold_and_explained() -> None:
    text = render(samples.edited(), "markdown")
    assert "~~must~~ **should**" in text
    assert text.rstrip().endswith("~~Struck through~~ is gone, **bold** is new.")


def test_a_command_with_backticks_stays_code() -> None:
    from tests.replacing import replace

    reversed_sides = samples.compared(
        before=samples.AUGUST, after=replace(samples.JULY, source="a`b"), elapsed_days=-30
    )
    codes = [token for token in _tokens(render(reversed_sides, "markdown")) if token.type == "code_inline"]
    assert [code.content for code in codes] == ["monitor compare 'a`b' seeds/august.txt"]


def test_a_long_text_is_cut() -> None:
    side = Side(text="word " * 10_000)
    assert len(render(samples.compared(samples.change(Kind.TEXT_ADDED, "Section", after=side)), "markdown")) < 3000


def _tokens(text: str) -> Iterator[Token]:
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        yield token
        yield from token.children or ()
