"""Story → a report in plain text for mails, tickets and pipes: every mark a sign, no colour, no library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.model.story import Story
from monitor.report.columns import NARROWEST, columns_of, cut, fill, wrap
from monitor.report.detail import LEGEND, Detail, is_plain, marked, shortened
from monitor.report.story_outline import Group, Line, Outline, outline
from monitor.report.story_rows import Counted, Row, Share, Subject
from monitor.report.wording.stories import SEE_STEP, left_out

MOST = 20  # groups of a chapter, things of a group, rows: a screen or two
MOST_LINES = 6  # of one thing: the first ones and the last
_ALL = 1_000_000  # room for so many is asked for who wants all
_INSET = "     "
_LABEL = 24  # the longest name of a kind with its sign, so that what is beside them stands in one line
_BAR = 20  # columns


def render(story: Story, *, width: int, most: int | None = None, **_: object) -> str:
    """The report, its lines at most `width` columns wide, closed by a line end; of long rows the first `most`."""
    told, room = outline(story), MOST if most is None else most
    blocks = [wrap(told.head, width), wrap(told.opening, width), *_blocks(told, width, room)]
    text = "\n\n".join("\n".join(block) for block in blocks if block)
    closing = wrap(SEE_STEP, width) if told.chapters else []
    closing += wrap(LEGEND, width) if "{+" in text or "[-" in text else []
    return "\n\n".join([text, *(["\n".join(closing)] if closing else [])]) + "\n"


def kept(lines: Sequence[Line], room: int, usual: int = MOST_LINES) -> tuple[Sequence[Line], int, Sequence[Line]]:
    """The first lines, how many are left out, the last ones; none are where there is `room` for all of everything."""
    most = room if room >= _ALL else usual
    if len(lines) <= most:
        return lines, 0, ()
    half = most // 2
    return lines[:half], len(lines) - 2 * half, lines[len(lines) - half :]


def _blocks(told: Outline, width: int, most: int) -> Iterator[list[str]]:
    for title, groups in told.chapters:
        shown = [line for group in groups[:most] for line in _group(group, width, most)]
        yield [title, *shown, *_left(len(groups) - most, width)]
    yield _titled("COUNTERS", [line for each in told.counters[:most] for line in _counter(each, width)])
    yield _titled("ITEMS THAT CAME AND WENT", list(_came_and_went(told, width, most)))
    yield _titled("HOW OFTEN WHAT CHANGED", list(_shares(told.shares, width)))
    for title, sentences in (("DEALT WITH", told.dealt_with), ("NOT SEEN", told.unseen), ("LIMITS", told.limits)):
        lines = [line for each in sentences[:most] for line in _bullet(each, width)]
        yield _titled(title, [*lines, *_left(len(sentences) - most, width)])


def _titled(title: str, lines: Sequence[str]) -> list[str]:
    return [title, *lines] if lines else []


def _group(group: Group, width: int, most: int) -> Iterator[str]:
    """Whom it is about, then what happened to them, the captures under it."""
    head = group.label or ("" if len(group.subjects) == 1 else f"{len(group.subjects):,} items")
    if head:
        yield cut(f" {group.sign} {head}", width)
        yield from (f"   {line}" for line in wrap(group.life, width - 3))
    for subject in group.subjects[:most]:
        yield from _subject(subject, width, "" if head else group.sign)
    yield from (f"  {line}" for line in _left(len(group.subjects) - most, width - 2))
    first, left, last = kept(group.lines, most)
    for line in first:
        yield from _line(line, width)
    if left:
        yield cut(f"{_INSET}{left_out(left)}", width)
    for line in last:
        yield from _line(line, width)


def _subject(subject: Subject, width: int, sign: str) -> Iterator[str]:
    dated = f"{subject.dated}  " if subject.dated else ""
    yield cut(f" {sign or ' '} {dated}{subject.name}", width)
    if subject.life:
        yield from (f"   {line}" for line in wrap(subject.life, width - 3))


def _line(line: Line, width: int) -> Iterator[str]:
    """What happened and when beside it or under it, then the words, then the two captures."""
    head = f"{_INSET}{line.sign} {line.label}"
    told = [line.when, *([line.remark] if line.remark else [])]
    if width < NARROWEST:
        yield cut(head, width)
        inset = f"{_INSET}  "
    else:
        inset = " " * (len(_INSET) + _LABEL + 2)
    beside = [piece for text in told for piece in wrap(text, width - len(inset), most=3)]
    beside += [piece for detail in line.details for piece in _detail(detail, width - len(inset))]
    beside += wrap(f"{line.before.reference} {line.after.reference}", width - len(inset))
    for index, piece in enumerate(beside):
        yield fill(head, len(inset)) + piece if index == 0 and width >= NARROWEST else inset + piece


def _detail(detail: Detail, columns: int) -> list[str]:
    label = f"{detail.label}: " if detail.label else ""
    return wrap(f"{label}{marked(shortened(detail.spans))}", columns, 2 if is_plain(detail.spans) else None)


def _counter(counted: Counted, width: int) -> Iterator[str]:
    yield cut(f" {'!' if counted.odd else '='} {counted.label}", width)
    for text in (counted.moved, counted.odd):
        yield from (f"   {line}" for line in wrap(text, width - 3))


def _came_and_went(told: Outline, width: int, most: int) -> Iterator[str]:
    yield from _rows(told.rows[:most], width)
    yield from _left(len(told.rows) - most, width)
    yield from (f"   {line}" for line in wrap(told.standing, width - 3))


def _rows(rows: Sequence[Row], width: int) -> Iterator[str]:
    """When it came, when it was last seen, the title; on a narrow screen under each other."""
    if not rows:
        return
    firsts = max(columns_of(row.came) for row in rows)
    lasts = max(columns_of(text) for text in ("last seen", *map(last_seen, rows)))
    if width < NARROWEST or firsts + lasts > 2 * width // 3:
        for row in rows:
            yield cut(f" {row.sign} {row.subject.name}", width)
            yield from (f"   {line}" for line in wrap(came_and_last_seen(row), width - 3))
        return
    yield cut(f"   {fill('came', firsts)}  {fill('last seen', lasts)}", width)
    for row in rows:
        seen = f" {row.sign} {fill(row.came, firsts)}  {fill(last_seen(row), lasts)}  "
        yield seen + cut(row.subject.name, width - columns_of(seen))


def last_seen(row: Row) -> str:
    """3 August 2020, aged off; nothing of what stays."""
    return ", ".join(filter(None, (row.last, row.end)))


def came_and_last_seen(row: Row) -> str:
    """Came by 4 July 2020, last seen 3 August 2020, aged off: where there are no columns with these names."""
    seen = last_seen(row)
    return f"came {row.came}{f', last seen {seen}' if row.last else f', {seen}' if seen else ''}"


def _shares(shares: Sequence[Share], width: int) -> Iterator[str]:
    """A kind a line: a bar, in how many comparisons, how many changes."""
    for share in shares:
        bar = "█" * max(1, round(_BAR * share.times / max(1, share.of)))
        times = f"{share.times:,} of {share.of:,}"
        more = f"  {share.remark}" if share.remark else ""
        yield cut(f" {share.sign} {fill(share.label, _LABEL - 2)} {fill(bar, _BAR)}  {times}{more}", width)


def _bullet(text: str, width: int) -> Iterator[str]:
    for index, line in enumerate(wrap(text, width - 3)):
        yield f" {'·' if index == 0 else ' '} {line}"


def _left(count: int, width: int) -> list[str]:
    return [cut(f"   {left_out(count)}", width)] if count > 0 else []
