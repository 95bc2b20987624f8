"""An item → what its change is called: its title, and beside it its own code where several items bear that title."""

from __future__ import annotations

from collections import Counter

from monitor.model.blanks import collapse
from monitor.model.reading import Item, Reading


def repeated_titles(*readings: Reading) -> frozenset[str]:
    """The titles that one list of these gives to several items, where its items have codes that a reader sees."""
    found: set[str] = set()
    for each in (each for reading in readings for each in reading.lists):
        if any(code_of(item) for item in each.items[:1]):
            counts = Counter(collapse(item.title) for item in each.items)
            found.update(title for title, count in counts.items() if count > 1)
    return frozenset(found)


def code_of(item: Item) -> str | None:
    """The name that the source gives the item, where it is one of the values shown."""
    return item.key if item.key and any(value == item.key for _, value in item.values) else None


def called(title: str, code: str | None, repeated: frozenset[str]) -> str:
    return f"{title} ({code})" if code and title in repeated and title != code else title
