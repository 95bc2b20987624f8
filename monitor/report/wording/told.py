"""Findings of one kind → one sentence, without its full stop."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.change import Change, Side
from monitor.model.comparison import Check, Comparison
from monitor.report.neutral import neutral
from monitor.report.wording import dates, sides
from monitor.report.wording.kinds import CHECKS, WORDS

_LONGEST_QUOTE = 80  # a headline's usual length; the whole of it stands below, in the report itself


def told(changes: Sequence[Change], comparison: Comparison) -> str:
    """What happened, for changes of one kind."""
    words = WORDS[changes[0].kind]
    first = changes[0]
    was, now = _sides(first)
    return (words.one if len(changes) == 1 else words.many).format(
        n=dates.number(len(changes)),
        it=quoted(first.subject),
        was=was,
        now=now,
        passed=sides.passed(comparison),
        named=f", {quoted(first.place)}" if first.place else "",
        older=_older(first),
        alike=", all in the same way" if _is_mass(changes) else "",
        place=f" under {quoted(first.place)}" if first.place else "",
    )


def quoted(text: str, longest: int = _LONGEST_QUOTE) -> str:
    """Page text inside a sentence of ours: neutral, on one line, cut at a word where it is long."""
    said = " ".join(neutral(text[: longest * 4]).split())
    if len(said) > longest:
        said = said[: longest - 1]
        said = (said.rpartition(" ")[0] if " " in said[longest // 2 :] else said).rstrip() + "…"
    return f"“{said}”"


def title_of(side: Side) -> str:
    """What a side is called: its title, else its labelled value, else what the page says."""
    return neutral(side.title or (str(side.value) if side.label and side.value is not None else side.text))


def is_told_by_a_change(check: Check, comparison: Comparison) -> bool:
    """Whether a finding of the same subject says what the check says."""
    return any(change.is_finding and tells(change, check) for change in comparison.changes)


def check_of(change: Change, comparison: Comparison) -> Check | None:
    """The check of what the change is about; of several checks of one subject that which found what the change says."""
    if change.kind.value.partition(".")[0] not in CHECKS:
        return None
    checks = [check for check in comparison.checks if tells(change, check)]
    said = change.after.text if change.after else ""
    fitting = [check for check in checks if check.found and check.found in said] or checks
    return fitting[0] if len(fitting) == 1 else None


def tells(change: Change, check: Check) -> bool:
    """Whether the change is about what the check checks."""
    about = change.kind.value.partition(".")[0]
    return check.check == about and (about == "date" or change.subject == check.subject)


def _sides(change: Change) -> tuple[str, str]:
    """Both sides, quoted; where they print alike, what of them differs."""
    was, now = (quoted(title_of(side)) if side else "nothing" for side in (change.before, change.after))
    if was == now and change.edits:
        return quoted(change.edits[0].before or "nothing"), quoted(change.edits[0].after or "nothing")
    return was, now


def _is_mass(changes: Sequence[Change]) -> bool:
    groups = {change.group for change in changes}
    return len(groups) == 1 and None not in groups


def _older(change: Change) -> str:
    is_older = change.before and change.after and (change.after.date or "9") < (change.before.date or "")
    return ", older than the one before" if is_older else ""
