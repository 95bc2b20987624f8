"""What Markdown marks is read as what it marks: headings over a rule, signs behind a stroke, comments, front matter."""

from __future__ import annotations

import pytest

from monitor.model.reading import Reading
from tests.formats import captured


def of_markdown(text: str) -> Reading:
    return captured(text, "text/markdown")


def headings(reading: Reading) -> list[str | None]:
    return [section.heading for section in reading.sections]


def paragraphs(reading: Reading) -> list[str]:
    return [paragraph for section in reading.sections for paragraph in section.paragraphs]


@pytest.mark.parametrize("rule", ["=======", "==="])
def test_line_over_a_rule_is_the_title_and_a_heading(rule: str) -> None:
    page = of_markdown(f"Harbour rules\n{rule}\n\nThe gate is shut at ten.\n\nFees\n----\n\nA berth is free.\n")
    assert page.title == "Harbour rules"
    assert headings(page)[-1] == "Fees"
    assert paragraphs(page) == ["The gate is shut at ten.", "A berth is free."]


def test_anchor_before_a_heading_over_a_rule_is_no_part_of_it() -> None:
    title = (
        "[](#rules-of-the-harbour-office)Rules of the harbour office on the **northern** and southern quay of the lake"
    )
    page = of_markdown(f"{title}\n{'-' * len(title)}\n\nThe gate is shut at ten.\n")
    assert page.title == "Rules of the harbour office on the northern and southern quay of the lake"


def test_bullet_and_row_of_a_table_over_a_rule_are_no_headings() -> None:
    page = of_markdown("# Rules\n\n* The gate is shut at ten\n---\n\nBerth | Fee\n--- | ---\nNorth | 4\n")
    assert "The gate is shut at ten" in paragraphs(page)
    assert page.title == "Rules"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r"### 1\. Fees", "1. Fees"),
        (r"### Boats \[small\]", "Boats [small]"),
        (r"### The pattern `\d\.` of berths", r"The pattern `\d\.` of berths"),
    ],
)
def test_stroke_before_a_sign_is_not_read_save_in_code(written: str, said: str) -> None:
    assert headings(of_markdown(f"# Rules\n\n{written}\n\nA berth is free.\n")) == [said]


def test_comment_is_not_read() -> None:
    page = of_markdown("# Log\n\nThe gate is shut.\n\n<!--\n### Next\n\nTo be told later.\n-->\n\nA berth is free.\n")
    assert paragraphs(page) == ["The gate is shut.", "A berth is free."]


def test_title_of_the_front_matter_is_the_pages() -> None:
    page = of_markdown('---\ntitle: "Harbour log"\ntoc: false\n---\n\n## May\n\nThe gate is shut.\n')
    assert page.title == "Harbour log"


def test_rule_between_paragraphs_and_sign_of_a_quotation_are_no_text() -> None:
    page = of_markdown("# Rules\n\nThe gate is shut.\n\n* * *\n\n> A berth is free.\n")
    assert paragraphs(page) == ["The gate is shut.", "A berth is free."]
    assert page.furniture == ()


def test_link_without_an_address_is_text() -> None:
    assert paragraphs(of_markdown("# Log\n\nThe gate is shut ([#12]()), see [the plan](/plan).\n")) == [
        "The gate is shut (#12), see the plan."
    ]


def test_heading_between_two_rules_of_a_plain_text_is_its_title() -> None:
    page = captured(
        "==========\nChange Log\n==========\n\nThe gate is shut at ten.\n\nIn May\n------\nNothing.\n", "text/plain"
    )
    assert page.title == "Change Log"


@pytest.mark.parametrize(
    "code", ["- Accept `<!--` and\n- Fix {}\n- Close with `-->`", "```\n<!--\n```\nFix {}\n```\n-->\n```"]
)
def test_comment_that_code_shows_hides_nothing(code: str) -> None:
    said = [
        paragraphs(of_markdown(f"# Parser\n\n{code.format(fix)}\n"))
        for fix in ("the colours", "a hole through which anyone could log in")
    ]
    assert said[0] != said[1]
