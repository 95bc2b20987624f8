"""A project's store and what its config says of keeping → the captures that are taken out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from monitor.errors import InputError
from monitor.model.entry import Entry
from monitor.model.page import Page
from monitor.store.prune import doomed
from monitor.watch.find_page import find_page
from monitor.watch.project import Project


def prune_store(project: Project, ids: Sequence[str], now: datetime, *, is_dry: bool = False) -> Iterator[Entry]:
    """Take out, page by page, what config.yaml does not keep; of all pages where no id is named.

    A tombstone takes the place of each in the ledger. Where `is_dry` nothing is taken out.
    Raises InputError where the config keeps everything, or has no such page.
    """
    pages = [find_page(each, project.config) for each in ids] or [each for each in project.config.pages if each.keep]
    forever = [page.id for page in pages if page.keep is None]
    if forever or not pages:
        whose = f"of {forever[0]}" if forever else "of all pages"
        what = f"{project.config.source} keeps every capture {whose}"
        raise InputError(what, "say there how long: keep: {days: 365, then: changes}")
    for page in pages:
        yield from _pruned(project, page, now, is_dry=is_dry)


def _pruned(project: Project, page: Page, now: datetime, *, is_dry: bool) -> Iterator[Entry]:
    if page.keep is None:
        return
    if is_dry:
        yield from doomed(project.store, page.id, page.keep, now)
        return
    with project.store.writing() as writer:
        for entry in doomed(project.store, page.id, page.keep, now):
            yield writer.prune(entry, now)
