"""Scripts → the lists of items and the stamps in the data they carry, for pages whose text is made in the browser.

Only data that the page does not show as text as well: what a reader sees is read from the blocks. Nothing is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import NamedTuple

from monitor.model.reading import Figure, Item, ItemList, Stamp, When
from monitor.read.blocks import collapse
from monitor.read.dates import read_date

Record = dict[str, object]

FEWEST_RECORDS = 3
# A title is a phrase: longer than a name or a key, shorter than a paragraph.
SHORTEST_TITLE, LONGEST_TITLE = 15, 250
# A key names a part of the items where so many of them have it.
SHARED_BY = 0.7
# A list that is on the page as text is read there; so many of its titles show that it is.
SHOWN_SHARE = 0.5
# Scripts beyond this are programs and libraries with data for themselves.
LONGEST_SCRIPT = 20_000_000
MOST_LISTS = 20
LONGEST_NAME = 60
DEEPEST_DATA = 12


class Parts(NamedTuple):
    """The keys of a list's records: which holds the title, the address, the date and the teaser."""

    title: str
    url: str | None
    date: str | None
    teaser: str | None


def find_embedded(scripts: tuple[str, ...], texts: list[str]) -> tuple[tuple[ItemList, ...], tuple[Stamp, ...]]:
    """The lists and stamps in the page's scripts that its `texts` do not hold as well."""
    lists: list[ItemList] = []
    stamps: list[Stamp] = []
    shown = "\n".join(texts)
    for script in scripts:
        if len(script) > LONGEST_SCRIPT:
            continue
        for records in _record_lists(script):
            found = _item_list(records, shown)
            if found is not None and found not in lists and len(lists) < MOST_LISTS:
                lists.append(found)
        stamps.extend(_stamps(script) if lists else ())
    return tuple(lists), tuple(dict.fromkeys(stamps))


def _record_lists(script: str) -> Iterator[list[Record]]:
    """Every array of like objects in a script, wherever it is assigned or nested."""
    position = 0
    while (start := _data_start().search(script, position)) is not None:
        value, position = _decoded(script, start.start())
        yield from _arrays(value, 0)


def _decoded(script: str, start: int) -> tuple[object, int]:
    import json  # noqa: PLC0415  most pages carry no data

    try:
        return json.JSONDecoder().raw_decode(script, start)
    except (ValueError, RecursionError):
        return None, start + 1


def _arrays(value: object, depth: int) -> Iterator[list[Record]]:
    if depth > DEEPEST_DATA:
        return
    if isinstance(value, dict):
        for inner in value.values():
            yield from _arrays(inner, depth + 1)
    elif isinstance(value, list):
        records = [_unwrapped(each) for each in value if isinstance(each, dict)]
        if len(records) >= FEWEST_RECORDS and len(records) == len(value):
            yield records
        for inner in value:
            yield from _arrays(inner, depth + 1)


def _unwrapped(record: Record) -> Record:
    """The item itself in a schema.org ListItem or the like: an object whose one object value says it all."""
    inner = [each for each in record.values() if isinstance(each, dict)]
    texts = [each for each in record.values() if isinstance(each, str) and len(each) >= SHORTEST_TITLE]
    return inner[0] if len(inner) == 1 and not texts else record


def _item_list(records: list[Record], shown: str) -> ItemList | None:
    parts = _parts(records)
    if parts is None:
        return None
    items = tuple(_item(record, parts) for record in records if _text(record.get(parts.title)))
    is_shown = sum(1 for item in items if item.title in shown) >= SHOWN_SHARE * len(items)
    return None if is_shown or len({item.title for item in items}) < FEWEST_RECORDS else ItemList(items=items)


def _parts(records: list[Record]) -> Parts | None:
    """Which key is which, by what its values look like and by the words of schema.org and of feeds."""
    columns = {key: [_text(record.get(key)) for record in records] for key in records[0]}
    columns = {key: values for key, values in columns.items() if sum(map(bool, values)) >= SHARED_BY * len(values)}
    url = next((key for key, values in columns.items() if _are(values, _is_address)), None)
    date = next((key for key, values in columns.items() if _are(values, _is_date)), None)
    rest = {key: values for key, values in columns.items() if key not in (url, date) and not _are(values, _is_address)}
    title = _title_key(rest)
    if title is None or (url is None and date is None):
        return None
    lengths = {key: sum(map(len, values)) for key, values in rest.items() if key != title}
    teaser = max(lengths, key=lambda key: lengths[key], default=None)
    if teaser is not None and lengths[teaser] < SHORTEST_TITLE * 2 * len(records):
        teaser = None
    return Parts(title=title, url=url, date=date, teaser=teaser)


def _title_key(columns: dict[str, list[str]]) -> str | None:
    fitting = [key for key, values in columns.items() if _are_titles(values)]
    named = [key for key in fitting if _title_name().search(key)]
    return next(iter(named or fitting), None)


def _are_titles(values: list[str]) -> bool:
    mean = sum(map(len, values)) / len(values)
    is_varied = len(set(values)) >= SHARED_BY * len(values)
    return (
        SHORTEST_TITLE <= mean <= LONGEST_TITLE
        and is_varied
        and sum(" " in value for value in values) * 2 >= len(values)
    )


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
    return collapse(unescape(text))


def _item(record: Record, parts: Parts) -> Item:
    values, figures = [], []
    for key, value in record.items():
        if key in parts or key.casefold() in ("id", "guid", "uuid", "@id", "@type"):
            continue
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            figures.append(Figure(label=key, value=value, text=str(value)))
        elif text := _text(value):
            values.append((key, text))
    return Item(
        title=_text(record.get(parts.title)),
        date=_when(_text(record.get(parts.date))) if parts.date else None,
        url=_text(record.get(parts.url)) or None if parts.url else None,
        teaser=_text(record.get(parts.teaser)) or None if parts.teaser else None,
        values=tuple(values), figures=tuple(figures),
    )  # fmt: skip


def _stamps(script: str) -> Iterator[Stamp]:
    """Moments assigned to a name: `const LAST_UPDATE = "2026-03-06T07:32:37.641Z"`."""
    for moment in _moment().finditer(script):
        name = _name_before().search(script, max(0, moment.start() - LONGEST_NAME), moment.start())
        when = read_date(moment[1]) if name else None
        if name is not None and when is not None:
            yield Stamp(label=name[1], when=when)


@cache
def _data_start() -> re.Pattern[str]:
    return re.compile(r'\[\s*\{\s*"|\{\s*"@|(?<![^\s=(;])\{\s*"')


@cache
def _title_name() -> re.Pattern[str]:
    return re.compile(r"(?i)^(?:title|headline|name|subject|heading|titre|titel|t[ií]tulo|titolo|заголовок|标题)$")


@cache
def _moment() -> re.Pattern[str]:
    return re.compile(r"""["'](\d{4}-\d\d-\d\dT[\d:.]{5,15}(?:Z|[+-]\d\d:?\d\d)?)["']""")


@cache
def _name_before() -> re.Pattern[str]:
    return re.compile(r"(?<![\w$])([A-Za-z_$][\w$]{2,40})\s*=\s*$")
