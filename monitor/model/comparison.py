"""A comparison: the changes between two readings and the checks of what the pages claim."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from monitor.model.change import Change, ChangeKind
from monitor.model.days import is_in_reverse
from monitor.model.reading import Reading

if TYPE_CHECKING:
    from monitor.model.failure import Failure
    from monitor.model.schedule import Missed


class CheckVerdict(str, Enum):
    """What a check came to."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    UNDECIDED = "undecided"


class Verdict(str, Enum):
    """What a comparison came to, the first that holds."""

    SUSPECT = "suspect"  # a capture is no honest capture of the page
    CHANGED = "changed"  # a finding, or another form of the page
    IDENTICAL = "identical"  # the two readings are equal
    ROUTINE = "routine"  # the rest


class Check(NamedTuple):
    """A consistency test of what the pages claim.

    `check` is "counter", "clock", "date", "order" or "field". `is_standing` where it was inconsistent before too, which
    makes it no finding. `expected` and `found` are texts a person reads ("883", "2 h apart").
    """

    check: str
    subject: str
    verdict: CheckVerdict
    reason: str
    expected: str | None = None
    found: str | None = None
    is_standing: bool = False

    @property
    def is_finding(self) -> bool:
        return self.verdict is CheckVerdict.INCONSISTENT and not self.is_standing


class History(NamedTuple):
    """The page's older captures that a comparison learnt from: how many, and the days of the first and the last."""

    captures: int
    first: date
    last: date


class Unseen(NamedTuple):
    """The time between two captures, in UTC, where it is longer than usual: what changed happened somewhere in it.

    `failures` are the times in it in which attempts failed, `missed` the captures that were due in it and that nobody
    took, `passed_over` how many captures of that time are there and are no good ones. `is_outage`: it is longer than
    how the page was captured before shows to be usual, and not only than its schedule does; a digest asks for it.
    """

    since: datetime
    until: datetime
    failures: tuple[Failure, ...] = ()
    missed: tuple[Missed, ...] = ()
    passed_over: int = 0
    is_outage: bool = False


class Comparison(NamedTuple):
    """Two readings and all that differs between them.

    `elapsed_days` counts between the snapshot days; None where one of them is known only from its items, negative
    where `after` is the older one. `limits` says in sentences what could not be decided. `is_equal` is whether the
    two readings say the same, letter for letter after folding; `are_strangers` whether they have next to nothing in
    common, so that they may be captures of two pages. `history` is None where no older capture was of use. `set_aside`
    counts the differences that are not told, for a capture that is suspect may have made them by itself; `is_foreign`
    where one of the two shows something else than the page (an error, a challenge), so that nothing was compared.
    `page_title` and `page_url` are the title and the address that config.yaml gives the page, `gap` the time in which
    nobody saw it. `new_form` says, where the later capture looked suspect and is taken for the page all the same, since
    when and why: its clauses are joined by "; ".
    """

    before: Reading
    after: Reading
    elapsed_days: int | None
    changes: tuple[Change, ...] = ()
    checks: tuple[Check, ...] = ()
    limits: tuple[str, ...] = ()
    is_equal: bool = False
    are_strangers: bool = False
    page: str | None = None
    history: History | None = None
    set_aside: int = 0
    is_foreign: bool = False
    page_title: str | None = None
    page_url: str | None = None
    gap: Unseen | None = None
    new_form: str | None = None

    @property
    def is_reversed(self) -> bool:
        """Whether `after` is the older snapshot; of two of one day their captures decide."""
        return is_in_reverse(self.elapsed_days, self.before.captured_at, self.after.captured_at)

    @property
    def verdict(self) -> Verdict:
        if any(change.kind is ChangeKind.CAPTURE_SUSPECT for change in self.changes):
            return Verdict.SUSPECT
        if self.new_form is not None or self._has_findings:
            return Verdict.CHANGED
        return Verdict.IDENTICAL if self.is_equal else Verdict.ROUTINE

    @property
    def _has_findings(self) -> bool:
        return any(each.is_finding for each in self.changes) or any(each.is_finding for each in self.checks)

    @property
    def counts(self) -> dict[str, int]:
        """How many changes of each kind there are, by the kind's name, in the order of the changes."""
        counts: dict[str, int] = {}
        for change in self.changes:
            counts[change.kind.value] = counts.get(change.kind.value, 0) + 1
        return counts
