"""What the captures of a page came to, as the process that read them hands it over."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from monitor.model.delivery import Timed
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
    way_out: str = ""


class Judgement(NamedTuple):
    """The captures told of now, in order of time; or none of them yet, but the addresses to be asked for first.

    `has_more` where other captures behind these are to be told of. `mark` is the file of the newest told of here.
    `alerts` are the messages that do not wait for a digest, each with the time from which it is sent.
    `fault` says why nothing could be told; `is_lost` where the process did not come to say so itself.
    """

    told: tuple[Judged, ...] = ()
    items: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    fault: str | None = None
    is_lost: bool = False
    has_more: bool = False
    mark: str | None = None
    alerts: tuple[Timed, ...] = ()


class Place(NamedTuple):
    """The folders of the store and of the reports, as this machine names them, and who is told of what is found.

    `reports_url` is the address at which the reports are served, with a slash at its end; None where they are not.
    `beside` is the folder of config.yaml, beside which relative ones of readers lie.
    """

    store: str
    reports: str
    readers: tuple[Reader, ...] = ()
    reports_url: str | None = None
    beside: str = ""
