"""Text → its date, where that is written in a frequent form, "24.06.2020" or "2020-06-24": read at once.

Knows nothing else, and nothing where the month stands first; what it leaves to `dates` is read there in full.
"""

from __future__ import annotations

import re
from functools import cache

from monitor.model.reading import When

_LENGTH = len("24.06.2020")


def whole(text: str, order: str) -> When | None:
    """The date that is all there is of a text."""
    if len(text) != _LENGTH:
        return None
    found = _iso().fullmatch(text) or (_date().fullmatch(text) if order != "mdy" else None)
    return _when(found, text) if found else None


def leading(text: str, order: str) -> tuple[When, str] | None:
    """The date a text begins with, and the text after it, with no digit near that could be a time."""
    found = _before_text().match(text) if order != "mdy" else None
    return (_when(found, found[1]), text[found.start("rest") :].strip()) if found else None


def trailing(text: str, order: str) -> tuple[When, str] | None:
    """The date that stands right behind the last word of a text, and the text before it."""
    start = len(text) - _LENGTH
    found = _date().fullmatch(text, start) if order != "mdy" and start > 1 else None
    if found is None or text[start - 1] != " " or not text[start - 2].isalpha():
        return None
    return _when(found, found[0]), text[:start].rstrip()


def _when(found: re.Match[str], text: str) -> When:
    year, month, day = found.group("year", "month", "day")
    return When(text, int(year), int(month), int(day))


# Every month has the first 28 days, and each but February two more.
_DAY_OF_MONTH = r"0[1-9]|1\d|2[0-8]|(?:29|30)(?=.(?!02))|31(?=.(?:0[13578]|1[02]))"
_DAY = rf"(?P<day>{_DAY_OF_MONTH})(?P<sep>[./-])(?P<month>0[1-9]|1[0-2])(?P=sep)(?P<year>20[0-4]\d|19[5-9]\d)"


@cache
def _iso() -> re.Pattern[str]:
    """Year first, as in the attributes that markup states dates in; no order of day and month touches it."""
    return re.compile(r"(?P<year>20[0-4]\d|19[5-9]\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|1\d|2[0-8])")


@cache
def _date() -> re.Pattern[str]:
    return re.compile(_DAY)


@cache
def _before_text() -> re.Pattern[str]:
    return re.compile(rf"({_DAY})(?:\s+[-–—:|]\s+|\s)(?P<rest>[A-ZА-ЯЁ\"“«„][^\d(+]{{12}})")
