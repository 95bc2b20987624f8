"""What a page ought to say, and what both its captures do say → a check for each expectation, of the later one.

What the earlier capture violated too is standing: it was told then, unless that one was compared with none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from monitor.compare.clocks import SLACK, clock_time, pairings, wrapped
from monitor.compare.fold import fold
from monitor.compare.reasons import expectations as said
from monitor.compare.reasons.phrases import clauses
from monitor.model.change import Change, ChangeKind as Kind, Significance
from monitor.model.comparison import Check, CheckVerdict
from monitor.model.expectation import Expectations, ExpectedClock, ExpectedCounter, ExpectedField
from monitor.model.labels import called
from monitor.model.reading import Clock, Counter, Field, Reading

_Expected = TypeVar("_Expected", ExpectedCounter, ExpectedClock, ExpectedField)
_FEWEST_DIGITS = 6  # of a telephone number; a number of fewer is compared as it is written
_DAY_SLACK = 1  # days: a snapshot day that is the capture's may be off the page's calendar
# Zones lie half hours apart (some three quarters): a clock that is off by anything else is a copy kept from earlier.
_ZONES_APART = timedelta(minutes=15)
_FETCH_SLACK = timedelta(minutes=3)


class _Held(NamedTuple):
    """What an expectation came to in one capture; `subject` is what the page calls its matter."""

    subject: str
    verdict: CheckVerdict
    reason: str
    expected: str | None = None
    found: str | None = None


def expectation_checks(before: Reading, after: Reading, expect: Expectations) -> Iterator[Check]:
    """One check for each expectation. What is not there violates it; of a suspect capture nothing tells."""
    checks = (
        *_checks("counter", before, after, expect.counters, _counter),
        *_checks("clock", before, after, expect.clocks, _clock),
        *_checks("field", before, after, expect.fields, _field),
    )
    yield from (each._replace(is_standing=each.is_standing and not expect.are_new) for each in checks)


def with_expected(changes: Iterable[Change], before: Reading, after: Reading, expect: Expectations) -> Iterator[Change]:
    """The changes, those of an expected field saying so: a field that is as expected again is no alert."""
    for change in changes:
        kind = change.kind if change.kind in (Kind.FIELD_CHANGED, Kind.FIELD_ADDED, Kind.FIELD_REMOVED) else None
        wanted = next((each for each in expect.fields if kind and _is_about(change, each, before, after)), None)
        yield _as_expected(change, wanted, before, after) if wanted else change


def _is_about(change: Change, expected: ExpectedField, *readings: Reading) -> bool:
    found = (_field(expected, reading) for reading in readings)
    return change.subject in [each.subject for each in found if each]


def _as_expected(change: Change, expected: ExpectedField, before: Reading, after: Reading) -> Change:
    now, then = _field(expected, after), _field(expected, before)
    if now is None or now.verdict is CheckVerdict.INCONSISTENT:
        return change._replace(reason=clauses(change.reason, said.wanted(expected.value)))
    if then is not None and then.verdict is CheckVerdict.CONSISTENT:
        return change
    return change._replace(significance=Significance.NOTABLE, reason=clauses(change.reason, said.as_expected_again()))


def _checks(
    name: str,
    before: Reading,
    after: Reading,
    expected: tuple[_Expected, ...],
    held: Callable[[_Expected, Reading], _Held | None],
) -> Iterator[Check]:
    for each in expected:
        there, was_there = held(each, after), held(each, before)
        then = was_there or _missing(name, each, before)
        now = there or _missing(name, each, after)
        if name == "field":  # by one name with its change, which says the same
            now = now._replace(subject=now.subject if there else then.subject)
        is_standing = now.verdict is then.verdict is CheckVerdict.INCONSISTENT
        yield Check(check=name, is_standing=is_standing, **now._asdict())


def _missing(name: str, expected: ExpectedCounter | ExpectedClock | ExpectedField, reading: Reading) -> _Held:
    label = expected.place if isinstance(expected, ExpectedClock) else expected.label
    verdict = CheckVerdict.UNDECIDED if reading.suspicions else CheckVerdict.INCONSISTENT
    return _Held(label, verdict, said.missing(name, label, is_suspect=bool(reading.suspicions)))


# -- counters


def _counter(expected: ExpectedCounter, reading: Reading) -> _Held | None:
    counter = _named(expected.label, reading.counters)
    if counter is None:
        return None
    wanted = said.origin(expected.origin, is_inclusive=expected.is_inclusive)
    shown = None if reading.is_day_from_items else counter.origin(reading.snapshot_moment)
    if shown is None:
        return _Held(counter.label, CheckVerdict.UNDECIDED, said.no_day(), wanted)
    first, last = (day + _shift(counter, expected) for day in shown)
    slack = timedelta(days=_DAY_SLACK if reading.is_day_from_capture else 0)
    is_right = first - slack <= expected.origin <= last + slack
    verdict = CheckVerdict.CONSISTENT if is_right else CheckVerdict.INCONSISTENT
    reason = said.counter(counter, first, last, wanted, is_right=is_right)
    return _Held(counter.label, verdict, reason, wanted, said.days(first, last))


def _named(label: str, counters: tuple[Counter, ...]) -> Counter | None:
    """The counter in whose sentence the label stands, best at its beginning."""
    wanted = fold(label).casefold()
    fitting = [
        (not text.startswith(wanted), at)
        for at, each in enumerate(counters)
        for text in (fold(each.label).casefold(), fold(each.text).casefold())
        if wanted in text
    ]
    return counters[min(fitting)[1]] if fitting else None


def _shift(counter: Counter, expected: ExpectedCounter) -> timedelta:
    """From the day that a count implies to the first one counted, where that is day one."""
    if not expected.is_inclusive or counter.unit != "day":
        return timedelta()
    return timedelta(days=1 if counter.direction == "up" else -1)


# -- clocks


def _clock(expected: ExpectedClock, reading: Reading) -> _Held | None:
    clock = next((each for each in reading.clocks if fold(each.place) == fold(expected.place)), None)
    if clock is None:
        return None
    is_right = _by_capture(clock, expected.zone, reading)
    if is_right is None:
        is_right = _by_others(clock, expected.zone, reading)
    if is_right is None:
        return _Held(clock.place, CheckVerdict.UNDECIDED, said.no_moment(), expected.zone, clock.time)
    verdict = CheckVerdict.CONSISTENT if is_right else CheckVerdict.INCONSISTENT
    return _Held(clock.place, verdict, said.clock(clock, expected.zone, is_right=is_right), expected.zone, clock.time)


def _by_capture(clock: Clock, zone: str, reading: Reading) -> bool | None:
    """Whether the clock shows the time of the capture in that zone; None where it shows that of no zone."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  most pages show no clocks

    captured = reading.captured_at
    if captured is None or captured.time() == datetime.min.time():
        return None
    here = captured.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    shown = clock_time(clock, here.date())
    if shown is None:
        return None
    off = abs(wrapped(shown - here, timedelta()))
    rest = off % _ZONES_APART
    is_of_a_zone = min(rest, _ZONES_APART - rest) <= _FETCH_SLACK
    return off <= _FETCH_SLACK if is_of_a_zone else None


def _by_others(clock: Clock, zone: str, reading: Reading) -> bool | None:
    """Whether it stands right beside the page's other clocks; None where there is none whose zone is known."""
    as_expected = tuple(each._replace(zone=zone) if each is clock else each for each in reading.clocks)
    pairs = [each for each in pairings(reading._replace(clocks=as_expected)) if _is_of(each.home, each.other, clock)]
    return all(abs(each.shown - each.right) <= SLACK for each in pairs) if pairs else None


def _is_of(home: Clock, other: Clock, clock: Clock) -> bool:
    return clock.place in (home.place, other.place)


# -- fields


def _field(expected: ExpectedField, reading: Reading) -> _Held | None:
    wanted = fold(expected.label).casefold()
    fields = [each for each in reading.fields if fold(each.label).casefold() == wanted]
    if not fields:
        return None
    field = next((each for each in fields if _has(each, expected.value)), fields[0])
    is_right = _has(field, expected.value)
    verdict = CheckVerdict.CONSISTENT if is_right else CheckVerdict.INCONSISTENT
    reason = said.field(field, expected.value, is_right=is_right)
    return _Held(called(field), verdict, reason, expected.value, field.value)


def _has(field: Field, value: str) -> bool:
    """Whether a field says that, points there or dials that number, whatever its spacing."""
    if value in (field.target, (field.target or "").partition(":")[2]) or fold(field.value) == fold(value):
        return True
    digits = _digits(value)
    return len(digits) >= _FEWEST_DIGITS and digits == _digits(field.value)


def _digits(text: str) -> str:
    """The digits of a text that is a telephone number; nothing of any other."""
    is_number = not any(each.isalpha() for each in text)
    return "".join(each for each in text if each.isdigit()) if is_number else ""
