"""The pages of config.yaml, the catalogue, the folder of reports → how all pages stand. Nothing is compared for it.

What is told is what the catalogue has kept: of captures that nobody compared it knows that they are there.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from monitor.model.comparison import Verdict
from monitor.model.failure import Failure
from monitor.model.overview import Activity, Overview, PageState, State, Told
from monitor.model.page import Page
from monitor.store import names
from monitor.store.catalogue.opened import Catalogue
from monitor.store.catalogue.overview import NOTHING, Known, Noted, Seen

DAYS = 30  # of activity: a month is what a reader remembers, and what a phone has room for
RECENT = 7  # days: whoever was away over the weekend, or for some days, still finds what was found
_MOST_TOLD = 5
_SUFFIX = ".html"
_NO_DATES: Mapping[str, datetime] = MappingProxyType({})
_ORDER = tuple(State)


def tell_overview(
    pages: Sequence[Page],
    catalogue: Catalogue | None,
    reports: str,
    now: datetime,
    due: Mapping[str, datetime] = _NO_DATES,
) -> Overview:
    """How the pages stand `now`; `reports` is the folder of the reports, `due` when pages are captured next, by id."""
    at = now.astimezone(UTC)
    first = at.date() - timedelta(days=DAYS - 1)
    known = catalogue.overview(first) if catalogue else NOTHING
    view = _View(known, reports, at, first)
    states = [view.page(page, due.get(page.id)) for page in pages]
    return Overview(at, tuple(sorted(states, key=_rank)), first, DAYS, RECENT)


def report_of(file: str) -> str:
    """Where the report about a capture lies in the folder of the reports, by the capture's file in the store."""
    return f"{file.removesuffix(names.SUFFIX)}{_SUFFIX}"


def _rank(state: PageState) -> tuple[int, float, str]:
    """The gravest first; of those that cannot be seen the longest, of those with findings the newest first."""
    since = state.since.timestamp() if state.since else 0.0
    is_found = state.state in (State.ALERT, State.NEWS)
    return _ORDER.index(state.state), -since if is_found else since, (state.title or state.id).casefold()


class _View:
    """What is known of all pages, and how each of them stands."""

    def __init__(self, known: Known, reports: str, at: datetime, first: date) -> None:
        self._known, self._reports, self._first = known, reports, first
        self._lately = at - timedelta(days=RECENT)

    def page(self, page: Page, due: datetime | None) -> PageState:
        """How it stands."""
        seen, files = self._known.seen.get(page.id), self._files(page.id)
        noted, failures = self._noted(page.id), self._known.failures.get(page.id, [])
        state = self._state(page.id, seen, noted, failures)
        return state._replace(
            title=page.title,
            url=page.url,
            next_at=due,
            told=tuple(self._told(page.id, noted, files))[:_MOST_TOLD],
            reports=len(files),
            days=tuple(self._days(page.id, noted, failures)),
        )

    def _state(self, page: str, seen: Seen | None, noted: Sequence[Noted], failures: Sequence[Failure]) -> PageState:
        failing = next((each for each in failures if not each.over_at), None)
        found = self._gravest(page, seen, noted)
        if seen:
            changed = seen.changed
            found = found._replace(
                captures=seen.captures,
                last_at=seen.last_at,
                changed_at=changed.at if changed else None,
                summary=found.summary or (changed.summary if changed else ""),
            )
        if failing:
            blind = {"since": failing.since, "reason": failing.reason, "attempts": failing.attempts}
            found = found._replace(state=State.FAILING, **blind)
        return found

    def _gravest(self, page: str, seen: Seen | None, noted: Sequence[Noted]) -> PageState:
        if seen is None:
            return PageState(page, State.WAITING)
        if noted and noted[-1].file == seen.last_file and _is_suspect(noted[-1]):
            since = next(
                each.at for each in noted if _is_suspect(each) and (not seen.good_at or each.at > seen.good_at)
            )
            return PageState(page, State.SUSPECT, since=since, summary=noted[-1].summary)
        lately = [each for each in noted if each.at >= self._lately and not _is_suspect(each)]
        for state, some in ((State.ALERT, [each for each in lately if each.alerts]), (State.NEWS, lately)):
            if some:
                return PageState(page, state, since=some[-1].at, summary=some[-1].summary)
        return PageState(page, State.EXPECTED)

    def _noted(self, page: str) -> list[Noted]:
        """In order of time; what somebody accepted is not suspect, and was compared as what it is."""
        found = self._known.noted.get(page, [])
        return [each for each in found if not (_is_suspect(each) and each.file in self._known.accepted)]

    def _files(self, page: str) -> dict[str, datetime]:
        """The page's reports and the times of the captures that they are about."""
        try:
            found = os.listdir(os.path.join(self._reports, page))
        except (FileNotFoundError, NotADirectoryError):
            return {}
        captures = (names.capture_of(page, f"{name.removesuffix(_SUFFIX)}{names.SUFFIX}") for name in found)
        return {
            report_of(each.file): each.at
            for each in captures
            if each and report_of(each.file)[len(page) + 1 :] in found
        }

    def _told(self, page: str, noted: Sequence[Noted], files: Mapping[str, datetime]) -> Iterator[Told]:
        """What was found, and reports of which that is not known, the newest first."""
        found = {
            report_of(each.file): Told(each.at, None, each.summary, each.alerts, each.news, _is_suspect(each))
            for each in noted
        }
        for file, at in files.items():
            found[file] = found.get(file, Told(at, None))._replace(file=file)
        yield from sorted(found.values(), key=lambda each: each.at, reverse=True)

    def _days(self, page: str, noted: Sequence[Noted], failures: Sequence[Failure]) -> Iterator[tuple[int, Activity]]:
        days: dict[int, Activity] = defaultdict(Activity)
        for day, count in self._known.captured.get(page, []):
            days[self._place(day)] = Activity(captures=count)
        for each in noted:
            place = self._place(each.at.date())
            day = days[place]
            days[place] = day._replace(
                suspect=day.suspect + _is_suspect(each),
                alerts=day.alerts + (0 if _is_suspect(each) else each.alerts),
                news=day.news + (0 if _is_suspect(each) else each.news),
            )
        for failure in failures:
            for place in range(max(0, self._place(failure.since.date())), self._place(failure.last_at.date()) + 1):
                days[place] = days[place]._replace(is_failing=True)
        yield from sorted((place, day) for place, day in days.items() if 0 <= place < DAYS)

    def _place(self, day: date) -> int:
        return (day - self._first).days


def _is_suspect(noted: Noted) -> bool:
    return noted.verdict == Verdict.SUSPECT.value
