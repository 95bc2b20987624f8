"""The commands that compare and read: compare, read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.cli.inputs import page_of, project_of, stdin
from monitor.cli.output import send, style_of
from monitor.cli.words import CHANGED, DONE
from monitor.errors import InputError
from monitor.model.comparison import Verdict
from monitor.report import (
    EXPLANATION_RENDERERS,
    READING_RENDERERS,
    RENDERERS,
    render,
    render_explanation,
    render_reading,
)  # fmt: skip

if TYPE_CHECKING:
    from monitor.cli.options import Asked


def compare(asked: Asked) -> int:
    """Print what changed from snapshot A to snapshot B."""
    before, after = asked.names
    if before == after == "-":
        raise InputError("A and B cannot both be standard input", "give one of them as a file")
    from monitor.watch.compare_snapshots import compare_snapshots  # noqa: PLC0415  each command pays for its own way only

    style, width, color = style_of(asked, RENDERERS)
    project = project_of(asked)
    comparison = compare_snapshots(
        before, after, project, page=page_of(asked, project), history=asked.history, stdin=stdin()
    )
    send(render(comparison, style, width=width, color=color, now=datetime.now(UTC)), asked, style)
    return CHANGED if asked.exit_code and comparison.verdict in (Verdict.CHANGED, Verdict.SUSPECT) else DONE


def read(asked: Asked) -> int:
    """Print what snapshot A says."""
    from monitor.watch.read_snapshot import read_snapshot  # noqa: PLC0415  each command pays for its own way only

    if asked.html:
        asked.format = "html"
    if asked.explain:
        return explain(asked)
    if asked.format == "html":
        raise InputError("A reading is shown as a page only with --explain", "add --explain")
    style, width, color = style_of(asked, READING_RENDERERS)
    project = project_of(asked)
    reading = read_snapshot(asked.names[0], project, page=page_of(asked, project), stdin=stdin())
    send(render_reading(reading, style, width=width, color=color), asked, style)
    return DONE


def explain(asked: Asked) -> int:
    """Print what each block of snapshot A became, and why."""
    from monitor.watch.explain_snapshot import explain_snapshot  # noqa: PLC0415  each command pays for its own way only

    style, width, color = style_of(asked, EXPLANATION_RENDERERS)
    project = project_of(asked)
    explanation = explain_snapshot(asked.names[0], project, page=page_of(asked, project), stdin=stdin())
    send(render_explanation(explanation, style, width=width, color=color), asked, style)
    return DONE
