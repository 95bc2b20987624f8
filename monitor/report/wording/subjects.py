"""Comparison → what changed, in the room of a mail's subject: the gravest first, clauses whole, the rest counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from monitor.model.change import Change, ChangeKind as Kind, Significance
from monitor.model.comparison import Check, Comparison, Verdict
from monitor.model.english import listed
from monitor.report.columns import cut
from monitor.report.wording import dates
from monitor.report.wording.sentence import briefs, clause, fault_told, findings_by_kind
from monitor.report.wording.told import is_told_by_a_change, told

_MOST_SAID = 3  # findings that are each said with their facts; of more their kinds are counted
_ENDS = (", ", ": ", "; ", " (")  # before one of these a clause may end
_Found = Mapping[Kind, Sequence[Change]]


class _Part(NamedTuple):
    """Findings of one kind in words; `size` is how many they are."""

    text: str
    size: int


def in_a_line(comparison: Comparison, room: int) -> str:
    """What changed, in at most so many letters."""
    if comparison.verdict is not Verdict.CHANGED or comparison.new_form:
        said = clause(comparison)
        return _ended(said, room) or cut(said, room)
    found = findings_by_kind(comparison)
    faults = [check for check in comparison.checks if check.is_finding and not is_told_by_a_change(check, comparison)]
    told_of = list(_told(found, faults, comparison))
    is_named = sum(part.size for part in told_of) <= _MOST_SAID or len(told_of) == 1
    said = _joined(told_of, room, "; ") if is_named else ""
    if not said and len(told_of) > 1:
        said = _joined(list(_counted(found, faults)), room, ", ")
    return said or cut(told_of[0].text, room)


def _told(found: _Found, faults: Sequence[Check], comparison: Comparison) -> Iterator[_Part]:
    grave, light = _by_gravity(found)
    yield from (_Part(told(changes, comparison), len(changes)) for changes in grave.values())
    yield from (_Part(fault_told(check), 1) for check in faults)
    yield from (_Part(told(changes, comparison), len(changes)) for changes in light.values())


def _counted(found: _Found, faults: Sequence[Check]) -> Iterator[_Part]:
    grave, light = _by_gravity(found)
    groups = [(grave, len(faults)), (light, 0)] if faults else [({**grave, **light}, 0)]
    for each, odd in groups:
        counts = [*map(len, each.values()), *([odd] if odd else [])]
        yield from map(_Part, briefs(each, odd), counts)


def _by_gravity(found: _Found) -> tuple[_Found, _Found]:
    """The kinds with an alert among them, and the others."""
    grave = {
        kind: changes
        for kind, changes in found.items()
        if any(change.significance is Significance.ALERT for change in changes)
    }
    return grave, {kind: changes for kind, changes in found.items() if kind not in grave}


def _joined(parts: Sequence[_Part], room: int, between: str) -> str:
    """As many of the parts as there is room for, and how many changes the others are; "" where none has room."""
    for kept in range(len(parts), 0, -1):
        line = _line(parts[:kept], sum(part.size for part in parts[kept:]), between)
        if len(line) <= room:
            return line
    rest = _line([_Part("", 0)], sum(part.size for part in parts[1:]), between)
    head = _ended(parts[0].text, room - len(rest))
    return f"{head}{rest}" if head else ""


def _line(parts: Sequence[_Part], left: int, between: str) -> str:
    """Sentences with their own "and"; kinds listed as one sentence."""
    said = [part.text for part in parts]
    more = [f"{dates.number(left)} more {'change' if left == 1 else 'changes'}"] if left else []
    if between == ", ":
        return listed([*said, *more])
    return between.join([*said, *(f"and {each}" for each in more)])


def _ended(text: str, room: int) -> str:
    """As much of it as there is room for, ended before a clause and not within quoted words; "" where none ends."""
    if len(text) <= room:
        return text
    ends = (at for at in range(room, 0, -1) if text.startswith(_ENDS, at) and _is_balanced(text[:at]))
    return text[: next(ends, 0)]


def _is_balanced(text: str) -> bool:
    return text.count("“") == text.count("”") and text.count("(") == text.count(")")
