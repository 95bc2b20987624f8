"""Text → whether it names a version and nothing else: "2.4.0", "[2.4.0]", "v1.0-rc.1", "Version 3.2"."""

from __future__ import annotations

import re
from functools import cache

from monitor.read.dates import read_date

# "Release candidate 12.0.0-beta.11 (Oxford)" is about as long.
_LONGEST = 40


def is_version(text: str, *, in_heading: bool = True) -> bool:
    """Whether a text is a number with points, in brackets or not, a word before it, and no day.

    "10.30" is a time where it is not `in_heading`; the heading of a release is its number alone.
    """
    if len(text) > _LONGEST or _version().fullmatch(text) is None or read_date(text) is not None:
        return False
    return in_heading or _clock().fullmatch(text) is None


@cache
def _version() -> re.Pattern[str]:
    number = r"v?\.?\s?\d{1,4}(?:\.\d{1,6}){1,3}(?:[.+-]?[a-z]{1,5}[.-]?\d{0,4})?"
    return re.compile(rf"(?:[^\W\d_][\w-]*\s)?(?:\[{number}\]|{number})", re.IGNORECASE)


@cache
def _clock() -> re.Pattern[str]:
    return re.compile(r"(?:[^\W\d_][\w-]*\s)?(?:[01]?\d|2[0-3])\.[0-5]\d(?:\s?[a-z]{1,4})?", re.IGNORECASE)
