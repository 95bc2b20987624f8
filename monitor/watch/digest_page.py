"""A page's captures in a period → what a digest has to tell of it: first in short, from what the catalogue has kept.

In short takes a millisecond a capture and knows findings by what they are called. In full compares the captures with
findings once more, with who is who in them.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from monitor.compare.net import Told, net, net_in_short
from monitor.compare.wanted import Untold, Wishes, wanted
from monitor.model.change import Change, ChangeKind as Kind, Significance
from monitor.model.comparison import Comparison, Verdict
from monitor.model.digest import DigestPage, Doubted, Turn, Upshot
from monitor.model.failure import Failure
from monitor.model.overview import State
from monitor.model.page import Page
from monitor.model.reader import Reader
from monitor.model.snapshot import Capture
from monitor.store.catalogue.compared import Finding
from monitor.store.catalogue.opened import Catalogue
from monitor.store.folder import Store
from monitor.watch.find_gap import gaps_between
from monitor.watch.follow_items import with_answers
from monitor.watch.in_short import findings_of
from monitor.watch.line import Line
from monitor.watch.period import Period
from monitor.watch.span import span_after
from monitor.watch.step import Step
from monitor.watch.tell_overview import report_of

_SUSPECT, _SUSPICION = Verdict.SUSPECT.value, Kind.CAPTURE_SUSPECT.value


class Scope(NamedTuple):
    """Where a digest looks: in the store, its catalogue where it has one, and the folder of the reports.

    And for whom: `reader` is None for anybody. `is_next` is whether what the reader was told before is left out.
    """

    store: Store
    catalogue: Catalogue | None
    reports: str
    reader: Reader | None = None
    is_next: bool = False

    def wishes(self, turns: Iterable[Turn]) -> Wishes:
        """What is wanted of these findings, and what has become of them."""
        if self.catalogue is None:
            return Wishes(self.reader)
        ids = [turn.id for turn in turns]
        told = self.catalogue.told_to(self.reader.id, ids) if self.reader and self.is_next else frozenset[str]()
        return Wishes(self.reader, self.catalogue.notes_on(ids), told)


class Look(NamedTuple):
    """What was seen of a page.

    `found` are its captures with findings, in order of time, `newest` its newest good one of the period. `routine`
    counts what went as it should, by kind, `untold` findings by the reason for which they are not told, `dealt_with`
    those that somebody has dealt with. All are counted from `since` on: what lies before was counted in its time.
    `is_short`: of what was found more than its names and reasons is there, and was not looked at.
    """

    page: Page
    told: DigestPage
    found: tuple[Capture, ...]
    newest: Capture | None
    routine: Counter[str]
    untold: Counter[Untold]
    since: datetime
    dealt_with: int = 0
    is_short: bool = False


def look_at(scope: Scope, page: Page, period: Period, lasting: Mapping[str, Failure]) -> Look:
    """What there is to tell of a page, in short; `lasting` are the pages that cannot be captured now, by their ids."""
    line = Line(scope.catalogue, scope.store, page)
    places = _places(line.captures, period)
    steps = [step._replace(comparison=None, followed=None) for step in line.kept_or_made(places)]
    newest = [each for each in line.captures if each.at < period.until][-1:]
    within = [step for step in steps if step.capture.at >= period.since]
    doubts = _doubts(within)
    told = DigestPage(
        page.id,
        State.EXPECTED if newest else State.WAITING,
        title=page.title,
        url=page.url,
        tags=page.tags,
        captures=len(within),
        last_at=newest[0].at if newest else None,
        failures=tuple(_failures(scope, page, period, lasting.get(page.id), doubts)),
        gaps=tuple(gaps_between(scope.catalogue, page, line.captures, within, period.until)),
        doubts=doubts,
        command=f"monitor history {page.id}",
    )
    good = [step for step in steps if step.is_good]
    found = [step for step in good if step.compared and step.compared.findings]
    turns = [turn for step in found for turn in _turns_in_short(scope, step)]
    newest_good = good[-1].capture if good else None
    look = Look(
        page, told, tuple(step.capture for step in found), newest_good, _routine(within), Counter(), period.since
    )
    return _with_upshots(scope, look, turns)


def look_closer(scope: Scope, look: Look) -> Look:
    """The same, with who is who in its comparisons and what their findings are about."""
    line = Line(scope.catalogue, scope.store, look.page)
    places = [at for capture in look.found if (at := line.place_of(capture.file)) >= 0]
    newest = line.place_of(look.newest.file) if look.newest else -1
    rest = line.follow_on(places[-1], newest) if places and newest > places[-1] else None
    closer = _Closer(scope, look, line.captures)
    upshots = net(closer.told(line.steps(places, is_whole=True)), rest)
    if not closer.has_found:
        return look
    look = look._replace(untold=closer.untold, told=look.told._replace(language=closer.language))
    return _told(look, upshots, closer.turns)


class _Closer:
    """The comparisons of a page one by one, and what was seen of them so far; none of them is kept."""

    def __init__(self, scope: Scope, look: Look, captures: Sequence[Capture]) -> None:
        self._scope, self._page, self._since, self._captures = scope, look.page, look.since, captures
        self.has_found = False
        self.turns: list[Turn] = []
        self.untold: Counter[Untold] = Counter()
        self.language: str | None = None

    def told(self, steps: Iterable[Step]) -> Iterator[Told]:
        """Each comparison with those of its findings that are to be told."""
        for step in steps:
            if step.followed and step.comparison:
                self.language = step.comparison.after.language
                yield Told(step.followed, tuple(self._wanted(step, step.comparison)))

    def _wanted(self, step: Step, comparison: Comparison) -> Iterator[tuple[Turn, Change | None]]:
        found = list(self._with_answers(_turns(self._scope, step, comparison), step.capture, comparison))
        wishes = self._scope.wishes(turn for turn, _ in found)
        for turn, change in found:
            self.has_found = True
            weighed = wanted(turn, self._page.id, wishes)
            if isinstance(weighed, Turn):
                self.turns.append(weighed)
                yield weighed, change
            else:
                self.untold[weighed] += turn.at >= self._since

    def _with_answers(
        self, turns: Iterable[tuple[Turn, Change | None]], capture: Capture, comparison: Comparison
    ) -> Iterator[tuple[Turn, Change | None]]:
        """The turns, their reasons with what the items' own addresses answered then; their changes are as they were,
        for by these it is known who is who."""
        answered = with_answers(comparison, self._scope.store, span_after(capture, self._captures))
        reasons = {id(was): now.reason for was, now in zip(comparison.changes, answered.changes, strict=True)}
        yield from ((turn._replace(reason=reasons[id(change)]) if change else turn, change) for turn, change in turns)


def _places(captures: Sequence[Capture], period: Period) -> range:
    begin = next((at for at, each in enumerate(captures) if each.at >= period.overlap), len(captures))
    end = next((at for at in range(begin, len(captures)) if captures[at].at >= period.until), len(captures))
    return range(begin, end)


# -- findings


def _with_upshots(scope: Scope, look: Look, turns: Sequence[Turn]) -> Look:
    wishes = scope.wishes(turns)
    weighed = [(turn.at, wanted(turn, look.page.id, wishes)) for turn in turns]
    kept = [turn for _, turn in weighed if isinstance(turn, Turn)]
    untold = Counter(why for at, why in weighed if isinstance(why, Untold) and at >= look.since)
    return _told(look._replace(untold=untold), net_in_short(kept), kept)


def _told(look: Look, upshots: Sequence[Upshot], turns: Sequence[Turn]) -> Look:
    dealt_with = sum(turn.note is not None and turn.at >= look.since for turn in turns)
    told = look.told._replace(upshots=tuple(upshots), reports=tuple(_reports(upshots)))
    return look._replace(told=told._replace(state=_state(told)), dealt_with=dealt_with)


def _reports(upshots: Sequence[Upshot]) -> Iterator[str]:
    turns = sorted((turn for upshot in upshots for turn in upshot.turns), key=lambda turn: turn.at)
    yield from dict.fromkeys(turn.report for turn in turns if turn.report)


def _turns_in_short(scope: Scope, step: Step) -> Iterator[Turn]:
    if step.compared and step.before:
        report = _report(scope, step.capture)
        findings = (each for each in step.compared.findings if each.kind != _SUSPICION)
        yield from (_turn(each, step.before, step.capture, report) for each in findings)


def _turns(scope: Scope, step: Step, comparison: Comparison) -> Iterator[tuple[Turn, Change | None]]:
    if step.before is None:
        return
    report = _report(scope, step.capture)
    for finding, change in findings_of(comparison, (step.before.file, step.capture.file)):
        if finding.kind != _SUSPICION:
            turn = _turn(finding, step.before, step.capture, report)
            yield (_with_change(turn, change) if change else turn), change


def _turn(finding: Finding, before: Capture, capture: Capture, report: str | None) -> Turn:
    significance = Significance(finding.significance)
    return Turn(
        finding.id, capture.at, before.at, finding.kind, significance, finding.subject, finding.reason, report=report
    )


def _with_change(turn: Turn, change: Change) -> Turn:
    return turn._replace(
        before=change.before,
        after=change.after,
        spans=change.spans,
        edits=change.edits,
        place=change.place,
        group=change.group,
        shown=change.shown,
    )


def _report(scope: Scope, capture: Capture) -> str | None:
    """The report about a capture, as seen from the folder of the reports; None where there is none."""
    file = report_of(capture.file)
    return file if os.path.exists(os.path.join(scope.reports, *file.split("/"))) else None


def _routine(steps: Sequence[Step]) -> Counter[str]:
    """How often what went as it should: the changes that are no findings."""
    counts: Counter[str] = Counter()
    for step in steps:
        if step.compared and step.is_good:
            counts.update(step.compared.counts)
            counts.subtract(Counter(finding.kind for finding in step.compared.findings))
    return Counter({kind: count for kind, count in counts.items() if count > 0})


# -- what was not seen


def _doubts(steps: Sequence[Step]) -> tuple[Doubted, ...]:
    """Captures in a row that are none of the page, or cannot be read; why is what is said of the last."""
    runs = [(doubted, list(run)) for doubted, run in groupby(steps, key=lambda step: _doubt(step) is not None)]
    return tuple(
        Doubted(len(run), run[0].capture.at, run[-1].capture.at, _doubt(run[-1]) or "", lasts=at == len(runs) - 1)
        for at, (doubted, run) in enumerate(runs)
        if doubted
    )


def _doubt(step: Step) -> str | None:
    """Why a capture is no good one; None where it is."""
    if step.is_good:
        return None
    suspicions = [each.reason for each in step.compared.findings if each.kind == _SUSPICION] if step.compared else []
    summary = step.compared.summary if step.compared and step.compared.verdict == _SUSPECT else None
    return step.fault or (step.doubt and step.doubt.reason) or next(iter(suspicions), summary)


def _failures(
    scope: Scope, page: Page, period: Period, lasting: Failure | None, doubts: Sequence[Doubted]
) -> Iterator[Failure]:
    """Of so many attempts in a row that they are told, the last of which brought no suspect capture.

    Each is as it stood at the period's end.
    """
    found = scope.catalogue.failures(page.id, period.since, period.until) if scope.catalogue else []
    if lasting and lasting.since < period.until and lasting not in found:
        found.append(lasting)
    doubted = max((each.until for each in doubts), default=None)
    for failure in found:
        if failure.attempts >= page.told_after and (doubted is None or doubted < failure.last_at):
            is_over = failure.over_at and failure.over_at < period.until
            yield failure if is_over else failure._replace(over_at=None)


def _state(page: DigestPage) -> State:
    if any(failure.over_at is None for failure in page.failures):
        return State.FAILING
    if page.doubts and page.doubts[-1].lasts:
        return State.SUSPECT
    if any(upshot.significance is Significance.ALERT for upshot in page.upshots):
        return State.ALERT
    if page.upshots:
        return State.NEWS
    return State.EXPECTED if page.last_at else State.WAITING
