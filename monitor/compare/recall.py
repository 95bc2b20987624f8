"""A change × older readings → whether it went back to what one of them said, and which day that was.

What comes back is news as much as what comes: the kind stays, the reason tells the day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from monitor.compare import links
from monitor.compare.fields import is_same
from monitor.compare.fold import fold
from monitor.compare.labelled import name_of
from monitor.compare.reasons import history as reasons
from monitor.compare.reasons.phrases import clauses
from monitor.compare.sides import Sides
from monitor.compare.slots import Slots
from monitor.compare.survivors import TOUCHES
from monitor.model.change import Change, ChangeKind as Kind, Edit, Side
from monitor.model.reading import Field, Item, Lead, Reading

_TEXTS = (Kind.TEXT_EDITED, Kind.TEXT_ADDED)

_Said = Callable[[Reading], bool]


class Recall:
    """`older` is the history and the earlier side, oldest first."""

    def __init__(self, older: Sequence[Reading], sides: Sides) -> None:
        self._newest_first = older[-2::-1]
        self._sides = sides
        self._paragraphs: dict[int, frozenset[str]] = {}

    def told(self, change: Change, slots: Slots) -> Change:
        """The change, its reason naming the day of the newest older reading that said what the later side says."""
        found = self._found(change, slots) if change.after else None
        if found is None:
            return change
        return change._replace(reason=clauses(change.reason, reasons.as_before(found, self._sides)))

    def _found(self, change: Change, slots: Slots) -> Reading | None:
        if change.kind is Kind.FIGURE_CHANGED:
            return None if change.edits else self._of_figure(change)
        said = (
            self._of_text(change, slots) if change.kind in _TEXTS else self._of(change, change.after or Side(text=""))
        )
        return next((each for each in self._newest_first if said(each)), None) if said else None

    def _of(self, change: Change, side: Side) -> _Said | None:
        """Whether a reading says what the later side of the change says; None for a kind that cannot go back."""
        after = self._sides.after
        if change.kind is Kind.TITLE_CHANGED:
            return lambda reading: fold(reading.title or "") == fold(side.text)
        if change.kind in (Kind.FIELD_CHANGED, Kind.FIELD_ADDED):
            now = [each for each in after.fields if (each.label, each.value) == (side.label, side.value)]
            return lambda reading: any(_has_field(each, reading) for each in now)
        if change.kind in (Kind.LEAD_REPLACED, Kind.LEAD_APPEARED, Kind.LEAD_EDITED) and after.lead:
            is_whole = change.kind is Kind.LEAD_EDITED
            lead = _text_of_lead(after.lead, is_whole=is_whole)
            return lambda reading: bool(reading.lead) and _text_of_lead(reading.lead, is_whole=is_whole) == lead
        if change.kind in TOUCHES:
            return lambda reading: any(_is_as(item, change, side, reading) for item in _items(reading))
        return None

    def _of_text(self, change: Change, slots: Slots) -> _Said | None:
        passage = slots.passage(change)
        texts = {fold(text) for text in slots.texts(passage)} if passage else set()
        return (lambda reading: texts <= self._said_by(reading)) if texts else None

    def _said_by(self, reading: Reading) -> frozenset[str]:
        if id(reading) not in self._paragraphs:
            said = (text for section in reading.sections for text in section.paragraphs)
            self._paragraphs[id(reading)] = frozenset(map(fold, said))
        return self._paragraphs[id(reading)]

    def _of_figure(self, change: Change) -> Reading | None:
        """Only where the figure reads as it did before its last value: numbers meet by chance."""
        now, was = change.after, change.before
        if now is None or was is None:
            return None
        for reading in self._newest_first:
            values = [each.value for each in reading.figures if name_of(each.label) == name_of(now.label or "")]
            if len(values) != 1 or values[0] not in (now.value, was.value):
                return None
            if values[0] == now.value:
                return reading
        return None


def _has_field(field: Field, reading: Reading) -> bool:
    return any(name_of(each.label) == name_of(field.label) and is_same(each, field) for each in reading.fields)


def _text_of_lead(lead: Lead | None, *, is_whole: bool) -> tuple[str, ...]:
    return tuple(map(fold, (lead.title, *(lead.paragraphs if is_whole else ())))) if lead else ()


def _items(reading: Reading) -> list[Item]:
    return [item for each in reading.lists for item in each.items]


def _is_as(item: Item, change: Change, side: Side, reading: Reading) -> bool:
    """Whether an older item is the change's, by its address or title, and all that was touched read as it does now."""
    is_titled = fold(item.title) == fold(side.title or "")
    is_linked = bool(item.url and side.url) and links.are_same(item.url or "", side.url or "")
    if not is_titled or not (is_linked or not (item.url or change.kind is Kind.ITEM_RETITLED)):
        return False
    return all(_part(item, edit.part, reading) == _after(edit, side) for edit in change.edits)


def _part(item: Item, part: str, reading: Reading) -> str | None:
    """What the part of an item says, folded; None where it has none."""
    if part == "date":
        return item.date.iso(reading.snapshot_day) if item.date else None
    values = {"title": item.title, "url": item.url, "teaser": item.teaser} | dict(item.values)
    text = values.get(part)
    return fold(text) if text else None


def _after(edit: Edit, side: Side) -> str | None:
    if edit.part == "date":
        return side.date
    return fold(edit.after) if edit.after else None
