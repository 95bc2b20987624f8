"""Two sides → the stamps that moved on to a day which was still to come when their snapshot was captured.

A stamp that keeps its distance ("Next update 4 May", a day later 5 May) is routine, one that does not is edited text.
But "as on" a day to come cannot be; which of the two it is nothing decides, and that is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from monitor.compare.claims import is_claim
from monitor.compare.fold import fold
from monitor.compare.labelled import by_label
from monitor.compare.reasons import limits as said
from monitor.compare.sides import Sides
from monitor.model.reading import Reading, Stamp

_MOST_BY_ZONES = 1  # days that a page's calendar can be ahead of UTC


def stamps_ahead(sides: Sides) -> Iterator[str]:
    """A sentence for each such stamp of the later snapshot."""
    is_after = sides.order() >= 0
    pairs, _, _ = by_label(
        sides.before.stamps, sides.after.stamps, lambda each: each.label, lambda each: fold(each.when.text)
    )
    for one, other in pairs:
        stamp, reading = (other, sides.after) if is_after else (one, sides.before)
        days = _days_ahead(stamp, reading)
        if days > _MOST_BY_ZONES and fold(one.when.text) != fold(other.when.text) and not is_claim(one, other, sides):
            yield said.stamp_ahead(stamp, days, sides, is_after=is_after)


def _days_ahead(stamp: Stamp, reading: Reading) -> int:
    """By how many days it is later than the capture; 0 where a time is not known, or relative."""
    captured = reading.captured_day
    span = stamp.when.span(None) if captured and stamp.when.is_full else None
    return (span[0] - captured).days if span and captured else 0
