"""The files that a ledger has, from one look to the next: of what was read already only the new lines are read."""

from __future__ import annotations

import mmap

from monitor.store import ledger


class LiveFiles:
    """The files of all captures in one ledger that were not taken out; a million lines take a second, once."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._files: set[str] = set()
        self._end = 0
        self._last: bytes | None = None  # the line that ends there

    def look(self) -> set[str]:
        """As the ledger stands now. Whoever puts lines in may add their files to the set; it is the same each time."""
        end = ledger.size(self._path)
        if self._last != ledger.line_before(self._path, self._end):  # it was cut off, or is another one
            self._files.clear()
            self._end = 0
        if end > self._end:
            self._read(self._end, end)
        self._end, self._last = end, ledger.line_before(self._path, end)
        return self._files

    def _read(self, begin: int, end: int) -> None:
        with open(self._path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            for kind, name in ledger.files_in().findall(content, begin, end):
                (self._files.discard if kind == b"pruned" else self._files.add)(name.decode("ascii", "replace"))
