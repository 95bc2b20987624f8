"""Plain text and Markdown → Stream. Lines become blocks; what a hard wrap broke is put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from monitor.model.blanks import collapse
from monitor.model.reading import Link
from monitor.read.blocks import CONTENT, Block, Node, Stream, columns, without_unseen
from monitor.read.dates import leading_date

if TYPE_CHECKING:
    from monitor.read.text_tables import Row

# A paragraph whose lines all end before this column was broken by a program, not by its writer (RFC 3676 wraps at 78).
WIDEST_WRAP = 100
NARROWEST_WRAP = 60
# Where every single line was broken because the next word did not fit, the column may be narrower.
_NARROWEST_WRAP = 30
# Wrapped lines end within a long word of the edge, and make up a good part of the text.
RAGGED_EDGE = 12
FULL_SHARE = 0.2
FEWEST_FULL_LINES = 3
# "Wednesday, September 12": where a line begins with a date, its day or year stands so near.
EARLIEST_DIGIT = 24
# The rule under a heading is about as long as the heading; how a heading is marked until its line becomes a block.
LONGEST_OVERHANG = 3
UNDERLINED = {"=": "\ue000", "-": "\ue001"}


def read_text(text: str, *, is_markdown: bool = False) -> Stream:
    """The blocks of a text. Headings, bullets, links and definition lists of Markdown are understood where told."""
    stream = Stream()
    text = re.sub(r"(?<![^\S\n])[^\S\n]+(?=\n)", "", without_unseen(text))  # tried once for a run of blanks
    text = _with_plain_marks(text) if is_markdown else _mark_underlined(text)
    width = _wrap_width(text)
    for paragraph in text.split("\n\n"):
        lines = [line for line in paragraph.split("\n") if line.strip()]
        if is_markdown and "|" in paragraph:
            lines = _add_table(stream, *_split_table(lines), width)
        _add_lines(stream, lines, width, is_markdown=is_markdown)
    stream.root.last = len(stream.blocks)
    return stream


def _with_plain_marks(text: str) -> str:
    from monitor.read.markdown import with_plain_marks  # noqa: PLC0415  a plain text need not pay for it

    return with_plain_marks(text)


def _split_table(lines: list[str]) -> tuple[list[str], list[Row], list[str]]:
    from monitor.read.text_tables import split_table  # noqa: PLC0415  only Markdown has such tables

    return split_table(lines)


def _add_lines(stream: Stream, lines: list[str], width: int, *, is_markdown: bool) -> None:
    """The lines of a paragraph as blocks."""
    gap, inside = True, -1
    for line in _unwrap(lines, width):
        indent = len(line) - len(line.lstrip())
        is_inside = 0 <= inside < indent and not _starts_anew(line)
        _add_line(stream, line, gap=gap, is_markdown=is_markdown)
        if is_inside:
            _put_into_bullet(stream)
        else:
            inside = indent if _starts_anew(line) else -1
        gap = False


def _add_table(stream: Stream, before: list[str], rows: Sequence[Row], after: list[str], width: int) -> list[str]:
    """A table and the lines before it as blocks; what is left are the lines after it."""
    if not rows:
        return before
    _add_lines(stream, before, width, is_markdown=True)
    from monitor.read.markdown import without_emphasis  # noqa: PLC0415  a plain text has no such table

    table = Node("table", CONTENT, len(stream.blocks))
    for number, row in enumerate(rows):
        node = Node("tr", CONTENT, len(stream.blocks))
        for cell in row:
            text, links = inline_links(without_emphasis(cell))
            text = _without_strokes(text)
            if text:
                node.children.append(len(stream.blocks))
                stream.blocks.append(Block(collapse(text), tag="td" if number else "th", links=links))
        node.last = len(stream.blocks)
        if node.children:
            table.children.append(node)
    table.last = len(stream.blocks)
    stream.root.children.append(table)
    return after


def _mark_underlined(text: str) -> str:
    """A line with a rule of its own length under it, or over and under it, is a heading; a sentence is none."""
    return _underlined().sub(_as_heading, text) if "===" in text or "---" in text else text


def _as_heading(found: re.Match[str]) -> str:
    title, rule = found["title"].strip(), found["rule"]
    if found["over"] and found["over"][0] != rule[0]:
        return found[0]
    if abs(len(found["title"].rstrip()) - len(rule)) > LONGEST_OVERHANG or "|" in title or not title[0].isalnum():
        return found[0]
    return f"\n{UNDERLINED[rule[0]]} {title}\n"


@cache
def _underlined() -> re.Pattern[str]:
    """A line after a blank one, or the first of all, with a rule below, and maybe one above it as well."""
    return re.compile(
        r"(?:(?<=\n\n)|\A)(?:(?P<over>={3,}|-{3,})\n)?(?P<title>\S[^\n]{0,100})\n(?P<rule>={3,}|-{3,})(?=\n|\Z)"
    )


def _put_into_bullet(stream: Stream) -> None:
    """The last block stands further in than the bullet before it: both are one entry."""
    children = stream.root.children
    if len(children) < 2:
        return
    last, entry = children.pop(), children.pop()
    node = entry if isinstance(entry, Node) else Node("li", CONTENT, entry)
    node.children.extend([last] if isinstance(entry, Node) else [entry, last])
    node.last = len(stream.blocks)
    children.append(node)


def looks_like_markdown(text: str) -> bool:
    """Whether a text of no declared type has a Markdown heading and a Markdown link."""
    start = text[:20000]
    return "](" in start and re.search(r"(?m)^#{1,6} \S", start) is not None


def _wrap_width(text: str) -> int:
    """The column at which a program broke the lines of the text, 0 where nothing shows that one did.

    A line that none follows was not broken: a heading may be longer. Of those that were broken, the next word would
    not have fitted behind.
    """
    lengths = [len(line.rstrip()) for line in text.split("\n") if line.strip()]
    broken = list(_broken_lines(text))
    width = max((length for length, _ in broken), default=0)
    if not _NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return 0
    if len(broken) >= FEWEST_FULL_LINES and all(length + 1 + word > width for length, word in broken):
        return width
    full = sum(1 for length in lengths if width - RAGGED_EDGE < length <= width)
    return width if width >= NARROWEST_WRAP and full >= max(FEWEST_FULL_LINES, FULL_SHARE * len(lengths)) else 0


def _broken_lines(text: str) -> Iterator[tuple[int, int]]:
    """For each line that another one goes on from its length and that of the word that did not fit any more."""
    length = 0  # of the line before, where it has more than one word
    for line in text.split("\n"):
        words = line.strip()
        first, blank, _ = words.partition(" ")
        if first and length and (first[0].isalpha() or not _starts_anew(line)):
            yield length, len(first)
        length = len(line.rstrip()) if blank else 0


def _unwrap(lines: list[str], width: int) -> list[str]:
    """The lines of one paragraph, those joined that were broken only because the next word did not fit."""
    if len(lines) < 2 or not width:
        return lines
    joined = [lines[0]]
    previous = lines[0]
    is_dated = _begins_with_date(lines[0])
    for line in lines[1:]:
        word = line.split(None, 1)[0]
        is_full = len(previous.rstrip()) + 1 + len(word) > width and not _ends_in_link(previous)
        if is_full and not _starts_anew(line) and not (is_dated and _begins_with_date(line)):
            joined[-1] = joined[-1].rstrip() + " " + line.strip()
        else:
            joined.append(line)
        previous = line
    return _join_indented(joined)


def _begins_with_date(line: str) -> bool:
    return any(map(str.isdigit, line[:EARLIEST_DIGIT])) and leading_date(line) is not None


def _ends_in_link(line: str) -> bool:
    """Whether a line ends with a link, as a title does; its address makes it long, not its words."""
    return line.rstrip().endswith((")", "</a>")) and ("](" in line or "<a " in line)


def _join_indented(lines: list[str]) -> list[str]:
    """A line further in than a bullet's own start belongs to the bullet."""
    joined: list[str] = []
    inside = -1
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if 0 <= inside < indent and not _starts_anew(line) and not _ends_in_link(joined[-1]):
            joined[-1] = joined[-1].rstrip() + " " + line.strip()
            continue
        joined.append(line)
        inside = indent if _starts_anew(line) else -1
    return joined


def _starts_anew(line: str) -> bool:
    return _bullet().match(line) is not None


@cache
def _bullet() -> re.Pattern[str]:
    return re.compile(r"\s*(?:[*•‣–-]\)?|\d{1,3}[.)]|#{1,6}|:)\s+\S")


@cache
def _sign() -> re.Pattern[str]:
    """What a bullet begins with; a number is the writer's own."""
    return re.compile(r"^\s*[*•‣–-]\s+(?=\w)")


def _add_line(stream: Stream, line: str, *, gap: bool, is_markdown: bool) -> None:
    line, tag, level = _read_markdown(line) if is_markdown else _read_line(line)
    for index, part in enumerate(columns(line)):
        text, links = inline_links(part)
        text = _without_strokes(text) if is_markdown else text
        if text:
            block = Block(text, tag=tag, level=level, links=links, gap=gap and not index, same_line=index > 0)
            stream.root.children.append(len(stream.blocks))
            stream.blocks.append(block)


def _read_line(line: str) -> tuple[str, str, int]:
    """A line of plain text without its mark, and the element and level of heading that this makes of it."""
    if line[0] in UNDERLINED.values():
        level = 1 if line[0] == UNDERLINED["="] else 2
        return line[2:], f"h{level}", level
    if _starts_anew(line):
        sign = _sign().match(line)
        return line[sign.end() :] if sign else line, "li", 0
    return line, "p", 0


def _read_markdown(line: str) -> tuple[str, str, int]:
    from monitor.read.markdown import read_line  # noqa: PLC0415  a plain text need not pay for it

    return read_line(line)


def _without_strokes(text: str) -> str:
    from monitor.read.markdown import without_strokes  # noqa: PLC0415  a plain text has none

    return without_strokes(text)


def inline_links(text: str) -> tuple[str, tuple[Link, ...]]:
    """The text with Markdown links and HTML anchors in it as a reader sees them, and the links apart."""
    if "](" not in text and "<a " not in text:
        return text, ()
    from html import unescape  # noqa: PLC0415  its table of two thousand names is for texts with links only

    links: list[Link] = []

    def link(found: re.Match[str]) -> str:
        shown = found["text"] if found["text"] is not None else re.sub(r"<[^<>]*>", "", found["html"])
        shown = collapse(unescape(shown))
        url = found["url"] or found["href"]
        if not found["image"] and shown and url:
            links.append(Link(text=shown, url=unescape(url)))
        return "" if found["image"] else shown

    return collapse(_link().sub(link, text)), tuple(links)


@cache
def _link() -> re.Pattern[str]:
    return re.compile(
        r"(?P<image>!)?\[(?P<text>[^\[\]]*)\]\((?P<url>[^()\s]*)(?:\s+\"[^\"]*\")?\)"
        r"|<a\s[^<>]*?href=[\"']?(?P<href>[^\"'<>\s]+)[^<>]*>(?P<html>(?:(?!</?a\b).)*)</a>",
        re.DOTALL,
    )
