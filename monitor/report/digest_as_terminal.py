"""Digest → colour for a terminal, by rich: the text, its signs and titles in colour, and nothing said by that alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.text import Text

from monitor.model.digest import Digest
from monitor.report import digest_as_text
from monitor.report.as_terminal import SIGNS, console_of, trimmed
from monitor.report.detail import LEGEND
from monitor.report.wording.digests import TITLES, UNDELIVERED

_MARKS = {r"(?s)\{\+.*?\+\}": "green", r"(?s)\[-.*?-\]": "red"}
_HEAD = r" *([+✕~!=?]) "
_STYLES = {**SIGNS, "?": "bold magenta"}


def render(digest: Digest, *, width: int, color: bool, **_: object) -> str:
    """The digest, its lines at most `width` columns wide; with escape sequences only where `color` is asked."""
    said = digest_as_text.render(digest, width=width)
    if not color:
        return said
    console = console_of(width, color=True)
    with console.capture() as captured:
        for line in _styled(said):
            console.print(line, soft_wrap=True)
    return trimmed(captured.get())


def _styled(said: str) -> Iterator[Text]:
    titles = {title.upper() for title in (UNDELIVERED, *TITLES.values())}
    text = Text(said.rstrip("\n"))
    for pattern, style in _MARKS.items():
        text.highlight_regex(pattern, style)
    for number, line in enumerate(text.split("\n")):
        if number == 0 or line.plain.partition(" (")[0] in titles:
            line.stylize("bold")
        elif head := re.match(_HEAD, line.plain):
            line.stylize(_STYLES[head[1]], head.start(1), head.end(1))
        elif line.plain == LEGEND:
            line.stylize("dim")
        yield line
