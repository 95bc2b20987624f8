"""Comparisons and their findings, kept and found again: for each capture the newest that was made of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy
from sqlalchemy import Connection, Delete, Select, bindparam, delete, insert, select

from monitor.store.catalogue.tables import captures, comparisons, findings, parts

_COLUMNS = [each for each in comparisons.c if each.name != "after"]


class Basis(NamedTuple):
    """What a comparison of a capture depends on: the earlier one, by its number, the program, the page's rules, and the
    older captures it learnt from."""

    before: int
    comparer: str
    rules: str
    history: str


class Finding(NamedTuple):
    """A finding in short. `id` stays what it is when the comparison is made anew and comes to the same.

    `kind` is that of a change ("item.withdrawn") or "check." and what was checked; `significance` that of a change,
    and "alert" of a check.
    """

    id: str
    kind: str
    significance: str
    subject: str
    reason: str


class Compared(NamedTuple):
    """A comparison in short: what it came to, how many changes of each kind, the sentence, and the findings."""

    verdict: str
    elapsed_days: int | None
    counts: dict[str, int]
    summary: str
    findings: tuple[Finding, ...]


class Row(NamedTuple):
    """A capture as the index has it: the number of its line in the ledger, the hash of its file, and what was kept of
    comparing it; `footing` is what the next capture is compared with."""

    seq: int
    sha256: str
    basis: Basis | None = None
    compared: Compared | None = None
    footing: str | None = None


def of_files(connection: Connection, files: Sequence[str]) -> dict[str, Row]:
    """The captures in these files of the store, as far as they are in the index and were not taken out."""
    found: dict[str, Row] = {}
    for some in parts(files):
        found |= _of_some(connection, some)
    return found


def _of_some(connection: Connection, files: Sequence[str]) -> dict[str, Row]:
    rows = connection.execute(_of_files(), {"files": files}).all()
    told = _findings(connection, [row.seq for row in rows if row.verdict is not None])
    return {row.file: _row(row, told) for row in rows}


@cache
def _of_files() -> Select[Any]:
    wanted = select(captures.c.seq, captures.c.file, captures.c.sha256, *_COLUMNS)
    is_meant = captures.c.file.in_(bindparam("files", expanding=True)) & captures.c.pruned.is_(None)
    return wanted.outerjoin(comparisons, captures.c.seq == comparisons.c.after).where(is_meant)


def newest(connection: Connection, page: str, until: str) -> str | None:
    """The file of the newest capture of the page before that time (ISO 8601) of which a comparison is kept."""
    file: str | None = connection.execute(_newest(), {"page": page, "until": until}).scalar()
    return file


@cache
def _newest() -> Select[str]:
    wanted = select(captures.c.file).join(comparisons, captures.c.seq == comparisons.c.after)
    is_meant = (captures.c.page == bindparam("page")) & (captures.c.at < bindparam("until"))
    return wanted.where(is_meant, captures.c.pruned.is_(None)).order_by(captures.c.at.desc()).limit(1)


def findings_since(connection: Connection, page: str, kind: str, subject: str, since: str) -> list[str]:
    """The ids of the findings of that kind and subject at captures of the page after that time (ISO 8601)."""
    values = {"page": page, "since": since, "kind": kind, "subject": subject}
    return list(connection.execute(_findings_since(), values).scalars())


@cache
def _findings_since() -> Select[str]:
    wanted = select(findings.c.id).join(captures, captures.c.seq == findings.c.after)
    of_page = (captures.c.page == bindparam("page")) & (captures.c.at > bindparam("since"))
    return wanted.where(of_page, findings.c.kind == bindparam("kind"), findings.c.subject == bindparam("subject"))


def keep(connection: Connection, after: int, basis: Basis, compared: Compared, footing: str | None = None) -> None:
    """Keep the comparison of a capture, by its number, in place of any other. Captures not in the index have none."""
    if len(connection.execute(_there(), {"numbers": (basis.before, after)}).all()) < 2:
        return
    for each in _forgetting():
        connection.execute(each, {"number": after})
    came_to = {**compared._asdict(), "counts": json.dumps(compared.counts), "footing": footing}
    del came_to["findings"]
    connection.execute(insert(comparisons), {"after": after, **basis._asdict(), **came_to})
    told = [{"after": after, "number": at, **each._asdict()} for at, each in enumerate(compared.findings, start=1)]
    if told:
        connection.execute(insert(findings), told)


@cache
def _there() -> Select[int]:
    is_meant = captures.c.seq.in_(bindparam("numbers", expanding=True)) & captures.c.pruned.is_(None)
    return select(captures.c.seq).where(is_meant)


@cache
def _forgetting() -> tuple[Delete, ...]:
    """The findings too, where they had lost their comparison."""
    return tuple(delete(table).where(table.c.after == bindparam("number")) for table in (comparisons, findings))


def _counts(text: str) -> dict[str, int] | None:
    """None where it is not what was kept, so that the comparison is made again."""
    try:
        counts = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return None
    return counts if isinstance(counts, dict) else None


def _row(row: sqlalchemy.Row[Any], told: Mapping[int, Sequence[Finding]]) -> Row:
    counts = _counts(row.counts) if row.verdict is not None else None
    if counts is None:
        return Row(row.seq, row.sha256)
    basis = Basis(row.before, row.comparer, row.rules, row.history)
    made = Compared(row.verdict, row.elapsed_days, counts, row.summary, tuple(told.get(row.seq, ())))
    return Row(row.seq, row.sha256, basis, made, row.footing)


def _findings(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Finding]]:
    """The findings of the captures of these numbers, in the order of their comparisons."""
    told: dict[int, list[Finding]] = defaultdict(list)
    if numbers:
        for row in connection.execute(_findings_of(), {"numbers": numbers}):
            told[row.after].append(Finding(row.id, row.kind, row.significance, row.subject, row.reason))
    return told


@cache
def _findings_of() -> Select[Any]:
    wanted = select(findings).where(findings.c.after.in_(bindparam("numbers", expanding=True)))
    return wanted.order_by(findings.c.after, findings.c.number)
