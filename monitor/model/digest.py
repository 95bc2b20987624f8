"""A digest: what the comparisons of a period came to, of all pages, for one reader. Times are in UTC.

An *upshot* is the net effect of a period on one thing of a page: an item that was edited three times has one, with its
three turns, and so has a counter that stood still at each of ten checks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from monitor.model.change import Edit, Side, Significance, Span
from monitor.model.comparison import Unseen
from monitor.model.failure import Failure
from monitor.model.overview import State


class Course(str, Enum):
    """How a thing went through the period."""

    LASTING = "lasting"  # it is now as the last turn left it
    CAME_AND_WENT = "came and went"  # neither the beginning nor the end of the period shows it
    WENT_AND_CAME_BACK = "went and came back"  # both show it, and it says the same
    CHANGED_BACK = "changed back"  # it was changed, and says at the end what it said at the beginning


class Note(NamedTuple):
    """What somebody noted on dealing with a finding, and when."""

    at: datetime
    text: str


class Turn(NamedTuple):
    """One finding of an upshot: what the capture of the time `at` showed against the good one before it, of `since`.

    `id` is the finding's, for `monitor ack`; `kind` a change's ("item.withdrawn"), "check." and what was checked, or
    "form.changed". Sides, marks, `place`, `group` and `shown` are those of its change: None and empty where only its
    short form was kept, and of a check. `report` is the file of the report about it, as seen from the folder of the
    reports; None where there is none. `raised_by` is the reader's rule that makes it graver than its kind is, in words;
    `note` what somebody noted on dealing with it.
    """

    id: str
    at: datetime
    since: datetime
    kind: str
    significance: Significance
    subject: str
    reason: str
    before: Side | None = None
    after: Side | None = None
    spans: tuple[Span, ...] = ()
    edits: tuple[Edit, ...] = ()
    place: str | None = None
    group: str | None = None
    report: str | None = None
    raised_by: str | None = None
    note: Note | None = None
    shown: tuple[str, ...] = ()


class Upshot(NamedTuple):
    """The net effect of the period on one thing of a page.

    `kind`, `significance`, `subject`, `reason` and `shown` are those of the gravest of its turns, of several the last.
    `before` is what the thing said at the period's beginning, `after` at its end; None where it was not there, or is of
    no kind that has sides. `spans` and `edits` lie between these two. `turns` are in order of time, at least one.
    `place` is the heading under which it stands. `others` are the findings on other things of the page that changed in
    the very same way in the same comparison, and are told with this one. `raised_by` is the reader's rule that makes it
    graver than its kind is, in words; `note` what was noted on an earlier turn of it that somebody has dealt with,
    which is no longer among the turns.
    """

    kind: str
    significance: Significance
    subject: str
    reason: str
    turns: tuple[Turn, ...]
    course: Course = Course.LASTING
    before: Side | None = None
    after: Side | None = None
    spans: tuple[Span, ...] = ()
    edits: tuple[Edit, ...] = ()
    place: str | None = None
    others: tuple[str, ...] = ()
    raised_by: str | None = None
    note: Note | None = None
    shown: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[str, ...]:
        """The ids of the findings that it tells, those told with it at the end."""
        return (*(turn.id for turn in self.turns), *self.others)

    @property
    def similar(self) -> int:
        """How many other things changed in the very same way."""
        return len(self.others)


class Doubted(NamedTuple):
    """Captures in a row that may be no honest ones of the page: how many, the first, the last, and why the last is.

    `lasts` where no good one came after them.
    """

    captures: int
    since: datetime
    until: datetime
    reason: str
    lasts: bool = False


class DigestPage(NamedTuple):
    """A page of which there is something to tell.

    `state` is how it stands: FAILING and SUSPECT at the period's end, ALERT and NEWS by the gravest of its `upshots`,
    EXPECTED where a gap, a failure or a doubt that is over is all there is. `upshots` are the gravest first; `left_out`
    counts those that are not among them, of which `short` says in sentences what there is. `failures` have an attempt
    in the period, `gaps` are times of it in which nobody saw the page, those too that it has in common with others and
    that the digest tells for all of them. `reports` are the files of its reports of the period, as seen from the folder
    of the reports, in order of time. `command` shows all of it. `language` is that of the page's newest capture ("ru"),
    as far as it is known.
    """

    id: str
    state: State
    title: str | None = None
    url: str | None = None
    language: str | None = None
    upshots: tuple[Upshot, ...] = ()
    left_out: int = 0
    short: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    gaps: tuple[Unseen, ...] = ()
    doubts: tuple[Doubted, ...] = ()
    captures: int = 0
    last_at: datetime | None = None
    reports: tuple[str, ...] = ()
    command: str = ""
    tags: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.title or self.id

    @property
    def bare_gaps(self) -> tuple[Unseen, ...]:
        """Those in which none of its failures began; with a failure it is one and the same hole."""
        return tuple(gap for gap in self.gaps if not self.failures_in(gap))

    def failures_in(self, gap: Unseen) -> tuple[Failure, ...]:
        """Those of its failures that began in the gap."""
        return tuple(failure for failure in self.failures if gap.since <= failure.since < gap.until)

    @property
    def significance(self) -> Significance:
        """The gravest there is to tell of it; that nobody can see it is an alert."""
        if self.state in (State.FAILING, State.SUSPECT, State.ALERT):
            return Significance.ALERT
        return Significance.NOTABLE if self.state is State.NEWS else Significance.ROUTINE


class CommonGap(NamedTuple):
    """A time in which nobody looked at some pages, for longer than usual: their ids, and in the same order their names.

    All of it lies in the gap of each of them. `missed` counts their captures that were due in it and that nobody took,
    `attempts` those that failed, `passed_over` those that are there and are no good ones. `is_outage`: for one of them
    at least it is one by how the page was captured before, and not by its schedule alone.
    """

    since: datetime
    until: datetime
    pages: tuple[str, ...]
    names: tuple[str, ...]
    missed: int = 0
    attempts: int = 0
    passed_over: int = 0
    is_outage: bool = False


class Undelivered(NamedTuple):
    """A message that was given up: to which reader, by which channel (its address, "" where it has one), about what.

    `made_at` is when it was made, `given_up_at` when it was given up, after so many `attempts`, `answer` what was said
    to the last of them. `command` sends it again.
    """

    id: str
    reader: str
    channel: str
    address: str
    subject: str
    made_at: datetime
    given_up_at: datetime
    attempts: int
    answer: str
    command: str


class LeftOut(NamedTuple):
    """Pages with something to tell for which there was no room: how many, their ids (some), their findings, and the
    command that shows them."""

    pages: int
    ids: tuple[str, ...]
    alerts: int
    news: int
    command: str


def told_from(pages: Iterable[DigestPage], since: datetime) -> datetime:
    """From when on a digest of these pages tells: `since`, or the first capture before it that was found late."""
    return min((since, *(turn.at for page in pages for each in page.upshots for turn in each.turns)))


class Digest(NamedTuple):
    """What the captures from `since` on and before `until` came to, for the reader of that id; None is anybody.

    `zone` is the IANA name of the time zone in which the reader wants times. `pages` are those of which there is
    something to tell, the gravest first; `gaps` the times in which nobody looked at some pages, be they among these or
    not. `expected` counts the pages that are as expected, `uncaptured` of them those that were not captured in the
    period, `known` those of which all there is to tell was told before, `unseen` the pages of which an outage among the
    `gaps` is all there is to tell, `waiting` those of which there is no capture. `checked_at` is the newest capture of
    all, `comparisons` counts the captures of the period. `routine` says how often what went as it should, by kind. Of
    the findings of the period `dealt_with` counts those that somebody has dealt with, `told_before` those that the
    reader was told before, at once or in a digest, `muted` those that the reader's rules mute, `lighter` those below
    the lowest significance that the reader wants. `tags` are those it was made for; empty for all pages. `command`
    tells all of the time, with what was told before. `counted` are the ids of the findings for which there was no room:
    they are told by their numbers alone. `is_alert` is whether it tells at once of one page that it fails, or is back.
    `undelivered` are the messages that were given up in the period, those to the reader, or to anybody. `untried`
    counts captures with findings in whose texts there was no time to look for the words of the reader's rules.
    """

    since: datetime
    until: datetime
    pages: tuple[DigestPage, ...] = ()
    reader: str | None = None
    zone: str = "UTC"
    expected: int = 0
    waiting: int = 0
    checked_at: datetime | None = None
    comparisons: int = 0
    routine: tuple[tuple[str, int], ...] = ()
    dealt_with: int = 0
    muted: int = 0
    lighter: int = 0
    left_out: LeftOut | None = None
    tags: tuple[str, ...] = ()
    command: str = ""
    uncaptured: int = 0
    counted: tuple[str, ...] = ()
    is_alert: bool = False
    undelivered: tuple[Undelivered, ...] = ()
    gaps: tuple[CommonGap, ...] = ()
    unseen: int = 0
    told_before: int = 0
    known: int = 0
    untried: int = 0

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing for which it ought to be sent; of gaps these are outages."""
        is_seen = not any(gap.is_outage for gap in self.gaps)
        return is_seen and not self.pages and self.left_out is None and not self.undelivered and not self.untried

    @property
    def findings(self) -> tuple[str, ...]:
        """The ids of all findings that it tells."""
        return tuple(id_ for page in self.pages for upshot in page.upshots for id_ in upshot.findings)

    @property
    def is_all(self) -> bool:
        """Whether it leaves nothing out because it was told before, so that its `command` makes the same again."""
        return not self.told_before and told_from(self.pages, self.since) == self.since

    @property
    def watched(self) -> int:
        """How many pages it is about."""
        told = len(self.pages) + (self.left_out.pages if self.left_out else 0)
        return told + self.expected + self.unseen + self.waiting
