"""Which findings a reader was told of."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from monitor.store.catalogue.outbox import NOT_TOLD
from monitor.store.catalogue.tables import deliveries, parts, told


def to_reader(connection: Connection, reader: str, findings: Sequence[str]) -> frozenset[str]:
    """Those of the findings that the reader was told of, or will be by a message that waits.

    Not by one that was given up or dropped: to drop a message is not to drop what it tells.
    """
    found: list[str] = []
    for some in parts(findings):
        is_meant = told.c.finding.in_(some)
        is_told = (told.c.reader == reader) & (deliveries.c.state.not_in(NOT_TOLD))
        joined = select(told.c.finding).join(deliveries, deliveries.c.id == told.c.delivery)
        found += connection.execute(joined.where(is_told, is_meant)).scalars()
    return frozenset(found)
