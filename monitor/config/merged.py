"""A page's entry and the defaults → the entry with what it takes over from them.

What stands in the page wins. `request`, `expect` and `browser` are taken over key by key, everything else as a whole: a
list of the page replaces the one of the defaults. Of keys that exclude each other, as every, at and cron, the page's
one leaves out all of the defaults.
"""

from __future__ import annotations

from typing import TypeVar

from monitor.config.shapes import Entry

_E = TypeVar("_E", bound=Entry)


def merged(entry: _E, defaults: Entry) -> _E:
    """The entry; its own keys, then those of the defaults."""
    taken = {key: _taken(entry, defaults, key) for key in defaults.model_fields_set if _is_open(entry, key)}
    return entry.model_copy(update=taken)


def _is_open(entry: Entry, key: str) -> bool:
    """Whether the defaults have a say in that key of the entry."""
    given = entry.model_fields_set
    if key in given:
        return isinstance(own := getattr(entry, key), Entry) and own.IS_MERGED
    return not any(each in given for each in entry.beside(key))


def _taken(entry: Entry, defaults: Entry, key: str) -> object:
    own, theirs = getattr(entry, key), getattr(defaults, key)
    if key in entry.model_fields_set and isinstance(own, Entry):
        return merged(own, theirs) if isinstance(theirs, Entry) else own
    return theirs
