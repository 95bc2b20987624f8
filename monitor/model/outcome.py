"""What became of one capture of a page that is watched: a line of a log, and what a scheduler has to know of it."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import NamedTuple


class Result(str, Enum):
    """What it came to, the gravest of what there is to tell."""

    FAILED = "failed"  # there is no capture, or the server answered with an error
    SUSPECT = "suspect"  # what came may be no honest capture of the page
    CHANGED = "changed"  # a finding
    ROUTINE = "routine"  # what time does to such a page
    IDENTICAL = "identical"  # it says what it said before
    FIRST = "first"  # there was nothing to compare it with
    CAPTURED = "captured"  # it was not to be compared


# After these nobody knows what the page says.
BLIND = frozenset((Result.FAILED, Result.SUSPECT))


class Outcome(NamedTuple):
    """A capture of the page `page`, begun `at` (UTC), in `seconds`; `summary` says in a sentence what came of it.

    `reference` names the capture in the store, None where there is none; `report` is the file of the report about it,
    None where there was nothing to report. `alerts` and `news` count its findings by their significance. `notices` are
    further sentences: that the page has failed for long, that it is back, that slots were missed. `is_lost` where what
    was captured could not be read, by a fault that may not be the capture's. `way_out` is the end of the `summary`,
    where it says what to do.
    """

    page: str
    at: datetime
    result: Result
    summary: str
    seconds: float = 0.0
    reference: str | None = None
    report: str | None = None
    alerts: int = 0
    news: int = 0
    notices: tuple[str, ...] = ()
    is_lost: bool = False
    way_out: str = ""

    @property
    def reason(self) -> str:
        """Why it is no good capture, without what to do about it: that holds for a time, and this for good."""
        return self.summary.removesuffix(self.way_out).rstrip()
