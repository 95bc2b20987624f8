"""A reading → its articles: what its lists and its lead show, each once, with all the places where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from datetime import date, timedelta

from monitor.compare import links
from monitor.compare.fold import skeleton
from monitor.model.reading import Item, Lead, Reading

LEAD = -1  # the number of the lead among the lists


class Entry:
    """An item where it stands: `place` is the list's number (LEAD for the lead), `position` its number there.

    Two entries are the same only if they are one object. `link` identifies the item's address, None where it has none
    or its list uses the address for several items. `span` are the days its date can mean, of several days the first;
    `end` is the last day it lasts.
    """

    __slots__ = ("bones", "item", "link", "place", "position", "span")

    def __init__(self, item: Item, place: int, position: int, today: date | None) -> None:
        self.item = item
        self.place = place
        self.position = position
        self.bones = skeleton(item.title)
        self.link = links.identity(item.url) if item.url else None
        self.span = item.date.span(today) if item.date else None

    @property
    def end(self) -> date | None:
        days = self.item.date.days if self.item.date else 0
        return self.span[1] + timedelta(days=days) if self.span and days else self.span and self.span[1]


class Article:
    """All entries of one article on one side; `number` counts the articles in the order of the page.

    `lists` are the numbers of the lists that show it.
    """

    __slots__ = ("entries", "link", "lists", "number")

    def __init__(self, entries: tuple[Entry, ...], number: int) -> None:
        self.entries = entries
        self.number = number
        self.lists = frozenset([entry.place for entry in entries if entry.place != LEAD])
        self.link = next((entry.link for entry in entries if entry.link), None)

    @property
    def first(self) -> Entry:
        return self.entries[0]

    @property
    def is_lead(self) -> bool:
        return LEAD in [entry.place for entry in self.entries]

    @property
    def key(self) -> str | None:
        return next(filter(None, [entry.item.key for entry in self.entries]), None)

    @property
    def teaser(self) -> str | None:
        return next(filter(None, [entry.item.teaser for entry in self.entries]), None)

    @property
    def span(self) -> tuple[date, date] | None:
        return next(filter(None, [entry.span for entry in self.entries]), None)

    def at(self, place: int) -> Entry | None:
        for entry in self.entries:
            if entry.place == place:
                return entry
        return None


def articles_of(reading: Reading, today: date | None) -> tuple[Article, ...]:
    """The articles in the page's order, the lead first."""
    return _articles(_entries(reading, today))


def articles_of_both(
    before: tuple[Reading, date | None], after: tuple[Reading, date | None]
) -> tuple[tuple[Article, ...], tuple[Article, ...]]:
    """The articles of two readings. What is no item's address in a list of one side is none in the other's."""
    ours, theirs = _entries(*before), _entries(*after)
    loose = _loose_links(before[0], ours) | _loose_links(after[0], theirs)
    for reading, entries in ((before[0], ours), (after[0], theirs)) if loose else ():
        for entry in entries:
            if entry.link and entry.place != LEAD and (reading.lists[entry.place].heading, entry.link) in loose:
                entry.link = None
    return _articles(ours), _articles(theirs)


def _loose_links(reading: Reading, entries: Iterable[Entry]) -> set[tuple[str | None, str]]:
    """The addresses that are no item's, each with the heading of the list that gives it to several."""
    return {
        (reading.lists[entry.place].heading, links.identity(entry.item.url))
        for entry in entries
        if entry.item.url and not entry.link and entry.place != LEAD
    }


def _articles(entries: list[Entry]) -> tuple[Article, ...]:
    groups: dict[Hashable, dict[int, Entry]] = {}
    for entry, key in _keyed(entries):
        groups.setdefault(key, {}).setdefault(entry.place, entry)  # listed twice over in one list: once is enough
    return tuple([Article(tuple(places.values()), number) for number, places in enumerate(groups.values())])


def lead_item(lead: Lead) -> Item:
    """The lead as an item: its first paragraph is the teaser."""
    teaser = lead.paragraphs[0] if lead.paragraphs else None
    return Item(title=lead.title, date=lead.date, url=lead.url, teaser=teaser)


def _entries(reading: Reading, today: date | None) -> list[Entry]:
    entries = _entries_of([lead_item(reading.lead)], LEAD, today) if reading.lead else []
    for place, each in enumerate(reading.lists):
        entries += _entries_of(each.items, place, today)
    return entries


def _entries_of(items: Iterable[Item], place: int, today: date | None) -> list[Entry]:
    entries = [Entry(item, place, position, today) for position, item in enumerate(items)]
    shared = _shared_links(entries)
    for entry in entries if shared else ():
        if entry.link in shared:
            entry.link = None
    return entries


def _shared_links(entries: list[Entry]) -> set[str]:
    """Addresses that one list gives to different items: no address of any of them."""
    known = [entry.link for entry in entries if entry.link]
    if len(set(known)) == len(known):
        return set()
    several = {link for link, count in Counter(known).items() if count > 1}
    named: dict[str, set[Hashable]] = {}
    for entry in entries:
        if entry.link in several:
            named.setdefault(entry.link or "", set()).add((entry.bones, entry.span, entry.item.teaser))
    return {link for link, names in named.items() if len(names) > 1}


def _keyed(entries: list[Entry]) -> Iterator[tuple[Entry, Hashable]]:
    """Each entry with what makes it the same article as another: the address, else title and date."""
    repeated = _repeated_names(entries)
    linked: dict[Hashable, dict[str, set[int]]] = {}
    has_loose = any(not entry.link for entry in entries)
    for entry in entries if has_loose else ():
        if entry.link:
            linked.setdefault(_name(entry), {}).setdefault(entry.link, set()).add(entry.place)
    for entry in entries:
        if entry.link:
            yield entry, entry.link
            continue
        name = _name(entry)
        if not entry.bones or name in repeated:
            yield entry, (entry.place, entry.position)
        else:
            yield entry, _address_elsewhere(entry.place, linked.get(name, {})) or name


def _address_elsewhere(place: int, addresses: dict[str, set[int]]) -> str | None:
    """The one address that other lists give to the same title and date."""
    if len(addresses) != 1:
        return None
    address, places = next(iter(addresses.items()))
    return None if place in places else address


def _repeated_names(entries: list[Entry]) -> set[Hashable]:
    """Titles with dates that one list shows several times: they name no article."""
    counts = Counter([(entry.place, _name(entry)) for entry in entries if not entry.link])
    return {name for (_, name), count in counts.items() if count > 1}


def _name(entry: Entry) -> Hashable:
    return entry.bones, entry.span
