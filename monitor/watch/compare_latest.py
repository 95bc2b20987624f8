"""A page's newest captures in the store → the comparison of each with the last good one before it.

What this costs does not grow with the number of the page's captures, but for listing its folder: older readings come
from the catalogue, MOST_READ of them at most, and only where there is a finding.
"""

from __future__ import annotations

from monitor.model.page import Page
from monitor.model.snapshot import Capture
from monitor.store import names
from monitor.store.catalogue.opened import Catalogue
from monitor.store.folder import Store
from monitor.watch.line import Line, Step


def compare_since(catalogue: Catalogue | None, store: Store, page: Page, told: Capture | None) -> list[Step]:
    """The steps of the captures after the one that was `told` of last, in order of time; without one, of the newest.

    Each has its whole `comparison` beside the short `compared`, which the catalogue keeps; both are None, as is
    `before`, at a page's first capture and where `fault` says why the capture cannot be read. The catalogue is brought
    up to date with the ledger first.
    """
    if catalogue is None:
        return _steps(None, store, page, told)
    catalogue.catch_up()
    with catalogue.together():
        return _steps(catalogue, store, page, told)


def _steps(catalogue: Catalogue | None, store: Store, page: Page, told: Capture | None) -> list[Step]:
    line = Line(catalogue, store, page)
    return [line.step(at, is_whole=True) for at in _places(line, told)]


def _places(line: Line, told: Capture | None) -> range:
    end = len(line.captures)
    if told is None:
        return range(max(0, end - 1), end)
    begin = end
    while begin and names.order(line.captures[begin - 1]) > names.order(told):
        begin -= 1
    return range(begin, end)
