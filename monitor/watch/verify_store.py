"""A project's store → each fault in it. Never writes anything."""

from __future__ import annotations

from monitor.errors import InputError
from monitor.store import ledger
from monitor.store.verify import Fault, Sign, Verified, verify
from monitor.watch.project import Project


def verify_store(project: Project, *, head: str | None = None) -> Verified:
    """Everything read again; `head` is the hash of a line that somebody kept, which the ledger must still have.

    Raises InputError where there is no store.
    """
    store = project.store
    found = verify(store)
    if not found.captures and not found.faults and found.head is None:
        raise InputError(f"There is no store in {store.folder}", "name it with --store FOLDER")
    if head is None or any(line.hash == head.lower() for line in ledger.lines(store.ledger)):
        return found
    lost = Fault(Sign.TAMPERED, ledger.NAME, f"no line of it has the hash {head}: it is not the ledger that was kept")
    return found._replace(faults=(*found.faults, lost))
