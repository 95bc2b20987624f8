"""The pages of config.yaml, their captures of a period, a reader → the digest of it.

All pages are looked at in short, from what the catalogue has kept. The gravest are then looked at closer, as many as
there is time for, so that a digest of ten thousand comparisons takes seconds.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from monitor.compare.wanted import Untold
from monitor.errors import InputError
from monitor.model.change import Significance
from monitor.model.digest import Digest, DigestPage, LeftOut, Undelivered, Upshot, told_from
from monitor.model.overview import State
from monitor.model.page import Page
from monitor.model.reader import Reader
from monitor.store.catalogue.opened import Catalogue
from monitor.watch.asked_digest import Asked, joined, pages_asked, tags_asked
from monitor.watch.common_gaps import common_gaps
from monitor.watch.digest_page import Look, Scope, look_at, look_closer
from monitor.watch.find_named import find_reader
from monitor.watch.period import Period, begin_of, end_of, yesterday
from monitor.watch.project import Project
from monitor.watch.read_captures import catalogue_of

_MOST_NAMED = 20
# A capture bears the time at which it was begun, and is compared some time later: what was captured before the last
# digest was made may have been found after it. What the reader was told is left out by its id.
_OVERLAP = timedelta(days=1)
# What somebody did stands before what could not be seen, and both before what is new.
_ORDER = (State.ALERT, State.FAILING, State.SUSPECT, State.NEWS, State.EXPECTED, State.WAITING)


class Room(NamedTuple):
    """How much a digest takes in: comparisons that are looked at closer, pages, upshots of a page and of all; and
    comparisons in whose texts the words of a reader's rules are looked for.

    A comparison with its history takes some 40 ms, so that 200 are eight seconds. Words decide what a reader is told at
    all, and are worth three minutes. Nobody reads more than a thousand findings; of pages that come after them some are
    told all the same, so that it shows what they are about.
    """

    closer: int = 200
    pages: int = 1000
    upshots: int = 50
    all_upshots: int = 1000
    by_words: int = 4000


ROOM = Room()
EVERYTHING = Room(*[sys.maxsize] * 5)
_FEWEST = 3  # upshots of a page


class Made(NamedTuple):
    """The digest, and lines for the user on the catalogue.

    `last` is where the reader's last digest ended. `fault` is why the catalogue did not answer all that it was asked:
    then the digest may tell what was told, or lack what was found, and is for reading alone.
    """

    digest: Digest
    notices: tuple[str, ...] = ()
    last: datetime | None = None
    fault: str | None = None


def make_digest(project: Project, asked: Asked, now: datetime, room: Room = ROOM) -> Made:
    """The digest that is asked for, of as much as there is `room` for.

    Raises InputError where there is no such reader, tag or time, or no page to tell of.
    """
    reader = find_reader(asked.reader, project.config) if asked.reader else None
    asked = asked._replace(tags=tags_asked(project, asked.tags))
    pages = pages_asked(project, reader, asked.tags)
    with catalogue_of(project.store) as catalogue:
        if catalogue:
            catalogue.catch_up()
        last = catalogue.last_digest(reader.id, now) if catalogue and reader else None
        digest = _Maker(project, catalogue, asked, reader, room).make(pages, now, last)
        if catalogue is None:
            is_there = os.path.isdir(project.store.folder)
            return Made(digest, fault="it can be neither read nor made" if is_there else None)
        return Made(digest, tuple(catalogue.notices), last, catalogue.fault)


class _Maker:
    """Makes one digest."""

    def __init__(
        self, project: Project, catalogue: Catalogue | None, asked: Asked, reader: Reader | None, room: Room
    ) -> None:
        self._project, self._catalogue, self._asked, self._reader = project, catalogue, asked, reader
        self._room = room
        self._scope = Scope(project.store, catalogue, project.reports, reader, is_next=asked.since is None)

    def make(self, pages: Sequence[Page], now: datetime, last: datetime | None) -> Digest:
        """`last` is where the reader's last digest ended."""
        zone = self._zone(pages)
        period = self._period(zone, now, last)
        looks = self._closer(sorted(self._looks(pages, period), key=_rank))
        told = [look.told for look in sorted(looks, key=_rank) if _is_told(look.told, self._reader)]
        others = [look.told for look in looks if not _is_told(look.told, self._reader)]
        most = self._room.pages
        shown = tuple(self._cut(told[:most]))
        digest = Digest(
            since=period.since,
            until=period.until,
            pages=shown,
            reader=self._reader.id if self._reader else None,
            zone=zone,
            counted=tuple(_without(told, shown)),
            untried=self._untried(looks),
            left_out=self._left_out(told[most:], period),
            tags=self._asked.tags,
            command=self._command(period._replace(since=told_from(shown, period.since))),
            undelivered=tuple(self._undelivered(period)),
            gaps=common_gaps(shown, [] if _wants_alerts_alone(self._reader) else others),
        )
        return _with_others(_with_sums(digest, looks), others, looks)

    # -- what is asked for

    def _zone(self, pages: Sequence[Page]) -> str:
        """The reader's; else the one that all pages have in common."""
        zones = {page.zone or "UTC" for page in pages}
        return self._reader.zone if self._reader else zones.pop() if len(zones) == 1 else "UTC"

    def _period(self, zone: str, now: datetime, last: datetime | None) -> Period:
        asked = self._asked
        until = end_of(asked.until, self._project, zone, now) if asked.until else now.replace(microsecond=0)
        if asked.since:
            since = overlap = begin_of(asked.since, self._project, zone, now)
        elif last and last < until:
            since, overlap = last, last - _OVERLAP
        else:
            since = overlap = min(yesterday(zone, now), yesterday(zone, until))
        if since >= until:
            raise InputError(f"There is no time from {_iso(since)} to {_iso(until)}", "name an earlier --since")
        return Period(since, until, overlap)

    # -- what there is to tell

    def _looks(self, pages: Iterable[Page], period: Period) -> list[Look]:
        lasting = {each.page: each for each in self._catalogue.open_failures()} if self._catalogue else {}
        if self._catalogue is None:
            return [look_at(self._scope, page, period, lasting) for page in pages]
        looks = []
        for page in pages:
            with self._catalogue.together():  # what had to be compared is kept, a page in one transaction
                looks.append(look_at(self._scope, page, period, lasting))
        return looks

    def _closer(self, looks: Sequence[Look]) -> list[Look]:
        """Of the gravest pages what stands behind their findings, as long as there is room for all of a page.

        Where words decide what the reader is told, of as many more as there is time for.
        """
        room, closer = self._room.closer, []
        if self._reader and self._reader.looks_for_words:
            room = max(room, self._room.by_words)
        for look in looks:
            is_wanted = 0 < len(look.found) <= room
            room -= len(look.found) if is_wanted else 0
            closer.append(look_closer(self._scope, look) if is_wanted else look._replace(is_short=bool(look.found)))
        return closer

    def _untried(self, looks: Sequence[Look]) -> int:
        """On how many captures words were looked for in names and reasons alone."""
        if self._reader is None or not self._reader.looks_for_words:
            return 0
        return sum(len(look.found) for look in looks if look.is_short)

    def _undelivered(self, period: Period) -> Iterator[Undelivered]:
        for each in self._catalogue.given_up(period.since, period.until) if self._catalogue else []:
            message = each.message
            if each.answered_at and (self._reader is None or self._reader.id == message.reader):
                yield Undelivered(
                    message.id,
                    message.reader,
                    message.channel,
                    message.address,
                    message.subject,
                    message.made_at,
                    each.answered_at,
                    each.attempts,
                    each.answer or "",
                    f"monitor outbox --resend {message.short_id}",
                )

    # -- what there is no room for

    def _cut(self, pages: Sequence[DigestPage]) -> Iterator[DigestPage]:
        """The pages with as many upshots as there is room for, the lightest left out."""
        left = self._room.all_upshots
        for page in pages:
            most = min(self._room.upshots, max(left, _FEWEST))
            left -= len(page.upshots[:most])
            yield page._replace(upshots=page.upshots[:most], left_out=_count(page.upshots[most:]))

    def _left_out(self, pages: Sequence[DigestPage], period: Period) -> LeftOut | None:
        if not pages:
            return None
        alerts = [upshot for page in pages for upshot in page.upshots if upshot.significance is Significance.ALERT]
        news = [upshot for page in pages for upshot in page.upshots if upshot.significance is not Significance.ALERT]
        ids = tuple(page.id for page in pages[:_MOST_NAMED])
        return LeftOut(len(pages), ids, _count(alerts), _count(news), f"{self._command(period)} --all")

    def _command(self, period: Period) -> str:
        """Ready for a shell, whatever a tag is."""
        reader = [f"--reader {shlex.quote(self._reader.id)}"] if self._reader else []
        named = joined(self._asked.tags)
        tags = [f"--tag{'=' if named.startswith('-') else ' '}{shlex.quote(named)}"] if named else []
        ends = [f"--since {_iso(period.since)}", f"--until {_iso(period.until)}"]
        return " ".join(["monitor digest", *ends, *reader, *tags])


def _with_sums(digest: Digest, looks: Sequence[Look]) -> Digest:
    """The digest, with what is counted over all pages, told or not."""
    untold = sum((look.untold for look in looks), Counter[Untold]())
    return digest._replace(
        checked_at=max((look.told.last_at for look in looks if look.told.last_at), default=None),
        comparisons=sum(look.told.captures for look in looks),
        routine=tuple(sum((look.routine for look in looks), Counter[str]()).most_common()),
        dealt_with=sum(look.dealt_with for look in looks),
        told_before=untold[Untold.BEFORE],
        muted=untold[Untold.MUTED],
        lighter=untold[Untold.LIGHTER],
    )


def _with_others(digest: Digest, others: Sequence[DigestPage], looks: Sequence[Look]) -> Digest:
    """The digest, with how the other pages stand, which are not told: quiet, missed in an outage, new."""
    missed = {id_ for gap in digest.gaps if gap.is_outage for id_ in gap.pages}
    quiet = [page for page in others if page.id not in missed and page.state is not State.WAITING]
    told_before = {look.told.id for look in looks if look.untold[Untold.BEFORE]}
    return digest._replace(
        expected=len(quiet),
        waiting=sum(page.state is State.WAITING for page in others),
        uncaptured=sum(not page.captures for page in quiet),
        known=sum(page.id in told_before for page in quiet),
        unseen=sum(page.id in missed for page in others),
    )


def _without(pages: Iterable[DigestPage], shown: Iterable[DigestPage]) -> Iterator[str]:
    """The findings of pages that are not shown on them."""
    known = {id_ for page in shown for id_ in _findings(page)}
    yield from (id_ for page in pages for id_ in _findings(page) if id_ not in known)


def _findings(page: DigestPage) -> Iterator[str]:
    yield from (id_ for upshot in page.upshots for id_ in upshot.findings)


def _count(upshots: Iterable[Upshot]) -> int:
    """How many things they are about."""
    return sum(1 + upshot.similar for upshot in upshots)


def _rank(look: Look) -> tuple[int, int, str]:
    """The gravest first, of those as grave the one with most alerts, else findings."""
    alerts = [upshot for upshot in look.told.upshots if upshot.significance is Significance.ALERT]
    return _ORDER.index(look.told.state), -len(alerts or look.told.upshots), look.told.name.casefold()


def _is_told(page: DigestPage, reader: Reader | None) -> bool:
    """Whether the page is told by itself; one that only nobody looked at for a time is told with others like it."""
    if page.upshots or page.state in (State.FAILING, State.SUSPECT):
        return True
    return not _wants_alerts_alone(reader) and bool(page.failures or page.doubts)


def _wants_alerts_alone(reader: Reader | None) -> bool:
    """And so is not told that a page was not seen for a time."""
    return reader is not None and reader.lowest is Significance.ALERT


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
