"""A project's catalogue → what only the monitor remembers, in a file: it cannot be made anew from the captures."""

from __future__ import annotations

from monitor.deliver.to_file import write
from monitor.errors import InputError
from monitor.watch.project import Project
from monitor.watch.read_captures import catalogue_of


def export_memory(project: Project, file: str) -> int:
    """Write the memory as JSON Lines, one line a row, in one step; how many rows there are.

    Raises InputError where there is no catalogue, OutputError where the file cannot be written.
    """
    with catalogue_of(project.store) as catalogue:
        if catalogue is None or not catalogue.is_open:
            what = f"The store {project.store.folder} has no catalogue that can be opened"
            raise InputError(what, "monitor reindex makes one, unless another process holds it")
        rows = catalogue.export_memory()
    write(file, "".join(f"{row}\n" for row in rows).encode())
    return len(rows)
