"""A suspect capture → the page's new form, by somebody's word: what comes next is compared with it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from monitor.errors import InputError, OutputError
from monitor.watch.find_capture import captures_of_page, split
from monitor.watch.line import Line
from monitor.watch.load_named import capture_named
from monitor.watch.read_captures import catalogue_of

if TYPE_CHECKING:
    from monitor.model.page import Page
    from monitor.model.snapshot import Capture
    from monitor.store.catalogue.opened import Catalogue
    from monitor.store.folder import Store
    from monitor.watch.project import Project


class Accepted(NamedTuple):
    """The capture, why it was suspect, and lines on the catalogue."""

    capture: Capture
    reasons: tuple[str, ...]
    notices: tuple[str, ...] = ()


def accept(project: Project, name: str, now: datetime) -> Accepted:
    """Take the page's newest capture, or the one that PAGE@DATE names, for the page's new form; `now` is in UTC.

    What came after it is compared anew. Raises InputError where there is no such capture, or nothing is doubted of it;
    OutputError where that cannot be remembered.
    """
    capture = _meant(project, name)
    page = project.page_or_bare(capture.page)
    with catalogue_of(project.store) as catalogue:
        if catalogue is None or not catalogue.is_open:
            raise _unwritable(project.store)
        reasons = _doubts(Line(catalogue, project.store, page), capture)
        if not reasons:
            raise InputError(f"{capture.reference} is not suspect", "there is nothing to accept")
        if not catalogue.accept(page.id, capture.file, now):
            raise _unwritable(project.store)
        _compare_from(capture, catalogue, project.store, page)
        return Accepted(capture, reasons, tuple(catalogue.notices))


def _meant(project: Project, name: str) -> Capture:
    found = capture_named(name, project) if split(name) else None
    return found or captures_of_page(project.store, name)[-1]


def _doubts(line: Line, capture: Capture) -> tuple[str, ...]:
    at = line.captures.index(capture)
    if fault := line.step(at).fault:
        raise InputError(fault, "accept a capture that can be read")
    return tuple(each.reason for each in line.doubts(at))


def _compare_from(capture: Capture, catalogue: Catalogue, store: Store, page: Page) -> None:
    """What is kept of that capture and of those after it holds no more."""
    line = Line(catalogue, store, page)
    for at in range(line.captures.index(capture), len(line.captures)):
        line.step(at)


def _unwritable(store: Store) -> OutputError:
    return OutputError(f"the catalogue in {store.folder} cannot be written", "make room there, or see who may")
