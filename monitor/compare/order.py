"""A sequence → what of it is in order. Knows numbers only."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import add
from typing import Any


def longest_run(values: Sequence[Any]) -> tuple[int, Any]:
    """How long the longest never-falling subsequence is, and the least value that closes one of that length."""
    tails: list[Any] = []
    for value in values:
        at = bisect_right(tails, value)
        if at == len(tails):
            tails.append(value)
        else:
            tails[at] = value
    return len(tails), tails[-1] if tails else None


def out_of_order(positions: Sequence[int]) -> set[int]:
    """Indices of the distinct `positions` that not every longest rising subsequence holds.

    Two neighbours that changed places are both out of order, one that jumped over nine is the only one: the same
    ones whichever side is looked at from.
    """
    if all(first < last for first, last in pairwise(positions)):
        return set()
    ending = _lengths(positions)
    starting = _lengths([-each for each in reversed(positions)])[::-1]
    longest = max(ending)
    level: dict[int, list[int]] = {}
    for index, (left, right) in enumerate(zip(ending, starting, strict=True)):
        if left + right - 1 == longest:
            level.setdefault(left, []).append(index)
    kept = {indices[0] for indices in level.values() if len(indices) == 1}
    return set(range(len(positions))) - kept


def dearest_run(values: Sequence[int], worth: Sequence[tuple[int, ...]]) -> set[int]:
    """Indices of the never-falling subsequence whose worths sum up to the most, their first parts before the second."""
    ranks = {value: rank for rank, value in enumerate(sorted(set(values)), start=1)}
    best: list[tuple[tuple[int, ...], int]] = [((), -1)] * (len(ranks) + 1)  # a Fenwick tree of maxima
    above: list[int] = []
    last: tuple[tuple[int, ...], int] = ((), -1)
    for index, value in enumerate(values):
        total, before = _best_up_to(best, ranks[value])
        above.append(before)
        reached = (tuple(map(add, total, worth[index])) if total else worth[index], index)
        last = max(last, reached)
        at = ranks[value]
        while at < len(best):
            best[at] = max(best[at], reached)
            at += at & -at
    return set(_back(last[1], above))


def _best_up_to(best: Sequence[tuple[tuple[int, ...], int]], rank: int) -> tuple[tuple[int, ...], int]:
    found = best[0]
    while rank:
        found = max(found, best[rank])
        rank -= rank & -rank
    return found


def _back(index: int, above: Sequence[int]) -> Iterator[int]:
    while index >= 0:
        yield index
        index = above[index]


def _lengths(values: Sequence[int]) -> list[int]:
    """For each value the length of the longest rising subsequence that ends with it."""
    tails: list[int] = []
    lengths = []
    for value in values:
        at = bisect_left(tails, value)
        tails[at : at + 1] = [value]
        lengths.append(at + 1)
    return lengths
