"""What can go wrong, by its remedy. Every error says what happened and what to do about it.

MonitorError
├── InputError      what was named cannot be used: mend the command line or the file
└── OutputError     the result cannot be written: mend the place it should go to
"""

from __future__ import annotations


class MonitorError(Exception):
    """Something that could not be done. `str()` is one line: what happened, and what to do about it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}; {remedy}" if remedy else what)
        self.what = what
        self.remedy = remedy


class InputError(MonitorError):
    """A snapshot that cannot be opened or holds no readable text."""


class OutputError(MonitorError):
    """A report that cannot be written where it was asked for."""
