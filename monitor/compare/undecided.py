"""Two sides → what their missing times and parts leave undecided, in sentences, and which dates cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.compare.ahead import stamps_ahead
from monitor.compare.byrule import rules_apart
from monitor.compare.kinship import are_strangers
from monitor.compare.reasons import limits as said
from monitor.compare.sides import Sides
from monitor.model.comparison import Check, CheckVerdict
from monitor.model.reading import Reading


def undecided(sides: Sides, checks: Sequence[Check]) -> Iterator[str]:
    """The limits of a comparison of these sides; `checks` are those of its counters."""
    yield from _untold(sides, checks)
    yield from stamps_ahead(sides)


def _untold(sides: Sides, checks: Sequence[Check]) -> Iterator[str]:
    if are_strangers(sides.before, sides.after):
        yield said.strangers()
    undecided = sum(check.verdict is CheckVerdict.UNDECIDED for check in checks)
    if undecided:
        yield said.unknown_time(undecided)
    if rules_apart(sides.before, sides.after) and rules_apart(sides.after, sides.before):
        yield said.neither_by_rules()
        return
    for is_after, reading, other in ((True, sides.after, sides.before), (False, sides.before, sides.after)):
        if rules_apart(reading, other):
            yield said.read_otherwise(sides, is_after=is_after)
            continue
        parts = _missing(reading, other) if reading.suspicions else []
        if parts:
            yield said.missing_parts(parts, sides, is_after=is_after)


def _missing(reading: Reading, other: Reading) -> list[str]:
    """The kinds of things of which the other reading has more."""
    counts = (
        (said.LEAD, bool(reading.lead), bool(other.lead)),
        ("lists", len(reading.lists), len(other.lists)),
        ("fields", len(reading.fields), len(other.fields)),
        ("stamps", len(reading.stamps), len(other.stamps)),
        ("clocks", len(reading.clocks), len(other.clocks)),
        ("counters", len(reading.counters), len(other.counters)),
        ("figures", len(reading.figures), len(other.figures)),
        ("paragraphs", _paragraphs(reading), _paragraphs(other)),
    )
    return [name for name, own, others in counts if own < others]


def _paragraphs(reading: Reading) -> int:
    return sum(len(section.paragraphs) for section in reading.sections)
