"""The index → what it tells of all pages at once: their captures, what was found at them, what each day brought.

A question each for all pages, and none opens a capture: a thousand pages of a hundred captures take part of a second.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, Row, Select, case, func, select

from monitor.model.comparison import Verdict
from monitor.model.failure import Failure
from monitor.store.catalogue import failures
from monitor.store.catalogue.tables import accepted, captures, comparisons, findings

_CHANGED, _SUSPECT = Verdict.CHANGED.value, Verdict.SUSPECT.value
_DAY = func.substr(captures.c.at, 1, len("2020-07-04"))
_IS_THERE = captures.c.pruned.is_(None)


class Seen(NamedTuple):
    """A page's captures: how many, the newest, what was found at the newest with a finding, the newest not suspect."""

    captures: int
    last_at: datetime
    last_file: str
    changed: Noted | None = None
    good_at: datetime | None = None


class Noted(NamedTuple):
    """A finding, or a suspect capture, in short: the capture, the verdict, the sentence, the findings by gravity."""

    at: datetime
    file: str
    verdict: str
    summary: str
    alerts: int
    news: int


class Known(NamedTuple):
    """What is known of all pages, by their ids: `captured` counts captures by day, `failures` are in order of time.

    `accepted` are files of captures that looked suspect and were taken for the page's new form.
    """

    seen: dict[str, Seen]
    noted: dict[str, list[Noted]]
    captured: dict[str, list[tuple[date, int]]]
    failures: dict[str, list[Failure]]
    accepted: frozenset[str]


NOTHING = Known({}, {}, {}, {}, frozenset())


def known(connection: Connection, first: date) -> Known:
    """The pages' captures, what was found at them from that day on, in order of time, and what failed since then."""
    noted: dict[str, list[Noted]] = defaultdict(list)
    for row in connection.execute(_found().where(captures.c.at >= first.isoformat()).order_by(captures.c.at)):
        noted[row.page].append(_noted(row))
    failed: dict[str, list[Failure]] = defaultdict(list)
    for failure in failures.since(connection, first):
        failed[failure.page].append(failure)
    files = frozenset(connection.execute(select(accepted.c.file)).scalars())
    return Known(_seen(connection), noted, _captured(connection, first), failed, files)


def _seen(connection: Connection) -> dict[str, Seen]:
    """SQLite takes what stands beside a maximum from its row."""
    changed = {row.page: _noted(row) for row in connection.execute(_newest_change())}
    good = {page: _time(at) for page, at in connection.execute(_newest_good())}
    newest = (func.count().label("captures"), func.max(captures.c.at).label("last_at"), captures.c.file)
    rows = connection.execute(select(captures.c.page, *newest).where(_IS_THERE).group_by(captures.c.page))
    return {
        row.page: Seen(row.captures, _time(row.last_at), row.file, changed.get(row.page), good.get(row.page))
        for row in rows
    }


def _newest_good() -> Select[str, str]:
    is_good = comparisons.c.verdict.is_(None) | (comparisons.c.verdict != _SUSPECT)
    joined = captures.outerjoin(comparisons, comparisons.c.after == captures.c.seq)
    newest = select(captures.c.page, func.max(captures.c.at)).select_from(joined)
    return newest.where(_IS_THERE, is_good).group_by(captures.c.page)


def _captured(connection: Connection, first: date) -> dict[str, list[tuple[date, int]]]:
    found: dict[str, list[tuple[date, int]]] = defaultdict(list)
    wanted = select(captures.c.page, _DAY, func.count()).where(_IS_THERE, captures.c.at >= first.isoformat())
    for page, day, count in connection.execute(wanted.group_by(captures.c.page, _DAY)):
        found[page].append((date.fromisoformat(day), count))
    return found


def _found() -> Select[tuple[object, ...]]:
    """The comparisons of every page that came to something, with how many findings they have of each significance."""
    counted = (
        select(
            findings.c.after,
            func.count().label("findings"),
            func.sum(case((findings.c.significance == "alert", 1), else_=0)).label("alerts"),
        )
        .group_by(findings.c.after)
        .subquery()
    )
    told = (comparisons.c.verdict, comparisons.c.summary, counted.c.findings, counted.c.alerts)
    return (
        select(captures.c.page, captures.c.at, captures.c.file, *told)
        .join(comparisons, comparisons.c.after == captures.c.seq)
        .outerjoin(counted, counted.c.after == captures.c.seq)
        .where(_IS_THERE, comparisons.c.verdict.in_((_CHANGED, _SUSPECT)))
    )


def _newest_change() -> Select[tuple[object, ...]]:
    found = _found().where(comparisons.c.verdict == _CHANGED).subquery()
    return select(*(each for each in found.c if each.name != "at"), func.max(found.c.at).label("at")).group_by(
        found.c.page
    )


def _noted(row: Row[tuple[object, ...]]) -> Noted:
    alerts = row.alerts or 0
    return Noted(_time(row.at), row.file, row.verdict, row.summary, alerts, (row.findings or 0) - alerts)


def _time(text: str) -> datetime:
    """To the second, as captures are named. Raises ValueError where it is no time."""
    return datetime.fromisoformat(text).replace(microsecond=0)
