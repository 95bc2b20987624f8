"""A string with markup in it → what a reader sees of it. For short texts inside data; a page is read from its tree."""

from __future__ import annotations

import re
from functools import cache

from monitor.model.blanks import collapse
from monitor.read.blocks import without_unseen

INLINE_TAGS = frozenset(
    "a abbr acronym b bdi bdo big cite code em font i ins kbd mark q s small span strong sub sup u wbr".split()
)
_LONGEST_TAG = 2_000


def plain(text: str) -> str:
    """The text without tags, comments, scripts and character references, white space collapsed."""
    if "<" in text:
        text = _unread().sub(" ", text)
        text = _inline_tag().sub("", text)
        text = _tag().sub(" ", text)
    if "&" in text:
        from html import unescape  # noqa: PLC0415  its table of two thousand names is for texts with references only

        text = unescape(text)
    return written(text)


def written(text: str) -> str:
    """The text as a page could write it, white space collapsed."""
    return collapse(without_unseen(_unwritable().sub("\ufffd", text)))


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of such a text, where tags or blank lines part them."""
    parts = _break().split(text) if "<" in text else text.split("\n\n")
    return tuple(part for part in map(plain, parts) if part)


@cache
def _unread() -> re.Pattern[str]:
    return re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)


@cache
def _inline_tag() -> re.Pattern[str]:
    return re.compile(rf"</?(?:{'|'.join(sorted(INLINE_TAGS))})(?:\s[^<>]{{0,{_LONGEST_TAG}}})?/?>", re.IGNORECASE)


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(rf"</?[a-zA-Z][^<>]{{0,{_LONGEST_TAG}}}>")


@cache
def _break() -> re.Pattern[str]:
    return re.compile(
        rf"</?(?:p|div|li|ul|ol|h[1-6]|blockquote|section|article|table|tr)(?:\s[^<>]{{0,{_LONGEST_TAG}}})?/?>"
        r"|<br\s*/?>\s*<br\s*/?>",
        re.IGNORECASE,
    )


@cache
def _unwritable() -> re.Pattern[str]:
    """Halves of a letter, and control characters, that JSON can spell and no text holds."""
    return re.compile("[\ud800-\udfff\x00-\x08\x0e-\x1f\x7f]")
