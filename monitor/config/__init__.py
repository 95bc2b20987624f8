"""config.yaml → Config: all its problems at once, each with its line, its column, its key and what would be right.

A problem reads `config.yaml:12:5: pages.0.lists.0.select: what is wrong; what to do`.

    document   what the YAML holds, and where
    entries    what may stand in it, with rule_, request_ and expect_entries; made of shapes
    places, amounts, times, cron, sent   what its texts mean
    merged     a page and the defaults of all
    nouns      what the program works with
    checks     what entries say together
    problems   what is wrong with it
    schema     what may stand in it, as a JSON Schema
"""

from __future__ import annotations

from pydantic import ValidationError

from monitor.config.checks import cautions, clashes
from monitor.config.document import Entries, Keys
from monitor.config.entries import ConfigEntry
from monitor.config.nouns import config_of
from monitor.config.problems import document_of, problem_at, problem_of
from monitor.errors import ConfigError, InputError
from monitor.model.page import Config

__all__ = ["load", "parse"]


def load(path: str, *, is_begun: bool = False) -> Config:
    """The config in a file. One that `is_begun` may be without pages yet.

    Raises InputError where it cannot be opened, ConfigError for what is wrong in it.
    """
    try:
        with open(path, encoding="utf-8-sig") as file:
            text = file.read()
    except OSError as error:
        mend = "name the one you mean, by --config FILE where a command has it"
        raise InputError(f"{path} cannot be read: {error.strerror}", mend) from error
    except UnicodeDecodeError as error:
        raise InputError(_no_utf8(path, error), "save the file as UTF-8") from error
    return parse(text, path, is_begun=is_begun)


def _no_utf8(path: str, error: UnicodeDecodeError) -> str:
    """Where the first byte stands that is none of UTF-8, from 1, and which it is."""
    before = error.object[: error.start].decode("utf-8")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return f"{path}:{line}:{column}: the byte 0x{error.object[error.start]:02x} is not UTF-8"


def parse(text: str, source: str = "config.yaml", *, is_begun: bool = False) -> Config:
    """The config that a text says; `source` is named in what is wrong with it. Raises ConfigError."""
    document = document_of(text, source)
    return _checked(_with_pages(document) if is_begun else document, source)


def _with_pages(document: object) -> object:
    """The document, with an empty list where it has nothing under `pages`, or nothing at all."""
    made = Keys() if document is None else document
    if isinstance(made, Keys) and made.get("pages") is None:
        made["pages"] = Entries()
        made.places.setdefault("pages", (1, 1))
    return made


def _checked(document: object, source: str) -> Config:
    problems = [problem_at(location, what, document, source) for location, what in clashes(document)]
    try:
        config = config_of(ConfigEntry.model_validate(document), source)
    except ValidationError as error:
        problems += [problem_of(each, document, source) for each in error.errors(include_url=False)]
    if problems:
        raise ConfigError([str(each) for each in sorted(problems)])
    said = sorted(problem_at(location, what, document, source) for location, what in cautions(config))
    return config._replace(cautions=tuple(map(str, said)))
