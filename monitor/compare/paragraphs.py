"""Paragraphs × paragraphs → which are the same, which were touched, which came and went. Names no change.

Near-linear: the same words are found by hashing; likeness is looked for among what is left, and only where that is
little enough.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from monitor.compare.breaks import Group, regrouped
from monitor.compare.fold import fold, words, words_of_folded
from monitor.compare.likeness import like_pairs
from monitor.compare.numbering import without_label

# Left over on one side; 20,000 paragraphs of 100 words are indexed in about two seconds.
_MOST_COMPARED = 20_000
_LEAST_LIKENESS = 0.5  # half of what two paragraphs say, by weight: the rest was touched
_LEAST_ELSEWHERE = 0.7  # in another section the words alone must say that it is the same one


class Alignment(NamedTuple):
    """Pairs of numbers that are the same or touched, and numbers on one side only.

    `regrouped` are those of a paragraph and of its pieces on the other side, several on one side at least. `is_cut`
    is whether so much was left over that touched ones may be among `gone` and `new`.
    """

    same: Sequence[tuple[int, int]]
    touched: Sequence[tuple[int, int]]
    gone: Sequence[int]
    new: Sequence[int]
    is_cut: bool = False
    regrouped: Sequence[Group] = ()


def align(
    before: Sequence[str],
    after: Sequence[str],
    sections: tuple[Sequence[Hashable], Sequence[Hashable]] | None = None,
) -> Alignment:
    """Paragraph by paragraph; `sections` names for each where it stands, the same name on both sides where that is.

    What stands in a corresponding section is preferred.
    """
    ours, theirs = sections or ([0] * len(before), [0] * len(after))
    left, right = dict(enumerate(before)), dict(enumerate(after))
    same = [*_ends(left, right, ours, theirs), *_same(left, right, ours, theirs)]
    left, right = ({number: fold(text) for number, text in side.items()} for side in (left, right))
    if left and right:
        same += _same(left, right, ours, theirs)
    touched, is_cut = _touched(left, right, ours, theirs, same)
    groups = regrouped(touched, (left, ours), (right, theirs))
    taken = [{number for group in groups for number in group[side]} for side in (0, 1)]
    pairs = [pair for pair in touched if pair[0] not in taken[0]]
    known = [own | paired for own, paired in zip(taken, _sides(pairs), strict=True)]
    gone, new = sorted(left.keys() - known[0]), sorted(right.keys() - known[1])
    return Alignment(
        same=sorted(same),
        touched=sorted(pairs, key=lambda pair: pair[1]),
        gone=gone,
        new=new,
        is_cut=is_cut and bool(gone and new),
        regrouped=groups,
    )


def _touched(
    left: dict[int, str],
    right: dict[int, str],
    ours: Sequence[Hashable],
    theirs: Sequence[Hashable],
    same: Sequence[tuple[int, int]],
) -> tuple[list[tuple[int, int]], bool]:
    """Pairs of what is left that are one paragraph, and whether there is too much to look for all of them."""
    if not left or not right:
        return [], False
    bare, other = ({number: without_label(text) for number, text in side.items()} for side in (left, right))
    renumbered = list(_same(bare, other, ours, theirs))
    left, right = {number: left[number] for number in bare}, {number: right[number] for number in other}
    facing = list(_facing(left, right, ours, theirs, sorted([*same, *renumbered])))
    if max(len(left), len(right)) > _MOST_COMPARED:
        plain = [pair for pair in facing if _is_plainly_one(words(left[pair[0]]), words(right[pair[1]]))]
        return [*renumbered, *plain], True
    return [*renumbered, *_like(left, right, facing, ours, theirs)], False


def _sides(pairs: Iterable[tuple[int, int]]) -> tuple[set[int], set[int]]:
    before, after = set(), set()
    for i, j in pairs:
        before.add(i)
        after.add(j)
    return before, after


def _ends(
    left: dict[int, str], right: dict[int, str], ours: Sequence[Hashable], theirs: Sequence[Hashable]
) -> list[tuple[int, int]]:
    """Take out of both sides what is the same from the start and from the end on: of repeated texts those meant."""
    pairs = list(takewhile(lambda pair: _is_same(pair, left, right, ours, theirs), zip(left, right, strict=False)))
    if len(pairs) < min(len(left), len(right)):
        rest = zip(range(len(left) - 1, len(pairs) - 1, -1), range(len(right) - 1, len(pairs) - 1, -1), strict=False)
        pairs += takewhile(lambda pair: _is_same(pair, left, right, ours, theirs), rest)
    for i, j in pairs:
        del left[i], right[j]
    return pairs


def _is_same(
    pair: tuple[int, int],
    left: Mapping[int, str],
    right: Mapping[int, str],
    ours: Sequence[Hashable],
    theirs: Sequence[Hashable],
) -> bool:
    i, j = pair
    return left[i] == right[j] and ours[i] == theirs[j]


def _same(
    left: dict[int, str], right: dict[int, str], ours: Sequence[Hashable], theirs: Sequence[Hashable]
) -> Iterator[tuple[int, int]]:
    """Take out of both sides what is the same text, in order: first in corresponding sections, then anywhere."""
    for homes in ((ours, theirs), None):
        waiting: dict[Hashable, list[int]] = {}
        for number in reversed(right):
            waiting.setdefault((right[number], homes[1][number]) if homes else right[number], []).append(number)
        for number in list(left):
            queue = waiting.get((left[number], homes[0][number]) if homes else left[number])
            if queue:
                other = queue.pop()
                yield number, other
                del left[number], right[other]


def _like(
    left: dict[int, str],
    right: dict[int, str],
    facing: Iterable[tuple[int, int]],
    ours: Sequence[Hashable],
    theirs: Sequence[Hashable],
) -> list[tuple[int, int]]:
    one, other = ({number: words_of_folded(text) for number, text in side.items()} for side in (left, right))
    found = like_pairs(one, other, facing, _LEAST_LIKENESS)
    return [(i, j) for i, j in found if ours[i] == theirs[j] or _is_plainly_one(one[i], other[j])]


def _facing(
    left: Collection[int],
    right: Collection[int],
    ours: Sequence[Hashable],
    theirs: Sequence[Hashable],
    same: Sequence[tuple[int, int]],
) -> Iterator[tuple[int, int]]:
    """What stands at one height behind the same paragraph of both sides."""
    pairs = list(enumerate(same))
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
