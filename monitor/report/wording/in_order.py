"""Comparison → the same in order of time, for sentences: what became of what, whichever way round the sides are.

What stands on one side alone is named by that side: the report lists it as added or removed, by the sides as given.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.change import Change, Edit, Span
from monitor.model.comparison import Comparison
from monitor.report.wording import dates, sides

_CAME, _WENT = ("added", "appeared"), ("removed", "vanished")
# How one such thing is called, in the slots of `told.told`, and how many are.
_THINGS = {
    "item": ("{it}", "items"),
    "list": ("a whole list{named}", "lists"),
    "lead": ("the lead, {it},", "leads"),
    "field": ("the field {it}", "fields"),
    "stamp": ("the stated date {it}", "stated dates"),
    "clock": ("a clock for {it}", "clocks"),
    "counter": ("{count}", "counters"),
    "figure": ("a figure for {it}", "figures"),
    "text": ("{passage}", "passages"),
}
_BACK_OPS = {"insert": "delete", "delete": "insert"}


def in_order(comparison: Comparison) -> Comparison:
    """A comparison whose sides are not in reverse as it is; each change keeps its significance."""
    if not comparison.is_reversed:
        return comparison
    return comparison._replace(
        before=comparison.after,
        after=comparison.before,
        elapsed_days=-(comparison.elapsed_days or 0),
        changes=tuple(map(_turned, comparison.changes)),
    )


def only_there(changes: Sequence[Change], comparison: Comparison) -> str | None:
    """A template that says in which snapshot alone they stand, for changes of sides in reverse; None for others."""
    if not _is_turned(changes[0]):
        return None
    one, many = _THINGS[_noun(changes[0])]
    is_late = changes[0].before is None
    there = _there(comparison, is_late=is_late)
    if len(changes) == 1:
        return f"{one} stands only in {there}"
    return f"{dates.number(len(changes))} {many} stand only in {there}"


def _there(comparison: Comparison, *, is_late: bool) -> str:
    """The snapshot of 4 July 2020; the later one where both are of one day."""
    side, which = (comparison.after, "later") if is_late else (comparison.before, "earlier")
    return sides.called(side, which) if comparison.elapsed_days else f"the {which} snapshot"


def only_there_in_brief(changes: Sequence[Change]) -> str | None:
    """The same in a few words: two items only in the later snapshot."""
    if not _is_turned(changes[0]):
        return None
    things = dates.counted(len(changes), _THINGS[_noun(changes[0])][1].removesuffix("s"))
    return f"{things} only in the {'later' if changes[0].before is None else 'earlier'} snapshot"


def _is_turned(change: Change) -> bool:
    """Whether it is called by the sides as given: added though only the older one has it, removed though the newer."""
    verb = change.kind.value.partition(".")[2]
    if (change.before is None) == (change.after is None):
        return False
    return _noun(change) in _THINGS and verb in (_WENT if change.before is None else _CAME)


def _noun(change: Change) -> str:
    noun, _, _ = change.kind.value.partition(".")
    return str(noun)


def _turned(change: Change) -> Change:
    return change._replace(
        before=change.after,
        after=change.before,
        spans=_turned_spans(change.spans),
        edits=tuple(
            Edit(part=edit.part, before=edit.after, after=edit.before, spans=_turned_spans(edit.spans))
            for edit in change.edits
        ),
    )


def _turned_spans(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(span._replace(op=_BACK_OPS.get(span.op, span.op)) for span in spans)
