"""A page's source and its reading → where in the source each item stands, so that it can be cut out or copied."""

from __future__ import annotations

import html as entities
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urljoin

from benchmarks.markup import Element, elements, texts
from monitor.model.reading import Item, Reading

_WORD = re.compile(r"&(?:#?\w+);|\w+")
_HREF = re.compile(r'\bhref="([^"]*)"')


class Place(NamedTuple):
    """An item of a list and its stretch of the source; `words` are those of its title, from the first to the last."""

    list_number: int
    position: int
    item: Item
    start: int
    end: int
    words: tuple[tuple[int, int], ...]


class Source:
    """A page's source with its words, in texts or in scripts, and, where it is HTML, its elements."""

    def __init__(self, text: str, *, is_html: bool, url: str | None = None, in_scripts: bool = False) -> None:
        self.text = text
        self.is_html = is_html
        self.in_scripts = in_scripts
        self.url = url
        self.tree: list[Element] = elements(text) if is_html else []
        stretches = texts(text, self.tree) if is_html else [(0, len(text))]
        if in_scripts:
            stretches = [(each.inner, each.close) for each in self.tree if each.tag == "script"]
        self.words = [
            (_normal(match[0]), match.start(), match.end())
            for start, end in stretches
            for match in _WORD.finditer(text, start, end)
            if match[0][0] != "&"
        ]
        self.index: dict[str, list[int]] = defaultdict(list)
        for number, (word, _, _) in enumerate(self.words):
            self.index[word].append(number)

    def occurrences(self, title: str) -> list[int]:
        """The numbers of the words where this title starts."""
        wanted = words_of(title)
        if not wanted:
            return []
        last = len(wanted)
        return [n for n in self.index.get(wanted[0], ()) if [word for word, _, _ in self.words[n : n + last]] == wanted]


def words_of(text: str) -> list[str]:
    return [_normal(word) for word in re.findall(r"\w+", text)]


def _normal(word: str) -> str:
    return unicodedata.normalize("NFC", word)


def places(source: Source, reading: Reading) -> list[Place]:
    """Every item that stands in one place of the source, and whose place holds its date, link and teaser."""
    found = _places(source, reading)
    if found or not source.is_html:
        return found
    return _places(Source(source.text, is_html=True, url=source.url, in_scripts=True), reading)


def _places(source: Source, reading: Reading) -> list[Place]:
    titles = {item.title: source.occurrences(item.title) for each in reading.lists for item in each.items}
    starts = sorted({source.words[n][1] for numbers in titles.values() for n in numbers} | _dates(source, reading))
    found = []
    for number, each in enumerate(reading.lists):
        for position, item in enumerate(each.items):
            count = len(words_of(item.title))
            spots = [
                (stretch, n)
                for n in titles[item.title]
                if (
                    stretch := next(
                        (one for one in _stretches(source, n, starts, item) if _holds(source, one, item)), None
                    )
                )
            ]
            if len(spots) == 1 and _is_alone(item, titles[item.title], reading):
                (start, end), n = spots[0]
                words = tuple((first, last) for _, first, last in source.words[n : n + count])
                found.append(Place(number, position, item, start, end, words))
    return [each for each in found if not any(_overlap(each, other) for other in found if other is not each)]


def _dates(source: Source, reading: Reading) -> set[int]:
    """Where in plain text a line starts with the date of an item: titles may be broken by markup."""
    if source.is_html:
        return set()
    dates = {item.date.text for each in reading.lists for item in each.items if item.date}
    lines = re.finditer(r"^\s*(\S.*)$", source.text, re.MULTILINE)
    return {match.start(1) for match in lines if any(match[1].startswith(text) for text in dates)}


def _is_alone(item: Item, occurrences: list[int], reading: Reading) -> bool:
    """Whether the article stands nowhere else on the page, though others may bear the same title."""
    same = [other for each in reading.lists for other in each.items if other.title == item.title]
    return len(occurrences) == len(same) == len({other.url or (other.date and other.date.text) for other in same})


def _overlap(one: Place, other: Place) -> bool:
    return one.start < other.end and other.start < one.end


def _stretches(source: Source, word: int, starts: list[int], item: Item) -> Iterator[tuple[int, int]]:
    """What the item may span, the likeliest first."""
    first = source.words[word][1]
    if not source.is_html:
        found = _lines_of(source, first, starts, item)
        yield from (found,) if found else ()
        return
    if source.in_scripts:
        yield from _object_of(source.text, first)
        return
    own = _element_of(source, first, starts)
    later = next((start for start in starts if start > first), None)
    following = _element_of(source, later, starts) if later is not None else None
    if own:
        yield own.start, own.end
        if following and following.parent == own.parent:
            yield own.start, following.start


def _element_of(source: Source, first: int, starts: list[int]) -> Element | None:
    """The largest element around this offset that holds no other title."""
    chain = [element for element in source.tree if element.start <= first < element.end]
    largest = None
    for element in reversed(chain):
        if sum(element.start <= start < element.end for start in starts) > 1 or element.tag in ("body", "html"):
            break
        largest = element
    return largest


def _object_of(text: str, first: int) -> Iterator[tuple[int, int]]:
    """The record around this offset in the data of a script, with the comma after it."""
    start, end = text.rfind("{", 0, first), text.find("}", first)
    comma = re.compile(r"\s*,").match(text, end + 1)
    if start >= 0 and end >= 0 and comma and "}" not in text[start:first]:
        yield start, comma.end()


def _lines_of(source: Source, first: int, starts: list[int], item: Item) -> tuple[int, int] | None:
    """The lines from that of the date above the title, or the title's own, up to the next item's."""

    def beginning(offset: int) -> int:
        line = source.text.rfind("\n", 0, offset) + 1
        above = source.text.rfind("\n", 0, max(line - 1, 0)) + 1
        while item.date and item.date.text not in source.text[line:offset] and offset - above < 200 and above < line:
            if item.date.text in source.text[above:line]:
                return above
            line, above = above, source.text.rfind("\n", 0, max(above - 1, 0)) + 1
        return source.text.rfind("\n", 0, offset) + 1

    later = [start for start in starts if start > first]
    if not later or first >= source.text.rfind("\n", 0, later[0]) + 1:
        return None
    following = source.text.rfind("\n", 0, later[0]) + 1
    return beginning(first), following


def _holds(source: Source, stretch: tuple[int, int], item: Item) -> bool:
    """Whether the stretch shows the item's date, link and the start of its teaser and values."""
    raw = source.text[stretch[0] : stretch[1]]
    if item.url and source.is_html and item.url not in (raw if source.in_scripts else links(raw, source.url)):
        return False
    shown = entities.unescape(re.sub(r"<[^>]*>", " ", raw)) if source.is_html else raw
    if item.date and item.date.text not in " ".join(shown.split()) and item.date.text not in raw:
        return False
    given = set(pairwise(words_of(shown)))
    said = (item.teaser or "", *(f"{label} {value}" for label, value in item.values))
    return all(pair in given for text in said for pair in list(pairwise(words_of(text)))[:3])


def links(raw: str, url: str | None) -> list[str]:
    """The addresses of the links in a piece of HTML, absolute where the page's own is known."""
    return [urljoin(url, href) if url else href for href in map(entities.unescape, _HREF.findall(raw))]


def together(found: list[Place]) -> Iterator[list[Place]]:
    """The places of each list."""
    by_list: dict[int, list[Place]] = defaultdict(list)
    for place in found:
        by_list[place.list_number].append(place)
    yield from by_list.values()
