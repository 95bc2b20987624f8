"""What the clocks and the page date show, and whether that can be."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from monitor.compare.reasons.phrases import clauses, count, day, of_day
from monitor.compare.sides import Sides

if TYPE_CHECKING:
    from monitor.compare.clocks import Pairing

# What a person calls the summer times whose abbreviations the tz database gives; others are "summer time".
_SUMMER_TIMES = {
    "Europe/London": "British Summer Time",
    "CEST": "Central European Summer Time",
    "EEST": "Eastern European Summer Time",
    "WEST": "Western European Summer Time",
    "EDT": "Eastern Daylight Time",
    "CDT": "Central Daylight Time",
    "MDT": "Mountain Daylight Time",
    "PDT": "Pacific Daylight Time",
}


def apart(difference: timedelta) -> str:
    """ "2 h apart", "5 h 30 min apart"."""
    minutes = round(abs(difference.total_seconds()) / 60)
    hours, rest = divmod(minutes, 60)
    said = " ".join(part for part in (f"{hours} h" if hours or not rest else "", f"{rest} min" if rest else "") if part)
    return f"{said} apart"


def clocks(pairing: Pairing, sides: Sides, *, has_page_date: bool) -> str:
    return clauses(_difference(pairing, sides), _other_day(pairing, sides) if has_page_date else None)


def page_date(shown: date, captured: date | None, sides: Sides) -> str:
    if captured is None:
        return "when the snapshot was taken is not known, so the page's date cannot be checked"
    if shown == captured:
        return f"the page shows {day(shown, sides)}, the day of its capture"
    apart = count(abs((shown - captured).days), "day")
    return f"the page shows {day(shown, sides)}, its capture is of {day(captured, sides)}, {apart} off"


def order(kept: bool, outside: str | None, sides: Sides) -> str:
    if kept:
        return "in date order, both times"
    return f"in date order before; in {of_day('list', sides, is_after=True)} {outside} stands out of it"


def turned(sides: Sides, *, is_rising: bool) -> str:
    was, now = ("oldest", "newest") if is_rising else ("newest", "oldest")
    return f"{was} first before; {of_day('list', sides, is_after=True)} is sorted the other way round, {now} first"


def _difference(pairing: Pairing, sides: Sides) -> str:
    places = f"{pairing.home.place} and {pairing.other.place}"
    on = day(pairing.here.date(), sides)
    summer = _summer_time(pairing)
    if pairing.is_consistent:
        return f"right in {summer}" if summer else f"right on {on}"
    return (
        f"on {on} {places} are {apart(pairing.right)}; the page shows {pairing.home.time} and {pairing.other.time}, "
        f"{apart(pairing.shown)}"
    )


def _summer_time(pairing: Pairing) -> str | None:
    for clock, moment in ((pairing.home, pairing.here), (pairing.other, pairing.there)):
        if moment.dst():
            named = _SUMMER_TIMES.get(clock.zone or "") or _SUMMER_TIMES.get(moment.tzname() or "")
            return named or f"{clock.place}'s summer time"
    return None


def _other_day(pairing: Pairing, sides: Sides) -> str | None:
    """Where the two places have different days: whose day the page's is."""
    here, there = pairing.here.date(), pairing.there.date()
    if here == there or not pairing.is_consistent:
        return None
    yet = "still" if there < here else "already"
    return (
        f"at {_time(pairing.here)} in {pairing.home.place} it is {yet} {day(there, sides)} in {pairing.other.place} "
        f"({_time(pairing.there)}), so the page's date of {day(here, sides)} is {pairing.home.place}'s"
    )


def _time(moment: datetime) -> str:
    return f"{moment:%H:%M}"
