"""Two names on the command line → what changed between them. Never writes anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from monitor.capture.from_file import load
from monitor.compare import compare
from monitor.model.comparison import Comparison, Verdict
from monitor.model.snapshot import Snapshot
from monitor.watch.read_page import read_page

if TYPE_CHECKING:
    from monitor.model.page import Page


def compare_files(
    before: str, after: str, *, page: Page | None = None, history: str | None = None, stdin: BinaryIO | None = None
) -> Comparison:
    """The comparison of two files, read by the rules of the `page` they show; "-" stands for `stdin`.

    `history` is a folder of the page's other captures.

    Raises InputError where one of them cannot be opened or holds no readable text; of the files in `history` such
    are put aside, and the comparison's limits name them.
    """
    earlier, later = (load(source, stdin=stdin) for source in (before, after))
    comparison = _compared(earlier, later, page, history)
    return comparison._replace(page=page.id) if page else comparison


def _compared(before: Snapshot, after: Snapshot, page: Page | None, history: str | None) -> Comparison:
    """The history is read only where there is a finding: it can explain one, and makes none."""
    if history is None:
        return compare(read_page(before, page), read_page(after, page))
    from monitor.watch.read_history import captures_of, read_history  # noqa: PLC0415  most are given no history

    paths = captures_of(history, before)
    readings = read_page(before, page), read_page(after, page)
    comparison = compare(*readings)
    if comparison.verdict in (Verdict.IDENTICAL, Verdict.ROUTINE):
        return comparison._replace(limits=(*comparison.limits, "The history was not read: no finding asks for it."))
    known = read_history(paths, page)
    comparison = compare(*readings, history=known.readings)
    return comparison._replace(limits=(*comparison.limits, *known.limits))
