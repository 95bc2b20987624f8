"""Records → whether they are the entries of a list: enough of them, alike enough to be no chance."""

from __future__ import annotations

from monitor.read.blocks import Block
from monitor.read.units import Parsed, Record, Unit

# Without dates it takes three to see a pattern; two dated entries in a row are one already.
FEWEST_UNDATED = 3
FEWEST_DATED = 2
# In a list of links or dated entries some may lack theirs.
LIKE_SHARE = 0.6
SHORTEST_DATED_TITLE = 12


def are_list(parsed: Parsed, records: list[Record], anchors: list[Unit], dated: int) -> bool:
    """Whether the records are alike enough, and enough of them, to be entries and not chance."""
    blocks, traits = parsed.blocks, parsed.traits
    linked = sum([traits[record.title].link is not None for record in records])
    is_short = len(records) < FEWEST_UNDATED
    if dated < len(records) and (is_short or max(linked, dated) < LIKE_SHARE * len(records)):
        return False
    titles = {traits[record.title].title or blocks[record.title].text for record in records}
    addresses = {unit.url for unit in anchors}
    if dated == len(records) and len(titles) + len(addresses) > FEWEST_DATED:
        return all(
            record.last - record.first > 1 or len(blocks[record.title].text) > SHORTEST_DATED_TITLE
            for record in records
        )
    if is_short or (not (linked or _are_dated(parsed, records)) and any(_has_parts(blocks, each) for each in records)):
        return False
    return len(titles) >= FEWEST_UNDATED and (len(addresses - {None}) >= FEWEST_UNDATED or dated > 0)


def _are_dated(parsed: Parsed, records: list[Record]) -> bool:
    """Whether most titles state a date themselves: "Unreleased" above dated releases has no part in it yet."""
    dated = sum([parsed.traits[record.title].when is not None for record in records])
    return dated >= LIKE_SHARE * len(records)


def _has_parts(blocks: list[Block], record: Record) -> bool:
    """Whether a heading without a link has several below it: a part of a document with its sections."""
    level = blocks[record.title].level
    return level > 0 and sum([block.level > level for block in blocks[record.title : record.last]]) > 1
