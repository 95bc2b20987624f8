"""The memory → JSON Lines: one object a row, with the name of its table, so that nothing is lost with a database."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator

from sqlalchemy import Connection, select

from monitor.store.catalogue.tables import MEMORY


def lines(connection: Connection) -> Iterator[str]:
    """Every row, table by table in the order of their keys: `{"table": "told", "finding": …}`; bytes in base 64."""
    for table in MEMORY:
        for row in connection.execute(select(table).order_by(*table.primary_key)):
            yield json.dumps({"table": table.name, **row._asdict()}, ensure_ascii=False, default=_in_base64)


def _in_base64(value: bytes) -> str:
    return b64encode(value).decode("ascii")
