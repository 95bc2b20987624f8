"""A file ↔ a database: with the settings that SQLite needs, of this program's version, or else set aside.

A new database is made under another name and then given its own, and an older one is brought up to date in one
transaction: whoever dies on the way leaves it as it was.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from sqlite3 import Connection as Connected

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, MultipleResultsFound, NoResultFound, OperationalError

from monitor.errors import StoreError
from monitor.store.catalogue.tables import INDEX, VERSION

_WAIT = 2  # seconds for another process to finish its transaction, which takes milliseconds; all goes without it too
_NEW = ".new"
_LOCK = ".lock"  # stays, and so tells that there was a catalogue
_PAGES = ("page_count", "page_size")
_SHORTEST = 512  # bytes: the smallest page, and a database has one
_SIDE_FILES = ("-wal", "-shm")
_IS_WRITING = "is_writing"
# SQLite's own numbers: https://www.sqlite.org/rescode.html
_BROKEN = frozenset((11, 19, 20, 26))  # CORRUPT, CONSTRAINT (rows without their kin), MISMATCH, NOTADB
_INCOMPLETE = ("no such table", "no such column", "has no column named", "already exists")  # of the number 1
_BUSY = frozenset((5, 6))  # BUSY, LOCKED
_UNAVAILABLE = _BUSY | frozenset((3, 8, 10, 13, 14))  # PERM, READONLY, IOERR, FULL, CANTOPEN


class BrokenError(Exception):
    """A file that is no catalogue, or no whole one; with what it is, for a sentence."""

    def __init__(self, what: str = "is damaged") -> None:
        super().__init__(what)


def engine_of(path: str, *, checks_keys: bool = True) -> Engine:
    """The database in a file, which SQLite makes where it is not there."""
    engine = create_engine(URL.create("sqlite", database=path), connect_args={"timeout": _WAIT})

    def set_up(connection: Connected, _: object) -> None:
        connection.isolation_level = None  # else Python begins transactions by itself, and late: updates get lost
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(f"PRAGMA foreign_keys={'ON' if checks_keys else 'OFF'}")

    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Whoever is going to write says so at once, and so never finds that another wrote since it read."""
    is_writing = connection.get_execution_options().get(_IS_WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


@contextmanager
def transaction(engine: Engine, *, is_writing: bool) -> Iterator[Connection]:
    """A connection within one transaction, kept whole where the block ends and undone where it raises."""
    with engine.connect().execution_options(**{_IS_WRITING: is_writing}) as connection, connection.begin():
        yield connection


def is_broken(error: Exception) -> bool:
    """Whether it says that the file is no whole database."""
    if not isinstance(error, DatabaseError):
        return isinstance(error, BrokenError)
    return _code(error) in _BROKEN or any(words in str(error.orig) for words in _INCOMPLETE)


def is_busy(error: Exception) -> bool:
    """Whether it says that another process has the file to itself, for longer than is waited for it."""
    return isinstance(error, TimeoutError) or (isinstance(error, DatabaseError) and _code(error) in _BUSY)


def is_unavailable(error: Exception) -> bool:
    """Whether it says that the file cannot be used here and now: no right to write, no room, a busy neighbour."""
    if isinstance(error, DatabaseError):
        return _code(error) in _UNAVAILABLE
    return isinstance(error, OSError)


def _code(error: DatabaseError) -> int:
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF


def make_ready(path: str) -> list[str]:
    """See that there is a database of this program's version in the file; what was done to one that was, in lines.

    Raises StoreError where it is of a newer version; OSError, a Timeout of the lock's included, or DatabaseError where
    it can be neither used nor made.
    """
    if _is_ready(path):
        return []
    was_there = os.path.exists(path + _LOCK) and not os.path.exists(path + _NEW)
    with _locked(path):
        return [] if _is_ready(path) else _made_ready(path, was_there=was_there)


def replace_broken(path: str, inode: int) -> str | None:
    """Put a new database in place of a file that broke while it was used; None where another process did.

    Raises OSError or DatabaseError.
    """
    with _locked(path):
        if not os.path.exists(path) or os.stat(path).st_ino != inode:
            return None
        told = _set_aside(path)
        _make(path)
        return told


def _locked(path: str) -> AbstractContextManager[object]:
    from filelock import FileLock  # noqa: PLC0415  most find it ready

    return FileLock(path + _LOCK, timeout=_WAIT)


def _is_ready(path: str) -> bool:
    try:
        return _version(path) == VERSION
    except BrokenError:
        return False


def _made_ready(path: str, *, was_there: bool) -> list[str]:
    from monitor.store.catalogue.migrate import migrate, set_copy_aside  # noqa: PLC0415  Alembic takes 414 ms

    told = [f"{path} is gone: {_LOST}"] if was_there and not os.path.exists(path) else []
    try:
        version = _version(path)
    except BrokenError as error:
        told, version = [_set_aside(path, str(error))], None
    if version is None:
        _make(path)
        return told
    copy = set_copy_aside(path)
    migrate(path)
    return [*told, f"{path} was brought up to date; as it was before it is kept as {os.path.basename(copy)}"]


_FOREIGN = "is a database that this program did not make"
_LOST = "its index is made anew from the files; what it remembered of deliveries and acknowledgements is lost"


def _set_aside(path: str, what: str = "is damaged") -> str:
    """Give a broken file another name, and say so in one line."""
    number = 1
    while os.path.lexists(aside := f"{path}.broken-{number}"):
        number += 1
    os.rename(path, aside)
    for end in _SIDE_FILES:
        if os.path.exists(path + end):
            os.rename(path + end, aside + end)
    return f"{path} {what}, and was set aside as {os.path.basename(aside)}: {_LOST}"


def _make(path: str) -> None:
    from monitor.store.catalogue.migrate import migrate  # noqa: PLC0415  Alembic takes 414 ms

    new = path + _NEW
    for end in ("", "-journal", *_SIDE_FILES):
        if os.path.exists(new + end):
            os.unlink(new + end)
    migrate(new)
    os.rename(new, path)


def _version(path: str) -> str | None:
    """The version of the database in the file, None where there is no file.

    Raises BrokenError where it is no catalogue, StoreError where a newer program made it, DatabaseError where it
    cannot be opened.
    """
    if not os.path.exists(path):
        return None
    if _is_cut(path, _SHORTEST):
        raise BrokenError
    version = _stated_version(path)
    if not re.fullmatch("[0-9]{4}", version) or version == "0000":
        raise BrokenError(_FOREIGN)
    if version > VERSION:
        raise StoreError(
            f"{path} is of version {version}, and this program knows {VERSION} at most",
            "use the newer monitor that made it, or move the file away and lose what it remembers",
        )
    return version


def _stated_version(path: str) -> str:
    engine = engine_of(path)
    try:
        with transaction(engine, is_writing=False) as connection:
            version = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())
            count, size = (connection.exec_driver_sql(f"PRAGMA {each}").scalar_one() for each in _PAGES)
            if _is_cut(path, count * size):
                raise BrokenError
            return version
    except OperationalError as error:
        if is_unavailable(error):
            raise
        raise BrokenError(_FOREIGN if _tables_in(engine) else "is damaged") from error
    except (DatabaseError, NoResultFound, MultipleResultsFound) as error:
        raise BrokenError from error
    finally:
        engine.dispose()


def _tables_in(engine: Engine) -> list[str]:
    """The tables of a database that states no version; none where it has those of a catalogue."""
    with transaction(engine, is_writing=False) as connection:
        named = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    return [] if INDEX[0].name in named else list(map(str, named))


def _is_cut(path: str, least: int) -> bool:
    """Whether a file is shorter than it must be, in bytes. What is not in it may yet be in the log beside it.

    Its size is asked for, and it is not opened: when a process closes a file, the system drops all locks that it has
    on it, those of its open connections too, and the next process to leave takes the log away from under them
    (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    log = f"{path}-wal"
    return os.stat(path).st_size < least and not (os.path.exists(log) and os.stat(log).st_size)
