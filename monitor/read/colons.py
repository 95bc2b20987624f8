"""Entries of a list → which of their lines with a colon say something and label no value.

"Python: fix highlighting" in one release of many is a sentence, and so is "Severity: high" where one entry tells of
five faults. A label stands once in an entry; as a bullet among others it stands in most of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.read.blocks import Block
from monitor.read.bylines import labelled
from monitor.read.units import Record

# A bullet with a label that fewer of the entries have begins with a word like any other.
LABELLED_SHARE = 0.5


def said_with_colons(records: Sequence[Record], blocks: Sequence[Block]) -> frozenset[int]:
    """The indices of such lines, of entries that are no bullets themselves."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, (first, last, title, _) in enumerate(records):
        if blocks[title].tag != "li":
            for index in range(first, last):
                value = labelled(blocks[index].text)
                if value is not None:
                    found.setdefault(value[0], []).append((number, index))
    said: set[int] = set()
    for lines in found.values():
        entries = {number for number, _ in lines}
        is_bulleted = all(blocks[index].tag == "li" for _, index in lines)
        is_rare = is_bulleted and len(entries) < max(2, LABELLED_SHARE * len(records))
        if is_rare or len(entries) < len(lines):
            said.update(index for _, index in lines)
    return frozenset(said)
