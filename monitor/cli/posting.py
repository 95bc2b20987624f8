"""The commands on what goes out: outbox, deliver, ack. And what others deliver at their ends."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.cli.inputs import project_of
from monitor.cli.output import complain, say
from monitor.cli.words import DONE, FAILED
from monitor.errors import InputError, MonitorError, OutputError, ServiceError, StoreError
from monitor.model.delivery import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from monitor.cli.options import Asked
    from monitor.model.delivery import Delivered, Delivery, Message
    from monitor.model.reader import Reader
    from monitor.store.catalogue.deliveries import Deliveries
    from monitor.store.catalogue.opened import Catalogue
    from monitor.watch.project import Project


def outbox(asked: Asked) -> int:
    """Print what waits and what became of the rest, or have one delivery sent again, or not at all."""
    if asked.resend and asked.drop:
        raise InputError("--resend sends a delivery, and --drop does not", "drop one of them")
    project = project_of(asked, is_config_needed=False)
    readers = {reader.id: reader for reader in project.config.readers}
    with _outbox_of(project) as deliveries:
        if asked.resend:
            return _resend(deliveries, asked.resend, readers)
        if asked.drop:
            return _drop(deliveries, asked.drop)
        say(*_listed(deliveries.listed(), readers))
    return DONE


@contextmanager
def _outbox_of(project: Project) -> Iterator[Deliveries]:
    from monitor.store.catalogue.deliveries import Deliveries  # noqa: PLC0415  each command pays for its own way only
    from monitor.watch.read_captures import catalogue_of  # noqa: PLC0415  as above

    with catalogue_of(project.store) as catalogue:
        if catalogue is None:
            raise _no_outbox(project)
        with _complaining(catalogue):
            yield Deliveries(catalogue)


def _no_outbox(project: Project) -> StoreError:
    if not os.path.isdir(project.store.folder):
        return StoreError("There is no store, and so no outbox", "monitor check makes both")
    what = f"The catalogue of {project.store.folder} can be neither read nor made"
    return StoreError(what, "see that there is room, and that the folder may be written to")


@contextmanager
def _complaining(catalogue: Catalogue) -> Iterator[None]:
    """Say at the end what became of its file within; of one that cannot be used, what is raised says so."""
    try:
        yield
    finally:
        for notice in catalogue.notices if catalogue.is_open else ():
            complain(notice)


def _resend(deliveries: Deliveries, start: str, readers: Mapping[str, Reader]) -> int:
    from monitor.watch.deliver_due import stale  # noqa: PLC0415  each command pays for its own way only

    found = _only(deliveries, start)
    message = found.message
    if fault := stale(message, readers.get(message.reader)):
        mend = f"monitor outbox --drop {message.short_id}; what it told comes in the next digest for {message.reader}"
        raise InputError(f"{message.short_id} cannot be sent again: {fault}", mend)
    deliveries.send_again(message.id, datetime.now(UTC))
    said = " It arrived before: its receiver may know the key, and drop it." if found.state is State.SENT else ""
    say(f"{message.short_id} to {message.receiver} is sent by the next monitor deliver.{said}")
    return DONE


def _drop(deliveries: Deliveries, start: str) -> int:
    found = _only(deliveries, start)
    message = found.message
    if found.state is State.SENT:
        raise InputError(f"{message.short_id} is sent already", "nothing can be done any more")
    is_told_later = deliveries.drop(message.id, datetime.now(UTC)) > 0
    later = f" What it told comes in the next digest for {message.reader}." if is_told_later else ""
    say(f"{message.short_id} to {message.receiver} is not sent any more.{later}")
    return DONE


def _only(deliveries: Deliveries, start: str) -> Delivery:
    found = deliveries.named(start.strip().lower()) if start.strip() else []
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} deliveries begin" if found else "No delivery begins"
    raise InputError(f"{what} with {start!r}", "monitor outbox lists them with their ids")


def _listed(found: list[Delivery], readers: Mapping[str, Reader]) -> Iterator[str]:
    if not found:
        yield "Nothing waits, and nothing was sent yet."
    for each in found:
        message = each.message
        head = f"{message.short_id}  {each.state.value:8}  {_moment(message.made_at)}  {message.receiver}"
        yield f"{head}  {message.subject}"
        said = ", ".join(_standing(each, readers.get(message.reader)))
        if said:
            yield f"{' ' * len(message.short_id)}  {said}{f': {each.answer}' if each.answer else ''}"


def _standing(delivery: Delivery, reader: Reader | None) -> Iterator[str]:
    """How often it was tried; when next, and that quiet hours are the reason."""
    from monitor.deliver.tries import held  # noqa: PLC0415  each command pays for its own way only

    if delivery.attempts:
        yield f"{delivery.attempts} tr{'y' if delivery.attempts == 1 else 'ies'}"
    if delivery.due_at and delivery.state is State.WAITING:
        yield f"next at {_moment(delivery.due_at)}"
        if reader and (why := held(reader, delivery.due_at)):
            yield why


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}Z"


def deliver(asked: Asked) -> int:
    """Send what is due, or a sample to one reader; a line for each."""
    project = project_of(asked)
    samples = _put_sample(project, asked.test) if asked.test else []
    count = _send_due(project)
    if count is None:
        return FAILED
    if not count:
        say(_nothing_due(project))
    _see_that_they_arrived(project, samples)
    return DONE


def _nothing_due(project: Project) -> str:
    """That nothing is to be sent now, and what waits for later."""
    if not os.path.isdir(project.store.folder):
        return "Nothing is due."
    with _outbox_of(project) as deliveries:
        later = deliveries.next_due()
    return f"Nothing is due now; the next goes out at {_moment(later)}: monitor outbox" if later else "Nothing is due."


def _put_sample(project: Project, id_: str) -> list[Message]:
    from monitor.watch.find_named import find_reader  # noqa: PLC0415  only here
    from monitor.watch.send_sample import send_sample  # noqa: PLC0415  only here

    reader = find_reader(id_, project.config)
    os.makedirs(project.store.folder, exist_ok=True)
    with _outbox_of(project) as deliveries:
        return send_sample(reader, deliveries, datetime.now(UTC))


def _see_that_they_arrived(project: Project, samples: Sequence[Message]) -> None:
    """Raises ServiceError where one of them did not, by whoever sent it: for that is what a sample is to tell."""
    if not samples:
        return
    with _outbox_of(project) as deliveries:
        found = [each for sample in samples for each in deliveries.named(sample.id)]
    lost = [each for each in found if each.state is not State.SENT]
    if lost:
        said = "; ".join(f"{each.message.receiver}: {each.answer or 'not tried yet'}" for each in lost)
        waiting = any(each.state is not State.GIVEN_UP for each in lost)
        mend = "monitor outbox says when it is tried again" if waiting else "mend that, then send another sample"
        raise ServiceError(f"The sample did not arrive: {said}", mend)


def deliver_due_of(project: Project, since: datetime | None = None) -> None:
    """Send what is due, a line for each. What goes wrong is a complaint, and tried again later.

    A line also for each message that quiet hours hold back, if it was made `since` a time; without one for all.

    Raises OutputError where the lines cannot be written; all is sent by then.
    """
    try:
        _send_due(project, since)
    except OutputError:
        raise
    except MonitorError as error:
        complain(str(error))


def _send_due(project: Project, since: datetime | None = None) -> int | None:
    """Send what is due, a line for each; how many there were, None where the outbox broke, which is told.

    Raises MonitorError where it cannot be looked for, and OutputError, all being sent, where a line cannot be written.
    """
    from monitor.watch.deliver_due import deliver_now, tell_given_up  # noqa: PLC0415  each command pays for its own way
    from monitor.watch.read_captures import catalogue_of  # noqa: PLC0415  as above

    count = 0

    def tell(delivered: Delivered) -> None:
        nonlocal count
        count += 1
        say(_line(delivered))

    with catalogue_of(project.store) as catalogue:
        if catalogue is None:
            if os.path.isdir(project.store.folder):
                raise _no_outbox(project)
            return count
        with _complaining(catalogue):
            try:
                deliver_now(project, catalogue, tell, since)
            except OutputError:
                tell_given_up(catalogue, complain)
                raise
            tell_given_up(catalogue, complain)
        return None if catalogue.was_replaced and not count else count


def _line(delivered: Delivered) -> str:
    message = delivered.message
    again = f"; again at {_moment(delivered.again)}" if delivered.again else ""
    return f"{delivered.state.value}: {message.subject} → {message.receiver}: {delivered.said}{again}"


def ack(asked: Asked) -> int:
    """Remember that a finding was dealt with, and what is to be said of it."""
    from monitor.watch.acknowledge import acknowledge  # noqa: PLC0415  each command pays for its own way only

    if asked.note is None:
        raise InputError("A finding is dealt with by saying how", 'add --note "called them, it is a mistake"')
    project = project_of(asked, is_config_needed=False)
    finding, replaced = acknowledge(project, asked.names[0], asked.note, datetime.now(UTC))
    before = f"; in place of: {replaced}" if replaced else ""
    say(f"{finding.id} is dealt with: {finding.kind} on {finding.page}, {finding.subject}{before}")
    return DONE
