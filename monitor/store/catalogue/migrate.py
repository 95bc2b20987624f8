"""A database → the same of this program's version, in one transaction; and a copy of it as it was before."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

from alembic import command
from alembic.config import Config

from monitor.store.catalogue.database import engine_of, transaction
from monitor.store.catalogue.tables import VERSION

_STEPS = os.path.join(os.path.dirname(__file__), "migrations")


def migrate(path: str, version: str = VERSION) -> None:
    """Bring the database up to a version, or make it. All of it is done or nothing."""
    engine = engine_of(path, checks_keys=False)  # a table that is made anew must not take its rows' kin with it
    config = Config()
    config.set_main_option("script_location", _STEPS.replace("%", "%%"))
    try:
        with transaction(engine, is_writing=True) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, version)
    finally:
        engine.dispose()


def set_copy_aside(path: str) -> str:
    """Copy the database, what is only in its log included, to a file beside it; the name of that file."""
    copy = f"{path}.before-{VERSION}"
    draft = f"{copy}.new"
    if os.path.exists(draft):
        os.unlink(draft)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(draft)) as target:
        source.backup(target)
    os.replace(draft, copy)
    return copy
