"""Findings of one kind → one sentence, without its full stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitor.model.change import Change, ChangeKind as Kind, Side, Significance
from monitor.model.comparison import Check, CheckVerdict, Comparison
from monitor.report.neutral import neutral
from monitor.report.wording import dates, sides
from monitor.report.wording.counts import count_of, wrong_way
from monitor.report.wording.in_order import only_there
from monitor.report.wording.kinds import CHECKS, WORDS
from monitor.report.wording.passages import among_them, of_a_passage
from monitor.report.wording.quotes import quoted, title_of

_LONGEST_BESIDE = 40


def told(changes: Sequence[Change], comparison: Comparison) -> str:
    """What happened, for changes of one kind."""
    words = WORDS[changes[0].kind]
    first = changes[0]
    if len(changes) > 1 and (named := among_them(changes, comparison)):
        return f"{words.many.partition(',')[0].format(n=dates.number(len(changes)))}{named}"
    template = only_there(changes, comparison) or (words.one if len(changes) == 1 else words.many)
    said = template.format(
        n=dates.number(len(changes)),
        it=f"{quoted(first.subject)}{_told_apart(first, comparison)}",
        passed=sides.passed(comparison),
        later=sides.later(sides.since_it_stood(first, comparison)),
        older=_older(first),
        alike=", all in the same way" if _is_mass(changes) else "",
        **_of_both_sides(first, comparison),
        **_of_a_list(changes, comparison),
        **of_a_passage(first),
    )
    return f"{said}{_expected(first, comparison)}" if len(changes) == 1 else said


def _expected(change: Change, comparison: Comparison) -> str:
    """Of a field from which config.yaml expects a value: which, or that it has it again."""
    found = next((each for each in comparison.checks if each.check == "field" and tells(change, each)), None)
    if found is None:
        return ""
    if found.verdict is CheckVerdict.INCONSISTENT:
        return f", where {quoted(found.expected)} is expected" if found.expected else ", where one is expected"
    is_again = found.verdict is CheckVerdict.CONSISTENT and change.significance is Significance.NOTABLE
    return ", as expected again" if is_again else ""


def _told_apart(change: Change, comparison: Comparison) -> str:
    """Its date, where a finding about another item has the same title; of the same date the beginning of its text."""
    if not change.kind.value.startswith("item.") or change.kind is Kind.ITEM_BACKDATED:  # which says its date itself
        return ""
    mine = change.after or change.before
    others = [
        each.after or each.before
        for each in comparison.changes
        if each is not change and each.subject == change.subject and each.is_finding
    ]
    if mine is None or not others:
        return ""
    if mine.date and all(other and other.date != mine.date for other in others):
        return f" of {dates.from_iso(mine.date)}"
    return f" ({quoted(mine.teaser, _LONGEST_BESIDE)})" if mine.teaser else ""


def is_told_by_a_change(check: Check, comparison: Comparison) -> bool:
    """Whether a finding of the same subject says what the check says."""
    return any(change.is_finding and tells(change, check) for change in comparison.changes)


def check_of(change: Change, comparison: Comparison) -> Check | None:
    """The check of what the change is about; of several checks of one subject that which found what the change says."""
    if change.kind.value.partition(".")[0] not in CHECKS:
        return None
    checks = [check for check in comparison.checks if tells(change, check) and not _is_as_expected(check)]
    said = change.after.text if change.after else ""
    fitting = [check for check in checks if check.found and check.found in said] or checks
    return fitting[0] if len(fitting) == 1 else None


def _is_as_expected(check: Check) -> bool:
    return check.check == "field" and check.verdict is CheckVerdict.CONSISTENT


def tells(change: Change, check: Check) -> bool:
    """Whether the change is about what the check checks."""
    about = change.kind.value.partition(".")[0]
    return check.check == about and (about == "date" or change.subject == check.subject)


def _of_both_sides(change: Change, comparison: Comparison) -> Mapping[str, str]:
    was, now = _sides(change)
    old, new = (_value(side) for side in (change.before, change.after))
    return {
        "was": was,
        "now": now,
        "old": old,
        "new": new,
        "count": count_of(change),
        "wrong_way": wrong_way(change, comparison),
        "moved": _moved(change, comparison),
    }


def _sides(change: Change) -> tuple[str, str]:
    """Both sides, quoted; where they print alike, what of them differs."""
    was, now = (quoted(title_of(side)) if side else "nothing" for side in (change.before, change.after))
    if was == now and change.edits:
        return quoted(change.edits[0].before or "nothing"), quoted(change.edits[0].after or "nothing")
    return was, now


def _value(side: Side | None) -> str:
    value = side.value if side else None
    return f"{value:,}" if isinstance(value, int) else "another number" if value is None else neutral(str(value))


def _moved(change: Change, comparison: Comparison) -> str:
    """From one date to the other in order of time; within a day as the page writes them."""
    one, other = sides.in_time(change, comparison)
    if one and other and one.date and other.date and one.date != other.date:
        return dates.moved(one.date, other.date)
    return f"{quoted(title_of(one)) if one else 'nothing'} → {quoted(title_of(other)) if other else 'nothing'}"


def _of_a_list(changes: Sequence[Change], comparison: Comparison) -> Mapping[str, str]:
    first = changes[0]
    side = first.after or first.before
    day = None if comparison.before.is_day_from_items else comparison.before.snapshot_day
    return {
        "named": f", {quoted(first.place)}" if first.place else "",
        "dated": dates.from_iso(side.date) if side and side.date else "earlier",
        "earlier": f"the list of {dates.day_beside(day, comparison.after.snapshot_day)}" if day else "the earlier list",
        "others": _others(changes, comparison),
    }


def _others(changes: Sequence[Change], comparison: Comparison) -> str:
    """What the list still shows beyond what was taken off it: older items, or later ones where it looks ahead."""
    day = min((change.before.date for change in changes if change.before and change.before.date), default="")
    today = comparison.after.snapshot_day
    lists = [each for each in comparison.after.lists if each.heading == changes[0].place]
    left = [item.date.iso(today) or "" for each in lists for item in each.items if item.date]
    return "older" if not left or min(left) <= day else "later"


def _is_mass(changes: Sequence[Change]) -> bool:
    groups = {change.group for change in changes}
    return len(groups) == 1 and None not in groups


def _older(change: Change) -> str:
    is_older = change.before and change.after and (change.after.date or "9") < (change.before.date or "")
    return ", older than the one before" if is_older else ""
