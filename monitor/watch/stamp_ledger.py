"""A project's store → a time stamp of the newest line of its ledger, asked of an authority and kept beside it."""

from __future__ import annotations

from monitor.deliver.to_authority import ask
from monitor.errors import InputError, ServiceError
from monitor.store import ledger, timestamps, tokens
from monitor.store.verify_timestamps import TimeStamp
from monitor.watch.project import Project


def stamp_ledger(project: Project, *, authority: str | None = None, ca_file: str | None = None) -> TimeStamp:
    """The time stamp, once its answer is kept.

    `authority` is an address, by default the config's, and so is `ca_file`, which holds the root certificate.

    Raises InputError where there is none to ask, ServiceError where it does not answer or its answer proves nothing;
    then nothing is kept, but for bytes that others may be able to read.
    """
    store = project.store
    url = authority or project.timestamps.url
    if url is None:
        raise InputError("No authority is named", "name one with --authority URL, or as timestamps.url in config.yaml")
    roots = tokens.roots_in(ca_file or project.timestamps.ca_file)
    line = ledger.last(store.ledger)
    if line is None:
        raise InputError(f"There is nothing in {store.folder} to be signed", "monitor import brings in what you have")
    query = tokens.query_for(line.text)
    answer = ask(url, query.content)
    try:
        said = tokens.check(answer, line.text, roots, query.nonce)
    except tokens.UnreadTokenError as error:
        file = timestamps.keep(store.folder, line.number, answer, is_readable=False)
        what = f"The answer of {url} is no strict DER and is not checked"
        raise ServiceError(what, f"it is kept as {file}, where openssl ts -verify may read it") from error
    except tokens.BadTokenError as error:
        what = f"The answer of {url} proves nothing: {error}"
        raise ServiceError(what, "name another authority, or its root certificate with --ca-file") from error
    return TimeStamp(timestamps.keep(store.folder, line.number, answer, is_readable=True), line.number, said)


def is_stamped(project: Project) -> bool:
    """Whether the newest line of the ledger has an authority's answer."""
    last = ledger.last(project.store.ledger)
    return last is not None and any(each.line == last.number for each in timestamps.answers_in(project.store.folder))
