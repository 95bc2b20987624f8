"""A name on the command line → what that snapshot says. Never writes anything."""

from __future__ import annotations

from typing import BinaryIO

from monitor.capture.from_file import load
from monitor.model.reading import Reading
from monitor.read import read


def read_file(source: str, *, stdin: BinaryIO | None = None) -> Reading:
    """The reading of a file, or of `stdin` for "-". Raises InputError where it holds no readable text."""
    return read(load(source, stdin=stdin))
