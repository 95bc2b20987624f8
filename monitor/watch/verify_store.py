"""A project's store → each fault in it, and what its time stamps prove. Never writes anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from monitor.errors import InputError, how_to_install
from monitor.store import ledger, timestamps, tokens
from monitor.store.verify import Fault, Sign, Verified, verify
from monitor.store.verify_timestamps import TimeStamp, verify_timestamps
from monitor.watch.project import Project


class Checked(NamedTuple):
    """What was read again with all its faults, the time stamps that prove something, and which were not checked."""

    store: Verified
    stamps: tuple[TimeStamp, ...] = ()
    unchecked: tuple[str, ...] = ()


def verify_store(project: Project, *, head: str | None = None, ca_file: str | None = None) -> Checked:
    """Everything read again; `head` is the hash of a line that somebody kept, which the ledger must still have.

    `ca_file` holds the root certificate of who signed the time stamps; by default the config's.

    Raises InputError where there is no store, or where the file holds no certificate.
    """
    if head is not None and not re.fullmatch("[0-9a-fA-F]{64}", head):
        raise InputError(f"--head {head!r} is no hash", "give the 64 letters and digits that monitor verify printed")
    store = project.store
    found = verify(store)
    if not found.captures and not found.faults and found.head is None:
        raise InputError(f"There is no store in {store.folder}", "name it with --store FOLDER")
    checked = _with_timestamps(found, project, ca_file)
    if head is None or any(line.hash == head.lower() for line in ledger.lines(store.ledger)):
        return checked
    lost = Fault(Sign.TAMPERED, ledger.NAME, f"no line of it has the hash {head}: it is not the ledger that was kept")
    return checked._replace(store=checked.store._replace(faults=(*checked.store.faults, lost)))


def _with_timestamps(found: Verified, project: Project, ca_file: str | None) -> Checked:
    folder = project.store.folder
    unread = [each.file for each in timestamps.answers_in(folder) if not each.is_readable]
    if not timestamps.names_in(folder):
        return Checked(found)
    if not tokens.is_installed():
        return Checked(
            found, unchecked=(f"{timestamps.FOLDER}, what reads them is missing; {how_to_install('evidence')}",)
        )
    results = list(verify_timestamps(project.store, tokens.roots_in(ca_file or project.timestamps.ca_file)))
    faults = [each for each in results if isinstance(each, Fault)]
    stamps = [each for each in results if isinstance(each, TimeStamp)]
    return Checked(
        found._replace(faults=(*found.faults, *faults)),
        tuple(each for each in stamps if each.said.is_trusted),
        (*(f"{file} is no strict DER; openssl ts -verify may read it" for file in unread), *_untrusted(stamps)),
    )


def _untrusted(stamps: list[TimeStamp]) -> Iterator[str]:
    for each in stamps:
        if not each.said.is_trusted:
            who = f"{each.file} is signed by {each.said.authority}, to whom no certificate of this machine leads"
            yield f"{who}; name the authority's root certificate with --ca-file FILE"
