"""Touched paragraphs and what is left over → paragraphs that were split in several, or several that were made one.

Looks at next neighbours only: a piece of a paragraph stands right before or behind the rest of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from monitor.compare.fold import words_of_folded

_MOST_OF_A_PIECE = 0.7  # of the words of a piece, those that the whole has and its other pieces have not

Group = tuple[tuple[int, ...], tuple[int, ...]]
_Side = tuple[Mapping[int, str], Sequence[Hashable]]


def regrouped(touched: Iterable[tuple[int, int]], left: _Side, right: _Side) -> list[Group]:
    """For the touched pairs the numbers of one paragraph and of its pieces on the other side.

    A side is what is left over there by number, the touched ones included, and for each paragraph its section.
    """
    pairs = list(touched)
    free = (
        {each for each in left[0] if each not in {i for i, _ in pairs}},
        {each for each in right[0] if each not in {j for _, j in pairs}},
    )
    found: list[Group] = []
    for i, j in pairs:
        if any(_has_neighbour(number, side) for number, side in ((i, free[0]), (j, free[1]))):
            lefts = _pieces(i, left, free[0], right[0][j])
            rights = _pieces(j, right, free[1], left[0][i]) if len(lefts) == 1 else (j,)
            if len(lefts) + len(rights) > 2:
                found.append((lefts, rights))
                free[0].difference_update(lefts)
                free[1].difference_update(rights)
    return found


def _has_neighbour(number: int, free: set[int]) -> bool:
    return number - 1 in free or number + 1 in free


def _missing(whole: str, piece: str) -> Counter[str]:
    """The words of the whole that a piece of it has not."""
    return Counter(words_of_folded(whole)) - Counter(words_of_folded(piece))


def _pieces(number: int, side: _Side, free: set[int], whole: str) -> tuple[int, ...]:
    """A paragraph and those neighbours that hold what it is lacking of the whole."""
    texts, homes = side
    if not any(at in free and homes[at] == homes[number] for at in (number - 1, number + 1)):
        return (number,)
    missing = _missing(whole, texts[number])
    found = [number]
    steps: tuple[Callable[[int], int], ...] = (lambda at: at + 1, lambda at: at - 1)
    for step in steps:
        at = step(number)
        while at in free and homes[at] == homes[number] and _belongs(texts[at], missing):
            missing -= Counter(words_of_folded(texts[at]))
            found.append(at)
            at = step(at)
    return tuple(sorted(found))


def _belongs(text: str, missing: Counter[str]) -> bool:
    said = Counter(words_of_folded(text))
    return bool(said) and (said & missing).total() >= _MOST_OF_A_PIECE * said.total()
