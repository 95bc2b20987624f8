"""A reference to a capture → its bytes, or the text in them. Never writes anything."""

from __future__ import annotations

from monitor.read.plain import plain_text
from monitor.watch.load_named import load_named
from monitor.watch.project import Project


def body_of(name: str, project: Project) -> bytes:
    """The page as it came, its content coding taken off. Raises InputError, StoreError."""
    return load_named(name, project).snapshot.body


def text_of(name: str, project: Project) -> str:
    """What the page says, a line for each block of text. Raises InputError where it holds no readable text."""
    return plain_text(load_named(name, project).snapshot)
