"""A capture of a page and the one that follows it → which captures of other addresses were made on its account.

They are told by their places in the ledger, which is in the order in which things happened; times name seconds alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from monitor.errors import StoreError
from monitor.model.snapshot import Capture
from monitor.store.folder import Store


class Span(NamedTuple):
    """From the capture `after` of a page up to the `following` one, if there is one yet."""

    page: str
    after: Capture
    following: Capture | None = None

    def is_before(self, other: Capture, store: Store) -> bool:
        """Whether another address was captured before that capture of the page."""
        return _number(other, store) < _number(self.after, store)

    def is_at_the_end(self, other: Capture, store: Store) -> bool:
        """Whether it was captured after it and before the following one."""
        if self.is_before(other, store):
            return False
        return self.following is None or _number(other, store) < _number(self.following, store)


def span_after(capture: Capture, captures: Sequence[Capture]) -> Span:
    """The span that a capture begins among those of its page, which are in order of time."""
    place = captures.index(capture)
    return Span(capture.page, capture, captures[place + 1] if place + 1 < len(captures) else None)


def _number(capture: Capture, store: Store) -> int:
    """Its line in the ledger; 0, before all, of one that has none."""
    try:
        return store.entry(capture).seq
    except StoreError:
        return 0
