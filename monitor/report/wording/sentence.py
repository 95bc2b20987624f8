"""Comparison → one sentence a person would say: a mail's subject, a log line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitor.model.change import Change, ChangeKind as Kind
from monitor.model.comparison import Comparison, Verdict
from monitor.report.neutral import neutral
from monitor.report.wording import dates, sides
from monitor.report.wording.expected import in_brief
from monitor.report.wording.kinds import WORDS
from monitor.report.wording.told import is_told_by_a_change, told

_MOST_PARTS = 6  # what a mail programme shows of a subject is over by then


def summary(comparison: Comparison) -> str:
    """What changed, in one sentence; of sides in reverse it says so and gives the command the right way round."""
    said = f"{dates.capital(_said(comparison))}."
    if not comparison.is_reversed:
        return said
    back = dates.days(-(comparison.elapsed_days or 0))
    return f"In reverse order of time, {back} back (right way round: {sides.right_way_round(comparison)}): {said}"


def findings_by_kind(comparison: Comparison) -> dict[Kind, list[Change]]:
    """The findings among the changes, in the order of telling."""
    found: dict[Kind, list[Change]] = {kind: [] for kind in WORDS}
    for change in comparison.changes:
        if change.is_finding:
            found[change.kind].append(change)
    return {kind: changes for kind, changes in found.items() if changes}


def briefs(found: Mapping[Kind, Sequence[Change]], faults: int) -> list[str]:
    """Each kind in a few words: 10 items withdrawn, 3 backdated, the lead replaced."""
    said = []
    is_item_named = False
    for kind, changes in found.items():
        brief, count = WORDS[kind].brief, len(changes)
        if isinstance(brief, tuple):
            said.append(brief[count > 1].format(n=f"{count:,}"))
            is_item_named = False
            continue
        one, many = ("one", f"{count:,}") if is_item_named else ("an item", f"{count:,} items")
        is_item_named = True
        said.append(f"{one if count == 1 else many} {brief}")
    if faults:
        said.append("a check that does not add up" if faults == 1 else f"{faults:,} checks that do not add up")
    return said


def suspicion(comparison: Comparison) -> str:
    """Which captures are suspect, and why, as a clause."""
    suspects = [change for change in comparison.changes if change.kind is Kind.CAPTURE_SUSPECT]
    return "; ".join(_suspicion(change) for change in suspects[:2])


def _suspicion(change: Change) -> str:
    which = neutral(change.subject).strip() or "a capture"
    return f"{which} looks like no honest capture of the page: {neutral(change.reason).strip().rstrip('. ')}"


def _said(comparison: Comparison) -> str:
    if comparison.verdict is Verdict.SUSPECT:
        return suspicion(comparison)
    if comparison.verdict is Verdict.IDENTICAL:
        return "nothing changed"
    if comparison.verdict is Verdict.ROUTINE:
        moved = in_brief(comparison)
        return f"nothing changed but what time changes: {moved}" if moved else "nothing changed but the bytes"
    return _changed(comparison)


def _changed(comparison: Comparison) -> str:
    found = findings_by_kind(comparison)
    faults = [check for check in comparison.checks if check.is_finding and not is_told_by_a_change(check, comparison)]
    if len(found) == 1 and not faults:
        return told(next(iter(found.values())), comparison)
    parts = briefs(found, len(faults))
    if len(parts) <= _MOST_PARTS:
        return dates.listed(parts)
    return f"{', '.join(parts[:_MOST_PARTS])} and {dates.number(len(parts) - _MOST_PARTS)} more kinds of change"
