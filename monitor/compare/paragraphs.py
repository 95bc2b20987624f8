"""Paragraphs × paragraphs → which are the same, which were touched, which came and went. Names no change.

Near-linear: the same words are found by hashing; likeness is looked for among what is left, and only where that is
little enough.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from monitor.compare.fold import fold, words
from monitor.compare.likeness import like_pairs

# Left over on one side; 20,000 paragraphs of 100 words are indexed in about two seconds.
_MOST_COMPARED = 20_000
_LEAST_LIKENESS = 0.5  # half of what two paragraphs say, by weight: the rest was touched
_LEAST_ELSEWHERE = 0.7  # in another section the words alone must say that it is the same one


@dataclass(slots=True, kw_only=True)
class Alignment:
    """Pairs of numbers that are the same or touched, and numbers on one side only."""

    same: list[tuple[int, int]] = field(default_factory=list)
    touched: list[tuple[int, int]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    is_cut: bool = False


def align(
    before: Sequence[str],
    after: Sequence[str],
    sections: tuple[Sequence[Hashable], Sequence[Hashable]] | None = None,
) -> Alignment:
    """Paragraph by paragraph; `sections` names for each where it stands, the same name on both sides where that is.

    What stands in a corresponding section is preferred.
    """
    ours, theirs = sections or ([0] * len(before), [0] * len(after))
    result = Alignment()
    left, right = dict(enumerate(before)), dict(enumerate(after))
    for with_section in (True, False):
        _pair_same(left, right, (ours, theirs) if with_section else None, result)
    folded = tuple({number: fold(text) for number, text in side.items()} for side in (left, right))
    if left and right:
        for with_section in (True, False):
            _pair_same(folded[0], folded[1], (ours, theirs) if with_section else None, result)
    _pair_touched(folded[0], folded[1], ours, theirs, result)
    result.same.sort()
    result.touched.sort(key=lambda pair: pair[1])
    result.gone, result.new = list(folded[0]), list(folded[1])
    return result


def _pair_same(
    left: dict[int, str],
    right: dict[int, str],
    sections: tuple[Sequence[Hashable], Sequence[Hashable]] | None,
    result: Alignment,
) -> None:
    """Take out of both sides what is the same text, in order."""
    waiting: dict[Hashable, list[int]] = {}
    for number in reversed(right):
        waiting.setdefault((right[number], sections[1][number]) if sections else right[number], []).append(number)
    for number in list(left):
        queue = waiting.get((left[number], sections[0][number]) if sections else left[number])
        if queue:
            other = queue.pop()
            result.same.append((number, other))
            del left[number], right[other]


def _pair_touched(
    left: dict[int, str], right: dict[int, str], ours: Sequence[Hashable], theirs: Sequence[Hashable], result: Alignment
) -> None:
    if not left or not right:
        return
    facing = list(_facing(left, right, ours, theirs, result))
    if max(len(left), len(right)) > _MOST_COMPARED:
        found = [pair for pair in facing if _is_plainly_one(words(left[pair[0]]), words(right[pair[1]]))]
        result.is_cut = len(found) < min(len(left), len(right))
    else:
        found = _like(left, right, facing, ours, theirs)
    for number, other in found:
        result.touched.append((number, other))
        del left[number], right[other]


def _like(
    left: dict[int, str],
    right: dict[int, str],
    facing: Iterable[tuple[int, int]],
    ours: Sequence[Hashable],
    theirs: Sequence[Hashable],
) -> list[tuple[int, int]]:
    one, other = ({number: words(text) for number, text in side.items()} for side in (left, right))
    found = like_pairs(one, other, facing, _LEAST_LIKENESS)
    return [(i, j) for i, j in found if ours[i] == theirs[j] or _is_plainly_one(one[i], other[j])]


def _facing(
    left: Collection[int],
    right: Collection[int],
    ours: Sequence[Hashable],
    theirs: Sequence[Hashable],
    found: Alignment,
) -> Iterator[tuple[int, int]]:
    """What stands at one height behind the same paragraph of both sides."""
    pairs = list(enumerate(found.same))
    behind = {place: number for number, place in _places(left, ours, {i: at for at, (i, _) in pairs})}
    for number, place in _places(right, theirs, {j: at for at, (_, j) in pairs}):
        if place in behind:
            yield behind[place], number


def _places(
    numbers: Collection[int], homes: Sequence[Hashable], same: Mapping[int, int]
) -> Iterator[tuple[int, Hashable]]:
    """For each number its section, the last paragraph before it that both sides have, and how far behind it stands."""
    anchor: int | None = None
    start = -1
    for number, home in enumerate(homes):
        if number in same:
            anchor, start = same[number], number
        elif number in numbers:
            yield number, (home, anchor, number - start)


def _is_plainly_one(one: Sequence[str], other: Sequence[str]) -> bool:
    left, right = set(one), set(other)
    return 2 * len(left & right) >= _LEAST_ELSEWHERE * (len(left) + len(right))
