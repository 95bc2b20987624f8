"""Two readings → the same two, without what the links of a page say of the visit: a session, a token, a moment.

Such a parameter has one value in all links of a capture and another one in the next. A value that differs from link to
link is an item's and stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from monitor.model.reading import Field, Item, ItemList, Lead, Link, Reading

_FEWEST = 3  # links that show that a value is no item's
_NEARLY_ALL = 0.8  # of the links: one item of five may be another one, or bear another title
_Said = tuple[str, str]  # what a link says, and its address


class _Visit(NamedTuple):
    """The parameters of the earlier visit, each with what the later one has for it, and the later addresses."""

    parameters: Mapping[str, str]
    addresses: frozenset[str]

    def later(self, url: str) -> str:
        """The address as the later capture has it, where it has it; else as it is."""
        moved = _moved(url, self.parameters) if "?" in url else url
        return moved if moved in self.addresses else url


def without_visits(before: Reading, after: Reading) -> tuple[Reading, Reading]:
    """Both readings; an address of the earlier one that is another only by the visit is written as the later has it."""
    ours, theirs = set(_queries(before)), set(_queries(after))
    if len(_paths(ours - theirs) & _paths(theirs - ours)) < _FEWEST:
        return before, after
    visit = _visit(ours, theirs)
    return (_as_later(before, visit), after) if visit else (before, after)


def _paths(links: Iterable[_Said]) -> set[_Said]:
    """What each says, and its address without the query: no more is asked of most pages."""
    return {(said, url.partition("?")[0]) for said, url in links}


def _queries(reading: Reading) -> Iterator[_Said]:
    """The links with a query that are compared, each with what it says."""
    for each in reading.lists:
        yield from [(item.title, item.url) for item in each.items if item.url and "?" in item.url]
        if each.more and each.more.url and "?" in each.more.url:
            yield each.more.text, each.more.url
    for field in reading.fields:
        if field.target and "?" in field.target:
            yield f"{field.label} {field.value}", field.target
    if reading.lead and reading.lead.url and "?" in reading.lead.url:
        yield reading.lead.title, reading.lead.url


def _visit(ours: set[_Said], theirs: set[_Said]) -> _Visit | None:
    """The visit, if links that say the same lead to the same place but for it: a new issue has other titles there."""
    earlier, later = _shared(ours), _shared(theirs)
    names = [name for name in earlier if later.get(name, earlier[name]) != earlier[name]]
    if not names:
        return None
    visit = _Visit(
        parameters={f"{name}={earlier[name]}": f"{name}={later[name]}" for name in names},
        addresses=frozenset(url for _, url in theirs),
    )
    met = [(said, moved) for said, url in ours if (moved := visit.later(url)) != url]
    alike = sum(1 for each in met if each in theirs)
    return visit if alike >= max(_FEWEST, _NEARLY_ALL * len(met)) else None


def _shared(links: Iterable[_Said]) -> dict[str, str]:
    """The parameters that nearly all links which have them give one value, with it, if it is one of a visit."""
    values: dict[str, Counter[str]] = {}
    for url in {url for _, url in links}:
        for part in _parts(url)[1]:
            name, _, value = part.partition("=")
            values.setdefault(name, Counter())[value] += 1
    return {
        name: value
        for name, counts in values.items()
        for value, count in counts.most_common(1)
        if count >= max(_FEWEST, _NEARLY_ALL * counts.total()) and _is_of_visit(value)
    }


def _is_of_visit(value: str) -> bool:
    """Whether no reader could have chosen it: a shorter one may be a language, a year, a day or an edition."""
    return bool(_token().fullmatch(value))


@cache
def _token() -> re.Pattern[str]:
    """Seconds since 1970, or sixteen letters and digits, both among them."""
    return re.compile(r"\d{10,}|(?=\D*\d)(?=[^A-Za-z]*[A-Za-z])[0-9A-Za-z_-]{16,}")


def _parts(url: str) -> tuple[str, list[str], str]:
    """The address up to its query, the parameters, and the rest with its "#"."""
    where, _, query = url.partition("?")
    query, mark, place = query.partition("#")
    return where, query.split("&"), mark + place


def _moved(url: str, parameters: Mapping[str, str]) -> str:
    where, parts, rest = _parts(url)
    return f"{where}?{'&'.join([parameters.get(part, part) for part in parts])}{rest}"


def _as_later(reading: Reading, visit: _Visit) -> Reading:
    return reading._replace(
        fields=tuple([_field(each, visit) for each in reading.fields]),
        lead=_lead(reading.lead, visit),
        lists=tuple([_list(each, visit) for each in reading.lists]),
    )


def _field(field: Field, visit: _Visit) -> Field:
    return field._replace(target=visit.later(field.target)) if field.target else field


def _lead(lead: Lead | None, visit: _Visit) -> Lead | None:
    return lead._replace(url=visit.later(lead.url)) if lead and lead.url else lead


def _list(each: ItemList, visit: _Visit) -> ItemList:
    return each._replace(items=tuple([_item(item, visit) for item in each.items]), more=_link(each.more, visit))


def _item(item: Item, visit: _Visit) -> Item:
    return item._replace(url=visit.later(item.url)) if item.url else item


def _link(link: Link | None, visit: _Visit) -> Link | None:
    return link._replace(url=visit.later(link.url)) if link and link.url else link
