"""Stream → the lists of items in it, found by their repetition: in the tree of HTML, in the lines of a text.

A record is a stretch of blocks with one title: a card, a row, a bullet, or a title with the lines under it. Siblings
that are such records by the same role make a list. Styling names, and what a page calls things, have no part in it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from monitor.read.blocks import BANNER, CONTENT, FURNITURE, Block, Node, Stream, weight
from monitor.read.traits import Trait

# Without dates it takes three to see a pattern; two dated entries in a row are one already.
FEWEST_UNDATED = 3
FEWEST_DATED = 2
# Menu entries are names ("About us", "Press releases"), titles are phrases.
LONGEST_MENU_TITLE = 24.0
MOST_MENU_WORDS = 4.5
# Between the links of an undated list stand teasers, not an article's paragraphs.
LONGEST_LOOSE_TEASER = 450.0
# A grid is cut in rows of so many at most.
WIDEST_ROW = 6
_MORE_WORDS = frozenset(
    ("more", "read more", "learn more", "continue reading", "full story", "details", "mehr", "weiterlesen", "mehr lesen",
     "lire la suite", "en savoir plus", "leer más", "ver más", "leggi tutto", "continua", "saiba mais", "lees meer",
     "więcej", "czytaj więcej", "подробнее", "далее", "читать далее", "читать полностью", "детальніше", "devamı", "läs mer",
     "阅读更多", "详细", "続きを読む", "اقرأ المزيد")
)  # fmt: skip
_ENTRY_TAGS = frozenset(("li", "tr", "article"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One entry: the blocks from `first` up to, not including, `last`; `title` is the index of its title's block."""

    first: int
    last: int
    title: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
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


class _Unit:
    """One child of a node, or one line: what a record could be made of."""

    __slots__ = ("date", "first", "is_list", "is_node", "last", "level", "role", "tag", "titles", "url", "weight")

    def __init__(self) -> None:
        self.first = self.last = 0
        self.role = ""
        self.titles: tuple[int, ...] = ()
        self.url: str | None = None
        self.level = 0
        self.date = False
        self.weight = 0.0
        self.is_node = False
        self.is_list = False
        self.tag = ""


_Part = TypeVar("_Part", _Unit, Found)


def find_lists(stream: Stream, traits: list[Trait], free: bytearray) -> list[Found]:
    """All lists among the blocks not used yet, in reading order, none inside another; menus among them."""
    search = _Search(stream.blocks, traits, free)
    for node in stream.nodes():
        search.look_into(node)
    found = sorted((each for lists in search.by_node.values() for each in lists), key=lambda each: each.first)
    return found if any(not each.is_menu for each in found) else _promoted(stream.blocks, found)


def _promoted(blocks: list[Block], menus: list[Found]) -> list[Found]:
    """On a page of nothing but short links the longest list of them is its content."""
    text = sum(weight(block.text) for block in blocks if not block.region)
    candidates = [each for each in menus if blocks[each.first].region == CONTENT and each.leads_away]
    longest = max(candidates, key=lambda each: len(each.records), default=None)
    if longest is None or 2 * sum(weight(blocks[i].text) for i in range(longest.first, longest.last)) < text:
        return menus
    return [replace(each, is_menu=False) if each is longest else each for each in menus]


class _Search:
    def __init__(self, blocks: list[Block], traits: list[Trait], free: bytearray) -> None:
        self.blocks = blocks
        self.traits = traits
        self.free = free
        self.units: dict[int, _Unit] = {}
        self.by_node: dict[int, list[Found]] = {}

    def look_into(self, node: Node) -> None:
        """Find the lists among the children of one node whose own nodes have been looked into."""
        units = self._expand(node)
        found: list[Found] = []
        free = units
        if sum(1 for unit in units if unit.role or unit.date) < FEWEST_DATED:
            self._keep(node, units, found)
            return
        for role, is_anchor in self._roles(units):
            if sum(map(is_anchor, free)) < FEWEST_DATED:
                continue
            for run in self._runs(free, role, is_anchor):
                made = self._make(run, role, is_anchor, node)
                if made is not None:
                    found.append(made)
            free = _outside(free, found) if found else free
        self._keep(node, units, found)

    def _keep(self, node: Node, units: list[_Unit], found: list[Found]) -> None:
        inner = [each for child in node.children if isinstance(child, Node) for each in self.by_node.pop(id(child), [])]
        kept = _outside(inner, found)
        every = sorted((*found, *kept), key=lambda each: each.first)
        every = self._join_rows(every) if len(every) > 1 else every
        if every:
            self.by_node[id(node)] = every
        unit = self._sum(node, units)
        unit.is_list = any(not each.is_menu for each in every)
        self.units[id(node)] = unit

    def _expand(self, node: Node) -> list[_Unit]:
        """The children as units; a wrapper that holds several titles and is no list itself gives its own children."""
        units: list[_Unit] = []
        for child in node.children:
            if isinstance(child, int):
                if self.free[child]:
                    units.append(self._of_block(child))
                continue
            unit = self.units[id(child)]
            if 1 < len(unit.titles) <= WIDEST_ROW and not unit.is_list and child.tag not in ("tr", "li"):
                units.extend(self._expand(child))
            else:
                units.append(unit)
        return self._unwrap(units, node)

    def _unwrap(self, units: list[_Unit], node: Node) -> list[_Unit]:
        """Entries that somebody put into a wrapper among their equals are entries still."""
        loose = {(unit.role, unit.tag) for unit in units if unit.role and not unit.is_list}
        if not loose or not any(unit.is_list for unit in units):
            return units
        opened: list[_Unit] = []
        for child_unit in units:
            inner = self._inner(child_unit, node) if child_unit.is_list else None
            if inner is None:
                opened.append(child_unit)
                continue
            parts = self._expand(inner)
            same = sum(1 for unit in units if (unit.role, unit.tag) == (parts[0].role, parts[0].tag) and unit.role)
            fits = all((part.role, part.tag) in loose for part in parts if part.role)
            opened.extend(parts if same >= FEWEST_DATED and fits else [child_unit])
        return opened

    def _inner(self, unit: _Unit, node: Node) -> Node | None:
        for child in node.children:
            if isinstance(child, Node) and self.units[id(child)] is unit:
                return child
        return None

    def _of_block(self, index: int) -> _Unit:
        block, trait = self.blocks[index], self.traits[index]
        unit = _Unit()
        unit.first, unit.last = index, index + 1
        unit.role, unit.level, unit.tag = trait.role, block.level, block.tag
        unit.titles = (index,) if trait.role else ()
        unit.url = trait.link.url if trait.link else None
        unit.date = trait.when is not None
        unit.weight = weight(block.text)
        return unit

    def _sum(self, node: Node, units: list[_Unit]) -> _Unit:
        """What the units of a node come to together."""
        whole = _Unit()
        whole.first, whole.last, whole.is_node, whole.tag = node.first, node.last, True, node.tag
        whole.weight = sum(unit.weight for unit in units)
        whole.date = any(unit.date for unit in units)
        whole.titles = self._main_titles(units)
        if whole.titles:
            lead = self.traits[whole.titles[0]]
            whole.level = self.blocks[whole.titles[0]].level
            whole.url = lead.link.url if lead.link else None
            whole.role = lead.role if len(whole.titles) == 1 else ""
        elif whole.date and whole.weight:
            whole.titles = self._dated_title(units)
            whole.role = "d" if whole.titles else ""
        return whole

    def _main_titles(self, units: list[_Unit]) -> tuple[int, ...]:
        """The titles that could name the whole: its highest headings, else its links, one for each address."""
        titles = [index for unit in units for index in unit.titles]
        levels = [self.blocks[index].level for index in titles if self.blocks[index].level]
        if levels:
            top = min(levels)
            return tuple(index for index in titles if self.blocks[index].level == top)[:8]
        by_url: dict[str, int] = {}
        for index in titles:
            link = self.traits[index].link
            key = (link.url or link.text) if link else self.blocks[index].text
            if key not in by_url or weight(self.traits[index].title) > weight(self.traits[by_url[key]].title):
                by_url[key] = index
        return self._heaviest(sorted(by_url.values())[:8])

    def _heaviest(self, titles: list[int]) -> tuple[int, ...]:
        """One title, where it is far longer than the rest (tags, author, 'Share'); else all of them."""
        if len(titles) < 2:
            return tuple(titles)
        by_weight = sorted(titles, key=lambda index: -weight(self.traits[index].title))
        if weight(self.traits[by_weight[0]].title) >= 2.2 * weight(self.traits[by_weight[1]].title):
            return (by_weight[0],)
        return tuple(titles)

    def _dated_title(self, units: list[_Unit]) -> tuple[int, ...]:
        for unit in units:
            for index in range(unit.first, unit.last):
                if not self.traits[index].is_date and len(self.blocks[index].text) > 3:
                    return (index,)
        return ()

    def _roles(self, units: list[_Unit]) -> list[tuple[str, Callable[[_Unit], bool]]]:
        """The roles that titles could share here, the most telling first: headings, entries, dates, links."""
        free = [unit for unit in units if not unit.is_list]
        levels = sorted({unit.role for unit in free if unit.role[:1] == "h"})
        roles: list[tuple[str, Callable[[_Unit], bool]]] = [(level, _has_role(level)) for level in levels]
        if any(unit.role and _is_entry(unit) for unit in free):
            roles.append(("entry", lambda unit: bool(unit.role) and unit.role[0] != "h" and _is_entry(unit)))
        roles.append(("dated", lambda unit: not unit.is_list and (unit.role == "d" or (unit.role == "a" and unit.date))))
        roles.extend((role, _has_role(role)) for role in ("t", "a"))
        if any(self._is_date_line(unit) for unit in free):
            roles.append(("date line", self._is_date_line))
        return roles

    def _is_date_line(self, unit: _Unit) -> bool:
        """Whether a unit is a date in a line of its own, and not the value of a label above it."""
        if unit.is_node or unit.role or not self.traits[unit.first].is_date:
            return False
        return not (unit.first and self.blocks[unit.first - 1].text.endswith(":"))

    def _runs(self, units: list[_Unit], role: str, is_anchor: Callable[[_Unit], bool]) -> list[list[_Unit]]:
        """Stretches of units that no heading, no other list and no article breaks."""
        level = int(role[1]) if role[0] == "h" else 7
        runs: list[list[_Unit]] = [[]]
        for unit in units:
            anchors = is_anchor(unit)
            if unit.is_list or (not anchors and unit.level and unit.level < level):
                runs.append([])
            elif not anchors and unit.weight > LONGEST_LOOSE_TEASER and role in ("a", "entry") and not self._is_dated(runs[-1]):
                runs.append([])
            else:
                runs[-1].append(unit)
        return [run for run in runs if sum(map(is_anchor, run)) >= FEWEST_DATED]

    @staticmethod
    def _is_dated(run: list[_Unit]) -> bool:
        return any(unit.date for unit in run)

    def _make(self, run: list[_Unit], role: str, is_anchor: Callable[[_Unit], bool], node: Node) -> Found | None:
        anchors = self._without_echoes([unit for unit in run if is_anchor(unit)])
        if len(anchors) < FEWEST_DATED:
            return None
        records = self._records(run, anchors, role)
        dated = sum(1 for record in records if self._has_date(record))
        if not self._is_list(records, anchors, dated):
            return None
        return Found(records=tuple(records), role=role, is_menu=self._is_menu(records, dated, node),
                     leads_away=self._leads_away(records))  # fmt: skip

    def _without_echoes(self, anchors: list[_Unit]) -> list[_Unit]:
        """The anchors less each "Read more" that leads where the title above it leads."""
        tally = Counter(self.blocks[unit.first].text for unit in anchors if not unit.is_node)
        kept: list[_Unit] = []
        for unit in anchors:
            is_second = bool(kept) and unit.url is not None and unit.url == kept[-1].url and not unit.is_node
            text = self.blocks[unit.first].text
            if is_second and not unit.date and (tally[text] > 1 or text.casefold().strip(" .…»>→") in _MORE_WORDS):
                continue
            kept.append(unit)
        return kept

    def _records(self, run: list[_Unit], anchors: list[_Unit], role: str) -> list[Record]:
        """Each anchor with what belongs to it: its own blocks, in flat markup also the lines up to the next."""
        is_loose = not any(_is_entry(unit) for unit in anchors)
        if not is_loose:
            return [Record(first=unit.first, last=unit.last, title=self._title_of(unit, role)) for unit in anchors]
        places = {id(unit): place for place, unit in enumerate(run)}
        starts = [self._start_of(run, places[id(unit)]) for unit in anchors]
        is_before = self._dates_come_first(run, places[id(anchors[0])], anchors, starts)
        firsts = [start if is_before else unit.first for start, unit in zip(starts, anchors, strict=True)]
        ends = [*firsts[1:], self._end_of(run, anchors, firsts, is_before=is_before)]
        return [
            Record(first=first, last=max(end, unit.last), title=self._title_of(unit, role, end))
            for first, end, unit in zip(firsts, ends, anchors, strict=True)
        ]

    def _title_of(self, unit: _Unit, role: str, end: int = 0) -> int:
        if role != "date line":
            return unit.titles[0]
        return next((i for i in range(unit.first + 1, end) if not self.traits[i].is_date), unit.first)

    def _start_of(self, run: list[_Unit], place: int) -> int:
        """Where the date lines right above the anchor at `place` begin."""
        while place and self._is_date_line(run[place - 1]):
            place -= 1
        return run[place].first

    def _dates_come_first(self, run: list[_Unit], first: int, anchors: list[_Unit], starts: list[int]) -> bool:
        above = sum(1 for start, unit in zip(starts, anchors, strict=True) if start < unit.first)
        return above * 2 >= len(anchors) and first > 0 and self._is_date_line(run[first - 1])

    def _end_of(self, run: list[_Unit], anchors: list[_Unit], firsts: list[int], *, is_before: bool) -> int:
        """Where the last record ends: it holds no more lines after its title than the longest before it."""
        ends = [*firsts[1:], run[-1].last]
        longest = max((end - unit.last for end, unit in zip(ends[:-1], anchors[:-1], strict=True)), default=0)
        last = min(anchors[-1].last + longest, run[-1].last)
        for index in range(anchors[-1].last, last):
            if self.blocks[index].level or (is_before and self.traits[index].is_date):
                return index
        return last

    def _has_date(self, record: Record) -> bool:
        return any(self.traits[index].when is not None for index in range(record.first, min(record.last, record.first + 12)))

    def _is_list(self, records: list[Record], anchors: list[_Unit], dated: int) -> bool:
        titles = {self.traits[record.title].title or self.blocks[record.title].text for record in records}
        if dated == len(records) >= FEWEST_DATED and len(titles) + len({unit.url for unit in anchors}) > FEWEST_DATED:
            return all(record.last - record.first > 1 or len(self.blocks[record.title].text) > 12 for record in records)
        linked = sum(1 for record in records if self.traits[record.title].link is not None)
        if max(linked, dated) < 0.6 * len(records) or len(records) < FEWEST_UNDATED:
            return False
        addresses = {unit.url for unit in anchors if unit.url}
        return len(titles) >= FEWEST_UNDATED and (len(addresses) >= FEWEST_UNDATED or dated > 0)

    def _is_menu(self, records: list[Record], dated: int, node: Node) -> bool:
        region = self.blocks[records[0].first].region or node.region
        if region == FURNITURE:
            return True
        if dated * 2 >= len(records):
            return False
        if region == BANNER:
            return True
        if not self._leads_away(records):
            return True
        titles = [self.traits[record.title].title for record in records]
        mean = sum(map(weight, titles)) / len(records)
        words = sum(len(title.split()) for title in titles) / len(records)
        text = sum(
            weight(self.blocks[i].text)
            for record in records
            for i in range(record.first, record.last)
            if i == record.title or self.traits[i].role != "a"
        )
        is_short = mean < LONGEST_MENU_TITLE or (words <= MOST_MENU_WORDS and mean < 2 * LONGEST_MENU_TITLE)
        return is_short and text < 2 * mean * len(records)

    def _leads_away(self, records: list[Record]) -> bool:
        links = [self.traits[record.title].link for record in records]
        return sum(1 for link in links if link is not None and (link.url or "#").startswith("#")) * 2 <= len(records)

    def _join_rows(self, lists: list[Found]) -> list[Found]:
        """The rows of a grid, put together: lists of one role and one length, one right after the other."""
        joined = [lists[0]]
        for found in lists[1:]:
            last = joined[-1]
            width = len(lists[0].records)
            is_row = len(last.records) % width == 0 and len(found.records) <= width <= WIDEST_ROW
            if is_row and last.last == found.first and last.role == found.role and last.is_menu == found.is_menu:
                joined[-1] = replace(last, records=(*last.records, *found.records))
            else:
                joined.append(found)
        return joined


def _has_role(role: str) -> Callable[[_Unit], bool]:
    return lambda unit: unit.role == role and not unit.is_list


def _is_entry(unit: _Unit) -> bool:
    """Whether the markup itself makes a unit a whole of its own."""
    return not unit.is_list and (unit.is_node or unit.tag in _ENTRY_TAGS)


def _outside(parts: list[_Part], lists: list[Found]) -> list[_Part]:
    """The units or lists that none of `lists` holds."""
    ordered = sorted(lists, key=lambda each: each.first)
    firsts = [each.first for each in ordered]

    def is_held(part: _Part) -> bool:
        place = bisect_right(firsts, part.first) - 1
        return place >= 0 and part.first < ordered[place].last

    return [part for part in parts if not is_held(part)]

