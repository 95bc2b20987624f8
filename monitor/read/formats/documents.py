"""A JSON value, or other XML as one → a reading. Arrays and maps of like objects are lists; single values go by path.

The order of keys has no part in it: what has no order is read in that of its names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from monitor.model.reading import Field, Figure, Item, ItemList, Reading, Section, Stamp, Suspicion, When
from monitor.read.formats.markup import paragraphs, plain
from monitor.read.formats.moments import epoch, moment
from monitor.read.formats.rows import Row, items_of, last_name
from monitor.read.formats.tables import table_of
from monitor.read.formats.xml_tree import Element

# A longer value is a text, and its edits are marked by word.
LONGEST_VALUE = 160
# A map of so many like objects, or of so many single values, is a list of them under their names.
FEWEST_LIKE = 3
FEWEST_ENTRIES = 30
SHARED_KEYS = 0.5
# Below that, what is inside is one value.
DEEPEST = 40
_TITLES = ("title", "headline", "name")
_FAULTS = ("error", "errors", "exception", "fault")


def read_document(value: object, bare: Reading) -> Reading:
    """What a value of dicts, lists, strings, numbers, bools and None says."""
    walk = _Walk()
    walk.take(value, ())
    title = _title(value)
    return bare._replace(
        title=title,
        stamps=tuple(walk.stamps),
        fields=tuple(each for each in walk.fields if each.value != title or last_name(each.label) not in _TITLES),
        figures=tuple(walk.figures),
        lists=tuple(walk.lists),
        sections=tuple(walk.sections),
        furniture=tuple(walk.furniture),
        suspicions=(*bare.suspicions, *_fault(value, walk)),
    )


class _Walk:
    """What was found so far."""

    def __init__(self) -> None:
        self.stamps: list[Stamp] = []
        self.fields: list[Field] = []
        self.figures: list[Figure] = []
        self.lists: list[ItemList] = []
        self.sections: list[Section] = []
        self.furniture: list[str] = []

    def take(self, value: object, path: tuple[str, ...]) -> None:
        if isinstance(value, dict):
            self._take_map(value, path)
        elif isinstance(value, list):
            self._take_array(value, path)
        elif value is not None:
            self._take_single(value, path)

    def _take_map(self, found: dict[str, object], path: tuple[str, ...]) -> None:
        names = sorted(found)
        inner = [found[name] for name in names]
        if _are_like(inner):
            rows = [_row(each) for each in inner]
            self._add_list(items_of(rows, is_ordered=False, names=list(map(plain, names))), path)
        elif len(inner) >= FEWEST_ENTRIES and not any(isinstance(each, (dict, list)) for each in inner):
            items = (Item(title=plain(name), values=_value(said(found[name])), key=name) for name in names)
            self._add_list(tuple(items), path)
        elif len(path) >= DEEPEST:
            self._add_text(said(found), path)
        else:
            for name in names:
                self.take(found[name], (*path, plain(name)))

    def _take_array(self, found: list[object], path: tuple[str, ...]) -> None:
        records = [each for each in found if isinstance(each, dict)]
        arrays = [each for each in found if isinstance(each, list)]
        singles = [each for each in found if not isinstance(each, (dict, list)) and each is not None]
        if records or not found:
            self._add_list(items_of([_row(each) for each in records], is_ordered=False), path)
        if arrays:
            table = table_of([[said(cell) for cell in row] for row in arrays])
            rows = [dict(zip(table.labels, row, strict=False)) for row in table.rows]
            self._add_list(items_of(rows, is_ordered=True), path)
        if singles and all(isinstance(each, (int, float)) for each in singles):
            self._add_text(", ".join(map(said, singles)), path)
        elif singles:
            self._add_list(tuple(Item(title=text) for text in map(said, singles) if text), path)

    def _take_single(self, value: object, path: tuple[str, ...]) -> None:
        label, text = label_of(path), said(value)
        when = _stamp(value, text, label)
        if not text:
            return
        if _token_name().search(last_name(label)):
            self.furniture.append(f"{label}: {text}")
        elif when is not None:
            self.stamps.append(Stamp(label=label, when=when))
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            self.figures.append(Figure(label=label, value=value, text=text))
        elif isinstance(value, str) and (len(text) > LONGEST_VALUE or len(paragraphs(value)) > 1):
            self._add_text(value, path)
        else:
            target = text if " " not in text and text.startswith(("http://", "https://")) else None
            self.fields.append(Field(label=label, value=text, target=target))

    def _add_list(self, items: tuple[Item, ...], path: tuple[str, ...]) -> None:
        self.lists.append(ItemList(items=items, heading=label_of(path) if path else None))

    def _add_text(self, text: str, path: tuple[str, ...]) -> None:
        self.sections.append(Section(heading=label_of(path) if path else None, paragraphs=paragraphs(text)))


def label_of(path: Sequence[str]) -> str:
    return ".".join(path) or "value"


def _value(text: str) -> tuple[tuple[str, str], ...]:
    return (("value", text),) if text else ()


def _are_like(inner: Sequence[object]) -> bool:
    """Whether all are objects, and each has most of the keys that any has."""
    maps = [each for each in inner if isinstance(each, dict)]
    if len(maps) < FEWEST_LIKE or len(maps) != len(inner):
        return False
    keys = {key for each in maps for key in each}
    return bool(keys) and all(len(each) >= SHARED_KEYS * len(keys) for each in maps)


def _row(record: object) -> Row:
    """The cells of an object by their path in it, in the order of their names."""
    return {label_of(path): text for path, text in _cells(record, ()) if text}


def _cells(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict) and len(path) < DEEPEST:
        for name in sorted(value):
            yield from _cells(value[name], (*path, plain(name)))
    else:
        yield path, said(value)


def said(value: object, depth: int = 0) -> str:
    """A value as a reader would see it: of what holds several, each, in the order of their names."""
    if value is None or depth > DEEPEST:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dict):
        named = ((plain(name), said(value[name], depth + 1)) for name in sorted(value))
        return ", ".join(f"{name}: {text}" for name, text in named if text)
    if isinstance(value, list):
        is_flat = not any(isinstance(each, (dict, list)) for each in value)
        return (", " if is_flat else "; ").join(filter(None, (said(each, depth + 1) for each in value)))
    return plain(str(value))


def _stamp(value: object, text: str, label: str) -> When | None:
    """The date of a value whose name says that it is when the document was made or touched."""
    if isinstance(value, bool) or not _stamp_name().search(last_name(label)):
        return None
    if isinstance(value, (int, float)):
        return epoch(value)
    when = moment(text)
    return when if when is not None and when.is_full else None


def _title(value: object) -> str | None:
    """What the document calls itself, at its top or one level below."""
    if not isinstance(value, dict):
        return None
    inner = [value, *(value[name] for name in sorted(value) if isinstance(value[name], dict))]
    if _are_like(inner[1:]):
        inner = inner[:1]
    found = (each[name] for each in inner for name in _TITLES if isinstance(each.get(name), str))
    return next((text for text in map(plain, found) if text and len(text) <= LONGEST_VALUE), None)


def _fault(value: object, walk: _Walk) -> Iterator[Suspicion]:
    """A document that is nothing but an error message is not the page."""
    if not isinstance(value, dict) or any(each.items for each in walk.lists if each.heading not in _FAULTS):
        return
    name = next((name for name in _FAULTS if value.get(name)), None)
    if name is not None and len(value) <= 6:
        words = said(value.get("message") or value[name])[:120]
        reason = f"The document says little but “{words}”: an error message, not the page."
        yield Suspicion(sign="error", reason=reason, quote=words)


def as_values(element: Element) -> object:
    """An XML element as a value: its text, or its attributes and children by name, repeated ones as a list."""
    children = list(element)
    if not children and not element.attributes:
        return element.text().strip() or None
    found: dict[str, object] = dict(element.attributes)
    for name in dict.fromkeys(each.name for each in children):
        values = [as_values(each) for each in element.all(name)]
        found[name] = values if len(values) > 1 else values[0]
    own = " ".join(part.strip() for part in element.parts if isinstance(part, str) and part.strip())
    return {**found, "text": own} if own else found


@cache
def _stamp_name() -> re.Pattern[str]:
    return re.compile(
        r"(?i)updat|modif|generat|refresh|fetched|retriev|built|build_?(?:date|time)|timestamp|last_?(?:run|check|seen|mod)"
        r"|^as_?of|^(?:now|time|ts|date|datetime|server_?time|current_?time|published|created|revised)(?:_?at|_?on)?$"
    )


@cache
def _token_name() -> re.Pattern[str]:
    """Names of what is another at each request and says nothing."""
    return re.compile(
        r"(?i)^(?:x_)?(?:request|trace|correlation|session|span|transaction)_?id$|nonce|csrf|_?token$|^etag$"
    )
