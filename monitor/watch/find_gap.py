"""Two captures of a page in the store → whether nobody saw it between them for longer than usual, and why."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from monitor.compare.pauses import is_gap
from monitor.model.comparison import Comparison, Unseen
from monitor.model.page import Page
from monitor.model.snapshot import Capture
from monitor.store.folder import Store

if TYPE_CHECKING:
    from monitor.store.catalogue.opened import Catalogue


def with_gap(
    comparison: Comparison,
    store: Store,
    page: Page,
    pair: tuple[Capture, Capture],
    catalogue: Catalogue | None = None,
    *,
    are_next_good: bool = False,
) -> Comparison:
    """The comparison of the `pair`, with the gap between them where there is one; nothing is said of sides in reverse.

    Where other captures lie between them, the page was seen; unless `are_next_good`: those are no good ones then.
    """
    (before, after), captures = pair, store.captures(page.id)
    if before not in captures or after not in captures:
        return comparison
    first, last = captures.index(before), captures.index(after)
    if first >= last or (last > first + 1 and not are_next_good):
        return comparison
    if not is_gap([each.at for each in captures], first, last, page.schedule):
        return comparison
    unseen = _unseen(store, page, before, after, catalogue)
    return comparison._replace(gap=unseen._replace(passed_over=last - first - 1))


def _unseen(store: Store, page: Page, before: Capture, after: Capture, catalogue: Catalogue | None) -> Unseen:
    """The time between the two, and what the catalogue remembers of it; a store without one is given none for that."""
    if catalogue:
        return _remembered(catalogue, page, before, after)
    from monitor.store.catalogue.opened import NAME, open_catalogue  # noqa: PLC0415  it is slow to load, and gaps are rare

    found = open_catalogue(store) if os.path.exists(store.path(NAME)) else None
    if found is None:
        return Unseen(before.at, after.at)
    with found:
        return _remembered(found, page, before, after)


def _remembered(catalogue: Catalogue, page: Page, before: Capture, after: Capture) -> Unseen:
    """What failed at one of the two moments themselves is another matter: they are captures."""
    failures = catalogue.failures(page.id, before.at, after.at)
    missed = catalogue.missed_between(page.id, before.at, after.at)
    return Unseen(
        before.at,
        after.at,
        tuple(each for each in failures if each.last_at > before.at and each.since < after.at),
        tuple(each for each in missed if each.last > before.at and each.first < after.at),
    )
