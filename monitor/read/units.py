"""The children of a node as units: what a record of a list could be made of, one unit each.

A unit sums up what stands inside it (its titles, whether there is a date) so that nobody looks inside twice.
"""

from __future__ import annotations

from typing import NamedTuple

from monitor.read.blocks import Block, Node, weight
from monitor.read.traits import Trait

ENTRY_TAGS = frozenset(("li", "tr", "article"))
# Of several titles one is the main one when it is so many times as long as the next (tags, author, "Share").
MAIN_TITLE_RATIO = 2.2
# "Read more about" and the title again: a text so long within another link's is no chance.
SHORTEST_WHOLE_TITLE = 10
# More titles than this in one unit are counted no further: it is a list's container anyway.
MOST_TITLES = 8


class Parsed(NamedTuple):
    """A page's blocks, what each looks like, and which are not used yet (1 in `free`)."""

    blocks: list[Block]
    traits: list[Trait]
    free: bytearray


class Record(NamedTuple):
    """One entry: the blocks from `first` up to, not including, `last`; `title` is the index of its title's block.

    `head` is the index of the date it stands under together with others, -1 where there is none.
    """

    first: int
    last: int
    title: int
    head: int = -1


class Unit:
    """Blocks `first` up to, not including, `last`. `role` is that of its title where it has exactly one in `titles`.

    `is_list` is whether a list that is no menu was found inside. `is_beside_date` is whether nothing but a date makes
    its text a title: beside one proper title that is a label ("Type: notice", "Last post by …").
    """

    __slots__ = (
        "date",
        "first",
        "is_beside_date",
        "is_list",
        "is_node",
        "last",
        "level",
        "role",
        "tag",
        "titles",
        "url",
        "weight",
    )

    def __init__(  # noqa: PLR0913, PLR0917  a unit is its parts, and made by the thousand
        self,
        first: int,
        last: int,
        tag: str,
        role: str,
        titles: tuple[int, ...],
        url: str | None,
        level: int,
        date: bool,
        weight: float,
        is_node: bool = False,
    ) -> None:
        self.first = first
        self.last = last
        self.tag = tag
        self.role = role
        self.titles = titles
        self.url = url
        self.level = level
        self.date = date
        self.weight = weight
        self.is_node = is_node
        self.is_list = False
        self.is_beside_date = False

    @property
    def is_entry(self) -> bool:
        """Whether the markup itself makes it a whole of its own."""
        return not self.is_list and (self.is_node or self.tag in ENTRY_TAGS)


def unit_of_block(parsed: Parsed, index: int) -> Unit:
    block, trait = parsed.blocks[index], parsed.traits[index]
    role, link = trait.role, trait.link
    return Unit(
        index, index + 1, block.tag, role, (index,) if role else (), link.url if link else None, block.level,
        trait.when is not None, weight(block.text),
    )  # fmt: skip


def unit_of_node(parsed: Parsed, node: Node, units: list[Unit]) -> Unit:
    """What the units of a node come to together."""
    role, url, level, date, total, is_beside = "", None, 0, False, 0.0, False
    inner: list[int] = []
    beside: list[Unit] = []
    for unit in units:
        if unit.is_beside_date:
            beside.append(unit)
        total += unit.weight
        date = date or unit.date
        inner += unit.titles
    if len(beside) == 1 and len(inner) > len(beside[0].titles):
        inner = [index for unit in units if not unit.is_beside_date for index in unit.titles]
    titles = _main_titles(parsed, inner) if inner else ()
    if titles:
        trait = parsed.traits[titles[0]]
        level = parsed.blocks[titles[0]].level
        url = trait.link.url if trait.link else None
        role = trait.role if len(titles) == 1 else ""
    elif date:
        titles = _text_beside_date(parsed, units)
        is_beside = bool(titles)
        role = "d" if titles else ""
    whole = Unit(node.first, node.last, node.tag, role, titles, url, level, date, total, True)
    whole.is_beside_date = is_beside
    return whole


def _main_titles(parsed: Parsed, titles: list[int]) -> tuple[int, ...]:
    """The titles that could name the whole: its highest headings, else its links, one for each address."""
    levels = [parsed.blocks[index].level for index in titles if parsed.blocks[index].level]
    if levels:
        top = min(levels)
        return tuple(index for index in titles if parsed.blocks[index].level == top)[:MOST_TITLES]
    by_address: dict[str, int] = {}
    for index in titles:
        link = parsed.traits[index].link
        address = (link.url or link.text) if link else parsed.blocks[index].text
        known = by_address.get(address)
        if known is None or _says_more(parsed.traits[index].title, parsed.traits[known].title):
            by_address[address] = index
    return _heaviest(parsed, sorted(by_address.values())[:MOST_TITLES])


def _says_more(text: str, known: str) -> bool:
    """Whether a longer text of the same link is the title: not where it only leads up to it ("Read more about …")."""
    return len(text) > len(known) and not (len(known) >= SHORTEST_WHOLE_TITLE and known in text)


def _heaviest(parsed: Parsed, titles: list[int]) -> tuple[int, ...]:
    if len(titles) < 2:
        return tuple(titles)
    first, second = sorted(titles, key=lambda index: -weight(parsed.traits[index].title))[:2]
    if weight(parsed.traits[first].title) >= MAIN_TITLE_RATIO * weight(parsed.traits[second].title):
        return (first,)
    return tuple(titles)


def _text_beside_date(parsed: Parsed, units: list[Unit]) -> tuple[int, ...]:
    for unit in units:
        for index in range(unit.first, unit.last):
            if not parsed.traits[index].is_date and len(parsed.blocks[index].text) > 3:
                return (index,)
    return ()
