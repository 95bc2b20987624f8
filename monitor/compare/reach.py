"""A list → its date order and its reach: how far back (ascending: ahead) it shows what there is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from monitor.compare.articles import Entry
from monitor.compare.order import longest_run

# Entries that may stand outside the order (pinned, promoted): one from four on, then a fifth. Of ten items in random
# order eight or more stand in one by chance in 1 of 2,000 lists, of five at least four in 1 of 4.
_SMALLEST_WITH_PINNED = 4
_PINNED_SHARE = 5


class Reach(NamedTuple):
    """Where a list in date order is cut off. `text` is that date as the page writes it.

    `is_ahead` is for a list of coming events: ascending, and ending after its snapshot day. `front` is the first day
    that it shows, `first_over` the day on which the first of its entries is over.
    """

    day: date
    front: date
    first_over: date
    text: str
    is_ascending: bool
    is_ahead: bool
    is_strict: bool

    def is_beyond(self, span: tuple[date, date]) -> bool:
        """Whether all or some of the days stand at or beyond the reach."""
        return span[1] >= self.day if self.is_ascending else span[0] <= self.day


def reach_of(entries: Sequence[Entry], today: date | None) -> Reach | None:
    """The reach of a list; None where it is in no date order."""
    dated = [entry for entry in entries if entry.span]
    if not dated or 2 * len(dated) < len(entries):
        return None
    days = [entry.span[0].toordinal() for entry in dated if entry.span]
    falling, low = longest_run([-day for day in days])
    rising, high = longest_run(days)
    is_ascending = rising > falling
    run, closing = (rising, high) if is_ascending else (falling, -low)
    if len(days) - run > _pinned_allowed(len(days)):
        return None
    day = date.fromordinal(closing)
    return Reach(
        day=day,
        front=date.fromordinal(min(days) if is_ascending else max(days)),
        first_over=min(entry.end for entry in dated if entry.end) if is_ascending else day,
        text=_text_of(dated, day),
        is_ascending=is_ascending,
        is_ahead=is_ascending and today is not None and day >= today,
        is_strict=run == len(days),
    )


def in_one_order(one: Reach | None, other: Reach | None, today: date | None) -> Reach | None:
    """The reach of a list seen at `today`; of one that is down to a single day, in the order of the other side's."""
    if one is None or other is None or one.front != one.day or not other.is_ascending:
        return one
    return one._replace(is_ascending=True, is_ahead=other.is_ahead and today is not None and one.day >= today)


def _pinned_allowed(count: int) -> int:
    return max(1, count // _PINNED_SHARE) if count >= _SMALLEST_WITH_PINNED else 0


def _text_of(dated: Sequence[Entry], day: date) -> str:
    """The date as the last entry that bears it writes it."""
    closing = (
        entry.item.date.text for entry in reversed(dated) if entry.item.date and entry.span and entry.span[0] == day
    )
    return " ".join(next(closing, day.isoformat()).split())
