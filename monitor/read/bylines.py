"""A line beside a title → its parts: date, figures, author, labelled values, and what is left.

"22 July 2020 | Views: 120", "By Jane Doe · 2 hours ago", "22 July 2020 12.0K views 17 comments". Prose is none: of a
sentence nothing is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from monitor.model.reading import Figure, When
from monitor.read.blocks import has_digit
from monitor.read.date_labels import is_published, is_updated
from monitor.read.dates import Found, find_dates, read_date
from monitor.read.figures import count_of, counts_of, figure_of

LONGEST_BYLINE = 160
BAR = " | "
# What is no date, figure or value in such a line is a name or two: a section, a place.
LONGEST_REST = 40
LONGEST_VALUE = 90
LONGEST_LABEL = 30
# "Read time", "Category of case": a label with more words is the beginning of a sentence.
MOST_LABEL_WORDS = 3
MOST_FIGURE_WORDS = 3
LONGEST_AUTHOR = 60
# "Posted", "Zuletzt aktualisiert am": the words before a date that belong to it.
MOST_DATE_WORDS = 3


class Byline(NamedTuple):
    """`values` are (label, value); `rest` is what is none of the others, part by part."""

    when: When | None = None
    figures: tuple[Figure, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    rest: tuple[str, ...] = ()


def read_byline(text: str, *, order: str = "auto") -> Byline | None:
    """The parts of a line, None where it is not made of such parts."""
    is_line = is_parted(text) if len(text) <= LONGEST_BYLINE else None
    if is_line is None or not (is_line or len(text) <= LONGEST_VALUE or has_digit(text)):
        return None
    pieces = [piece.strip(" ,;()[]") for piece in _parting().split(text)] if is_line else [_out_of_brackets(text)]
    pieces = [piece for piece in pieces if any(map(str.isalnum, piece))]
    parts = _in_ranges(text, pieces, [_part(piece, order) for piece in pieces], order)
    rest = tuple(each for part in parts for each in part.rest)
    if sum(map(len, rest)) > LONGEST_REST or all(part.rest for part in parts):
        return None
    return Byline(
        when=next((part.when for part in parts if part.when is not None), None),
        figures=tuple(figure for part in parts for figure in part.figures),
        values=(*(value for part in parts for value in part.values), *_further_dates(pieces, parts)),
        rest=rest,
    )


def _out_of_brackets(text: str) -> str:
    """What a line of words says that stands in brackets as a whole: "(4 users online)"; "(1998)" may be a year."""
    bare = text.strip()
    inside = bare[1:-1]
    is_aside = bare[:1] + bare[-1:] in ("()", "[]") and not any(each in inside for each in "()[]")
    return inside.strip() if is_aside and any(map(str.isalpha, inside)) else bare


def _in_ranges(text: str, pieces: list[str], parts: list[Byline], order: str) -> list[Byline]:
    """The parts, the two dates at the ends of a range as one: "30 May – 2 June"."""
    for at, (part, following) in enumerate(pairwise(pieces)):
        if parts[at].when is None or not (has_digit(following[:LONGEST_LABEL])):
            continue
        start = text.find(part)
        end = text.find(following, start + len(part)) + len(following)
        found = next(iter(find_dates(text[start:end], order=order, limit=1)), None)
        if found is not None and found.when.days and found.end > len(part):
            rest = text[start + found.end : end].strip(" ,;()[]")
            pieces[at : at + 2] = [found.when.text, *([rest] if rest else [])]
            return [*parts[:at], Byline(when=found.when), *([_part(rest, order)] if rest else []), *parts[at + 2 :]]
    return parts


def _further_dates(pieces: list[str], parts: list[Byline]) -> Iterator[tuple[str, str]]:
    """("Updated", "3 May 2024") where a line has a date before that one: it is a value under its own words."""
    dated = [(piece, part.when) for piece, part in zip(pieces, parts, strict=True) if part.when is not None]
    for piece, when in dated[1:]:
        label = piece.replace(when.text, "").strip(" :,;()[]")
        if label:
            yield label, when.text


def is_parted(text: str) -> bool:
    """Whether bars, dots, dashes or strokes part a line."""
    if text.isascii() and "|" not in text and "-" not in text and "/" not in text:
        return False
    return _parting().search(text) is not None


@cache
def _parting() -> re.Pattern[str]:
    return re.compile(r"\s*[|│¦]\s*|\s+[·•∙‧・–—/-]\s+")


def labelled(text: str) -> tuple[str, str] | None:
    """("Category", "Health") of "Category: Health"."""
    if len(text) > LONGEST_VALUE or not (":" in text or "：" in text):
        return None
    found = _label().match(text)
    if found is None or len(found[1].split()) > MOST_LABEL_WORDS:
        return None
    return found[1].strip(), found[2].strip()


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"([^\W\d][^:：.!?]{{1,{LONGEST_LABEL}}})(?::\s+|：\s*)(\S.*)$")


def author_of(text: str) -> str | None:
    """The name in "By Jane Doe": two to five words, all but particles with a capital letter."""
    found = _author().fullmatch(text) if len(text) <= LONGEST_AUTHOR else None
    return found["name"] if found else None


@cache
def _author() -> re.Pattern[str]:
    words = "by|von|par|por|di|door|av|af|przez|от|від|written by|posted by|geschrieben von|publié par|escrito por"
    starts = "|".join(f"{word[0].upper()}{word[1:]}|{word}" for word in words.split("|"))
    name = r"(?!\d)[^\W_a-zа-яё][\w.'’-]*"
    particle = r"(?:de|du|da|di|del|della|van|von|der|den|la|le|bin|al|el|and|und|et|y|e|и|i)"
    return re.compile(rf"(?:{starts})\s(?P<name>{name}(?:,?\s(?:{name}|{particle})){{1,6}})")


def _part(text: str, order: str) -> Byline:
    """One part by itself; what it is not is its rest."""
    when = read_date(text, order=order)
    if when is not None:
        return Byline(when=when)
    around = _around_date(text, order)
    if around is not None:
        return around
    figures = _figures(text)
    if figures:
        return Byline(figures=figures)
    author, value = author_of(text), labelled(text)
    if author is not None:
        return Byline(values=(("author", author),))
    return Byline(values=(value,)) if value else Byline(rest=(text,))


def _figures(text: str) -> tuple[Figure, ...]:
    if not has_digit(text):
        return ()
    words = " ".join(word for word in text.split() if word.isascii() or any(map(str.isalnum, word)))
    figure = count_of(words) or figure_of(words)
    if figure is not None and len(figure.label.split()) <= MOST_FIGURE_WORDS and words[-1] not in ".!?":
        return (figure,)
    return counts_of(words)


def _around_date(text: str, order: str) -> Byline | None:
    """A date with its word before it and other parts beside it, all on end: "Posted 22 July 2020 120 views"."""
    found = find_dates(text, order=order, limit=3)
    if len(found) == 2:
        return _published_and_updated(text, *found)
    if len(found) != 1 or not (found[0].when.is_full or found[0].when.is_relative):
        return None
    before, after = text[: found[0].start].strip(" ,;()[]"), text[found[0].end :].strip(" ,;()[]")
    around = [_part(each, order) for each in (before, after) if each and not (each == before and _is_of_date(each))]
    if any(part.rest or part.when for part in around):
        return None
    return Byline(
        when=found[0].when,
        figures=tuple(figure for part in around for figure in part.figures),
        values=tuple(value for part in around for value in part.values),
    )


def _published_and_updated(text: str, first: Found, second: Found) -> Byline | None:
    """ "Published 9 December 2014, last updated: 10 December 2014", either first: the other day is a value."""
    label, other = (part.strip(" .:,;()[]") for part in (text[: first.start], text[first.end : second.start]))
    if text[second.end :].strip(" .,;()[]"):
        return None
    if (not label or is_published(label)) and is_updated(other):
        return Byline(when=first.when, values=((other, second.when.text),))
    if is_updated(label) and is_published(other):
        return Byline(when=second.when, values=((label, first.when.text),))
    return None


def _is_of_date(words: str) -> bool:
    """Whether the words before a date say what it is the date of; a name has a capital in its last word."""
    parts = words.rstrip(":").split()
    return len(parts) == 1 or (len(parts) <= MOST_DATE_WORDS and not parts[-1][:1].isupper())
