"""HTML → Stream. lexbor builds the tree as browsers do; its serialisation is then read as start, text and end.

Walking the serialisation costs a third of walking the nodes one by one from Python. No class, id or other styling
attribute is looked at: only what elements and ARIA roles mean.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from monitor.model.reading import Link
from monitor.read.blocks import BANNER, CONTENT, FURNITURE, Block, Node, Stream, collapse, columns, without_unseen
from monitor.read.html_guards import DEEPEST_TREE, MOST_ATTRIBUTES, flatten, is_treacherous, is_whole
from monitor.read.text_blocks import inline_links

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

# What a page hides for good is a token or a label; behind a fold stands more.
LONGEST_HIDDEN = 200
_HIDDEN = '[hidden], [style*="display:none"], [style*="display: none"]'

_NO_CONTENT = ["img", "input", "link", "meta", "source", "embed", "script", "style",
               "noscript", "template", "iframe", "noembed", "noframes", "svg", "math", "canvas",
               "object", "select", "datalist", "textarea", "audio", "video", "map"]  # fmt: skip
_NO_MEANING = ["i", "em", "u", "s", "font", "mark", "wbr", "bdi", "bdo", "picture"]
_BLOCK_TAGS = frozenset(
    "address article aside blockquote body button caption center col colgroup dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup legend li main menu nav ol optgroup option p pre "
    "search section summary table tbody td tfoot th thead title tr ul".split()
)
_MEANINGFUL_TAGS = frozenset("li tr td th dt dd article h1 h2 h3 h4 h5 h6 blockquote caption figcaption".split())
_FURNITURE_TAGS = frozenset(("nav", "footer", "menu", "dialog", "search"))
_FURNITURE_ROLES = frozenset(
    ("navigation", "contentinfo", "search", "menu", "menubar", "toolbar", "dialog", "alertdialog", "tablist")
)
_SPACED_TAGS = frozenset(("span", "a", "time", "small", "label", "data", "output", "cite"))
_ONE_LINE_TAGS = frozenset("h1 h2 h3 h4 h5 h6 th dt caption button option".split())
_TIGHT_TAGS = frozenset(("sup", "sub"))


def read_html(text: str, url: str | None = None, *, marker: str | None = None) -> Stream:
    """The blocks of an HTML document. Links are made absolute against `<base>` or `url`, where there is one.

    A comment that begins with `marker` becomes a block."""
    if is_treacherous(text):
        return _read_flat(text, url)
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415  15 ms that a text capture need not pay

    tree = LexborHTMLParser(text)
    scripts = tuple(node.text() for node in tree.css("script") if not node.attributes.get("src"))
    tree.strip_tags(_NO_CONTENT)
    tree.unwrap_tags(_NO_MEANING)
    _drop_hidden(tree, text)
    html = without_unseen(tree.html or "")
    html = re.sub(rf"<!--({marker}.*?)-->", r"<marked-here>\1</marked-here>", html) if marker else html
    stream = _Walk(url).walk(html)
    stream.is_whole = is_whole(text)
    stream.scripts = tuple(script for script in scripts if "{" in script)
    return stream


def _read_flat(text: str, url: str | None) -> Stream:
    stream = _Walk(url).walk(without_unseen(flatten(text)))
    stream.is_flat = True
    stream.root.children = list(range(len(stream.blocks)))
    stream.limits.append(
        f"The page nests its elements more than {DEEPEST_TREE:,} deep, or has a tag of {MOST_ATTRIBUTES:,} attributes; "
        "it was read as plain text, without its lists."
    )
    return stream


def _drop_hidden(tree: LexborHTMLParser, text: str) -> None:
    """Take out short texts that the page itself hides: tokens, labels for later. A long one is a tab or a fold."""
    if "hidden" not in text and "none" not in text:
        return
    for node in reversed(tree.css(_HIDDEN)):  # inner ones first: what stands in a node that is gone is gone as well
        if len(node.text()) <= LONGEST_HIDDEN:
            node.decompose()


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile(r'<(/?)([a-z][^\s/>]*)([^>"]*(?:"[^"]*"[^>"]*)*)>|<!--.*?-->|<![^>]*>|([^<]+)', re.DOTALL)


@cache
def _attribute(name: str) -> re.Pattern[str]:
    return re.compile(rf'(?:^|\s){name}="([^"]*)"')


def attribute(attributes: str, name: str) -> str | None:
    """The value of one attribute in a serialised start tag."""
    if name not in attributes:
        return None
    found = _attribute(name).search(attributes)
    return unescape(found[1]) if found else None


_TEXT = 4  # the group of a token's text in _tokens


class _Walk:
    """Reads the serialisation once, from start to end, and keeps what is open."""

    def __init__(self, url: str | None) -> None:
        self.stream = Stream()
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
        self.after_inline = ""

    def walk(self, html: str) -> Stream:
        for token in _tokens().finditer(html):
            kind = token.lastindex
            if kind == _TEXT:
                self._text(token[_TEXT])
            elif kind is not None:
                slash, tag, attributes = token.group(1, 2, 3)
                if slash:
                    self._end(tag)
                else:
                    self._start(tag, attributes)
        self._flush(gap_after=True)
        while self.stack:
            self._close()
        self.stream.root.last = len(self.stream.blocks)
        return self.stream

    def _text(self, text: str) -> None:
        if text.isspace() and "\xa0" not in text:
            self.after_inline = ""
            if self.parts:
                self.parts.append("\n" if self.node.tag == "pre" else " ")
            return
        if "&" in text:
            text = unescape(text)
        if self.after_inline and self.parts and _wants_blank(self.parts[-1], text):
            self.parts.append(" ")
        self.after_inline = ""
        self.parts.append(text)

    def _start(self, tag: str, attributes: str) -> None:
        if tag in _BLOCK_TAGS or "-" in tag:
            self._open(tag, attributes)
        elif tag == "br" and self.node.tag in _ONE_LINE_TAGS:
            self.parts.append(" ")
        elif tag in ("br", "hr"):
            self._flush(gap_after=tag == "hr")
        elif tag == "a":
            self._blank_between()
            self.href, self.link_start = attribute(attributes, "href"), len(self.parts)
            self.after_inline = tag
        elif tag in _SPACED_TAGS:
            self._blank_between()
            self.after_inline = tag
            if tag == "time":
                self._time(attributes)
        elif tag in ("html", "base"):
            self._head(tag, attributes)
        elif tag not in _TIGHT_TAGS:
            self.after_inline = tag

    def _end(self, tag: str) -> None:
        if tag in _BLOCK_TAGS or "-" in tag:
            self._flush(gap_after=True)
            if self.stack and self.stack[-1][0] == tag:
                self._close()
            elif any(opened == tag for opened, _ in self.stack[-50:]):
                while self.stack[-1][0] != tag:
                    self._close()
                self._close()
            return
        if tag == "a":
            self._end_link()
            self.href, self.link_start = None, -1
        if tag not in _TIGHT_TAGS:
            self.after_inline = "/" + tag

    def _time(self, attributes: str) -> None:
        moment = attribute(attributes, "datetime")
        if moment:
            self.times.append(moment)

    def _blank_between(self) -> None:
        """Inline elements that abut without a blank stand apart on the screen: </span><a> is no one word."""
        if self.after_inline[:1] == "/" and self.after_inline[1:] in _SPACED_TAGS:
            self.parts.append(" ")

    def _head(self, tag: str, attributes: str) -> None:
        if tag == "html":
            self.stream.language = attribute(attributes, "lang") or None
        elif tag == "base":
            href = attribute(attributes, "href")
            if href:
                self.url = _absolute(href, self.url) or self.url

    def _open(self, tag: str, attributes: str) -> None:
        self._flush(gap_after=True)
        region = self.node.region or _region(tag, attributes, self.stack)
        node = Node(tag, region, len(self.stream.blocks))
        self.stack.append((tag, self.node))
        self.node = node
        if len(tag) == 2 and tag[0] == "h":
            self.level = int(tag[1])

    def _close(self) -> None:
        tag, parent = self.stack.pop()
        node, self.node = self.node, parent
        node.last = len(self.stream.blocks)
        if len(tag) == 2 and tag[0] == "h":
            self.level = 0
        if len(node.children) > 1:
            parent.children.append(node)
        elif node.children:
            parent.children.append(self._lone(node))

    def _lone(self, node: Node) -> Node | int:
        """The only child of a node, in its place: a wrapper says nothing, but an li, a cell or an article does."""
        child = node.children[0]
        if node.tag in _MEANINGFUL_TAGS:
            inner = child if isinstance(child, Node) else self.stream.blocks[child]
            if inner.tag not in _MEANINGFUL_TAGS:
                inner.tag = node.tag
        return child

    def _end_link(self) -> None:
        if self.link_start < 0:
            return
        text = " ".join("".join(self.parts[self.link_start :]).split())
        if text or self.href:
            self.links.append(Link(text=text, url=_absolute(self.href, self.url)))

    def _flush(self, *, gap_after: bool) -> None:
        """End the block in hand, if there is any text in it."""
        self.after_inline = ""
        if self.parts:
            if self.link_start >= 0:
                self._end_link()
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
        self.gap = self.gap or gap_after

    def _add(self, raw: str) -> None:
        is_line_by_line = self.node.tag == "pre" and "\n" in raw
        if is_line_by_line or "\xa0" in raw or "](" in raw:
            self._add_parts(raw.split("\n") if is_line_by_line else [_fold_source_space(raw)])
        else:
            self._add_block(" ".join(raw.split()), tuple(self.links), same_line=False)

    def _add_parts(self, lines: list[str]) -> None:
        """Lines that may hold columns, or links written as Markdown."""
        links = tuple(self.links) if len(lines) == 1 else ()
        for line in lines:
            for index, part in enumerate(columns(line)):
                text, written = inline_links(part)
                if text:
                    self._add_block(text, links + written, same_line=index > 0)
                    links = ()

    def _add_block(self, text: str, links: tuple[Link, ...], *, same_line: bool) -> None:
        node = self.node
        block = Block(text, tag=node.tag, level=self.level, links=links, times=tuple(self.times), gap=self.gap,
                      same_line=same_line, region=node.region)  # fmt: skip
        node.children.append(len(self.stream.blocks))
        self.stream.blocks.append(block)
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


def _region(tag: str, attributes: str, stack: list[tuple[str, Node]]) -> str:
    role = attribute(attributes, "role") if "role" in attributes else None
    if role in _FURNITURE_ROLES or (tag in _FURNITURE_TAGS and not _is_in_article(stack)):
        return FURNITURE
    if role == "banner" or (tag == "header" and not _is_in_article(stack)):
        return BANNER
    return CONTENT


def _is_in_article(stack: list[tuple[str, Node]]) -> bool:
    return any(tag in ("article", "li", "section", "main") for tag, _ in stack[-50:])


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
