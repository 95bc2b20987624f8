"""Routine changes → which of them time made, and which stand in menus and footer: those somebody may have made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from monitor.model.change import Change, ChangeKind as Kind
from monitor.report.wording import dates

_FURNITURE = "furniture"  # the place of a change in menus, banners, footers
_TEXTS = {Kind.TEXT_EDITED: "edited", Kind.TEXT_REMOVED: "gone", Kind.TEXT_ADDED: "added"}
_OF_TIME = (
    Kind.DATE_ADVANCED,
    Kind.STAMP_ADVANCED,
    Kind.CLOCK_TICKED,
    Kind.COUNTER_ADVANCED,
    Kind.ITEM_AGED_OFF,
    Kind.LIST_REPLACED,
    Kind.FIGURE_CHANGED,
)  # routine figures are views, comments and ranks of items


def is_around(change: Change) -> bool:
    """Whether it stands in the page's furniture, and so beside what the page says."""
    return change.kind in _TEXTS and not change.is_finding and not change.noise and change.place == _FURNITURE


def is_of_time(change: Change) -> bool:
    """Whether time alone makes such a change: no line of a footer is edited by time."""
    return change.kind in _OF_TIME or change.noise is not None


def around(texts: Mapping[Kind, Sequence[Change]]) -> Iterator[str]:
    """What surrounds the page's own text, counted: menus and footer: one line added, two gone."""
    said = [f"{dates.number(len(texts[kind]))} {done}" for kind, done in _TEXTS.items() if kind in texts]
    if said:
        first, *rest = said
        count, _, done = first.partition(" ")
        lines = "line" if count == dates.number(1) else "lines"
        yield f"menus and footer: {', '.join([f'{count} {lines} {done}', *rest])}"
