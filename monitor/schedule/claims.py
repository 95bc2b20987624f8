"""What is remembered of a page and what time it is → which of its slots is to be begun, and which were missed. Pure.

A slot is begun once, whoever asks: the job of the schedule, the one that makes up for missed slots, or a program that
was started anew. Three things are no reason to be silent: a schedule that was changed since, a clock that was set
back by more than a slot, and a slot that was begun by somebody who is no more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from monitor.model.schedule import MOST_COUNTED, Begun, Missed
from monitor.schedule.slots import Slots, between

ON_TIME = timedelta(seconds=60)  # a slot begun no later is not told as missed: a start or a reload takes some seconds
_EARLY = timedelta(seconds=1)  # a clock that is put right by a little may stand just before the slot that fired
_MOMENT = timedelta(microseconds=1)


class Standing(NamedTuple):
    """What is remembered of a page: its newest slot, and what it missed that no capture made up for yet."""

    begun: Begun | None = None
    missed: Missed | None = None


class Claim(NamedTuple):
    """A slot that is to be begun, and what it makes up for."""

    slot: datetime
    missed: Missed | None


def claim(standing: Standing, slots: Slots, now: datetime) -> Claim | None:
    """The slot to be begun now; None where all are done that are due."""
    slot = slots.before(now + _EARLY) or now.replace(microsecond=0)
    begun = _believed(standing.begun, slots, now)
    if begun is None:
        return Claim(slot, standing.missed)
    if begun.slot > slot or (begun.slot == slot and begun.done_at is not None):
        return None
    until = slot if now - slot > ON_TIME else slot - _MOMENT
    return Claim(slot, _missed(begun, standing.missed, slots, until, is_over=slot > begun.slot))


def passed_over(standing: Standing, slots: Slots, now: datetime) -> Begun | None:
    """The last slot as if it were done, for who begins with the next one; None where a slot of theirs is known."""
    slot = slots.before(now + _EARLY)
    return Begun(slot, now, now) if slot and _believed(standing.begun, slots, now) is None else None


def is_on_time(slots: Slots, now: datetime) -> bool:
    """Whether a slot comes just now."""
    slot = slots.before(now + _EARLY)
    return slot is not None and now - slot <= ON_TIME


def is_due(standing: Standing, slots: Slots, now: datetime) -> bool:
    """Whether a slot waits for being begun; that of a new page, and one that was not carried out, too."""
    return claim(standing, slots, now) is not None


def missed(standing: Standing, slots: Slots, until: datetime, now: datetime) -> Missed | None:
    """What was missed up to `until`, together with what is known to be: nobody made up for either yet."""
    begun = _believed(standing.begun, slots, now)
    if begun is None:
        return standing.missed
    following = slots.after(begun.slot)
    return _missed(begun, standing.missed, slots, until, is_over=following is not None and following <= until)


def _missed(begun: Begun, known: Missed | None, slots: Slots, until: datetime, *, is_over: bool) -> Missed | None:
    """`is_over` says that another slot has come since; then it is too late for one that was begun and not done."""
    after = max(begun.slot, known.last) if known else begun.slot
    found = list(islice(between(slots, after, until), MOST_COUNTED))
    if is_over and begun.done_at is None and (known is None or known.last < begun.slot):
        found.insert(0, begun.slot)
    if not found:
        return known
    count = (known.slots if known else 0) + len(found)
    last = max(found[-1], slots.before(until) or found[-1])
    return Missed(known.first if known else found[0], last, min(count, MOST_COUNTED))


def _believed(begun: Begun | None, slots: Slots, now: datetime) -> Begun | None:
    """The slot, if it is one of the schedule as it is now and not further ahead than the next."""
    if begun is None or slots.after(begun.slot - _MOMENT) != begun.slot:
        return None
    following = slots.after(now)
    return None if following is not None and begun.slot > following else begun
