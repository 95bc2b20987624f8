"""Explanation → one HTML file: a page's blocks in their order, coloured by what they became, the ground beside them.

It needs nothing else: no script, no request, light and dark, for phones and print. Page text is escaped by Jinja2 and
made neutral before. What the legend switches off is hidden by the style alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from monitor.model.english import plural
from monitor.model.explanation import ExplainedBlock, Explanation
from monitor.report.explanation_rows import TONES, called, remarks
from monitor.report.layout import document, sheets
from monitor.report.neutral import language_tag, neutral
from monitor.report.rows import head
from monitor.report.wording.sides import name_of

_NAMES: Mapping[str, str] = {
    "header": "Title and fields", "time": "Dates and clocks", "number": "Counters and figures", "lead": "Lead",
    "list": "Lists", "section": "Text", "quiet": "Furniture", "out": "Ignored",
}  # fmt: skip
_RUNS = ("quiet", "out")
_MOST_IN_SIGHT = 8  # short texts of a menu or a footer; more are folded away
_LONGEST_RUN = 400  # characters in sight


class _Line(NamedTuple):
    text: str
    level: int


class _Entry(NamedTuple):
    number: int | None
    lines: Sequence[_Line]


class _Band(NamedTuple):
    """Blocks that follow one another and became the same for the same reason."""

    tone: str
    label: str
    why: str
    lines: Sequence[_Line]
    entries: Sequence[_Entry]
    is_run: bool
    folded: str


def render(explanation: Explanation, **_: object) -> str:
    """The explanation as a complete HTML document."""
    tones = [TONES[block.became] for block in explanation.blocks]
    hidden = "".join(f"body:has(#show-{tone}:not(:checked)) .band.{tone} {{ display: none; }}\n" for tone in _NAMES)
    reading = explanation.reading
    rules = [{"key": each.key, "selector": neutral(each.selector), "many": each.many} for each in explanation.rules]
    legend = [{"tone": tone, "name": _NAMES[tone], "count": tones.count(tone)} for tone in _NAMES if tone in tones]
    view = {
        "title": neutral(explanation.page or reading.title or "") or name_of(reading),
        "about": head(reading, is_named=bool(explanation.page or reading.title)),
        "opening": _opening(explanation),
        "language": language_tag(reading.language),
        "rules": rules,
        "remarks": list(remarks(explanation))[len(explanation.rules) :],
        "legend": legend,
        "bands": list(_bands(explanation)),
    }
    return document("explanation.html", f"{sheets('explanation.css')}\n{hidden}", view)


def _opening(explanation: Explanation) -> str:
    """How many blocks, and what they came to."""
    reading = explanation.reading
    blocks = len(explanation.blocks)
    items = sum(len(each.items) for each in reading.lists)
    parts = [
        f"{count:,} {name if count == 1 else many}"
        for count, name, many in (
            (len(reading.lists), "list", "lists"), (items, "item", "items"), (len(reading.fields), "field", "fields"),
            (len(reading.counters), "counter", "counters"), (len(reading.figures), "figure", "figures"),
            (len(reading.sections), "section", "sections"),
        )
        if count
    ]  # fmt: skip
    made = f" They hold {', '.join(parts[:-1])}{' and ' if len(parts) > 1 else ''}{parts[-1]}." if parts else ""
    count = f"{blocks:,} {plural('block', blocks)}"
    return f"The capture has {count} of text, counted below by what they became.{made}"


def _bands(explanation: Explanation) -> Iterator[_Band]:
    for _, group in groupby(_numbered(explanation.blocks), key=lambda pair: pair[0]):
        blocks = [block for _, block in group]
        tone = TONES[blocks[0].became]
        lines = [_Line(neutral(block.text), block.level) for block in blocks]
        yield _Band(
            tone=tone, label=_label(blocks[0]), why=neutral(blocks[-1].why), lines=lines,
            entries=list(_entries(blocks)) if blocks[0].entry is not None else (),
            is_run=tone in _RUNS, folded=_folded(lines) if tone in _RUNS else "",
        )  # fmt: skip


def _numbered(blocks: Sequence[ExplainedBlock]) -> Iterator[tuple[tuple[object, ...], ExplainedBlock]]:
    """Each block with what it shares with its neighbours; a heading begins a section."""
    section = 0
    for block in blocks:
        is_section = TONES[block.became] == "section"
        section += is_section and block.level > 0
        yield (block.became, block.number, section if is_section else block.why), block


def _label(block: ExplainedBlock) -> str:
    return f"list {block.number}" if block.number is not None and block.entry is not None else called(block)


def _entries(blocks: Sequence[ExplainedBlock]) -> Iterator[_Entry]:
    for number, group in groupby(blocks, key=lambda block: block.entry):
        yield _Entry(number, [_Line(neutral(block.text), block.level) for block in group])


def _folded(lines: Sequence[_Line]) -> str:
    """The line in place of a long run: how many there are, and the first of them."""
    if len(lines) <= _MOST_IN_SIGHT and sum(len(line.text) for line in lines) <= _LONGEST_RUN:
        return ""
    begun = ", ".join(line.text for line in lines[:3])
    return f"{len(lines):,} {plural('block', len(lines))}: {begun[:90]}…"
