"""Text and bytes → the same with line ends as "\\n" and without control characters."""

from __future__ import annotations

import re
from functools import cache

# Apart, so many lines of a page take a few megabytes; those of a hundred megabytes would take a gigabyte.
MOST_ENDS = 100_000


def with_plain_ends(body: bytes) -> bytes:
    """UTF-8 with line ends as "\\n": replacing two signs in the text looks at each letter, which this does not."""
    if not 0 < body.count(b"\r") <= MOST_ENDS:
        return body
    first, *lines = body.split(b"\r")
    return b"\n".join([first, *[line.removeprefix(b"\n") for line in lines]])


def clean(text: str, body: bytes) -> str:
    """Line ends as "\\n", page breaks too; every other control character a blank."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for brk in "\v\f":
        if brk in text:
            text = text.replace(brk, "\n")
    # In every encoding that browsers know a control character holds the byte of its number.
    return controls().sub(" ", text) if any(code in body for code in _CONTROL_CODES) else text


_CONTROL_CODES = (*range(9), *range(14, 32))


@cache
def controls() -> re.Pattern[str]:
    return re.compile("[\x00-\x08\x0e-\x1f]")
