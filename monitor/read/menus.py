"""Is a list navigation or content? By what its entries are: names and anchors, or titles with dates and teasers."""

from __future__ import annotations

import re
from functools import cache

from monitor.model.documents import is_document
from monitor.read.blocks import BANNER, FURNITURE, weight
from monitor.read.units import Parsed, Record

# Menu entries are names ("About us", "Press releases"), titles are phrases.
LONGEST_MENU_TITLE = 24.0
MOST_MENU_WORDS = 4.5
# From here on stand the scripts of east Asia, which put no blanks between words.
FIRST_DENSE = "\u2e80"
# With teasers a list says more than twice what its titles say.
TEASER_RATIO = 2


def is_menu(parsed: Parsed, records: list[Record], dated: int, region: str) -> bool:
    """Whether the records are a menu; `dated` of them carry a date, `region` is where they stand."""
    if region == FURNITURE:
        return True
    if dated * 2 >= len(records):
        return False
    if region == BANNER or not leads_away(parsed, records):
        return True
    if _hand_out(parsed, records) or _are_for_sale(parsed, records):
        return False
    titles = [parsed.traits[record.title].title for record in records]
    mean = sum(map(weight, titles)) / len(records)
    words = sum(map(_words, titles)) / len(records)
    is_short = mean < LONGEST_MENU_TITLE or (words <= MOST_MENU_WORDS and mean < 2 * LONGEST_MENU_TITLE)
    return is_short and _text(parsed, records) < TEASER_RATIO * mean * len(records)


def _hand_out(parsed: Parsed, records: list[Record]) -> bool:
    """Whether most of them hand out a document: a list of files is content, however short their names are."""
    links = [parsed.traits[record.title].link for record in records]
    return sum(1 for link in links if link is not None and link.url and is_document(link.url)) * 2 > len(records)


def _are_for_sale(parsed: Parsed, records: list[Record]) -> bool:
    """Whether most of them state a price beside the title: goods are content, however short their names are.

    In a title it may be what a menu asks for: "Gifts under $20".
    """
    return sum(_states_price(parsed, each) for each in records) * 2 > len(records)


def _states_price(parsed: Parsed, record: Record) -> bool:
    search, trait = _price().search, parsed.traits[record.title]
    name = trait.link.text if trait.link is not None else trait.title
    beside = parsed.blocks[record.title].text.replace(name, "", 1)
    texts = (parsed.blocks[index].text for index in range(record.first, record.last) if index != record.title)
    return any(map(search, (beside, *texts)))


@cache
def _price() -> re.Pattern[str]:
    return re.compile(r"[€$£₽¥₹]\s?\d|\d\s?[€$£₽¥₹]")


def _words(title: str) -> float:
    """How many words a title has; where a script sets none apart, two signs are one."""
    dense = sum(character >= FIRST_DENSE for character in title)
    return len(title.split()) + dense / 2


def leads_away(parsed: Parsed, records: list[Record]) -> bool:
    """Whether most of the links leave the page; a table of contents stays on it."""
    links = [parsed.traits[record.title].link for record in records]
    return sum(1 for link in links if link is not None and (link.url or "#").startswith("#")) * 2 <= len(records)


def _text(parsed: Parsed, records: list[Record]) -> float:
    """The weight of the titles and of what is no link besides."""
    indices = (
        index for record in records for index in range(record.first, record.last) if _is_said(parsed, record, index)
    )
    return sum(weight(parsed.blocks[index].text) for index in indices)


def _is_said(parsed: Parsed, record: Record, index: int) -> bool:
    if index == record.title:
        return True
    block = parsed.blocks[index]
    return parsed.traits[index].role != "a" and sum(len(link.text) + 1 for link in block.links) < len(block.text)
