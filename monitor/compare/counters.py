"""Two sides → what became of the counters, and whether each moved as the elapsed time asks. One check each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from monitor.compare.fold import fold, words
from monitor.compare.labelled import by_label
from monitor.compare.likeness import best_first
from monitor.compare.pace import Judgement, judge, origins_meet
from monitor.compare.reasons import counters as reasons
from monitor.compare.reasons.phrases import clauses
from monitor.compare.sides import Sides
from monitor.compare.words import spans
from monitor.model.blanks import collapse
from monitor.model.change import Change, ChangeKind as Kind, Side, Significance
from monitor.model.comparison import Check, CheckVerdict
from monitor.model.origins import FINE
from monitor.model.reading import Counter, Reading

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.compare.standstill import Standstill

_LEAST_LIKENESS = 0.4  # of two sentences, where the number fits too: both must speak of one thing
_LEAST_WITHOUT_ORIGIN = 0.8  # where no snapshot day tells whether the number fits
_LEAST_OTHER_ORIGIN = 0.85  # where it does not: one word of seven replaced, while "since the … incident" says little
_FITTING = 1  # so much more likely is a like sentence whose number fits


def counters(
    sides: Sides, standing: frozenset[str] = frozenset(), older: Sequence[Reading] = ()
) -> tuple[list[Change], list[Check]]:
    """The changes and the checks; `standing` names the counters that were inconsistent at the earlier side already.

    `older` are readings before the earlier side, oldest first: they show since when a counter has stood still.
    """
    pairs, gone, new = paired(sides)
    changes, checks = [], []
    for one, other in pairs:
        stood = _stood(one, other, sides, older)
        found, since = _judged(one, other, sides, stood)
        subject = sides.called(one.label, other.label)
        if found.kind:
            still = reasons.still_stamped(sides) if found.kind is Kind.COUNTER_STALLED else None
            change = _change(found.kind, one, other, clauses(found.reason, still), sides)
            changes.append(change._replace(since=since))
        is_standing = fold(one.label) in standing or bool(stood and stood.owed_before)
        checks.append(_check(found, subject, is_standing=is_standing))
    if not sides.after.suspicions:
        changes += [_change(Kind.COUNTER_REMOVED, one, None, reasons.gone(one, sides), sides) for one in gone]
    if not sides.before.suspicions:
        changes += [_change(Kind.COUNTER_ADDED, None, other, reasons.came(other, sides), sides) for other in new]
    return changes, checks


def _stood(one: Counter, other: Counter, sides: Sides, older: Sequence[Reading]) -> Standstill | None:
    if not older:
        return None
    from monitor.compare.standstill import standstill  # noqa: PLC0415  most comparisons are given no history

    return standstill(one, other, sides, older, lambda each: paired(each)[0])


def _judged(one: Counter, other: Counter, sides: Sides, stood: Standstill | None) -> tuple[Judgement, datetime | None]:
    """How it moved between the two; of one that has stood for longer than that how it stood all the while, and since
    when.

    That one stands still is found whenever it had to move once more, by the older readings or by these two alone.
    """
    found = judge(one, other, sides)
    if stood is None or not (stood.owed or found.kind is Kind.COUNTER_STALLED):
        return found, None
    whole = judge(stood.counter, other, stood.sides, has_stood=True)
    if whole.kind is not Kind.COUNTER_STALLED:
        return found, None
    if found.kind is Kind.COUNTER_STALLED or stood.owed > stood.owed_before:
        return whole, stood.since
    return whole._replace(kind=found.kind, reason=found.reason), None


def paired(sides: Sides) -> tuple[list[tuple[Counter, Counter]], list[Counter], list[Counter]]:
    """Counters of one sentence and direction, then of a like sentence whose number fits; then those on one side."""
    pairs = []
    gone, new = list(sides.before.counters), list(sides.after.counters)
    for is_fitting in (True, False):
        found, gone, new = by_label(gone, new, _sentence, lambda each: each.text, _fits(sides) if is_fitting else None)
        pairs += found
    scored = [
        (score, i, j)
        for i, one in enumerate(gone)
        for j, other in enumerate(new)
        if (score := _likeness(one, other, sides))
    ]
    for i, j in best_first(scored):
        pairs.append((gone[i], new[j]))
    reworded = {id(each) for pair in pairs for each in pair}
    gone, new = ([each for each in side if id(each) not in reworded] for side in (gone, new))
    return pairs, gone, new


def _likeness(one: Counter, other: Counter, sides: Sides) -> float:
    """How like two sentences are that count one way, the more where from one day; 0 where they count other things."""
    if one.direction != other.direction:
        return 0.0
    left, right = set(words(one.label)), set(words(other.label))
    like = 2 * len(left & right) / (len(left) + len(right)) if left or right else 0.0
    meet = origins_meet(one, other, sides)
    least = {True: _LEAST_LIKENESS, None: _LEAST_WITHOUT_ORIGIN, False: _LEAST_OTHER_ORIGIN}[meet]
    return like + (_FITTING if meet else 0) if like >= least else 0.0


def _sentence(counter: Counter) -> str:
    return f"{counter.direction} {counter.label}"


def _fits(sides: Sides) -> Callable[[Counter, Counter], bool]:
    """Whether one label stands for one count: the same unit, and from one day where the days are known."""

    def fits(one: Counter, other: Counter) -> bool:
        return one.unit == other.unit and origins_meet(one, other, sides) is not False

    return fits


def _check(found: Judgement, subject: str, *, is_standing: bool) -> Check:
    return Check(
        check="counter",
        subject=subject,
        verdict=found.verdict,
        expected=found.expected,
        found=found.found,
        reason=found.check_reason,
        is_standing=is_standing and found.verdict is CheckVerdict.INCONSISTENT,
    )


def _change(kind: Kind, one: Counter | None, other: Counter | None, reason: str, sides: Sides) -> Change:
    return Change(
        kind=kind,
        significance=Significance(kind.significance),
        subject=sides.called(one.label if one else "", other.label if other else ""),
        reason=reason,
        before=_side(one, sides, is_after=False),
        after=_side(other, sides, is_after=True),
        spans=spans(one.text, other.text) if one and other else (),
    )


def _side(counter: Counter | None, sides: Sides, *, is_after: bool) -> Side | None:
    if counter is None:
        return None
    origin = counter.origin(sides.moment(is_after=is_after))
    is_told = origin is not None and (counter.unit not in FINE or origin[0] == origin[1])
    return Side(
        text=collapse(counter.text),
        label=counter.label,
        value=counter.value,
        unit=counter.unit,
        origin=origin[0].isoformat() if origin and is_told else None,
    )


def standing_of(sides: Sides | None) -> frozenset[str]:
    """The labels of the counters that did not move as they should between two older snapshots."""
    if sides is None:
        return frozenset()
    return frozenset(_inconsistent(paired(sides)[0], sides))


def _inconsistent(pairs: Sequence[tuple[Counter, Counter]], sides: Sides) -> Iterator[str]:
    for one, other in pairs:
        if judge(one, other, sides).verdict is CheckVerdict.INCONSISTENT:
            yield fold(other.label)
