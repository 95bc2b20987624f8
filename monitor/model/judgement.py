"""What the captures of a page came to, as the process that read them hands it over."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from monitor.model.outcome import Result
from monitor.model.reader import Reader


class Judged(NamedTuple):
    """What one capture came to, in the words of an Outcome."""

    reference: str
    at: datetime
    result: Result
    summary: str
    report: str | None = None
    alerts: int = 0
    news: int = 0


class Judgement(NamedTuple):
    """The captures told of now, in order of time; or none of them yet, but the addresses to be asked for first.

    `fault` says why nothing could be told; `is_given_up` where trying again would come to the same.
    """

    told: tuple[Judged, ...] = ()
    items: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    fault: str | None = None
    is_given_up: bool = False


class Place(NamedTuple):
    """The folders of the store and of the reports, as this machine names them, and who is told of what is found."""

    store: str
    reports: str
    readers: tuple[Reader, ...] = ()
