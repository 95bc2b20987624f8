"""A comparison → what the catalogue keeps of it: the verdict, the sentence, and the findings, each with an id."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator

from monitor.model.change import Change, Significance
from monitor.model.comparison import Comparison
from monitor.report.wording import summary
from monitor.report.wording.told import is_told_by_a_change
from monitor.store.catalogue.compared import Compared, Finding

NEW_FORM = "form.changed"  # the kind of a finding that is no change: suspect captures are the page from now on
_ID_LENGTH = 12  # hex digits: of a million findings two share one with a chance of 1 in 500


def in_short(comparison: Comparison, files: tuple[str, str]) -> Compared:
    """The comparison of the captures in two files of the store, in short."""
    return Compared(
        verdict=comparison.verdict.value,
        elapsed_days=comparison.elapsed_days,
        counts=comparison.counts,
        summary=summary(comparison, is_of_capture=True),
        findings=tuple(finding for finding, _ in findings_of(comparison, files)),
    )


def findings_of(comparison: Comparison, files: tuple[str, str]) -> Iterator[tuple[Finding, Change | None]]:
    """Each with an id of its own, though two may be of one kind and subject, and with the change that it is."""
    seen: Counter[tuple[str, str]] = Counter()
    for (kind, significance, subject, reason), change in _told(comparison):
        seen[kind, subject] += 1
        parts = (*files, kind, subject, seen[kind, subject])
        id_ = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:_ID_LENGTH]
        yield Finding(id_, kind, significance, subject, reason), change


def _told(comparison: Comparison) -> Iterator[tuple[tuple[str, str, str, str], Change | None]]:
    if comparison.new_form:
        yield (NEW_FORM, Significance.ALERT.value, "the page's form", comparison.new_form), None
    for change in comparison.changes:
        if change.is_finding:
            yield (change.kind.value, change.significance.value, change.subject, change.reason), change
    for check in comparison.checks:
        if check.is_finding and not is_told_by_a_change(check, comparison):
            yield (f"check.{check.check}", Significance.ALERT.value, check.subject, check.reason), None
