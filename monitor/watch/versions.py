"""This program and a page's rules → short hashes: what was made by another program, or by other rules, differs.

Here and not in the steps, which are pure: it opens their source files.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import monitor
from monitor.model.expectation import Expectations
from monitor.model.page import Page

_ROOT = os.path.dirname(monitor.__file__)
# What a reading depends on: the reader, what it makes, what it is told. And the libraries that it is made with.
_READER = (
    "read",
    "model/blanks.py",
    "model/days.py",
    "model/documents.py",
    "model/doubts.py",
    "model/origins.py",
    "model/reading.py",
    "model/rules.py",
    "model/snapshot.py",
)
_READING_LIBRARIES = (
    "beautifulsoup4", "lxml", "pypdf", "resiliparse", "selectolax", "soupsieve", "tzdata", "w3lib",
)  # fmt: skip
_COMPARER = ("compare", "model", "report/wording")
_COMPARING_LIBRARIES = ("deepdiff", "rapidfuzz")


@cache
def reader_version() -> str:
    """A hash of all that a reading depends on beside its page: changed sources, libraries or Python change it."""
    return _hash((*_sources(_READER), *_versions(_READING_LIBRARIES), sys.version))


@cache
def comparer_version() -> str:
    """The same for what is told of two captures."""
    return _hash((reader_version(), *_sources(_COMPARER), *_versions(_COMPARING_LIBRARIES)))


def rules_version(page: Page) -> str:
    """A hash of the page's rules, of its zone and its lag, wherever they stand."""
    return _hash((repr(page.rules._replace(source="")),))


def expectations_version(page: Page) -> str:
    """A hash of what is expected of the page, with a blank behind; nothing where nothing is."""
    return f"{_hash((repr(page.expect),))} " if page.expect != Expectations() else ""


def _hash(parts: Iterable[str]) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(part.encode("utf-8", "replace") + b"\0")
    return found.hexdigest()[:16]


def _sources(places: Iterable[str]) -> Iterator[str]:
    """The name and the text of each source file there, in order."""
    for place in places:
        path = os.path.join(_ROOT, *place.split("/"))
        for file in [path] if place.endswith(".py") else sorted(_modules(path)):
            with open(file, "rb") as source:
                yield os.path.relpath(file, _ROOT).replace(os.sep, "/")
                yield hashlib.sha256(source.read()).hexdigest()


def _modules(folder: str) -> Iterator[str]:
    for place, _, files in os.walk(folder):
        yield from (os.path.join(place, file) for file in files if file.endswith(".py"))


def _versions(libraries: Iterable[str]) -> Iterator[str]:
    for name in libraries:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} is not here"
