"""The id of a finding, or its beginning, and a note → the finding remembered as dealt with."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from monitor.errors import InputError, StoreError
from monitor.model.rules import shortened
from monitor.store.catalogue.acknowledged import Known
from monitor.watch.project import Project
from monitor.watch.read_captures import catalogue_of

LONGEST_NOTE = 2000  # letters: what more there is to say has a place of its own


class Noted(NamedTuple):
    """A finding that was dealt with; `replaced` is the note that stood on it before, if it was another."""

    finding: Known
    replaced: str | None = None


def acknowledge(project: Project, id_: str, note: str, now: datetime) -> Noted:
    """Remember the note on the finding; it comes in no digest any more, and in the history with the note.

    Raises InputError where there is no such finding or the note says nothing, StoreError where it cannot be kept.
    """
    plain = " ".join(_readable(note).split())
    if not plain or len(plain) > LONGEST_NOTE:
        what = f"A note has 1 to {LONGEST_NOTE:,} letters"
        raise InputError(what, 'write one: --note "called them, it is a mistake"')
    with catalogue_of(project.store) as catalogue:
        finding = _only(catalogue.findings_named(id_.strip().lower()) if catalogue and _is_id(id_) else [], id_)
        before = catalogue.notes_on([finding.id]).get(finding.id) if catalogue else None
        if catalogue is None or not catalogue.acknowledge(finding, plain, now):
            raise StoreError("The note cannot be kept", "see that the store may be written, and that there is room")
        return Noted(finding, before.text if before and before.text != plain else None)


def _readable(note: str) -> str:
    """The note with a sign in place of each byte that is no text, which the command line gives as half a character."""
    return note.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _is_id(text: str) -> bool:
    return bool(text.strip()) and text.isascii()


def _only(found: list[Known], id_: str) -> Known:
    different = {each.id: each for each in found}
    if len(different) == 1:
        return next(iter(different.values()))
    if not different:
        what = f"There is no finding {shortened(id_)!r}"
        raise InputError(what, "monitor list PAGE --findings shows them with their ids, as a digest in JSON does")
    ids = ", ".join(sorted(different)[:5])
    raise InputError(f"{len(different)} findings begin with {shortened(id_)!r}", f"write more of it: {ids}")
