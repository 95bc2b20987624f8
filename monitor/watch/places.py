"""A page's captures in order of time → by their places: what the catalogue has of each, and what it says.

Each is asked for and read once, together with its neighbours where all are wanted.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from monitor.model.page import Page
from monitor.model.reading import Reading
from monitor.store.catalogue.compared import Row
from monitor.store.catalogue.opened import Catalogue
from monitor.store.folder import Store
from monitor.watch.read_captures import Read, read_with

_ROWS_AT_ONCE = 128  # captures that the catalogue is asked for in one question


class Places:
    """The captures of a page that are there. `catalogue` is None where the store has none.

    `ahead` is how many are read in one go, from the one that is wanted on.
    """

    def __init__(self, catalogue: Catalogue | None, store: Store, page: Page) -> None:
        self.captures = store.captures(page.id)
        self.ahead = 1
        self._catalogue, self._store, self._page = catalogue, store, page
        self._places = {each.file: place for place, each in enumerate(self.captures)}
        self._rows: dict[str, Row] = {}
        self._numbers: dict[int, int] = {}
        self._asked: set[int] = set()
        self._faults: dict[str, str | None] = {}
        self._read: dict[int, Read] = {}

    def of(self, file: str) -> int:
        """The place of the capture in a file of the store; -1 where it is not there."""
        return self._places.get(file, -1)

    def numbered(self, number: int, end: int) -> int | None:
        """The place before `end` of the capture with that number in the catalogue; None where it is not there."""
        for place in range(end - 1, -1, -_ROWS_AT_ONCE):
            if number in self._numbers:
                break
            self.row(place)
        else:
            self.row(0)
        return self._numbers.get(number)

    def row(self, place: int) -> Row | None:
        """What the catalogue has of a capture, asked for with its neighbours."""
        block = place // _ROWS_AT_ONCE
        if self._catalogue and block not in self._asked:
            self._asked.add(block)
            some = self.captures[block * _ROWS_AT_ONCE : (block + 1) * _ROWS_AT_ONCE]
            rows = self._catalogue.rows([each.file for each in some])
            self._rows |= rows
            self._numbers |= {row.seq: self._places[file] for file, row in rows.items()}
        return self._rows.get(self.captures[place].file)

    def number(self, place: int) -> int:
        """The capture's number in the catalogue; 0, which none has, where it is not there."""
        row = self.row(place)
        return row.seq if row else 0

    def fault(self, place: int) -> str | None:
        """What is wrong with a capture's file."""
        capture = self.captures[place]
        if capture.file not in self._faults:
            row = self.row(place)
            self._faults[capture.file] = self._store.fault(capture, row.sha256 if row else None)
        return self._faults[capture.file]

    def read(self, place: int, many: int | None = None) -> Read:
        """The capture read, with so many from there on in the same go; `ahead` of them where nobody says."""
        if place not in self._read:
            self.read_all(range(place, min(place + (many or self.ahead), len(self.captures))))
        return self._read[place]

    def read_all(self, places: Sequence[int]) -> None:
        """Read those that are not read yet."""
        places = [each for each in places if each not in self._read]
        captures = [self.captures[each] for each in places]
        faults = {self.captures[each].file: self.fault(each) for each in places}
        found = read_with(self._catalogue, self._store, captures, self._page, faults)
        self._read.update(zip(places, found, strict=True))

    def readings(self, places: Sequence[int]) -> list[Reading]:
        """What those that can be read say."""
        self.read_all(places)
        found = (self._read[place].reading for place in places)
        return [each for each in found if each]

    def reading(self, place: int) -> Reading:
        """What one says that is known to be readable."""
        reading = self.read(place).reading
        if reading is None:
            raise ValueError("only what can be read is compared")
        return reading

    def forget_before(self, place: int, kept: Container[int]) -> None:
        """Let go what older ones say, but for those to be `kept`."""
        self._read = {each: read for each, read in self._read.items() if each >= place or each in kept}
