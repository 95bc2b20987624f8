"""Changes × the page's history → the same changes, with what the history says of them.

What changed at nearly every earlier capture becomes routine, and what reads as an older capture did says since when
it had not. The kind stays. Learnt are figures, header fields and paragraphs, each by its own place; lists that rotate
see `rotation`. What is about time, title, lead, counters or a single item is never routine by habit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from monitor.compare.fields import is_same
from monitor.compare.figures import without_numbers
from monitor.compare.fold import fold
from monitor.compare.habits import FEWEST, Steps, settled, steps_of, weaker
from monitor.compare.labelled import name_of
from monitor.compare.reasons import history as reasons
from monitor.compare.reasons.phrases import clauses
from monitor.compare.recall import Recall
from monitor.compare.sides import Sides
from monitor.compare.slots import Fate, Passage, Place, Slots
from monitor.compare.template import is_prose, is_unheard, is_usual
from monitor.model.change import Change, ChangeKind as Kind, Noise
from monitor.model.reading import Field, Figure, Reading

_Labelled = Field | Figure

_FIELDS = (Kind.FIELD_CHANGED, Kind.FIELD_ADDED, Kind.FIELD_REMOVED)
_FIGURES = (Kind.FIGURE_CHANGED, Kind.FIGURE_ADDED, Kind.FIGURE_REMOVED)
_TEXTS = (Kind.TEXT_EDITED, Kind.TEXT_ADDED, Kind.TEXT_REMOVED)
_LONGEST = 2  # times the longest text that ever stood in a place: what is longer is another thing in that place


def hindsight(changes: Sequence[Change], sides: Sides, older: Sequence[Reading]) -> tuple[Change, ...]:
    """`older` is the history and the earlier side, oldest first."""
    older = (*older[:-1], sides.before)
    steps, slots, recall = steps_of(older, sides), Slots(older, sides), Recall(older, sides)
    found = (_settled(change, steps, slots, sides) for change in changes)
    return tuple(change if change.noise else recall.told(change, slots) for change in found)


def _settled(change: Change, steps: Steps, slots: Slots, sides: Sides) -> Change:
    if len(steps.readings) <= FEWEST or not change.is_finding:
        return change
    if change.kind in _TEXTS:
        return settled(change, _noise_of_passage(slots.passage(change), slots, steps))
    is_item = bool(change.edits) and change.kind in _FIGURES  # a figure inside an item is routine as it is
    if is_item or change.kind not in (*_FIGURES, *_FIELDS):
        return change
    exact = _held_against(change, _row(change, steps, sides, str), steps)
    return exact if exact.noise else _held_against(change, _row(change, steps, sides, without_numbers), steps)


# -- figures and fields, by their labels


def _held_against(change: Change, row: Sequence[_Labelled | None], steps: Steps) -> Change:
    """A figure that only ever rose and now fell has not done what it always does, and the reason says so."""
    if change.kind not in (Kind.FIELD_CHANGED, Kind.FIGURE_CHANGED) and not _comes_and_goes(row):
        return change
    both = [_text(each) for each in row[:2] if each] or [""]
    changed = [not _is_one(one, other) for one, other in pairwise(row[1:])]
    noise = steps.noise(changed, is_prose=is_prose(both[0], both[-1]))
    if noise is None or any(edit.part == "label" for edit in change.edits):
        return change
    moves = [now.value - was.value for now, was in pairwise(row) if isinstance(now, Figure) and isinstance(was, Figure)]
    ways = [move > 0 for move in moves if move]
    if change.kind is Kind.FIGURE_CHANGED and ways[1:] and ways[0] not in ways[1:]:
        return change._replace(reason=clauses(change.reason, reasons.against_habit(len(ways) - 1, is_rise=ways[0])))
    texts = [_text(each) for each in row[:0:-1] if each]
    is_as_ever = change.kind is not Kind.FIELD_CHANGED or not row[0] or is_usual(texts, _text(row[0]))
    return settled(change, noise) if is_as_ever else change


def _comes_and_goes(row: Sequence[_Labelled | None]) -> bool:
    """Whether a label without its value, or a value of another kind, is what stood there before.

    That a value was always another says nothing of the day on which there is none, or a word in the place of a number.
    """
    now, *before = row
    if now is None or before[:1] == [None]:
        return sum(each is None for each in before) > 1
    return not is_unheard([_text(each) for each in reversed(before) if each], _text(now))


def _row(change: Change, steps: Steps, sides: Sides, plain: Callable[[str], str]) -> list[_Labelled | None]:
    """What stood under the change's label, the newest first, from where it came and while it was one thing at most.

    A token reads as a figure where it happens to have digits only, so fields and figures are looked through together.
    """
    side = change.after or change.before
    name = name_of(plain(side.label or "" if side else ""))
    found: list[_Labelled | None] = []
    for reading in (sides.after, *reversed(steps.readings)):
        told: tuple[_Labelled, ...] = (*reading.fields, *reading.figures)
        named = [each for each in told if name_of(plain(each.label)) == name]
        if len(named) > 1:
            break
        found.append(named[0] if named else None)
    while found and found[-1] is None:
        found.pop()
    return found


def _is_one(one: _Labelled | None, other: _Labelled | None) -> bool:
    if isinstance(one, Field) and isinstance(other, Field):
        return is_same(one, other)
    if isinstance(one, Figure) and isinstance(other, Figure):
        return one.value == other.value
    return bool(one) == bool(other) and (one is None or other is None or fold(_text(one)) == fold(_text(other)))


def _text(each: _Labelled) -> str:
    return each.value if isinstance(each, Field) else each.text


# -- paragraphs, by their places


def _noise_of_passage(passage: Passage | None, slots: Slots, steps: Steps) -> Noise | None:
    """All paragraphs of a passage must have the habit; one that only came or went stands in nobody's place."""
    if passage is None:
        return None
    places = [slots.place_of(number) for number in passage.after] or [slots.place_in(i) for i in passage.before]
    return weaker(_noise_of_place(place, slots, steps) for place in places)


def _noise_of_place(place: Place | None, slots: Slots, steps: Steps) -> Noise | None:
    if place is None:
        return None
    slot = slots.slot(place.number)
    if wholly := steps.noise([fate is Fate.REPLACED for fate in slot.fates], is_prose=True):
        is_usual_there = not is_unheard(slot.texts[::-1], place.text)
        return wholly if is_usual_there and len(place.text) <= _LONGEST * max(map(len, slot.texts)) else None
    is_said = is_prose(slot.texts[0], place.text)
    noise = steps.noise([fate is not Fate.SAME for fate in slot.fates], is_prose=is_said)
    is_same_kind = place.fate is Fate.TOUCHED and noise and is_usual(slot.texts[::-1], place.text)
    return noise if is_same_kind else None
