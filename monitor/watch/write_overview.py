"""How all pages stand → the index page of the reports, `index.html` in their folder, and one of each page's."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime

from monitor.deliver.to_file import make_folder, write
from monitor.model.filed import INDEX
from monitor.model.judgement import Place
from monitor.model.page import Page
from monitor.report import render_overview, render_reports
from monitor.store.catalogue.opened import Catalogue
from monitor.watch.tell_overview import tell_overview


def write_overview(
    place: Place, pages: Sequence[Page], catalogue: Catalogue | None, now: datetime, due: Mapping[str, datetime]
) -> str:
    """Write the index pages anew; the path of that of all pages. `due` is when pages are captured next, by id.

    Raises OutputError.
    """
    if catalogue:
        catalogue.catch_up()
    overview = tell_overview(pages, catalogue, place.reports, now, due)
    for page in overview.pages:
        if page.reports:
            _write_where_new(os.path.join(place.reports, page.id, INDEX), render_reports(page).encode())
    path = os.path.join(place.reports, INDEX)
    make_folder(place.reports)
    write(path, render_overview(overview, "html").encode())
    return path


def _write_where_new(path: str, content: bytes) -> None:
    """A page's list is as it was at most runs, and a disk is slower at writing than at reading."""
    try:
        with open(path, "rb") as file:
            is_new = file.read() != content
    except OSError:
        is_new = True
    if is_new:
        write(path, content)
