"""Outline → the strip at the top: how many came, went, were touched, do not add up, and went as expected."""

from __future__ import annotations

from typing import NamedTuple

from monitor.model.change import ChangeKind as Kind
from monitor.report.outline import Group, Outline
from monitor.report.wording.kinds import CAME, GONE, ODD, SAME, TOUCHED


class Count(NamedTuple):
    """A number, what it counts, its sign, and the first group where it is told (None: nowhere)."""

    number: int
    label: str
    sign: str
    group: Group | None


_LABELS = {CAME: "added", GONE: "gone", TOUCHED: "changed", ODD: "out of step"}
_TOLD_BY_ITS_ITEMS = Kind.LIST_REPLACED.value


def tally(told: Outline) -> tuple[Count, ...]:
    """Added, gone, changed, as expected, and what is out of step where anything is; each group under its sign."""
    groups = (*told.alerts, *told.news)
    counted = {sign: [group for group in groups if _sign(group) == sign] for sign in _LABELS}
    counts = [
        Count(
            sum(len(group.entries) for group in counted[sign]), label, sign, counted[sign][0] if counted[sign] else None
        )
        for sign, label in _LABELS.items()
        if counted[sign] or sign != ODD
    ]
    return (*counts, Count(told.held, "as expected", SAME, None))


def _sign(group: Group) -> str | None:
    return None if group.kind == _TOLD_BY_ITS_ITEMS else group.sign
