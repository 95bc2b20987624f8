"""Found list → ItemList: the title, date, link, teaser and labelled values of each record, and the closing link."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from monitor.model.reading import Figure, Item, ItemList, Link, When
from monitor.read.blocks import FURNITURE, Block, Stream, weight
from monitor.read.bylines import LONGEST_VALUE, labelled, read_byline
from monitor.read.colons import said_with_colons
from monitor.read.date_columns import leave_dates_in_titles
from monitor.read.figures import figure_of, told_apart
from monitor.read.lists import Found
from monitor.read.long_lines import date_of_line
from monitor.read.numbers import is_number
from monitor.read.ranks import numbered_title, without_ranks
from monitor.read.records import SIGNED
from monitor.read.traits import Trait
from monitor.read.units import Record
from monitor.read.year_heads import under_years

# "Read more", "Share", "PDF": what stands alike in so many records is the page's, not the item's.
SHARED_BY = 0.5
LONGEST_SHARED = 40
# A closing link is a few words: "all messages", "Weitere Meldungen".
LONGEST_MORE = 40
MOST_MORE_WORDS = 4
# What ends a sentence; a link that reads on ends in none, or in dots.
_STOPS = frozenset(".!?。！？")


class Items:
    """Turns found lists into lists of items, and says which blocks they used."""

    def __init__(self, stream: Stream, traits: list[Trait], free: bytearray, order: str) -> None:
        self.order = order
        self.blocks = stream.blocks
        self.traits = traits
        self.free = free
        self.is_linked = any(block.links for block in stream.blocks)
        self.said: frozenset[int] = frozenset()
        self.page_heading = next((i for i, b in enumerate(self.blocks) if b.level == 1 and b.region != FURNITURE), None)

    def take(self, found: Found, *, is_followed: bool) -> ItemList:
        """The list as items; its blocks, its closing link and its heading, if not the page's, are marked as used.

        `is_followed` where another list starts right after it: what stands there is an entry and closes nothing.
        """
        leave_dates_in_titles(found.records, self.traits, self.blocks)
        shared, bare = self._shared(found.records), self._bare(found.records)
        self.said = said_with_colons(found.records, self.blocks)
        items = under_years([self._item(record, shared, bare) for record in found.records], found.records, self.blocks)
        if found.first and self.blocks[found.first - 1].tag == "th":
            items = self._with_cells(items, found)
        self._mark(found.records)
        heading, more_above = self._heading(found.first)
        more = (None if is_followed else self._more(found)) or more_above
        return ItemList(items=tuple(without_ranks(items)), heading=heading, more=more, shared=tuple(sorted(shared)))

    def _mark(self, records: tuple[Record, ...]) -> None:
        """Mark the blocks of the entries as used, and what stands between them, but for the headings of groups."""
        start = records[0].first
        for record, following in pairwise(records):
            for index in range(record.last, following.first):
                if self.blocks[index].level:
                    self.free[start:index] = bytes(index - start)
                    start = following.first
                    break
        self.free[start : records[-1].last] = bytes(records[-1].last - start)

    def _with_cells(self, items: list[Item], found: Found) -> list[Item]:
        from monitor.read.headed import with_cells  # noqa: PLC0415  only a table with column names needs it

        return with_cells(items, found.records, self.blocks, self.traits)

    def _shared(self, records: tuple[Record, ...]) -> frozenset[str]:
        """The links that stand alike in most records ("Read more", "Share"); a text that does is a value they share."""
        tally: dict[str, int] = {}
        for first, last, title, _ in records:
            if last - first > 1:
                traits, blocks = self.traits, self.blocks
                links = [i for i in range(first, last) if traits[i].link is not None and i != title and self.free[i]]
                for text in {blocks[i].text for i in links}:
                    tally[text] = tally.get(text, 0) + 1
        least = max(2, SHARED_BY * len(records))
        return frozenset(text for text, count in tally.items() if count >= least and len(text) <= LONGEST_SHARED)

    def _bare(self, records: tuple[Record, ...]) -> frozenset[str]:
        """Where links without any text lead in several records: places that a script fills in, and no item's."""
        tally: dict[str, int] = {}
        for first, last, title, _ in records:
            if self.traits[title].link is None:
                links = (link for block in self.blocks[first:last] for link in block.links)
                for url in {link.url for link in links if link.url and not link.text}:
                    tally[url] = tally.get(url, 0) + 1
        return frozenset(url for url, count in tally.items() if count > 1)

    def _item(self, record: Record, shared: frozenset[str], bare: frozenset[str]) -> Item:
        trait = self.traits[record.title]
        link = trait.link or self._any_link(record, bare)
        title, beside = self._title(record.title)
        last = self.traits[record.last - 1]
        draft = _Draft(last.when if last.role == SIGNED else trait.when)
        long_dated: list[When] = []
        if beside and not draft.take_byline(beside, self.order):
            draft.teaser.append(beside)
        for index in range(record.first, record.last):
            if index == record.title or not self.free[index]:
                continue
            block, own = self.blocks[index], self.traits[index]
            if block.text in shared:
                continue
            if own.when is not None and draft.date is None and (own.is_date or len(block.text) < LONGEST_VALUE):
                draft.date = own.when
            elif draft.date is None and (when := date_of_line(block, own, self.order)):
                long_dated.append(when)
            if own.is_date and not own.title and not block.links:  # it says nothing else
                continue
            # A number alone above a title is a day or a rank.
            if not self._is_echo(block, own, link, title) and (index > record.title or not is_number(block.text)):
                text = draft.take_count(_told(block, own, link), block, link)
                draft.take(text, own, self.order, is_said=index in self.said)
        url = link.url if link else None
        date = self._under_head(draft.date or (long_dated[0] if len(long_dated) == 1 else None), record)
        return Item(title, date, url, " ".join(draft.teaser) or None, tuple(draft.values), told_apart(draft.figures))

    def _under_head(self, date: When | None, record: Record) -> When | None:
        """The date with what the date above the entry, or above it and its neighbours, says beyond it."""
        index = record.head if record.head >= 0 else record.first
        head = self.traits[index].when if self.traits[index].is_date else None
        if head is None or head is date or head.month is None or (record.head < 0 and date is None):
            return date
        if date is None:
            return head
        if date.month is None and date.ago is None and date.clock and head.day is not None:
            return head._replace(text=f"{head.text} {date.text}", clock=date.clock, utc_offset=date.utc_offset)
        return date

    def _title(self, index: int) -> tuple[str, str]:
        """The title, and what else stands on its line beside the link and the date."""
        block, trait = self.blocks[index], self.traits[index]
        whole = trait.title or block.text
        link = trait.link.text if trait.link is not None else ""
        if not link or link not in whole:
            return whole, ""
        title = self._without_date(link, trait.when)
        if len(link) == len(whole):
            return title, ""
        if whole.startswith(link) and not any(map(str.isalpha, link)) and any(map(str.isalpha, whole)):
            return numbered_title(whole, block), ""
        beside = whole.replace(link, " ", 1)
        beside = beside.strip(" \t|·•-–—:,;()[]")
        return title, beside if any(map(str.isalnum, beside)) else ""

    @staticmethod
    def _without_date(text: str, when: When | None) -> str:
        if when is None or not text.startswith(when.text):
            return text
        return text[len(when.text) :].strip(" \t|·•-–—:") or text

    def _any_link(self, record: Record, bare: frozenset[str]) -> Link | None:
        """The first link that leads anywhere; for a bare one the others, if these lead to one place."""
        links = [link for block in self.blocks[record.first : record.last] for link in block.links if link.url]
        others = [link for link in links if link.text or link.url not in bare]
        return others[0] if len({link.url for link in others}) == 1 else links[0] if links else None

    @staticmethod
    def _is_echo(block: Block, trait: Trait, link: Link | None, title: str) -> bool:
        """Whether a block is only the item's link again: "Read more", "Read more about …"."""
        own = trait.link
        if own is None or link is None or own.url != link.url:
            return False
        is_sentence = own.text[-1:] in _STOPS and " " in own.text
        if not is_sentence and weight(own.text) <= LONGEST_SHARED:
            return True
        return own.text == block.text and title in own.text and _says_little_besides(title, own.text)

    def _heading(self, first: int) -> tuple[str | None, Link | None]:
        """The heading right above a list, a closing link between the two allowed."""
        more: Link | None = None
        for index in range(first - 1, max(first - 3, -1), -1):
            block = self.blocks[index]
            if not self.free[index] or self.traits[index].is_date:
                break
            if block.level:
                self.free[index] = index == self.page_heading
                if more is not None:
                    self.free[index + 1] = 0
                return block.text, more
            if self.traits[index].role != "a" or len(block.text) > LONGEST_MORE:
                break
            more = self.traits[index].link
        return None, None

    def _more(self, found: Found) -> Link | None:
        """The closing link right after a list: a short line, in HTML a link, that is no entry itself."""
        index = found.last
        if index >= len(self.blocks) or not self.free[index]:
            return None
        block, trait = self.blocks[index], self.traits[index]
        is_near = block.region == self.blocks[found.first].region and not block.level and trait.when is None
        if not is_near or weight(block.text) > LONGEST_MORE or _no_closing_words().search(block.text):
            return None
        is_link = trait.link is not None and len(block.links) == 1
        if not is_link and (self.is_linked or not self._closes(found, block)):
            return None
        self.free[index] = 0
        return trait.link if is_link else Link(text=block.text)

    @staticmethod
    def _closes(found: Found, block: Block) -> bool:
        """Whether a line without a link reads as one: a few words of their own below dated entries."""
        is_dated = found.role in ("dated", "t", "date line", "labelled date line")
        return is_dated and block.gap and len(block.text.split()) <= MOST_MORE_WORDS


class _Draft:
    """What an item's blocks have said so far."""

    def __init__(self, date: When | None) -> None:
        self.date = date
        self.teaser: list[str] = []
        self.values: list[tuple[str, str]] = []
        self.figures: list[Figure] = []

    def take(self, text: str, trait: Trait, order: str, *, is_said: bool) -> None:
        """What a block of its own says: a figure, a value, a line of several parts, or text. What `is_said` is text."""
        if is_said:
            self.teaser.append(text)
            return
        is_whole_date = trait.is_date and not trait.title
        if is_whole_date or self.take_byline(text, order) or trait.is_date:
            return
        figure, value = figure_of(text), labelled(text)
        if figure is not None:
            self.figures.append(figure)
        elif value is not None:
            self.values.append(value)
        else:
            self.teaser.append(trait.title if trait.when is not None and trait.when is self.date else text)

    def take_count(self, text: str, block: Block, link: Link | None) -> str:
        """The text less a count that leads to a place on the item's own page: "Posted in News 5 Comments"."""
        address = link.url.partition("#")[0] if block.links and link is not None and link.url else None
        for each in block.links:
            if address and each.url and "#" in each.url and each.url.partition("#")[0] == address:
                figure = figure_of(each.text)
                if figure is not None and text != each.text:
                    self.figures.append(figure)
                    text = text.replace(each.text, "", 1).strip()
        return text

    def take_byline(self, text: str, order: str) -> bool:
        """Whether the text is made of such parts; they are kept, a date only where there is none yet."""
        byline = read_byline(text, order=order)
        if byline is None:
            return False
        self.date = self.date or byline.when
        self.figures.extend(byline.figures)
        self.values.extend(byline.values)
        self.teaser.extend(byline.rest)
        return True


def _told(block: Block, trait: Trait, link: Link | None) -> str:
    """What a block says, less the item's own link behind it: "Trams run again. Continue reading"."""
    if trait.when is not None or link is None or len(block.links) != 1 or block.links[0].url != link.url:
        return block.text
    again = block.links[0].text
    rest = block.text[: -len(again)].rstrip(" […]") if again and block.text.endswith(again) else ""
    return rest or block.text


def _says_little_besides(title: str, text: str) -> bool:
    """Whether a text with the title in it is a few words more, and no sentence that begins with the title."""
    before, _, behind = text.partition(title)
    is_sentence = behind[-1:] in _STOPS and behind[-2:] != ".." and any(map(str.isalnum, behind))
    return not is_sentence and weight(before + behind) <= LONGEST_SHARED


@cache
def _no_closing_words() -> re.Pattern[str]:
    """A sentence, a label, an address, a number and a copyright close no list."""
    return re.compile(r"[.!?:;]$|[@©:\d]")
