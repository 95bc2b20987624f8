"""Change → the parts of it that were touched, neutral: what has marks, and what is told by both its sides."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.change import Change, ChangeKind as Kind, Edit, Side, Span
from monitor.model.english import plural
from monitor.report.neutral import neutral
from monitor.report.wording.dates import as_read, in_words
from monitor.report.wording.quotes import title_of

_PARTS = {"teaser": "text", "url": "address", "target": "leads to"}


def part_called(part: str) -> str:
    """What a person calls the part of an item or a field; a label of the page's own as it is."""
    return _PARTS.get(part, part)


def edits(change: Change) -> tuple[Edit, ...]:
    """What the change touched, part by part, neutral; empty for one side only, and for a list told by its items."""
    if change.edits:
        return tuple(_neutral_edit(_in_words(edit, change)) for edit in change.edits)
    if change.before is None or change.after is None or change.kind is Kind.LIST_REPLACED:
        return ()
    was, now = (_said(change.kind, side) for side in (change.before, change.after))
    if any(span.op != "equal" for span in change.spans):
        return (Edit(part="text", before=was, after=now, spans=_neutral_spans(change.spans)),)
    if change.kind.value.startswith("stamp.") and in_words(was) != in_words(now):
        was, now = in_words(was), in_words(now)
    return (Edit(part="text", before=was, after=now),) if was != now else ()


def _said(kind: Kind, side: Side) -> str:
    """What a side says; of a counter in the same words the number alone."""
    if kind.value.startswith("counter.") and kind is not Kind.COUNTER_REWORDED and isinstance(side.value, int):
        return neutral(f"{side.value:,} {plural(side.unit, side.value)}" if side.unit else str(side.value))
    return title_of(side)


def _in_words(edit: Edit, change: Change) -> Edit:
    """Dates in a form of machines as a person writes them, where that still tells the two apart."""
    if edit.part != "date" or not change.before or not change.after:
        return edit
    was, now = as_read(edit.before, change.before.date), as_read(edit.after, change.after.date)
    return (
        edit if was == now or (was, now) == (edit.before, edit.after) else Edit(part=edit.part, before=was, after=now)
    )


def _neutral_edit(edit: Edit) -> Edit:
    return Edit(
        part=neutral(edit.part),
        before=None if edit.before is None else neutral(edit.before),
        after=None if edit.after is None else neutral(edit.after),
        spans=_neutral_spans(edit.spans),
    )


def _neutral_spans(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The marks without the blanks at their ends, which a mark would enclose: renderers put one between two."""
    return tuple(Span(op=span.op, text=neutral(span.text.strip())) for span in spans if not span.text.isspace())
