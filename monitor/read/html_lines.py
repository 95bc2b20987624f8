"""Text and the elements within a line of it → what the line says, and its links.

An element that holds nothing else is half of most pages, and both captures show most of them alike.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import unescape
from urllib.parse import urljoin

from monitor.model.reading import Link
from monitor.read.blocks import MOST_REMEMBERED
from monitor.read.date_badges import YEAR_AND_MONTH
from monitor.read.html_tags import INLINE, KINDS, LINK, SPACED, attribute
from monitor.read.tiles import FEWEST_TILES

# What stands before the place in hand: text or nothing, the border of an inline element, the end of one that stands
# apart on the screen.
NO_BORDER, BORDER, SPACED_END = range(3)
# A longer one is a paragraph, and too large to remember thousands of.
LONGEST_LINE = 800
# "20" and "2026年11月", with a blank or two around them
LONGEST_LEAF = 16

# A heading's own address to copy, as documentation has it; the last is a sign of an icon font.
HANDLES = frozenset("¶#§🔗\uf0c1")

# Most repeats give back nothing: they end at a sign that they cannot hold. What is written as usual is read first.
ATTRIBUTES = r'(?: [^=>" ]++="[^"]*+")*+[^>"]*+(?:"[^"]*+"[^>"]*+)*+'
# What needs to be known of a leaf is its kind; `time` and what breaks a line are none.
LEAF_TAGS = "a|b|span|strong|small|label|cite|abbr|code|q"


class Line:
    """The text in hand, in parts, with the links that ended in it."""

    def __init__(self, url: str | None) -> None:
        self.url = url
        self.parts: list[str] = []
        self.links: list[Link] = []
        self.href: str | None = None
        self.link_start = -1
        self.border = NO_BORDER
        self.is_pre = False

    def take_leaves(self, html: str) -> None:
        """Read leaves, one after the other, with the text behind each."""
        parts = self.parts
        for tag, attributes, text, behind in _leaves().findall(html):
            self.take_leaf(KINDS.get(tag, INLINE), attributes, text)
            if behind and (parts or not behind.isspace()):
                self.take_text(behind)

    def take_leaf(self, kind: int, attributes: str, text: str) -> None:
        """Read an element within the line that holds nothing but text."""
        if kind == LINK:
            self.take_link(attributes, text)
            return
        if kind == SPACED and self.border == SPACED_END:
            self.parts.append(" ")
        self.border = BORDER
        if text and (self.parts or not text.isspace()):
            self.take_text(text)
        self.border = SPACED_END if kind == SPACED else BORDER

    def take_link(self, attributes: str, text: str) -> None:
        if text in HANDLES and (href := attribute(attributes, "href")) and "#" in href and href != text:
            self.links.append(link_to("", href, self.url))
            self.href, self.link_start, self.border = None, -1, SPACED_END
            return
        if self.border == SPACED_END:
            self.parts.append(" ")
        self.border = BORDER
        if text:
            self.take_text(text)
        href = attribute(attributes, "href")
        text = " ".join((unescape(text) if "&" in text else text).split())
        if text or href:
            self.links.append(link_to(text, href, self.url))
        self.href, self.link_start, self.border = None, -1, SPACED_END

    def take_text(self, text: str) -> None:
        if text.isspace() and "\xa0" not in text:
            self.border = NO_BORDER
            if self.parts:
                self.parts.append("\n" if self.is_pre else " ")
            return
        if "&" in text:
            text = unescape(text)
        if self.border and self.parts and _wants_blank(self.parts[-1], text):
            self.parts.append(" ")
        self.border = NO_BORDER
        self.parts.append(text)


@lru_cache(maxsize=MOST_REMEMBERED)
def line_of(text: str, leaves: str, url: str | None) -> tuple[str, tuple[Link, ...]] | None:
    """What an element says that holds a text and then leaves; None where it says nothing, or may hold several parts."""
    line = Line(url)
    if text and not text.isspace():
        line.take_text(text)
    line.take_leaves(leaves)
    raw = "".join(line.parts)
    said = " ".join(raw.split())
    may_have_parts = "\xa0" in raw or "](" in raw or len(line.links) >= FEWEST_TILES
    return None if not said or may_have_parts else (said, tuple(line.links))


@lru_cache(maxsize=MOST_REMEMBERED)
def link_to(text: str, href: str | None, base: str | None) -> Link:
    return Link(text, absolute(href, base))


def absolute(href: str | None, base: str | None) -> str | None:
    if not href:
        return None
    href = href.strip()
    if href[:11].lower() == "javascript:":
        return None
    if base is None or href[:7] in ("http://", "https:/"):
        return href
    try:
        return _origin(base) + href if href[0] == "/" and _plain_path().fullmatch(href) else urljoin(base, href)
    except ValueError:
        return href


@lru_cache(maxsize=16)
def _origin(base: str) -> str:
    """Where the paths of a page's links begin. Raises ValueError where its address is none."""
    return urljoin(base, "/")[:-1]


@cache
def _plain_path() -> re.Pattern[str]:
    """A path that `urljoin`, which took an eighth of the time of reading, leaves as it is."""
    return re.compile(r"(?:/[\w%~-][\w.%~-]*)+/?(?:\?[\w=&%.~+-]+)?(?:#[\w.%~-]+)?", re.ASCII)


@cache
def _leaves() -> re.Pattern[str]:
    return re.compile(rf"<({LEAF_TAGS})(?=[ >])({ATTRIBUTES})>([^<]*+)</[a-z]+>([^<]*+)")


def _wants_blank(left: str, right: str) -> bool:
    """Whether a number and a word abut at the border of an element: "20835</b>Active", but not "4</b>th".

    Or a day and its year and month, as on a leaf of a calendar: "20</b>2026-11".
    """
    if not left or not right:
        return False
    last, first = left[-1], right[0]
    if last.isdigit() and first.isalpha():
        return right[:2].lower() not in ("st", "nd", "rd", "th", "er", "º", "ª")
    if last.isdigit() and first.isdigit():
        return len(left) + len(right) <= LONGEST_LEAF and _calendar_leaf().fullmatch(f"{left}|{right}") is not None
    return last.isalpha() and first.isdigit()


@cache
def _calendar_leaf() -> re.Pattern[str]:
    return re.compile(rf"\s*\d\d?\|{YEAR_AND_MONTH}\s*")
