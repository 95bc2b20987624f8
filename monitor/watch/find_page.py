"""A page's id and a config → that page, with its rules. Never writes anything."""

from __future__ import annotations

from monitor.errors import InputError
from monitor.model.page import Config, Page


def find_page(id: str, config: Config) -> Page:  # noqa: A002  the word of config.yaml
    """The page of that id. Raises InputError where the config has none, naming the nearest."""
    for page in config.pages:
        if page.id == id:
            return page
    from difflib import get_close_matches  # noqa: PLC0415  only a mistyped id waits for it

    ids = [page.id for page in config.pages]
    near = get_close_matches(id, ids, n=1)
    mend = f"did you mean {near[0]}?" if near else f"it has {', '.join(ids[:10])}" if ids else "it has none"
    raise InputError(f"{config.source} has no page {id!r}", mend)
