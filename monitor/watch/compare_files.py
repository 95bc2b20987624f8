"""Two names on the command line → what changed between them. Never writes anything."""

from __future__ import annotations

from typing import BinaryIO

from monitor.capture.from_file import load
from monitor.compare import compare
from monitor.model.comparison import Comparison, Verdict
from monitor.model.snapshot import Snapshot
from monitor.read import read


def compare_files(before: str, after: str, *, history: str | None = None, stdin: BinaryIO | None = None) -> Comparison:
    """The comparison of two files; "-" stands for `stdin`. `history` is a folder of the page's other captures.

    Raises InputError where one of them cannot be opened or holds no readable text; of the files in `history` such
    are put aside, and the comparison's limits name them.
    """
    earlier, later = (load(source, stdin=stdin) for source in (before, after))
    if history is None:
        return compare(read(earlier), read(later))
    return _compare_with(history, earlier, later)


def _compare_with(folder: str, before: Snapshot, after: Snapshot) -> Comparison:
    """The history is read only where there is a finding: it can explain one, and makes none."""
    from monitor.watch.read_history import captures_of, read_history  # noqa: PLC0415  most are given no history

    paths = captures_of(folder, before)
    readings = read(before), read(after)
    comparison = compare(*readings)
    if comparison.verdict in (Verdict.IDENTICAL, Verdict.ROUTINE):
        return comparison._replace(limits=(*comparison.limits, "The history was not read: no finding asks for it."))
    known = read_history(paths)
    comparison = compare(*readings, history=known.readings)
    return comparison._replace(limits=(*comparison.limits, *known.limits))
