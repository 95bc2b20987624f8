"""Units under dates → records: where a date is the heading of several entries, each of them is one, dated by it.

"2 May 2024", then three links, then "1 May 2024" and one more; "12:40 …" under a day. Not a list whose every entry has
its date above it: there the date is a part of the entry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.read.units import ENTRY_TAGS, Parsed, Record, Unit

# Two days, or months, make a list; what stands under one date alone is found without it.
FEWEST_HEADS = 2
# So many units that are neither, among many that are: a picture's caption, a rule between the days.
STRAY_SHARE = 0.1
LAST_DAY = 31


def is_head(parsed: Parsed, unit: Unit) -> bool:
    """Whether a unit is nothing but a date."""
    if unit.last - unit.first != 1 or unit.titles:
        return False
    trait = parsed.traits[unit.first]
    return trait.is_date and not trait.title and trait.when is not None and trait.when.month is not None


def under_date_heads(parsed: Parsed, units: Sequence[Unit]) -> tuple[list[Record], list[Unit]]:
    """The records and their units, both empty where the dates among the units head no such groups."""
    heads = [place for place, unit in enumerate(units) if is_head(parsed, unit)]
    if len(heads) < FEWEST_HEADS:
        return [], []
    run = units[heads[0] :]
    groups = _groups(run, [place - heads[0] for place in heads])
    entries = [unit for group in groups for unit in group[1:] if unit.titles]
    if not _are_alike(parsed, entries) or not _are_grouped(parsed, groups, entries):
        return [], []
    if len(run) - len(heads) - len(entries) > STRAY_SHARE * len(entries):
        return [], []
    records = []
    for group in groups:
        first = group[0].first
        for unit in (each for each in group[1:] if each.titles):
            records.append(Record(first=first, last=unit.last, title=unit.titles[0], head=group[0].first))
            first = unit.last
    _number_days(parsed, records)
    return records, entries


def _number_days(parsed: Parsed, records: Sequence[Record]) -> None:
    """Under months the number that each title begins with is the day: "April 2024", then "29 Library opens"."""
    heads = [parsed.traits[record.head].when for record in records]
    found = [re.match(r"(\d{1,2})[.,:]?\s+(\S.*)", parsed.blocks[record.title].text) for record in records]
    for record, head, each in zip(records, heads, found, strict=True) if all(found) else ():
        if head is not None and head.day is None and each is not None and 1 <= int(each[1]) <= LAST_DAY:
            trait = parsed.traits[record.title]
            day = head._replace(text=f"{each[1]} {head.text}", day=int(each[1]))
            parsed.traits[record.title] = trait.but(when=day, title=each[2])


def _groups(run: Sequence[Unit], heads: list[int]) -> list[Sequence[Unit]]:
    """Each date with what stands under it; a date right above another one has nothing."""
    ends = [*heads[1:], len(run)]
    return [run[start:end] for start, end in zip(heads, ends, strict=True) if end - start > 1]


def _are_alike(parsed: Parsed, entries: list[Unit]) -> bool:
    """Whether all are entries by themselves, of one kind, without a date of their own but for the time of day."""
    kinds = {(unit.tag, unit.role) for unit in entries}
    if len(kinds) != 1 or not all(unit.role and unit.role[0] != "h" and len(unit.titles) == 1 for unit in entries):
        return False
    dates = (parsed.traits[index].when for unit in entries for index in range(unit.first, unit.last))
    return all(when is None or when.month is None for when in dates)


def _are_grouped(parsed: Parsed, groups: list[Sequence[Unit]], entries: list[Unit]) -> bool:
    """Whether the dates are headings: several entries under one, not as many under each unless they are bullets."""
    sizes = {len(group) for group in groups}
    if len(groups) < FEWEST_HEADS or max(sizes) <= FEWEST_HEADS:
        return False
    is_bulleted = entries[0].tag in ENTRY_TAGS
    return is_bulleted or len(sizes) > 1 or all(parsed.traits[unit.titles[0]].when for unit in entries)
