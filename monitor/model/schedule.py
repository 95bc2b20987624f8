"""When a page is captured: every so often, at times of the day, or as cron says."""

from __future__ import annotations

from typing import NamedTuple


class Schedule(NamedTuple):
    """One of three: `every` so many seconds; `at` times of the day ("07:00"); `cron`, five fields, weekdays by name.

    `zone` is the IANA name of the time zone that `at` and `cron` speak of.
    """

    every: int = 0
    at: tuple[str, ...] = ()
    cron: str | None = None
    zone: str = "UTC"
