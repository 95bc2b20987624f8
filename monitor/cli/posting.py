"""The commands on what goes out: outbox, deliver, ack. And what others deliver at their ends."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.cli.comparing import project_of
from monitor.cli.output import complain, say
from monitor.cli.words import DONE, FAILED
from monitor.errors import InputError, MonitorError, OutputError, StoreError
from monitor.model.delivery import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.cli.options import Asked
    from monitor.model.delivery import Delivered, Delivery
    from monitor.store.catalogue.deliveries import Deliveries
    from monitor.store.catalogue.opened import Catalogue
    from monitor.watch.project import Project


def outbox(asked: Asked) -> int:
    """Print what waits and what became of the rest, or have one delivery sent again, or not at all."""
    if asked.resend and asked.drop:
        raise InputError("--resend sends a delivery, and --drop does not", "drop one of them")
    with _outbox_of(project_of(asked, is_config_needed=False)) as deliveries:
        if asked.resend:
            return _resend(deliveries, asked.resend)
        if asked.drop:
            return _drop(deliveries, asked.drop)
        say(*_listed(deliveries.listed()))
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


def _resend(deliveries: Deliveries, start: str) -> int:
    found = _only(deliveries, start)
    deliveries.send_again(found.message.id, datetime.now(UTC))
    said = " It arrived before: its receiver may know the key, and drop it." if found.state is State.SENT else ""
    say(f"{found.message.short_id} to {_where(found)} is sent by the next monitor deliver.{said}")
    return DONE


def _drop(deliveries: Deliveries, start: str) -> int:
    found = _only(deliveries, start)
    if found.state is State.SENT:
        raise InputError(f"{found.message.short_id} is sent already", "nothing can be done any more")
    deliveries.drop(found.message.id, datetime.now(UTC))
    say(f"{found.message.short_id} to {_where(found)} is not sent any more.")
    return DONE


def _only(deliveries: Deliveries, start: str) -> Delivery:
    found = deliveries.named(start.strip().lower()) if start.strip() else []
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} deliveries begin" if found else "No delivery begins"
    raise InputError(f"{what} with {start!r}", "monitor outbox lists them with their ids")


def _listed(found: list[Delivery]) -> Iterator[str]:
    if not found:
        yield "Nothing waits, and nothing was sent yet."
    for each in found:
        tries = f", {each.attempts} tr{'y' if each.attempts == 1 else 'ies'}" if each.attempts else ""
        again = f", next at {_moment(each.due_at)}" if each.due_at and each.state is State.WAITING else ""
        head = f"{each.message.short_id}  {each.state.value:8}  {_moment(each.message.made_at)}  {_where(each)}"
        yield f"{head}  {each.message.subject}"
        if tries or again:
            said = f"{tries}{again}{f': {each.answer}' if each.answer else ''}"
            yield f"{' ' * len(each.message.short_id)}  {said.removeprefix(', ')}"


def _where(delivery: Delivery) -> str:
    message = delivery.message
    return f"{message.reader} by {message.channel}{f' <{message.address}>' if message.address else ''}"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}Z"


def deliver(asked: Asked) -> int:
    """Send what is due, or a sample to one reader; a line for each."""
    project = project_of(asked)
    if asked.test:
        _put_sample(project, asked.test)
    count = _send_due(project)
    if count is None:
        return FAILED
    if not count:
        say("Nothing is due.")
    return DONE


def _put_sample(project: Project, id_: str) -> None:
    from monitor.watch.find_reader import find_reader  # noqa: PLC0415  only here
    from monitor.watch.send_sample import send_sample  # noqa: PLC0415  only here

    reader = find_reader(id_, project.config)
    os.makedirs(project.store.folder, exist_ok=True)
    with _outbox_of(project) as deliveries:
        send_sample(reader, deliveries, datetime.now(UTC))


def deliver_due_of(project: Project) -> None:
    """Send what is due, a line for each. What goes wrong is a complaint, and tried again later.

    Raises OutputError where the lines cannot be written; all is sent by then.
    """
    try:
        _send_due(project)
    except OutputError:
        raise
    except MonitorError as error:
        complain(str(error))


def _send_due(project: Project) -> int | None:
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
                deliver_now(project, catalogue, tell)
            except OutputError:
                tell_given_up(catalogue, complain)
                raise
            tell_given_up(catalogue, complain)
        return None if catalogue.was_replaced and not count else count


def _line(delivered: Delivered) -> str:
    message = delivered.message
    to = f" <{message.address}>" if message.address else ""
    again = f"; again at {_moment(delivered.again)}" if delivered.again else ""
    head = f"{message.reader} by {message.channel}{to}"
    return f"{delivered.state.value}: {message.subject} → {head}: {delivered.said}{again}"


def ack(asked: Asked) -> int:
    """Remember that a finding was dealt with, and what is to be said of it."""
    from monitor.watch.acknowledge import acknowledge  # noqa: PLC0415  each command pays for its own way only

    if asked.note is None:
        raise InputError("A finding is dealt with by saying how", 'add --note "called them, it is a mistake"')
    project = project_of(asked, is_config_needed=False)
    finding = acknowledge(project, asked.names[0], asked.note, datetime.now(UTC))
    say(f"{finding.id} is dealt with: {finding.kind} on {finding.page}, {finding.subject}")
    return DONE
