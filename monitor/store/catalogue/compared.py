"""Comparisons and their findings, kept and found again: for each capture the newest that was made of it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from monitor.store.catalogue.tables import captures, comparisons, findings


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


def of_page(connection: Connection, page: str) -> dict[int, tuple[Basis, Compared]]:
    """What was kept of the page's captures, by their numbers."""
    told = _findings(connection, page)
    wanted = select(comparisons).join(captures, captures.c.seq == comparisons.c.after).where(captures.c.page == page)
    return {
        row.after: (
            Basis(row.before, row.comparer, row.rules, row.history),
            Compared(row.verdict, row.elapsed_days, counts, row.summary, tuple(told[row.after])),
        )
        for row in connection.execute(wanted)
        if (counts := _counts(row.counts)) is not None
    }


def keep(connection: Connection, after: int, basis: Basis, compared: Compared) -> None:
    """Keep the comparison of a capture, by its number, in place of any other. Captures not in the index have none."""
    is_meant = captures.c.seq.in_((basis.before, after)) & captures.c.pruned.is_(None)
    if len(connection.execute(select(captures.c.seq).where(is_meant)).all()) < 2:
        return
    connection.execute(delete(comparisons).where(comparisons.c.after == after))
    connection.execute(delete(findings).where(findings.c.after == after))  # where they had lost their comparison
    came_to = {**compared._asdict(), "counts": json.dumps(compared.counts)}
    del came_to["findings"]
    connection.execute(insert(comparisons).values({"after": after, **basis._asdict(), **came_to}))
    told = [{"after": after, "number": at, **each._asdict()} for at, each in enumerate(compared.findings, start=1)]
    if told:
        connection.execute(insert(findings), told)


def _counts(text: str) -> dict[str, int] | None:
    """None where it is not what was kept, so that the comparison is made again."""
    try:
        counts = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return None
    return counts if isinstance(counts, dict) else None


def _findings(connection: Connection, page: str) -> dict[int, list[Finding]]:
    wanted = select(findings).join(captures, captures.c.seq == findings.c.after).where(captures.c.page == page)
    told: dict[int, list[Finding]] = defaultdict(list)
    for row in connection.execute(wanted.order_by(findings.c.after, findings.c.number)):
        told[row.after].append(Finding(row.id, row.kind, row.significance, row.subject, row.reason))
    return told
