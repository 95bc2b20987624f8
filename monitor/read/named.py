"""What the rules of a page named on it, taken apart. Nothing, where it has none."""

from __future__ import annotations

from typing import NamedTuple

from monitor.model.reading import Counter, Field, ItemList, Lead, Suspicion
from monitor.read.lists import Found


class Named(NamedTuple):
    """What the rules named, taken apart. `lists` have beside them where they were found."""

    lists: tuple[tuple[Found | None, ItemList], ...] = ()
    fields: tuple[Field, ...] = ()
    counters: tuple[Counter, ...] = ()
    lead: Lead | None = None
    doubts: tuple[Suspicion, ...] = ()
