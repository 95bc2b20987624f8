"""What is wrong in config.yaml → its line, its column, its key, what it is and what would be right."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from monitor.config.entries import ENTRIES, ConfigEntry, Entry
from monitor.errors import ConfigError

Location = tuple[int | str, ...]


class Problem(NamedTuple):
    """Where something is wrong, from 1, and what. They sort in the order of the file."""

    line: int
    column: int
    source: str
    key: str
    what: str

    def __str__(self) -> str:
        key = f"{self.key}: " if self.key else ""
        return f"{self.source}:{self.line}:{self.column}: {key}{self.what}"


def document_of(text: str, source: str) -> object:
    """The YAML, every mapping and sequence with its lines."""
    try:
        return YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        said = " ".join(str(error.problem or error.context or "no YAML").split())
        raise ConfigError([str(Problem(line, column, source, "", f"this is no YAML: {_plain(said)}"))]) from error
    except YAMLError as error:
        raise ConfigError(
            [str(Problem(1, 1, source, "", f"this is no YAML: {' '.join(str(error).split())}"))]
        ) from error


def _plain(said: str) -> str:
    """What the parser stumbled over, in words for who wrote the file."""
    told = {
        "duplicate key": "a key stands here twice; give each key once",
        "expected <block end>": "this line stands further in or out than its neighbours; put them below each other",
        "mapping values are not allowed": "a colon too many, or blanks too many before the line; "
        "quote a text with a colon in it",
        "cannot start any token": "a tab or a sign that may not begin a text; indent with blanks, and quote the text",
        "could not find expected ':'": "a key without its colon; write key: value",
        "found unexpected end of stream": "a quote or a bracket is opened and never closed; close it",
        "expected the node content": "a bracket is opened and never closed, or a sign stands alone; close it",
        "did not find expected": "a bracket or a comma is missing; close the bracket",
    }
    mend = next((plain for sign, plain in told.items() if sign in said), None)
    return mend or f"{said.replace('<', '').replace('>', '')}; mind the blanks at the lines' beginnings and the quotes"


def problem_of(error: ErrorDetails, document: object, source: str) -> Problem:
    location = error["loc"]
    line, column = _place(document, location)
    return Problem(line, column, source, ".".join(map(str, location)), _what(error, location))


def _what(error: ErrorDetails, location: Location) -> str:
    found, context = error["input"], error.get("ctx", {})
    shown = "is empty; fill it in" if found is None else f"must be a text, not {found!r}; put it in quotes"
    told: dict[str, Callable[[], str]] = {
        "extra_forbidden": lambda: _unknown(str(location[-1]), location),
        "missing": lambda: "is missing; add it",
        "value_error": lambda: str(context["error"]),
        "literal_error": lambda: f"{found!r} is none of those known; write {context['expected']}",
        "string_type": lambda: shown,
        "list_type": lambda: "must be a list; begin each entry with a dash",
        "model_type": lambda: f"must have keys of its own; {_keys(location)}",
    }
    return told.get(error["type"], lambda: error["msg"])()


def _unknown(key: str, location: Location) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only a mistyped key waits for it

    known = list(_entry(location[:-1]).model_fields)
    near = get_close_matches(key, known, n=1)
    return f"no such key; did you mean {near[0]}?" if near else f"no such key; {_keys(location[:-1])}"


def _keys(location: Location) -> str:
    return f"the keys here are {', '.join(_entry(location).model_fields)}"


def _entry(location: Location) -> type[Entry]:
    names = [each for each in location if isinstance(each, str)]
    return ENTRIES.get(names[-1] if names else "", ConfigEntry)


def repeated(at: int, document: object, source: str) -> Problem:
    location = ("pages", at, "id")
    line, column = _place(document, location)
    return Problem(line, column, source, f"pages.{at}.id", "another page has the same id; give each its own")


def _place(document: object, location: Location) -> tuple[int, int]:
    """The line and column, from 1, of what a location leads to, or of the nearest thing around it."""
    line, column = 0, 0
    for step in location:
        try:
            if isinstance(document, CommentedMap) and step in document:
                line, column = document.lc.key(step)
                document = document[step]
            elif isinstance(document, CommentedSeq) and isinstance(step, int):
                line, column = document.lc.item(step)
                document = document[step]
            else:
                break
        except (KeyError, IndexError, TypeError):
            break
    return line + 1, column + 1
