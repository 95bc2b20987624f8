"""What became of the expectations that config.yaml has of a page."""

from __future__ import annotations

from datetime import date

from monitor.compare.reasons.phrases import count, days_span, quote
from monitor.model.reading import Clock, Counter, Field

_NAMES = {"counter": "counter with the words", "clock": "clock of", "field": "field"}


def missing(name: str, label: str, *, is_suspect: bool) -> str:
    what = f"no {_NAMES[name]} {quote(label) if name != 'clock' else label}"
    return f"{what} is there, and the capture is suspect" if is_suspect else f"{what} is there, where one is expected"


def origin(day: date, *, is_inclusive: bool) -> str:
    """ "4 March 2018", "4 March 2018 as day one"."""
    return f"{days(day, day)}{' as day one' if is_inclusive else ''}"


def days(first: date, last: date) -> str:
    return days_span((first, last))


def counter(found: Counter, first: date, last: date, wanted: str, *, is_right: bool) -> str:
    way = "from" if found.direction == "up" else "to"
    shown = count(found.value, found.unit)
    if is_right:
        return f"{shown}, counting {way} {wanted}, as expected"
    return f"{shown}, counting {way} {days(first, last)}, where {wanted} is expected"


def no_day() -> str:
    return "no day tells from when it counts"


def clock(found: Clock, zone: str, *, is_right: bool) -> str:
    return f"it shows {found.time}, {'which is right' if is_right else 'which is not the time'} in {zone}"


def no_moment() -> str:
    return "nothing tells the moment that it shows"


def field(found: Field, value: str, *, is_right: bool) -> str:
    return (
        f"{quote(found.value)}, as expected" if is_right else f"{quote(found.value)}, where {quote(value)} is expected"
    )


def wanted(value: str) -> str:
    return f"{quote(value)} is expected"


def as_expected_again() -> str:
    return "as expected again"
