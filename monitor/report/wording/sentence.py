"""Comparison → one sentence a person would say: a mail's subject, a log line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitor.model.change import Change, ChangeKind as Kind
from monitor.model.comparison import Check, Comparison, Verdict
from monitor.model.doubts import UNMATCHED
from monitor.model.english import listed
from monitor.report.columns import clipped
from monitor.report.neutral import neutral
from monitor.report.wording import dates, sides
from monitor.report.wording.doubts import suspicion
from monitor.report.wording.expected import nothing_else
from monitor.report.wording.in_order import in_order, only_there_in_brief
from monitor.report.wording.kinds import CHECKS, WORDS
from monitor.report.wording.quotes import quoted
from monitor.report.wording.told import is_told_by_a_change, told

_LONGEST_NAME = 40  # of a label inside an enumeration
_MOST_SAID = 3  # findings that are each said with their facts, where all of it is no longer than a subject's room
_LONGEST_SAID = 200
_MOST_PARTS = 6  # what a mail programme shows of a subject is over by then


def summary(comparison: Comparison, *, is_of_capture: bool = False) -> str:
    """What changed, in order of time; of sides in reverse it says so and gives the command the right way round.

    `is_of_capture`: it stands beside the later capture, which then is "this capture".
    """
    said = dates.closed(clause(in_order(comparison), is_of_capture=is_of_capture))
    if not comparison.is_reversed:
        return said
    back = sides.back(comparison)
    right_way = sides.right_way_round(comparison)
    return f"Given in reverse order of time, {back} back (right way round: {right_way}). As time went: {said}"


def clause(comparison: Comparison, *, is_of_capture: bool = False) -> str:
    """What changed, as a clause that may stand behind a colon."""
    if comparison.verdict is Verdict.SUSPECT:
        return suspicion(comparison, is_of_capture=is_of_capture)
    if comparison.new_form:
        return f"the page has another form: {_changed(comparison) or 'it is the same beside'}"
    if comparison.verdict is Verdict.IDENTICAL:
        return "nothing changed"
    if comparison.verdict is Verdict.ROUTINE:
        return beside_a_part(comparison) or nothing_else(comparison) or "nothing changed but the bytes"
    return _changed(comparison)


def findings_by_kind(comparison: Comparison) -> dict[Kind, list[Change]]:
    """The findings among the changes, in the order of telling."""
    found: dict[Kind, list[Change]] = {kind: [] for kind in WORDS}
    for change in comparison.changes:
        if change.is_finding:
            found[change.kind].append(change)
    return {kind: changes for kind, changes in found.items() if changes}


def briefs(found: Mapping[Kind, Sequence[Change]], faults: int) -> list[str]:
    """Each kind in a few words: ten items withdrawn, three backdated, the lead replaced."""
    said = []
    is_item_named = False
    for kind, changes in found.items():
        if alone := only_there_in_brief(changes):
            said.append(alone)
            is_item_named = False
            continue
        brief, count = WORDS[kind].brief, len(changes)
        if isinstance(brief, tuple):
            said.append(brief[count > 1].format(n=dates.number(count), it=quoted(changes[0].subject, _LONGEST_NAME)))
            is_item_named = False
            continue
        said.append(f"{dates.number(count) if is_item_named else dates.counted(count, 'item')} {brief}")
        is_item_named = True
    if faults:
        said.append(f"{dates.counted(faults, 'check')} that {'does' if faults == 1 else 'do'} not add up")
    return said


def _said(found: Mapping[Kind, Sequence[Change]], faults: Sequence[Check], comparison: Comparison) -> str:
    """A few findings, each with what it was and is; nothing where these are too many or too long for a sentence."""
    if sum(map(len, found.values())) + len(faults) > _MOST_SAID:
        return ""
    said = "; ".join([*(told(changes, comparison) for changes in found.values()), *map(fault_told, faults)])
    return said if len(said) <= _LONGEST_SAID else ""


def fault_told(check: Check) -> str:
    """What a check found, behind what it is about: clocks disagree: …"""
    return f"{CHECKS.get(check.check, check.check)}: {neutral(clipped(check.reason)).strip().rstrip('. ')}"


def beside_a_part(comparison: Comparison) -> str:
    """What a good capture says beside an earlier one that may not have been whole; nothing where that was."""
    if all(each.sign == UNMATCHED for each in comparison.before.suspicions):
        return ""
    return "nothing that the earlier snapshot shows has changed; that one may not have been the whole page"


def _changed(comparison: Comparison) -> str:
    found = findings_by_kind(comparison)
    faults = [check for check in comparison.checks if check.is_finding and not is_told_by_a_change(check, comparison)]
    if len(found) == 1 and not faults:
        return told(next(iter(found.values())), comparison)
    if said := _said(found, faults, comparison):
        return said
    parts = briefs(found, len(faults))
    if len(parts) <= _MOST_PARTS:
        return listed(parts)
    more = len(parts) - _MOST_PARTS
    return (
        f"{', '.join(parts[:_MOST_PARTS])} and {dates.number(more)} more {'kind' if more == 1 else 'kinds'} of change"
    )
