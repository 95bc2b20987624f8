"""Two names on the command line → a rendered report and its verdict. The whole way of `monitor compare`."""

from __future__ import annotations

from typing import BinaryIO

from monitor.capture.from_file import load
from monitor.compare import compare
from monitor.model.comparison import Verdict
from monitor.read import read
from monitor.report import render


def compare_files(
    before: str, after: str, *, stdin: BinaryIO | None, format: str, width: int, color: bool
) -> tuple[str | bytes, Verdict]:
    """The report on two snapshots named as files, or "-" for `stdin`, in one of the formats of `monitor.report`.

    Raises InputError where one of them cannot be opened or holds no readable text.
    """
    readings = [read(load(source, stdin=stdin)) for source in (before, after)]
    comparison = compare(*readings)
    return render(comparison, format, width=width, color=color), comparison.verdict
