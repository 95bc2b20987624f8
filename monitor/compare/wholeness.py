"""Two readings → the same two, with a doubt where one breaks off in what the other has whole.

A text file has no closing mark; only beside another capture does it show that its end is missing. A page that still
ends as it did is whole, whatever it lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from monitor.compare.pieces import bare, rows
from monitor.compare.remnant import is_broken
from monitor.compare.sides import sides_of
from monitor.model.reading import Reading, Suspicion

# So many last characters of a capture are looked for inside the texts of the other one, the longest end first.
LONGEST_END = 60
ENDS = (LONGEST_END, 30, 14)
SHORTEST_END = 8  # fewer are found anywhere
# A last text of fewer characters begins some text of any page: then most of the rest must be the other's too.
_TELLING_START = 14
# What a page loses behind a whole sentence of its last text, when it lost less than this share, is an edit.
LEAST_LOSS = 0.03
# A page that lost so much from between two texts to its end, and got nothing new, was cut off; a hand that takes the
# last entries off a list, or the last section off a text, seldom takes so much. Where it is the earlier capture that
# is shorter, the page may as well have grown at its end: half of it must be missing.
_LOST_ENTRIES = 0.03
_LOST_TEXT = 0.1
_LOST_BEFORE_GROWTH = 0.5
_PARTS_OF_ONE = 2  # title and teaser may stand before the date or behind it
_FEW = 20  # texts that are looked for inside others; more of them are news
_FULL_STOPS = '.!?…。！？”"»)'
_BROKEN_LETTER = "\ufffd"  # what is left of a letter whose bytes are not all there


class _Time(NamedTuple):
    """What time says of a capture that is the shorter one: nobody edits a page within one moment."""

    is_one_moment: bool
    order: int

    @property
    def may_have_grown(self) -> bool:
        return self.order >= 0

    @property
    def has_grown(self) -> bool:
        return self.order > 0

    def most_kept(self, least_lost: float) -> float:
        """The share of the other's bytes that is no edit any more, where one loses less than `least_lost`."""
        return 1.0 if self.is_one_moment else 1 - least_lost


class _Texts(NamedTuple):
    """All that a reading says, folded: row by row, together, and its last words."""

    rows: tuple[tuple[str, ...], ...]
    all: frozenset[str]
    running: int
    tail: str
    is_broken: bool  # in the middle of a letter

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The rows of running text: sections and furniture, which stand last."""
        return self.rows[-self.running :]

    @property
    def last(self) -> str:
        """The longest of the texts that the capture ends with; its last words themselves where none is."""
        return max((each for each in self.all if self.tail.endswith(each)), key=len, default=self.tail)


def with_doubts(before: Reading, after: Reading) -> tuple[Reading, Reading]:
    """Both readings, each with a Suspicion "truncated" or "shrunken" where the other one shows it."""
    if before.tail == after.tail or not before.tail or not after.tail:
        return before, after
    order = sides_of(before, after).order()
    is_one_moment = before.captured_at is not None and before.captured_at == after.captured_at
    texts = _texts(before), _texts(after)
    return (
        _doubted(before, after, texts, _Time(is_one_moment=is_one_moment, order=order)),
        _doubted(after, before, texts[::-1], _Time(is_one_moment=is_one_moment, order=-order)),
    )


def ends_alike(one: Reading, other: Reading) -> bool:
    """Whether two captures end in the same text: no transfer breaks off twice at one place."""
    return bool(one.tail) and one.tail == other.tail


def _doubted(reading: Reading, other: Reading, texts: Sequence[_Texts], time: _Time) -> Reading:
    ours, theirs = texts
    if is_broken(reading) or ours.tail == theirs.tail or theirs.last in ours.all:
        return reading
    kept = _share(reading, other)
    suspicion = (
        _inside_a_tag(reading)
        or _inside_a_text(ours, theirs, kept, time)
        or _below_a_heading(reading, other)
        or _between_texts(ours, theirs, kept, time)
    )
    return reading._replace(suspicions=(suspicion, *reading.suspicions)) if suspicion else reading


def _share(reading: Reading, other: Reading) -> float:
    """How much of the other one's bytes a capture holds; all where one of them is a plain text without a frame."""
    is_comparable = (reading.media_type == "text/html") == (other.media_type == "text/html")
    return reading.size / other.size if is_comparable and other.size else 1.0


def _texts(reading: Reading) -> _Texts:
    folded = tuple(tuple(bare(text) for text in row) for row in rows(reading))
    together = frozenset(text for row in folded for text in row if text)
    tail = _open_link().sub(r"\1", (reading.tail or "").rstrip(_BROKEN_LETTER))
    is_broken = (reading.tail or "").endswith(_BROKEN_LETTER)
    return _Texts(rows=folded, all=together, running=len(reading.sections) + 1, tail=bare(tail), is_broken=is_broken)


def _inside_a_tag(reading: Reading) -> Suspicion | None:
    tail = reading.tail or ""
    if not _open_tag().search(tail):
        return None
    return Suspicion(
        sign="truncated", reason=f"It breaks off in the middle of a tag or an address, “{tail[-LONGEST_END:]}”."
    )


def _inside_a_text(ours: _Texts, theirs: _Texts, kept: float, time: _Time) -> Suspicion | None:
    """The last words begin or stand in a text of `theirs` that goes on."""
    end = ours.last
    if ours.is_broken:
        return _truncated(end)
    if end in theirs.all:
        return None
    begun = [text for text in theirs.all if text.startswith(end) and text != end]
    if begun and (len(end) >= _TELLING_START or _is_mostly_of(ours, theirs)):
        most = time.most_kept(LEAST_LOSS)
        is_cut = kept < 1 and time.is_one_moment
        is_cut = is_cut or any(_is_cut(end, text, kept, most if text == theirs.last else 1) for text in begun)
        return _truncated(end) if is_cut else None
    is_less = kept <= time.most_kept(LEAST_LOSS)
    return _truncated(end) if is_less and _stands_inside(ours.tail, theirs) else None


def _below_a_heading(reading: Reading, other: Reading) -> Suspicion | None:
    """The last words are a heading, and the other one has text below it: no page is written to end like that."""
    last = reading.sections[-1] if reading.sections else None
    if last is None or not last.heading or last.paragraphs or bare(last.heading) != bare(reading.tail or ""):
        return None
    end = bare(last.heading)
    goes_on = any(each.heading and each.paragraphs and bare(each.heading) == end for each in other.sections)
    return _truncated(end) if goes_on else None


def _is_cut(end: str, text: str, kept: float, most_kept: float) -> bool:
    """Whether `text` was broken off after `end`, and not shortened by a hand; a hand leaves whole words."""
    if end[-1:].isalnum() and text[len(end)].isalnum():
        return True
    return end[-1:] not in _FULL_STOPS and kept <= most_kept


def _stands_inside(tail: str, theirs: _Texts) -> bool:
    """Whether the last words stand in a text that goes on; a last sentence gone from the last text is an edit."""
    whole = "\n".join(text for row in theirs.rows for text in row)
    for length in ENDS:
        end = tail[-length:].lstrip()
        start = whole.find(end) if len(end) >= SHORTEST_END else -1
        if start >= 0:
            following = whole[start + len(end) : start + len(end) + 1]
            return following not in ("", "\n") and not (end[-1] in _FULL_STOPS and end in theirs.tail)
    return False


def _is_mostly_of(ours: _Texts, theirs: _Texts) -> bool:
    return 2 * len(_new(ours, theirs)) <= len(ours.all)


def _new(ours: _Texts, theirs: _Texts) -> list[str]:
    """What the other one does not say, neither as a text nor inside one."""
    new = ours.all - theirs.all
    if len(new) > _FEW:
        return list(new)
    whole = "\n".join(theirs.all)
    return [text for text in new if text not in whole]


def _between_texts(ours: _Texts, theirs: _Texts, kept: float, time: _Time) -> Suspicion | None:
    """Nothing stands behind the last text that stands behind it in `theirs`, and less is new than is missing.

    An earlier one that ends in a whole sentence which the later does not have was not cut off: the page grew behind it.
    """
    missing, new = theirs.all - ours.all, _new(ours, theirs)
    row = _row_of(ours.last, theirs)
    if time.has_grown and not row and ours.last in new and ours.last[-1:] in _FULL_STOPS:
        return None
    lost = _LOST_BEFORE_GROWTH if time.may_have_grown else _LOST_TEXT if row in theirs.texts else _LOST_ENTRIES
    if kept > time.most_kept(lost) or not _is_mostly_of(ours, theirs):
        return None
    at = _place(ours.last, row, _row_of(ours.last, ours).count(ours.last))
    goes_on = sum(text in ours.all and row.count(text) == 1 for text in row[at + 1 :]) > _PARTS_OF_ONE
    if not (time.is_one_moment and kept < 1) and (goes_on or 2 * len(new) >= len(missing)):
        return None
    reason = f"It holds {round(100 * kept)} % of the other capture's bytes, next to nothing new, and lacks its end."
    return Suspicion(sign="shrunken", reason=reason)


def _row_of(text: str, texts: _Texts) -> tuple[str, ...]:
    return next((row for row in reversed(texts.rows) if text in row), ())


def _place(text: str, row: Sequence[str], turn: int) -> int:
    """Where a text stands in a row for that time; its end where it does not stand there so often."""
    places = [at for at, each in enumerate(row) if each == text]
    return places[turn - 1] if 0 < turn <= len(places) else len(row)


def _truncated(end: str) -> Suspicion:
    reason = f"It breaks off after “{end[-LONGEST_END:]}”, where the other capture goes on."
    return Suspicion(sign="truncated", reason=reason)


@cache
def _open_tag() -> re.Pattern[str]:
    """A tag of HTML, or the address of a link in Markdown, without its end."""
    return re.compile(r"<[a-z][^<>]*$|\]\([^()\s]*$")


@cache
def _open_link() -> re.Pattern[str]:
    """A link in Markdown without the end of its text."""
    return re.compile(r"!?\[([^\[\]]*)$")
