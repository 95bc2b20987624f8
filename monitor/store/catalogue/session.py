"""A catalogue's file, held open: questions and changes, one transaction each, or several changes in one.

What cannot be asked or kept because the disk is full, busy or read-only is no error. A file that turns out to be broken
is set aside, and the index begins anew; one that another process holds for long is let go, and opened again later.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine, delete
from sqlalchemy.exc import DatabaseError

from monitor.store.catalogue import captures
from monitor.store.catalogue.database import (
    BrokenError,
    engine_of,
    is_broken,
    is_busy,
    is_unavailable,
    make_ready,
    replace_broken,
    transaction,
)
from monitor.store.catalogue.tables import readings
from monitor.store.catalogue.together import Change, Together

_AGAIN = 2.0  # seconds until a file that another process held for long is tried again
_Answer = TypeVar("_Answer")


class Session:
    """An open database. `notices` are lines for the user: what happened to the file.

    `fault` is why something that was asked or changed since it was opened could not be, for who must not go on without.
    """

    def __init__(self, path: str, ledger: str) -> None:
        self.path = path
        self.notices: list[str] = []
        self.fault: str | None = None
        self._ledger = ledger
        self._engine: Engine | None = None
        self._inode = 0
        self._is_anew = False
        self._together: Together | None = None
        self._let_go: float | None = None  # when that was, by the monotonic clock, of one that was busy

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._together:
            self._together.end()
        if self._engine:
            self._engine.dispose()
        self._engine = self._let_go = None

    @property
    def is_open(self) -> bool:
        """Whether it can be asked; one that is not answers as an empty one."""
        return self._engine is not None

    @property
    def was_replaced(self) -> bool:
        """Whether the file broke while it was used, and another took its place."""
        return self._is_anew

    def is_ready(self) -> bool:
        """Open the file and bring its index up to date; whether that could be done. Raises StoreError."""
        self._gently(self._open, None)
        return self._engine is not None

    def catch_up(self) -> None:
        """Put into the index what the ledger has got since it was opened."""
        engine = self._engine
        if engine:
            self._gently(lambda: self._catch_up(engine), None)

    @contextmanager
    def together(self) -> Iterator[Together]:
        """Ask one state of the database within, and carry out what is kept in one transaction when it ends.

        Until then it is not found. Where the block raises, nothing of it is kept; `is_kept` tells after the block.
        """
        if self._together:
            yield self._together
            return
        self._together = together = Together()
        try:
            yield together
        finally:
            self._together = None
            together.end()
        self._write_all(together)

    def _write_all(self, together: Together) -> None:
        """Once more where the file broke: into the one that took its place."""
        if together.changes:
            together.is_kept = self._write(together.carry_out) or (self._is_anew and self._write(together.carry_out))

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction for what must not be lost. Raises sqlalchemy's DatabaseError where it cannot be written."""
        return transaction(self._opened(), is_writing=True)

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one state of the database."""
        return transaction(self._opened(), is_writing=False)

    def is_replaced(self, error: Exception) -> bool:
        """Set the file aside where an error says that it is broken; whether there is another in its place now."""
        if not is_broken(error) or self._is_anew:
            return False
        self._gently(self._begin_anew, None)
        return self._engine is not None

    # -- opening

    def _open(self) -> None:
        self._inode = os.stat(self.path).st_ino if os.path.exists(self.path) else 0
        self.notices += make_ready(self.path)
        engine = engine_of(self.path)
        self._inode = os.stat(self.path).st_ino
        try:
            self._catch_up(engine)
        except BaseException:
            engine.dispose()
            raise
        self._engine = engine

    def _catch_up(self, engine: Engine) -> None:
        if self._is_up_to_date(engine):
            return
        if self._together:
            self._together.end()
        with transaction(engine, is_writing=True) as connection:
            captures.catch_up(connection, self._ledger)

    def _is_up_to_date(self, engine: Engine) -> bool:
        if self._together:
            return self._together.ask(engine, lambda connection: captures.is_up_to_date(connection, self._ledger))
        with transaction(engine, is_writing=False) as connection:
            return captures.is_up_to_date(connection, self._ledger)

    def _open_again(self) -> None:
        """Where another process held it, and may have done with it by now."""
        if self._let_go is not None and time.monotonic() - self._let_go >= _AGAIN:
            self._let_go = None
            self.is_ready()

    def _begin_anew(self) -> None:
        """Once, for what breaks again is no matter of the file."""
        self.close()
        if self._is_anew:
            return
        self._is_anew = True
        told = replace_broken(self.path, self._inode)
        self.notices += [told] if told else []
        self._open()

    def _index_anew(self, connection: Connection) -> None:
        captures.clear(connection)
        connection.execute(delete(readings))
        captures.catch_up(connection, self._ledger)

    # -- using

    def _opened(self) -> Engine:
        if self._engine is None:
            raise ValueError("the catalogue is closed")
        return self._engine

    def _ask(self, question: Callable[[Connection], _Answer], default: _Answer) -> _Answer:
        return self._within(question, default, is_writing=False)

    def _change(self, change: Callable[[Connection], _Answer], default: _Answer) -> _Answer:
        return self._within(change, default, is_writing=True)

    def _write(self, change: Change) -> bool:
        if self._together:
            self._together.changes.append(change)
            return True

        def changed(connection: Connection) -> bool:
            change(connection)
            return True

        return self._change(changed, default=False)

    def _within(self, work: Callable[[Connection], _Answer], default: _Answer, *, is_writing: bool) -> _Answer:
        if self._engine is None:
            self._open_again()
        if self._engine is None:
            return default
        engine, together = self._engine, self._together

        def within() -> _Answer:
            if together and not is_writing:
                return together.ask(engine, work)
            with transaction(engine, is_writing=is_writing) as connection:
                return work(connection)

        return self._gently(within, default)

    def _gently(self, work: Callable[[], _Answer], default: _Answer) -> _Answer:
        """What the work comes to, or the default where the database cannot be used."""
        try:
            return work()
        except (BrokenError, DatabaseError, OSError) as error:
            if is_broken(error):
                self._gently(self._begin_anew, None)
            elif is_busy(error):
                self.close()
                self._let_go = time.monotonic()
                self.fault = "it is in use by another process for long"
                self.notices.append(f"{self.path} is in use by another process for long: this goes on without it")
            elif not is_unavailable(error):
                raise
            else:
                self.fault = str(getattr(error, "orig", None) or error)
            return default
