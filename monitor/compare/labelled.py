"""Labelled things × labelled things → pairs of one label, in order, and what stands on one side only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from monitor.compare.fold import fold
from monitor.model.labels import Labelled, called

T = TypeVar("T")


P = TypeVar("P", bound=Labelled)


def by_label(
    before: Iterable[T],
    after: Iterable[T],
    label: Callable[[T], str],
    value: Callable[[T], object],
    accept: Callable[[T, T], bool] | None = None,
) -> tuple[list[tuple[T, T]], list[T], list[T]]:
    """Pairs, gone and new; where a label stands several times, equal values are paired first. `accept` bars a pair."""
    waiting: dict[str, list[T]] = {}
    for each in after:
        waiting.setdefault(name_of(label(each)), []).append(each)
    ours = list(before)
    names = [name_of(label(each)) for each in ours]
    chosen: dict[int, T] = {}
    for is_equal in (True, False):
        for number, each in enumerate(ours):
            queue = waiting.get(names[number]) if number not in chosen else None
            if not queue:
                continue
            fitting = (one for one in queue if accept is None or accept(each, one))
            other = next((one for one in fitting if not is_equal or value(one) == value(each)), None)
            if other is not None:
                queue.remove(other)
                chosen[number] = other
    pairs = [(each, chosen[number]) for number, each in enumerate(ours) if number in chosen]
    gone = [each for number, each in enumerate(ours) if number not in chosen]
    return pairs, gone, [each for queue in waiting.values() for each in queue]


def by_section(
    before: Iterable[P], after: Iterable[P], value: Callable[[P], object]
) -> tuple[list[tuple[P, P]], list[P], list[P]]:
    """The same by label and heading first, where both sides give a heading, then by label alone."""
    inside, gone, new = by_label(before, after, called, value)
    across, gone, new = by_label(gone, new, lambda each: each.label, value)
    return [*inside, *across], gone, new


@lru_cache(maxsize=4096)
def name_of(label: str) -> str:
    """A label as it is compared: without its case and closing signs. Both sides show most labels alike."""
    return fold(label).casefold().rstrip(" :-")
