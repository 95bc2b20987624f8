"""One capture after the other → which are the page's own, and with which of them the next one is compared.

A capture that may be no honest one is put aside. But a page may change its form for good: after three captures of one
form over a day, or where somebody accepted one, that form is the page's. Errors, walls and captures that break off
become it only by being accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Set as AbstractSet
from datetime import datetime, timedelta
from typing import NamedTuple

from monitor.compare.form import are_of_one_form, form_of
from monitor.compare.reasons import history as said, limits
from monitor.model.change import ChangeKind
from monitor.model.comparison import Comparison
from monitor.model.doubts import OF_FORM, UNMATCHED
from monitor.model.reading import Reading, Suspicion

ENOUGH_CAPTURES = 3
ENOUGH_TIME = timedelta(days=1)  # a fault of the night is mended by the next one; who redesigns a page keeps it
MOST_WAITING = 4  # forms that are remembered while none of them has lasted


class Waiting(NamedTuple):
    """Doubtful captures of one form: the name of the first of them, and how many there were."""

    first: str
    captures: int


class Footing(NamedTuple):
    """What is known of a page's captures up to one of them: the name of the last good one, "" where there was none, and
    the forms that were seen since."""

    good: str = ""
    waiting: tuple[Waiting, ...] = ()


class Seen(NamedTuple):
    """A capture by its name, when it was taken (UTC), what is doubted of it alone, its reading, and whether somebody
    accepted it."""

    name: str
    at: datetime
    doubts: tuple[Suspicion, ...]
    reading: Reading
    is_accepted: bool = False


class Stood(NamedTuple):
    """How the page stands after a capture; `new_form` says so where that capture gave it another form."""

    footing: Footing
    new_form: str | None = None


def stand(footing: Footing, seen: Seen, read: Callable[[str], tuple[datetime, Reading] | None]) -> Stood:
    """The page's footing after one more capture. `read` gives an earlier one by its name, None where it cannot."""
    if not seen.doubts:
        return Stood(Footing(seen.name))
    reasons = [each.reason for each in seen.doubts]
    if seen.is_accepted:
        return Stood(Footing(seen.name), said.accepted_form(reasons))
    if not all(each.sign in OF_FORM for each in seen.doubts):
        return Stood(footing)
    return _waited(footing, seen, reasons, read)


def as_accepted(before: Reading, after: Reading) -> tuple[Reading, Reading]:
    """The last good capture without doubts that somebody accepted, and the next one without the same, if of that form.

    Rules that match nothing stay: they say how a capture was read.
    """
    known = {each.sign for each in before.suspicions} - {UNMATCHED}
    if not known:
        return before, after
    is_known = are_of_one_form(form_of(before), form_of(after))
    return _without(before, known), _without(after, known) if is_known else after


def of_the_later(comparison: Comparison) -> Comparison:
    """The comparison of a good capture with one that only shows beside it that it may not have been whole.

    What the earlier one lacked is no matter of the later one, and no ground to doubt it: it stands among the limits.
    """
    if own_doubts(comparison.after, comparison.before):
        return comparison
    found = [change for change in comparison.changes if change.kind is ChangeKind.CAPTURE_SUSPECT]
    if not found or comparison.is_foreign:
        return comparison
    changes = tuple(change for change in comparison.changes if change not in found)
    doubted = (limits.earlier_doubted(change.subject, change.reason) for change in found if change.before)
    return comparison._replace(changes=changes, limits=(*comparison.limits, *doubted))


def _without(reading: Reading, signs: AbstractSet[str]) -> Reading:
    return reading._replace(suspicions=tuple(each for each in reading.suspicions if each.sign not in signs))


def own_doubts(reading: Reading, before: Reading | None) -> tuple[Suspicion, ...]:
    """What is doubted of a capture alone: a rule that matches in neither of the two says nothing of one of them."""
    shared = {each.quote for each in before.suspicions if each.sign == UNMATCHED} if before else set()
    return tuple(each for each in reading.suspicions if each.sign != UNMATCHED or each.quote not in shared)


def _waited(
    footing: Footing, seen: Seen, reasons: list[str], read: Callable[[str], tuple[datetime, Reading] | None]
) -> Stood:
    """One more capture of a form that waits, or the first of one."""
    form = form_of(seen.reading)
    for place, each in enumerate(footing.waiting):
        first = read(each.first)
        if first is None or not are_of_one_form(form_of(first[1]), form):
            continue
        captures, lasted = each.captures + 1, seen.at - first[0]
        if captures >= ENOUGH_CAPTURES and lasted >= ENOUGH_TIME:
            hours = int(lasted.total_seconds() // 3600)
            return Stood(Footing(seen.name), said.new_form(reasons, first[1].snapshot_day, captures, hours))
        rest = (*footing.waiting[:place], *footing.waiting[place + 1 :])
        return Stood(footing._replace(waiting=(*rest, each._replace(captures=captures))))
    return Stood(footing._replace(waiting=(*footing.waiting, Waiting(seen.name, 1))[-MOST_WAITING:]))
