"""Serialised HTML → Stream, in one pass from its first tag to its last.

A start tag is read together with the text behind it and, where that or one link is all the element holds, with its end
tag: half of a page's elements are such leaves, and they cost a third of those that are opened and closed.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import unescape
from urllib.parse import urljoin

from monitor.model.reading import Link
from monitor.read.blocks import MOST_REMEMBERED, Block, Node, Stream, collapse, columns
from monitor.read.html_tags import (
    BLOCK,
    BREAK,
    FARTHEST_UP,
    INLINE,
    KINDS,
    LEVELS,
    LINK,
    MEANINGFUL_TAGS,
    ONE_LINE_TAGS,
    REGION_TAGS,
    ROOT,
    SPACED,
    TIGHT,
    WITHIN,
    attribute,
    region_of,
)  # fmt: skip
from monitor.read.text_blocks import inline_links
from monitor.read.tiles import tiles_of

# What stands before the place in hand: text or nothing, the border of an inline element, the end of one that stands
# apart on the screen.
_NO_BORDER, _BORDER, _SPACED_END = range(3)


@cache
def _tokens() -> re.Pattern[str]:
    """A tag, a comment or a stray bracket and the text behind it; then, of an element that holds no more but perhaps
    one link, the link with its text, the blanks behind it and the end tag; and the text behind that.

    Most repeats give back nothing: they end at a sign that they cannot hold."""
    attributes = r'[^>"]*+(?:"[^"]*+"[^>"]*+)*+'
    tag = rf"(/?)([a-z][^\s/>]*)({attributes})>"
    link = rf"(<a(?=[ >]){attributes}>)([^<]*+)</a>([ \t\n]*+)"
    return re.compile(rf"<(?:{tag}|!--.*?-->|[!?][^>]*+>|)([^<]*+)(?:(?:{link})?+(</\2>)([^<]*+))?+", re.DOTALL)


class Walk:
    """Reads the serialisation once, from start to end, and keeps what is open."""

    def __init__(self, url: str | None) -> None:
        self.stream = Stream()
        self.blocks = self.stream.blocks
        self.url = url
        self.stack: list[tuple[str, Node]] = []
        self.node = self.stream.root
        self.parts: list[str] = []
        self.links: list[Link] = []
        self.times: list[str] = []
        self.level = 0
        self.href: str | None = None
        self.link_start = -1
        self.gap = True
        self.border = _NO_BORDER

    def walk(self, html: str) -> Stream:  # noqa: C901  a page has thousands of tokens: no call for each
        """The blocks of a document whose tags are in lower case, and whose attributes stand in double quotes."""
        if html[:1] != "<":
            self._text(html.partition("<")[0])
        parts, kinds, leaf, text_of = self.parts, KINDS.get, self._leaf, self._text
        for slash, tag, attributes, text, link, said, blank, end, behind in _tokens().findall(html):
            kind = kinds(tag) or (BLOCK if "-" in tag else INLINE)
            if end and not slash and leaf(tag, kind, attributes, text, link, said):
                if behind and (parts or not behind.isspace()):
                    text_of(behind)
                continue
            if slash:
                self._end(tag, kind)
            elif kind == BLOCK:
                self._open(tag, attributes)
            elif tag:
                self._start(tag, kind, attributes)
            if text and (parts or not text.isspace()):
                text_of(text)
            if link:
                self._leaf_link(link, said)
                if blank and parts:
                    text_of(blank)
            if end:
                self._end(tag, kind)
                if behind and (parts or not behind.isspace()):
                    text_of(behind)
        return self._ended()

    def _ended(self) -> Stream:
        self._flush()
        while self.stack:
            self._close()
        self.stream.root.last = len(self.blocks)
        return self.stream

    def _leaf(self, tag: str, kind: int, attributes: str, text: str, link: str, said: str) -> bool:
        """Read an element that holds nothing but text, or one link given by its start tag and what it says, if its kind
        can be read at once."""
        if kind == BLOCK:
            is_block = not link or not text or (text.isspace() and "\xa0" not in text)
            return is_block and self._leaf_block(tag, attributes, said if link else text, link)
        if link or tag == "time" or kind not in WITHIN:
            return False
        if kind == LINK:
            self._leaf_link(attributes, text)
            return True
        if kind == SPACED and self.border == _SPACED_END:
            self.parts.append(" ")
        self.border = _BORDER
        if text and (self.parts or not text.isspace()):
            self._text(text)
        self.border = _SPACED_END if kind == SPACED else _BORDER
        return True

    def _leaf_block(self, tag: str, attributes: str, text: str, link: str) -> bool:
        node = self.node
        if self.link_start >= 0 or "\xa0" in text or "](" in text or tag in ("title", "pre"):
            return False
        if not node.region and (tag in REGION_TAGS or " role=" in attributes):
            return False
        if self.parts:
            self._flush()
        self.border = _NO_BORDER
        text = " ".join((unescape(text) if "&" in text else text).split())
        if self.links or self.times or (link and not text):
            return False
        level = LEVELS.get(tag, 0)
        if text:
            links = (_link(text, attribute(link, "href"), self.url),) if link else ()
            node.children.append(len(self.blocks))
            self.blocks.append(Block(text, tag, level or self.level, links, (), True, False, node.region))
        self.level = 0 if level else self.level
        self.gap = True
        return True

    def _leaf_link(self, attributes: str, text: str) -> None:
        if self.border == _SPACED_END:
            self.parts.append(" ")
        self.border = _BORDER
        if text:
            self._text(text)
        href = attribute(attributes, "href")
        text = " ".join((unescape(text) if "&" in text else text).split())
        if text or href:
            self.links.append(_link(text, href, self.url))
        self.href, self.link_start, self.border = None, -1, _SPACED_END

    def _text(self, text: str) -> None:
        if text.isspace() and "\xa0" not in text:
            self.border = _NO_BORDER
            if self.parts:
                self.parts.append("\n" if self.node.tag == "pre" else " ")
            return
        if "&" in text:
            text = unescape(text)
        if self.border and self.parts and _wants_blank(self.parts[-1], text):
            self.parts.append(" ")
        self.border = _NO_BORDER
        self.parts.append(text)

    def _start(self, tag: str, kind: int, attributes: str) -> None:
        if kind == BREAK:
            self._break(tag)
        elif kind == ROOT:
            self._root(tag, attributes)
        elif kind != TIGHT:
            if kind != INLINE and self.border == _SPACED_END:
                self.parts.append(" ")
            self.border = _BORDER
            if kind == LINK:
                self.href, self.link_start = attribute(attributes, "href"), len(self.parts)
            elif tag == "time" and (moment := attribute(attributes, "datetime")):
                self.times.append(moment)

    def _end(self, tag: str, kind: int) -> None:
        if kind == BLOCK:
            if self.parts:
                self._flush()
            self.border = _NO_BORDER
            self.gap = True
            if self.stack and self.stack[-1][0] == tag:
                self._close()
            elif any(opened == tag for opened, _ in self.stack[-FARTHEST_UP:]):
                while self.stack[-1][0] != tag:
                    self._close()
                self._close()
        elif kind == LINK:
            if self.link_start >= 0:
                self._add_link(self.link_start, self.href)
            self.href, self.link_start, self.border = None, -1, _SPACED_END
        elif kind != TIGHT:
            self.border = _SPACED_END if kind == SPACED else _BORDER

    def _break(self, tag: str) -> None:
        if tag == "br" and self.node.tag in ONE_LINE_TAGS:
            self.parts.append(" ")
        else:
            self._flush()
            self.gap = self.gap or tag == "hr"

    def _root(self, tag: str, attributes: str) -> None:
        if tag == "html":
            self.stream.language = attribute(attributes, "lang") or None
        elif href := attribute(attributes, "href"):
            self.url = _absolute(href, self.url) or self.url

    def _open(self, tag: str, attributes: str) -> None:
        if self.parts:
            self._flush()
        self.border = _NO_BORDER
        self.gap = True
        region = self.node.region
        if not region and (tag in REGION_TAGS or " role=" in attributes):
            region = region_of(tag, attributes, self.stack)
        self.stack.append((tag, self.node))
        self.node = Node(tag, region, len(self.blocks))
        self.level = LEVELS.get(tag, self.level)

    def _close(self) -> None:
        tag, parent = self.stack.pop()
        node, self.node = self.node, parent
        if tag in LEVELS:
            self.level = 0
        children = node.children
        if not children:
            return
        node.last = len(self.blocks)
        parent.children.append(node if len(children) > 1 else self._lone(tag, children[0]))

    def _lone(self, tag: str, child: Node | int) -> Node | int:
        """The only child of a node, in its place: a wrapper says nothing, but an li, a cell or an article does."""
        if tag in MEANINGFUL_TAGS:
            inner = child if isinstance(child, Node) else self.stream.blocks[child]
            if inner.tag not in MEANINGFUL_TAGS:
                inner.tag = tag
        return child

    def _add_link(self, start: int, href: str | None) -> None:
        text = " ".join("".join(self.parts[start:]).split())
        if text or href:
            self.links.append(_link(text, href, self.url))

    def _flush(self) -> None:
        """End the block in hand, if there is any text in it."""
        self.border = _NO_BORDER
        if self.parts:
            if self.link_start >= 0:
                self._add_link(self.link_start, self.href)
                self.link_start = 0
            raw = "".join(self.parts)
            self.parts.clear()
            if self.stack and self.stack[-1][0] == "title":
                self.stream.head_title = self.stream.head_title or collapse(raw) or None
            elif not raw.isspace():
                self._add(raw)
            if self.links:
                self.links.clear()
            if self.times:
                self.times.clear()

    def _add(self, raw: str) -> None:
        tag = self.node.tag
        text = " ".join(raw.split())
        is_line_by_line = tag == "pre" and "\n" in raw
        has_gaps = "\xa0" in raw and (len(text) < len(raw.strip()) or "<a " in raw)
        if is_line_by_line or has_gaps or "](" in raw:
            self._add_parts(raw.split("\n") if is_line_by_line else [_fold_source_space(raw)], tag, self.level)
        else:
            for told, links in [(text, tuple(self.links))] if self.level else tiles_of(text, self.links):
                self._add_block(told, tag, self.level, links)

    def _add_parts(self, lines: list[str], tag: str, level: int) -> None:
        """Lines that may hold columns, or links written as Markdown."""
        links = tuple(self.links) if len(lines) == 1 else ()
        for line in lines:
            for index, part in enumerate(columns(line)):
                text, written = inline_links(part)
                if text:
                    self._add_block(text, tag, level, links + written, same_line=index > 0)
                    links = ()

    def _add_block(
        self, text: str, tag: str, level: int, links: tuple[Link, ...] = (), *, same_line: bool = False
    ) -> None:
        node, blocks = self.node, self.blocks
        times = tuple(self.times) if self.times else ()
        node.children.append(len(blocks))
        blocks.append(Block(text, tag, level, links, times, self.gap, same_line, node.region))
        self.gap = False


def _fold_source_space(raw: str) -> str:
    """White space of the source is one blank; only no-break spaces are the author's own and can make columns."""
    return re.sub(r"[ \t\n\r\f]+", " ", raw)


def _wants_blank(left: str, right: str) -> bool:
    """Whether a number and a word abut at the border of an element: "20835</b>Active", but not "4</b>th"."""
    if not left or not right:
        return False
    last, first = left[-1], right[0]
    if last.isdigit() and first.isalpha():
        return right[:2].lower() not in ("st", "nd", "rd", "th", "er", "º", "ª")
    return last.isalpha() and first.isdigit()


@lru_cache(maxsize=MOST_REMEMBERED)
def _link(text: str, href: str | None, base: str | None) -> Link:
    return Link(text, _absolute(href, base))


def _absolute(href: str | None, base: str | None) -> str | None:
    if not href:
        return None
    href = href.strip()
    if href[:11].lower() == "javascript:":
        return None
    if base is None or href[:7] in ("http://", "https:/"):
        return href
    try:
        return urljoin(base, href)
    except ValueError:
        return href
