"""A page that is watched: its id, its title, where it comes from, how to read it. And all of them: the config."""

from __future__ import annotations

from typing import NamedTuple

from monitor.model.rules import Rules


class Page(NamedTuple):
    """A page's entry in config.yaml. `id` is its short name, unique among the pages."""

    id: str
    title: str | None = None
    url: str | None = None
    rules: Rules = Rules()


class Config(NamedTuple):
    """What config.yaml says; `source` is the file."""

    source: str
    pages: tuple[Page, ...] = ()
