"""When a page is captured: every so often, at times of the day, or as cron says. And what became of its slots."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Schedule(NamedTuple):
    """One of three: `every` so many seconds; `at` times of the day ("07:00"); `cron`, five fields, weekdays by name.

    `zone` is the IANA name of the time zone that `at` and `cron` speak of.
    """

    every: int = 0
    at: tuple[str, ...] = ()
    cron: str | None = None
    zone: str = "UTC"


class Begun(NamedTuple):
    """The newest slot of a page that was begun, when, and when it was carried out to its end; all in UTC.

    Without `done_at` it is still at work, or whoever began it is no more.
    """

    slot: datetime
    begun_at: datetime
    done_at: datetime | None = None


class Missed(NamedTuple):
    """Slots of a page in a row at which nobody was there, from the first to the last, in UTC, and how many.

    They are counted up to MOST_COUNTED, which stands for that many or more.
    """

    first: datetime
    last: datetime
    slots: int


MOST_COUNTED = 10_000
