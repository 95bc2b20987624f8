"""Pages of a project's store → a package to hand over: their captures, and what proves them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor import __version__
from monitor.deliver.to_file import writing
from monitor.errors import InputError, MonitorError
from monitor.model.snapshot import Capture
from monitor.store.wacz import Packed, write_package
from monitor.watch.find_capture import captures_of_page
from monitor.watch.project import Project
from monitor.watch.read_page import read_page


def export_pages(project: Project, pages: Sequence[str], file: str, *, now: datetime) -> Packed:
    """Write all captures of the `pages`, of all pages where none is named, into a WACZ in one step.

    Raises InputError where there are none, StoreError where one is not as it was written, OutputError where the file
    cannot be written; then nothing is there that was not there before.
    """
    store = project.store
    named = list(dict.fromkeys(pages)) or store.pages()
    captures = [capture for page in named for capture in captures_of_page(store, page)]
    if not captures:
        raise InputError(f"The store {store.folder} is empty", "monitor import brings in what you have")

    def title_of(capture: Capture) -> str | None:
        return _title(capture, project)

    with writing(file) as out:
        return write_package(out, store, captures, title_of, created=now, software=f"monitor {__version__}")


def _title(capture: Capture, project: Project) -> str | None:
    """What the page calls itself; None where it cannot be read, which is no reason to hold a capture back."""
    snapshot = project.store.load(capture)
    try:
        return read_page(snapshot, project.page(capture.page)).title
    except MonitorError:
        return None
    except Exception:  # noqa: BLE001  a capture that trips the reader is evidence all the same
        return None
