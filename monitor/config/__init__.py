"""config.yaml → Config: all its problems at once, each with its line, its column, its key and what would be right.

A problem reads `config.yaml:12:5: pages.0.lists.0.select: what is wrong; what to do`.

    document   what the YAML holds, and where
    entries    what may stand in it
    problems   what is wrong with it
"""

from __future__ import annotations

from pydantic import ValidationError

from monitor.config.entries import ConfigEntry, KeepEntry, PageEntry
from monitor.config.problems import document_of, problem_of, repeated
from monitor.errors import ConfigError, InputError
from monitor.model.page import Config, Keep, Page, Timestamps
from monitor.model.rules import CounterRule, FieldRule, LeadRule, ListRule, Rules

__all__ = ["load", "parse"]


def load(path: str) -> Config:
    """The config in a file. Raises InputError where it cannot be opened, ConfigError for what is wrong in it."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            text = file.read()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", "name the config with --config FILE") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8", "save it as UTF-8") from error
    return parse(text, path)


def parse(text: str, source: str = "config.yaml") -> Config:
    """The config that a text says; `source` is named in what is wrong with it. Raises ConfigError."""
    document = document_of(text, source)
    try:
        found = ConfigEntry.model_validate(document)
    except ValidationError as error:
        problems = sorted(problem_of(each, document, source) for each in error.errors(include_url=False))
        raise ConfigError([str(each) for each in problems]) from error
    pages = tuple(_page(each, source, found.keep) for each in found.pages)
    ids = [page.id for page in pages]
    twice = [str(repeated(at, document, source)) for at, name in enumerate(ids) if name in ids[:at]]
    if twice:
        raise ConfigError(twice)
    return Config(source=source, pages=pages, store=found.store, keep=_keep(found.keep), timestamps=_timestamps(found))


def _timestamps(found: ConfigEntry) -> Timestamps:
    return Timestamps(**found.timestamps.model_dump()) if found.timestamps else Timestamps()


def _page(entry: PageEntry, source: str, keep: KeepEntry | None) -> Page:
    rules = Rules(
        ignore=tuple(entry.ignore),
        only=tuple(entry.only),
        lists=tuple(ListRule(**each.model_dump()) for each in entry.lists),
        fields=tuple(FieldRule(**each.model_dump()) for each in entry.fields),
        counters=tuple(CounterRule(**each.model_dump()) for each in entry.counters),
        lead=LeadRule(**entry.lead.model_dump()) if entry.lead else None,
        source=f"{source}, page {entry.id}",
    )
    return Page(id=entry.id, title=entry.title, url=entry.url, rules=rules, keep=_keep(entry.keep or keep))


def _keep(entry: KeepEntry | None) -> Keep | None:
    return Keep(days=int(entry.days), then=entry.then) if entry else None
