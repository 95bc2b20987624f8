"""Text → the date it shows, and the text that is left beside it.

Both captures of a page say most of their lines alike, so what a line shows is remembered; nothing but the line and the
order of day and month decides it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from monitor.model.reading import When
from monitor.read import plain_dates
from monitor.read.blocks import MOST_REMEMBERED, has_digit, is_numbered
from monitor.read.bylines import is_parted, read_byline
from monitor.read.counting_words import direction_of
from monitor.read.date_forms import WHOLE, date_at
from monitor.read.dates import find_dates, in_words, leading_date, read_date, trailing_date
from monitor.read.versions import release_of

# A title that carries a date is seldom longer; above it a date in a sentence is prose.
LONGEST_DATED_TITLE = 400
# "Wednesday, 12 September 2025 at 10:36:30 pm GMT+5:30", and "the day before yesterday" without a digit.
LONGEST_DATE = 80
LONGEST_DATE_WORD = 24
# "Published: 25 July 2020 | 3 min read": so much text beside a date leaves it a date line.
LONGEST_DATE_COMPANY = 40
# "Posted 2 hours ago by the press office"
LONGEST_RELATIVE_LINE = 60

_BARS = ("|", "·", "•", "│")


class Dated(NamedTuple):
    """`title` is the text without its date; `is_date` whether there is little besides the date."""

    when: When | None
    is_date: bool
    is_trailing: bool
    title: str


def dated(text: str, order: str, is_heading: bool) -> Dated:
    """What a block's text shows as its date; `order` is that of day and month on the page."""
    if len(text) > LONGEST_DATED_TITLE:
        return Dated(None, False, False, text)
    return _remembered(text, order, is_heading)


@lru_cache(maxsize=MOST_REMEMBERED)
def _remembered(text: str, order: str, is_heading: bool) -> Dated:
    found = None
    if not is_numbered(text):
        found = _alone(in_words(text)) if len(text) <= LONGEST_DATE_WORD else None
    elif not text.isdigit() and not is_numbered_title(text, order):
        plain = plain_dates.leading(text, order) if len(text) > LONGEST_DATE_WORD else None
        found = _beside(text, *plain, order, is_trailing=False) if plain else _named(text, order, is_heading)
    if found is None and len(text) <= LONGEST_DATE and not is_heading and is_parted(text):
        found = _in_parts(text, order)
    return found or Dated(None, False, False, text)


def is_numbered_title(text: str, order: str = "auto") -> bool:
    """Whether a text has one number, "4. Fees", that counts it and is no day: "4. May". Nothing else is tried then."""
    found = _numbered().fullmatch(text)
    return found is not None and date_at(text, 0, found.end(1), 0, order, WHOLE) is None


def _named(text: str, order: str, is_heading: bool) -> Dated | None:
    """A version and its day, or what else a text shows."""
    release = release_of(text, order=order, in_heading=is_heading)
    return Dated(release.when, False, True, release.version) if release else _shown(text, order)


def _shown(text: str, order: str) -> Dated | None:
    if len(text) > LONGEST_DATE_COMPANY and not _full_date().search(text):
        return None
    whole = _whole(text, order) if len(text) <= LONGEST_DATE_WORD else None
    if whole is not None:
        return whole
    starts_with_number = has_digit(text[:3])
    is_early = starts_with_number or (_early_digit().match(text) is not None and not _plain_end().search(text[-12:]))
    leading = leading_date(text, order=order) if is_early else None
    may_be_whole = leading is None and is_early and LONGEST_DATE_WORD < len(text) <= LONGEST_DATE
    whole = _whole(text, order) if may_be_whole else None
    if whole is not None:
        return whole
    beside = leading or (trailing_date(text, order=order) if has_digit(text[-40:]) else None)
    if beside is not None and beside[0].is_full:
        return _beside(text, *beside, order, is_trailing=leading is None)
    if len(text) <= LONGEST_RELATIVE_LINE or (len(text) <= 3 * LONGEST_DATE_COMPANY and _full_date().search(text)):
        return _with_company(text, order)
    return None


def _beside(text: str, when: When, title: str, order: str, *, is_trailing: bool) -> Dated:
    """A date before or behind a text; of two on a line ("Published 2 May · Updated 3 May") the first is meant."""
    may_be_two = len(text) <= LONGEST_DATE and has_digit(title) and (is_trailing or not is_parted(text))
    two = _in_parts(text, order) if may_be_two and _full_date().search(title) else None
    is_date = (is_trailing and _is_labelled(text, title)) or _is_beside(text, title)
    return two or Dated(when, is_date, is_trailing, title)


def _whole(text: str, order: str) -> Dated | None:
    return _alone(read_date(text, order=order))


def _alone(when: When | None) -> Dated | None:
    """A text that is nothing but a date."""
    return Dated(when, True, False, "") if when is not None else None


def _with_company(text: str, order: str) -> Dated | None:
    found = [each for each in find_dates(text, order=order) if each.when.is_full or each.when.is_relative]
    if len(found) != 1 or len(text) - (found[0].end - found[0].start) > LONGEST_DATE_COMPANY:
        return None
    is_counted = direction_of(text[: found[0].start]) is not None
    return None if is_counted else Dated(found[0].when, True, False, text)


def _in_parts(text: str, order: str) -> Dated | None:
    byline = read_byline(text, order=order)
    if byline is None or byline.when is None or not (byline.when.month or byline.when.is_relative):
        return None
    return Dated(byline.when, True, False, text)


def _is_labelled(text: str, label: str) -> bool:
    """Whether a short text before a date is its label: "Published: 25 July 2020"."""
    return len(label) <= LONGEST_DATE_COMPANY and text[len(label) :].lstrip().startswith(":")


def _is_beside(text: str, rest: str) -> bool:
    """Whether a bar or dot parts a date from counts, values and an author, and nothing else."""
    before, _, after = text.partition(rest)
    is_barred = before.rstrip()[-1:] in _BARS or after.lstrip()[:1] in _BARS
    byline = read_byline(rest) if is_barred and (before or after) else None
    return byline is not None and not byline.rest


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(r"(\d\d?)\. \D+")


@cache
def _full_date() -> re.Pattern[str]:
    """What no full date does without: a year, or numbers parted by a point, a stroke or a sign of east Asia."""
    return re.compile(r"(?<!\d)(?:1[3-9]|2[0-5])\d\d(?!\d)|\d[./-]\d|\d{8}|\d\s?[年月년월]|[٠-٩۰-۹]")


@cache
def _plain_end() -> re.Pattern[str]:
    """A numeric date right behind a word: what number stands early in such a text is no date."""
    return re.compile(r"[^\W\d_] \d\d[./-]\d\d[./-]\d{4}$")


@cache
def _early_digit() -> re.Pattern[str]:
    """A digit after a bracket and three words at most, weekday and month among them."""
    return re.compile(r"\W*(?:[^\W\d_]+\W+){0,3}[^\W\d_]{0,3}\d")
