"""How far each page's captures were compared and told of: a mark at the newest of them, by its file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import Insert, insert

from monitor.store.catalogue.tables import checked, text_of

NOTHING = ""  # the mark of a page that has no capture yet: all that come are to be told of


def find_all(connection: Connection) -> dict[str, str]:
    """The files that are marked, by the pages' ids."""
    return {row.page: row.file for row in connection.execute(select(checked.c.page, checked.c.file))}


def find(connection: Connection, page: str) -> str | None:
    """The file at which a page is marked; None where it has no mark."""
    return connection.execute(select(checked.c.file).where(checked.c.page == page)).scalar()


def begin(connection: Connection, newest: Sequence[tuple[str, str]], at: datetime) -> None:
    """Mark pages at the files given, those alone that have no mark."""
    rows = [{"page": page, "file": file, "at": text_of(at)} for page, file in newest]
    if rows:
        connection.execute(insert(checked).on_conflict_do_nothing(), rows)


def move(connection: Connection, page: str, file: str, at: datetime) -> None:
    """Mark a page at that file."""
    connection.execute(_moved(), {"page": page, "file": file, "at": text_of(at)})


@cache
def _moved() -> Insert:
    """Made once: putting it together takes ten times as long as carrying it out."""
    new = insert(checked)
    return new.on_conflict_do_update(["page"], set_={"file": new.excluded.file, "at": new.excluded.at})
