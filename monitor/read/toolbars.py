"""Stream → the toolbar that a web archive puts on a page it kept: a box of links to other captures of that one page.

Known by where it leads and where it stands. Archives differ in name and looks; that an address has the moment of the
capture before the address of the page is common to them (RFC 7089 calls it a memento).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from monitor.read.blocks import Node, Stream

# A toolbar has a calendar's few entries and some words; a box that holds more is the page.
MOST_BLOCKS = 60
_CONTENT_TAGS = ("main", "article")


def find_toolbar(stream: Stream) -> range:
    """The indices of its blocks; none where no two captures of one page are linked."""
    found = sorted(_of_other_captures(stream))
    if not found:
        return range(0)
    first, last = found[0], found[-1] + 1
    boxes = [node for node in stream.nodes if node.first <= first and last <= node.last and _is_box(node, stream)]
    widest = max(boxes, key=lambda node: node.last - node.first, default=None)
    return range(widest.first, widest.last) if widest is not None else range(first, last)


def _of_other_captures(stream: Stream) -> set[int]:
    """The blocks with links to one page at several moments."""
    moments: dict[str, dict[str, set[int]]] = {}
    for index, moment, address in _mementos(stream):
        moments.setdefault(address, {}).setdefault(moment, set()).add(index)
    return {index for each in moments.values() if len(each) > 1 for blocks in each.values() for index in blocks}


def _mementos(stream: Stream) -> Iterator[tuple[int, str, str]]:
    for index, block in enumerate(stream.blocks):
        for link in block.links:
            url = link.url or ""
            if url.find("/http", 7) > 0:
                found = _memento().search(url)
                if found is not None:
                    yield index, found["moment"], found["address"].rstrip("/")


def _is_box(node: Node, stream: Stream) -> bool:
    if node is stream.root or node.tag in _CONTENT_TAGS or node.last - node.first > MOST_BLOCKS:
        return False
    return not any(block.level for block in stream.blocks[node.first : node.last])


@cache
def _memento() -> re.Pattern[str]:
    return re.compile(r"/(?P<moment>\d{4,14}\*?|\*)(?:[a-z]{2}_)?/(?:https?:/{1,2})(?P<address>\S+)$")
