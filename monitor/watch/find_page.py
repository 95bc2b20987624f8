"""A page's id and a config.yaml → that page, with its rules. Never writes anything."""

from __future__ import annotations

from monitor.config import load
from monitor.errors import InputError
from monitor.model.page import Page


def find_page(id: str, config: str) -> Page:  # noqa: A002  the word of config.yaml
    """The page of that id in the file `config`.

    Raises InputError where it has none or cannot be opened, ConfigError where it is wrong.
    """
    pages = load(config).pages
    for page in pages:
        if page.id == id:
            return page
    from difflib import get_close_matches  # noqa: PLC0415  only a mistyped id waits for it

    ids = [page.id for page in pages]
    near = get_close_matches(id, ids, n=1)
    mend = f"did you mean {near[0]}?" if near else f"it has {', '.join(ids[:10])}" if ids else "it has none"
    raise InputError(f"{config} has no page {id!r}", mend)
