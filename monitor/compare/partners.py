"""Lists × lists (or sections × sections) → which corresponds to which: by what they share, by heading, by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from monitor.compare.fold import skeleton
from monitor.compare.likeness import best_first

# A heading outweighs a few shared items, and no more: a list keeps its items when it is renamed. A section's heading
# is its name, and outweighs any paragraph.
LIST_HEADING = 0.3
SECTION_HEADING = 1.0


class Shelf(NamedTuple):
    """A list or section as seen here: how much it holds, its heading, and whether it bears dates."""

    size: int
    heading: str | None
    is_dated: bool = False


def partners(
    before: Sequence[Shelf],
    after: Sequence[Shelf],
    shared: Mapping[tuple[int, int], int],
    heading_weight: float = LIST_HEADING,
) -> dict[int, int]:
    """For the numbers of `before` those of `after` that correspond; `shared` counts what each two have in common."""
    names = tuple([skeleton(each.heading or "") for each in side] for side in (before, after))
    found = dict(best_first(_by_content(before, after, shared, names, heading_weight)))
    _add(found, _by_heading(names, found))
    _add(found, _by_place(before, after, names, found))
    return found


def count_shared(pairs: Sequence[tuple[frozenset[int], frozenset[int]]]) -> Counter[tuple[int, int]]:
    """How many survivors each two lists have in common; a pair is the lists of one survivor on either side."""
    counts: Counter[tuple[int, int]] = Counter()
    for ours, theirs in pairs:
        for i in ours:
            for j in theirs:
                counts[i, j] += 1
    return counts


def _by_content(
    before: Sequence[Shelf],
    after: Sequence[Shelf],
    shared: Mapping[tuple[int, int], int],
    names: tuple[list[str], ...],
    heading_weight: float,
) -> list[tuple[float, int, int]]:
    scored = []
    for (i, j), count in shared.items():
        score = count / max(1, min(before[i].size, after[j].size))
        if names[0][i] and names[0][i] == names[1][j]:
            score += heading_weight
        scored.append((score, i, j))
    return scored


def _by_heading(names: tuple[list[str], ...], found: Mapping[int, int]) -> list[tuple[int, int]]:
    """Those that alone bear their heading on both sides, among what is left; else in their order."""
    ours, theirs = _by_name(names[0], set(found)), _by_name(names[1], set(found.values()))
    return [pair for name in ours for pair in zip(ours[name], theirs.get(name, ()), strict=False)]


def _by_name(names: Sequence[str], taken: Collection[int]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        if name and number not in taken:
            groups.setdefault(name, []).append(number)
    return groups


def _by_place(
    before: Sequence[Shelf], after: Sequence[Shelf], names: tuple[list[str], ...], found: Mapping[int, int]
) -> list[tuple[int, int]]:
    """Those that stand behind the same neighbour, unless their headings or their dates say they are two."""
    ours, theirs = _behind(len(before), found), _behind(len(after), {j: i for i, j in found.items()})
    waiting: dict[int, list[int]] = {}
    for j, neighbour in theirs.items():
        waiting.setdefault(neighbour, []).append(j)
    pairs = []
    for i, neighbour in ours.items():
        queue = waiting.get(found.get(neighbour, -1), [])
        fits = (j for j in queue if _may_be_one(before[i], after[j], names[0][i], names[1][j]))
        chosen = next(fits, None)
        if chosen is not None:
            queue.remove(chosen)
            pairs.append((i, chosen))
    return pairs


def _behind(count: int, found: Mapping[int, int]) -> dict[int, int]:
    """For each number without a partner the last one before it that has one, -1 where none has."""
    behind = {}
    last = -1
    for number in range(count):
        if number in found:
            last = number
        else:
            behind[number] = last
    return behind


def _may_be_one(one: Shelf, other: Shelf, name: str, other_name: str) -> bool:
    return one.is_dated == other.is_dated and not (name and other_name and name != other_name)


def _add(found: dict[int, int], pairs: Sequence[tuple[int, int]]) -> None:
    found.update(pairs)
