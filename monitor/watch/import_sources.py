"""The names given to an import → what they hold: files and folders of captures."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime

from monitor.capture.from_folder import captures_in
from monitor.errors import InputError
from monitor.model.page import ID_RULE, is_page_id
from monitor.watch.import_captures import Imported, import_files
from monitor.watch.project import Project


def import_sources(
    names: Sequence[str], page: str, project: Project, *, at: datetime | None = None, url: str | None = None
) -> Iterator[Imported]:
    """Put all that the names hold into the project's store as captures of the page, in order of time.

    Raises InputError where a name cannot be used at all, before anything is put in.
    """
    if not is_page_id(page):
        raise InputError(f"{page!r} is no page id", ID_RULE)
    paths, faults = [], []
    for name in names:
        if os.path.isdir(name):
            walked = captures_in(name)
            paths += walked.paths
            faults += walked.faults
        else:
            paths.append(name)
    if at is not None and len(paths) != 1:
        raise InputError(f"--at is the time of one capture, and {len(paths)} are given", "import them one by one")
    yield from (Imported(name, fault=fault) for name, fault in zip(names, faults, strict=False))
    configured = project.page(page)
    yield from import_files(project.store, page, paths, at=at, url=url or (configured.url if configured else None))
