"""A capture of the store → the readings of those of its page that are older. What cannot be read stops nothing."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.errors import MonitorError
from monitor.model.page import Page
from monitor.model.reading import Reading
from monitor.model.snapshot import Capture
from monitor.store.folder import Store
from monitor.watch.read_history import MOST_READ, Known
from monitor.watch.read_page import read_page

FEW = 10  # captures that are read in the time that the catalogue's libraries take to load, a quarter of a second


def read_older(store: Store, capture: Capture, page: Page) -> Known:
    """The readings of the newest MOST_READ captures before this one, from the catalogue where they are many."""
    captures = store.captures(capture.page)
    place = captures.index(capture)
    older = captures[max(0, place - MOST_READ) : place]
    readings, faults = _few(store, older, page) if len(older) <= FEW else _many(store, older, page)
    limits = [f"Put aside: {fault}." for fault in faults]
    if place > MOST_READ:
        limits.append(
            f"Only the newest {MOST_READ} captures before are looked at; {place - MOST_READ:,} older are not."
        )
    return Known(tuple(readings), tuple(limits))


def look_back(store: Store, capture: Capture, page: Page, before: Reading, after: Reading) -> tuple[Reading, ...]:
    """The readings of captures before this one that show since when a counter has stood; none where none stands still.

    `before` is the reading of this one, `after` that of a later one. They are few, and read one by one from the store.
    """
    if not before.counters:
        return ()
    from monitor.compare.standstill import looked_back_to  # noqa: PLC0415  few pages count anything

    captures = store.captures(capture.page)
    captures = captures[: captures.index(capture)]

    def read(place: int) -> Reading | None:
        return next(iter(_few(store, captures[place : place + 1], page)[0]), None)

    return looked_back_to(before, after, [each.at for each in captures], read)


def _few(store: Store, captures: Sequence[Capture], page: Page) -> tuple[list[Reading], list[str]]:
    readings, faults = [], []
    for capture in captures:
        try:
            readings.append(read_page(store.load(capture), page))
        except MonitorError as error:
            faults.append(error.what)
    return readings, faults


def _many(store: Store, captures: Sequence[Capture], page: Page) -> tuple[list[Reading], list[str]]:
    from monitor.watch.read_captures import read_captures  # noqa: PLC0415  it loads what speaks to the catalogue

    found = read_captures(store, captures, page)
    return found.readings, found.faults
