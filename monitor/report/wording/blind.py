"""That a page could not be seen → one sentence: it fails, it is back, its captures were missed.

`name` is what the page is called; times are in UTC.
"""

from __future__ import annotations

from datetime import datetime

from monitor.model.failure import Failure
from monitor.report.neutral import neutral
from monitor.report.wording import dates, spells


def fails(name: str, failure: Failure) -> str:
    """Told once, when so many attempts failed in a row that it is no passing matter."""
    since, attempts = dates.minute(failure.since), failure.attempts
    if attempts == 1:
        return f"{neutral(name)} could not be captured on {since}: {reason(failure.reason)}."
    tried = f"{dates.capital(dates.number(attempts))} attempts"
    return (
        f"{neutral(name)} cannot be captured since {since}. {tried} in a row failed, "
        f"the last {_on(failure.last_at, failure.since)}: {reason(failure.reason)}."
    )


def is_back(name: str, failure: Failure, at: datetime) -> str:
    """Told once, when a page that was told to fail could be captured again."""
    return (
        f"{neutral(name)} can be captured again, after {_length(failure.since, at)}: "
        f"{attempts_failed(failure)}. What came and went on it in that time is not known."
    )


def attempts_failed(failure: Failure) -> str:
    """12 attempts failed from 4 July, 08:25 UTC, to 6 July 2020, 09:25 UTC, the last one for this reason: no answer."""
    tried = dates.counted(failure.attempts, "attempt")
    why = reason(failure.reason)
    if failure.attempts == 1:
        return f"one attempt failed on {dates.minute(failure.since)} ({why})"
    return f"{tried} failed from {dates.from_minute_to(failure.since, failure.last_at)} ({why})"


def missed(name: str, slots: int, first: datetime, last: datetime, at: datetime | None = None) -> str:
    """Captures that were due and that nobody took, from the first to the last; one `at` made up for them, or will."""
    covered = f"the one of {dates.minute(at)} makes up for" if at else "the next one will make up for"
    if slots == 1:
        return f"{neutral(name)} was not captured when it was due on {dates.minute(first)}; {covered} it."
    return (
        f"{neutral(name)} was not captured {dates.counted(slots, 'time')} when it was due, from "
        f"{dates.from_minute_to(first, last)}; {covered} them."
    )


def reason(text: str) -> str:
    """Why an attempt failed, on one line and without a full stop of its own."""
    return neutral(text).strip().rstrip(".") or "no reason was given"


def _on(at: datetime, since: datetime) -> str:
    """At 09:25 UTC; with the day where it is another than that named before."""
    return f"at {at:%H:%M} UTC" if at.date() == since.date() else f"on {dates.minute(at)}"


def _length(since: datetime, until: datetime) -> str:
    """Two hours; less than a minute."""
    count, unit = spells.in_units(until - since)
    return dates.counted(count, unit) if count else "less than a minute"
