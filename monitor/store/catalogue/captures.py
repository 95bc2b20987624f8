"""The ledger → the index of captures: what is new in it is put in, and all of it where it is not the one known.

At most the ledger's last line is read where nothing is new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby, islice
from typing import NamedTuple

from sqlalchemy import Connection, Select, Update, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from monitor.model.entry import Entry, Kind
from monitor.model.snapshot import Capture
from monitor.store import ledger, names
from monitor.store.catalogue.database import BrokenError
from monitor.store.catalogue.tables import captures, comparisons, ledger_read, readings

_AT_ONCE = 10_000  # rows of one statement, so that a ledger of any length fits in memory


class Indexed(NamedTuple):
    """A capture as the index has it, by the number of its line in the ledger."""

    seq: int
    capture: Capture


class Opened(NamedTuple):
    """What is known of a capture since its file was opened: `body` is the hash of the page without content coding.

    `doubts` are what the way it came says against it, as JSON, "" where nothing does.
    """

    body: str
    url: str | None
    media_type: str | None
    doubts: str = ""


class Extent(NamedTuple):
    """How much of the ledger was read: up to which byte, and the hash of the line that ends there."""

    size: int
    hash: str


def is_up_to_date(connection: Connection, path: str) -> bool:
    """Whether the index has all of the ledger, and nothing else."""
    known, size = _known(connection), ledger.size(path)
    return size == known.size and _agrees(path, known)


def catch_up(connection: Connection, path: str) -> None:
    """Put in what the ledger has and the index has not; of a ledger that is not the one known, all."""
    known = _known(connection)
    if not _agrees(path, known):
        clear(connection)
        known = Extent(0, "")
    extent = _put_lines(connection, ledger.lines(path, known.size), known)
    connection.execute(delete(ledger_read))
    if extent.size:
        connection.execute(insert(ledger_read).values(id=1, **extent._asdict()))


def clear(connection: Connection) -> None:
    """Forget all captures and what was compared; readings hold whatever the ledger says."""
    connection.execute(delete(ledger_read))
    connection.execute(delete(captures))


def of_page(connection: Connection, page: str) -> list[Indexed]:
    """The page's captures that are still there, in order of time."""
    wanted = select(captures.c.seq, captures.c.at, captures.c.file)
    rows = connection.execute(wanted.where(captures.c.page == page, captures.c.pruned.is_(None)))
    found = [Indexed(row.seq, Capture(page, _second(row.at), row.file)) for row in rows]
    return sorted(found, key=lambda each: names.order(each.capture))


def note_opened(connection: Connection, found: Iterable[tuple[str, Opened]]) -> None:
    """Keep what was seen in captures' files, by their names in the store."""
    values = [{"name": file, **opened._asdict()} for file, opened in found]
    if values:
        connection.execute(_noted(), values)


@cache
def _noted() -> Update:
    return update(captures).where(captures.c.file == bindparam("name"), captures.c.pruned.is_(None))


def _known(connection: Connection) -> Extent:
    row = connection.execute(_extent()).one_or_none()
    return Extent(*row) if row else Extent(0, "")


@cache
def _extent() -> Select[int, str]:
    return select(ledger_read.c.size, ledger_read.c.hash)


def _agrees(path: str, known: Extent) -> bool:
    """Whether the ledger still has the line that was the last one read."""
    if not known.size:
        return True
    line = ledger.line_before(path, known.size)
    return line is not None and ledger.hash_of(line) == known.hash


def _put_lines(connection: Connection, lines: Iterator[ledger.Line], extent: Extent) -> Extent:
    while some := list(islice(lines, _AT_ONCE)):
        entries = [line.entry for line in some if line.entry]
        for is_stone, run in groupby(entries, key=lambda entry: entry.kind is Kind.PRUNED):
            (_take_out if is_stone else _put_in)(connection, list(run))
        extent = Extent(extent.size + sum(len(line.text) + 1 for line in some), some[-1].hash)
    return extent


def _put_in(connection: Connection, entries: Sequence[Entry]) -> None:
    rows = [
        {
            "seq": each.seq, "page": each.page, "at": each.time, "file": each.file,
            "kind": each.kind.value, "payload": each.payload, "sha256": each.sha256,
        }
        for each in entries
    ]  # fmt: skip
    connection.execute(insert(captures).on_conflict_do_nothing(), rows)


def _take_out(connection: Connection, stones: Sequence[Entry]) -> None:
    """Mark captures as pruned, and drop what was made of them alone."""
    for stone in stones:
        is_meant = (captures.c.file == stone.file) & captures.c.pruned.is_(None)
        gone = connection.execute(select(captures.c.seq, captures.c.body).where(is_meant)).all()
        nothing = {"pruned": stone.seq, **dict.fromkeys(Opened._fields)}
        connection.execute(update(captures).where(is_meant).values(nothing))
        for seq, body in gone:
            connection.execute(delete(comparisons).where((comparisons.c.before == seq) | (comparisons.c.after == seq)))
            is_kept = select(captures.c.seq).where(captures.c.body == body).exists()
            connection.execute(delete(readings).where(readings.c.body == body, ~is_kept))


def _second(time: str) -> datetime:
    """A capture is named by the second it was taken in. Raises BrokenError where it is no time."""
    try:
        return datetime.fromisoformat(time).replace(microsecond=0)
    except (ValueError, TypeError) as error:
        raise BrokenError from error
