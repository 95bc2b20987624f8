"""The outbox of a catalogue: each step of a delivery is on the disk before the next one is taken.

What must not be forgotten in a power cut is synced: from when on the receiver may have a message, and its answer. All
else would only be done once more.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from monitor.errors import StoreError
from monitor.model.delivery import Answer, Delivery, Due, Message, State
from monitor.store.catalogue import outbox, told
from monitor.store.catalogue.opened import Catalogue

_T = TypeVar("_T")
_LOST = "the program ended before it had the answer: it is sent again under the same key"


class Deliveries:
    """What is to be sent, and what became of it. Every method raises StoreError where the database cannot be used."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def put(self, messages: Sequence[Message], due: datetime) -> None:
        """Put messages in, to be sent from then on, in one transaction."""
        self._write(lambda connection: outbox.put(connection, messages, due))
        self._sync()

    def put_digest(self, messages: Sequence[Message], due: datetime, last: datetime | None, now: datetime) -> bool:
        """Put a digest's messages in that was made by then, where it is still the next one; else nothing, and False.

        It is where the reader's last digest ended at `last`, and they were told of none of its findings since.
        """

        def change(connection: Connection) -> bool:
            for reader in {each.reader for each in messages}:
                if outbox.last_digest(connection, reader, now) != last:
                    return False
                found = {finding for each in messages if each.reader == reader for finding in each.findings}
                if told.to_reader(connection, reader, sorted(found)):
                    return False
            outbox.put(connection, messages, due)
            return True

        is_put = self._write(change)
        self._sync()
        return is_put

    def note_quiet(self, reader: str, until: datetime) -> None:
        """Note that until then there was nothing to tell the reader that they were not told."""
        self._write(lambda connection: outbox.note_quiet(connection, reader, until))

    def recover(self, now: datetime, under_way: Collection[str] = ()) -> list[Delivery]:
        """Take up what somebody was sending who is no more; those of which nobody knows whether they arrived.

        To be called by the only one who sends, with the ids of those that it is sending.
        """

        def take_up(connection: Connection) -> list[Delivery]:
            found = [each for each in outbox.abandoned(connection) if each.message.id not in under_way]
            for each in found:
                said = _LOST if each.handed_at else each.answer or ""
                outbox.settle(connection, each.message.id, State.WAITING, said, now, now)
            return [each for each in found if each.handed_at]

        return self._write(take_up)

    def is_idle(self) -> bool:
        """Whether nothing waits, and nothing was left by somebody who was sending it."""
        return self._read(lambda connection: not outbox.next_due(connection) and not outbox.abandoned(connection))

    def due(self, now: datetime) -> list[Due]:
        """The deliveries to be tried now, those that wait longest first."""
        return self._read(lambda connection: outbox.due(connection, now))

    def next_due(self) -> datetime | None:
        """When the next delivery is to be tried; None where none waits."""
        return self._read(outbox.next_due)

    def put_off(self, id_: str, until: datetime) -> None:
        """Have a delivery that waits tried at that time; it counts as no try."""
        self._write(lambda connection: outbox.put_off(connection, id_, until))

    def claim(self, id_: str, now: datetime) -> Delivery | None:
        """Begin to send a delivery; None where it does not wait any more."""
        return self._write(lambda connection: outbox.claim(connection, id_, now))

    def hand_over(self, id_: str, now: datetime) -> None:
        """Note that the receiver may have all of it from now on."""
        self._write(lambda connection: outbox.hand_over(connection, id_, now))
        self._sync()

    def settle(self, id_: str, answer: Answer, now: datetime, again: datetime | None) -> State:
        """Note what a try came to; `again` is when it is tried anew, None where it is to be given up."""
        state = State.SENT if answer.is_sent else State.WAITING if again else State.GIVEN_UP
        due = again if state is State.WAITING else None
        noted = self._write(lambda connection: outbox.settle(connection, id_, state, answer.said, now, due))
        self._sync()
        return noted

    def listed(self) -> list[Delivery]:
        """All that are not done, and the last of those that are, in the order in which they were made."""
        return self._read(outbox.listed)

    def named(self, start: str) -> list[Delivery]:
        """The deliveries whose ids begin so."""
        return self._read(lambda connection: outbox.begins_with(connection, start))

    def send_again(self, id_: str, now: datetime) -> None:
        """Have a delivery sent, or sent again under the same key, whatever became of it."""
        self._write(lambda connection: outbox.again(connection, id_, now))

    def drop(self, id_: str, now: datetime) -> int:
        """Have a delivery not sent any more; how many findings the reader's next digest tells therefore."""

        def dropped(connection: Connection) -> int:
            outbox.settle(connection, id_, State.DROPPED, "dropped", now, None)
            return outbox.tells(connection, id_)

        return self._write(dropped)

    def untried(self, since: datetime | None, now: datetime) -> list[Delivery]:
        """What waits for a later time and was never tried, made since then; without a time all of it."""
        return self._read(lambda connection: outbox.untried(connection, since, now))

    def newly_given_up(self) -> list[Delivery]:
        """Those that were given up and that nobody was told of yet."""
        return self._read(outbox.given_up_untold)

    def told(self, ids: Sequence[str], now: datetime) -> None:
        """Remember that somebody was told that these were given up."""
        self._write(lambda connection: outbox.note_told(connection, ids, now))

    def _read(self, question: Callable[[Connection], _T]) -> _T:
        return self._within(self._catalogue.reading, question)

    def _write(self, change: Callable[[Connection], _T]) -> _T:
        return self._within(self._catalogue.writing, change)

    def _within(self, begin: Callable[[], AbstractContextManager[Connection]], work: Callable[[Connection], _T]) -> _T:
        """What the work comes to; where the file is broken, in the one that takes its place."""
        self._make_ready()
        try:
            with begin() as connection:
                return work(connection)
        except DatabaseError as error:
            if not self._catalogue.is_replaced(error):
                raise self._unusable(error) from error
        try:
            with begin() as connection:
                return work(connection)
        except DatabaseError as error:
            raise self._unusable(error) from error

    def _make_ready(self) -> None:
        if not (self._catalogue.is_open or self._catalogue.is_ready()):
            raise StoreError(f"{self._catalogue.path} cannot be used now", "nothing is sent; it is tried again later")

    def _unusable(self, error: DatabaseError) -> StoreError:
        what = f"{self._catalogue.path} cannot be used ({error.orig})"
        return StoreError(what, "see that there is room, and that it may be written; nothing is lost")

    def _sync(self) -> None:
        """Have the disk keep what SQLite wrote into its log, which it does not wait for by itself."""
        try:
            log = os.open(f"{self._catalogue.path}-wal", os.O_RDONLY)
        except FileNotFoundError:
            return  # it was put into the database, which SQLite does wait for
        try:
            os.fsync(log)
        finally:
            os.close(log)
