"""Text → what stands for it in a header of a mail: itself, else encoded words (RFC 2047). As given, so it is read.

It is done by hand. The library takes `=?utf-8?q?…?=` in a text for what it stands for: a page whose title is written so
could write headers, and a body (Python 3.11.7 and 3.12.1 did). And each Python has its own way of folding.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator

from monitor.report.neutral import neutral

FOLD = "\r\n "
_LONGEST_WORD = 75  # RFC 2047, 2
_LONGEST_LINE = 76  # the same, of a line with such a word
_LONGEST_PLAIN = 60  # letters without a blank that stand as they are; RFC 5322 wants lines of 78
LOOKS_ENCODED = "=?"
_QUOTED_AS_THEY_ARE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")  # 5, (3)


def header_words(text: str, column: int) -> str:
    """The text on one line, made harmless, as the value of a header; `column` is how much of its line is taken."""
    text = neutral(text)
    return FOLD.join(_filled(text.split(" "), column)) if is_plain(text) else encoded(text, column)


def is_plain(text: str) -> bool:
    """Whether the text can stand in a header as it is: ASCII, nothing that looks encoded, words that can be folded."""
    is_one_line = text.isascii() and text.isprintable() and text == " ".join(text.split())
    return is_one_line and LOOKS_ENCODED not in text and max(map(len, text.split()), default=0) <= _LONGEST_PLAIN


def encoded(text: str, column: int) -> str:
    """The text on one line, made harmless, as encoded words, one a line; no letter is parted."""
    text = neutral(text)
    form = min((_in_q, _in_b), key=lambda each: len(each(text)))
    words, held = [], ""
    for letter in text:
        if held and len(form(held + letter)) > min(_LONGEST_WORD, _LONGEST_LINE - column):
            words.append(form(held))
            held, column = "", 1
        held += letter
    return FOLD.join([*words, form(held)])


def _filled(words: list[str], column: int) -> Iterator[str]:
    """Lines of as many words as fit."""
    line = ""
    for word in words:
        joined = f"{line} {word}" if line else word
        if line and len(joined) > _LONGEST_LINE - column:
            yield line
            joined, column = word, 1
        line = joined
    yield line


def _in_q(text: str) -> str:
    """Readable where most of it is ASCII."""
    signs = (chr(byte) if byte in _QUOTED_AS_THEY_ARE else f"={byte:02X}" for byte in _bytes(text))
    return f"=?utf-8?q?{''.join(signs).replace('=20', '_')}?="


def _in_b(text: str) -> str:
    return f"=?utf-8?b?{base64.b64encode(_bytes(text)).decode('ascii')}?="


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
