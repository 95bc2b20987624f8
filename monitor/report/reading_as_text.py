"""Reading → plain text: what a snapshot says, block by block, each text on a line."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.model.reading import Reading
from monitor.report.columns import columns_of, cut, fill, wrap
from monitor.report.rows import Block, blocks, head

_TITLE = 11  # the longest title, and two blanks
_LONGEST_KEY = 28


def render(reading: Reading, *, width: int, **_: object) -> str:
    """The reading, its lines at most `width` columns wide, closed by a line end."""
    lines = wrap(head(reading), width)
    for block in blocks(reading):
        lines += ["", *_block(block, width)]
    return "\n".join(lines) + "\n"


def _block(block: Block, width: int) -> Iterator[str]:
    keys = min(max((columns_of(row.key) for row in block.rows), default=0), _LONGEST_KEY)
    for index, row in enumerate(block.rows):
        key = f"{fill(cut(row.key, keys), keys)}  " if keys else ""
        line = fill(block.title if index == 0 else "", _TITLE) + key
        yield (line + cut(row.text, max(1, width - columns_of(line)))).rstrip()
    if block.left:
        yield fill("", _TITLE) + cut(f"… {block.left:,} more: --format json lists all", width - _TITLE)
