"""That a page could not be seen → one sentence: it fails, it is back, its captures were missed.

`name` is what the page is called; times name the zone in which they are given, mostly UTC.
"""

from __future__ import annotations

from datetime import datetime

from monitor.model.comparison import Comparison, Unseen, Verdict
from monitor.model.failure import Failure
from monitor.model.schedule import MOST_COUNTED, Missed
from monitor.report.neutral import neutral
from monitor.report.wording import dates, spells

_MOST_TOLD = 3  # stretches of failures: the first ones say what was the matter


def fails(name: str, failure: Failure) -> str:
    """Told once, when so many attempts failed in a row that it is no passing matter."""
    since, attempts = dates.minute(failure.since), failure.attempts
    if failure.has_captures:
        return _is_unusable(name, failure)
    if attempts == 1:
        return f"{neutral(name)} could not be captured on {since}: {reason(failure.reason)}."
    tried = f"{dates.capital(dates.number(attempts))} attempts"
    return (
        f"{neutral(name)} cannot be captured since {since}. {tried} in a row failed, "
        f"the last {_on(failure.last_at, failure.since)}: {reason(failure.reason)}."
    )


def _is_unusable(name: str, failure: Failure) -> str:
    since = dates.minute(failure.since)
    if failure.attempts == 1:
        return f"The capture of {neutral(name)} on {since} is not usable: {reason(failure.reason)}."
    many = dates.capital(dates.number(failure.attempts))
    return (
        f"There is no good capture of {neutral(name)} since {since}. {many} captures in a row are not usable, "
        f"the last {_on(failure.last_at, failure.since)}: {reason(failure.reason)}."
    )


def is_back(name: str, failure: Failure, at: datetime) -> str:
    """Told once, when a page that was told to fail could be captured again."""
    is_again = "has a good capture again" if failure.has_captures else "can be captured again"
    return (
        f"{neutral(name)} {is_again}, after {_length(failure.since, at)}: "
        f"{attempts_failed(failure)}. What came and went on it in that time is not known."
    )


def attempts_failed(failure: Failure) -> str:
    """12 attempts failed from 4 July, 08:25 UTC, to 6 July 2020, 09:25 UTC, the last one for this reason: no answer."""
    why, what = reason(failure.reason), tries(failure)
    if failure.attempts == 1:
        return f"{what} on {dates.minute(failure.since)} ({why})"
    return f"{what} from {dates.from_minute_to(failure.since, failure.last_at)} ({why})"


def tries(failure: Failure) -> str:
    """12 attempts failed; three captures were not usable."""
    if failure.has_captures:
        return f"{dates.counted(failure.attempts, 'capture')} {'was' if failure.attempts == 1 else 'were'} not usable"
    return f"{dates.counted(failure.attempts, 'attempt')} failed"


def missed(name: str, slots: int, first: datetime, last: datetime, at: datetime | None = None) -> str:
    """Captures that were due and that nobody took, from the first to the last; one `at` made up for them, or will."""
    covered = f"the one of {dates.minute_beside(at, last)} makes up for" if at else "the next one will make up for"
    if slots == 1:
        due = dates.minute_beside(first, at or first)
        return f"{neutral(name)} was not captured when it was due on {due}; {covered} it."
    return (
        f"{neutral(name)} was not captured {dates.counted(slots, 'time')} when it was due, from "
        f"{dates.from_minute_to(first, last)}; {covered} them."
    )


def gap(comparison: Comparison, unseen: Unseen) -> str:
    """That the page was not seen between the two captures, and why."""
    none = "No good capture" if unseen.passed_over else "No capture"
    is_found = comparison.verdict in (Verdict.CHANGED, Verdict.SUSPECT)
    what = "the change happened somewhere in between" if is_found else "what came and went in between is not known"
    why = why_unseen(unseen)
    return f"{none} {_between(unseen.since, unseen.until)}: {what}{f'; {why}' if why else ''}."


def why_unseen(unseen: Unseen) -> str:
    """12 attempts failed from … to … (no answer); 40 captures that were due from … to … were missed; or nothing."""
    told = [attempts_failed(each) for each in unseen.failures[:_MOST_TOLD]]
    if left := len(unseen.failures) - _MOST_TOLD:
        told += [f"{sum(each.attempts for each in unseen.failures[_MOST_TOLD:]):,} more failed"] if left > 0 else []
    told += [_due(each) for each in unseen.missed[:_MOST_TOLD]]
    if unseen.passed_over:
        told.append(f"{dates.counted(unseen.passed_over, 'capture')} of that time may be no honest one")
    return "; ".join(told)


def _due(missed: Missed) -> str:
    if missed.slots == 1:
        return f"the capture due on {dates.minute(missed.first)} was missed"
    slots = f"{'at least ' if missed.slots >= MOST_COUNTED else ''}{dates.number(missed.slots)} captures"
    return f"{slots} due from {dates.from_minute_to(missed.first, missed.last)} were missed"


def _between(since: datetime, until: datetime) -> str:
    """Between 25 November, 22:00 UTC, and 28 November 2026, 06:00 UTC; of one day between its times."""
    if since.date() == until.date():
        return f"on {dates.day(since.date())} between {dates.between_times(since, until)}"
    first = f"{dates.day_beside(since.date(), until.date())}, {since:%H:%M} {dates.zone(since)}"
    return f"between {first}, and {dates.minute(until)}"


def reason(text: str) -> str:
    """Why an attempt failed, on one line and without a full stop of its own."""
    return neutral(text).strip().rstrip(".") or "no reason was given"


def _on(at: datetime, since: datetime) -> str:
    """At 09:25 UTC; with the day where it is another than that named before."""
    return f"at {at:%H:%M} {dates.zone(at)}" if at.date() == since.date() else f"on {dates.minute(at)}"


def _length(since: datetime, until: datetime) -> str:
    """Two hours; less than a minute."""
    count, unit = spells.in_units(until - since)
    return dates.counted(count, unit) if count else "less than a minute"
