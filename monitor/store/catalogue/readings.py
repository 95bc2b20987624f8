"""Readings, kept and found again by all that a reading depends on.

The bytes are those of the page without content coding, so that one page packed in two ways is read once. A reading
holds for the days of capture that it was told to hold for: a page that shows no date near its capture is read once,
however long it stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Delete, Select, and_, bindparam, delete, func, insert, select

from monitor.model.days import day_in
from monitor.store.catalogue.tables import captures, parts, readings


class Way(NamedTuple):
    """How a page is read: by which version of the reader, by which rules, and its address, where captures have none.

    `zone` is the time zone in which the days of its captures are counted, UTC without one.
    """

    reader: str
    rules: str
    url: str | None = None
    zone: str | None = None


class Key(NamedTuple):
    """What a reading depends on, the day of the capture aside. Empty texts stand for what is not known."""

    body: str
    url: str
    media_type: str
    rules: str
    reader: str


class Kept(NamedTuple):
    """A reading as it is kept: as bytes, and the first and last day of capture for which it holds, ISO 8601."""

    key: Key
    first_day: str
    last_day: str
    content: bytes


class Found(NamedTuple):
    """The reading of the capture in a file of the store, as bytes, and when that was taken, ISO 8601 in UTC.

    `doubts` are what the way it came says against it, as JSON.
    """

    file: str
    at: str
    content: bytes
    doubts: str


def of_files(connection: Connection, files: Sequence[str], way: Way) -> Iterator[Found]:
    """The readings that are kept of the captures in these files, as far as these were opened before."""
    how = {"url": way.url or "", "rules": way.rules, "reader": way.reader}
    for some in parts(files):
        statement = _of_files(is_near=way.zone is not None)
        rows = connection.execute(statement, {**how, "files": some})
        for file, at, content, doubts, first, last in rows:
            found = Found(file, at, content, doubts)
            if first <= day_in(datetime.fromisoformat(found.at), way.zone).isoformat() <= last:
                yield found


def find(connection: Connection, key: Key, day: str) -> bytes | None:
    """The reading kept under that key which holds for a capture of that day."""
    content: bytes | None = connection.execute(_found(), {**_named(key), "day": day}).scalar()
    return content


def keep(connection: Connection, found: Sequence[Kept]) -> None:
    """Keep readings, in place of those that other versions of the reader made of the same."""
    for each in found:
        row = {**each.key._asdict(), "first_day": each.first_day, "last_day": each.last_day, "content": each.content}
        connection.execute(_replaced(), {**_named(each.key), "day": each.first_day})
        connection.execute(insert(readings), row)


# Statements are made once: putting one together takes SQLAlchemy longer than SQLite takes to answer it.


@cache
def _of_files(*, is_near: bool) -> Select[str, str, bytes, str, str, str]:
    """`is_near` also finds those of the days beside that of UTC: with a zone, one of them may be the capture's."""
    about = 1 if is_near else 0
    is_of_capture = and_(
        readings.c.body == captures.c.body,
        readings.c.url == func.coalesce(captures.c.url, bindparam("url", type_=readings.c.url.type)),
        readings.c.media_type == func.coalesce(captures.c.media_type, ""),
        readings.c.rules == bindparam("rules"),
        readings.c.reader == bindparam("reader"),
        readings.c.first_day <= func.date(captures.c.at, f"+{about} day"),
        readings.c.last_day >= func.date(captures.c.at, f"-{about} day"),
    )
    columns = (captures.c.file, captures.c.at, readings.c.content, captures.c.doubts)
    days = (readings.c.first_day, readings.c.last_day)
    is_meant = captures.c.file.in_(bindparam("files", expanding=True)) & captures.c.pruned.is_(None)
    return select(*columns, *days).join(readings, is_of_capture).where(captures.c.doubts.is_not(None), is_meant)


@cache
def _found() -> Select[bytes]:
    holds = (readings.c.first_day <= bindparam("day")) & (readings.c.last_day >= bindparam("day"))
    return select(readings.c.content).where(*_equal(), holds)


@cache
def _replaced() -> Delete:
    *same, is_by_this = _equal()
    return delete(readings).where(*same, ~is_by_this | (readings.c.first_day == bindparam("day")))


def _equal() -> list[ColumnElement[bool]]:
    return [readings.c[name] == bindparam(f"key_{name}", type_=readings.c[name].type) for name in Key._fields]


def _named(key: Key) -> dict[str, str]:
    return {f"key_{name}": value for name, value in key._asdict().items()}
