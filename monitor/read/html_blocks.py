"""HTML → Stream. lexbor builds the tree as browsers do; its serialisation is then read as start, text and end.

Walking the serialisation costs a third of walking the nodes one by one from Python. No class, id or other styling
attribute is looked at: only what elements and ARIA roles mean.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from monitor.model.blanks import collapse
from monitor.read.blocks import Stream, without_unseen
from monitor.read.html_guards import DEEPEST_TREE, MOST_ATTRIBUTES, flatten, is_treacherous, is_whole, start_tags
from monitor.read.html_walk import Walk

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

# What a page hides for good is a token or a label; behind a fold stands more.
LONGEST_HIDDEN = 200
_HIDDEN = '[hidden], [style*="display:none"], [style*="display: none"]'

_NO_CONTENT = ["img", "input", "link", "meta", "source", "embed", "script", "style",
               "noscript", "template", "iframe", "noembed", "noframes", "svg", "math", "canvas",
               "object", "select", "datalist", "textarea", "audio", "video", "map"]  # fmt: skip
_RAW = ("xmp", "plaintext")
_NO_MEANING = ["i", "em", "u", "s", "font", "mark", "wbr", "bdi", "bdo", "picture"]


def read_html(text: str, url: str | None = None, *, marker: str | None = None) -> Stream:
    """The blocks of an HTML document. Links are made absolute against `<base>` or `url`, where there is one.

    A comment that begins with `marker` becomes a block."""
    tags = start_tags(text)
    if is_treacherous(text, len(tags)):
        return _read_flat(text, url)
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415  15 ms that a text capture need not pay

    tree = LexborHTMLParser(text)
    scripts = tuple(node.text() for node in tree.css("script") if not node.attributes.get("src"))
    asks_password = "assword" in text and tree.css_first('input[type="password" i]') is not None
    known = {tag.lower() for tag in {*tags}}
    if "image" in known:
        known.add("img")  # as browsers take it
    tree.strip_tags([tag for tag in _NO_CONTENT if tag in known])  # each name costs a look at the whole tree
    tree.unwrap_tags([tag for tag in _NO_MEANING if tag in known])
    _drop_hidden(tree, text)
    if not known.isdisjoint(_RAW):
        _escape_raw(tree)
    html = without_unseen(tree.html or "").replace("&nbsp;", "\xa0")
    html = re.sub(rf"<!--({marker}.*?)-->", r"<marked-here>\1</marked-here>", html) if marker else html
    stream = Walk(url).walk(html)
    stream.is_whole = is_whole(text)
    stream.asks_password = asks_password
    stream.scripts = tuple(script for script in scripts if "{" in script)
    return stream


def _read_flat(text: str, url: str | None) -> Stream:
    stream = Walk(url).walk(without_unseen(flatten(text)))
    stream.is_flat = True
    stream.root.children = list(range(len(stream.blocks)))
    stream.limits.append(
        f"The page nests its elements more than {DEEPEST_TREE:,} deep, or has a tag of {MOST_ATTRIBUTES:,} attributes; "
        "it was read as plain text, without its lists."
    )
    return stream


def _escape_raw(tree: LexborHTMLParser) -> None:
    """What old elements hold raw is text, however much it looks like tags; serialised as it is, it would be read so."""
    for node in tree.css(", ".join(_RAW)):
        plain = tree.create_node("pre")
        plain.insert_child(node.text())
        node.insert_before(plain)
        node.decompose()


def _drop_hidden(tree: LexborHTMLParser, text: str) -> None:
    """Take out short texts that the page itself hides: tokens, labels for later. A long one is a tab or a fold."""
    if "hidden" not in text and "none" not in text:
        return
    for node in reversed(tree.css(_HIDDEN)):  # inner ones first: what stands in a node that is gone is gone as well
        # Measured collapsed: how its source is indented says nothing about a text.
        if len(collapse(node.text())) <= LONGEST_HIDDEN and not _is_answer(node, text):
            node.decompose()


def _is_answer(node: LexborNode, text: str) -> bool:
    """Whether a button of the page opens it, and it is a text, no menu and no form: an answer, a note."""
    name = node.id
    if not name or f'aria-controls="{name}"' not in text or node.css_first("form, label") is not None:
        return False
    return 2 * sum(len(link.text()) for link in node.css("a")) < len(node.text().strip())
