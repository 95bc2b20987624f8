"""The time stamps of a ledger, as files: what authorities answered, byte for byte, by the line that they signed.

timestamps/000042.tsr           the answer on line 42; of another authority's 000042-2.tsr
timestamps/000042.unread.tsr    one that is no strict DER, and cannot be checked here
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import NamedTuple

from monitor.store import disk

FOLDER = "timestamps"
_SUFFIX, _UNREAD, _DRAFT = ".tsr", ".unread.tsr", ".draft"


class Answer(NamedTuple):
    """A file with an authority's answer: its name in the store, the line of the ledger it is on, is it to be read."""

    file: str
    line: int
    is_readable: bool


def answers_in(folder: str) -> list[Answer]:
    """The answers in a store's folder, by their lines."""
    return sorted(filter(None, map(_answer, names_in(folder))), key=lambda each: (each.line, each.file))


def read(folder: str, answer: Answer) -> bytes:
    """The bytes of an answer. Raises StoreError where they cannot be read."""
    return disk.read(os.path.join(folder, answer.file))


def names_in(folder: str) -> list[str]:
    """The names of all files among the time stamps, in order; drafts of those that write at the moment left out."""
    try:
        return sorted(name for name in os.listdir(os.path.join(folder, FOLDER)) if not name.endswith(_DRAFT))
    except (FileNotFoundError, NotADirectoryError):
        return []


def is_answer(name: str) -> bool:
    """Whether a file among the time stamps is one by its name."""
    return _answer(name) is not None


def keep(folder: str, line: int, answer: bytes, *, is_readable: bool) -> str:
    """Put an answer beside the others, in one step; its name in the store. Raises OutputError."""
    place = os.path.join(folder, FOLDER)
    draft = os.path.join(place, f".{os.urandom(6).hex()}{_DRAFT}")
    try:
        os.makedirs(place, exist_ok=True)
        disk.write_through(draft, answer)
        file = _free_name(folder, line, is_readable=is_readable)
        os.rename(draft, os.path.join(folder, file))
        disk.sync_folder(place)
        disk.sync_folder(folder)
    except OSError as error:
        with suppress(OSError):
            disk.unlink(draft)
        raise disk.unwritable(folder, error) from error
    return file


def _free_name(folder: str, line: int, *, is_readable: bool) -> str:
    """A name that no answer on that line has: "timestamps/000042.tsr"."""
    suffix, number = _SUFFIX if is_readable else _UNREAD, 1
    while os.path.lexists(os.path.join(folder, file := f"{FOLDER}/{line:06}{_again(number)}{suffix}")):
        number += 1
    return file


def _again(number: int) -> str:
    return f"-{number}" if number > 1 else ""


def _answer(name: str) -> Answer | None:
    suffix = _UNREAD if name.endswith(_UNREAD) else _SUFFIX
    line, dash, again = name.removesuffix(suffix).partition("-")
    is_named = line.isdecimal() and line.isascii() and len(line) >= 6 and (not dash or again.isdecimal())
    if not name.endswith(suffix) or not is_named:
        return None
    return Answer(f"{FOLDER}/{name}", int(line), suffix == _SUFFIX)
