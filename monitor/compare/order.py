"""A sequence → what of it is in order. Knows numbers only."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Any


def longest_run(values: Sequence[Any]) -> tuple[int, Any]:
    """How long the longest never-falling subsequence is, and the least value that closes one of that length."""
    tails: list[Any] = []
    for value in values:
        at = bisect_right(tails, value)
        tails[at : at + 1] = [value]
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


def _lengths(values: Sequence[int]) -> list[int]:
    """For each value the length of the longest rising subsequence that ends with it."""
    tails: list[int] = []
    lengths = []
    for value in values:
        at = bisect_left(tails, value)
        tails[at : at + 1] = [value]
        lengths.append(at + 1)
    return lengths
