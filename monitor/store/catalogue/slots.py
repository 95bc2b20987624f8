"""Which slots of the pages' schedules were begun, carried out, and missed; kept and found again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from monitor.model.schedule import Begun, Missed
from monitor.store.catalogue.tables import captures, failures, missed, slots, text_of


def begun(connection: Connection) -> dict[str, Begun]:
    """The newest slot that was begun, by page."""
    rows = connection.execute(select(slots.c.page, slots.c.slot, slots.c.begun_at, slots.c.done_at))
    return {page: Begun(_time(slot), _time(at), _time(done) if done else None) for page, slot, at, done in rows}


def open_missed(connection: Connection) -> dict[str, Missed]:
    """The missed slots that no capture made up for yet, by page."""
    wanted = select(missed.c.page, missed.c.first, missed.c.last, missed.c.slots).where(missed.c.caught_up_at.is_(None))
    rows = connection.execute(wanted.order_by(missed.c.first))
    return {page: Missed(_time(first), _time(last), count) for page, first, last, count in rows}


def missed_between(connection: Connection, page: str, since: datetime, until: datetime) -> list[Missed]:
    """What the page missed between two times, in order of time."""
    is_within = (missed.c.last >= text_of(since)) & (missed.c.first <= text_of(until))
    wanted = select(missed.c.first, missed.c.last, missed.c.slots).where(missed.c.page == page, is_within)
    rows = connection.execute(wanted.order_by(missed.c.first))
    return [Missed(_time(first), _time(last), count) for first, last, count in rows]


def begin(connection: Connection, page: str, slot: Begun) -> None:
    """Note that a slot is begun, in place of any other of the page."""
    row = {"page": page, "slot": text_of(slot.slot), "begun_at": text_of(slot.begun_at), "done_at": None}
    connection.execute(insert(slots).values(row).on_conflict_do_update(index_elements=["page"], set_=row))


def end(connection: Connection, page: str, slot: datetime, at: datetime) -> None:
    """Note that a slot was carried out to its end, and made up for all that the page missed before."""
    is_it = (slots.c.page == page) & (slots.c.slot == text_of(slot))
    connection.execute(update(slots).where(is_it).values(done_at=text_of(at)))
    is_open = (missed.c.page == page) & missed.c.caught_up_at.is_(None)
    connection.execute(update(missed).where(is_open).values(caught_up_at=text_of(at)))


def note_missed(connection: Connection, found: Mapping[str, Missed]) -> None:
    """Note what pages missed; a row that begins with the same slot grows."""
    for page, each in found.items():
        row = {"page": page, "first": text_of(each.first), "last": text_of(each.last), "slots": each.slots}
        same = {"last": row["last"], "slots": row["slots"], "caught_up_at": None}
        put = insert(missed).values(row)
        connection.execute(put.on_conflict_do_update(index_elements=["page", "first"], set_=same))


def forget(connection: Connection, pages: Iterable[str]) -> None:
    """Forget the slots of pages that have no schedule any more. What they missed stays on record."""
    gone = list(pages)
    connection.execute(delete(slots).where(slots.c.page.in_(gone)))
    is_open = missed.c.page.in_(gone) & missed.c.caught_up_at.is_(None)
    connection.execute(delete(missed).where(is_open))


def last_success(connection: Connection) -> dict[str, datetime]:
    """The newest capture of each page, of one that fails at present the newest before it began to fail."""
    is_failing = (failures.c.page == captures.c.page) & failures.c.over_at.is_(None)
    wanted = select(captures.c.page, func.max(captures.c.at)).outerjoin(failures, is_failing)
    fine = or_(failures.c.since.is_(None), captures.c.at < failures.c.since) & captures.c.pruned.is_(None)
    rows = connection.execute(wanted.where(fine).group_by(captures.c.page))
    return {page: _time(at) for page, at in rows}


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
