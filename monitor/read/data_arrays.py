"""Scripts and attributes of a page → the arrays of like objects in their data. Nothing is run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape

Record = dict[str, object]

FEWEST_RECORDS = 3
# A title is a phrase: longer than a name or a key.
SHORTEST_TITLE = 15
# Scripts beyond this are programs and libraries with data for themselves.
LONGEST_SCRIPT = 20_000_000
DEEPEST_DATA = 12
# A value that turns out to be none is read in vain; so often a script's length, and a short one's, may be.
PATIENCE, SHORT_SCRIPT = 10, 1_000_000
# More things said one by one are no page's list.
MOST_SINGLES = 500
# What schema.org says of a page and not of what it lists.
_FRAME_TYPES = frozenset(
    "BreadcrumbList SiteNavigationElement WPHeader WPFooter WebSite SearchAction Organization FAQPage".split()
)


def record_lists(scripts: Iterable[str]) -> Iterator[list[Record]]:
    """Every array of like objects in the scripts, wherever it is assigned or nested, then what is said one by one."""
    singles: list[Record] = []
    for script in scripts:
        for value in _values(script):
            if isinstance(value, dict) and "@type" in value and len(singles) < MOST_SINGLES:
                singles.extend([value] if value not in singles and not _is_frame(value) else [])
            yield from _arrays(value, 0)
    yield from _by_type(singles)


def _values(script: str) -> Iterator[object]:
    """The values in JSON that stand in a script; what is left unread is a program, not data."""
    position, patience = 0, PATIENCE * len(script) + SHORT_SCRIPT
    while len(script) <= LONGEST_SCRIPT and (start := _data_start().search(script, position)) is not None:
        value, position, cost = _decoded(script, start.start())
        patience -= cost
        if patience < 0:
            return
        yield value


def data_attributes(html: str) -> tuple[str, ...]:
    """The values of attributes that hold an array of objects, or an object, in JSON."""
    if not may_hold_data(html):
        return ()
    values = (found[1] or found[2] for found in _attribute_data().finditer(html))
    return tuple(unescape(value) for value in values if "{" in value and len(value) <= LONGEST_SCRIPT)


def may_hold_data(html: str) -> bool:
    """Whether there is anything like a value in JSON in an attribute; most pages have none of the marks' beginnings."""
    return ("{&" in html and any(mark in html for mark in ("{&quot;", "{&#34;", "{&#x22;"))) or (
        _quoted_data().search(html) is not None
    )


@cache
def _quoted_data() -> re.Pattern[str]:
    """ "='{" or "='[", begun with the sign of these that few pages have."""
    return re.compile(r"'(?<==')[\[{]")


def _decoded(script: str, start: int) -> tuple[object, int, int]:
    """The value that begins there, None for none; where to look on, and how many letters were read for nothing."""
    import json  # noqa: PLC0415  most pages carry no data

    try:
        return *json.JSONDecoder().raw_decode(script, start), 0
    except json.JSONDecodeError as error:
        return None, start + 1, max(0, error.pos - start)
    except (ValueError, RecursionError):
        return None, start + 1, SHORT_SCRIPT // 100


def _arrays(value: object, depth: int) -> Iterator[list[Record]]:
    if depth > DEEPEST_DATA or (isinstance(value, dict) and _is_frame(value)):
        return
    if isinstance(value, list):
        records = [_unwrapped(each) for each in value if isinstance(each, dict) and not _is_frame(each)]
        if len(records) >= FEWEST_RECORDS and all(isinstance(each, dict) for each in value):
            yield from _by_type(records)
    for inner in _parts(value):
        yield from _arrays(inner, depth + 1)


def _parts(value: object) -> list[object]:
    """The objects and arrays in a value; most of what stands in one is neither."""
    inner: Iterable[object] = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [each for each in inner if isinstance(each, (dict, list))]


def _is_frame(record: Record) -> bool:
    kind = record.get("@type")
    return isinstance(kind, str) and kind in _FRAME_TYPES


def _by_type(records: list[Record]) -> Iterator[list[Record]]:
    """The records of each type that schema.org gives them: a graph holds pages, persons and articles side by side."""
    kinds: dict[str, list[Record]] = {}
    for record in records:
        kinds.setdefault(str(record.get("@type", "")), []).append(record)
    yield from (each for each in kinds.values() if len(each) >= FEWEST_RECORDS)


def _unwrapped(record: Record) -> Record:
    """The item itself in a schema.org ListItem or the like: an object whose one object value says it all."""
    inner = [each for each in record.values() if isinstance(each, dict)]
    if len(inner) != 1 or any(isinstance(each, str) and len(each) >= SHORTEST_TITLE for each in record.values()):
        return record
    return inner[0]


@cache
def _data_start() -> re.Pattern[str]:
    return re.compile(r'\[\s*\{\s*"|\{\s*"@|(?<![^\s=(;])\{\s*"')


@cache
def _attribute_data() -> re.Pattern[str]:
    """A value that begins like JSON: in double quotes its own are escaped, in single ones they are not."""
    return re.compile(
        r"""=\s*(?:"(\s*[\[{]\s*(?:\{\s*)?&(?:quot|\#34|\#x22);[^"]*)"|'(\s*[\[{]\s*(?:\{\s*)?"[^']*)')"""
    )
