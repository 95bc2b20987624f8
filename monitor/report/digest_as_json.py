"""Digest → JSON for scripts and webhooks, as schema/digest.json promises it. Page text is verbatim, never made neutral.

Times are in UTC, whatever zone the reader has.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.model.change import Edit, Span
from monitor.model.comparison import Unseen
from monitor.model.digest import CommonGap, Digest, DigestPage, Doubted, LeftOut, Note, Turn, Undelivered, Upshot
from monitor.model.failure import Failure
from monitor.report.as_json import dumped, edit_told, keys_of, side_told, spans_told
from monitor.report.wording import digests

SCHEMA = "monitor.digest/1"


def render(digest: Digest, **_: object) -> str:
    """The digest as one JSON object, indented, closed by a line end."""
    return dumped(
        {
            "schema": SCHEMA,
            "reader": digest.reader,
            "tags": list(digest.tags),
            "since": _at(digest.since),
            "until": _at(digest.until),
            "zone": digest.zone,
            "summary": [line.text for line in digests.opening(digest)],
            "checked_at": _at(digest.checked_at),
            "counts": _counts(digest),
            "pages": [_page(page) for page in digest.pages],
            "gaps": [_common_gap(gap) for gap in digest.gaps],
            "undelivered": [_undelivered(each) for each in digest.undelivered],
            "routine": dict(digest.routine),
            "left_out": _left_out(digest.left_out) if digest.left_out else None,
            "command": digest.command,
        }
    )


def _counts(digest: Digest) -> dict[str, int]:
    return {
        "watched": digest.watched,
        "told": len(digest.pages),
        "expected": digest.expected,
        "uncaptured": digest.uncaptured,
        "unseen": digest.unseen,
        "waiting": digest.waiting,
        "captures": digest.comparisons,
        "dealt_with": digest.dealt_with,
        "told_before": digest.told_before,
        "muted": digest.muted,
        "lighter": digest.lighter,
    }


def _page(page: DigestPage) -> dict[str, object]:
    return {
        "page": page.id,
        "title": page.title,
        "url": page.url,
        "language": page.language,
        "tags": list(page.tags),
        "state": page.state.value,
        "significance": page.significance.value,
        "captures": page.captures,
        "last_at": _at(page.last_at),
        "upshots": [_upshot(upshot) for upshot in page.upshots],
        "left_out": page.left_out,
        "short": list(page.short),
        "failures": [_failure(failure) for failure in page.failures],
        "gaps": [_gap(gap) for gap in page.gaps],
        "doubts": [_doubt(doubted) for doubted in page.doubts],
        "reports": list(page.reports),
        "command": page.command,
    }


def _upshot(upshot: Upshot) -> dict[str, object]:
    keys = keys_of(upshot.kind)
    return {
        "kind": upshot.kind,
        "significance": upshot.significance.value,
        "course": upshot.course.value,
        "subject": upshot.subject,
        "reason": upshot.reason,
        "before": side_told(upshot.before, keys),
        "after": side_told(upshot.after, keys),
        **_marks(upshot.spans, upshot.edits),
        "place": upshot.place,
        "findings": list(upshot.findings),
        "similar": upshot.similar,
        "raised_by": upshot.raised_by,
        "note": _note(upshot.note) if upshot.note else None,
        "turns": [_turn(turn, is_all=len(upshot.turns) == 1) for turn in upshot.turns],
    }


def _turn(turn: Turn, *, is_all: bool) -> dict[str, object]:
    """What the turn adds; where it is all there is, the upshot says the same."""
    told: dict[str, object] = {
        "id": turn.id,
        "at": _at(turn.at),
        "since": _at(turn.since),
        "kind": turn.kind,
        "significance": turn.significance.value,
        "report": turn.report,
    }
    return told if is_all else {**told, **_words(turn)}


def _words(turn: Turn) -> dict[str, object]:
    keys = keys_of(turn.kind)
    return {
        "subject": turn.subject,
        "reason": turn.reason,
        "before": side_told(turn.before, keys),
        "after": side_told(turn.after, keys),
        **_marks(turn.spans, turn.edits),
    }


def _marks(spans: Sequence[Span], edits: Sequence[Edit]) -> dict[str, object]:
    told: dict[str, object] = {"spans": spans_told(spans)} if spans else {}
    if edits:
        told["edits"] = [edit_told(edit) for edit in edits]
    return told


def _note(note: Note) -> dict[str, object]:
    return {"at": _at(note.at), "text": note.text}


def _failure(failure: Failure) -> dict[str, object]:
    return {
        "since": _at(failure.since),
        "last_at": _at(failure.last_at),
        "over_at": _at(failure.over_at),
        "attempts": failure.attempts,
        "reason": failure.reason,
    }


def _gap(gap: Unseen) -> dict[str, object]:
    return {
        "since": _at(gap.since),
        "until": _at(gap.until),
        "missed": sum(each.slots for each in gap.missed),
        "passed_over": gap.passed_over,
        "is_outage": gap.is_outage,
    }


def _common_gap(gap: CommonGap) -> dict[str, object]:
    return {
        "since": _at(gap.since),
        "until": _at(gap.until),
        "pages": list(gap.pages),
        "missed": gap.missed,
        "attempts": gap.attempts,
        "passed_over": gap.passed_over,
        "is_outage": gap.is_outage,
    }


def _doubt(doubted: Doubted) -> dict[str, object]:
    return {
        "since": _at(doubted.since),
        "until": _at(doubted.until),
        "captures": doubted.captures,
        "reason": doubted.reason,
        "lasts": doubted.lasts,
    }


def _undelivered(lost: Undelivered) -> dict[str, object]:
    return {
        "id": lost.id,
        "reader": lost.reader,
        "channel": lost.channel,
        "address": lost.address or None,
        "subject": lost.subject,
        "made_at": _at(lost.made_at),
        "given_up_at": _at(lost.given_up_at),
        "attempts": lost.attempts,
        "answer": lost.answer,
        "command": lost.command,
    }


def _left_out(left: LeftOut) -> dict[str, object]:
    return {
        "pages": left.pages, "ids": list(left.ids), "alerts": left.alerts, "news": left.news, "command": left.command,
    }  # fmt: skip


def _at(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
