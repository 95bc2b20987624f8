"""Two sides → what became of the labelled numbers that no calendar moves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from monitor.compare.columns import renamed
from monitor.compare.labelled import by_label, by_section
from monitor.compare.reasons import header as reasons
from monitor.compare.sides import Sides
from monitor.model.change import Change, ChangeKind as Kind, Side
from monitor.model.labels import called
from monitor.model.reading import Figure


def figures(sides: Sides) -> Iterator[Change]:
    pairs, gone, new = by_section(sides.before.figures, sides.after.figures, lambda each: each.value)
    renumbered, gone, new = by_label(gone, new, lambda each: without_numbers(each.label), lambda each: each.value)
    names = renamed([each.label for each in gone], [each.label for each in new])
    moved, gone, new = by_label(gone, new, lambda each: names.get(each.label, each.label), lambda each: each.value)
    for one, other in (*pairs, *renumbered, *moved):
        if one.value != other.value:
            yield _change(Kind.FIGURE_CHANGED, one, other, reasons.figure_changed(one, other), sides)
    if not sides.after.suspicions:
        for one in gone:
            yield _change(Kind.FIGURE_REMOVED, one, None, reasons.gone("figure", sides), sides)
    if not sides.before.suspicions:
        for other in new:
            yield _change(Kind.FIGURE_ADDED, None, other, reasons.came("figure", sides), sides)


def without_numbers(label: str) -> str:
    """A label may hold a number that moves too: "Confirmed (including 65 abroad)"."""
    return _numbers().sub("#", label)


@cache
def _numbers() -> re.Pattern[str]:
    return re.compile(r"\d[\d.,]*")


def _change(kind: Kind, one: Figure | None, other: Figure | None, reason: str, sides: Sides) -> Change:
    return Change(
        kind=kind,
        significance=kind.significance,
        subject=sides.called(called(one) if one else "", called(other) if other else ""),
        reason=reason,
        shown=(reason,) if one and other else (),
        before=_side(one),
        after=_side(other),
    )


def _side(figure: Figure | None) -> Side | None:
    return Side(text=figure.text, label=figure.label, value=figure.value) if figure else None
