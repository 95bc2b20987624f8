"""Entries → the project's config.yaml, put in at the ends of its lists and written in one step."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from monitor.config.append import appended
from monitor.deliver.to_file import write
from monitor.errors import InputError
from monitor.watch.project import Project


def append_entries(project: Project, entries: Mapping[str, Sequence[str]]) -> None:
    """Put an entry more into each list named; all else in the file stays to the letter.

    A config that is not there is begun. Raises InputError where an entry can be put in by a person alone.
    """
    write(project.file, with_entries(project, entries).encode())


def with_entries(project: Project, entries: Mapping[str, Sequence[str]]) -> str:
    """What the file would be after that. Raises as `append_entries` does."""
    path = project.file
    text = ""
    if os.path.lexists(path):
        try:
            with open(path, encoding="utf-8", newline="") as file:
                text = file.read()
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path} cannot be read ({error})", "put the entry there by hand") from error
    return appended(text, path, entries)
