"""Text → whether it names a version and nothing else ("2.4.0", "[2.4.0]", "Version 3.2"), or one and its day."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from monitor.model.reading import When
from monitor.read.dates import read_date

# "Release candidate 12.0.0-beta.11 (Oxford)" is about as long.
_LONGEST = 40
# "Version 3.19.2 released on Wednesday, 5 October 2023 at 10:36:30" is about as long.
_LONGEST_RELEASE = 80
_COMPACT = 8  # digits of a day without strokes, "20240117"


def is_version(text: str, *, in_heading: bool = True) -> bool:
    """Whether a text is a number with points, in brackets or not, a word before it, and no day.

    "10.30" is a time where it is not `in_heading`; the heading of a release is its number alone.
    """
    if len(text) > _LONGEST or _version().fullmatch(text) is None or read_date(text) is not None:
        return False
    return in_heading or _clock().fullmatch(text) is None


class Release(NamedTuple):
    """A version and its day."""

    when: When
    version: str


def release_of(text: str, *, order: str = "auto", in_heading: bool = False) -> Release | None:
    """What "= 4.12.3 (20240117)", "Version 3.19 released 2023-10-05" or "Release 2025b - 22 March 2025" names.

    None where a text says anything else besides. "Release" and words like it make a version of any number.
    """
    found = _release().fullmatch(text) if len(text) <= _LONGEST_RELEASE else None
    if found is None or (found["number"] and not is_version(found["number"], in_heading=in_heading)):
        return None
    day = found["day"]
    plain = f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == _COMPACT and day.isdigit() else day
    when = read_date(plain, order=order)
    return Release(when._replace(text=day), found["version"]) if when is not None and when.is_full else None


_NUMBER = r"v?\.?\s?\d{1,4}(?:\.\d{1,6}){1,3}(?:[.+-]?[a-z]{1,5}[.-]?\d{0,4})?"


@cache
def _version() -> re.Pattern[str]:
    return re.compile(rf"(?:[^\W\d_][\w-]*\s)?(?:\[{_NUMBER}\]|{_NUMBER})", re.IGNORECASE)


@cache
def _release() -> re.Pattern[str]:
    """A mark of a heading or an ornament, a version, a word for what was done with it, the day, in brackets or not."""
    named = r"(?:version|release|versión|versão|versione|версия|версія|выпуск|版本)\s[^\W_]*\d[\w.-]*"
    done = "released on|released|release|dated|veröffentlicht am|vom|publiée le|du|del|de|от|від|выпущена|发布于"
    return re.compile(
        rf"[^\w\[]{{0,4}}(?P<version>{named}|(?P<number>(?:\[{_NUMBER}\]|{_NUMBER})))"
        rf"(?:\s(?:{done})(?=\s))?[\s:/(\[`–—-]+(?P<day>[^\W_][^()\[\]`]*)[)\]`]?",
        re.IGNORECASE,
    )


@cache
def _clock() -> re.Pattern[str]:
    return re.compile(r"(?:[^\W\d_][\w-]*\s)?(?:[01]?\d|2[0-3])\.[0-5]\d(?:\s?[a-z]{1,4})?", re.IGNORECASE)
