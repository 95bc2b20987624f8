"""Events of what is neither item nor counter → the parts of the page they are about: a field, the lead, a section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.model.change import Side
from monitor.model.story import Event, PartStory

_HAS_ONE = frozenset(("title", "date", "lead"))  # parts of which a page has one at most
_BY_PLACE = frozenset(("text", "list"))  # parts that are called by the heading they stand under
_Key = tuple[str, str | None]


class Parts:
    """The parts of a page so far, in the order in which something first happened to them."""

    def __init__(self) -> None:
        self._parts: dict[_Key, list[list[Event]]] = {}

    def follow(self, event: Event) -> None:
        """Put an event to its part: of several that bear one label that which said what the change says it was."""
        key = _key(event)
        rows = self._parts.setdefault(key, [])
        row = _row_of(event, rows) if key[0] not in (*_HAS_ONE, *_BY_PLACE) else next(iter(rows), None)
        if row is None:
            rows.append([event])
        else:
            row.append(event)

    def stories(self) -> Iterator[PartStory]:
        for (noun, name), rows in self._parts.items():
            yield from (PartStory(noun=noun, name=name, events=tuple(events)) for events in rows)


def _key(event: Event) -> _Key:
    noun = event.change.kind.value.partition(".")[0]
    if noun in _HAS_ONE:
        return noun, None
    return noun, event.change.place if noun in _BY_PLACE else event.change.subject


def _row_of(event: Event, rows: Sequence[list[Event]]) -> list[Event] | None:
    """The part that said so, else one that is there, or not, as the change says; one step tells it one change."""
    free = [row for row in rows if row[-1].after != event.after]
    was = event.change.before
    same = (row for row in free if _said(row) == _text(was))
    alike = (row for row in free if (_said(row) is None) == (was is None))
    return next(same, None) or next(alike, None)


def _said(row: Sequence[Event]) -> str | None:
    return _text(row[-1].change.after)


def _text(side: Side | None) -> str | None:
    return side.text if side else None
