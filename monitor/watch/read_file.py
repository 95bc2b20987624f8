"""A name on the command line → what that snapshot says. Never writes anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from monitor.capture.from_file import load
from monitor.model.reading import Reading
from monitor.watch.read_page import read_page

if TYPE_CHECKING:
    from monitor.model.page import Page


def read_file(source: str, *, page: Page | None = None, stdin: BinaryIO | None = None) -> Reading:
    """The reading of a file, or of `stdin` for "-", by the rules of the `page` it shows.

    Raises InputError where it holds no readable text.
    """
    return read_page(load(source, stdin=stdin), page)
