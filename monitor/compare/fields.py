"""Two sides → what became of the header's fields. Numbers and addresses are compared by what they dial or point to."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.compare.fold import fold
from monitor.compare.labelled import by_section
from monitor.compare.links import identity
from monitor.compare.reasons import header as reasons
from monitor.compare.sides import Sides
from monitor.compare.standing_values import without_standing
from monitor.compare.words import spans
from monitor.model.change import Change, ChangeKind as Kind, Edit, Side
from monitor.model.labels import called
from monitor.model.reading import Field, Reading


def fields(sides: Sides) -> Iterator[Change]:
    pairs, gone, new = by_section(sides.before.fields, sides.after.fields, _value)
    renamed = [(one, other) for one in gone for other in new if is_same(one, other)]
    for one, other in renamed:
        if one in gone and other in new:
            gone.remove(one)
            new.remove(other)
            pairs.append((one, other))
    for one, other in pairs:
        if _is_title(one, sides.before) and _is_title(other, sides.after):
            continue
        if not is_same(one, other) or fold(one.label) != fold(other.label):
            yield _changed(one, other, sides)
    if not sides.after.suspicions:
        lost = without_standing(gone, sides.after)
        yield from (_alone(one, Kind.FIELD_REMOVED, reasons.gone("field", sides)) for one in lost)
    if not sides.before.suspicions:
        found = without_standing(new, sides.before)
        yield from (_alone(other, Kind.FIELD_ADDED, reasons.came("field", sides)) for other in found)


def _value(field: Field) -> str:
    return fold(field.value)


def is_same(one: Field, other: Field) -> bool:
    """By what both dial or point to, where both do; else by what they say."""
    if one.target and other.target:
        return _address(one.target) == _address(other.target)
    return _value(one) == _value(other)


def _is_title(field: Field, reading: Reading) -> bool:
    """Whether a field only repeats the page's title, whose own change tells it."""
    return bool(reading.title) and fold(field.value) == fold(reading.title or "")


def _address(target: str) -> str:
    return identity(target) if "://" in target else target.lower()


def _changed(one: Field, other: Field, sides: Sides) -> Change:
    edits = tuple(_edits(one, other))
    return Change(
        kind=Kind.FIELD_CHANGED,
        significance=Kind.FIELD_CHANGED.significance,
        subject=sides.called(called(one), called(other)),
        reason=reasons.field(edits),
        shown=tuple(map(reasons.part, edits)),
        before=_side(one),
        after=_side(other),
        spans=next((edit.spans for edit in edits if edit.part == "value"), ()),
        edits=edits,
    )


def _edits(one: Field, other: Field) -> Iterator[Edit]:
    """The parts that differ, as DeepDiff finds them; a target is told only where the value reads the same."""
    from deepdiff import DeepDiff  # noqa: PLC0415  170 ms that only a field that differs is worth

    found = DeepDiff(_parts(one), _parts(other), view="tree")
    names = {level.path(output_format="list")[0] for levels in found.values() for level in levels}
    if {"value", "target"} <= names:
        names.discard("target")
    for name in ("label", "value", "target"):
        if name in names:
            before, after = getattr(one, name), getattr(other, name)
            yield Edit(part=name, before=before, after=after, spans=spans(before or "", after or ""))


def _parts(field: Field) -> dict[str, str | None]:
    return {"label": fold(field.label), "value": fold(field.value), "target": field.target}


def _alone(field: Field, kind: Kind, reason: str) -> Change:
    is_after = kind is Kind.FIELD_ADDED
    return Change(
        kind=kind,
        significance=kind.significance,
        subject=called(field),
        reason=reason,
        before=None if is_after else _side(field),
        after=_side(field) if is_after else None,
    )


def _side(field: Field) -> Side:
    return Side(text=field.value, label=field.label, value=field.value)
