"""Captures of a page in the store → their readings: those in the catalogue are loaded, the others read and kept there.

A capture that cannot be read gives its fault and stops nothing. Without a catalogue (a read-only store, a full disk)
all are read, and the result is the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import NamedTuple

from monitor.errors import InputError, MonitorError
from monitor.model.days import day_in
from monitor.model.page import Page
from monitor.model.reading import Reading, Suspicion
from monitor.model.rules import Rules
from monitor.model.snapshot import Capture, Snapshot
from monitor.read import read_watched
from monitor.read.served import served_doubts, with_served
from monitor.read.watch import Watch
from monitor.store.catalogue.captures import Opened
from monitor.store.catalogue.codec import decode, encode
from monitor.store.catalogue.opened import Catalogue, open_catalogue
from monitor.store.catalogue.readings import Kept, Key, Way
from monitor.store.folder import Store
from monitor.watch.read_page import located, read_page
from monitor.watch.versions import reader_version, rules_version

_AT_ONCE = 16  # new readings of one transaction: who is killed loses half a second of reading


class Read(NamedTuple):
    """A capture and what it says, or why that cannot be told; `is_blank` where the capture is as it came.

    Such a one holds nothing that could be read, which is a matter of the page and not of the store.
    """

    capture: Capture
    reading: Reading | None
    fault: str | None = None
    is_blank: bool = False


class Readings(NamedTuple):
    """Captures in the order asked for, each read or not. `notices` are lines for the user about the catalogue."""

    read: tuple[Read, ...]
    notices: tuple[str, ...] = ()

    @property
    def readings(self) -> list[Reading]:
        """Of those that could be read."""
        return [each.reading for each in self.read if each.reading]

    @property
    def faults(self) -> list[str]:
        """Of those that could not."""
        return [each.fault for each in self.read if each.fault]


def read_captures(store: Store, captures: Sequence[Capture], page: Page) -> Readings:
    """The readings of a page's captures by the page's rules.

    Raises StoreError where a newer version made the catalogue. In what is said of them the rules are "the page's
    rules", for a kept reading does not know which file they stand in.
    """
    with catalogue_of(store) as catalogue:
        return Readings(read_with(catalogue, store, captures, page), tuple(catalogue.notices if catalogue else ()))


@contextmanager
def catalogue_of(store: Store) -> Iterator[Catalogue | None]:
    """The store's catalogue, where it can have one."""
    catalogue = open_catalogue(store)
    try:
        yield catalogue
    finally:
        if catalogue:
            catalogue.close()


def read_with(
    catalogue: Catalogue | None,
    store: Store,
    captures: Sequence[Capture],
    page: Page,
    faults: Mapping[str, str | None] | None = None,
) -> tuple[Read, ...]:
    """The same with a catalogue that is open, or without one.

    What the catalogue knows of a capture that is damaged now is not told: it could not be checked any more. `faults`
    says which are, by their files, where somebody has looked already.
    """
    page = page._replace(rules=page.rules._replace(source=Rules().source))
    if catalogue is None:
        return tuple(_read(capture, lambda each: read_page(store.load(each), page)) for capture in captures)
    damaged = faults_of(catalogue, store, captures) if faults is None else faults
    reader = _Reader(catalogue, store, page)
    known = reader.known([each for each in captures if not damaged[each.file]])
    known |= {each.file: Read(each, None, fault) for each in captures if (fault := damaged[each.file])}
    found = tuple(known.get(capture.file) or _read(capture, reader.read) for capture in captures)
    reader.keep()
    return found


def faults_of(catalogue: Catalogue | None, store: Store, captures: Sequence[Capture]) -> dict[str, str | None]:
    """What is wrong with the captures' files, by their names in the store: that they are not as they were written."""
    known = catalogue.rows([each.file for each in captures]) if catalogue else {}
    hashes = {file: row.sha256 for file, row in known.items()}
    return {each.file: store.fault(each, hashes.get(each.file)) for each in captures}


def _read(capture: Capture, reading_of: Callable[[Capture], Reading]) -> Read:
    try:
        return Read(capture, reading_of(capture))
    except MonitorError as error:
        return Read(capture, None, error.what, is_blank=isinstance(error, InputError))
    except Exception as error:  # noqa: BLE001  one capture that trips the reader must not cost the others
        return Read(
            capture, None, f"{capture.reference} cannot be read ({type(error).__name__}: a fault of this program)"
        )


class _Reader:
    """Reads the captures of one page, and keeps what was read, some at a time."""

    def __init__(self, catalogue: Catalogue, store: Store, page: Page) -> None:
        self._catalogue, self._store, self._page = catalogue, store, page
        self._way = Way(reader_version(), rules_version(page), page.url, page.rules.zone)
        self._new: list[Kept] = []
        self._seen: list[tuple[str, Opened]] = []

    def known(self, captures: Sequence[Capture]) -> dict[str, Read]:
        """Those whose readings are kept, by their files."""
        by_file = {each.file: each for each in captures}
        found = self._catalogue.readings(list(by_file), self._way)
        readings = {each.file: _of_capture(each.content, by_file[each.file], each.at, each.doubts) for each in found}
        return {file: Read(by_file[file], reading) for file, reading in readings.items() if reading}

    def read(self, capture: Capture) -> Reading:
        """What a capture says: kept of another with the same bytes, or read now."""
        snapshot = self._store.load(capture)
        doubts = _packed(served_doubts(snapshot))
        opened = Opened(snapshot.sha256, snapshot.url or None, snapshot.media_type or None, doubts)
        self._seen.append((capture.file, opened))
        snapshot = located(snapshot, self._page)
        at = snapshot.captured_at or capture.at
        key = self._key(snapshot)
        kept = self._kept(key, day_in(at, self._way.zone).isoformat())
        reading = _of_capture(kept, capture, at.isoformat(), doubts) if kept else None
        return reading or self._read_now(snapshot, key)

    def keep(self) -> None:
        """Put what was read into the catalogue."""
        if self._new or self._seen:
            self._catalogue.keep_readings(self._new, self._seen)
        self._new, self._seen = [], []

    def _key(self, snapshot: Snapshot) -> Key:
        url, media_type = snapshot.url or "", snapshot.media_type or ""
        return Key(snapshot.sha256, url, media_type, self._way.rules, self._way.reader)

    def _kept(self, key: Key, day: str) -> bytes | None:
        held = (each.content for each in self._new if each.key == key and each.first_day <= day <= each.last_day)
        return next(held, None) or self._catalogue.reading_of(key, day)

    def _read_now(self, snapshot: Snapshot, key: Key) -> Reading:
        days = _Days()
        reading = read_watched(snapshot, self._page.rules, days)
        self._new.append(Kept(key, days.first.isoformat(), days.last.isoformat(), encode(reading)))
        if len(self._new) >= _AT_ONCE:
            self.keep()
        return with_served(reading, served_doubts(snapshot))


class _Days(Watch):
    """The days of capture for which a reading holds: all, where none is told."""

    __slots__ = ("first", "last")

    def __init__(self) -> None:
        self.first, self.last = date.min, date.max

    def holds(self, first: date, last: date) -> None:
        self.first, self.last = first, last


def _of_capture(content: bytes, capture: Capture, at: str, doubts: str) -> Reading | None:
    """The reading in the bytes, as one of that capture; None where they hold none."""
    try:
        reading = decode(content)._replace(source=capture.reference, captured_at=datetime.fromisoformat(at))
        return with_served(reading, _unpacked(doubts))
    except (ValueError, TypeError):
        return None


def _packed(doubts: Sequence[Suspicion]) -> str:
    return json.dumps(doubts) if doubts else ""


def _unpacked(text: str) -> tuple[Suspicion, ...]:
    """Raises ValueError or TypeError where it is not what was kept."""
    return tuple(Suspicion(*each) for each in json.loads(text)) if text else ()
