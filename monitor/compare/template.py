"""A text that is another at every capture → whether an edit of it touches only the words that always moved.

A line with a token and a rule in it changes at every capture; an edit of the rule is news all the same. So is a word
that never stood there, where the words of the place have long been known.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from monitor.compare.fold import fold, split_unspaced
from monitor.compare.habits import noise_of
from monitor.compare.words import shared

_TEMPLATE = 0.25  # of a text's words must always have stood; fewer are in common by accident, as two sentences' "the"
_LONGEST = 2  # times the words that ever stood in a place: more are another thing in that place
_FEW = 3  # words on one side: "Monday", "north by east"
_OFTEN = 3  # moves of the words in one gap; once or twice somebody may have edited them


def is_usual(texts: Sequence[str], after: str) -> bool:
    """Whether `after` leaves alone what all of `texts`, oldest first, have in common, and moves what moved before."""
    if is_unheard(texts, after):
        return False
    rows = [_words(text) for text in texts]
    fixed = rows[-1]
    for row in rows[:-1]:
        fixed = [fixed[at] for at, _ in shared(fixed, row)]
    if len(fixed) < max(1, _TEMPLATE * len(rows[-1])):
        return len(_words(after)) <= _longest(rows)
    now = _gaps(fixed, _words(after))
    if now is None:
        return False
    were = [gaps for row in rows if (gaps := _gaps(fixed, row))]
    touched = [at for at, words in enumerate(now) if words != were[-1][at]]
    columns = [(now[at], [gaps[at] for gaps in were]) for at in touched]
    return all(_moves(column) >= _OFTEN and len(words) <= _longest(column) for words, column in columns)


def is_unheard(texts: Sequence[str], after: str) -> bool:
    """Whether `after` has a word that none of `texts`, oldest first, has, though new words had ceased to come.

    An advert brings new words at every capture; "low" and "guarded" by turns bring none, and then comes "severe".
    """
    known: set[str] = set()
    is_new: list[bool] = []
    for text in texts:
        spoken = _spoken(text)
        is_new.append(bool(spoken - known))
        known |= spoken
    return bool(_spoken(after) - known) and noise_of(is_new[:0:-1]) is None


def _spoken(text: str) -> set[str]:
    """The words of a text that are no numbers and no tokens."""
    return {word for word in _words(text) if len(word) > 1 and word.strip(".,;:!?()\"'").isalpha()}


def _longest(rows: Sequence[Sequence[str]]) -> int:
    return max(_FEW, _LONGEST * max(map(len, rows)))


def is_prose(before: str, after: str) -> bool:
    """Whether it is words that were exchanged, and not a number, a token, a name of the day."""
    left, right = _words(before), _words(after)
    pairs = shared(left, right)
    kept = [{pair[side] for pair in pairs} for side in (0, 1)]
    moved = ([word for at, word in enumerate(row) if at not in kept[side]] for side, row in enumerate((left, right)))
    return any(sum(len(word) > 1 and word.isalpha() for word in words) > _FEW for words in moved)


def _words(text: str) -> list[str]:
    return [part for word in fold(text).split() for part in ([word] if word.isascii() else split_unspaced(word))]


def _gaps(fixed: Sequence[str], row: Sequence[str]) -> list[tuple[str, ...]] | None:
    """What stands before, between and behind the fixed words; None where one of them is missing."""
    found = [at for _, at in shared(fixed, row)]
    if len(found) < len(fixed):
        return None
    return [tuple(row[start + 1 : end]) for start, end in zip([-1, *found], [*found, len(row)], strict=True)]


def _moves(row: Sequence[tuple[str, ...]]) -> int:
    return sum(one != other for one, other in pairwise(row))
