"""The commands that compare and read, and those on config.yaml and the schemas."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.cli.output import complain, encoding_of, send, stdin, style_of, to_stdout
from monitor.cli.words import CHANGED, CONFIG, DONE, FAILED
from monitor.errors import ConfigError, InputError
from monitor.model.comparison import Verdict
from monitor.report import (
    EXPLANATION_RENDERERS,
    READING_RENDERERS,
    RENDERERS,
    SCHEMAS,
    render,
    render_explanation,
    render_reading,
    schema as schema_text,
)  # fmt: skip

if TYPE_CHECKING:
    from monitor.cli.options import Asked
    from monitor.model.page import Page
    from monitor.watch.project import Project


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
    if asked.format == "html" or asked.html:
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


def config(asked: Asked) -> int:
    """Say what is wrong in config.yaml, or print the JSON Schema of it."""
    action, files = asked.names[0], asked.names[1:]
    if action == "check":
        return _check_config(files[0] if files else CONFIG)
    if action != "schema":
        raise InputError(
            f"There is nothing like 'monitor config {action}'", "write monitor config check, or monitor config schema"
        )
    if files:
        raise InputError("The schema is the same for every config", "leave the file out: monitor config schema")
    from monitor.config.schema import schema_text  # noqa: PLC0415  each command pays for its own way only

    to_stdout(schema_text().encode())
    return DONE


def _check_config(file: str) -> int:
    """Print that a config is fine, or a line for each problem of it; what is worth a word goes beside either."""
    from monitor.config import load  # noqa: PLC0415  only what is configured pays for what checks it

    try:
        found = load(file)
    except ConfigError as error:
        for problem in error.problems:
            complain(problem, name="")
        return FAILED
    for caution in found.cautions:
        complain(caution, name="")
    count = len(found.pages)
    to_stdout(f"{file}: {count} page{'' if count == 1 else 's'}, nothing wrong\n".encode(*encoding_of("text")))
    return DONE


def project_of(
    asked: Asked, *, is_config_needed: bool = True, is_lean: bool = False, is_begun: bool = False
) -> Project:
    """The config and the store that the options name; a config that an option speaks of must be there."""
    from monitor.watch.project import Project  # noqa: PLC0415  not every command works with them

    is_needed = asked.config != CONFIG or (is_config_needed and asked.page is not None)
    return Project(asked.config, asked.store, asked.reports, is_needed=is_needed, is_lean=is_lean, is_begun=is_begun)


def page_of(asked: Asked, project: Project) -> Page | None:
    """The page of config.yaml by whose rules to read, if one is named."""
    if asked.page is None:
        if asked.config != CONFIG and not any("@" in name for name in asked.names):
            raise InputError("--config needs to know which page of it the snapshot shows", "name it with --page ID")
        return None
    from monitor.watch.find_named import find_page  # noqa: PLC0415  only what is configured pays for what checks it

    return find_page(asked.page, project.config)


def schema(asked: Asked) -> int:
    """Print the JSON Schema of that NAME."""
    (name,) = asked.names
    if name not in SCHEMAS:
        raise InputError(f"There is no schema {name!r}", f"name {' or '.join(SCHEMAS)}")
    to_stdout(schema_text(name).encode())
    return DONE
