"""Comparison → a report in colour for a terminal, by rich. What colour says is also said by a sign or a word."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO

from rich.console import Console, Group as Lines, RenderableType
from rich.table import Table
from rich.text import Text

from monitor.model.change import Span
from monitor.model.comparison import Comparison
from monitor.report.columns import NARROWEST, columns_of, cut
from monitor.report.detail import (
    LEGEND,
    SEE_ALL,
    Detail,
    blank_between,
    bundles,
    details,
    enclosed,
    has_marks,
    head_of,
    headline,
    is_plain,
    shortened,
    shown_of,
    titled,
)
from monitor.report.outline import Entry, Group, Outline, outline

SIGNS = {"+": "bold green", "✕": "bold red", "~": "bold yellow", "!": "bold magenta", "=": "dim"}
_TITLES = {
    "ALERT": "bold red",
    "NEWS": "bold",
    "AS BEFORE": "bold",
    "MENUS AND FOOTER": "bold dim",
    "AS EXPECTED": "bold dim",
    "LIMITS": "bold dim",
}
_STYLES = {"insert": "green", "delete": "red"}
_LABEL = 25
_LONGEST_TEXT = 600  # characters: a screen is no place for more of one text


def render(comparison: Comparison, *, width: int, color: bool, **_: object) -> str:
    """The report, its lines at most `width` columns wide; with escape sequences only where `color` is asked."""
    told = outline(comparison)
    console = console_of(width, color=color)
    with console.capture() as captured:
        console.print(styled(told.head, "bold"))
        console.print()
        console.print(styled(told.opening))
        for title, groups in titled(told):
            if groups:
                print_title(console, title)
                for group in groups:
                    console.print(_group(group, width))
        _print_closing(console, told)
    return trimmed(captured.get())


def console_of(width: int, *, color: bool) -> Console:
    """A console whose output is to be captured, and that asks neither terminal nor environment."""
    return Console(
        file=StringIO(),
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )


def trimmed(text: str) -> str:
    """The lines without the blanks that fill them up."""
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def print_title(console: Console, title: str) -> None:
    """A block's title with an empty line above."""
    console.print()
    console.print(styled(title, _TITLES.get(title, "bold")))


def styled(text: str, style: str = "") -> Text:
    """A text of ours or the page's; no markup in it is read."""
    return Text(text, style=style)


def _print_closing(console: Console, told: Outline) -> None:
    if told.expected:
        print_title(console, "AS EXPECTED")
        console.print(_indented(styled(" · ".join(told.expected), "dim")))
    if told.limits:
        print_title(console, "LIMITS")
        for limit in told.limits:
            console.print(_indented(styled(limit, "dim"), "·"))
    if has_marks(group for _, groups in titled(told) for group in groups):
        console.print()
        console.print(styled(LEGEND, "dim"))


def _indented(text: Text, mark: str = " ") -> Table:
    grid = grid_of_columns()
    grid.add_column(width=2)
    grid.add_column(ratio=1)
    grid.add_row(f" {mark}", text)
    return grid


def _group(group: Group, width: int) -> Table:
    """Sign and head with the lines beside them, or under them where there is little room."""
    grid = grid_of_columns()
    grid.add_column(width=2)
    sign, head = styled(f" {group.sign}", SIGNS[group.sign]), styled(head_of(group), "bold")
    if width < NARROWEST:
        grid.add_column(ratio=1)
        grid.add_row(sign, head)
        grid.add_row("", _lines(group, width - 3))
    else:
        grid.add_column(width=_LABEL - 4)
        grid.add_column(ratio=1)
        grid.add_row(sign, head, _lines(group, width - _LABEL - 1))
    return grid


def grid_of_columns() -> Table:
    """A grid as wide as the report, with a blank between its columns."""
    return Table.grid(padding=(0, 1, 0, 0), expand=True)


def _lines(group: Group, columns: int) -> Table:
    """The reason, then the entries: dates in one column, texts in another."""
    lines = grid_of_columns()
    lines.add_column(ratio=1)
    if group.reason:
        lines.add_row(styled(group.reason[:_LONGEST_TEXT], "dim"))
    shown = shown_of(group)
    dates = max((columns_of(entry.dated) + 1 for entry in shown if entry.dated), default=0)
    bundled = bundles(shown)
    are_mixed = 1 < len(bundled) < len(shown)  # then a reason that stood below one would seem to stand above the next
    for remark, entries in bundled:
        why: list[RenderableType] = [styled(remark[:_LONGEST_TEXT], "dim")] if remark else []
        told = [row for row in (_told(entry, columns, dates) for entry in entries) if row]
        for row in (*why, *told) if len(entries) > 1 or are_mixed else (*told, *why):
            lines.add_row(row)
    if left := len(group.entries) - len(shown):
        lines.add_row(styled(f"… {left:,} more: {SEE_ALL}", "dim"))
    return lines


def _told(entry: Entry, columns: int, dates: int) -> RenderableType | None:
    texts = _entry(entry, columns - dates)
    if not texts:
        return None
    return _dated(entry.dated or "", dates, texts) if dates else Lines(*texts)


def _dated(date: str, columns: int, texts: Sequence[Text]) -> Table:
    grid = grid_of_columns()
    grid.add_column(width=columns - 1, no_wrap=True)
    grid.add_column(ratio=1)
    grid.add_row(styled(date, "cyan"), Lines(*texts))
    return grid


def _entry(entry: Entry, columns: int) -> list[Text]:
    spans = headline(entry)
    lines = [words(shortened(spans), columns)] if spans else []
    lines += [_detail(detail, columns) for detail in details(entry)]
    return lines


def _detail(detail: Detail, columns: int) -> Text:
    line = styled(f"{cut(detail.label, 24)}: " if detail.label else "", "dim")
    text = styled("")
    text.append_text(line)
    text.append_text(words(shortened(detail.spans), columns * 4))
    return text


def words(spans: Sequence[Span], columns: int) -> Text:
    """The words, those that came or went marked by colour and by signs; a text without such is cut to the columns."""
    if is_plain(spans):
        return styled(cut(" ".join(span.text for span in spans), columns))
    text = styled("")
    for index, span in enumerate(spans):
        text.append(blank_between(spans[index - 1].text, span.text) if index else "")
        text.append(enclosed(span), style=_STYLES.get(span.op, ""))
    return text
