"""A text → the dates and times in it, in many languages and orders, each as precise as the text is.

Numbers, addresses, versions, prices, scores and ratios are no dates. Nothing is resolved here: "2 hours ago" and
"4 July" stay what they are (see `When.span`). What is ambiguous (03/08/2020) is read by `order`, which
`day_order` finds in the page's other dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from monitor.model.reading import When
from monitor.read import plain_dates
from monitor.read.ago import ago_at, ago_phrase
from monitor.read.date_forms import EDGE, PROSE, WHOLE, Part, date_at, digits, has_digit
from monitor.read.date_ranges import range_from_day, with_range
from monitor.read.languages import BEFORE_TIME, is_weekday
from monitor.read.time_forms import is_plain, time_at

# The longest date that pages write, with weekday, time and zone, is about 60 letters.
_LONGEST = 80
# From here on letters need no blank between a word and a number.
_FIRST_EAST_ASIAN = "\u2e80"
# What stands between the date of the Islamic calendar and the Gregorian one of that day.
_CORRESPONDING = "الموافق"
_OPENING, _CLOSING = "[(【（<", "])】）>"
# Before a number these make it part of an address, an amount or a code.
_NO_DATE_AFTER = frozenset("/=&?#%$€£¥₽+@_\\~*^§")


class Found(NamedTuple):
    """A date in a text: `text[start:end]`, with the weekday, time and zone that belong to it."""

    start: int
    end: int
    when: When


def read_date(text: str, *, order: str = "auto", year_alone: bool = False) -> When | None:
    """The date that the whole text is (brackets and blanks aside), or None.

    As there is nothing but the date, more counts than in prose: 25/07, 9:30, 10.12.15, "yesterday". A year alone
    counts where `year_alone` says so.
    """
    plain = plain_dates.whole(text, order)
    if plain is not None:
        return plain
    bare = _unwrap(text)
    if not bare or len(bare) > _LONGEST:
        return None
    if not has_digit(bare):
        return _of_words(bare)
    if year_alone and len(bare) == 4 and bare.isdecimal() and 1900 <= int(bare) <= 2100:
        return When(text=bare, year=int(bare))
    found = next(_scan(bare, order, WHOLE), None)
    if found and found.start == 0 and not bare[found.end :].strip(" .,"):
        return _when(bare, found)
    return _word_and_time(bare)


def in_words(text: str) -> When | None:
    """The date that a text without a number is: "yesterday", "(an hour ago)"."""
    return _of_words(_unwrap(text))


def find_dates(text: str, *, order: str = "auto", limit: int | None = None) -> list[Found]:
    """The first `limit` dates of a running text, from left to right. Relative words without a number do not count."""
    if not has_digit(text):
        return []
    found = []
    for part in _scan(text, order, PROSE):
        found.append(Found(start=part.start, end=part.end, when=_when(text, part)))
        if limit is not None and len(found) >= limit:
            break
    return found


def leading_date(text: str, *, order: str = "auto") -> tuple[When, str] | None:
    """The date a text begins with, and the text after it: "24.06.2020 - Speech", "[25 July 2020] Speech".

    A full date or a time may be parted from the text by a blank alone, unless a small letter follows ("4 July 2020
    was"); a month, a day without year or a word like "yesterday" needs a bracket, a dash, a colon or a bar.
    """
    plain = plain_dates.leading(text, order)
    if plain is not None:
        return plain
    head = text[: 2 * _LONGEST].lstrip()
    start = 1 if head[:1] in _OPENING else 0
    found = next(_scan(head[start:], order, EDGE), None) if has_digit(head[:_LONGEST]) else None
    if found is None:
        return _leading_words(text, head, start)
    if found.start != 0:
        return None
    mark = _mark_after().match(head, start + found.end)
    rest = head[mark.end() :] if mark else ""
    if mark is None or not rest.strip() or (rest[0].islower() and not mark["strong"]):
        return None
    if not mark["strong"] and not (found.is_full or found.clock or found.ago is not None):
        return None
    after = len(text) - len(text.lstrip()) + mark.end()
    return _when(head[start:], found), text[after:].strip()


def trailing_date(text: str, *, order: str = "auto") -> tuple[When, str] | None:
    """The date a text ends with, and the text before it: "Changes in nginx 1.23.4      28.03.2023"."""
    plain = plain_dates.trailing(text, order)
    if plain is not None:
        return plain
    bare = text.rstrip(" \t\n\r\u00a0.")
    is_wrapped = bare[-1:] in _CLOSING
    end = len(bare) - is_wrapped
    begin = max(0, end - 2 * _LONGEST)
    tail = text[begin:end]
    parts = list(_scan(tail, order, EDGE)) if has_digit(tail) else []
    found = parts[-1] if parts else None
    if found is None or found.end != len(tail):
        return None
    rest = text[: begin + found.start]
    title = rest.rstrip(" \t\n\r\u00a0,;:|·•–—-" + _OPENING)
    is_parted = is_wrapped or rest.rstrip()[-1:] in "|·•–—-" or rest.endswith(("  ", "\t", "\n"))
    if not title or not (found.is_full or is_parted):
        return None
    if text[end - 1 :].startswith(tuple(f"{digit}." for digit in range(10))) and title == rest.rstrip():
        return None  # a sentence: "The day to print, as 2024-05-03."
    return _when(tail, found), title


def _scan(text: str, order: str, trust: int) -> Iterator[Part]:
    """The dates and times of the text, from left to right, a date and the time beside it as one."""
    floor = 0
    waiting: Part | None = None
    for number in digits().finditer(text):
        start, end = number.span()
        if start < floor or not _may_begin(text, start):
            continue
        part = _part_at(text, start, end, floor, order, trust)
        if part is None:
            continue
        joined = _joined(text, waiting, part) if waiting else None
        if waiting and not joined and (trust == WHOLE or is_plain(text, waiting)):
            yield waiting
        part = joined or part
        floor = part.end
        waiting = part if part.is_bare_time else None
        if waiting is None:
            yield part
    if waiting and (trust == WHOLE or is_plain(text, waiting)):
        yield waiting


def _part_at(text: str, start: int, end: int, floor: int, order: str, trust: int) -> Part | None:
    part = date_at(text, start, end, floor, order, trust)
    part = with_range(text, part, order, trust) if part else range_from_day(text, start, end, order, trust)
    if part:
        return _with_time(text, _with_weekday(text, _with_hijri(text, part, floor), floor))
    return (time_at(text, start) if end - start <= 2 else None) or ago_at(text, start, end, floor, trust)


def _may_begin(text: str, start: int) -> bool:
    """Whether the number at `start` stands by itself and not in a word, an address, a version or an amount."""
    before = text[start - 1 : start]
    if not before or before.isspace():
        return True
    if before.isalpha():
        return before >= _FIRST_EAST_ASIAN
    if before in _NO_DATE_AFTER:
        return False
    further = text[start - 2 : start - 1] if start > 1 else ""
    if before in ".,:":
        return not further.isdigit()
    return before not in "-−" or not (further.isalnum() and further.isascii())


def _with_hijri(text: str, part: Part, floor: int) -> Part:
    """The date with the Islamic one before it that it explains: "20 جمادى الآخرة 1448 هـ الموافق 20/11/2026"."""
    if not text[max(floor, part.start - 3) : part.start].rstrip().endswith(_CORRESPONDING[-1]):
        return part
    before = _hijri_before().search(text[max(floor, part.start - _LONGEST) : part.start])
    return part._replace(start=part.start - len(before[0])) if before else part


def _with_weekday(text: str, part: Part, floor: int) -> Part:
    """The date with the day of the week before it or, after it, in brackets or behind a comma."""
    start, end = part.start, part.end
    era = _era().match(text, end)
    end = era.end() if era else end
    before = _word_before().search(text[max(floor, start - 24) : start])
    if before and is_weekday(" ".join(before[1].split())) and (len(before[1]) > 2 or not before[1].islower()):
        start -= len(before[0])
    after = _word_after().match(text, end)
    if after and is_weekday(after[1] or after[2]):
        end = after.end()
    return part._replace(start=start, end=end) if (start, end) != part[:2] else part


def _with_time(text: str, part: Part) -> Part:
    """The date with the time of day behind it."""
    link = _link().match(text, part.end)
    initial = text[link.end() : link.end() + 1] if link else ""
    if link is None or not (initial.isdigit() or initial >= _FIRST_EAST_ASIAN):
        return part
    time = time_at(text, link.end(), is_after_date=True)
    return part._replace(end=time.end, clock=time.clock, utc_offset=time.utc_offset) if time else part


def _joined(text: str, time: Part, date: Part) -> Part | None:
    """A time and the date right behind it as one: "14:30 UTC, 25 July 2020"."""
    if date.month is None or date.clock or not _link_back().fullmatch(text, time.end, date.start):
        return None
    return date._replace(start=time.start, clock=time.clock, utc_offset=time.utc_offset)


def _leading_words(text: str, head: str, start: int) -> tuple[When, str] | None:
    """ "Yesterday: …", "[an hour ago] …"."""
    mark = _strong_mark().search(head, start, _LONGEST)
    ago = ago_phrase(head[start : mark.start()]) if mark else None
    if mark is None or ago is None or not head[mark.end() :]:
        return None
    after = len(text) - len(text.lstrip()) + mark.end()
    return When(text=head[start : mark.start()].strip(), ago=ago), text[after:].strip()


def _word_and_time(bare: str) -> When | None:
    """ "Yesterday at 14:30", "сегодня, 08:15"."""
    number = digits().search(bare)
    if number is None or number.start() == 0:
        return None
    time = time_at(bare, number.start())
    if time is None or time.end != len(bare):
        return None
    phrase = bare[: time.start].rstrip(" ,;|·•–—-")
    word = next((word for word in BEFORE_TIME if phrase.endswith(" " + word)), "")
    ago = ago_phrase(phrase[: len(phrase) - len(word)].rstrip(" ,"))
    return None if ago is None else When(text=bare, ago=ago, clock=time.clock, utc_offset=time.utc_offset)


def _when(text: str, part: Part) -> When:
    return When(
        text=" ".join(text[part.start : part.end].split()),
        year=part.year,
        month=part.month,
        day=part.day,
        clock=part.clock,
        utc_offset=part.utc_offset,
        ago=part.ago,
        days=part.days,
    )


def _of_words(bare: str) -> When | None:
    ago = ago_phrase(bare)
    return None if ago is None else When(text=bare, ago=ago)


def _unwrap(text: str) -> str:
    bare = text.strip(" \t\r\n\u00a0\u200b|•·–—-,;")
    if bare[:1] in _OPENING and bare[-1:] in _CLOSING:
        bare = bare[1:-1].strip()
    return bare


@cache
def _link() -> re.Pattern[str]:
    """What may stand between a date and its time of day."""
    words = "|".join(word.replace(" ", r"\s").replace(".", r"\.") for word in sorted(BEFORE_TIME, reverse=True))
    return re.compile(rf"(?:\s?[,;|·•@/–—-]\s?|T(?=\d)|\s\(?)?(?:\s?(?:{words})\s)?")


@cache
def _link_back() -> re.Pattern[str]:
    return re.compile(r"\s?[,;|/·•–—-]?\s?(?:(?:on|am|le|el|il|del|den|的)\s)?", re.IGNORECASE)


@cache
def _mark_after() -> re.Pattern[str]:
    """What parts a date from the text behind it; `strong` where it is more than a blank or a comma."""
    return re.compile(
        r"(?P<strong>\s*[\])】）>](?:\s*[:|·•–—-])?\s*|\s*[:|·•–—]\s*|\s+-+\s*|-\s+|\s*\n\s*|\s{2,}|\t)|[,.]?\s"
    )


@cache
def _strong_mark() -> re.Pattern[str]:
    return re.compile(r"\s*[\])】）>]\s*|\s*[:|·•–—]\s+|\s+-+\s+")


@cache
def _era() -> re.Pattern[str]:
    """The word for "year" that some languages put behind the number."""
    return re.compile(r"\s?(?:г\.|р\.|года\b|року\b|roku\b|r\.(?=\W|$)|m\.|م(?!\w))|\.(?=\s?\()")


@cache
def _hijri_before() -> re.Pattern[str]:
    """Day, month of two or three words at most, year and era."""
    return re.compile(rf"(?<!\w)\d\d?\s(?:[^\W\d]+\s){{1,3}}1[34]\d\d\s?هـ?\W{{1,3}}{_CORRESPONDING}\s*$")


@cache
def _word_before() -> re.Pattern[str]:
    """A weekday's place before a date. A short one ("to", "la", "do") must begin with a capital: see above."""
    return re.compile(
        r"(?<!\w)((?:[tT]hứ|[cC]hủ)\s\w+|[^\W\d_][^\s\d.,;()\[\]]{0,15})[.,]{0,2}\s(?:(?:den|the|le|el|día|dia|ngày)\s)?$"
    )


@cache
def _word_after() -> re.Pattern[str]:
    """A weekday's place after a date: in brackets, or written out and not itself before another date."""
    return re.compile(
        r"\s?[(（]([^\s\d()（）]{1,14})[.)）]{1,2}|,?\s([^\W\d_]{4,13}|[\u3000-\u9fff\uac00-\ud7a3]{2,3})(?!\w|\s\d)"
    )
