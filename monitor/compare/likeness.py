"""Texts × texts → which of them could be the same text, touched; by words and how rare they are.

Near-linear: an index of words rare on both sides names the pairs worth a look; common words never do.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, repeat

# Words in more texts than this on either side (their geometric mean) do not say which text is meant.
_RARE = 5
_KEYS = 12  # rarest words of a text that name its candidates; a touched text shares several of them
_FEW = 4  # with so few candidates a text may share but one word with each; with more, chance would make the pairs
_WORTH_A_LOOK = 0.2  # of the weight: texts that share less are not made one by forms of their words
_SHORT = 3  # words: of so few, each may have been touched
_PART_OF = 0.85  # a text that holds another whole is nearly as like as one with a word replaced
_SAME_WORD = 0.5  # trigrams in common of two forms or misspellings of one word ("statement", "statements": 0.84)


class Weights:
    """How much each word tells, 0 … 1: the rarer among its side's texts, the more; one that all bear next to none."""

    def __init__(self, before: Sequence[Iterable[str]], after: Sequence[Iterable[str]]) -> None:
        self._weights: dict[str, float] = {}
        for side in (before, after):
            whole = math.log(len(side) + 1)
            for word, count in Counter(chain.from_iterable(map(frozenset, side))).items():
                if count > 1:  # a word of one text tells all it can
                    self._weights[word] = min(1 - math.log(count) / whole, self._weights.get(word, 1.0))

    def of(self, word: str) -> float:
        return self._weights.get(word, 1.0)

    def total(self, words: Iterable[str]) -> float:
        """The sum, the same in whatever order a set gives its words."""
        return math.fsum(map(self._weights.get, words, repeat(1.0)))


def likeness(before: Collection[str], after: Collection[str], weights: Weights) -> float:
    """0 … 1: the share of the weight that two texts have in common, forms of one word counted in part."""
    left, right = frozenset(before), frozenset(after)
    shared = left & right
    common, ours, theirs = (weights.total(each) for each in (shared, left, right))
    if not ours or not theirs:
        return 0.0
    if 2 * common >= _WORTH_A_LOOK * (ours + theirs) or max(len(left), len(right)) <= _SHORT:
        common += _related(left - shared, right - shared, weights)
    whole = 2 * common / (ours + theirs)
    return max(whole, _PART_OF * common / min(ours, theirs)) if len(shared) >= _SHORT else whole


def candidates(
    before: Mapping[int, Collection[Hashable]], after: Mapping[int, Collection[Hashable]]
) -> set[tuple[int, int]]:
    """Pairs of keys of the two mappings that share something rare on both sides."""
    left, right = _index(before), _index(after)
    shared = {key: len(left[key]) * len(right[key]) for key in left.keys() & right.keys()}
    rare = {key: size for key, size in shared.items() if size <= _RARE * _RARE}
    ranks = {key: rank for rank, key in enumerate(sorted(rare, key=lambda key: (rare[key], str(key))))}
    left_keys, right_keys = (_rarest(side, ranks) for side in (before, after))
    partners = _index(right_keys)
    counts = Counter((i, j) for i, keys in left_keys.items() for key in keys for j in partners.get(key, ()))
    choices = Counter(i for i, _ in counts), Counter(j for _, j in counts)
    return {(i, j) for (i, j), count in counts.items() if count > 1 or min(choices[0][i], choices[1][j]) <= _FEW}


def best_first(scored: Iterable[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """One to one, the best pairs first; of equals those that stand at the same height."""
    taken_before: set[int] = set()
    taken_after: set[int] = set()
    pairs = []
    for _, i, j in sorted(scored, key=lambda each: (-each[0], abs(each[1] - each[2]), each[1] + each[2])):
        if i not in taken_before and j not in taken_after:
            taken_before.add(i)
            taken_after.add(j)
            pairs.append((i, j))
    return pairs


def like_pairs(
    before: Mapping[int, Sequence[str]],
    after: Mapping[int, Sequence[str]],
    facing: Iterable[tuple[int, int]],
    least: float,
) -> list[tuple[int, int]]:
    """Pairs of texts, given as words, that are at least so like; `facing` are pairs to be looked at in any case."""
    if not before or not after:
        return []
    left, right = ({number: frozenset(words) for number, words in side.items()} for side in (before, after))
    weights = Weights(list(left.values()), list(right.values()))
    likely = candidates(left, right).union(facing)
    scored = ((likeness(left[i], right[j], weights), i, j) for i, j in likely)
    return best_first(each for each in scored if each[0] >= least)


def _related(left: frozenset[str], right: frozenset[str], weights: Weights) -> float:
    """The weight of words that are forms of one another, each used once."""
    if not left or not right or len(left) * len(right) > 400:
        return 0.0
    scored = [(score, a, b) for a in left for b in right if (score := _trigrams_shared(a, b)) >= _SAME_WORD]
    total = 0.0
    used: set[str] = set()
    for score, a, b in sorted(scored, key=lambda each: (-each[0], sorted(each[1:]))):
        if not {a, b} & used:
            used |= {a, b}
            total += score * min(weights.of(a), weights.of(b))
    return total


def _trigrams_shared(a: str, b: str) -> float:
    if a.isdigit() or b.isdigit():
        return _SAME_WORD if a.isdigit() and b.isdigit() else 0.0
    left, right = _trigrams(a), _trigrams(b)
    return 0.0 if left.isdisjoint(right) else 2 * len(left & right) / (len(left) + len(right))


@lru_cache(maxsize=4096)
def _trigrams(word: str) -> frozenset[str]:
    padded = f" {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def _index(side: Mapping[int, Collection[Hashable]]) -> dict[Hashable, list[int]]:
    index: dict[Hashable, list[int]] = {}
    for number, keys in side.items():
        for key in frozenset(keys):
            index.setdefault(key, []).append(number)
    return index


def _rarest(side: Mapping[int, Collection[Hashable]], ranks: Mapping[Hashable, int]) -> dict[int, list[Hashable]]:
    """The keys of each text that rank first, of those that have a rank."""
    rare = frozenset(ranks)
    return {number: sorted(rare.intersection(keys), key=ranks.__getitem__)[:_KEYS] for number, keys in side.items()}
