"""The command on what was found in a time: digest."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.cli.inputs import project_of
from monitor.cli.output import complain, link_base_of, say, send, style_of
from monitor.cli.posting import deliver_due_of
from monitor.cli.words import DONE
from monitor.errors import InputError
from monitor.report import DIGEST_RENDERERS, render_digest

if TYPE_CHECKING:
    from monitor.cli.options import Asked
    from monitor.model.digest import Digest
    from monitor.watch import asked_digest
    from monitor.watch.project import Project


def digest(asked: Asked) -> int:
    """Print the digest, show what would be sent, or send it."""
    if asked.preview and asked.send:
        raise InputError("--preview sends nothing, and --send does", "drop one of them")
    from monitor.watch.make_digest import EVERYTHING, ROOM, make_digest  # noqa: PLC0415  each command pays for its own

    now, project = datetime.now(UTC), project_of(asked, is_config_needed=False)
    if asked.send:
        return _send(asked, project, now)
    made = make_digest(project, _wanted(asked), now, EVERYTHING if asked.all else ROOM)
    for notice in made.notices:
        complain(notice)
    if asked.preview:
        return _preview(made.digest, asked, project)
    return _print(made.digest, asked, project)


def _send(asked: Asked, project: Project, now: datetime) -> int:
    """Put the digest into the reader's outbox, and send what is due."""
    from monitor.watch.find_named import find_reader  # noqa: PLC0415  only what is sent has a reader
    from monitor.watch.send_digest import send_digest  # noqa: PLC0415  as above

    if asked.reader is None:
        raise InputError("A digest is sent to somebody", "name the reader with --reader ID")
    reader = find_reader(asked.reader, project.config)
    put = send_digest(project, reader, _wanted(asked), now)
    for notice in put.notices:
        complain(notice)
    if put.is_told_meanwhile:
        say(f"{reader.id} is sent nothing: another process has told them meanwhile.")
    elif not put.messages:
        say(f"{reader.id} is sent nothing: there is nothing to tell, and empty digests are not wanted.")
    deliver_due_of(project, now)
    return DONE


def _wanted(asked: Asked) -> asked_digest.Asked:
    from monitor.watch.asked_digest import Asked as Wanted  # noqa: PLC0415  as above

    tag = " ".join((asked.tag or "").split())  # a pasted command may be broken over lines
    return Wanted(asked.since, asked.until, asked.reader, (tag,) if tag else ())


def _print(told: Digest, asked: Asked, project: Project) -> int:
    style, width, color = style_of(asked, DIGEST_RENDERERS)
    link_base = link_base_of(asked.output, project.reports)
    send(render_digest(told, style, width=width, color=color, link_base=link_base), asked, style)
    return DONE


def _preview(told: Digest, asked: Asked, project: Project) -> int:
    """As a page in the browser, where somebody sits before it and names neither file nor format."""
    reader = next((each for each in project.config.readers if each.id == told.reader), None)
    if reader and told.is_quiet and not reader.wants_empty:
        say(f"{reader.id} would be sent nothing: there is nothing to tell, and empty digests are not wanted.")
        return DONE
    is_seen = asked.output is None and asked.format is None and sys.stdout is not None and sys.stdout.isatty()
    if not is_seen:
        asked.format = asked.format or (None if asked.output else "html")
        return _print(told, asked, project)
    from monitor.deliver.to_browser import show  # noqa: PLC0415  most results go elsewhere

    say(f"Shown in the browser: {show(render_digest(told, 'html').encode())}")
    return DONE
