"""Comparison → Markdown for tickets, wikis and chats. Page text is escaped: it can neither format nor link anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from monitor.model.change import Span
from monitor.model.comparison import Check, Comparison
from monitor.report.detail import SEE_ALL, details, head_of, headline, is_plain, shortened, shown_of, strung, titled
from monitor.report.neutral import neutral
from monitor.report.outline import Entry, Group, outline
from monitor.report.wording import dates, sides

MOST_ENTRIES = 50  # of one kind: a ticket stays readable, and under the length that trackers accept
LEGEND = "~~Struck through~~ is gone, **bold** is new."
_LONGEST_TEXT = 600


def render(comparison: Comparison, **_: object) -> str:
    """The report in GitHub's Markdown, closed by a line end."""
    told = outline(comparison)
    blocks = [f"# {escaped(sides.page_name(comparison))}", _when(comparison), _opening(told.opening, comparison)]
    for title, groups in titled(told):
        if groups:
            blocks += [f"## {title.capitalize()}", *(block for group in groups for block in group_blocks(group))]
    if told.expected:
        blocks += ["## As expected", bullets(told.expected)]
    if told.checks:
        blocks += ["## What the page claims, checked", _checks(told.checks)]
    if told.limits:
        blocks += ["## Limits", bullets(told.limits)]
    if any(not is_plain(spans) for _, groups in titled(told) for group in groups for spans in _texts(group)):
        blocks.append(LEGEND)
    return "\n\n".join(blocks) + "\n"


def escaped(text: str, longest: int = _LONGEST_TEXT) -> str:
    """Page text on one line that a Markdown reader shows as it is."""
    said = " ".join(neutral(text[: longest * 4]).split())
    said = said if len(said) <= longest else said[:longest].rstrip() + "…"
    said = _numbering().sub(r"\g<0>\\", _active().sub(r"\\\g<0>", said))
    return _linking().sub(lambda found: f"{found[1]}&#{ord(found[2])};", said)


@cache
def _active() -> re.Pattern[str]:
    """What formats, links or tags wherever it stands, and what opens a block at the start of a text."""
    return re.compile(r"[\\`*_\[\]<>~|$]|&(?=[#\w])|^[#+=-]")


@cache
def _numbering() -> re.Pattern[str]:
    """The number that would begin an ordered list."""
    return re.compile(r"^\d{1,9}(?=[.)](\s|$))")


@cache
def _linking() -> re.Pattern[str]:
    """What makes an address a link, and a name a mention, without any mark."""
    return re.compile(r"(?i)(?=(?:https?|ftp|mailto|xmpp):|@|www\.)(\w*)([:@.])")


def _when(comparison: Comparison) -> str:
    """The files only where the title does not name them already."""
    names = map(escaped, sides.names_below(comparison))
    return " · ".join([*names, escaped(sides.both_days(comparison)), sides.elapsed(comparison)])


def _opening(text: str, comparison: Comparison) -> str:
    command = sides.right_way_round(comparison) if comparison.is_reversed else ""
    before, found, after = text.partition(f"`{command}`")
    if not found or not command:
        return escaped(text, len(text))
    return f"{escaped(before)} {code(command)}{escaped(after, len(after))}"


def code(text: str) -> str:
    """The text as code; its fence is longer than any run of backticks in it."""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence} {text} {fence}" if "`" in text else f"`{text}`"


def group_blocks(group: Group, level: int = 3, most: int = MOST_ENTRIES) -> Iterator[str]:
    """A group under a heading of that level, with so many of its entries."""
    sign = group.sign.replace("+", "\\+").replace("~", "\\~")
    yield f"{'#' * level} {sign} {escaped(head_of(group))}"
    if group.reason:
        yield escaped(group.reason)
    shown = shown_of(group) if group.is_mass or group.is_aside else group.entries[:most]
    if len(shown) > 1 and all(
        entry.dated and not entry.beside and not entry.remark and not details(entry) for entry in shown
    ):
        yield table(
            ("dated", "title"), [(escaped(entry.dated or ""), marked_words(headline(entry))) for entry in shown]
        )
    else:
        lines = "\n".join(line for entry in shown for line in _entry(entry))
        yield from (lines,) if lines else ()
    if left := len(group.entries) - len(shown):
        yield f"… {left:,} more: `{SEE_ALL.partition(' lists')[0]}` lists all"


def _entry(entry: Entry) -> Iterator[str]:
    dated = f"{escaped(entry.dated)} – " if entry.dated else ""
    spans = headline(entry)
    if spans:
        yield f"- {dated}{marked_words(shortened(spans))}"
    inner = "  " if spans else ""
    for detail in details(entry):
        label = f"{escaped(detail.label)}: " if detail.label else ""
        yield f"{inner}- {label}{marked_words(shortened(detail.spans))}"
    for remark in filter(None, (entry.remark, entry.beside)):
        yield f"{inner}- {escaped(remark)}"


def _texts(group: Group) -> Iterator[Sequence[Span]]:
    for entry in group.entries[:MOST_ENTRIES]:
        yield headline(entry)
        yield from (detail.spans for detail in details(entry))


def marked_words(spans: Sequence[Span]) -> str:
    """The words, those that came in bold, those that went struck through."""
    marks = {"insert": "**", "delete": "~~", "equal": ""}
    return strung(spans, [f"{marks[span.op]}{escaped(span.text)}{marks[span.op]}" for span in spans])


def _checks(checks: Sequence[Check]) -> str:
    rows = [
        (
            escaped(check.subject),
            check.verdict.value + (", as before" if check.is_standing else ""),
            escaped(dates.from_iso(check.expected or "–")),
            escaped(dates.from_iso(check.found or "–")),
            escaped(check.reason),
        )
        for check in checks[:MOST_ENTRIES]
    ]
    return table(("claim", "verdict", "expected", "found", "why"), rows)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of cells that are escaped already."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def bullets(phrases: Sequence[str]) -> str:
    """A list of page text or ours."""
    return "\n".join(f"- {escaped(phrase)}" for phrase in phrases)
