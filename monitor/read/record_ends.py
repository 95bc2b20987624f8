"""Units → where the last record of a list ends, which no title after it tells."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from monitor.read.units import Parsed, Unit


def end_of_last(parsed: Parsed, run: list[Unit], anchors: list[Unit], firsts: list[int], *, is_before: bool) -> int:
    """Where the last record ends: it holds no more lines after its title than the longest before it.

    A heading ends it, a lower one only where those before it hold none.
    """
    ends = [*firsts[1:], run[-1].last]
    longest = max((end - unit.last for end, unit in zip(ends[:-1], anchors[:-1], strict=True)), default=0)
    last = min(anchors[-1].last + longest, run[-1].last)
    lowest = anchors[-1].level if _have_parts(run, anchors) else 0
    for index in range(anchors[-1].last, last):
        level = parsed.blocks[index].level
        if level > lowest > 0:
            continue
        if level or (is_before and parsed.traits[index].is_date):
            return index
    return _behind_bullets(parsed, last, run[-1].last) if anchors[-1].level else last


def _behind_bullets(parsed: Parsed, last: int, end: int) -> int:
    """Where the bullets end among which a place lies: they are of one entry, however many there are."""
    blocks = parsed.blocks
    while 0 < last < end and blocks[last - 1].tag == blocks[last].tag == "li" and not blocks[last].region:
        last += 1
    return last


def _have_parts(run: list[Unit], anchors: list[Unit]) -> bool:
    """Whether lower headings stand under most of the headings before the last one: "Added" under a release."""
    level, bounds = anchors[-1].level, pairwise(unit.first for unit in anchors)
    lower = [unit.first for unit in run if unit.level > level > 0]
    held = [bisect_left(lower, first) < bisect_left(lower, last) for first, last in bounds]
    return bool(lower) and 2 * sum(held) >= len(held)
