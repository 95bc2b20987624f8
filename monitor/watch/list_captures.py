"""A project's store → its pages, and the captures of a page, a line each. Never writes anything."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.errors import InputError
from monitor.model.entry import Kind
from monitor.watch.find_capture import captures_of_page
from monitor.watch.project import Project


def pages_of(project: Project) -> Iterator[str]:
    """A line for each page: its id, how many captures of it there are, and the times of the first and the last."""
    pages = project.store.pages()
    if not pages:
        raise InputError(f"The store {project.store.folder} is empty", "monitor import brings in what you have")
    widest = max(map(len, pages))
    for page in pages:
        captures = project.store.captures(page)
        if captures:
            first, last = captures[0].at, captures[-1].at
            yield f"{page:{widest}}  {len(captures):6,}  {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC"


def captures_of(project: Project, page: str) -> Iterator[str]:
    """A line for each capture of a page: how to name it, and whether the page was as before."""
    for capture in captures_of_page(project.store, page):
        told = "as before" if project.store.entry(capture).kind is Kind.REVISIT else ""
        yield f"{capture.reference}  {told}".rstrip()
