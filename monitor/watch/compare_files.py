"""Two names on the command line → what changed between them. Never writes anything."""

from __future__ import annotations

from typing import BinaryIO

from monitor.capture.from_file import load
from monitor.compare import compare
from monitor.model.comparison import Comparison
from monitor.read import read


def compare_files(before: str, after: str, *, stdin: BinaryIO | None = None) -> Comparison:
    """The comparison of two files; "-" stands for `stdin`.

    Raises InputError where one of them cannot be opened or holds no readable text.
    """
    earlier, later = (load(source, stdin=stdin) for source in (before, after))
    return compare(read(earlier), read(later))
