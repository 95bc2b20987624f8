"""Story → a report in colour for a terminal, by rich. What colour says is also said by a sign or a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, Group as Lines, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from monitor.model.story import Story
from monitor.report.as_terminal import SIGNS, console_of, grid_of_columns, print_title, styled, trimmed, words
from monitor.report.columns import NARROWEST, cut
from monitor.report.detail import LEGEND, Detail, is_plain, shortened
from monitor.report.story_as_text import MOST, came_and_last_seen, kept, last_seen
from monitor.report.story_outline import Group, Line, Outline, outline
from monitor.report.story_rows import Counted, Row, Share, Subject
from monitor.report.wording.stories import SEE_STEP, left_out

_LABEL = 22
_BAR = 20  # columns


def render(story: Story, *, width: int, color: bool, most: int | None = None, **_: object) -> str:
    """The report, its lines at most `width` columns wide; with escape sequences only where `color` is asked."""
    told, room = outline(story), MOST if most is None else most
    console = console_of(width, color=color)
    with console.capture() as captured:
        console.print(styled(told.head, "bold"))
        console.print()
        console.print(styled(told.opening))
        for title, groups in told.chapters:
            print_title(console, title)
            for group in groups[:room]:
                console.print(_group(group, width, room))
            _print_left(console, len(groups) - room)
        _print_rest(console, told, width, room)
        _print_closing(console, told, room)
    return trimmed(captured.get())


def _print_rest(console: Console, told: Outline, width: int, most: int) -> None:
    """Counters, items that came and went, how often what changed, and what was not seen."""
    _print(console, "COUNTERS", [_counter(each) for each in told.counters[:most]])
    _print(console, "ITEMS THAT CAME AND WENT", _came_and_went(told, width, most))
    _print(console, "HOW OFTEN WHAT CHANGED", [_shares(told.shares)] if told.shares else [])
    for title, sentences in (("DEALT WITH", told.dealt_with), ("NOT SEEN", told.unseen), ("LIMITS", told.limits)):
        _print(console, title, [_bullet(each) for each in sentences[:most]])
        _print_left(console, len(sentences) - most)


def _print(console: Console, title: str, lines: Sequence[RenderableType]) -> None:
    if lines:
        print_title(console, title)
        for line in lines:
            console.print(line)


def _print_left(console: Console, count: int) -> None:
    for line in _left(count):
        console.print(line)


def _left(count: int) -> Sequence[RenderableType]:
    return [styled(f"   {left_out(count)}", "dim")] if count > 0 else []


def _print_closing(console: Console, told: Outline, most: int) -> None:
    """How to see a step in full, and what the marks mean, where there are such."""
    groups = [group for _, groups in told.chapters for group in groups[:most]]
    if not groups:
        return
    console.print()
    console.print(styled(SEE_STEP, "dim"))
    details = (detail for group in groups for line in group.lines for detail in line.details)
    if any(not is_plain(detail.spans) for detail in details):
        console.print(styled(LEGEND, "dim"))


def _group(group: Group, width: int, most: int) -> RenderableType:
    """Whom it is about, then what happened to them, the captures under it."""
    head = group.label or ("" if len(group.subjects) == 1 else f"{len(group.subjects):,} items")
    parts: list[RenderableType] = [_signed(group.sign, _headed(head, group.life))] if head else []
    sign = "" if head else group.sign
    parts += [_signed(sign, _named(subject, is_head=not head)) for subject in group.subjects[:most]]
    parts += _left(len(group.subjects) - most)
    first, more, last = kept(group.lines, most)
    parts += [_line(line, width) for line in first]
    parts += [styled(f"     {left_out(more)}", "dim")] if more else []
    parts += [_line(line, width) for line in last]
    return Lines(*parts)


def _signed(sign: str, text: RenderableType) -> Table:
    grid = grid_of_columns()
    grid.add_column(width=2)
    grid.add_column(ratio=1)
    grid.add_row(styled(f" {sign}", SIGNS.get(sign, "")), text)
    return grid


def _headed(head: str, life: str) -> Text:
    text = styled(head, "bold")
    return text.append(f"\n{life}", style="not bold dim") if life else text


def _named(subject: Subject, *, is_head: bool) -> Text:
    text = styled(f"{subject.dated}  " if subject.dated else "", "cyan")
    text.append(subject.name, style="bold" if is_head else "")
    if subject.life:
        text.append(f"\n{subject.life}", style="dim")
    return text


def _line(line: Line, width: int) -> RenderableType:
    grid = grid_of_columns()
    grid.add_column(width=2)
    head, beside = styled(line.label, SIGNS.get(line.sign, "").replace("bold ", "")), Lines(*_beside(line, width))
    if width < NARROWEST:
        grid.add_column(ratio=1)
        grid.add_row(styled(f" {line.sign}", SIGNS.get(line.sign, "")), Lines(head, beside))
    else:
        grid.add_column(width=_LABEL)
        grid.add_column(ratio=1)
        grid.add_row(styled(f" {line.sign}", SIGNS.get(line.sign, "")), head, beside)
    return Padding(grid, (0, 0, 0, 3))


def _beside(line: Line, width: int) -> Iterator[Text]:
    yield styled(line.when)
    if line.remark:
        yield styled(line.remark, "dim")
    yield from (_detail(detail, width) for detail in line.details)
    yield styled(f"{line.before.reference} {line.after.reference}", "blue")


def _detail(detail: Detail, width: int) -> Text:
    text = styled(f"{cut(detail.label, 24)}: " if detail.label else "", "dim")
    text.append_text(words(shortened(detail.spans), width * 2))
    return text


def _counter(counted: Counted) -> RenderableType:
    text = styled(counted.label)
    text.append(f"\n{counted.moved}", style="dim")
    if counted.odd:
        text.append(f"\n{counted.odd}", style="magenta")
    return _signed("!" if counted.odd else "=", text)


def _came_and_went(told: Outline, width: int, most: int) -> Sequence[RenderableType]:
    rows = [_rows(told.rows[:most], width)] if told.rows else []
    standing = [styled(f"   {told.standing}", "dim")] if told.standing else []
    return [*rows, *_left(len(told.rows) - most), *standing]


def _rows(rows: Sequence[Row], width: int) -> RenderableType:
    """When it came, when it was last seen, the title; on a narrow screen under each other."""
    if width < NARROWEST:
        return Lines(*(_signed(row.sign, Lines(styled(row.subject.name), _seen(row))) for row in rows))
    grid = Table(box=None, padding=(0, 1, 0, 0), expand=True, header_style="dim", pad_edge=False)
    grid.add_column(width=2)
    grid.add_column("came", no_wrap=True, style="cyan")
    grid.add_column("last seen", no_wrap=True, style="cyan")
    grid.add_column("", ratio=1, no_wrap=True)
    for row in rows:
        sign = styled(f" {row.sign}", SIGNS.get(row.sign, ""))
        grid.add_row(sign, styled(row.came), styled(last_seen(row)), styled(row.subject.name))
    return grid


def _seen(row: Row) -> Text:
    return styled(came_and_last_seen(row), "dim")


def _shares(shares: Sequence[Share]) -> RenderableType:
    """A kind a line: a bar, in how many comparisons, how many changes."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    for share in shares:
        bar = "█" * max(1, round(_BAR * share.times / max(1, share.of)))
        grid.add_row(
            styled(f" {share.sign}", SIGNS.get(share.sign, "")),
            styled(share.label),
            styled(bar, "dim"),
            styled(f"{share.times:,} of {share.of:,}"),
            styled(share.remark, "dim"),
        )
    return grid


def _bullet(text: str) -> RenderableType:
    return _signed("·", styled(text, "dim"))
