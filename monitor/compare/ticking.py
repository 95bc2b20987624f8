"""Articles × articles → the lists whose one date, the same at every entry, moved on with the captures.

Such a date is the page's own ("as of 10 May", said in fifteen rows) and dates no entry. A list of news has many dates,
and a mass re-stamp makes them one, which is another thing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from monitor.compare.articles import LEAD, Article
from monitor.compare.sides import Sides

_FEWEST = 3  # entries; two of one day are no rule


def ticking(before: Iterable[Article], after: Iterable[Article], sides: Sides) -> tuple[frozenset[int], frozenset[int]]:
    """The numbers of such lists in before and in after; none where the time between the snapshots is unknown."""
    if not sides.elapsed_days:
        return frozenset(), frozenset()
    ours, theirs = _days(before), _days(after)
    moved = {(one, other) for one in ours.values() for other in theirs.values() if _passed(one, other, sides)}
    return (
        frozenset(place for place, day in ours.items() if any(day == one for one, _ in moved)),
        frozenset(place for place, day in theirs.items() if any(day == other for _, other in moved)),
    )


def _passed(one: date, other: date, sides: Sides) -> bool:
    return (other - one).days == sides.elapsed_days


def _days(articles: Iterable[Article]) -> dict[int, date]:
    """For the lists in which all entries bear one full date, that date."""
    spans: dict[int, list[tuple[date, date] | None]] = {}
    for article in articles:
        for entry in article.entries:
            if entry.place != LEAD:
                is_shown = entry.item.date is not None and entry.item.date.is_full
                spans.setdefault(entry.place, []).append(entry.span if is_shown else None)
    return {place: row[0][0] for place, row in spans.items() if row[0] and len(row) >= _FEWEST and len(set(row)) == 1}
