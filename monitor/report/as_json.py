"""Comparison → JSON for scripts, as schema/comparison.json promises it. Page text is verbatim, never made neutral."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from monitor.model.change import Change, ChangeKind as Kind, Edit, Side, Span
from monitor.model.comparison import Check, Comparison
from monitor.model.reading import Reading
from monitor.report.wording import sides, summary

SCHEMA = "monitor.comparison/1"
KEYS: Mapping[str, tuple[str, ...]] = {
    "item": ("date", "title", "url", "teaser"),
    "lead": ("title", "date"),
    "counter": ("value", "unit", "origin"),
    "date": ("date",),
    "stamp": ("date",),
    "clock": ("place", "time", "zone"),
    "field": ("label", "value"),
    "figure": ("label", "value"),
}  # the typed keys of a side, by the first half of the kind's name; the others have text only
_OPS = {Kind.TEXT_ADDED: "insert", Kind.TEXT_REMOVED: "delete", Kind.TEXT_MOVED: "equal"}


def render(comparison: Comparison, **_: object) -> str:
    """The comparison as one JSON object, indented, closed by a line end."""
    return dumped(
        {
            "schema": SCHEMA,
            "page": comparison.page,
            "before": _snapshot(comparison.before),
            "after": _snapshot(comparison.after),
            **_history(comparison),
            **_gap(comparison),
            "elapsed_days": comparison.elapsed_days,
            "verdict": comparison.verdict.value,
            **({"new_form": comparison.new_form} if comparison.new_form else {}),
            "summary": summary(comparison),
            "counts": comparison.counts,
            "changes": [change_told(change) for change in comparison.changes],
            "checks": [_check(check) for check in comparison.checks],
            "limits": list(sides.limits(comparison)),
        }
    )


def dumped(value: Mapping[str, object]) -> str:
    """The value as JSON in UTF-8, in which no character acts on a terminal: such are escaped, which JSON allows."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return (
        re.sub("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", lambda one: f"\\u{ord(one[0]):04x}", text) + "\n"
    )


def _snapshot(reading: Reading) -> dict[str, object]:
    return {
        "source": reading.source,
        "captured_at": reading.captured_at.isoformat() if reading.captured_at else None,
        "page_date": reading.page_day.isoformat() if reading.page_day else None,
        "snapshot_day": reading.snapshot_day.isoformat() if reading.snapshot_day else None,
        "sha256": reading.sha256,
        "bytes": reading.size,
        "media_type": reading.media_type,
    }


def _gap(comparison: Comparison) -> dict[str, object]:
    gap = comparison.gap
    if gap is None:
        return {}
    from monitor.report.wording import blind  # noqa: PLC0415  gaps are rare

    why = blind.why_unseen(gap) or None
    return {"gap": {"from": gap.since.isoformat(), "to": gap.until.isoformat(), "reason": why}}


def _history(comparison: Comparison) -> dict[str, object]:
    known = comparison.history
    if known is None:
        return {}
    return {"history": {"captures": known.captures, "first": known.first.isoformat(), "last": known.last.isoformat()}}


def change_told(change: Change) -> dict[str, object]:
    """One change, as a comparison and a history tell it."""
    keys = keys_of(change.kind.value)
    told: dict[str, object] = {
        "kind": change.kind.value,
        "significance": change.significance.value,
        "subject": change.subject,
        "before": side_told(change.before, keys),
        "after": side_told(change.after, keys),
        "reason": change.reason,
    }
    if spans := change.spans or _whole_text(change):
        told["spans"] = spans_told(spans)
    if change.edits:
        told["edits"] = [edit_told(edit) for edit in change.edits]
    if change.group is not None:
        told["group"] = change.group
    if change.place is not None:
        told["place"] = change.place
    if change.noise is not None:
        told["noise"] = {"changed": change.noise.changed, "of": change.noise.of}
    if change.raised_by is not None:
        told["raised_by"] = change.raised_by
    return told


def keys_of(kind: str) -> tuple[str, ...]:
    """The typed keys of the sides of a finding of that kind."""
    return KEYS.get(kind.partition(".")[0], ())


def side_told(side: Side | None, keys: Sequence[str]) -> dict[str, object] | None:
    """One side of a change: its text, its typed values, the other cells of a row."""
    if side is None:
        return None
    values = {"values": [{"label": label, "value": value} for label, value in side.values]} if side.values else {}
    return {"text": side.text, **{key: getattr(side, key) for key in keys}, **values}


def _whole_text(change: Change) -> tuple[Span, ...]:
    """A paragraph that came, went or moved as a whole is one span of it."""
    side = change.after or change.before
    return (Span(op=_OPS[change.kind], text=side.text),) if change.kind in _OPS and side else ()


def edit_told(edit: Edit) -> dict[str, object]:
    """One touched part, with its marks."""
    return {"part": edit.part, "before": edit.before, "after": edit.after, "spans": spans_told(edit.spans)}


def spans_told(spans: Sequence[Span]) -> list[dict[str, str]]:
    """A text with its marks."""
    return [{"op": span.op, "text": span.text} for span in spans]


def _check(check: Check) -> dict[str, object]:
    standing = {"standing": True} if check.is_standing else {}
    return {
        "check": check.check,
        "subject": check.subject,
        "verdict": check.verdict.value,
        **standing,
        "expected": check.expected,
        "found": check.found,
        "reason": check.reason,
    }
