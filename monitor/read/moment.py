"""A reading → the moment at which its page was shown, as the page itself says it: by its date and its clocks.

A date alone is a whole day, and a clock alone is any day's: nothing is guessed from one of the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import NamedTuple

from monitor.model.reading import Clock, Reading

_SLACK = timedelta(minutes=1)  # two clocks of one page may be read across the turn of a minute
_DAY = timedelta(days=1)


class Shown(NamedTuple):
    """The moment in UTC, to the minute or second that the page shows; None where it does not say.

    `reason` is what says it, or what is missing: "its date, 4 July 2020, and its clock (Moscow 08:25)".
    """

    at: datetime | None
    reason: str


def shown_moment(reading: Reading) -> Shown:
    """When the page was shown. Where its clocks stand in several zones, the date is that of the first one's place."""
    day, when = reading.page_day, reading.page_date
    if day is None or when is None:
        return Shown(None, "it shows no date as today's")
    if when.clock is not None and when.utc_offset is not None:
        zone = timezone(timedelta(minutes=when.utc_offset))
        return Shown(_moment(day, when.clock, zone), f"its date and time, {when.text}")
    clocks = [clock for clock in reading.clocks if clock.zone]
    if not clocks:
        return Shown(None, f"it shows {when.text} as its date and no clock whose time zone is known")
    return _by_clocks(clocks, day, when.text)


def _by_clocks(clocks: Sequence[Clock], day: date, text: str) -> Shown:
    from zoneinfo import ZoneInfo  # noqa: PLC0415  most pages show no clocks

    zones = [ZoneInfo(str(clock.zone)) for clock in clocks]
    at = _moment(day, clocks[0].time, zones[0])
    if at is None:
        return Shown(None, f"its clock shows {clocks[0].time}, which is no time")
    there = [at.astimezone(zone) for zone in zones]
    wrong = [clock for clock, local in zip(clocks, there, strict=True) if not _shows(clock, local)]
    named = ", ".join(f"{clock.place} {clock.time}" for clock in clocks)
    if wrong:
        return Shown(None, f"its clocks contradict each other ({named})")
    other = [each for each in zip(clocks, there, strict=True) if each[1].date() != day]
    still = f"; in {other[0][0].place} it was {other[0][1]:%A} the {_ordinal(other[0][1].day)}" if other else ""
    return Shown(at, f"its date, {text}, and its clock{'s' if clocks[1:] else ''} ({named}{still})")


def _shows(clock: Clock, local: datetime) -> bool:
    """Whether a clock stands at that time of the day."""
    shown = _moment(local.date(), clock.time, local.tzinfo)
    apart = abs(shown - local) if shown else _DAY / 2
    return min(apart, _DAY - apart) <= _SLACK


def _moment(day: date, clock: str, zone: object) -> datetime | None:
    try:
        local = datetime.combine(day, time.fromisoformat(clock.zfill(len("08:25"))))
        return local.replace(tzinfo=zone).astimezone(UTC)  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None


def _ordinal(day: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in (11, 12, 13) else 0, "th")
    return f"{day}{ending}"
