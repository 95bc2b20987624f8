"""A name on the command line → the snapshot it names: a file, standard input, or a capture of the store."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from monitor.capture.from_file import STDIN, load
from monitor.errors import InputError, MonitorError
from monitor.model.snapshot import Capture, Snapshot
from monitor.watch.read_page import read_page

if TYPE_CHECKING:
    from datetime import date

    from monitor.model.page import Page
    from monitor.watch.project import Project


class Named(NamedTuple):
    """A snapshot; of one from the store also its capture, and its page where config.yaml has it."""

    snapshot: Snapshot
    capture: Capture | None = None
    page: Page | None = None


def load_named(name: str, project: Project, *, stdin: BinaryIO | None = None) -> Named:
    """The snapshot of that name. Raises InputError where there is none, StoreError where it is not as it was."""
    if name == STDIN or os.path.lexists(name):
        return Named(load(name, stdin=stdin))
    capture = capture_named(name, project)
    if capture is None:
        return Named(_load_missing(name, project))
    return Named(project.store.load(capture), capture, project.page(capture.page))


def capture_named(name: str, project: Project) -> Capture | None:
    """The capture that a reference names; None where the name is no reference. Raises InputError."""
    from monitor.watch.find_capture import find_capture, split  # noqa: PLC0415  most names are files

    reference = split(name)
    if reference is None:
        return None
    page, when = reference
    page = page or project.only_page()
    return find_capture(project.store, page, when, lambda capture: _page_day(capture, project))


def _page_day(capture: Capture, project: Project) -> date | None:
    """The date that the page shows as its own; None where it cannot be read, which is no reason to stop here."""
    try:
        return read_page(project.store.load(capture), project.page(capture.page)).page_day
    except MonitorError:
        return None


def _load_missing(name: str, project: Project) -> Snapshot:
    """What is neither a file nor a reference, unless the one appears at the last moment. Raises InputError."""
    try:
        return load(name)
    except InputError as error:
        if _is_page(name, project):
            what = f"{name}: there is no such file, but a page of that name in {project.store.folder}"
            raise InputError(what, f"name a capture of it, e.g. {name}@latest") from error
        raise


def _is_page(name: str, project: Project) -> bool:
    try:
        return bool(project.store.captures(name))
    except InputError:  # what stands in the store's place is no matter of who named a file
        return False
