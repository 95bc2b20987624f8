"""How all pages stand → index.html in the folder of the reports, the page that is opened every morning."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from monitor.deliver.to_file import write
from monitor.model.overview import Overview
from monitor.report import render_overview
from monitor.store.catalogue.opened import Catalogue
from monitor.watch.project import Project
from monitor.watch.read_captures import catalogue_of
from monitor.watch.tell_overview import INDEX, tell_overview

_NO_TIMES: Mapping[str, datetime] = MappingProxyType({})


def write_index(
    project: Project, now: datetime, due: Mapping[str, datetime] = _NO_TIMES, catalogue: Catalogue | None = None
) -> Overview:
    """Write it, in place of the one that was there, and tell what it says; `due` is when pages come next, by their ids.

    Without an open `catalogue` the store's own is opened for it. Raises OutputError where it cannot be written.
    """
    if catalogue is None:
        with catalogue_of(project.store) as opened:
            overview = _told(project, opened, now, due)
    else:
        overview = _told(project, catalogue, now, due)
    os.makedirs(project.reports, exist_ok=True)
    write(os.path.join(project.reports, INDEX), render_overview(overview, "html").encode())
    return overview


def _told(project: Project, catalogue: Catalogue | None, now: datetime, due: Mapping[str, datetime]) -> Overview:
    if catalogue:
        catalogue.catch_up()
    return tell_overview(project.config.pages, catalogue, project.reports, now, due)
