"""A page's newest captures → what they mean, each told of once: compared with the last good one, its report written.

Made for a process of its own: what it takes and gives can be handed from one process to another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import cache

from monitor.errors import MonitorError
from monitor.model.change import Significance
from monitor.model.comparison import Comparison, Verdict
from monitor.model.delivery import Timed
from monitor.model.failure import Failure
from monitor.model.judgement import Judged, Judgement, Place
from monitor.model.outcome import Result
from monitor.model.page import Page
from monitor.model.snapshot import Capture
from monitor.report.wording import dates, summary, way_in, way_out
from monitor.report.wording.told import is_told_by_a_change
from monitor.store import names
from monitor.store.catalogue.compared import Finding
from monitor.store.catalogue.marks import NOTHING
from monitor.store.catalogue.opened import Catalogue, open_catalogue
from monitor.store.folder import Store
from monitor.watch import follow_documents, follow_items
from monitor.watch.alerts import alerts_of, alerts_of_failure
from monitor.watch.compare_latest import compare_since
from monitor.watch.find_gap import with_gap
from monitor.watch.span import span_after
from monitor.watch.step import Step
from monitor.watch.write_overview import write_overview
from monitor.watch.write_report import write_report

_RESULTS = {
    Verdict.SUSPECT: Result.SUSPECT,
    Verdict.CHANGED: Result.CHANGED,
    Verdict.ROUTINE: Result.ROUTINE,
    Verdict.IDENTICAL: Result.IDENTICAL,
}


def judge(place: Place, page: Page, mark: str | None = None, faults: Mapping[str, str] | None = None) -> Judgement:
    """Compare the page's next captures behind the one in the file `mark`, and write their reports.

    Without `mark` they are those behind the page's own mark, which is moved by whoever tells of them. Where items or
    documents are to be asked for, that is all it says; called again with `faults` (why addresses gave no answer, empty
    where all did) it tells. Killed at any moment, it does the same once more when it is called again.
    """
    try:
        return _Bench(place, page).judge(mark, faults)
    except MonitorError as error:
        return Judgement(fault=str(error))


def tell_failure(place: Place, page: Page, failure: Failure, now: datetime) -> tuple[Timed, ...]:
    """The messages that the page fails, or is back, each with the time from which it is sent."""
    return tuple(alerts_of_failure(place, page, failure, now))


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
        self._alerts: list[Timed] = []  # of all captures that are told of, with when each is sent
        self._found: list[tuple[datetime, Finding]] = []  # of all these, which the catalogue has when all are told of

    def judge(self, mark: str | None, faults: Mapping[str, str] | None) -> Judgement:
        with self._catalogue.together() if self._catalogue else nullcontext():
            return self._judged(self._marked(mark), faults)

    def _judged(self, known: Capture | None, faults: Mapping[str, str] | None) -> Judgement:
        captures = self._store.captures(self._page.id)
        steps = compare_since(self._catalogue, self._store, self._page, known)
        if not steps:
            return Judgement()
        newest = steps[-1].capture
        has_more = newest != captures[-1]
        if faults is None and not has_more and (wanted := self._wanted(steps)):
            return wanted
        told = tuple(self._told(each, captures, faults or {}) for each in steps)
        return Judgement(told, has_more=has_more, mark=newest.file, alerts=tuple(self._alerts))

    def _marked(self, mark: str | None) -> Capture | None:
        """The newest capture told of; None where nobody watched before, so that the newest alone is told of."""
        file = mark
        if file is None and self._catalogue:
            file = self._catalogue.mark_of(self._page.id)
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

    def _with_gap(self, comparison: Comparison, step: Step) -> Comparison:
        """The comparison, saying so where nobody saw the page since the capture before."""
        if step.before is None:
            return comparison
        pair = (step.before, step.capture)
        return with_gap(comparison, self._store, self._page, pair, self._catalogue, are_next_good=True)

    def _told(self, step: Step, captures: list[Capture], faults: Mapping[str, str]) -> Judged:
        capture, comparison = step.capture, step.comparison
        if comparison is None:
            return _alone(step, is_first=capture == captures[0])
        span = span_after(capture, captures)
        comparison = follow_items.with_answers(self._with_gap(comparison, step), self._store, span, faults)
        if self._page.reads_documents:
            comparison = follow_documents.with_documents(comparison, self._store, span)
        known = step.compared.summary if step.compared and comparison is step.comparison else None
        way = _way_out(comparison)
        said = f"{known or summary(comparison, is_of_capture=True)} {way}".rstrip()
        judged = Judged(capture.reference, capture.at, _RESULTS[comparison.verdict], said, way_out=way)
        if comparison.verdict is Verdict.SUSPECT and step.is_as_before:
            return judged
        if step.before:
            files = (step.before.file, capture.file)
            now = datetime.now(UTC)
            self._found += [(capture.at, each) for each in (step.compared.findings if step.compared else ())]
            self._alerts += alerts_of(self._place, self._page, comparison, files, now, self._is_told)
        return self._reported(judged, capture, comparison)

    def _is_told(self, reader: str, finding: Finding, since: datetime) -> bool:
        """Whether the reader was told, or is by what was just made, that the same was found at an earlier capture."""
        if self._catalogue is None:
            return False
        ids = self._catalogue.findings_since(self._page.id, finding.kind, finding.subject, since)
        ids += [
            each.id
            for at, each in self._found
            if at > since and (each.kind, each.subject) == (finding.kind, finding.subject)
        ]
        others = [each for each in ids if each != finding.id]
        made = {each for message, _ in self._alerts if message.reader == reader for each in message.findings}
        return not made.isdisjoint(others) or bool(self._catalogue.told_to(reader, others))

    def _reported(self, judged: Judged, capture: Capture, comparison: Comparison) -> Judged:
        """With the findings counted, and a report where there are any."""
        if comparison.verdict not in (Verdict.CHANGED, Verdict.SUSPECT):
            return judged
        gravities = list(_gravities(comparison))
        return judged._replace(
            report=write_report(self._place.reports, capture, comparison),
            alerts=gravities.count(Significance.ALERT),
            news=gravities.count(Significance.NOTABLE),
        )


@cache
def _catalogue(folder: str) -> Catalogue | None:
    """The store's catalogue, opened once for all pages of this process."""
    return open_catalogue(Store(folder))


def _alone(step: Step, *, is_first: bool) -> Judged:
    """What a capture came to that was compared with none."""
    is_suspect = step.is_blank or step.doubt
    result = Result.SUSPECT if is_suspect else Result.FAILED if step.fault else Result.FIRST
    if step.doubt and not step.fault:
        way = _closed(way_in([step.doubt.sign]))
        said = f"{step.doubt.reason} {way}".rstrip()
        return Judged(step.capture.reference, step.capture.at, result, said, way_out=way)
    what = step.fault or ("The first capture." if is_first else "The first good capture.")
    return Judged(step.capture.reference, step.capture.at, result, what)


def _way_out(comparison: Comparison) -> str:
    """What to do about it, as a sentence; "" where there is nothing to do."""
    return _closed(way_out(comparison))


def _closed(way: str) -> str:
    return dates.closed(way) if way else ""


def _gravities(comparison: Comparison) -> Iterator[Significance]:
    yield from (change.significance for change in comparison.changes if change.is_finding)
    checks = (check for check in comparison.checks if check.is_finding)
    yield from (Significance.ALERT for check in checks if not is_told_by_a_change(check, comparison))
