"""Element → its parts: the text or attribute that each selector of a rule names inside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from bs4 import Tag
from soupsieve import SoupSieve

from monitor.model.blanks import collapse
from monitor.read.blocks import without_unseen
from monitor.read.html_blocks import read_html

# Where an element has the value in an attribute, though the rule names none.
_ATTRIBUTES = {"url": ("href", "src"), "date": ("datetime", "content"), "value": ("content",)}
# Parts whose text counts also where an attribute is named for them.
_SHOWN_BESIDE = ("date",)


class Parts(NamedTuple):
    """The texts by their part's name, as the page shows them, and what attributes say of the same."""

    texts: Mapping[str, str]
    attributes: Mapping[str, str]

    @property
    def found(self) -> set[str]:
        return {*self.texts, *self.attributes}


class Wanted(NamedTuple):
    """A part: its name, where it stands, and the attribute that has it, None for the text."""

    name: str
    selector: SoupSieve
    attribute: str | None


def parts_of(element: Tag, wanted: Iterable[Wanted], marker: str, left_out: Set[int]) -> Parts:
    """The parts that are there. What stands between marks, and has its identity in `left_out`, is not."""
    texts: dict[str, str] = {}
    values: dict[str, str] = {}
    for name, selector, attribute in wanted:
        inner = element if selector.pattern == ":scope" else _first(selector, element, left_out)
        value = _value(inner, name, attribute) if inner is not None else None
        if inner is None or (attribute is not None and value is None):
            continue
        if value:
            values[name] = value
        is_shown = attribute is None or name in _SHOWN_BESIDE
        text = text_of(inner, marker) if is_shown else ""
        if text:
            texts[name] = text
    return Parts(texts, values)


def _first(selector: SoupSieve, element: Tag, left_out: Set[int]) -> Tag | None:
    for inner in selector.iselect(element):
        if left_out.isdisjoint(map(id, (inner, *inner.parents))):
            return inner
    return None


def _value(element: Tag, name: str, attribute: str | None) -> str | None:
    if attribute is not None:
        return _attribute(element, attribute)
    for each in _ATTRIBUTES.get(name, ()):
        holder = element if element.has_attr(each) else element.select_one(f"[{each}]")
        holder = holder or (element.find_parent("a", href=True) if each == "href" else None)
        if holder is not None:
            return _attribute(holder, each)
    return None


def _attribute(element: Tag, name: str) -> str | None:
    value = element.get(name)
    return collapse(" ".join(value) if isinstance(value, list) else value or "") or None


def text_of(element: Tag, marker: str) -> str:
    """The text as a reader sees it, in one line, less what stands between marks."""
    if element.find(True) is None:
        return collapse(without_unseen(element.get_text()))
    html = re.sub(rf"(?s)<!--{marker}(\d+)\.-->.*?<!--{marker}/\1\.-->", "", element.decode())
    return " ".join(block.text for block in read_html(html).blocks) or collapse(without_unseen(element.get_text(" ")))
