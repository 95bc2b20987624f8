"""What is wrong in config.yaml → its line, its column, its key, what it is and what would be right."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pydantic_core import ErrorDetails

from monitor.config.document import Entries, Keys, Location, NoDocumentError, document_of as read_document
from monitor.config.unknown import keys_at, unknown_key
from monitor.errors import ConfigError
from monitor.model.rules import shortened

_CURLY_QUOTES = frozenset("“”„‟‘’‚‛")
_REFUSED = frozenset(("value_error", "literal_error", "extra_forbidden"))  # what a text may be refused by


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
    """The YAML, every mapping and list with its places. Raises ConfigError."""
    try:
        return read_document(text)
    except NoDocumentError as error:
        raise ConfigError([str(Problem(*error.place, source, "", error.what))]) from error


def problem_at(location: Location, what: str, document: object, source: str) -> Problem:
    """What is wrong there, with its place in the file."""
    line, column = _place(document, location)
    return Problem(line, column, source, ".".join(shortened(str(each)) for each in location), what)


def problem_of(error: ErrorDetails, document: object, source: str) -> Problem:
    """The same of what pydantic found."""
    return problem_at(error["loc"], _what(error), document, source)


def _what(error: ErrorDetails) -> str:
    found, context, location = error["input"], error.get("ctx", {}), error["loc"]
    shown = "is empty; fill it in" if found is None else f"must be a text, not {_shape(found)}"
    told: dict[str, Callable[[], str]] = {
        "extra_forbidden": lambda: unknown_key(location),
        "missing": lambda: "is missing; add it",
        "value_error": lambda: str(context["error"]),
        "literal_error": lambda: f"{_shown(found)} is none of those known; write {context['expected']}",
        "string_type": lambda: shown,
        "list_type": lambda: "must be a list; begin each entry with a dash",
        "model_type": lambda: f"{_bare(found)}; {keys_at(location)}",
    }
    if error["type"] in _REFUSED and (curly := _curly(location[-1] if error["type"] == "extra_forbidden" else found)):
        return curly
    return told.get(error["type"], lambda: error["msg"])()


def _curly(said: object) -> str:
    """What is wrong with a text that a program for letters has put into quotes of its own; else nothing."""
    if not isinstance(said, str) or said.strip()[:1] not in _CURLY_QUOTES:
        return ""
    return f"{said.strip()[0]} is a curly quote, and part of the text; write straight quotes, or none"


def _shape(found: object) -> str:
    return "keys" if isinstance(found, dict) else "a list"


def _shown(found: object) -> str:
    """A text in quotes, or what there is in place of one."""
    return repr(shortened(found)) if isinstance(found, str) else "a list or a key of keys" if found else "nothing"


def _bare(found: object) -> str:
    return "is empty; write keys with what belongs to them" if found is None else "must have keys of its own"


def _place(document: object, location: Location) -> tuple[int, int]:
    """The line and column, from 1, of what a location leads to, or of the nearest thing around it."""
    line, column = 1, 1
    for step in location:
        if isinstance(document, Keys) and step in document:
            (line, column), document = document.places[str(step)], document[str(step)]
        elif isinstance(document, Entries) and isinstance(step, int) and step < len(document):
            (line, column), document = document.places[step], document[step]
        else:
            break
    return line, column
