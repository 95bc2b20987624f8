"""Which findings a reader was told of."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from monitor.model.delivery import State
from monitor.store.catalogue.tables import deliveries, told

_AT_ONCE = 500  # ids in one question; SQLite of any age takes 999 values


def to_reader(connection: Connection, reader: str, findings: Sequence[str]) -> frozenset[str]:
    """Those of the findings that the reader was told of, or will be by a message that waits; not by one given up."""
    found: list[str] = []
    for begin in range(0, len(findings), _AT_ONCE):
        is_meant = told.c.finding.in_(findings[begin : begin + _AT_ONCE])
        is_told = (told.c.reader == reader) & (deliveries.c.state != State.GIVEN_UP.value)
        joined = select(told.c.finding).join(deliveries, deliveries.c.id == told.c.delivery)
        found += connection.execute(joined.where(is_told, is_meant)).scalars()
    return frozenset(found)
