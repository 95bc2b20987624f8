"""Titles with a number before them → the title, and the number where it is a rank."""

from __future__ import annotations

import re
from functools import cache

from monitor.model.reading import Figure, Item
from monitor.read.blocks import Block

FEWEST_RANKED = 3


def numbered_title(line: str, block: Block) -> str:
    """A line whose link is its number, "105319 - Dredging works [plan]": the words beside it are the title."""
    for link in reversed(block.links[1:]):
        line = line.removesuffix(link.text).rstrip(" \t|·•-–—:,;()[]") if link.text else line
    return line


def without_ranks(items: list[Item]) -> list[Item]:
    """Items numbered 1, 2, 3 … in their titles, with the number as a figure: a rank is no part of a title."""
    match = _rank().match
    if not items or match(items[0].title) is None:
        return items
    found = [match(item.title) for item in items]
    ranks = [int(each[1]) for each in found if each]
    if len(ranks) != len(items) or len(items) < FEWEST_RANKED or ranks != list(range(ranks[0], ranks[0] + len(items))):
        return items
    return [
        Item(title=item.title[each.end() :], date=item.date, url=item.url, teaser=item.teaser, values=item.values,
             figures=(Figure(label="rank", value=int(each[1]), text=each[1]), *item.figures))
        for item, each in zip(items, found, strict=True) if each
    ]  # fmt: skip


@cache
def _rank() -> re.Pattern[str]:
    return re.compile(r"(\d{1,3})[.)]?\s+(?=\S)")
