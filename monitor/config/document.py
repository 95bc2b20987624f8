"""Text of config.yaml → its mappings, lists and texts, each with its place; or the one thing that makes it no YAML.

Every value is a text, or nothing: `2020-01-01`, `no` and `5` are what stands there. Tags, which would make other
things of them, are refused. What aliases repeat counts as often as it is repeated.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from monitor.model.rules import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

Place: TypeAlias = tuple[int, int]
Location: TypeAlias = tuple[int | str, ...]  # the keys and numbers on the way to an entry

# The rules of a page nest four deep; a file of so many entries, or letters, was not written by a person.
DEEPEST = 20
MOST_ENTRIES = 100_000
MOST_LETTERS = 2_000_000
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_TAGS = frozenset((None, "!", *(f"tag:yaml.org,2002:{each}" for each in ("str", "null", "seq", "map"))))


class Keys(dict[str, object]):
    """A mapping; `places` has the line and column of each key, from 1."""

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[str, Place] = {}


class Entries(list[object]):
    """A list; `places` has the line and column of each entry, from 1."""

    def __init__(self) -> None:
        super().__init__()
        self.places: list[Place] = []


class NoDocumentError(Exception):
    """What makes a text no config, and where; lines and columns from 1."""

    def __init__(self, place: Place, what: str) -> None:
        super().__init__(what)
        self.place, self.what = place, what


class _Made(NamedTuple):
    """A value, and how many values it holds, itself included."""

    value: object
    size: int


def document_of(text: str) -> object:
    """What the text says: Keys, Entries, a text, or None. Raises NoDocumentError."""
    if len(text) > MOST_LETTERS:
        raise NoDocumentError((1, 1), f"has more than {MOST_LETTERS:,} letters; shorten it")
    reading = _Reading(text)
    try:
        return reading.document()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else reading.place
        if mark and (tab := _tab_at(text, mark.line, mark.column)):
            raise NoDocumentError((place[0], tab), "this is no YAML: a tab stands here; use spaces") from error
        what = " ".join(str(error.problem or error.context or "no YAML").split())
        raise NoDocumentError(place, f"this is no YAML: {_plain(shortened(what, 200))}") from error
    except YAMLError as error:
        at = getattr(error, "position", 0)
        before = text[: at if isinstance(at, int) else 0]
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise NoDocumentError(
            place, f"the character {text[at : at + 1]!r} cannot stand in YAML; take it out"
        ) from error
    except (ValueError, OverflowError, RecursionError) as error:
        what = "what follows is no YAML; mind the escapes (\\x, \\u, \\U) in quotes"
        raise NoDocumentError(reading.place, what) from error


def _tab_at(text: str, line: int, column: int) -> int:
    """The column, from 1, of a tab at that place or in the line's indentation, or 0; the place counts from 0."""
    row = next(islice(text.splitlines(), line, None), "")
    indentation = row[: len(row) - len(row.lstrip())]
    return indentation.find("\t") + 1 or (column + 1 if row[column : column + 1] == "\t" else 0)


class _Reading:
    """The events of a text in turn, and what they made so far."""

    def __init__(self, text: str) -> None:
        self.events: Iterator[Event] = YAML(typ="rt").parse(text)
        self.place: Place = (1, 1)
        self.anchors: dict[str, _Made] = {}
        self.size = 0

    def document(self) -> object:
        made: object = None
        is_first = True
        for event in self.events:
            self._step(event)
            if isinstance(event, NodeEvent):
                made = self._made(event, 1).value
            elif isinstance(event, DocumentStartEvent):
                if not is_first:
                    self._refuse("another document begins here; a config is one: take the line --- out")
                is_first = False
        return made

    def _next(self) -> Event:
        event = next(self.events)
        self._step(event)
        return event

    def _step(self, event: Event) -> None:
        mark = event.start_mark
        self.place = (mark.line + 1, mark.column + 1)

    def _refuse(self, what: str) -> NoReturn:
        raise NoDocumentError(self.place, what)

    def _made(self, event: NodeEvent, depth: int) -> _Made:
        if depth > DEEPEST:
            self._refuse(f"stands more than {DEEPEST} deep in other entries; no key needs that")
        made = self._alias(event) if isinstance(event, AliasEvent) else self._node(event, depth)
        self.size += made.size if isinstance(event, AliasEvent) else 1
        if self.size > MOST_ENTRIES:
            self._refuse(f"from here on it holds more than {MOST_ENTRIES:,} entries, aliases (*) counted; shorten it")
        return made

    def _alias(self, event: AliasEvent) -> _Made:
        made = self.anchors.get(event.anchor)
        if made is None:
            name = shortened(event.anchor)
            self._refuse(f"this is no YAML: found undefined alias {name!r}; put &{name} before what it stands for")
        return made

    def _node(self, event: NodeEvent, depth: int) -> _Made:
        place, before = self.place, self.size
        self._check_tag(event)
        value: object
        if isinstance(event, ScalarEvent):
            value = None if event.style is None and event.value in _NOTHING else event.value
        elif isinstance(event, SequenceStartEvent):
            value = self._entries(depth)
        else:
            value = self._keys(depth)
        self.place, after = place, self.size
        made = _Made(value, 1 + after - before)
        if event.anchor is not None:
            self.anchors[event.anchor] = made
        return made

    def _check_tag(self, event: NodeEvent) -> None:
        tag = getattr(event, "tag", None)
        tag = None if tag is None else str(tag)
        if tag not in _TAGS:
            self._refuse(f"the tag {shortened(tag or '')} means nothing here; leave it out")

    def _entries(self, depth: int) -> Entries:
        entries = Entries()
        while isinstance(event := self._next(), NodeEvent):
            entries.places.append(self.place)
            entries.append(self._made(event, depth + 1).value)
        return entries

    def _keys(self, depth: int) -> Keys:
        keys = Keys()
        merged: list[Keys] = []
        while isinstance(event := self._next(), NodeEvent):
            place, key = self.place, self._key(event)
            value = self._value(depth)
            if key == "<<":
                merged.extend(self._merged(value, place))
            elif key in keys:
                raise NoDocumentError(
                    place, f"this is no YAML: {shortened(key)!r}: a key stands here twice; give each key once"
                )
            else:
                keys[key], keys.places[key] = value, place
        for each in merged:
            for key in each.keys() - keys.keys():
                keys[key], keys.places[key] = each[key], each.places[key]
        return keys

    def _value(self, depth: int) -> object:
        event = self._next()
        return self._made(event, depth + 1).value if isinstance(event, NodeEvent) else None

    def _key(self, event: NodeEvent) -> str:
        is_text = isinstance(event, ScalarEvent | AliasEvent)
        key = self._made(event, 1).value if is_text else None
        if not isinstance(key, str):
            self._refuse("a key must be a word before a colon; put it in quotes, or take it out")
        return key

    def _merged(self, value: object, place: Place) -> list[Keys]:
        found = [each for each in (value if isinstance(value, Entries) else [value]) if isinstance(each, Keys)]
        if not found:
            raise NoDocumentError(
                place, "<< takes keys over from elsewhere; write << : *NAME, with &NAME at those keys"
            )
        return found


def _plain(said: str) -> str:
    """What the parser stumbled over, in words for who wrote the file."""
    told = {
        "expected <block end>": "this line stands further in or out than its neighbours; put them below each other",
        "mapping values are not allowed": "a colon too many, or blanks too many before the line; "
        "quote a text with a colon in it",
        "cannot start any token": "a sign that may not begin a text; quote the text",
        "could not find expected ':'": "a key without its colon; write key: value",
        "found unexpected end of stream": "a quote or a bracket is opened and never closed; close it",
        "expected the node content": "a bracket is opened and never closed, or a sign stands alone; close it",
        "did not find expected": "a bracket or a comma is missing; close the bracket",
    }
    mend = next((plain for sign, plain in told.items() if sign in said), None)
    return mend or f"{said.replace('<', '').replace('>', '')}; mind the blanks at the lines' beginnings and the quotes"
