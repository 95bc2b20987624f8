"""Explanation → rows of neutral text: a block, what it became, why. What every format of it shows alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from monitor.model.english import plural
from monitor.model.explanation import Became, ExplainedBlock, Explanation
from monitor.report.neutral import neutral
from monitor.report.rows import head

_PLACES = (Became.LIST_HEADING, Became.LIST_ITEM, Became.CLOSING_LINK)


class Row(NamedTuple):
    """`tone` is one word for a colour; `level` the heading level of the block, 0 for none."""

    became: str
    text: str
    why: str
    tone: str
    level: int


TONES: Mapping[Became, str] = {
    Became.TITLE: "header", Became.PAGE_DATE: "time", Became.STAMP: "time", Became.CLOCK: "time",
    Became.FIELD: "header", Became.COUNTER: "number", Became.FIGURE: "number", Became.LEAD: "lead",
    Became.LIST_HEADING: "list", Became.LIST_ITEM: "list", Became.CLOSING_LINK: "list", Became.SECTION: "section",
    Became.FURNITURE: "quiet", Became.IGNORED: "out",
}  # fmt: skip


def title(explanation: Explanation) -> str:
    """The page's id, the snapshot's name, day and size."""
    named = f"{neutral(explanation.page)} · " if explanation.page else ""
    return named + head(explanation.reading)


def rows(explanation: Explanation) -> Iterator[Row]:
    """A row for each block, in the page's order."""
    for block in explanation.blocks:
        yield Row(called(block), neutral(block.text), neutral(block.why), TONES[block.became], block.level)


def called(block: ExplainedBlock) -> str:
    """What a block became, and which: "item 3 of list 2"."""
    if block.number is None or block.became not in _PLACES:
        return block.became.value
    if block.became is Became.LIST_ITEM and block.entry is not None:
        return f"list {block.number} item {block.entry}"
    return f"list {block.number} {'heading' if block.became is Became.LIST_HEADING else 'closing link'}"


def remarks(explanation: Explanation) -> Iterator[str]:
    """What each rule found, what casts doubt on the capture, and what could not be read."""
    for use in explanation.rules:
        found = f"{use.many:,} {plural('element', use.many)}" if use.many else "nothing"
        yield neutral(f"Rule {use.key}: {use.selector} matches {found}.")
    yield from (neutral(each.reason) for each in explanation.reading.suspicions)
    yield from (neutral(each) for each in explanation.reading.limits)
    hidden = len(explanation.reading.lists) - len({each.number for each in explanation.blocks if each.number})
    if hidden > 0:
        yield f"{hidden:,} of the lists {'is' if hidden == 1 else 'are'} read from data, not from blocks of text."


def counts(explanation: Explanation) -> dict[Became, int]:
    """How many blocks became what, in the order of a reading."""
    found = [block.became for block in explanation.blocks]
    return {became: found.count(became) for became in Became if became in found}
