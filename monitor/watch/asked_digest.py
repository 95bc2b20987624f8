"""The words of a command line, or a reader's → which digest is wanted, and of which pages; and tags as words again."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import NamedTuple

from monitor.errors import InputError
from monitor.model.page import Page
from monitor.model.reader import Reader
from monitor.model.rules import shortened
from monitor.watch.followed import owner_of
from monitor.watch.project import Project

_MOST_NAMED = 20
_QUOTE = '"'


class Asked(NamedTuple):
    """Which digest is wanted: of which time, in the words of a command line, for whom, and of pages with which tags.

    Without `since` it begins where the reader's last digest ended, else yesterday.
    """

    since: str | None = None
    until: str | None = None
    reader: str | None = None
    tags: tuple[str, ...] = ()


def pages_asked(project: Project, reader: Reader | None, tags: Sequence[str]) -> list[Page]:
    """The pages of config.yaml, or where it has none those of the store, of which the reader is told.

    Raises InputError where there is none.
    """
    pages = list(project.config.pages) or _stored(project)
    if tags:
        pages = [page for page in pages if set(tags) & set(page.tags)]
    found = [page for page in pages if page.id in reader.pages] if reader else pages
    if not found:
        whom = f"the reader {reader.id}" if reader else "anybody"
        raise InputError(f"There is no page to tell {whom} of", "monitor add https://… proposes an entry for one")
    return found


def tags_asked(project: Project, asked: Sequence[str]) -> tuple[str, ...]:
    """The tags that are asked for: each a page's as it stands, or several with commas between them.

    Raises InputError where no page has one of them.
    """
    known = sorted({tag for page in project.config.pages for tag in page.tags})
    tags = tuple(tag for each in asked for tag in ([each] if each in known else _parted(each)))
    for tag in tags:
        if tag not in known:
            has = f"they have {', '.join(map(shortened, known[:_MOST_NAMED]))}" if known else "none has any"
            raise InputError(f"No page of {project.config.source} has the tag {shortened(tag)!r}", has)
    return tags


def joined(tags: Sequence[str]) -> str:
    """Tags as one text that `tags_asked` takes: a,b or "a,b",c."""
    return ",".join(f'"{tag.replace(_QUOTE, 2 * _QUOTE)}"' if set(tag) & {",", _QUOTE} else tag for tag in tags)


def _parted(tags: str) -> list[str]:
    """Tags with commas between them; one that has a comma itself in quotes."""
    return [tag.strip() for row in csv.reader([tags], skipinitialspace=True) for tag in row if tag.strip()]


def _stored(project: Project) -> list[Page]:
    """The pages of the store, but for what is kept of addresses that they led to."""
    return [Page(id_) for id_ in project.store.pages() if owner_of(id_) == id_]
