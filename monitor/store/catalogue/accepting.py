"""Captures that somebody took for their page's new form, remembered and found again."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Select, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from monitor.store.catalogue.tables import accepted, text_of


def of_page(connection: Connection, page: str) -> dict[str, str]:
    """The files of a page's captures that were accepted, and when each was (ISO 8601)."""
    return {row.file: row.at for row in connection.execute(_of_page(), {"page": page})}


@cache
def _of_page() -> Select[str, str]:
    return select(accepted.c.file, accepted.c.at).where(accepted.c.page == bindparam("page"))


def keep(connection: Connection, page: str, file: str, at: datetime) -> None:
    """Remember that the capture in that file was accepted; that it was before is as well."""
    row = {"page": page, "file": file, "at": text_of(at)}
    connection.execute(insert(accepted).values(row).on_conflict_do_nothing())
