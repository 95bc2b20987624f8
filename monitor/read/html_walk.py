"""Serialised HTML → Stream, in one pass from its first tag to its last.

A start tag is read together with the text behind it and, where that and leaves within the line are all the element
holds, with its end tag: most of a page's elements are such, and cost a third of those that are opened and closed.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape

from monitor.model.blanks import collapse
from monitor.model.reading import Link
from monitor.read.blocks import Block, Node, Stream, columns
from monitor.read.html_lines import (
    ATTRIBUTES,
    BORDER,
    LEAF_TAGS,
    LONGEST_LINE,
    NO_BORDER,
    SPACED_END,
    Line,
    absolute,
    line_of,
    link_to,
)  # fmt: skip
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


@cache
def _tokens() -> re.Pattern[str]:
    """A tag, a comment or a stray bracket and the text behind it; then, of an element that holds no more but leaves,
    the leaves with the text behind each, and the end tag; and the text behind that."""
    tag = rf"(/?)([a-z][^\s/>]*+)({ATTRIBUTES})>"
    leaves = rf"((?:<(?:{LEAF_TAGS})(?=[ >]){ATTRIBUTES}>[^<]*+</(?:{LEAF_TAGS})>[^<]*+)*+)"
    return re.compile(rf"<(?:{tag}|!--.*?-->|[!?][^>]*+>|)([^<]*+)(?:{leaves}(</\2>)([^<]*+))?+", re.DOTALL)


class Walk(Line):
    """Reads the serialisation once, from start to end, and keeps what is open."""

    def __init__(self, url: str | None) -> None:
        super().__init__(url)
        self.stream = Stream()
        self.blocks = self.stream.blocks
        self.stack: list[tuple[str, Node]] = []
        self.node = self.stream.root
        self.times: list[str] = []
        self.level = 0
        self.gap = True

    def walk(self, html: str) -> Stream:  # noqa: C901  a page has thousands of tokens: no call for each
        """The blocks of a document whose tags are in lower case, and whose attributes stand in double quotes."""
        if html[:1] != "<":
            self.take_text(html.partition("<")[0])
        parts, kinds, leaf, text_of = self.parts, KINDS.get, self._leaf, self.take_text
        for slash, tag, attributes, text, leaves, end, behind in _tokens().findall(html):
            kind = kinds(tag) or (BLOCK if "-" in tag else INLINE)
            if end and not slash and leaf(tag, kind, attributes, text, leaves):
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
            if end:
                if leaves:
                    self.take_leaves(leaves)
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

    def _leaf(self, tag: str, kind: int, attributes: str, text: str, leaves: str) -> bool:
        """Read an element that holds nothing but text and leaves, if its kind can be read at once."""
        if kind == BLOCK:
            return self._leaf_block(tag, attributes, text, leaves)
        if leaves or tag == "time" or kind not in WITHIN:
            return False
        self.take_leaf(kind, attributes, text)
        return True

    def _leaf_block(self, tag: str, attributes: str, text: str, leaves: str) -> bool:
        node = self.node
        if self.link_start >= 0 or "\xa0" in text or "](" in text or tag in ("title", "pre"):
            return False
        if not node.region and (tag in REGION_TAGS or " role=" in attributes):
            return False
        if self.parts:
            self._flush()
        self.border = NO_BORDER
        links: tuple[Link, ...] = ()
        if leaves:
            line = line_of(text, leaves, self.url) if len(text) + len(leaves) <= LONGEST_LINE else None
            if line is None:
                return False
            text, links = line
        else:
            text = collapse(unescape(text) if "&" in text else text)
        if self.links or self.times:
            return False
        level = LEVELS.get(tag, 0)
        if text:
            node.children.append(len(self.blocks))
            self.blocks.append(Block(text, tag, level or self.level, links, (), True, False, node.region))
        self.level = 0 if level else self.level
        self.gap = True
        return True

    def _start(self, tag: str, kind: int, attributes: str) -> None:
        if kind == BREAK:
            self._break(tag)
        elif kind == ROOT:
            self._root(tag, attributes)
        elif kind != TIGHT:
            if kind != INLINE and self.border == SPACED_END:
                self.parts.append(" ")
            self.border = BORDER
            if kind == LINK:
                self.href, self.link_start = attribute(attributes, "href"), len(self.parts)
            elif tag == "time" and (moment := attribute(attributes, "datetime")):
                self.times.append(moment)

    def _end(self, tag: str, kind: int) -> None:
        if kind == BLOCK:
            if self.parts:
                self._flush()
            self.border = NO_BORDER
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
            self.href, self.link_start, self.border = None, -1, SPACED_END
        elif kind != TIGHT:
            self.border = SPACED_END if kind == SPACED else BORDER

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
            self.url = absolute(href, self.url) or self.url

    def _open(self, tag: str, attributes: str) -> None:
        if self.parts:
            self._flush()
        self.border = NO_BORDER
        self.gap = True
        region = self.node.region
        if not region and (tag in REGION_TAGS or " role=" in attributes):
            region = region_of(tag, attributes, self.stack)
        self.stack.append((tag, self.node))
        self.node = Node(tag, region, len(self.blocks))
        self.is_pre = tag == "pre"
        self.level = LEVELS.get(tag, self.level)

    def _close(self) -> None:
        tag, parent = self.stack.pop()
        node, self.node = self.node, parent
        self.is_pre = parent.tag == "pre"
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
            self.links.append(link_to(text, href, self.url))

    def _flush(self) -> None:
        """End the block in hand, if there is any text in it."""
        self.border = NO_BORDER
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
        text = collapse(raw)
        is_line_by_line = tag == "pre" and "\n" in raw
        line = _fold_source_space(raw) if "\xa0" in raw or "](" in raw else raw
        has_gaps = "\xa0" in raw and (len(text) < len(line.strip()) or "<a " in raw)
        if is_line_by_line or has_gaps or "](" in raw:
            self._add_parts(raw.split("\n") if is_line_by_line else [line], tag, self.level)
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
    for each in "\t\n\r\f":
        if each in raw:
            raw = raw.replace(each, " ")
    while "  " in raw:
        raw = raw.replace("  ", " ")
    return raw
