"""A snapshot and the page it shows, if one is named → its reading by that page's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.model.reading import Reading
from monitor.model.snapshot import Snapshot
from monitor.read import read

if TYPE_CHECKING:
    from monitor.model.page import Page


def read_page(snapshot: Snapshot, page: Page | None) -> Reading:
    """The reading; links that name no host are the page's. Raises InputError where it holds no readable text."""
    return read(located(snapshot, page), page.rules) if page else read(snapshot)


def located(snapshot: Snapshot, page: Page) -> Snapshot:
    """The snapshot with the address of its page, where it came with none."""
    return snapshot._replace(url=snapshot.url or page.url)
