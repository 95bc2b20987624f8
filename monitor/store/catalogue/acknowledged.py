"""Findings that somebody has dealt with, and what was said of them; kept and found again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, select
from sqlalchemy.dialects.sqlite import insert

from monitor.model.digest import Note
from monitor.store.catalogue.tables import acknowledgements, captures, findings, parts, text_of


class Known(NamedTuple):
    """A finding of the index: `file` is that of the later capture."""

    id: str
    page: str
    file: str
    kind: str
    subject: str


class Acknowledged(NamedTuple):
    """A finding that was dealt with, when (UTC), and the note on it."""

    id: str
    page: str
    file: str
    kind: str
    subject: str
    at: datetime
    note: str


def begins_with(connection: Connection, start: str) -> list[Known]:
    """The findings of the index whose ids begin so."""
    rows = connection.execute(_findings().where(findings.c.id.startswith(start, autoescape=True)))
    return [Known(*row) for row in rows]


def keep(connection: Connection, finding: Known, note: str, at: datetime) -> None:
    """Remember that a finding was dealt with; a later note stands in place of the one before."""
    row = {**finding._asdict(), "at": text_of(at, "microseconds"), "note": note}
    row["finding"] = row.pop("id")
    connection.execute(insert(acknowledgements).values(row).on_conflict_do_update(["finding"], set_=row))


def of_page(connection: Connection, page: str) -> list[Acknowledged]:
    """What was dealt with on a page, in the order in which it was."""
    wanted = select(acknowledgements).where(acknowledgements.c.page == page).order_by(acknowledgements.c.at)
    return [_acknowledged(row) for row in connection.execute(wanted)]


def notes_on(connection: Connection, ids: Sequence[str]) -> dict[str, Note]:
    """What was noted on those of the findings that were dealt with, by their ids."""
    found: dict[str, Note] = {}
    for some in parts(ids):
        columns = (acknowledgements.c.finding, acknowledgements.c.at, acknowledgements.c.note)
        is_meant = acknowledgements.c.finding.in_(some)
        rows = connection.execute(select(*columns).where(is_meant))
        found |= {finding: Note(datetime.fromisoformat(at), note) for finding, at, note in rows}
    return found


def _findings() -> Select[Any]:
    wanted = select(findings.c.id, captures.c.page, captures.c.file, findings.c.kind, findings.c.subject)
    return wanted.join(captures, captures.c.seq == findings.c.after).where(captures.c.pruned.is_(None))


def _acknowledged(row: Row[Any]) -> Acknowledged:
    at = datetime.fromisoformat(row.at)
    return Acknowledged(row.finding, row.page, row.file, row.kind, row.subject, at, row.note)
