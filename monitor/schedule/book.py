"""The book of the slots: what is claimed and done, in memory and in the catalogue.

The catalogue tells the next start what this one did. Where it cannot be written the day goes on from memory, and the
next start may repeat a capture; that is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from monitor.model.schedule import Begun, Missed
from monitor.schedule.claims import ON_TIME, Claim, Standing, claim, is_due, missed, passed_over
from monitor.schedule.slots import Slots


class Memory(Protocol):
    """What outlives this process: the catalogue. Whether it could be written is what its methods answer."""

    path: str
    notices: list[str]

    @property
    def is_open(self) -> bool: ...
    def is_ready(self) -> bool: ...
    def begun_slots(self) -> dict[str, Begun]: ...
    def missed_slots(self) -> dict[str, Missed]: ...
    def begin_slot(self, page: str, slot: Begun, missed: Missed | None) -> bool: ...
    def end_slot(self, page: str, slot: datetime, at: datetime) -> bool: ...
    def note_missed_slots(self, found: Mapping[str, Missed]) -> bool: ...
    def forget_slots(self, pages: Sequence[str]) -> bool: ...


class Book:
    """What became of the slots of all pages."""

    def __init__(self, catalogue: Memory) -> None:
        self._catalogue = catalogue
        begun, open_missed = catalogue.begun_slots(), catalogue.missed_slots()
        self._standing = {page: Standing(begun.get(page), open_missed.get(page)) for page in {*begun, *open_missed}}
        self._is_told = False
        self._notices: list[str] = []

    def keep_only(self, pages: Iterable[str]) -> None:
        """Forget pages that have no schedule any more: one that comes back begins anew."""
        if gone := sorted(self._standing.keys() - set(pages)):
            for page in gone:
                del self._standing[page]
            self._write(self._ready() and self._catalogue.forget_slots(gone))

    def begin_with_the_next(self, jobs: Mapping[str, Slots], now: datetime) -> None:
        """Have the first slot be one to come, for those of which no slot is known or whose schedule is another one."""
        for job, slots in jobs.items():
            if begun := passed_over(self._of(job), slots, now):
                self._standing[job] = Standing(begun)
                is_begun = self._ready() and self._catalogue.begin_slot(job, begun, None)
                self._write(is_begun and self._catalogue.end_slot(job, begun.slot, now))

    def due(self, pages: Mapping[str, Slots], now: datetime) -> list[str]:
        """The pages with a slot that waits for being begun."""
        return [page for page, slots in pages.items() if is_due(self._of(page), slots, now)]

    def name_missed(self, pages: Mapping[str, Slots], now: datetime) -> dict[str, Missed]:
        """What pages missed so far, on record when this returns."""
        found = {page: missed(self._of(page), slots, now - ON_TIME, now) for page, slots in pages.items()}
        named = {page: each for page, each in found.items() if each is not None}
        self._standing |= {page: self._of(page)._replace(missed=each) for page, each in named.items()}
        if named:
            self._write(self._ready() and self._catalogue.note_missed_slots(named))
        return named

    def claim(self, page: str, slots: Slots, now: datetime) -> Claim | None:
        """Begin the slot that is due, on record when this returns; None where none is."""
        found = claim(self._of(page), slots, now)
        if found is not None:
            begun = Begun(found.slot, now)
            self._standing[page] = Standing(begun, found.missed)
            self._write(self._ready() and self._catalogue.begin_slot(page, begun, found.missed))
        return found

    def done(self, page: str, now: datetime) -> None:
        """The slot that was begun last was carried out to its end."""
        begun = self._of(page).begun
        if begun is not None:
            self._standing[page] = Standing(begun._replace(done_at=now))
            self._write(self._ready() and self._catalogue.end_slot(page, begun.slot, now))

    def take_notices(self) -> list[str]:
        """Lines for the user about the catalogue, each once."""
        taken, self._notices = [*self._catalogue.notices, *self._notices], []
        self._catalogue.notices.clear()
        return taken

    def _of(self, page: str) -> Standing:
        return self._standing.get(page, Standing())

    def _ready(self) -> bool:
        """A catalogue that was busy once is asked again."""
        return self._catalogue.is_open or self._catalogue.is_ready()

    def _write(self, is_written: bool) -> None:
        if not is_written and not self._is_told:
            self._notices.append(f"{self._catalogue.path} cannot be written: the next start may repeat captures")
        self._is_told = not is_written
