"""A name on the command line → what that snapshot says. Never writes anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from monitor.model.reading import Reading
from monitor.watch.load_named import load_named
from monitor.watch.read_page import read_page

if TYPE_CHECKING:
    from monitor.model.page import Page
    from monitor.watch.project import Project


def read_snapshot(name: str, project: Project, *, page: Page | None = None, stdin: BinaryIO | None = None) -> Reading:
    """The reading of a file, of `stdin` for "-", or of a capture, by the rules of the `page` it shows.

    Raises InputError where it holds no readable text.
    """
    named = load_named(name, project, stdin=stdin)
    return read_page(named.snapshot, page or named.page)
