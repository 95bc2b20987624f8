"""A start tag → what `html_walk` makes of the element, what its attributes say, and what part of a page it begins."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape

from monitor.read.blocks import BANNER, CONTENT, FURNITURE, Node

# A part of the page; of the text in one: a link, what stands apart on the screen, what does not; and the rest.
BLOCK, LINK, SPACED, TIGHT, BREAK, ROOT, INLINE = range(1, 8)
KINDS = dict.fromkeys(
    "address article aside blockquote body button caption center col colgroup dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup legend li main menu nav ol optgroup option p pre "
    "search section summary table tbody td tfoot th thead title tr ul".split(),
    BLOCK,
)
KINDS |= dict.fromkeys(("span", "time", "small", "label", "data", "output", "cite"), SPACED)
KINDS |= {"a": LINK, "sup": TIGHT, "sub": TIGHT, "br": BREAK, "hr": BREAK, "html": ROOT, "base": ROOT}
WITHIN = (LINK, SPACED, INLINE)
LEVELS = {f"h{level}": level for level in range(1, 7)}

MEANINGFUL_TAGS = frozenset("li tr td th dt dd article h1 h2 h3 h4 h5 h6 blockquote caption figcaption".split())
_FURNITURE_TAGS = frozenset(("nav", "footer", "menu", "dialog", "search"))
REGION_TAGS = _FURNITURE_TAGS | {"header"}
_FURNITURE_ROLES = frozenset(
    ("navigation", "contentinfo", "search", "menu", "menubar", "toolbar", "dialog", "alertdialog", "tablist")
)
ONE_LINE_TAGS = frozenset("h1 h2 h3 h4 h5 h6 th dt caption button option".split())
# How far up it is looked for what an element stands in, and for the start of what an end tag ends.
FARTHEST_UP = 50


def region_of(tag: str, attributes: str, stack: Sequence[tuple[str, Node]]) -> str:
    """The part of the page an element begins where it stands in none yet; `stack` is what is open around it."""
    role = attribute(attributes, "role") if "role" in attributes else None
    if role in _FURNITURE_ROLES or (tag in _FURNITURE_TAGS and not _is_in_article(stack)):
        return FURNITURE
    if role == "banner" or (tag == "header" and not _is_in_article(stack)):
        return BANNER
    return CONTENT


def _is_in_article(stack: Sequence[tuple[str, Node]]) -> bool:
    return any(tag in ("article", "li", "section", "main") for tag, _ in stack[-FARTHEST_UP:])


def attribute(attributes: str, name: str) -> str | None:
    """The value of one attribute in a serialised start tag."""
    start = attributes.find(f' {name}="')
    if start < 0:
        return None
    start += len(name) + 3
    value = attributes[start : attributes.find('"', start)]
    return unescape(value) if "&" in value else value
