"""Stores for tests: made by hand, captures of small pages a day apart, and the project's own."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.model.snapshot import Capture, Snapshot
from monitor.store.catalogue.opened import Catalogue, open_catalogue
from monitor.store.catalogue.tables import INDEX
from monitor.store.folder import Store

ROOT = Path(__file__).resolve().parent.parent
NOON = datetime(2020, 7, 4, 12, tzinfo=UTC)


def put(store: Store, *bodies: str, page: str = "harbour", first: int = 0, suffix: str = "text/html") -> list[Capture]:
    """Put bodies in as captures of a page, one a day from the `first` day after 4 July 2020; all it has by then."""
    with store.writing() as writer:
        for at, body in enumerate(bodies, start=first):
            snapshot = Snapshot("page", body.encode(), NOON + timedelta(days=at), suffix)
            writer.add(page, snapshot)
    return store.captures(page)


def own_project(folder: Path) -> None:
    """Put the project's own config and store into a folder, without a catalogue: the one here may be of any version."""
    shutil.copy(ROOT / "config.yaml", folder)
    shutil.copytree(ROOT / "snapshots", folder / "snapshots", ignore=shutil.ignore_patterns("catalogue.sqlite*"))


def notices(*titles: str, head: str = "Harbour office") -> str:
    """A page with a list of dated notices, the first the newest."""
    rows = "".join(f"<li>{30 - at:02}.06.2020 <a href=/n/{title}>{title}</a></li>" for at, title in enumerate(titles))
    return f"<!doctype html><title>{head}</title><h1>{head}</h1><ul>{rows}</ul><p>Open every day from nine to five."


def opened(store: Store) -> Catalogue:
    """The store's catalogue, which has to be there."""
    catalogue = open_catalogue(store)
    assert catalogue is not None
    return catalogue


def dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the index, table by table."""
    with opened(store) as catalogue, catalogue.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(table.select())), key=repr) for table in INDEX
        }
