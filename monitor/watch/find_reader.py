"""A reader's id and a config → that reader. Never writes anything."""

from __future__ import annotations

from monitor.errors import InputError
from monitor.model.page import Config
from monitor.model.reader import Reader


def find_reader(id: str, config: Config) -> Reader:  # noqa: A002  the word of config.yaml
    """The reader of that id. Raises InputError where the config has none, naming the nearest."""
    for reader in config.readers:
        if reader.id == id:
            return reader
    from difflib import get_close_matches  # noqa: PLC0415  only a mistyped id waits for it

    ids = [reader.id for reader in config.readers]
    near = get_close_matches(id, ids, n=1)
    mend = f"did you mean {near[0]}?" if near else f"it has {', '.join(ids[:10])}" if ids else "it has none"
    raise InputError(f"{config.source} has no reader {id!r}", mend)
