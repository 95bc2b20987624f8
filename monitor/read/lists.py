"""Stream → the lists of items in it, found by their repetition: in the tree of HTML, in the lines of a text.

A record is a stretch of blocks with one title: a card, a row, a bullet, or a title with the lines under it. Siblings
that are such records by the same role make a list. Styling names, and what a page calls things, have no part in it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import compress
from typing import NamedTuple, TypeVar

from monitor.read.blocks import CONTENT, Node, Stream, weight
from monitor.read.date_heads import under_date_heads
from monitor.read.grids import WIDEST_ROW, is_row, join_rows, kind_of_parts, split_rows
from monitor.read.menus import is_menu, leads_away
from monitor.read.opening_days import may_be_day, take_opening_days
from monitor.read.records import (
    Role,
    head_lists,
    may_break,
    records_of,
    renamed,
    roles,
    runs,
    without_echoes,
    without_group_headings,
)
from monitor.read.repetition import FEWEST_DATED, FEWEST_UNDATED, LIKE_SHARE, are_list
from monitor.read.traits import Trait
from monitor.read.units import Parsed, Record, Unit, unit_of_block, unit_of_node

# An entry's date stands near its top.
DEEPEST_DATE = 12


class Found(NamedTuple):
    """A list found in the stream, by the role its titles share.

    `is_menu` where it is navigation, not content; `leads_away` whether its links leave the page.
    """

    records: tuple[Record, ...]
    role: str
    is_menu: bool
    leads_away: bool

    @property
    def first(self) -> int:
        return self.records[0].first

    @property
    def last(self) -> int:
        return self.records[-1].last


class Run(NamedTuple):
    """The blocks from `first` up to, not including, `last`."""

    first: int
    last: int


_Part = TypeVar("_Part", Unit, Found)


def find_lists(stream: Stream, traits: list[Trait], free: bytearray) -> list[Found]:
    """All lists among the blocks not used yet, in reading order, none inside another; menus among them."""
    parsed = Parsed(stream.blocks, traits, free)
    search = _Search(parsed)
    for node in stream.nodes:
        search.look_into(node)
    found = sorted((each for lists in search.by_node.values() for each in lists), key=lambda each: each.first)
    return found if any(not each.is_menu for each in found) else _promoted(parsed, found)


def _promoted(parsed: Parsed, menus: list[Found]) -> list[Found]:
    """On a page of nothing but short links the longest list of them is its content."""
    blocks = parsed.blocks
    candidates = [each for each in menus if blocks[each.first].region == CONTENT and each.leads_away]
    longest = max(candidates, key=lambda each: len(each.records), default=None)
    if longest is None:
        return menus
    text = sum(weight(block.text) for block in blocks if not block.region)
    if 2 * sum(weight(blocks[i].text) for i in range(longest.first, longest.last)) < text:
        return menus
    return [each._replace(is_menu=False) if each is longest else each for each in menus]


class _Search:
    """Looks into the nodes, inner ones first, and keeps what was found in each."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.dates = [index for index, trait in enumerate(parsed.traits) if trait.when is not None]
        self.units: dict[int, Unit] = {}
        self.expanded: dict[int, list[Unit]] = {}
        self.by_node: dict[int, list[Found]] = {}
        self.made: dict[tuple[object, ...], tuple[list[Unit], Found | None]] = {}
        self.is_date = [each.is_date and not each.title and not each.role for each in parsed.traits]
        self.date_lines = [index for index, is_date in enumerate(self.is_date) if is_date]
        self.days: list[int] | None = None
        self.searched: tuple[str, list[Unit], list[Found]] | None = None

    def look_into(self, node: Node) -> None:
        """Find the lists among the children of one node whose own nodes have been looked into."""
        units = self._expand(node)
        self.expanded[id(node)] = units
        self._keep(node, units, self._find(units, node) if len(units) >= FEWEST_DATED else [])

    def _find(self, units: list[Unit], node: Node) -> list[Found]:
        found: list[Found] = []
        is_dated = _has(self.dates, FEWEST_DATED, node)
        if not is_dated and len(units) - [unit.role for unit in units].count("") < FEWEST_UNDATED:
            return found
        free, suspects = units, None
        headed = self._under_dates(node) if _has(self.date_lines, FEWEST_DATED, node) else None
        if headed is not None:
            return [headed]
        if self.searched and self.searched[:2] == (node.region, units):  # a wrapper around all of them
            return self.searched[2]
        least = FEWEST_DATED if is_dated else FEWEST_UNDATED
        for role in roles(self.parsed, units, least):
            if role.name[0] == "h" and not is_dated and self._linked(role.units) < 2 and not self._has_days(node):
                continue  # a list that is not dated has links
            suspects = may_break(free) if suspects is None else suspects
            made = [self._made(run, role, node) for run in runs(free, role, least, suspects)]
            new = [each for each in made if each is not None]
            if new:
                found += new
                free, suspects = _outside(free, found), None
        self.searched = (node.region, units, found)
        return found

    def _is_chance(self, headings: list[Unit], run: Run) -> bool:
        """Whether too few headings are links, and too few dates and days stand below them, for titles of a list."""
        dates = bisect_left(self.dates, run.last) - bisect_left(self.dates, run.first)
        is_likely = max(self._linked(headings), dates) >= LIKE_SHARE * len(headings)
        return not is_likely and not self._has_days(run)

    def _linked(self, titles: list[Unit]) -> int:
        links = [self.parsed.traits[unit.titles[0]].link for unit in titles]
        return len(links) - links.count(None)

    def _has_days(self, part: Node | Run) -> bool:
        """Whether there may be days inside that could be the dates of records under headings."""
        if self.days is None:
            blocks = enumerate(self.parsed.blocks)
            self.days = [index for index, block in blocks if may_be_day(block.text, is_title=block.level > 0)]
        return _has(self.days, FEWEST_UNDATED, part)

    def _under_dates(self, node: Node) -> Found | None:
        """The entries under dates that head several of them, in whatever wrappers they stand."""
        records, entries = under_date_heads(self.parsed, self._open(node))
        self._forget()  # some titles may have been given their days
        if len(records) < FEWEST_UNDATED or not are_list(self.parsed, records, entries, len(records)):
            return None
        region = self.parsed.blocks[records[0].first].region or node.region
        away = leads_away(self.parsed, records)
        return Found(tuple(records), "dated", is_menu(self.parsed, records, len(records), region), away)

    def _open(self, node: Node) -> list[Unit]:
        """The children as units, lists and what begins with a date opened."""
        units: list[Unit] = []
        for child in node.children:
            if isinstance(child, int):
                if self.parsed.free[child]:
                    units.append(unit_of_block(self.parsed, child))
                continue
            unit = self.units[id(child)]
            is_group = unit.is_list or (len(unit.titles) != 1 and child.tag not in ("tr", "li"))
            begins = unit.last - unit.first > 1 and self.is_date[unit.first] and child.tag not in ("tr", "li")
            units.extend(self._open(child) if is_group or begins else [unit])
        return units

    def _keep(self, node: Node, units: list[Unit], found: list[Found]) -> None:
        inner: list[Found] = []
        for child in node.children:
            if isinstance(child, Node):
                inner += self.by_node.pop(id(child), ())
                del self.expanded[id(child)]  # only its parent asks for it
        every = sorted((*found, *_outside(inner, found)), key=lambda each: each.first) if found else inner
        if every:
            every = join_rows(every)
            self.by_node[id(node)] = every
        unit = unit_of_node(self.parsed, node, units)
        unit.is_list = bool(every) and not all(each.is_menu for each in every)
        self.units[id(node)] = unit

    def _expand(self, node: Node) -> list[Unit]:
        """The children as units; a wrapper that holds several titles and is no list itself gives its own children."""
        units: list[Unit] = []
        for child in node.children:
            if isinstance(child, int):
                if self.parsed.free[child]:
                    units.append(unit_of_block(self.parsed, child))
                continue
            unit = self.units[id(child)]
            if 1 < len(unit.titles) <= WIDEST_ROW and not unit.is_list and child.tag not in ("tr", "li"):
                units += self.expanded[id(child)]
            else:
                units.append(unit)
        return self._unwrap(units, node)

    def _unwrap(self, units: list[Unit], node: Node) -> list[Unit]:
        """Entries that somebody put into a wrapper among their equals are entries still.

        One entry by itself beside a row of its equals is what is left of a last row.
        """
        loose = [unit for unit in units if not unit.is_list]
        if len(loose) == len(units) or not any(unit.titles for unit in loose):
            return units
        nodes = {id(self.units[id(child)]): child for child in node.children if isinstance(child, Node)}
        parts_of = {id(unit): self.expanded[id(nodes[id(unit)])] for unit in units if id(unit) in nodes}
        units = split_rows(units, parts_of)
        loose = [unit for unit in units if not unit.is_list and unit.role]
        opened: list[Unit] = []
        for unit in units:
            parts = parts_of.get(id(unit), []) if unit.is_list else []
            role, tag = kind_of_parts(parts)
            equals = [each for each in loose if each.role == role and each.tag == tag and self._is_beside(each, unit)]
            is_same = len(equals) >= FEWEST_DATED or (
                is_row(parts) and any(_is_as_long(each, parts) for each in equals)
            )
            opened.extend(parts if is_same else [unit])
        return opened

    def _is_beside(self, one: Unit, other: Unit) -> bool:
        """Whether both stand in the same region: the entries of a menu are no equals of a list's."""
        blocks = self.parsed.blocks
        return blocks[one.first].region == blocks[other.first].region

    def _made(self, run: list[Unit], role: Role, node: Node) -> Found | None:
        """The list that a run makes. Every wrapper around units that are no list shows the same run again.

        The run is kept with what it made, so that no other unit gets the address of one of its own.
        """
        key = (role.name, node.region, *map(id, run))
        known = self.made.get(key)
        if known is None:
            known = self.made[key] = (run, self._make(run, role, node))
        return known[1]

    def _make(self, run: list[Unit], role: Role, node: Node) -> Found | None:
        anchors = without_echoes(self.parsed, list(compress(run, role.anchors(run))))
        if role.name[0] == "h":
            anchors = without_group_headings(anchors)
            if self._is_chance(anchors, Run(run[0].first, run[-1].last)) or head_lists(run, anchors):
                return None
        if len(anchors) < FEWEST_DATED or (len(anchors) == FEWEST_DATED and anchors[0].role != anchors[1].role):
            return None
        records = renamed(self.parsed, records_of(self.parsed, run, anchors, role))
        dated = len(records) if role.is_signed else sum(map(self._has_date, records))
        if dated < len(records) and (opening := take_opening_days(self.parsed, records)):
            dated = opening
            self._forget()  # the titles were given their days
        if not are_list(self.parsed, records, anchors, dated):
            return None
        region = self.parsed.blocks[records[0].first].region or node.region
        return Found(
            records=tuple(records), role=role.name, is_menu=is_menu(self.parsed, records, dated, region),
            leads_away=leads_away(self.parsed, records),
        )  # fmt: skip

    def _forget(self) -> None:
        self.made.clear()
        self.searched = None

    def _has_date(self, record: Record) -> bool:
        place = bisect_left(self.dates, record.first)
        if place == len(self.dates):
            return False
        date = self.dates[place]
        return date < record.last and date < record.first + DEEPEST_DATE


def _has(places: list[int], count: int, part: Node | Run) -> bool:
    """Whether at least so many of the places, which are in order, lie inside a part of the page."""
    last = bisect_left(places, part.first) + count - 1
    return last < len(places) and places[last] < part.last


def _is_as_long(unit: Unit, parts: Sequence[Unit]) -> bool:
    """Whether it says about as much as the entries do; a closing link says less."""
    return 2 * unit.weight >= min(part.weight for part in parts)


def _outside(parts: list[_Part], lists: list[Found]) -> list[_Part]:
    """The units or lists that none of `lists` holds."""
    if not parts:
        return parts
    ordered = sorted(lists, key=lambda each: each.first)
    firsts = [each.first for each in ordered]

    def is_held(part: _Part) -> bool:
        place = bisect_right(firsts, part.first) - 1
        return place >= 0 and part.first < ordered[place].last

    return [part for part in parts if not is_held(part)]
