"""Units → records, where a date in a line of its own, above or below its text, or a signature tells entries apart.

Lines without a blank one between them belong together; where every line stands alone, the dates' distance from each
other and from the ends of the run tells which way they look.
"""

from __future__ import annotations

from itertools import pairwise

from monitor.read.units import Parsed, Record, Unit

# More lines between two dates than this are an article under its dateline, not an entry.
LONGEST_ENTRY = 8
# Most of the dates must stand in a group of lines with their text for the groups to be the entries.
GROUPED_SHARE = 0.6


def by_date_lines(parsed: Parsed, run: list[Unit], anchors: list[Unit]) -> list[Record]:
    """A record for each date line that has a text of its own; none where the dates have no texts."""
    dates = {id(unit) for unit in anchors}
    groups = [group for group in _groups(parsed, run) if any(id(unit) in dates for unit in group)]
    told = [group for group in groups if len(group) > 1 and sum(id(unit) in dates for unit in group) == 1]
    if len(told) >= GROUPED_SHARE * len(groups) and len(told) > 1:
        return [_record(group, dates) for group in told]
    return _by_distance(run, dates)


def signed(run: list[Unit], anchors: list[Unit]) -> list[Record]:
    """What stands above each line that signs it, up to the one before; where nothing does, there is no entry."""
    starts = [run[0].first, *(unit.last for unit in anchors)]
    return [Record(first, unit.last, first) for first, unit in zip(starts, anchors, strict=False) if first < unit.first]


def _groups(parsed: Parsed, run: list[Unit]) -> list[list[Unit]]:
    """The units that no blank line parts."""
    groups: list[list[Unit]] = []
    for unit in run:
        if groups and not parsed.blocks[unit.first].gap and unit.first == groups[-1][-1].last:
            groups[-1].append(unit)
        else:
            groups.append([unit])
    return groups


def _record(units: list[Unit], dates: set[int]) -> Record:
    title = next(unit for unit in units if id(unit) not in dates)
    return Record(first=units[0].first, last=units[-1].last, title=title.first)


def _by_distance(run: list[Unit], dates: set[int]) -> list[Record]:
    """Texts of like length between the dates: they hang below where they fit below the last date, else above."""
    places = [place for place, unit in enumerate(run) if id(unit) in dates]
    gaps = [second - first - 1 for first, second in pairwise(places)]
    usual = sorted(gaps)[len(gaps) // 2] if gaps else 0
    if not 0 < usual <= LONGEST_ENTRY:
        return []
    below, above = len(run) - 1 - places[-1], places[0]
    if below < usual <= above:
        bounds = [places[0] - usual - 1, *places]
        spans = [(start + 1, end + 1) for start, end in pairwise(bounds)]
    else:
        ends = [*places[1:], min(places[-1] + 1 + max(gaps), len(run))]
        spans = list(zip(places, ends, strict=True))
    entries = [run[start:end] for start, end in spans]
    return [_record(entry, dates) for entry in entries if 1 < len(entry) <= LONGEST_ENTRY + 1]
