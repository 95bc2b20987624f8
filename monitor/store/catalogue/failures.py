"""Attempts that failed → the times in which pages could not be captured, and what was told of them.

A page has one open failure at most. Each function is to be called within a transaction of its own.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from monitor.model.failure import Failure
from monitor.store.catalogue.tables import captures, failures, text_of

_IS_OPEN = failures.c.over_at.is_(None)


def failed(connection: Connection, page: str, at: datetime, reason: str) -> Failure:
    """Count an attempt that failed; the page's failure as it is with it.

    One that begins in the very second in which another began is that one, going on.
    """
    found = connection.execute(select(failures.c.since).where(failures.c.page == page, _IS_OPEN)).scalar()
    since = found or text_of(at)
    first = {"page": page, "since": since, "last_at": text_of(at), "attempts": 1, "reason": reason}
    again = {
        "last_at": func.max(failures.c.last_at, text_of(at)), "attempts": failures.c.attempts + 1, "reason": reason,
        "over_at": None, "over_told_at": None,
    }  # fmt: skip
    connection.execute(
        insert(failures).values(first).on_conflict_do_update(index_elements=["page", "since"], set_=again)
    )
    is_it = (failures.c.page == page) & (failures.c.since == since)
    return _failure(connection.execute(_failures().where(is_it)).one())


def accepted(connection: Connection, page: str) -> None:
    """Forget the page's open failure where all attempts brought captures: they are told of as the page's new form."""
    row = connection.execute(_failures().where(failures.c.page == page, _IS_OPEN)).one_or_none()
    if row and _failure(row).has_captures:
        connection.execute(delete(failures).where(failures.c.page == page, _IS_OPEN))


def succeeded(connection: Connection, page: str, at: datetime) -> Failure | None:
    """End the page's open failure; the newest that is over and was not told to be, None where there is none."""
    connection.execute(update(failures).where(failures.c.page == page, _IS_OPEN).values(over_at=text_of(at)))
    is_to_tell = (failures.c.page == page) & ~_IS_OPEN & failures.c.over_told_at.is_(None)
    row = connection.execute(_failures().where(is_to_tell).order_by(failures.c.since.desc()).limit(1)).one_or_none()
    return _failure(row) if row else None


def told(connection: Connection, page: str, since: datetime, at: datetime) -> None:
    """Remember that a failure was told as it stands: that it lasts, or that it is over, and older ones with it."""
    of_page = update(failures).where(failures.c.page == page)
    is_it = failures.c.since == text_of(since)
    connection.execute(of_page.where(is_it, _IS_OPEN, failures.c.told_at.is_(None)).values(told_at=text_of(at)))
    is_over = (failures.c.since <= text_of(since)) & ~_IS_OPEN & failures.c.over_told_at.is_(None)
    connection.execute(of_page.where(is_over).values(over_told_at=text_of(at)))


def unsettled(connection: Connection) -> set[str]:
    """The pages of which `succeeded` has something to end, or to tell."""
    pages = select(failures.c.page).where(_IS_OPEN | failures.c.over_told_at.is_(None))
    return set(connection.execute(pages).scalars())


def open_ones(connection: Connection) -> list[Failure]:
    """What lasts, of all pages, in the order in which it began."""
    rows = connection.execute(_failures().where(_IS_OPEN).order_by(failures.c.since, failures.c.page))
    return [_failure(row) for row in rows]


def since(connection: Connection, day: date) -> list[Failure]:
    """The failures of all pages that have an attempt on that day or later, or that last, in order of time."""
    is_recent = _IS_OPEN | (failures.c.last_at >= day.isoformat())
    return [_failure(row) for row in connection.execute(_failures().where(is_recent).order_by(failures.c.since))]


def of_page(connection: Connection, page: str, since: datetime, until: datetime) -> list[Failure]:
    """The failures of a page that have an attempt between two times, in order of time."""
    is_within = (failures.c.last_at >= text_of(since)) & (failures.c.since <= text_of(until))
    wanted = _failures().where(failures.c.page == page, is_within).order_by(failures.c.since)
    return [_failure(row) for row in connection.execute(wanted)]


@cache
def _failures() -> Select[Any]:
    """Each with the captures that were made while it lasted."""
    is_within = (captures.c.at >= failures.c.since) & (_IS_OPEN | (captures.c.at < failures.c.over_at))
    made = select(func.count()).where(captures.c.page == failures.c.page, is_within).scalar_subquery()
    return select(failures, made.label("captures"))


def _failure(row: Row[Any]) -> Failure:
    since, last = (datetime.fromisoformat(each) for each in (row.since, row.last_at))
    later = (row.told_at, row.over_at, row.over_told_at)
    told, over, over_told = (datetime.fromisoformat(each) if each else None for each in later)
    return Failure(row.page, since, last, row.attempts, row.reason, told, over, over_told, row.captures)
