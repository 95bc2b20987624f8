"""Comparison → a report in plain text for mails, tickets and pipes: every mark a sign, no colour, no library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.model.change import Span
from monitor.model.comparison import Comparison
from monitor.report.columns import NARROWEST, columns_of, cut, fill, wrap
from monitor.report.detail import (
    LEGEND,
    SEE_ALL,
    Detail,
    bundles,
    details,
    head_of,
    headline,
    is_plain,
    is_whole_text,
    marked,
    shortened,
    shown_of,
    titled,
)
from monitor.report.neutral import safe_url
from monitor.report.outline import Entry, Group, Outline, outline

_FEW = 3  # texts that came or went are shown with so many lines each where they are so few
_LABEL = 26  # the longest head with its sign and count, so that the texts beside them stand in one line
_LONGEST_LABEL = 16  # a label of the page's own is cut there


def render(comparison: Comparison, *, width: int, report: str | None = None, **_: object) -> str:
    """The report, its lines at most `width` columns wide but for its address, closed by a line end."""
    told = outline(comparison)
    lines = [*wrap(told.head, width), "", *wrap(told.opening, width)]
    for title, groups in titled(told):
        if groups:
            lines += ["", title, *(line for group in groups for line in group_lines(group, width))]
    lines += _closing(told, width)
    places = (("The whole report", report), ("The page itself", safe_url(comparison.page_url)))
    told_places = [f"{what}: {where}" for what, where in places if where]
    lines += ["", *told_places] if told_places else []
    text = "\n".join(lines)
    return f"{text}\n\n{LEGEND}\n" if "{+" in text or "[-" in text else f"{text}\n"


def _closing(told: Outline, width: int) -> Iterator[str]:
    if told.expected:
        yield from ("", "AS EXPECTED", *_block(" · ".join(told.expected), width))
    if told.limits:
        yield from ("", "LIMITS", *(line for limit in told.limits for line in _block(limit, width, mark="·")))


def _block(text: str, width: int, mark: str = " ") -> list[str]:
    lines = wrap(text, width - 3)
    return [f" {mark if index == 0 else ' '} {line}" for index, line in enumerate(lines)]


def group_lines(group: Group, width: int, most: int | None = None) -> list[str]:
    """The head of a group with its lines beside it, or under it where there is little room.

    `most` entries of it, their titles whole, and so under the head in any case; without it as many as a report shows,
    each on a line.
    """
    head = f" {group.sign} {head_of(group)}"
    if most is not None or width < NARROWEST or columns_of(head) >= _LABEL:
        return [head, *(f"   {line}" for line in _lines(group, width - 3, most))]
    body = _lines(group, width - _LABEL, most) or [""]
    return [f"{fill(head, _LABEL)}{body[0]}".rstrip(), *(f"{' ' * _LABEL}{line}" for line in body[1:])]


def _lines(group: Group, columns: int, most: int | None) -> list[str]:
    lines = wrap(group.reason, columns, most=3) if group.reason else []
    shown = shown_of(group) if most is None else group.entries[:most]
    dates = max((columns_of(entry.dated) for entry in shown if entry.dated), default=0)
    is_few = len(shown) <= _FEW and not group.is_aside
    bundled = bundles(shown)
    are_mixed = 1 < len(bundled) < len(shown)  # then a reason that stood below one would seem to stand above the next
    for remark, entries in bundled:
        inset = "  " if are_mixed and remark else ""
        room = columns - len(inset)
        told = [
            inset + line
            for entry in entries
            for line in _entry(entry, room, dates, _FEW if most or (is_few and is_whole_text(entry)) else 1)
        ]
        why = wrap(remark, columns, most=2) if remark else []
        lines += [*why, *told] if len(entries) > 1 or inset else [*told, *why]
    if left := len(group.entries) - len(shown):
        lines.append(cut(f"… {left:,} more: {SEE_ALL}", columns))
    return lines


def _entry(entry: Entry, columns: int, dates: int, lines: int) -> Iterator[str]:
    """The date and the headline on a line, then what was touched; an edit in full, for its marks are the news."""
    date = f"{fill(entry.dated or '', dates)}  " if dates else ""
    spans, told = headline(entry), details(entry)
    room = columns - columns_of(date)
    if not entry.beside and (one := _on_one_line(spans, told, room)):
        yield date + one
        return
    most = lines if is_plain(spans) else None
    for index, line in enumerate(wrap(marked(shortened(spans)), room, most)):
        yield date + line if index == 0 else " " * columns_of(date) + line
    labels = min(max((columns_of(detail.label) for detail in told), default=0), _LONGEST_LABEL)
    for detail in told:
        yield from _detail(detail, columns, labels)
    if entry.beside:
        yield from (f"  {line}" for line in wrap(entry.beside, columns - 2, most=4))


def _on_one_line(spans: Sequence[Span], told: Sequence[Detail], room: int) -> str | None:
    """A name and its one unlabelled detail, where they fit: Consular queries: 7474 → 7475."""
    if not spans or len(told) != 1 or told[0].label:
        return None
    line = f"{marked(shortened(spans)).rstrip(': ')}: {marked(shortened(told[0].spans))}"
    return line if columns_of(line) <= room else None


def _detail(detail: Detail, columns: int, labels: int) -> Iterator[str]:
    label = f"{fill(cut(detail.label, labels), labels)}  " if detail.label else ""
    most = 4 if is_plain(detail.spans) else None  # of an edit every mark is shown
    lines = wrap(marked(shortened(detail.spans)), columns - columns_of(label), most)
    for index, line in enumerate(lines):
        yield label + line if index == 0 else " " * columns_of(label) + line
