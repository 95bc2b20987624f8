"""A page's newest captures → what they mean, each told of once: compared with the last good one, its report written.

Made for a process of its own: what it takes and gives can be handed from one process to another.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache

from monitor.deliver.to_file import write
from monitor.errors import MonitorError
from monitor.model.change import Significance
from monitor.model.comparison import Comparison, Verdict
from monitor.model.delivery import Message
from monitor.model.judgement import Judged, Judgement, Place
from monitor.model.outcome import Result
from monitor.model.page import Page
from monitor.model.snapshot import Capture
from monitor.report import render
from monitor.report.wording import summary
from monitor.store import names
from monitor.store.catalogue.marks import NOTHING
from monitor.store.catalogue.opened import Catalogue, open_catalogue
from monitor.store.folder import Store
from monitor.watch import follow_documents, follow_items
from monitor.watch.alerts import alerts_of
from monitor.watch.compare_latest import compare_since
from monitor.watch.find_gap import with_gap
from monitor.watch.line import Step
from monitor.watch.span import span_after
from monitor.watch.tell_overview import INDEX
from monitor.watch.write_overview import write_overview

_RESULTS = {
    Verdict.SUSPECT: Result.SUSPECT,
    Verdict.CHANGED: Result.CHANGED,
    Verdict.ROUTINE: Result.ROUTINE,
    Verdict.IDENTICAL: Result.IDENTICAL,
}


def judge(place: Place, page: Page, faults: Mapping[str, str] | None = None) -> Judgement:
    """Compare the page's captures behind its mark, write their reports, and move the mark; with it, in one transaction,
    what readers are to be told at once is put into the outbox.

    Where items or documents are to be asked for, that is all it says; called again with `faults` (why addresses gave no
    answer, empty where all did) it tells. Killed at any moment, it does the same once more when it is called again.
    """
    try:
        return _Bench(place, page).judge(faults)
    except MonitorError as error:
        return Judgement(fault=str(error))


def show_all(place: Place, pages: Sequence[Page], now: datetime, due: Mapping[str, datetime]) -> str | None:
    """Write the index page of the reports; its path, None where it could not be written."""
    try:
        return write_overview(place, pages, _catalogue(place.store), now, due)
    except MonitorError:
        return None


class _Bench:
    """One page before the judge."""

    def __init__(self, place: Place, page: Page) -> None:
        self._place, self._page = place, page
        self._store = Store(place.store)
        self._catalogue = _catalogue(place.store)
        self._alerts: list[tuple[Message, datetime]] = []  # of all captures that are told of, with when each is sent

    def judge(self, faults: Mapping[str, str] | None) -> Judgement:
        captures = self._store.captures(self._page.id)
        steps = compare_since(self._catalogue, self._store, self._page, self._mark())
        if faults is None and (wanted := self._wanted(steps)):
            return wanted
        told = tuple(self._told(self._with_gap(each), captures, faults or {}) for each in steps)
        if steps and self._catalogue:
            self._catalogue.tell(self._page.id, steps[-1].capture.file, datetime.now(UTC), self._alerts)
        return Judgement(told)

    def _mark(self) -> Capture | None:
        """The newest capture told of; None where nobody watched before, so that the newest alone is told of."""
        file = self._catalogue.mark_of(self._page.id) if self._catalogue else None
        if file == NOTHING:
            return Capture(self._page.id, datetime.min.replace(tzinfo=UTC), "")
        return names.capture_of(self._page.id, file.rpartition("/")[2]) if file else None

    def _wanted(self, steps: list[Step]) -> Judgement | None:
        """The addresses to be asked for, of the newest capture alone: what older ones lack, time has answered."""
        newest = steps[-1].comparison if steps else None
        if newest is None or newest.verdict is Verdict.SUSPECT:
            return None
        items = follow_items.addresses(newest) if self._page.asks_items else []
        documents = follow_documents.addresses(newest.after) if self._page.reads_documents else []
        return Judgement(items=tuple(items), documents=tuple(documents)) if items or documents else None

    def _with_gap(self, step: Step) -> Step:
        """The step, its comparison saying so where nobody saw the page since the capture before."""
        if step.before is None or step.comparison is None:
            return step
        pair = (step.before, step.capture)
        found = with_gap(step.comparison, self._store, self._page, pair, self._catalogue, are_next_good=True)
        return step._replace(comparison=found)

    def _told(self, step: Step, captures: list[Capture], faults: Mapping[str, str]) -> Judged:
        capture, comparison = step.capture, step.comparison
        if comparison is None:
            return _alone(step)
        span = span_after(capture, captures)
        comparison = follow_items.with_answers(comparison, self._store, span, faults)
        if self._page.reads_documents:
            comparison = follow_documents.with_documents(comparison, self._store, span)
        judged = Judged(capture.reference, capture.at, _RESULTS[comparison.verdict], summary(comparison))
        if comparison.verdict is Verdict.SUSPECT and not _is_first_suspect(step, captures):
            return judged
        if step.before:
            files = (step.before.file, capture.file)
            self._alerts += alerts_of(self._place.readers, self._page.id, comparison, files, datetime.now(UTC))
        return self._reported(judged, capture, comparison)

    def _reported(self, judged: Judged, capture: Capture, comparison: Comparison) -> Judged:
        """With the findings counted, and a report where there are any."""
        if comparison.verdict not in (Verdict.CHANGED, Verdict.SUSPECT):
            return judged
        gravities = list(_gravities(comparison))
        return judged._replace(
            report=self._write(capture, comparison),
            alerts=gravities.count(Significance.ALERT),
            news=gravities.count(Significance.NOTABLE),
        )

    def _write(self, capture: Capture, comparison: Comparison) -> str:
        """The file of the report: the page's folder, and the capture's name."""
        name = capture.file.removesuffix(names.SUFFIX)
        path = os.path.join(self._place.reports, *f"{name}.html".split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write(path, render(comparison, "html", index=f"../{INDEX}").encode())
        return path


@cache
def _catalogue(folder: str) -> Catalogue | None:
    """The store's catalogue, opened once for all pages of this process."""
    return open_catalogue(Store(folder))


def _alone(step: Step) -> Judged:
    """What a capture came to that was compared with none."""
    is_suspect = step.is_blank or step.doubt
    result = Result.SUSPECT if is_suspect else Result.FAILED if step.fault else Result.FIRST
    what = step.fault or step.doubt or "The first capture."
    return Judged(step.capture.reference, step.capture.at, result, what)


def _is_first_suspect(step: Step, captures: list[Capture]) -> bool:
    """Whether the capture before it was a good one: of several suspect ones in a row the first is told of."""
    place = captures.index(step.capture)
    return step.before is None or place == 0 or captures[place - 1] == step.before


def _gravities(comparison: Comparison) -> Iterator[Significance]:
    yield from (change.significance for change in comparison.changes if change.is_finding)
    yield from (Significance.ALERT for check in comparison.checks if check.is_finding)
