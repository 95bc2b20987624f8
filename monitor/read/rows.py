"""Stream → which blocks stand in one row: the cells of a table, the columns of a line. No figures, no lists."""

from __future__ import annotations

from monitor.read.blocks import Block, Node, Stream

_CELLS = frozenset(("td", "th"))
# What parts the cells of a row where it is told as one text.
BETWEEN_CELLS = " | "
# A longer cell is a column of a page that is laid out by a table.
LONGEST_CELL = 300


def rows_of(stream: Stream) -> dict[int, int]:
    """For the first block of each row of several the index behind its last one."""
    blocks = stream.blocks
    rows = {}
    if not _CELLS.isdisjoint([block.tag for block in blocks]):
        rows = {node.first: node.last for node in stream.nodes if node.tag == "tr" and _is_row(node, blocks)}
    for index in reversed([index for index, block in enumerate(blocks) if block.same_line]):
        if index:
            rows[index - 1] = rows.pop(index, index + 1)
    return rows


def _is_row(node: Node, blocks: list[Block]) -> bool:
    """Whether each cell is one block, and a short one."""
    if not all(isinstance(child, int) for child in node.children):
        return False
    return all(len(block.text) <= LONGEST_CELL and not block.level for block in blocks[node.first : node.last])
