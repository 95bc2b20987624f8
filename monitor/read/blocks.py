"""The one stream everything after decoding sees: blocks of text in reading order, and the tree they stand in.

`html_blocks` and `text_blocks` make it; this module only says what it is. It knows no page and no language.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from monitor.model.blanks import collapse
from monitor.model.reading import Link

# UTF-8 takes one or two bytes for a letter of an alphabet, three for a sign of Chinese, Japanese or Korean.
MOST_BYTES_A_LETTER = 2.2
_UNSEEN = "\u00ad\u200b\u2060\ufeff"
# Both captures of a page say most of their lines alike. What a line says by itself is remembered for so many of them,
# those of two captures of a large page: some megabytes.
MOST_REMEMBERED = 8192
FURNITURE = "furniture"
BANNER = "banner"
CONTENT = ""
# What a sentence ends with, in the scripts of most pages.
SENTENCE_ENDS = tuple('.!?…。！？؟।:;»”"')


class Block:
    """A stretch of text without a break: a paragraph, a heading, a cell, a line.

    Mutable and plain while the stream is built (tens of thousands on a large page); nothing changes it afterwards.
    `text` is verbatim with white space collapsed; `level` the heading level (0: none); `tag` the nearest element that
    says something about it; `gap` whether a blank line or a new element parts it from the block before; `same_line`
    whether only a run of blanks does; `times` the datetime attributes inside; `region` where it stands.
    """

    __slots__ = ("gap", "level", "links", "region", "same_line", "tag", "text", "times")

    def __init__(  # noqa: PLR0913, PLR0917  a block is its parts, and made by the thousand
        self,
        text: str,
        tag: str = "p",
        level: int = 0,
        links: tuple[Link, ...] = (),
        times: tuple[str, ...] = (),
        gap: bool = True,
        same_line: bool = False,
        region: str = CONTENT,
    ) -> None:
        self.text = text
        self.tag = tag
        self.level = level
        self.links = links
        self.times = times
        self.gap = gap
        self.same_line = same_line
        self.region = region

    def __repr__(self) -> str:
        return f"<{self.tag}{self.level or ''} {self.text[:60]!r}>"


class Node:
    """An element that holds several blocks: `children` in order, `first` and `last` its range in the stream."""

    __slots__ = ("children", "first", "last", "region", "tag")

    def __init__(self, tag: str, region: str, first: int) -> None:
        self.tag = tag
        self.region = region
        self.children: list[Node | int] = []
        self.first = first
        self.last = first


class Stream:
    """A page as blocks. A child of a node is another node or the index of a block.

    `scripts` are the texts of its scripts that hold data; they are no content and no block. `asks_password`: it has a
    field for one.
    """

    __slots__ = ("_nodes", "_numbered", "asks_password", "base", "blocks", "head_title", "is_flat", "is_whole",
                 "language", "limits", "root", "scripts")  # fmt: skip

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.root = Node("body", CONTENT, 0)
        self.head_title: str | None = None
        self.language: str | None = None
        self.base: str | None = None
        self.limits: list[str] = []
        self.scripts: tuple[str, ...] = ()
        self.is_whole = True
        self.is_flat = False
        self.asks_password = False
        self._nodes: list[Node] | None = None
        self._numbered: list[int] | None = None

    @property
    def nodes(self) -> list[Node]:
        """All nodes, children before their parents; made when first asked for, once the stream is complete."""
        if self._nodes is None:
            backward, stack = [], [self.root]
            while stack:
                node = stack.pop()
                backward.append(node)
                stack.extend(child for child in node.children if isinstance(child, Node))
            self._nodes = backward[::-1]
        return self._nodes

    @property
    def numbered(self) -> list[int]:
        """The indices of the blocks with a digit in them, in reading order; made when first asked for."""
        if self._numbered is None:
            self._numbered = [index for index, block in enumerate(self.blocks) if is_numbered(block.text)]
        return self._numbered


def has_digit(text: str) -> bool:
    """Whether there is a digit of any script in a text.

    Ten looks for one sign each take half as long as one look for any of them.
    """
    return (
        "0" in text or "1" in text or "2" in text or "3" in text or "4" in text or "5" in text or "6" in text
        or "7" in text or "8" in text or "9" in text or (not text.isascii() and _digit().search(text) is not None)
    )  # fmt: skip


@lru_cache(maxsize=MOST_REMEMBERED)
def is_numbered(text: str) -> bool:
    """The same of a whole block: several parts ask it of paragraphs, and both captures show most of them alike."""
    return has_digit(text)


@cache
def _digit() -> re.Pattern[str]:
    return re.compile(r"\d")


def without_unseen(text: str) -> str:
    """The text without soft hyphens, zero-width spaces, word joiners and byte order marks, which no reader sees.

    Zero-width joiners stay: in Persian, Hindi and others they are spelling.
    """
    for sign in () if text.isascii() else _UNSEEN:
        if sign in text:
            text = text.replace(sign, "")
    return text


def columns(text: str) -> list[str]:
    """The parts of one line that runs of three or more blanks keep apart, collapsed; empty ones left out.

    Two blanks after a full stop are an old typist's habit; three and more are a column.
    """
    if "   " not in text and "\xa0" not in text:
        part = collapse(text)
        return [part] if part else []
    return [part for part in map(collapse, _gaps().split(text)) if part]


@cache
def _gaps() -> re.Pattern[str]:
    return re.compile(r"[^\S\n]{3,}")


def weight(text: str) -> float:
    """The length of a text in Latin letters: a character of a script without spaces counts for two and a half."""
    if text.isascii() or len(text.encode("utf-8", "surrogatepass")) <= MOST_BYTES_A_LETTER * len(text):
        return float(len(text))
    return len(text) + 1.5 * sum(1 for character in text if character >= "\u2e80")
