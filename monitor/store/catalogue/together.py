"""Many questions and changes → one transaction that reads, and at its end one that writes.

A transaction costs a fifth of a millisecond whatever is done in it, and a page that is judged asks a dozen times.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Engine

_Answer = TypeVar("_Answer")
Change = Callable[[Connection], None]


class Together:
    """What belongs together of a catalogue's work; `changes` are put off until its end.

    `is_kept` is whether they could be carried out then.
    """

    def __init__(self) -> None:
        self._connection: Connection | None = None
        self.changes: list[Change] = []
        self.is_kept = False

    def ask(self, engine: Engine, question: Callable[[Connection], _Answer]) -> _Answer:
        """The answer, by the database as it was at the first question."""
        if self._connection is None:
            self._connection = engine.connect()
            self._connection.begin()
        return question(self._connection)

    def end(self) -> None:
        """See no state of the database any more, but the newest."""
        if self._connection:
            connection, self._connection = self._connection, None
            connection.close()

    def carry_out(self, connection: Connection) -> None:
        """Do all that was put off."""
        for change in self.changes:
            change(connection)
