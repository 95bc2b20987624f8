"""What a page states for programs (JSON-LD, microdata, RDFa) → the dates of items that it shows without one.

Only an item on the page is completed, by its address or its title; none is made from these. What two statements say
differently is not used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from monitor.model.blanks import collapse
from monitor.model.reading import Item, ItemList, When

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

DEEPEST_DATA = 12
_TITLES = ("headline", "name", "title")
_ADDRESSES = ("url", "@id", "mainEntityOfPage")
_DATES = ("datePublished", "dateCreated", "uploadDate", "startDate")


class Fact(NamedTuple):
    """What is stated of one thing: title, address and day, as written; "" where it says none."""

    title: str
    url: str
    date: str


def completed(lists: tuple[ItemList, ...], scripts: tuple[str, ...], html: str) -> tuple[ItemList, ...]:
    """The lists, each undated item with the day that the page states for its address or its title."""
    if all(item.date for each in lists for item in each.items):
        return lists
    days = _days((*_from_scripts(scripts), *_from_markup(html)))
    return (
        tuple(each._replace(items=tuple(_dated(item, days) for item in each.items)) for each in lists)
        if days
        else lists
    )


def _dated(item: Item, days: dict[str, When | None]) -> Item:
    if item.date is not None:
        return item
    day = days.get(_address(item.url)) if item.url else None
    return item._replace(date=day or days.get(_name(item.title)))


def _days(facts: Iterable[Fact]) -> dict[str, When | None]:
    """The day of each address and title; None where several are stated."""
    days: dict[str, When | None] = {}
    for fact in facts:
        when = _day(fact.date)
        for name in (_address(fact.url), _name(fact.title)) if when else ():
            if name and days.setdefault(name, when) != when:
                days[name] = None
    return days


def _day(text: str) -> When | None:
    """The day alone: pages write it without its time, and both may show one article."""
    from monitor.read.formats.moments import moment  # noqa: PLC0415  few pages state what they do not show

    when = moment(collapse(text))
    if when is None or not when.is_full:
        return None
    return When(text=f"{when.year:04}-{when.month:02}-{when.day:02}", year=when.year, month=when.month, day=when.day)


def _address(url: str) -> str:
    """An address less scheme, `www.`, fragment and trailing slash; "" for a page's own parts and for mere names."""
    bare = url.strip().partition("#")[0].partition("://")
    rest = (bare[2] or bare[0]).removeprefix("www.").rstrip("/")
    return f"//{rest}" if "/" in rest else ""


def _name(title: str) -> str:
    return "".join(filter(str.isalnum, title)).casefold()


def _from_scripts(scripts: Iterable[str]) -> Iterator[Fact]:
    for script in scripts:
        start = re.search(r"[\[{]", script) if '"@type"' in script else None
        if start is None:
            continue
        import json  # noqa: PLC0415  few pages carry data

        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(script, start.start())
        except (ValueError, RecursionError):
            continue
        yield from _nodes(value, 0)


def _nodes(value: object, depth: int) -> Iterator[Fact]:
    if depth > DEEPEST_DATA:
        return
    if isinstance(value, dict):
        date = _said(value, _DATES)
        if date and "@type" in value:
            yield Fact(title=_said(value, _TITLES), url=_said(value, _ADDRESSES), date=date)
        for inner in value.values():
            yield from _nodes(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner, depth + 1)


def _said(node: dict[str, object], keys: Iterable[str]) -> str:
    for key in keys:
        value = node.get(key)
        value = value.get("@id") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            from html import unescape  # noqa: PLC0415  few pages carry data

            return unescape(value)
    return ""


def _from_markup(html: str) -> Iterator[Fact]:
    """What microdata and RDFa state in the attributes of elements."""
    scopes = [(key, scope) for key, scope in (("itemprop", "itemscope"), ("property", "typeof")) if scope in html]
    if not scopes or not any(name in html for name in _DATES) or not _stated_date().search(html):
        return
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415  a text capture need not pay for it

    for key, scope in scopes:
        selector = ", ".join(f'[{key}$="{name}"]' for name in _DATES)
        for node in LexborHTMLParser(html).css(selector):
            holder = _holder(node, scope)
            if holder is not None:
                yield _fact(node, holder, key)


def _holder(node: LexborNode, scope: str) -> LexborNode | None:
    holder: LexborNode | None = node
    while holder is not None and scope not in holder.attributes:
        holder = holder.parent
    return holder


def _fact(node: LexborNode, holder: LexborNode, key: str) -> Fact:
    title = holder.css_first(", ".join(f'[{key}$="{name}"]' for name in ("headline", "name")))
    url = holder.css_first(f'[{key}$="url"], a[href]')
    return Fact(
        title=_content(title) if title else "",
        url=(url.attributes.get("href") or url.attributes.get("content") or "") if url else "",
        date=_content(node),
    )


def _content(node: LexborNode) -> str:
    stated = node.attributes.get("content") or node.attributes.get("datetime")
    return stated or collapse(node.text())


@cache
def _stated_date() -> re.Pattern[str]:
    return re.compile(rf"(?:itemprop|property)\s*=\s*[\"']?(?:schema:)?(?:{'|'.join(_DATES)})\b")
