"""Comparisons that follow one another → what each counter of the page showed, capture by capture, and what was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from monitor.compare.counters import paired
from monitor.compare.sides import Sides, sides_of
from monitor.model.blanks import collapse
from monitor.model.change import Change
from monitor.model.origins import FINE
from monitor.model.reading import Counter, Reading
from monitor.model.story import Count, CounterStory, Event

_Texts = tuple[str | None, str | None]  # what a counter says on both sides of a step


class _Row:
    """One counter so far."""

    __slots__ = ("counter", "counts", "events")

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.counts: list[Count] = []
        self.events: list[Event] = []


class Counts:
    """The counters of a page, followed from one good capture to the next."""

    def __init__(self) -> None:
        self._rows: list[_Row] = []
        self._here: list[_Row] = []

    def begin(self, reading: Reading, at: int) -> None:
        """The first capture: all its counters are new."""
        sides = sides_of(reading, reading)
        self._here = [self._show(None, counter, sides, at) for counter in reading.counters]

    def follow(self, sides: Sides, changes: Iterable[Change], before: int, at: int) -> None:
        """Take the step from capture `before` to capture `at`; `changes` are those of counters."""
        pairs, gone, new = paired(sides)
        left = list(self._here)
        rows: list[tuple[_Texts, _Row]] = []
        for one, other in pairs:
            row = self._show(_taken(left, one), other, sides, at)
            rows.append(((collapse(one.text), collapse(other.text)), row))
        self._here = [row for _, row in rows]
        for counter in gone:
            row = _taken(left, counter) or self._show(None, counter, sides, before, is_after=False)
            rows.append(((collapse(counter.text), None), row))
        for counter in new:
            row = self._show(self._away(counter), counter, sides, at)
            self._here.append(row)
            rows.append(((None, collapse(counter.text)), row))
        for change in changes:
            _row_of(change, rows).events.append(Event(before, at, change))

    def stories(self) -> tuple[CounterStory, ...]:
        return tuple(
            CounterStory(
                label=row.counter.label,
                unit=row.counter.unit,
                direction=row.counter.direction,
                counts=tuple(row.counts),
                events=tuple(row.events),
            )
            for row in self._rows
        )

    def _show(self, row: _Row | None, counter: Counter, sides: Sides, at: int, *, is_after: bool = True) -> _Row:
        """The row with what the counter shows at capture `at`; a new one where it has none."""
        if row is None:
            row = _Row(counter)
            self._rows.append(row)
        row.counter = counter
        origin = counter.origin(sides.moment(is_after=is_after))
        is_one_day = origin is not None and (counter.unit not in FINE or origin[0] == origin[1])
        row.counts.append(Count(at=at, value=counter.value, origin=origin[0] if origin and is_one_day else None))
        return row

    def _away(self, counter: Counter) -> _Row | None:
        """A counter of the same sentence that was there and went."""
        away = [row for row in self._rows if row not in self._here and _is_of(row, counter)]
        return away[-1] if away else None


def _taken(left: list[_Row], counter: Counter) -> _Row | None:
    """The row that shows this counter, no more among those left."""
    exact = (row for row in left if row.counter == counter)
    row = next(exact, None) or next((row for row in left if _is_of(row, counter)), None)
    if row:
        left.remove(row)
    return row


def _is_of(row: _Row, counter: Counter) -> bool:
    return (row.counter.label, row.counter.direction) == (counter.label, counter.direction)


def _row_of(change: Change, rows: Sequence[tuple[_Texts, _Row]]) -> _Row:
    """The row that a change is about: by what it says on both sides."""
    said = (change.before.text if change.before else None, change.after.text if change.after else None)
    return next(_fitting(said, rows), rows[0][1])


def _fitting(said: _Texts, rows: Sequence[tuple[_Texts, _Row]]) -> Iterator[_Row]:
    yield from (row for texts, row in rows if texts == said)
