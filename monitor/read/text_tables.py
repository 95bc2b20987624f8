"""Lines of Markdown → the table among them: a row of labels, a line of dashes, the rows below."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

Row = tuple[str, ...]


class Lines(NamedTuple):
    """A paragraph's lines `before` a table, its `rows` of cells, that of the labels first, and the lines `after` it."""

    before: list[str]
    rows: list[Row]
    after: list[str]


def split_table(lines: list[str]) -> Lines:
    """The lines around the first table and its rows; no rows where there is none."""
    for at, line in enumerate(lines[1:]):
        if "-" in line and "|" in lines[at] and _rule().fullmatch(line.strip()):
            break
    else:
        return Lines(lines, [], [])
    labels = _cells(lines[at])
    if len(labels) < 2 or len(labels) != len(_cells(lines[at + 1])):
        return Lines(lines, [], [])
    end = next((below for below in range(at + 2, len(lines)) if "|" not in lines[below]), len(lines))
    return Lines(lines[:at], [labels, *map(_cells, lines[at + 2 : end])], lines[end:])


def _cells(line: str) -> Row:
    """What stands between the bars of a line; one with a stroke before it is a sign of the text."""
    bare = line.strip().removeprefix("|")
    cells = _bar().split(bare)
    if len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    return tuple(cell.replace("\\|", "|").strip() for cell in cells)


@cache
def _rule() -> re.Pattern[str]:
    return re.compile(r"\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")


@cache
def _bar() -> re.Pattern[str]:
    return re.compile(r"(?<!\\)\|")
