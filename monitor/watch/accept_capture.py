"""A suspect capture → the page's new form, by somebody's word: what comes next is compared with it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from monitor.errors import InputError, OutputError
from monitor.model.judgement import Place
from monitor.report.wording import summary
from monitor.watch.find_capture import captures_of_page, split
from monitor.watch.find_gap import with_gap
from monitor.watch.line import Line
from monitor.watch.load_named import capture_named
from monitor.watch.read_captures import catalogue_of
from monitor.watch.step import Step
from monitor.watch.write_overview import write_overview
from monitor.watch.write_report import write_report

if TYPE_CHECKING:
    from monitor.model.page import Page
    from monitor.model.snapshot import Capture
    from monitor.store.catalogue.opened import Catalogue
    from monitor.store.folder import Store
    from monitor.watch.project import Project


class Accepted(NamedTuple):
    """The capture, why it was suspect, what differs from the page's old form, and lines on the catalogue.

    `before` is the last capture of the old form, `summary` what differs from it in a sentence, and `report` the file
    that tells it in full; a page that has no capture before this one has no old form.
    """

    capture: Capture
    reasons: tuple[str, ...]
    before: Capture | None = None
    summary: str = ""
    report: str | None = None
    notices: tuple[str, ...] = ()


def accept(project: Project, name: str, now: datetime) -> Accepted:
    """Take the page's newest capture, or the one that PAGE@DATE names, for the page's new form; `now` is in UTC.

    What came after it is compared anew, and what differs from the page's old form is told in a report.

    Raises InputError where there is no such capture, or nothing is doubted of it; OutputError where that cannot be
    remembered, or the report cannot be written: it is accepted all the same then.
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
        catalogue.settle_by_accepting(page.id)
        step = _compared_from(capture, catalogue, project.store, page)
        return _reported(project, page, step, catalogue, now)._replace(
            reasons=reasons, notices=tuple(catalogue.notices)
        )


def _meant(project: Project, name: str) -> Capture:
    found = capture_named(name, project) if split(name) else None
    return found or captures_of_page(project.store, name)[-1]


def _doubts(line: Line, capture: Capture) -> tuple[str, ...]:
    at = line.captures.index(capture)
    if fault := line.step(at).fault:
        raise InputError(fault, "accept a capture that can be read")
    return tuple(each.reason for each in line.doubts(at))


def _compared_from(capture: Capture, catalogue: Catalogue, store: Store, page: Page) -> Step:
    """What is kept of that capture and of those after it holds no more; what changed at that one, whole."""
    line = Line(catalogue, store, page)
    place = line.captures.index(capture)
    step = line.step(place, is_whole=True)
    for at in range(place + 1, len(line.captures)):
        line.step(at)
    return step


def _reported(project: Project, page: Page, step: Step, catalogue: Catalogue, now: datetime) -> Accepted:
    """What differs from the old form, in a report that the index leads to."""
    if step.before is None or step.comparison is None:
        return Accepted(step.capture, ())
    pair = (step.before, step.capture)
    comparison = with_gap(step.comparison, project.store, page, pair, catalogue, are_next_good=True)
    report = write_report(project.reports, step.capture, comparison)
    if pages := project.config.pages:
        write_overview(Place(project.store.folder, project.reports), pages, catalogue, now, {})
    return Accepted(step.capture, (), step.before, summary(comparison), report)


def _unwritable(store: Store) -> OutputError:
    return OutputError(f"the catalogue in {store.folder} cannot be written", "make room there, or see who may")
