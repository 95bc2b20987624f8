"""A project's store and what its config says of keeping → the captures that are taken out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from monitor.errors import InputError
from monitor.model.page import Keep
from monitor.model.snapshot import Capture
from monitor.store.folder import Store
from monitor.store.prune import doomed
from monitor.watch.find_capture import captures_of_page
from monitor.watch.followed import is_led_to
from monitor.watch.project import Project


def prune_store(project: Project, ids: Sequence[str], now: datetime, *, is_dry: bool = False) -> Iterator[Capture]:
    """Take out, page by page, what config.yaml does not keep; of all pages of the store where no id is named.

    A tombstone takes the place of each in the ledger. Where `is_dry` nothing is taken out.
    Raises InputError where the config keeps everything, or the store has no such page.
    """
    store, config = project.store, project.config
    pages = list(dict.fromkeys(ids)) or store.pages()
    if not pages:
        raise InputError(f"The store {store.folder} is empty", "name it with --store FOLDER")
    for page in pages:
        captures_of_page(store, page)
    keeps = {page: (_keep(project, page) or config.keep) for page in pages}
    forever = [page for page in ids if keeps[page] is None]
    if forever or not any(keeps.values()):
        what = f"{config.source} keeps every capture of {forever[0] if forever else 'all pages'}"
        raise InputError(what, "say there how long: keep: {days: 365, then: changes}")
    for page, keep in keeps.items():
        if keep is not None:
            yield from _pruned(store, page, keep, now, is_dry=is_dry)


def _keep(project: Project, id: str) -> Keep | None:  # noqa: A002  the word of config.yaml
    """What the page's entry says, or that of the page which led to what is kept under that id."""
    pages = {page.id: page for page in project.config.pages}
    page = pages.get(id) or next((pages[each] for each in pages if is_led_to(id, each)), None)
    return page.keep if page else None


def _pruned(store: Store, page: str, keep: Keep, now: datetime, *, is_dry: bool) -> Iterator[Capture]:
    captures = {each.file: each for each in store.captures(page)}
    if is_dry:
        yield from (captures[entry.file] for entry in doomed(store, page, keep, now))
        return
    with store.writing() as writer:
        for entry in doomed(store, page, keep, now):
            writer.prune(entry, now)
            yield captures[entry.file]
