"""Markdown → the same with each heading, link and title marked in one way, and lines without their marks."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from monitor.read.link_definitions import with_links
from monitor.read.text_blocks import LONGEST_OVERHANG

# In a longer line stars are no emphasis, and to look for their pairs takes time with the square of its length.
LONGEST_MARKED_LINE = 5_000
# A short line over a rule is a heading whatever the rule's length; a longer one where the rule was drawn for it.
LONGEST_SHORT_TITLE = 100
_QUOTES = "\"'"


class Line(NamedTuple):
    """A line without its marks, and the element that they make of it."""

    text: str
    tag: str
    level: int


def with_plain_marks(text: str) -> str:
    """The text without what no reader sees, its links in place, and "Title" over "====" as "# Title"."""
    if text.startswith("---\n"):
        text = _front_matter().sub(_with_title, text, count=1)
    if "<!--" in text:
        text = _without_comments(text)
    text = with_links(text)
    return _underlined().sub(_as_heading, text) if "==" in text or "--" in text else text


def read_line(line: str) -> Line:
    """A heading, a bullet, a definition, or text; one that only rules a line has no text."""
    bare = without_emphasis(line).strip()
    while bare.startswith(">"):
        bare = bare[1:].lstrip()
        line = bare
    if _rule().fullmatch(bare):
        return Line("", "p", 0)
    heading = re.match(r"(#{1,6})\s+(.*?)\s*#*$", bare)
    if heading:
        return Line(heading[2], f"h{len(heading[1])}", len(heading[1]))
    bullet = re.match(r"(?:[*+-]|\d{1,3}[.)])\s+(.*)$", bare)
    if bullet:
        return Line(bullet[1], "li", 0)
    definition = re.match(r":\s+(.*)$", bare)
    if definition:
        return Line(definition[1], "dd", 0)
    return Line(without_emphasis(line), "p", 0)


def without_emphasis(line: str) -> str:
    return re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", line) if len(line) <= LONGEST_MARKED_LINE else line


def without_strokes(text: str) -> str:
    r"""The signs that a stroke keeps from being marks ("1\. Terms"), save in code, where it is one of the text."""
    return _escaped().sub(lambda found: found["code"] or found["sign"], text) if "\\" in text else text


def _without_comments(text: str) -> str:
    """Without comments that begin a line and are closed; what code shows of one is text that a reader sees."""
    kept, is_fenced, end = [], False, -1
    for found in _comment_or_fence().finditer(text):
        if found.start() < end:
            continue
        if found["fence"]:
            is_fenced = not is_fenced
        elif not is_fenced:
            closed = text.find("-->", found.end())
            if closed < 0:
                break
            kept.append(text[max(end, 0) : found.start()])
            end = closed + len("-->")
    return "".join([*kept, text[max(end, 0) :]])


def _with_title(found: re.Match[str]) -> str:
    """What stands between the two rules at the top, its title as the page's."""
    lines = [
        f"\n# {line[6:].strip().strip(_QUOTES)}\n" if line.startswith("title:") else line
        for line in found["matter"].split("\n")
    ]
    return "\n".join(lines) + "\n"


def _as_heading(found: re.Match[str]) -> str:
    title, rule = found["title"].strip(), found["rule"]
    is_drawn_for_it = abs(len(title) - len(rule)) <= LONGEST_OVERHANG
    if "|" in title or not (len(title) <= LONGEST_SHORT_TITLE or is_drawn_for_it):
        return found[0]
    return f"\n{'#' if rule[0] == '=' else '##'} {title}\n"


@cache
def _comment_or_fence() -> re.Pattern[str]:
    return re.compile(r"^[ \t]{0,3}(?:<!--|(?P<fence>```|~~~))", re.MULTILINE)


@cache
def _front_matter() -> re.Pattern[str]:
    return re.compile(r"\A---\n(?P<matter>(?:[^\n]*\n){1,60}?)---(?=\n|\Z)")


@cache
def _underlined() -> re.Pattern[str]:
    """A line after a blank one, or the first of all, that is no heading, quotation, bullet or code, over a rule."""
    return re.compile(
        r"(?:(?<=\n\n)|\A)(?P<title>(?![#>`~]|[*+-]\s|[*=_-]+\n)\S[^\n]{0,300})\n(?P<rule>={2,}|-{2,})(?=\n|\Z)"
    )


@cache
def _rule() -> re.Pattern[str]:
    return re.compile(r"(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,}")


@cache
def _escaped() -> re.Pattern[str]:
    return re.compile(r"(?P<code>`[^`]*`)|\\(?P<sign>[!-/:-@\[-`{-~])")
