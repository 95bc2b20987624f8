"""A page's newest captures in the store → the comparison of each with the last good one before it.

What this costs does not grow with the number of the page's captures, but for listing its folder: older readings come
from the catalogue, MOST_READ of them at most and those that a counter may have stood since, and only where there is a
finding or such a counter.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.compare.footing import own_doubts
from monitor.model.page import Page
from monitor.model.reading import Suspicion
from monitor.model.snapshot import Capture
from monitor.store import names
from monitor.store.catalogue.opened import Catalogue
from monitor.store.folder import Store
from monitor.watch.line import Line
from monitor.watch.step import Step

MOST_AT_ONCE = 16  # captures that are compared and told of in one go: seconds, and whoever is killed loses no more
_LOOKED_BACK = 5  # captures: a page that fails by turns in two ways, or three, is told of each once


def compare_since(
    catalogue: Catalogue | None, store: Store, page: Page, told: Capture | None, most: int = MOST_AT_ONCE
) -> list[Step]:
    """The steps of the next captures after the one that was `told` of last, in order of time; `most` at most.

    Without one that was told of it is the step of the newest.

    Each has its whole `comparison` beside the short `compared`, which the catalogue keeps; both are None, as is
    `before`, at a page's first capture and where `fault` says why the capture cannot be read. The catalogue is brought
    up to date with the ledger first.
    """
    if catalogue is None:
        return _steps(None, store, page, told, most)
    catalogue.catch_up()
    with catalogue.together():
        return _steps(catalogue, store, page, told, most)


def _steps(catalogue: Catalogue | None, store: Store, page: Page, told: Capture | None, most: int) -> list[Step]:
    line = Line(catalogue, store, page)
    return [_step(line, at) for at in _places(line, told)[:most]]


def _step(line: Line, at: int) -> Step:
    step = line.step(at, is_whole=True)
    if step.is_good or step.comparison is None:
        return step
    return step._replace(
        is_as_before=_is_as_before(line, at, own_doubts(step.comparison.after, step.comparison.before))
    )


def _is_as_before(line: Line, at: int, doubts: Sequence[Suspicion]) -> bool:
    """Whether the bad captures just before it were doubted for one of the same things; those that cannot be read say
    nothing."""
    signs = {each.sign for each in doubts}
    for place in range(at - 1, max(-1, at - 1 - _LOOKED_BACK), -1):
        if line.step(place).is_good:
            return False
        if signs & {each.sign for each in line.doubts(place)}:
            return True
    return False


def _places(line: Line, told: Capture | None) -> range:
    end = len(line.captures)
    if told is None:
        return range(max(0, end - 1), end)
    begin = end
    while begin and names.order(line.captures[begin - 1]) > names.order(told):
        begin -= 1
    return range(begin, end)
