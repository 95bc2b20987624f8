"""A store's files → the index of its catalogue, made anew: every capture read, and compared with the one before it.

The memory stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from monitor.errors import OutputError
from monitor.model.page import Page
from monitor.model.snapshot import Capture
from monitor.store.catalogue.opened import Catalogue
from monitor.store.folder import Store
from monitor.watch.compare_captures import compare_with
from monitor.watch.read_captures import catalogue_of, read_with

_AT_ONCE = 100  # readings in memory


class Reindexed(NamedTuple):
    """How many captures of how many pages are in the index, what could not be read, and lines on the catalogue."""

    pages: int
    captures: int
    faults: tuple[str, ...]
    notices: tuple[str, ...]


def reindex(store: Store, pages: Sequence[Page], told: Callable[[str], None] | None = None) -> Reindexed:
    """Make the index anew; pages of the store that are not among `pages` are read without rules.

    `told` is called with the id of each page that is done. Raises OutputError where the catalogue cannot be written,
    StoreError where a newer version made it.
    """
    configured = {page.id: page for page in pages}
    wanted = [configured.get(id_, Page(id_)) for id_ in store.pages()]
    with catalogue_of(store) as catalogue:
        if catalogue is None or not catalogue.clear_index():
            what = f"the catalogue in {store.folder} cannot be written"
            raise OutputError(what, "make room there, or see who may, and who does")
        many = 0
        faults: list[str] = []
        for page in wanted:
            captures = store.captures(page.id)
            many += len(captures)
            faults += _faults(catalogue, store, captures, page)
            compare_with(catalogue, store, page)
            if told:
                told(page.id)
        return Reindexed(len(wanted), many, tuple(faults), tuple(catalogue.notices))


def _faults(catalogue: Catalogue, store: Store, captures: Sequence[Capture], page: Page) -> Iterator[str]:
    """Read the captures, some at a time; why those cannot be read that cannot."""
    for begin in range(0, len(captures), _AT_ONCE):
        for each in read_with(catalogue, store, captures[begin : begin + _AT_ONCE], page):
            if each.fault:
                yield each.fault
