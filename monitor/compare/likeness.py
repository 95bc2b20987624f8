"""Texts × texts → which of them could be the same text, touched; by words and how rare they are.

Near-linear: an index of words rare on both sides names the pairs worth a look; common words never do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence

# A word in more texts than this on either side says nothing on which text is meant; also what bounds the pairs.
_RARE = 6
_KEYS = 12  # rarest words of a text that name its candidates; a touched text shares some of them
_SAME_WORD = 0.5  # trigrams in common of two forms or misspellings of one word ("statement", "statements": 0.84)


class Weights:
    """How much each word tells: the rarer among its side's texts, the more; a formula in each of them next to none."""

    def __init__(self, before: Iterable[Iterable[str]], after: Iterable[Iterable[str]]) -> None:
        counts = [Counter(word for text in side for word in set(text)) for side in (before, after)]
        self._counts = {word: max(each[word] for each in counts) for word in counts[0] | counts[1]}

    def of(self, word: str) -> float:
        return 1 / self._counts.get(word, 1)

    def total(self, words: Iterable[str]) -> float:
        return sum(map(self.of, words))


def likeness(before: Sequence[str], after: Sequence[str], weights: Weights) -> float:
    """0 … 1: the share of the weight that two texts have in common, forms of one word counted in part."""
    left, right = set(before), set(after)
    shared = left & right
    common = weights.total(shared)
    left_weight, right_weight = (weights.total(each) for each in (left, right))
    if not left_weight or not right_weight:
        return 0.0
    common += _related(left - shared, right - shared, weights)
    whole = 2 * common / (left_weight + right_weight)
    if len(shared) < 3:
        return whole
    return max(whole, 0.85 * common / min(left_weight, right_weight))


def candidates(before: Mapping[int, Iterable[Hashable]], after: Mapping[int, Iterable[Hashable]]) -> set[tuple[int, int]]:
    """Pairs of keys of the two mappings that share something rare on both sides."""
    left, right = _index(before), _index(after)
    shared = {key: len(left[key]) * len(right[key]) for key in left.keys() & right.keys()}
    rare = {key: size for key, size in shared.items() if size <= _RARE * _RARE}
    left_keys, right_keys = (_rarest(side, rare) for side in (before, after))
    partners = _index(right_keys)
    return {(i, j) for i, keys in left_keys.items() for key in keys for j in partners.get(key, ())}


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


def like_pairs(before: Mapping[int, Sequence[str]], after: Mapping[int, Sequence[str]], least: float) -> list[tuple[int, int]]:
    """Pairs of texts, given as words, that are at least so like."""
    if not before or not after:
        return []
    weights = Weights(before.values(), after.values())
    scored = ((likeness(before[i], after[j], weights), i, j) for i, j in candidates(before, after))
    return best_first(each for each in scored if each[0] >= least)


def _related(left: set[str], right: set[str], weights: Weights) -> float:
    """The weight of words that are forms of one another, each used once."""
    if not left or not right or len(left) * len(right) > 400:
        return 0.0
    scored = [(_trigrams_shared(a, b), a, b) for a in left for b in right]
    total = 0.0
    used: set[str] = set()
    for score, a, b in sorted(scored, key=lambda each: (-each[0], sorted(each[1:]))):
        if score < _SAME_WORD:
            break
        if not {a, b} & used:
            used |= {a, b}
            total += score * min(weights.of(a), weights.of(b))
    return total


def _trigrams_shared(a: str, b: str) -> float:
    if a.isdigit() or b.isdigit():
        return 0.0
    left, right = _trigrams(a), _trigrams(b)
    return 2 * len(left & right) / (len(left) + len(right))


def _trigrams(word: str) -> set[str]:
    padded = f" {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def _index(side: Mapping[int, Iterable[Hashable]]) -> dict[Hashable, list[int]]:
    index: dict[Hashable, list[int]] = {}
    for number, keys in side.items():
        for key in set(keys):
            index.setdefault(key, []).append(number)
    return index


def _rarest(side: Mapping[int, Iterable[Hashable]], rare: Mapping[Hashable, int]) -> dict[int, list[Hashable]]:
    return {
        number: sorted((key for key in set(keys) if key in rare), key=lambda key: (rare[key], str(key)))[:_KEYS]
        for number, keys in side.items()
    }
