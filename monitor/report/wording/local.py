"""A comparison → the same with its times on the clock of a reader's zone: each names that zone wherever it is told.

Only what the report says by itself is meant: the days of the snapshots are the pages' own, and a reason stays as it is.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from monitor.model.comparison import Comparison, Unseen
from monitor.model.failure import Failure
from monitor.model.reading import Reading
from monitor.model.schedule import Missed
from monitor.report.wording import dates


def in_zone(comparison: Comparison, zone: str) -> Comparison:
    """The comparison as it is told to somebody in the zone of that IANA name.

    Each side has a clock of its own, for Python takes two times of one and the same for what they read, and an hour
    that a clock shows twice for one.
    """
    there = ZoneInfo(zone)
    return comparison._replace(
        before=_reading(comparison.before, ZoneInfo.no_cache(zone)),
        after=_reading(comparison.after, ZoneInfo.no_cache(zone)),
        gap=_unseen(comparison.gap, there) if comparison.gap else None,
    )


def _reading(reading: Reading, zone: tzinfo) -> Reading:
    """What has a day alone keeps it: it is that day everywhere."""
    at = reading.captured_at
    return reading._replace(captured_at=at.astimezone(zone)) if at and dates.has_time(at) else reading


def _unseen(gap: Unseen, zone: tzinfo) -> Unseen:
    return gap._replace(
        since=gap.since.astimezone(zone),
        until=gap.until.astimezone(zone),
        failures=tuple(_failure(each, zone) for each in gap.failures),
        missed=tuple(_missed(each, zone) for each in gap.missed),
    )


def _failure(failure: Failure, zone: tzinfo) -> Failure:
    over_at: datetime | None = failure.over_at.astimezone(zone) if failure.over_at else None
    return failure._replace(
        since=failure.since.astimezone(zone), last_at=failure.last_at.astimezone(zone), over_at=over_at
    )


def _missed(missed: Missed, zone: tzinfo) -> Missed:
    return missed._replace(first=missed.first.astimezone(zone), last=missed.last.astimezone(zone))
