"""Markdown whose links are defined at its end → the same with each address where its link stands.

"[2.4.0]: https://example.org/2.4.0" is no line that a reader sees; it makes a link of "[2.4.0]" and of "[new][2.4.0]".
"""

from __future__ import annotations

import re
from functools import cache


def with_links(text: str) -> str:
    """The text without the lines that define links, and with those links in place."""
    if "]: " not in text:
        return text
    found = {_key(each["name"]): each["url"] for each in _definition().finditer(text)}
    if not found:
        return text

    def link(use: re.Match[str]) -> str:
        url = found.get(_key(use["name"] or use["text"]))
        return use[0] if url is None else f"[{use['text']}]({url})"

    return _use().sub(link, _definition().sub("", text))


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


@cache
def _definition() -> re.Pattern[str]:
    """A line with a name, not that of a footnote, and an address."""
    return re.compile(
        r"^ {0,3}\[(?P<name>[^\[\]\n^][^\[\]\n]{0,200})\]: +<?(?P<url>[^\s()<>]+)>?(?: +[\"'(][^\n]*[\"')])?$",
        re.MULTILINE,
    )


@cache
def _use() -> re.Pattern[str]:
    """A text in brackets, with or without a name in brackets behind it, that has no address yet and is no image."""
    return re.compile(r"(?<![!\]\\])\[(?P<text>[^\[\]\n]{1,300})\](?:\[(?P<name>[^\[\]\n]{0,200})\])?(?![\[(:])")
