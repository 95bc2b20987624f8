"""Reading → text in colour for a terminal, by rich: what a snapshot says, block by block."""

from __future__ import annotations

from rich.table import Table

from monitor.model.reading import Reading
from monitor.report.as_terminal import console_of, styled, trimmed
from monitor.report.rows import Block, blocks, head

_LONGEST_TEXT = 400  # characters: a paragraph's beginning; --format json has all


def render(reading: Reading, *, width: int, color: bool, **_: object) -> str:
    """The reading, its lines at most `width` columns wide; with escape sequences only where `color` is asked."""
    console = console_of(width, color=color)
    with console.capture() as captured:
        console.print(styled(head(reading), "bold"))
        for block in blocks(reading):
            console.print()
            console.print(_block(block, width))
    return trimmed(captured.get())


def _block(block: Block, width: int) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=9)
    grid.add_column(max_width=width // 3)
    grid.add_column(ratio=1)
    for index, row in enumerate(block.rows):
        title = styled(block.title if index == 0 else "", "bold")
        grid.add_row(title, styled(row.key, "cyan"), styled(row.text[:_LONGEST_TEXT]))
    if block.left:
        grid.add_row("", "", styled(f"… {block.left:,} more: --format json lists all", "dim"))
    return grid
