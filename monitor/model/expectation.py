"""What a page ought to say, as config.yaml has it: what does not hold is a finding."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class ExpectedCounter(NamedTuple):
    """A counter counts from a day, `is_inclusive` where that day counts as the first. `label` begins or stands in its
    sentence."""

    label: str
    origin: date
    is_inclusive: bool = False


class ExpectedClock(NamedTuple):
    """The clock of a place goes by a time zone, an IANA name."""

    place: str
    zone: str


class ExpectedField(NamedTuple):
    """A header field of that label has that value."""

    label: str
    value: str


class Expectations(NamedTuple):
    """All that a page ought to say; `are_new` where the earlier capture was compared with none, so that what both
    violate is told by this comparison."""

    counters: tuple[ExpectedCounter, ...] = ()
    clocks: tuple[ExpectedClock, ...] = ()
    fields: tuple[ExpectedField, ...] = ()
    are_new: bool = False
