"""What one run came to, and how the pages stand → the file for Prometheus' node exporter, where config.yaml names one.

For a run that ends; one that stays counts by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from monitor.deliver.to_prometheus import State, write_textfile
from monitor.model.outcome import BLIND, Outcome
from monitor.store.catalogue.opened import Catalogue, open_catalogue
from monitor.watch.project import Project


def write_metrics(project: Project, outcomes: Sequence[Outcome], due: Mapping[str, datetime]) -> None:
    """Write the file, once the outcomes are in; `due` is when pages are captured next, by id.

    Raises OutputError where it cannot be written, InputError where the extra is missing.
    """
    if project.textfile is None:
        return
    catalogue = open_catalogue(project.store)
    failing, good = _known(catalogue) if catalogue else (set[str](), dict[str, datetime]())
    failing |= {each.page for each in outcomes if each.result in BLIND}
    ids = {page.id for page in project.config.pages if page.url}
    last = {page: at for page, at in good.items() if page in ids}
    state = State(len(ids), frozenset(failing & ids), last, min(due.values(), default=None))
    write_textfile(project.textfile, outcomes, state)


def _known(catalogue: Catalogue) -> tuple[set[str], dict[str, datetime]]:
    with catalogue:
        return {each.page for each in catalogue.open_failures()}, catalogue.last_success()
