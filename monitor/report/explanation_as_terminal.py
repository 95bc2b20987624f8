"""Explanation → text in colour for a terminal, by rich: what each block of a page became, and why."""

from __future__ import annotations

from rich.table import Table

from monitor.model.explanation import Explanation
from monitor.report.as_terminal import console_of, styled, trimmed
from monitor.report.explanation_rows import remarks, rows, title

_STYLES = {
    "header": "bold", "time": "cyan", "number": "magenta", "lead": "yellow", "list": "green", "section": "",
    "quiet": "dim", "out": "dim strike",
}  # fmt: skip
_LONGEST_TEXT = 160  # characters: enough to know a block by


def render(explanation: Explanation, *, width: int, color: bool, **_: object) -> str:
    """The blocks in the page's order, in three columns `width` wide; escape sequences only where `color` is asked."""
    console = console_of(width, color=color)
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=3)
    grid.add_column(ratio=2)
    above = ("", "")
    for row in rows(explanation):
        style = _STYLES[row.tone]
        group = (row.tone, row.why)
        why = "" if group == above else row.why
        grid.add_row(
            styled(row.became, style.replace(" strike", "")),
            styled(row.text[:_LONGEST_TEXT], style),
            styled(why, "dim"),
        )
        above = group
    with console.capture() as captured:
        console.print(styled(title(explanation), "bold"))
        console.print()
        console.print(grid)
        for remark in remarks(explanation):
            console.print()
            console.print(styled(remark, "yellow"))
    return trimmed(captured.get())
