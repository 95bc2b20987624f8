"""How often a place changed at the captures before → whether its changing is routine. The one rule for all places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import islice, pairwise
from typing import NamedTuple

from monitor.compare.earlier import moment_of
from monitor.compare.reasons import history as reasons
from monitor.compare.reasons.phrases import clauses
from monitor.compare.sides import Sides
from monitor.model.change import Change, Noise, Significance
from monitor.model.reading import Reading

# A place that really changes at every other capture, which is often, passes for noise by chance with seven changes of
# seven in 1 of 128 cases, with nine of ten in 1 of 93, with 18 of 20 in 1 of 4,970; one that changes at every fifth in
# fewer than 1 of 70,000. A place that changes at 99 of 100 captures is known for it after seven in 93 cases of 100.
FEWEST = 7
_SHARE = 0.9
LOOKED_AT = 20  # captures; what a page did longer ago is no habit of today
# What changes within a month may be news however often it does; within the time between the two compared it is noise.
_PACE = 2  # times that time
_DAILY = timedelta(hours=36)  # captures once a day come some hours early or late
# Numbers and tokens move by themselves; words are written by somebody. That they are others once a month is what an
# editor does, and many archives keep only captures that differ. Captures once a week may come a day late.
_WEEKLY = timedelta(days=8)


class Steps(NamedTuple):
    """The readings from the oldest looked at to the earlier side, oldest first, and the steps between neighbours.

    `is_telling` says of each step whether a change in it counts: it does not where far more time lies between its
    captures than between the two compared. `is_soon` says whether no more than a week does: only then other words
    count. What stayed the same counts in any step.
    """

    readings: Sequence[Reading]
    is_telling: Sequence[bool]
    is_soon: Sequence[bool]

    def noise(self, changed: Iterable[bool], *, is_prose: bool) -> Noise | None:
        """From whether a place changed at each step, the newest step first; fewer where it was not there before."""
        steps = [all(each) for each in zip(self.is_telling, self.is_soon, strict=True)] if is_prose else self.is_telling
        told = zip(changed, reversed(steps), strict=False)
        return noise_of([each for each, counts in told if counts or not each])


def steps_of(older: Sequence[Reading], sides: Sides) -> Steps:
    """The last steps of the history; `older` is oldest first and ends with the earlier side."""
    readings = older[-LOOKED_AT - 1 :]
    gap = _between(sides.before, sides.after)
    longest = max(_DAILY, gap * _PACE) if gap is not None else timedelta.max
    gaps = [_between(one, other) for one, other in pairwise(readings)]
    return Steps(
        readings=readings,
        is_telling=[each is None or each <= longest for each in gaps],
        is_soon=[each is None or each <= _WEEKLY for each in gaps],
    )


def noise_of(changed: Iterable[bool]) -> Noise | None:
    """The habit of a place that changed so often, None where it is none."""
    seen = list(islice(changed, LOOKED_AT))
    is_habit = len(seen) >= FEWEST and sum(seen) >= _SHARE * len(seen)
    return Noise(changed=sum(seen), of=len(seen)) if is_habit else None


def settled(change: Change, noise: Noise | None) -> Change:
    """The change as routine where that is a habit of its place, with the habit in its reason."""
    if noise is None:
        return change
    reason = clauses(change.reason, reasons.habit(noise))
    return change._replace(significance=Significance.ROUTINE, noise=noise, reason=reason)


def weaker(found: Iterable[Noise | None]) -> Noise | None:
    """Of several places that changed as one, the habit of the steadiest; None where one of them has none."""
    habits = list(found)
    if not habits or None in habits:
        return None
    return min((each for each in habits if each), key=lambda each: (each.changed / each.of, each.of))


def _between(one: Reading, other: Reading) -> timedelta | None:
    first, last = moment_of(one), moment_of(other)
    return abs(last - first) if first and last else None
