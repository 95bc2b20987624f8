"""The pages of config.yaml, the catalogue, the folder of reports → how all pages stand. Nothing is compared for it.

What is told is what the catalogue has kept: of captures that nobody compared it knows that they are there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from urllib.parse import quote

from monitor.model.comparison import Verdict
from monitor.model.delivery import Occasion
from monitor.model.failure import Failure
from monitor.model.overview import Activity, Kept, Overview, PageState, State, Told
from monitor.model.page import Page
from monitor.store import names
from monitor.store.catalogue.opened import Catalogue
from monitor.store.catalogue.overview import NOTHING, Known, Noted, Seen

# The folder of the days' digests in that of the reports: 2026-11-28.html, 2026-11-28T073000Z-digest-….html.
DIGESTS = "digests"
MOST_DIGESTS = 366
DAYS = 30  # of activity: a month is what a reader remembers, and what a phone has room for
RECENT = 7  # days: whoever was away over a weekend, or for some days, still finds what was found
_MOST_TOLD = 5
_SUFFIX = ".html"
_OTHERS = tuple(f"Z-{each.value}-" for each in Occasion if each is not Occasion.DIGEST)
_NO_TIMES: Mapping[str, datetime] = MappingProxyType({})
_ORDER = tuple(State)


def tell_overview(
    pages: Sequence[Page],
    catalogue: Catalogue | None,
    reports: str,
    now: datetime,
    due: Mapping[str, datetime] = _NO_TIMES,
) -> Overview:
    """How the pages stand `now`, those that have an address: nobody watches the others.

    `reports` is the folder of the reports, `due` when pages are captured next, by id.
    """
    at = now.astimezone(UTC)
    first = at.date() - timedelta(days=DAYS - 1)
    known, marks = (catalogue.overview(first), catalogue.marks()) if catalogue else (NOTHING, {})
    view = _View(known, marks, reports, at, first)
    states = [view.page(page, due.get(page.id)) for page in pages if page.url]
    kept = [] if any(page.id == DIGESTS for page in pages) else _digests(reports)  # a page's folder holds its reports
    return Overview(at, tuple(sorted(states, key=_rank)), first, DAYS, RECENT, tuple(kept))


def report_of(file: str) -> str:
    """Where the report about a capture lies in the folder of the reports, by the capture's file in the store."""
    return f"{file.removesuffix(names.SUFFIX)}{_SUFFIX}"


def address_of(reports_url: str, file: str) -> str:
    """The address of the report about a capture; `reports_url` is that of the folder of the reports."""
    return f"{reports_url}{quote(report_of(file))}"


def _digests(reports: str) -> list[Kept]:
    """Of each day the last by its name; a folder of messages has alerts and samples too."""
    try:
        names_there = os.listdir(os.path.join(reports, DIGESTS))
        found = sorted(
            name for name in names_there if name.endswith(_SUFFIX) and not any(each in name for each in _OTHERS)
        )
    except (FileNotFoundError, NotADirectoryError):
        return []
    kept = {day: name for name in found if (day := _day(name))}
    newest = sorted(kept, reverse=True)[:MOST_DIGESTS]
    return [Kept(day, f"{DIGESTS}/{kept[day]}") for day in newest]


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name[: len("2026-11-28")])
    except ValueError:
        return None


def _rank(state: PageState) -> tuple[int, float, str]:
    """The gravest first; of those that cannot be seen the longest, of those with findings the newest first."""
    since = state.since.timestamp() if state.since else 0.0
    is_found = state.state in (State.ALERT, State.NEWS)
    return _ORDER.index(state.state), -since if is_found else since, (state.title or state.id).casefold()


class _View:
    """What is known of all pages, and how each of them stands."""

    def __init__(self, known: Known, marks: Mapping[str, str], reports: str, at: datetime, first: date) -> None:
        self._known, self._marks, self._reports, self._first = known, marks, reports, first
        self._lately = at - timedelta(days=RECENT)

    def page(self, page: Page, due: datetime | None) -> PageState:
        """How it stands."""
        seen, files = self._known.seen.get(page.id), _files(self._reports, page.id)
        noted, failures = self._noted(page.id), self._known.failures.get(page.id, [])
        state = self._found(PageState(page.id, State.EXPECTED, page.title, page.url), seen, noted)
        lasting = next((each for each in failures if not each.over_at), None)
        if lasting:
            state = self._failing(state, seen, lasting)
        told = tuple(_told(noted, files))
        return state._replace(
            next_at=due,
            told=told[:_MOST_TOLD],
            earlier=tuple(each for each in told[_MOST_TOLD:] if each.file),
            reports=len(files),
            days=self._days(page.id, noted, failures),
        )

    def _found(self, page: PageState, seen: Seen | None, noted: Sequence[Noted]) -> PageState:
        """What its captures say of it."""
        if seen is None:
            return page._replace(state=State.WAITING)
        page = page._replace(captures=seen.captures, last_at=seen.last_at)
        if seen.changed:
            page = page._replace(changed_at=seen.changed.at, summary=seen.changed.summary)
        if noted and noted[-1].file == seen.last_file and _is_suspect(noted[-1]):
            return page._replace(state=State.SUSPECT, since=_since(seen, noted), summary=noted[-1].summary)
        lately = [each for each in noted if each.at >= self._lately and not _is_suspect(each)]
        for state, some in ((State.ALERT, [each for each in lately if each.alerts]), (State.NEWS, lately)):
            if some:
                return page._replace(state=state, since=some[-1].at, summary=some[-1].summary)
        return page

    def _failing(self, page: PageState, seen: Seen | None, failure: Failure) -> PageState:
        """Not seen, unless the last attempt brought a capture all the same: a suspect one counts as a failure too.

        A page's first capture is compared with nothing that would say so. But a check has told of it, and went on
        counting.
        """
        if seen is None or seen.last_at < failure.last_at:
            return _blind(page, failure)
        if page.state is State.SUSPECT or seen.last_file in self._known.accepted:
            return page
        if self._marks.get(page.id) != seen.last_file:
            return _blind(page, failure)
        return page._replace(state=State.SUSPECT, since=failure.since, summary=failure.reason)

    def _noted(self, page: str) -> list[Noted]:
        """In order of time; a suspect capture that somebody accepted is not told as one."""
        found = self._known.noted.get(page, [])
        return [each for each in found if not (_is_suspect(each) and each.file in self._known.accepted)]

    def _days(self, page: str, noted: Sequence[Noted], failures: Sequence[Failure]) -> tuple[tuple[int, Activity], ...]:
        days = {day: Activity(captures=count) for day, count in self._known.captured.get(page, [])}
        for each in noted:
            day = days.get(each.at.date(), Activity())
            days[each.at.date()] = _with(day, each)
        for failure in failures:
            begin = max(failure.since.date(), self._first)
            for place in range((failure.last_at.date() - begin).days + 1):
                at = begin + timedelta(days=place)
                days[at] = days.get(at, Activity())._replace(is_failing=True)
        places = (((at - self._first).days, day) for at, day in days.items())
        return tuple(sorted((place, day) for place, day in places if 0 <= place < DAYS))


def _blind(page: PageState, failure: Failure) -> PageState:
    return page._replace(state=State.FAILING, since=failure.since, reason=failure.reason, attempts=failure.attempts)


def _since(seen: Seen, noted: Sequence[Noted]) -> datetime:
    """The first suspect capture after the last good one, as far as is known."""
    suspect = [each.at for each in noted if _is_suspect(each)]
    return next((at for at in suspect if seen.good_at is None or at > seen.good_at), suspect[-1])


def _with(day: Activity, noted: Noted) -> Activity:
    if _is_suspect(noted):
        return day._replace(suspect=day.suspect + 1)
    return day._replace(alerts=day.alerts + noted.alerts, news=day.news + noted.news)


def _files(reports: str, page: str) -> dict[str, datetime]:
    """The page's reports, as seen from their folder, and the times of the captures that they are about."""
    try:
        found = [name for name in os.listdir(os.path.join(reports, page)) if name.endswith(_SUFFIX)]
    except (FileNotFoundError, NotADirectoryError):
        return {}
    captures = (names.capture_of(page, f"{name.removesuffix(_SUFFIX)}{names.SUFFIX}") for name in found)
    return {report_of(each.file): each.at for each in captures if each}


def _told(noted: Sequence[Noted], files: Mapping[str, datetime]) -> Iterator[Told]:
    """What was found, and reports of which that is not known, the newest first."""
    found = {
        report_of(each.file): Told(each.at, None, each.summary, each.alerts, each.news, _is_suspect(each))
        for each in noted
    }
    for file, at in files.items():
        found[file] = found.get(file, Told(at, None))._replace(file=file)
    yield from sorted(found.values(), key=lambda each: each.at, reverse=True)


def _is_suspect(noted: Noted) -> bool:
    return noted.verdict == Verdict.SUSPECT.value
