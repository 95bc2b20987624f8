"""A store → its catalogue, opened: of this program's version, and with all of the ledger in its index.

What the index cannot tell or keep, because its disk is full, busy or read-only, is found slower from the files: that
is no error. A file that turns out to be broken is set aside, and the index begins anew.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from monitor.model.delivery import Delivery, Timed
from monitor.model.digest import Note
from monitor.model.failure import Failure
from monitor.model.schedule import Begun, Missed
from monitor.store.catalogue import (
    accepting,
    acknowledged,
    captures,
    compared,
    failures,
    marks,
    memory,
    outbox,
    overview,
    readings,
    slots,
    told,
)
from monitor.store.catalogue.acknowledged import Acknowledged
from monitor.store.catalogue.captures import Indexed, Opened
from monitor.store.catalogue.compared import Basis, Compared, Row
from monitor.store.catalogue.readings import Found, Kept, Key, Way
from monitor.store.catalogue.session import Session
from monitor.store.folder import Store

NAME = "catalogue.sqlite"


def open_catalogue(store: Store) -> Catalogue | None:
    """The store's catalogue, made where there is none; None where there is no store, or no room or right to make one.

    One that another process holds knows nothing, keeps nothing and says so.

    Raises StoreError where a newer version of this program made it.
    """
    if not os.path.isdir(store.folder):
        return None
    catalogue = Catalogue(os.path.join(store.folder, NAME), store.ledger)
    return catalogue if catalogue.is_ready() or catalogue.notices else None


class Catalogue(Session):
    """An open catalogue: what can be asked of it, and kept in it."""

    # -- the index

    def captures(self, page: str) -> list[Indexed]:
        """The page's captures that are still there, in order of time."""
        return self._ask(lambda connection: captures.of_page(connection, page), default=[])

    def readings(self, files: Sequence[str], way: Way) -> list[Found]:
        """The readings that are kept of the captures in these files; others are left out."""
        return self._ask(lambda connection: list(readings.of_files(connection, files, way)), default=[])

    def reading_of(self, key: Key, day: str) -> bytes | None:
        """The reading kept under a key that holds for a capture of that day (ISO 8601)."""
        return self._ask(lambda connection: readings.find(connection, key, day), default=None)

    def keep_readings(self, found: Sequence[Kept], seen: Sequence[tuple[str, Opened]]) -> None:
        """Keep readings, in place of those that other versions of the reader made of the same.

        `seen` is what stood in the captures' files, by their names in the store.
        """

        def keep(connection: Connection) -> None:
            captures.note_opened(connection, seen)
            readings.keep(connection, found)

        self._write(keep)

    def rows(self, files: Sequence[str]) -> dict[str, Row]:
        """What is known of the captures in these files of the store; others are left out."""
        return self._ask(lambda connection: compared.of_files(connection, files), default={})

    def newest_compared(self, page: str, until: datetime) -> str | None:
        """The file of the page's newest capture before that time of which a comparison is kept."""
        return self._ask(lambda connection: compared.newest(connection, page, until.isoformat()), default=None)

    def findings_since(self, page: str, kind: str, subject: str, since: datetime) -> list[str]:
        """The ids of the findings of that kind and subject at captures of the page after that time."""
        at = since.isoformat()
        return self._ask(lambda connection: compared.findings_since(connection, page, kind, subject, at), default=[])

    def keep_comparison(self, after: int, basis: Basis, made: Compared, footing: str | None = None) -> None:
        """Keep the comparison of a capture, by its number, in place of any other."""
        self._write(lambda connection: compared.keep(connection, after, basis, made, footing))

    def overview(self, first: date) -> overview.Known:
        """What is known of all pages, and what was found at their captures from that day on."""
        return self._ask(lambda connection: overview.known(connection, first), default=overview.NOTHING)

    def clear_index(self) -> bool:
        """Forget all of the index but what the ledger says; whether that could be done. The memory stays."""
        inode = self._inode
        return self._write(self._index_anew) or (self._inode != inode and self._write(self._index_anew))

    # -- the memory

    def failed(self, page: str, at: datetime, reason: str) -> Failure:
        """Count an attempt to capture the page that failed; its failure as it is with it.

        Where it cannot be kept, it is one attempt, as if none had failed before.
        """
        unknown = Failure(page, at, at, 1, reason)
        return self._change(lambda connection: failures.failed(connection, page, at, reason), default=unknown)

    def succeeded(self, page: str, at: datetime) -> Failure | None:
        """Note that the page was captured; its failure that is over now, or was before without being `told`."""
        return self._change(lambda connection: failures.succeeded(connection, page, at), default=None)

    def settle_by_accepting(self, page: str) -> None:
        """Forget that the page fails, where somebody took what it gave for its new form."""
        self._write(lambda connection: failures.accepted(connection, page))

    def told(self, page: str, since: datetime, at: datetime, messages: Sequence[Timed] = ()) -> None:
        """Remember that a page's failure was told as it stands, to be called when it was: that it lasts, or is over.

        What was told is not told again: `told_at` says so of one that lasts, and `succeeded` gives none that is over.
        The messages that tell it go into the outbox in the same transaction, each to be sent from a time on.
        """

        def change(connection: Connection) -> None:
            for message, due in messages:
                outbox.put(connection, [message], due)
            failures.told(connection, page, since, at)

        self._write(change)

    def unsettled_failures(self) -> set[str]:
        """The pages that cannot be captured now, or could not before without being `told` that it is over."""
        return self._ask(failures.unsettled, default=set())

    def open_failures(self) -> list[Failure]:
        """The pages that cannot be captured now, in the order in which that began."""
        return self._ask(failures.open_ones, default=[])

    def failures(self, page: str, since: datetime, until: datetime) -> list[Failure]:
        """The failures of a page that have an attempt between two times, in order of time."""
        return self._ask(lambda connection: failures.of_page(connection, page, since, until), default=[])

    def begun_slots(self) -> dict[str, Begun]:
        """The newest slot of each page's schedule that was begun."""
        return self._ask(slots.begun, default={})

    def missed_slots(self) -> dict[str, Missed]:
        """What pages missed of their schedules and no capture made up for yet."""
        return self._ask(slots.open_missed, default={})

    def missed_between(self, page: str, since: datetime, until: datetime) -> list[Missed]:
        """The slots that the page missed between two times, in order of time."""
        return self._ask(lambda connection: slots.missed_between(connection, page, since, until), default=[])

    def begin_slot(self, page: str, slot: Begun, missed: Missed | None) -> bool:
        """Note that a slot is begun, and what was missed before it; whether that could be done."""

        def begin(connection: Connection) -> None:
            slots.begin(connection, page, slot)
            slots.note_missed(connection, {page: missed} if missed else {})

        return self._write(begin)

    def end_slot(self, page: str, slot: datetime, at: datetime) -> bool:
        """Note that a slot was carried out to its end, and made up for what was missed; whether that could be done."""
        return self._write(lambda connection: slots.end(connection, page, slot, at))

    def note_missed_slots(self, found: Mapping[str, Missed]) -> bool:
        """Note what pages missed, before anybody makes up for it; whether that could be done."""
        return self._write(lambda connection: slots.note_missed(connection, found))

    def forget_slots(self, pages: Sequence[str]) -> bool:
        """Forget the slots of pages that have no schedule any more; whether that could be done."""
        return self._write(lambda connection: slots.forget(connection, pages))

    def last_success(self) -> dict[str, datetime]:
        """The time (UTC) of each page's newest capture, of one that fails at present the newest before that."""
        return self._ask(slots.last_success, default={})

    def accepted(self, page: str) -> dict[str, str]:
        """The captures that somebody took for the page's new form, by their files, and when (ISO 8601)."""
        return self._ask(lambda connection: accepting.of_page(connection, page), default={})

    def accept(self, page: str, file: str, at: datetime) -> bool:
        """Remember that a capture was taken for the page's new form; whether that could be done."""
        return self._write(lambda connection: accepting.keep(connection, page, file, at))

    def told_to(self, reader: str, findings: Sequence[str]) -> frozenset[str]:
        """Those of the findings that the reader of that id was told of."""
        return self._ask(lambda connection: told.to_reader(connection, reader, findings), default=frozenset())

    def notes_on(self, findings: Sequence[str]) -> dict[str, Note]:
        """What was noted on those of the findings that somebody has dealt with, by their ids."""
        return self._ask(lambda connection: acknowledged.notes_on(connection, findings), default={})

    def last_digest(self, reader: str, now: datetime) -> datetime | None:
        """The end of the period of the reader's last digest by then; None where none was made."""
        return self._ask(lambda connection: outbox.last_digest(connection, reader, now), default=None)

    def given_up(self, since: datetime, until: datetime) -> list[Delivery]:
        """The deliveries that were given up after `since` and until `until`, in order of time."""
        return self._ask(lambda connection: outbox.given_up_between(connection, since, until), default=[])

    def export_memory(self) -> list[str]:
        """All of the memory as JSON Lines: `{"table": "told", "finding": …}`; bytes in base 64."""
        with self.reading() as connection:
            return list(memory.lines(connection))

    def marks(self) -> dict[str, str]:
        """How far pages were told of: the file of the newest capture told, by the page's id; "" for none yet."""
        return self._ask(marks.find_all, default={})

    def mark_of(self, page: str) -> str | None:
        """The same of one page; None where it has no mark."""
        return self._ask(lambda connection: marks.find(connection, page), default=None)

    def begin_marks(self, newest: Sequence[tuple[str, str]], at: datetime) -> bool:
        """Mark those of the pages that have no mark, each at its file; whether that could be written."""
        return self._write(lambda connection: marks.begin(connection, newest, at))

    def tell(self, page: str, file: str, at: datetime, messages: Sequence[Timed]) -> bool:
        """Mark a page at the capture in that file and put messages into the outbox, each to be sent from a time on.

        In one transaction; whether that could be written. A message of which the reader knows each finding is left out.
        """

        def change(connection: Connection) -> None:
            new = [each for each in messages if outbox.untold(connection, each[0].reader, each[0].findings)]
            for message, due in new:
                outbox.put(connection, [message], due)
            marks.move(connection, page, file, at)

        return self._write(change)

    def acknowledgements(self, page: str) -> list[Acknowledged]:
        """The page's findings that somebody has dealt with, in the order in which that was."""
        return self._ask(lambda connection: acknowledged.of_page(connection, page), default=[])

    def findings_named(self, start: str) -> list[acknowledged.Known]:
        """The findings of the index whose ids begin so."""
        return self._ask(lambda connection: acknowledged.begins_with(connection, start), default=[])

    def acknowledge(self, finding: acknowledged.Known, note: str, at: datetime) -> bool:
        """Remember that a finding was dealt with; whether that could be done."""
        return self._write(lambda connection: acknowledged.keep(connection, finding, note, at))
