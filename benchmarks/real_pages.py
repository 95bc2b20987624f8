"""Folders → every page in them: the captures of series, loose captures, and the answers in WARC files.

A third of the series, those whose names have the smallest SHA-256, and all WARC files are held aside: nothing is tuned
to them, and their failures are not looked at one by one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from typing import NamedTuple

from benchmarks import archives
from monitor.capture.from_file import load
from monitor.model.snapshot import Snapshot

_CAPTURES = (".html", ".htm", ".txt", ".md")
_ARCHIVES = (".warc", ".warc.gz")
_ASIDE = "aside"  # a folder of this name is held aside whole
_NOTES = ("SOURCE.md", "README.md", "FROM.txt")


class Page(NamedTuple):
    """A capture and the name it is called by: its folder's and its own."""

    name: str
    snapshot: Snapshot
    is_aside: bool


def pages(folders: list[str], most: int) -> Iterator[Page]:
    """The pages of all folders; of each folder's captures `most` at even distances, the last one among them."""
    for folder in folders:
        names = sorted(name for name in os.listdir(folder) if os.path.exists(os.path.join(folder, name, "truth.json")))
        aside = set(sorted(names, key=_hash)[: len(names) // 3])
        for place, _, files in sorted(os.walk(folder)):
            series = os.path.basename(os.path.normpath(place))
            captures = sorted(name for name in files if name.endswith(_CAPTURES) and name not in _NOTES)
            for name in _spread(captures, most):
                yield Page(f"{series}/{name}", load(os.path.join(place, name)), series in aside or series == _ASIDE)
            for name in sorted(files):
                if name.endswith(_ARCHIVES):
                    found = enumerate(archives.pages(os.path.join(place, name)))
                    yield from (Page(f"{name}#{n}", snapshot, is_aside=True) for n, snapshot in found)


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _spread(names: list[str], most: int) -> list[str]:
    if len(names) <= most:
        return names
    return [names[round((n + 1) * len(names) / most) - 1] for n in range(most)]
