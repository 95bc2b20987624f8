"""A reader and a period → the digest of it, put into the outbox: with what it tells, in one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from monitor.deliver.tries import after_quiet
from monitor.errors import StoreError
from monitor.model.delivery import Message, Occasion
from monitor.model.digest import Digest
from monitor.model.envelope import Envelope
from monitor.model.reader import Folder, Reader
from monitor.report import render_digest
from monitor.report.wording import digests
from monitor.store.catalogue.deliveries import Deliveries
from monitor.watch.asked_digest import Asked
from monitor.watch.folder_links import links_of
from monitor.watch.make_digest import make_digest
from monitor.watch.messages_for import Telling, messages_for
from monitor.watch.project import Project
from monitor.watch.read_captures import catalogue_of

_NOTHING_MADE = "nothing was made or sent; try again, and see that the store may be written"


class Put(NamedTuple):
    """What was put into the outbox: nothing where there is nothing to tell and the reader wants to hear nothing of it.

    `notices` are lines for the user on the catalogue. `is_told_meanwhile`: somebody else told the reader while this was
    made, and nothing of it was put in.
    """

    messages: tuple[Message, ...] = ()
    notices: tuple[str, ...] = ()
    is_told_meanwhile: bool = False


def send_digest(project: Project, reader: Reader, asked: Asked, now: datetime, slot: datetime | None = None) -> Put:
    """Put the digest that is asked for into the outbox, due when the reader's quiet hours are over.

    The next one begins where it ends; not after one of a time that was named, or of some tags, for others know more.

    `slot` is that of the reader's schedule for which it is: a slot has one digest, however often it is tried. Raises
    InputError, or StoreError where the outbox cannot be used, or not be asked what the reader was told: then nothing is
    made or noted, for it would lose findings or tell them twice.
    """
    made = make_digest(project, asked._replace(reader=reader.id), now)
    digest = made.digest
    if made.fault:
        what = f"What {reader.id} was told cannot be asked of the catalogue of {project.store.folder} ({made.fault})"
        raise StoreError(what, _NOTHING_MADE)
    is_told = not digest.is_quiet or reader.wants_empty
    until = None if asked.since or asked.tags else digest.until
    telling = _telling(digest, slot or now, until, project)
    messages = messages_for(reader, telling, now) if is_told else []
    with catalogue_of(project.store) as catalogue:
        if catalogue is None and is_told:
            raise StoreError(f"There is no catalogue in {project.store.folder} to put the digest in", _NOTHING_MADE)
        if catalogue and is_told:
            deliveries, due = Deliveries(catalogue), after_quiet(reader, now)
            if asked.since:  # a time that is named is told again, whatever was told of it
                deliveries.put(messages, due)
            elif not deliveries.put_digest(messages, due, made.last, now):
                return Put(notices=made.notices, is_told_meanwhile=True)
        elif catalogue and until:
            Deliveries(catalogue).note_quiet(reader.id, until)
    return Put(tuple(messages), made.notices)


def _telling(digest: Digest, slot: datetime, until: datetime | None, project: Project) -> Telling:
    reports_url = project.config.reports_url

    def rendered(form: str, envelope: Envelope | None) -> str:
        return render_digest(digest, form, link_base=reports_url, envelope=envelope)

    def filed(channel: Folder) -> tuple[str, str]:
        links = links_of(channel, project.folder, project.reports, reports_url)
        page = render_digest(digest, "html", link_base=links.reports)
        return page, render_digest(digest, "atom", link_base=links.reports_address, address=links.address)

    return Telling(
        Occasion.DIGEST,
        key=(slot.isoformat(),),
        subject=digests.subject(digest),
        render=rendered,
        findings=(*digest.findings, *digest.counted),
        until=until,
        filed=filed,
    )
