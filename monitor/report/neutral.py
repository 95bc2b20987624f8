"""Page text → text that cannot act: no control character, no escape sequence, no override of the reading direction.

Whoever writes a page writes its titles. Nothing of them may move a cursor, forge a header, turn round the words
beside them or run. What was taken out stays visible as a sign, for it is worth knowing that it was there. Never
used for JSON, which is verbatim and escapes instead.
"""

from __future__ import annotations

import re
from functools import cache

_BIDI = "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates of the Unicode bidirectional algorithm
_ACTIVE = f"\x00-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb\ud800-\udfff{_BIDI}"
_LONGEST_URL = 8_000  # RFC 9110, 4.1: what everybody should take at least; many take no more
_BLANKS = "\t\n\v\f\r\x85\u2028\u2029"


def neutral(text: str) -> str:
    """The text on one line, with each active character replaced by a visible one."""
    if text.isprintable():  # no control, format, surrogate or separator but the blank: nothing to look for
        return text
    return _active().sub(_visible, text) if _active().search(text) else text


def neutral_lines(text: str) -> str:
    """The same of a text of several lines, each of which may have tabs."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join("\t".join(map(neutral, line.split("\t"))) for line in lines)


def escaped(text: str) -> str:
    """The text on one line, with each active character as an escape, which tells a name's characters apart."""
    return text if text.isprintable() else _active().sub(lambda found: ascii(found[0])[1:-1], text)


def safe_url(url: str | None) -> str | None:
    """The address if following it opens a page, a mail or a call.

    None where it could run or hide something, or is longer than servers take.
    """
    if not url or len(url) > _LONGEST_URL or _unsafe_in_url().search(url):
        return None
    scheme = url.partition(":")[0].lower()
    return url if scheme in ("http", "https", "mailto", "tel") and ":" in url else None


def language_tag(language: str | None) -> str | None:
    """The language a page declares, where it is a well-formed tag of a two-letter language."""
    return language if language and _tag().fullmatch(language) else None


@cache
def _active() -> re.Pattern[str]:
    return re.compile(f"[{_ACTIVE}]")


@cache
def _unsafe_in_url() -> re.Pattern[str]:
    return re.compile(f"[{_ACTIVE}\\s\"'<>`\\\\]")


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(r"[A-Za-z]{2}(-[A-Za-z0-9]{2,8}){0,3}")


def _visible(found: re.Match[str]) -> str:
    character = found[0]
    if character in _BLANKS:
        return " "
    if character < " ":
        return chr(0x2400 + ord(character))
    return "\u2421" if character == "\x7f" else "\ufffd"
