"""Messages → rows of the outbox, and back; what became of each. Every function is for one transaction.

Times are kept to the microsecond, in one form, so that texts are in the order of their times.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, case, func, or_, select, true, update
from sqlalchemy.dialects.sqlite import insert

from monitor.model.delivery import Delivery, Due, Message, Occasion, State
from monitor.store.catalogue.tables import captures, deliveries, findings, quiet, text_of, told

_LAST = 100  # of those that are done; `monitor outbox` is for people
_DONE = (State.SENT.value, State.DROPPED.value)
_A_DAY = timedelta(days=1)
_FAR_BACK = timedelta(days=31)  # of what was found then nothing that was told is told again
_IS_NO_SAMPLE = deliveries.c.occasion != Occasion.SAMPLE.value
NOT_TOLD = (State.DROPPED.value, State.GIVEN_UP.value)  # what such deliveries told, nobody was told


def put(connection: Connection, messages: Sequence[Message], due: datetime) -> None:
    """Put messages in, to be sent from then on, and note who is told of what by them.

    One that is there stays as it is: what a second one of that id tells beside it is not noted as told. What was told
    by one that was dropped or given up is told by these from now on.
    """
    lost = select(deliveries.c.id).where(or_(*(deliveries.c.state == state for state in NOT_TOLD)))
    tells = insert(told)
    tells = tells.on_conflict_do_update(
        index_elements=["finding", "reader"],
        set_={"delivery": tells.excluded.delivery},
        where=told.c.delivery.in_(lost),
    )
    for each in messages:
        row = {
            **{key: value for key, value in each._asdict().items() if key != "findings"},
            "occasion": each.occasion.value, "state": State.WAITING.value, "attempts": 0,
            "made_at": _text(each.made_at), "until": _text(each.until), "due_at": _text(due),
        }  # fmt: skip
        if not connection.execute(insert(deliveries).values(row).on_conflict_do_nothing()).rowcount:
            continue
        rows = [{"finding": finding, "reader": each.reader, "delivery": each.id} for finding in each.findings]
        if rows:
            connection.execute(tells, rows)


def untold(connection: Connection, reader: str, findings: Sequence[str]) -> list[str]:
    """Those of the findings that the reader was not told of yet."""
    known = select(told.c.finding).where(told.c.reader == reader, told.c.finding.in_(findings))
    found = set(connection.execute(known).scalars())
    return [each for each in findings if each not in found]


def due(connection: Connection, now: datetime) -> list[Due]:
    """The deliveries to be tried now, those that wait longest first.

    A clock that was ahead when one was last seen to set a time for it that is not to be believed.
    """
    columns = deliveries.c
    seen_to = func.coalesce(columns.answered_at, columns.begun_at, columns.made_at)
    is_due = (columns.state == State.WAITING.value) & ((columns.due_at <= _text(now)) | (seen_to > _text(now)))
    wanted = select(columns.id, columns.reader, columns.channel, columns.occasion).where(is_due)
    found = connection.execute(wanted.order_by(columns.due_at))
    return [Due(row.id, row.reader, row.channel, Occasion(row.occasion)) for row in found]


def put_off(connection: Connection, id_: str, until: datetime) -> None:
    """Have a delivery that waits tried at that time."""
    is_it = (deliveries.c.id == id_) & (deliveries.c.state == State.WAITING.value)
    connection.execute(update(deliveries).where(is_it).values(due_at=_text(until)))


def next_due(connection: Connection) -> datetime | None:
    """When the next delivery is to be tried; None where none waits."""
    wanted = select(func.min(deliveries.c.due_at)).where(deliveries.c.state == State.WAITING.value)
    return _time(connection.execute(wanted).scalar())


def claim(connection: Connection, id_: str, now: datetime) -> Delivery | None:
    """Begin to send a delivery; None where it does not wait any more."""
    is_it = (deliveries.c.id == id_) & (deliveries.c.state == State.WAITING.value)
    is_known = (deliveries.c.attempts > 0) & (deliveries.c.tried_since <= _text(now))
    begun = {
        "state": State.SENDING.value, "attempts": deliveries.c.attempts + 1, "begun_at": _text(now), "handed_at": None,
        "tried_since": case((is_known, deliveries.c.tried_since), else_=_text(now)),
    }  # fmt: skip
    if not connection.execute(update(deliveries).where(is_it).values(begun)).rowcount:
        return None
    return find(connection, id_)


def hand_over(connection: Connection, id_: str, now: datetime) -> None:
    """Note that the receiver may have all of it from now on."""
    connection.execute(update(deliveries).where(deliveries.c.id == id_).values(handed_at=_text(now)))


def settle(connection: Connection, id_: str, state: State, said: str, now: datetime, due: datetime | None) -> State:
    """Note what a try came to; the state that the delivery has then.

    What somebody dropped during the try stays dropped, unless it has arrived.
    """
    came_to = {"state": state.value, "answer": said, "answered_at": _text(now), "due_at": _text(due)}
    is_it = deliveries.c.id == id_
    if state is not State.SENT:
        is_it &= deliveries.c.state != State.DROPPED.value
    if connection.execute(update(deliveries).where(is_it).values(came_to)).rowcount:
        return state
    return State.DROPPED


def abandoned(connection: Connection) -> list[Delivery]:
    """Those that are being sent; by nobody, where the caller is the only one who sends."""
    return _found(connection, _all().where(deliveries.c.state == State.SENDING.value))


def find(connection: Connection, id_: str) -> Delivery | None:
    """The delivery of that id."""
    found = _found(connection, _all().where(deliveries.c.id == id_))
    return found[0] if found else None


def begins_with(connection: Connection, start: str) -> list[Delivery]:
    """The deliveries whose ids begin so."""
    return _found(connection, _all().where(deliveries.c.id.startswith(start, autoescape=True)))


def listed(connection: Connection) -> list[Delivery]:
    """All that are not done, and the last of those that are, in the order in which they were made."""
    is_done = deliveries.c.state.in_(_DONE)
    newest = _all().where(is_done).order_by(deliveries.c.made_at.desc()).limit(_LAST)
    found = [*_found(connection, _all().where(~is_done)), *_found(connection, newest)]
    return sorted(found, key=lambda each: (each.message.made_at, each.message.id))


def untried(connection: Connection, since: datetime | None, now: datetime) -> list[Delivery]:
    """Those that wait for a later time and were never tried, made since then; in the order in which they are due."""
    is_it = (deliveries.c.state == State.WAITING.value) & (deliveries.c.attempts == 0)
    is_it &= deliveries.c.due_at > _text(now)
    is_new = deliveries.c.made_at >= _text(since) if since else true()
    return _found(connection, _all().where(is_it, is_new).order_by(deliveries.c.due_at, deliveries.c.made_at))


def tells(connection: Connection, id_: str) -> int:
    """How many findings a delivery tells that no other one told before."""
    wanted = select(func.count()).select_from(told).where(told.c.delivery == id_)
    return int(connection.execute(wanted).scalar_one())


def given_up_untold(connection: Connection) -> list[Delivery]:
    """Those that were given up and that nobody was told of yet; whoever sends a sample sees what becomes of it."""
    is_new = (deliveries.c.state == State.GIVEN_UP.value) & deliveries.c.told_at.is_(None) & _IS_NO_SAMPLE
    return _found(connection, _all().where(is_new).order_by(deliveries.c.made_at))


def note_told(connection: Connection, ids: Sequence[str], now: datetime) -> None:
    """Remember that somebody was told that these were given up."""
    connection.execute(update(deliveries).where(deliveries.c.id.in_(ids)).values(told_at=_text(now)))


def given_up_between(connection: Connection, since: datetime, until: datetime) -> list[Delivery]:
    """Those that were given up in a time, in order of time; samples are no news."""
    is_within = (deliveries.c.answered_at > _text(since)) & (deliveries.c.answered_at <= _text(until))
    wanted = _all().where(deliveries.c.state == State.GIVEN_UP.value, is_within, _IS_NO_SAMPLE)
    return _found(connection, wanted.order_by(deliveries.c.answered_at))


def last_digest(connection: Connection, reader: str, now: datetime) -> datetime | None:
    """Until when the reader knows all: the end of their newest digest that was put in, and neither dropped nor given
    up, or of a time of which there was nothing to tell. None of these ends after `now`: a clock that was ahead does
    not decide.

    Where an alert was dropped or given up since, no longer than until it was made; where a digest was, than until the
    first of its findings was captured. Where all digests were given up, a day before the first of them ended: that is
    what nobody has read yet. Where a clock that was ahead noted the only end, a month before now.
    """
    is_it = (deliveries.c.reader == reader) & (deliveries.c.occasion == Occasion.DIGEST.value)
    is_over = deliveries.c.until <= _text(now)
    newest = select(func.max(deliveries.c.until)).where(is_it, is_over, deliveries.c.state.not_in(NOT_TOLD))
    nothing = _time(connection.execute(select(quiet.c.until).where(quiet.c.reader == reader)).scalar())
    ends = (connection.execute(newest).scalar(), _text(nothing) if nothing and nothing <= now else None)
    if known := max(filter(None, ends), default=None):
        lost = (connection.execute(each(reader, known)).scalar() for each in (_lost_alert, _lost_digest))
        return min(datetime.fromisoformat(each) for each in (known, *lost) if each)
    if nothing:
        return now - _FAR_BACK
    oldest = select(func.min(deliveries.c.until)).where(is_it, deliveries.c.state == State.GIVEN_UP.value)
    first = _time(connection.execute(oldest).scalar())
    return first and first - _A_DAY


def _lost_alert(reader: str, since: str) -> Select[Any]:
    """When the first alert was made that was dropped or given up since a time, and whose findings nobody told since."""
    has_findings = deliveries.c.id.in_(select(told.c.delivery))
    return select(func.min(deliveries.c.made_at)).where(_is_lost(reader, Occasion.ALERT, since), has_findings)


def _lost_digest(reader: str, since: str) -> Select[Any]:
    """When the first finding was captured that a digest told which was dropped or given up since, and none after it."""
    tells = told.join(deliveries, deliveries.c.id == told.c.delivery).join(findings, findings.c.id == told.c.finding)
    found = tells.join(captures, captures.c.seq == findings.c.after)
    return select(func.min(captures.c.at)).select_from(found).where(_is_lost(reader, Occasion.DIGEST, since))


def _is_lost(reader: str, occasion: Occasion, since: str) -> ColumnElement[bool]:
    """Whether a delivery is one of these to the reader that was dropped or given up since a time."""
    is_it = (deliveries.c.reader == reader) & (deliveries.c.occasion == occasion.value)
    return is_it & deliveries.c.state.in_(NOT_TOLD) & (deliveries.c.answered_at >= since)


def note_quiet(connection: Connection, reader: str, until: datetime) -> None:
    """Note that until then there was nothing to tell the reader that they were not told.

    Of two at once the later one counts; an end much later than this was noted by a clock that was ahead.
    """
    row = {"reader": reader, "until": _text(until)}
    is_ahead = quiet.c.until > _text(until + _A_DAY)
    later = {"until": case((is_ahead, _text(until)), else_=func.max(quiet.c.until, _text(until)))}
    connection.execute(insert(quiet).values(row).on_conflict_do_update(index_elements=["reader"], set_=later))


def again(connection: Connection, id_: str, now: datetime) -> None:
    """Have a delivery sent, or sent again, whatever became of it."""
    fresh = {"state": State.WAITING.value, "due_at": _text(now), "attempts": 0, "told_at": None}
    connection.execute(update(deliveries).where(deliveries.c.id == id_).values(fresh))


def _all() -> Select[Any]:
    return select(deliveries)


def _found(connection: Connection, wanted: Select[Any]) -> list[Delivery]:
    return [_delivery(row) for row in connection.execute(wanted)]


def _delivery(row: Row[Any]) -> Delivery:
    message = Message(
        id=row.id,
        reader=row.reader,
        channel=row.channel,
        address=row.address,
        occasion=Occasion(row.occasion),
        subject=row.subject,
        content=row.content,
        made_at=datetime.fromisoformat(row.made_at),
        until=_time(row.until),
    )
    begun, handed, answered = (_time(each) for each in (row.begun_at, row.handed_at, row.answered_at))
    state, due_at, since = State(row.state), _time(row.due_at), _time(row.tried_since)
    return Delivery(message, state, due_at, row.attempts, begun, handed, answered, row.answer, since)


def _text(at: datetime | None) -> str | None:
    return None if at is None else text_of(at, "microseconds")


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
