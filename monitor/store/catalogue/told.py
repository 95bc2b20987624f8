"""What was told to whom, and what somebody has dealt with, as whoever makes a digest has to know it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from monitor.model.digest import Note
from monitor.store.catalogue.tables import acknowledgements, told


def to_reader(connection: Connection, reader: str) -> frozenset[str]:
    """The ids of the findings that the reader was told of, or will be by a message that waits."""
    return frozenset(connection.execute(select(told.c.finding).where(told.c.reader == reader)).scalars())


def notes(connection: Connection) -> dict[str, Note]:
    """What was noted on findings that somebody has dealt with, by their ids."""
    wanted = select(acknowledgements.c.finding, acknowledgements.c.at, acknowledgements.c.note)
    return {finding: Note(datetime.fromisoformat(at), note) for finding, at, note in connection.execute(wanted)}
