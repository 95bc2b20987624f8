"""An id and a config → the page or the reader of that id. Never writes anything."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.errors import InputError

if TYPE_CHECKING:
    from monitor.model.page import Config, Page
    from monitor.model.reader import Reader


def find_page(id: str, config: Config) -> Page:  # noqa: A002  the word of config.yaml
    """The page of that id, with its rules. Raises InputError where the config has none, naming the nearest."""
    for page in config.pages:
        if page.id == id:
            return page
    raise _unknown("page", id, [page.id for page in config.pages], config)


def find_reader(id: str, config: Config) -> Reader:  # noqa: A002  as above
    """The reader of that id. Raises InputError where the config has none, naming the nearest."""
    for reader in config.readers:
        if reader.id == id:
            return reader
    raise _unknown("reader", id, [reader.id for reader in config.readers], config)


def check_begun(config: Config) -> None:
    """Raise InputError where the config is an empty one because its file is not there."""
    if not config.pages and not os.path.lexists(config.source):
        raise InputError(f"There is no {config.source} yet", "monitor add URL --write begins one with that page")


def _unknown(what: str, named: str, ids: Sequence[str], config: Config) -> InputError:
    from difflib import get_close_matches  # noqa: PLC0415  only a mistyped id waits for it

    near = get_close_matches(named, ids, n=1)
    mend = f"did you mean {near[0]}?" if near else f"it has {', '.join(ids[:10])}" if ids else "it has none"
    return InputError(f"{config.source} has no {what} {named!r}", mend)
