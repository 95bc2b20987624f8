"""Change → the parts of it that were touched, neutral: what has marks, and what is told by both its sides."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.change import Change, ChangeKind as Kind, Edit, Side, Span
from monitor.report.neutral import neutral
from monitor.report.wording.told import title_of


def edits(change: Change) -> tuple[Edit, ...]:
    """What the change touched, part by part, neutral; empty for one side only, and for a list told by its items."""
    if change.edits:
        return tuple(map(_neutral_edit, change.edits))
    if change.before is None or change.after is None or change.kind is Kind.LIST_REPLACED:
        return ()
    was, now = (_said(change.kind, side) for side in (change.before, change.after))
    if any(span.op != "equal" for span in change.spans):
        return (Edit(part="text", before=was, after=now, spans=_neutral_spans(change.spans)),)
    return (Edit(part="text", before=was, after=now),) if was != now else ()


def _said(kind: Kind, side: Side) -> str:
    """What a side says; of a counter in the same words the number alone."""
    if kind.value.startswith("counter.") and kind is not Kind.COUNTER_REWORDED and side.value is not None:
        return neutral(f"{side.value:,} {side.unit}{'' if side.value == 1 else 's'}" if side.unit else str(side.value))
    return title_of(side)


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
