"""Scripts and attributes → the lists of items and the stamps in their data, for pages made in the browser.

Only data that the page does not show as well: what a reader sees is read from the blocks. Nothing is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import unescape
from typing import NamedTuple
from unicodedata import normalize

from monitor.model.blanks import collapse
from monitor.model.reading import Figure, Item, ItemList, Stamp, When
from monitor.read.data_arrays import FEWEST_RECORDS, SHORTEST_TITLE, Record, record_lists
from monitor.read.dates import read_date
from monitor.read.menus import FIRST_DENSE, MOST_MENU_WORDS

# A title is shorter than a paragraph.
LONGEST_TITLE = 250
# A key names a part of the items where so many of them have it.
SHARED_BY = 0.7
# A list that is on the page as text is read there; so many of its titles show that it is.
SHOWN_SHARE = 0.5
MOST_LISTS = 20
# What names a record for the program that made it.
KEYS = ("guid", "uuid", "id", "@id")
_OF_SCHEMA = ("@context", "@type")
LONGEST_NAME = 60

# Of a title that a page shortens, so many letters are enough to find it there.
LONGEST_SHOWN = 40
# Of a title cut off by an ellipsis so many letters must be left to know it by.
SHORTEST_START = 10


# A record as a reader would see it: the text of each key.
Said = dict[str, str]


class Shown(NamedTuple):
    """What a reader sees: the letters of all texts, the addresses of all links, what stands before an ellipsis."""

    letters: str
    addresses: frozenset[str]
    shortened: tuple[str, ...] = ()


class Parts(NamedTuple):
    """The keys of a list's records: which holds the title, the address, the date and the teaser."""

    title: str
    url: str | None
    date: str | None
    teaser: str | None


def find_embedded(
    scripts: tuple[str, ...], texts: Iterable[str], addresses: Iterable[str] = ()
) -> tuple[tuple[ItemList, ...], tuple[Stamp, ...]]:
    """The lists and stamps in the page's data; none that its `texts` or the `addresses` of its links show as well."""
    lists: list[ItemList] = []
    shown: Shown | None = None
    for records in record_lists(scripts):
        shown = shown or _shown(tuple(texts), addresses)
        _add(lists, records, shown)
    stamps = (stamp for script in scripts for stamp in _stamps(script)) if lists else ()
    return tuple(lists), tuple(dict.fromkeys(stamps))


def _add(lists: list[ItemList], records: list[Record], shown: Shown) -> None:
    found = _item_list(records, shown)
    if found is not None and len(lists) < MOST_LISTS and not any(_hold_the_same(found, each) for each in lists):
        lists.append(found)


def _hold_the_same(one: ItemList, other: ItemList) -> bool:
    """Whether one of two lists is the other, or a part of it: data often stand on a page several times."""
    short, long = sorted(({item.title for item in each.items} for each in (one, other)), key=len)
    return 2 * len(short & long) > len(short)


def _shown(texts: Sequence[str], addresses: Iterable[str]) -> Shown:
    cut = (_letters(_ellipsis().split(text, 1)[0]) for text in texts if "…" in text or "..." in text)
    return Shown(
        letters="".join(map(_letters, texts)),
        addresses=frozenset(map(_bare, addresses)),
        shortened=tuple({start for start in cut if len(start) >= SHORTEST_START}),
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, normalize("NFC", text))).casefold()


def _bare(address: str) -> str:
    """An address less scheme, host and what follows a mark."""
    rest = address.partition("#")[0].partition("://")
    return (rest[2].partition("/")[2] if rest[2] else rest[0].lstrip("/")).rstrip("/")


def _item_list(records: list[Record], shown: Shown) -> ItemList | None:
    said = [{key: _text(value) for key, value in record.items()} for record in records]
    parts = _parts(said)
    if parts is None:
        return None
    labels = _labels(records, parts)
    pairs = zip(records, said, strict=True)
    items = tuple(_item(record, texts, parts, labels) for record, texts in pairs if texts.get(parts.title))
    seen = sum(1 for item in items if _is_shown(item, shown))
    is_shown = seen >= SHOWN_SHARE * len(items)
    return None if is_shown or len({item.title for item in items}) < FEWEST_RECORDS else ItemList(items=items)


def _is_shown(item: Item, shown: Shown) -> bool:
    letters = _letters(item.title)[:LONGEST_SHOWN]
    is_text = letters in shown.letters or letters.startswith(shown.shortened)
    return is_text or (item.url is not None and _bare(item.url) in shown.addresses)


def _parts(said: list[Said]) -> Parts | None:
    """Which key is which, by what its values look like and by the words of schema.org and of feeds."""
    names = [key for key in said[0] if key not in _OF_SCHEMA]
    columns = {key: [texts.get(key, "") for texts in said] for key in names}
    columns = {key: values for key, values in columns.items() if sum(map(bool, values)) >= SHARED_BY * len(values)}
    leading = [key for key, values in columns.items() if _are(values, _is_address)]
    addresses = [key for key in leading if _are_varied(columns[key])]
    url = next((key for key in addresses if _address_name().search(key)), next(iter(addresses), None))
    date = next((key for key, values in columns.items() if _are(values, _is_date)), None)
    rest = {key: values for key, values in columns.items() if key != date and key not in leading}
    title = _title_key(rest)
    if title is None or (url is None and date is None):
        return None
    lengths = {key: sum(map(len, values)) for key, values in rest.items() if key != title}
    teaser = max(lengths, key=lambda key: lengths[key], default=None)
    if teaser is not None and lengths[teaser] < SHORTEST_TITLE * 2 * len(said):
        teaser = None
    if date is None and teaser is None and not _are_phrases(rest[title]):
        return None
    return Parts(title=title, url=url, date=date, teaser=teaser)


def _title_key(columns: dict[str, list[str]]) -> str | None:
    fitting = [key for key, values in columns.items() if _are_titles(values)]
    named = [key for key in fitting if _title_name().search(key)]
    return next(iter(named or fitting), None)


def _are_titles(values: list[str]) -> bool:
    mean = sum(map(len, values)) / len(values)
    return (
        SHORTEST_TITLE <= mean <= LONGEST_TITLE
        and _are_varied(values)
        and sum(" " in value for value in values) * 2 >= len(values)
    )


def _are_phrases(values: list[str]) -> bool:
    words = sum(len(value.split()) + sum(sign >= FIRST_DENSE for sign in value) / 2 for value in values)
    return words > MOST_MENU_WORDS * len(values)


def _are_varied(values: list[str]) -> bool:
    return len(set(values)) >= SHARED_BY * len(values)


def _are(values: list[str], test: object) -> bool:
    said = [value for value in values if value]
    return bool(said) and callable(test) and all(test(value) for value in said[:20])


def _is_address(value: str) -> bool:
    return " " not in value and value.startswith(("http://", "https://", "/"))


def _is_date(value: str) -> bool:
    when = _when(value)
    return when is not None and when.is_full


def _when(value: str) -> When | None:
    return read_date(value) if 6 <= len(value) <= 40 else None


def _text(value: object) -> str:
    """A scalar as a reader would see it; markup inside it is no part of it."""
    if isinstance(value, bool) or value is None or isinstance(value, (dict, list)):
        return ""
    text = str(value)
    if "<" in text:
        text = re.sub(r"<[^<>]*>", " ", text)
    return collapse(unescape(text) if "&" in text else text)


def _labels(records: list[Record], parts: Parts) -> frozenset[str]:
    """The keys of what the records say beside their parts."""
    keys = set[str]().union(*records)
    return frozenset(key for key in keys if key not in parts and key.casefold() not in (*_OF_SCHEMA, *KEYS))


def _item(record: Record, texts: Said, parts: Parts, labels: frozenset[str]) -> Item:
    values, figures = [], []
    for key, text in texts.items():
        if not text or key not in labels:
            continue
        value = record[key]
        if isinstance(value, (int, float)):
            figures.append(Figure(key, value, text))
        else:
            values.append((key, text))
    return Item(
        title=texts[parts.title],
        date=_when(texts.get(parts.date, "")) if parts.date else None,
        url=texts.get(parts.url) or None if parts.url else None,
        teaser=texts.get(parts.teaser) or None if parts.teaser else None,
        values=tuple(values), figures=tuple(figures),
        key=next((texts[key] for key in KEYS if texts.get(key)), None),
    )  # fmt: skip


def _stamps(script: str) -> Iterator[Stamp]:
    """Moments assigned to a name: `const LAST_UPDATE = "2026-03-06T07:32:37.641Z"`."""
    for moment in _moment().finditer(script):
        name = _name_before().search(script, max(0, moment.start() - LONGEST_NAME), moment.start())
        when = read_date(moment[1]) if name else None
        if name is not None and when is not None:
            yield Stamp(label=name[1], when=when)


@cache
def _address_name() -> re.Pattern[str]:
    return re.compile(r"(?i)^(?:url|link|href|permalink)$")


@cache
def _title_name() -> re.Pattern[str]:
    return re.compile(r"(?i)^(?:title|headline|name|subject|heading|titre|titel|t[ií]tulo|titolo|заголовок|标题)$")


@cache
def _ellipsis() -> re.Pattern[str]:
    return re.compile(r"…|\.\.\.")


@cache
def _moment() -> re.Pattern[str]:
    return re.compile(r"""["'](\d{4}-\d\d-\d\dT[\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)["']""")


@cache
def _name_before() -> re.Pattern[str]:
    return re.compile(r"(?<![\w$])([A-Za-z_$][\w$]{2,40})\s*=\s*$")
