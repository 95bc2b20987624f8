"""A serialised HTML document → its elements with the offsets where each starts and ends, to cut and paste."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
RAW = frozenset("script style textarea title xmp iframe noembed noframes noscript template plaintext".split())
BLOCK = frozenset(
    "address article aside blockquote body dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr html head li main nav ol p section table tbody td tfoot th thead tr ul".split()
)
TAG = re.compile(r'<!--.*?-->|<![^>]*>|<(/?)([a-zA-Z][^\s/>]*)((?:[^>"]|"[^"]*")*)>', re.DOTALL)


class Element(NamedTuple):
    """An element: `html[start:inner]` is its start tag, `html[inner:close]` what it holds, `html[close:end]` its end.

    `parent` is the number of the element around it, -1 for none; elements are numbered in the order of their starts.
    """

    tag: str
    attributes: str
    start: int
    inner: int
    close: int
    end: int
    parent: int


def serialised(text: str) -> str:
    """The document as a parser mends it and writes it out: every tag closed, every attribute in double quotes."""
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(text).html or ""


def elements(html: str) -> list[Element]:
    """All elements of a serialised document, in the order of their starts."""
    found: list[Element] = []
    stack: list[int] = []
    at = 0
    while match := TAG.search(html, at):
        at = match.end()
        tag = (match[2] or "").lower()
        if not tag:
            continue
        if match[1]:
            _close(found, stack, tag, match)
            continue
        found.append(Element(tag, match[3], match.start(), at, at, at, stack[-1] if stack else -1))
        if tag in RAW:
            end = html.find(f"</{tag}>", at)
            at = len(html) if end < 0 else end + len(tag) + 3
            found[-1] = found[-1]._replace(close=at if end < 0 else end, end=at)
        elif tag not in VOID:
            stack.append(len(found) - 1)
    return found


def _close(found: list[Element], stack: list[int], tag: str, match: re.Match[str]) -> None:
    if any(found[number].tag == tag for number in stack):
        while stack:
            number = stack.pop()
            is_meant = found[number].tag == tag
            end = match.end() if is_meant else match.start()
            found[number] = found[number]._replace(close=match.start(), end=end)
            if is_meant:
                return


def texts(html: str, tree: list[Element]) -> Iterator[tuple[int, int]]:
    """Where the texts between tags start and end, those in scripts, styles and the like left out."""
    raw = {element.inner: element.close for element in tree if element.tag in RAW}
    at = 0
    while match := TAG.search(html, at):
        if match.start() > at:
            yield at, match.start()
        at = raw.get(match.end(), match.end())
    if at < len(html):
        yield at, len(html)


def spliced(html: str, edits: list[tuple[int, int, str]]) -> str:
    """The document with each stretch from start to end replaced by a text; the stretches do not overlap."""
    parts, at = [], 0
    for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
        parts += [html[at:start], text]
        at = end
    return "".join([*parts, html[at:]])
