"""Stream → the figures of cards: a name in an element with one or more amounts ("Mean pressure", "4.1 bar", "−0.1")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from monitor.model.reading import Figure
from monitor.read.blocks import FURNITURE, SENTENCE_ENDS, Block, Node, Stream, has_digit
from monitor.read.numbers import number, number_of

# The name, the amount, what it was before or by how much it changed, and of how many.
MOST_LINES = 4
LONGEST_NAME = 70
MOST_NAME_WORDS = 7


def find_cards(stream: Stream, free: bytearray) -> dict[int, Figure]:
    """The figures of all cards among the blocks not used yet, by block; the blocks are marked as used."""
    found: dict[int, Figure] = {}
    for node in stream.nodes:
        if 2 <= len(node.children) <= MOST_LINES and node.tag not in ("tr", "address") and node.region != FURNITURE:
            indices = [child for child in node.children if isinstance(child, int) and free[child]]
            if len(indices) == len(node.children):
                found.update(_card(stream.blocks, node, free))
    return found


def _card(blocks: list[Block], node: Node, free: bytearray) -> Iterator[tuple[int, Figure]]:
    indices = range(node.first, node.last)
    names = [index for index in indices if _is_name(blocks[index])]
    amounts = [(index, _amount().fullmatch(blocks[index].text)) for index in indices if index not in names]
    if len(names) != 1 or not all(match for _, match in amounts):
        return
    label = blocks[names[0]].text.strip(" :")
    for place, (index, match) in enumerate(amounts):
        if match is not None:
            value = number_of(match["number"]) * (-1 if match["sign"] in ("−", "-", "▼", "↓") else 1)
            nth = f"{label} {place + 1}" if place else label
            yield index, Figure(label=nth, value=value, text=match[0])
    free[node.first : node.last] = bytes(node.last - node.first)


def _is_name(block: Block) -> bool:
    text = block.text
    if has_digit(text) or len(text) > LONGEST_NAME or block.links or block.level == 1:
        return False
    return text[0].isalpha() and len(text.split()) <= MOST_NAME_WORDS and not text.endswith(SENTENCE_ENDS[:7])


@cache
def _amount() -> re.Pattern[str]:
    """A number, before it a sign, an arrow or a currency, behind it a short unit."""
    unit = r"(?:\s?(?:[^\W\d_]{1,3}|[^\d\s]{0,4}[%°/²³€$£₽¥₹][^\d\s]{0,4}))?"
    return re.compile(rf"(?P<sign>[+−±~≈▲▼△▽↑↓-]?)\s?[€$£₽¥₹]?\s?(?P<number>{number()}){unit}")
