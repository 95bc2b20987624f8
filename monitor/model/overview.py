"""An overview: how all watched pages stand, for whoever looks at them every morning. Times are in UTC."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import NamedTuple


class State(str, Enum):
    """How a page stands, the gravest first."""

    FAILING = "failing"  # it cannot be captured
    SUSPECT = "suspect"  # its newest capture may be no honest one
    ALERT = "alert"  # something grave was found lately
    NEWS = "news"  # something was found lately
    EXPECTED = "expected"  # nothing was
    WAITING = "waiting"  # there is no capture of it yet


class Told(NamedTuple):
    """What was found at the capture of the time `at`: a sentence, and how many findings of each significance.

    `file` is its report, as seen from the folder of the overview ("rusemb-uk/2020-07-04T052500Z.html"); None where
    there is none. Of a report whose comparison nobody kept `summary` is empty.
    """

    at: datetime
    file: str | None
    summary: str = ""
    alerts: int = 0
    news: int = 0
    is_suspect: bool = False


class Activity(NamedTuple):
    """What a day brought: captures, those of them that were suspect, findings; whether attempts failed."""

    captures: int = 0
    suspect: int = 0
    alerts: int = 0
    news: int = 0
    is_failing: bool = False


class PageState(NamedTuple):
    """A page and how it stands, `since` when where that is known.

    `last_at` is its newest capture, `changed_at` the newest with a finding, `next_at` when it is due. `reason` is why
    it fails, after so many `attempts`, and `summary` what to say of it in a sentence: of the gravest finding lately,
    else of the last one. `told` are the newest findings and reports, the newest first, `reports` how many reports there
    are, `earlier` those beyond the newest. `days` is what each day of the overview brought, by its place there; days
    without anything are left out.
    """

    id: str
    state: State
    title: str | None = None
    url: str | None = None
    since: datetime | None = None
    last_at: datetime | None = None
    changed_at: datetime | None = None
    next_at: datetime | None = None
    captures: int = 0
    attempts: int = 0
    reason: str = ""
    summary: str = ""
    told: tuple[Told, ...] = ()
    reports: int = 0
    earlier: tuple[Told, ...] = ()
    days: tuple[tuple[int, Activity], ...] = ()


class Kept(NamedTuple):
    """The digest of a day that is kept beside the reports; `file` as seen from the folder of the overview."""

    day: date
    file: str


class Overview(NamedTuple):
    """All pages, the gravest first, as they stood `at` that time, the end of the last run.

    `first` is the first of the `length` days whose activity is told, `recent` how many days "lately" means. `digests`
    are the newest that are kept, one a day, the newest first.
    """

    at: datetime
    pages: tuple[PageState, ...]
    first: date
    length: int
    recent: int
    digests: tuple[Kept, ...] = ()
