"""Two captures of a page in the store → whether nobody saw it between them for longer than usual, and why."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.compare.pauses import is_gap, is_outage, is_unusual, long_between, longest_pause
from monitor.model.comparison import Comparison, Unseen
from monitor.model.page import Page
from monitor.model.snapshot import Capture
from monitor.store.folder import Store

if TYPE_CHECKING:
    from monitor.store.catalogue.opened import Catalogue
    from monitor.watch.step import Step


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


def gaps_between(
    catalogue: Catalogue | None, page: Page, captures: Sequence[Capture], steps: Sequence[Step], until: datetime
) -> Iterator[Unseen]:
    """The times in which nobody saw the page for long, each of which ends with one of the `steps`, or `until` then.

    `captures` are all of the page's, of which the period is the end; what lies between those compared is no good one.
    """
    places, times = {each.file: place for place, each in enumerate(captures)}, [each.at for each in captures]
    pairs = [(places[step.before.file], places[step.capture.file]) for step in steps if step.is_good and step.before]
    found = [(first, times[last], last - first - 1) for first, last in long_between(times, pairs, page.schedule)]
    usual = longest_pause(page.schedule) if page.schedule else None
    newest = bisect_left(times, until) - 1
    if usual and newest >= 0 and is_unusual(times, newest, until, usual):
        found.append((newest, until, 0))
    for first, end, passed_over in found:
        unseen = _remembered(catalogue, page, times[first], end)
        yield unseen._replace(passed_over=passed_over, is_outage=is_outage(times, first, end, page.schedule))


def _unseen(store: Store, page: Page, before: Capture, after: Capture, catalogue: Catalogue | None) -> Unseen:
    """The time between the two, and what the catalogue remembers of it; a store without one is given none for that."""
    if catalogue:
        return _remembered(catalogue, page, before.at, after.at)
    from monitor.store.catalogue.opened import NAME, open_catalogue  # noqa: PLC0415  it is slow to load, and gaps are rare

    found = open_catalogue(store) if os.path.exists(store.path(NAME)) else None
    if found is None:
        return Unseen(before.at, after.at)
    with found:
        return _remembered(found, page, before.at, after.at)


def _remembered(catalogue: Catalogue | None, page: Page, since: datetime, until: datetime) -> Unseen:
    """What failed at one of the two moments themselves is another matter: they are captures."""
    if catalogue is None:
        return Unseen(since, until)
    failures = catalogue.failures(page.id, since, until)
    missed = catalogue.missed_between(page.id, since, until)
    return Unseen(
        since,
        until,
        tuple(each for each in failures if each.last_at > since and each.since < until),
        tuple(each for each in missed if each.last > since and each.first < until),
    )
