"""The later side's clocks and dates → checks of what they claim, against each other and against the capture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from monitor.compare.reasons import clocks as reasons
from monitor.compare.sides import Sides
from monitor.model.comparison import Check, CheckVerdict
from monitor.model.reading import Clock, Reading

SLACK = timedelta(minutes=1)  # two clocks of one page may be read across the turn of a minute
_DATE_SLACK = 1  # days that the calendars of two zones can be apart


class Pairing(NamedTuple):
    """Two clocks on one day: how far apart they stand and should stand, and the moment the first one names.

    `here` and `there` are that moment in both places; `shown` is what the second clock shows.
    """

    home: Clock
    other: Clock
    here: datetime
    there: datetime
    shown: timedelta
    right: timedelta

    @property
    def is_consistent(self) -> bool:
        return abs(self.shown - self.right) <= SLACK


def clock_checks(sides: Sides) -> Iterator[Check]:
    """One check for each further clock of the later side against the one that the page date belongs to."""
    before = {(each.home.place, each.other.place): each for each in pairings(sides.before)}
    for each in pairings(sides.after):
        earlier = before.get((each.home.place, each.other.place))
        verdict = CheckVerdict.CONSISTENT if each.is_consistent else CheckVerdict.INCONSISTENT
        yield Check(
            check="clock",
            subject=f"{each.home.place} and {each.other.place}",
            verdict=verdict,
            expected=reasons.apart(each.right),
            found=reasons.apart(each.shown),
            reason=reasons.clocks(each, sides, has_page_date=sides.after.page_day is not None),
            is_standing=not each.is_consistent and earlier is not None and not earlier.is_consistent,
        )


def date_checks(sides: Sides) -> Iterator[Check]:
    """The page date of the later side against its capture; one that moved on and is of another day is renewed late."""
    shown = sides.after.page_day
    if shown is None or (sides.after.standing_date and not sides.is_date_stalled):
        return
    captured = _captured_day(sides.after)
    if captured is None:
        verdict, expected = CheckVerdict.UNDECIDED, None
    else:
        is_right = abs((shown - captured).days) <= _DATE_SLACK
        verdict = CheckVerdict.CONSISTENT if is_right else CheckVerdict.INCONSISTENT
        expected = captured.isoformat()
    yield Check(
        check="date",
        subject="page date",
        verdict=verdict,
        expected=expected,
        found=shown.isoformat(),
        reason=reasons.page_date(shown, captured, sides),
        is_standing=verdict is CheckVerdict.INCONSISTENT and _was_wrong(sides.before),
    )


def pairings(reading: Reading) -> Iterator[Pairing]:
    zoned = [clock for clock in reading.clocks if clock.zone]
    day = reading.page_day or reading.snapshot_day
    if len(zoned) < 2 or day is None:
        return
    home = _home(zoned, day, reading)
    for other in zoned:
        if other is not home:
            yield from _pairing(home, other, day)


def _pairing(home: Clock, other: Clock, day: date) -> Iterator[Pairing]:
    from zoneinfo import ZoneInfo  # noqa: PLC0415  most pages show no clocks

    here, there = clock_time(home, day), clock_time(other, day)
    if here is None or there is None or not home.zone or not other.zone:
        return
    try:
        here = here.replace(tzinfo=ZoneInfo(home.zone))
        moment = here.astimezone(ZoneInfo(other.zone))
    except (KeyError, ValueError, OSError, OverflowError):
        return
    right = moment.replace(tzinfo=None) - here.replace(tzinfo=None)
    shown = wrapped(there - here.replace(tzinfo=None), right)
    yield Pairing(home=home, other=other, here=here, there=moment, shown=shown, right=right)


def wrapped(shown: timedelta, right: timedelta) -> timedelta:
    """A clock names no day: of the differences it can mean, the one nearest to what it should be."""
    day = timedelta(days=1)
    return min((shown + turn * day for turn in (-2, -1, 0, 1, 2)), key=lambda each: abs(each - right))


def _home(clocks: Sequence[Clock], day: date, reading: Reading) -> Clock:
    """The clock whose calendar the page date is: the first shown, unless at the capture another place had that day."""
    if reading.captured_at is None:
        return clocks[0]
    from zoneinfo import ZoneInfo  # noqa: PLC0415  most pages show no clocks

    for clock in clocks:
        try:
            if clock.zone and reading.captured_at.astimezone(ZoneInfo(clock.zone)).date() == day:
                return clock
        except (KeyError, ValueError, OSError):
            continue
    return clocks[0]


def clock_time(clock: Clock, day: date) -> datetime | None:
    """The wall-clock time that a clock shows on that day; None where it shows none."""
    try:
        return datetime.combine(day, time.fromisoformat(clock.time.zfill(len("08:25"))))
    except ValueError:
        return None


def _captured_day(reading: Reading) -> date | None:
    """The capture's day in the page's zone, without that in the zone of its first clock, else in UTC."""
    zone = next((clock.zone for clock in reading.clocks if clock.zone), None)
    if reading.captured_at is None or reading.zone or zone is None:
        return reading.captured_day
    from zoneinfo import ZoneInfo  # noqa: PLC0415  most pages show no clocks

    try:
        return reading.captured_at.astimezone(ZoneInfo(zone)).date()
    except (KeyError, ValueError, OSError):
        return reading.captured_day


def _was_wrong(reading: Reading) -> bool:
    captured = _captured_day(reading)
    return bool(captured and reading.page_day and abs((reading.page_day - captured).days) > _DATE_SLACK)
