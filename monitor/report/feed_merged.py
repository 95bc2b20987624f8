"""A feed and the one before it → one feed: what was told last stands first, and what was told before is kept.

An entry stays as it was written, to the letter, under the id by which readers of feeds know it; so does the id of the
feed itself. Where both have an entry the newer one holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

from monitor.report.digest_as_atom import MOST, NAMESPACE

_ATOM = f"{{{NAMESPACE}}}"
_GENERATOR = "monitor"
_LARGEST = 50 * 1024**2  # letters; MOST entries have a hundredth of that


class _Entry(NamedTuple):
    updated: str
    id: str
    text: str


class _Feed(NamedTuple):
    """`head` is all before the first entry."""

    id: str
    head: str
    entries: list[_Entry]


def merged(newer: str, older: str) -> str:
    """The newer feed with the entries of the older one behind its own, MOST of them all together.

    Raises ValueError where the older one is no feed that this program wrote, or is broken.
    """
    new, old = _read(newer), _read(older)
    known = {entry.id: entry for entry in (*old.entries, *new.entries)}
    entries = sorted(known.values(), key=lambda entry: (entry.updated, entry.id), reverse=True)[:MOST]
    head = _with("id", old.id, new.head)
    if entries:
        head = _with("updated", entries[0].updated, head)
    return f"{head}{''.join(entry.text for entry in entries)}</feed>\n"


def _read(text: str) -> _Feed:
    if len(text) > _LARGEST or "<!DOCTYPE" in text:
        raise ValueError("it is too large, or declares what a feed does not")
    try:
        root = ET.fromstring(text)  # noqa: S314  it declares no entities
    except ET.ParseError as error:
        raise ValueError(f"it is no XML: {error}") from error
    own = root.findtext(f"{_ATOM}generator"), root.findtext(f"{_ATOM}id")
    if root.tag != f"{_ATOM}feed" or own[0] != _GENERATOR or not own[1]:
        raise ValueError("it is no feed of this program")
    texts = re.findall(r"(?ms)^  <entry>\n.*?^  </entry>\n", text)
    entries = list(_entries(root, texts))
    if len(texts) != len(root.findall(f"{_ATOM}entry")):
        raise ValueError("somebody else has written into it")
    return _Feed(own[1], text.partition("  <entry>\n")[0].removesuffix("</feed>\n"), entries)


def _entries(root: ET.Element, texts: list[str]) -> Iterator[_Entry]:
    for element, text in zip(root.findall(f"{_ATOM}entry"), texts, strict=False):
        yield _Entry(element.findtext(f"{_ATOM}updated") or "", element.findtext(f"{_ATOM}id") or "", text)


def _with(name: str, text: str, head: str) -> str:
    """The feed's head with another text in that element of it."""
    return re.sub(rf"(?<=^  <{name}>)[^<]*(?=</{name}>)", lambda _: text, head, count=1, flags=re.MULTILINE)
