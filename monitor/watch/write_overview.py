"""How all pages stand → the index page of the reports, `index.html` in their folder."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime

from monitor.deliver.to_file import make_folder, write
from monitor.model.judgement import Place
from monitor.model.page import Page
from monitor.report import render_overview
from monitor.store.catalogue.opened import Catalogue
from monitor.watch.tell_overview import INDEX, tell_overview


def write_overview(
    place: Place, pages: Sequence[Page], catalogue: Catalogue | None, now: datetime, due: Mapping[str, datetime]
) -> str:
    """Write the index page anew; its path. `due` is when pages are captured next, by id. Raises OutputError."""
    if catalogue:
        catalogue.catch_up()
    overview = tell_overview(pages, catalogue, place.reports, now, due)
    path = os.path.join(place.reports, INDEX)
    make_folder(place.reports)
    write(path, render_overview(overview, "html").encode())
    return path
