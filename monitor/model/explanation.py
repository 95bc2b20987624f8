"""An explanation: what each block of a capture became in its reading, and why."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from monitor.model.reading import Reading


class Became(str, Enum):
    """What a block became. The order is that of a reading."""

    TITLE = "title"
    PAGE_DATE = "page date"
    STAMP = "stamp"
    CLOCK = "clock"
    FIELD = "field"
    COUNTER = "counter"
    FIGURE = "figure"
    LEAD = "lead"
    LIST_HEADING = "list heading"
    LIST_ITEM = "list item"
    CLOSING_LINK = "closing link"
    SECTION = "section"
    FURNITURE = "furniture"
    IGNORED = "ignored"


class ExplainedBlock(NamedTuple):
    """A block of the page: its text, white space collapsed, what it became, and why in a few words.

    `level` is its heading level (0: none); `number` counts the lists of the reading from 1, where it belongs to one,
    and `entry` the items of that list.
    """

    text: str
    became: Became
    why: str
    level: int = 0
    number: int | None = None
    entry: int | None = None


class RuleUse(NamedTuple):
    """A selector of the page's rules: where it stands ("lists.0.title"), and how many elements it found."""

    key: str
    selector: str
    many: int


class Explanation(NamedTuple):
    """A reading with all blocks of its page, in the page's order, each with what it became; and its rules' yield."""

    reading: Reading
    blocks: tuple[ExplainedBlock, ...]
    rules: tuple[RuleUse, ...] = ()
    page: str | None = None
