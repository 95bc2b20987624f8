"""One name on the command line → what that snapshot says, rendered. The whole way of `monitor read`."""

from __future__ import annotations

from typing import BinaryIO

from monitor.capture.from_file import load
from monitor.read import read
from monitor.report import render_reading


def read_file(source: str, *, stdin: BinaryIO | None, format: str, width: int, color: bool) -> str | bytes:
    """The reading of a file, or of `stdin` for "-". Raises InputError where it holds no readable text."""
    return render_reading(read(load(source, stdin=stdin)), format, width=width, color=color)
