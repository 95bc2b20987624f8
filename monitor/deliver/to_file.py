"""A finished report → a file, whole or not at all. Never leaves half a file, and keeps the old one where it fails."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from monitor.errors import OutputError

_REMEDIES = {
    errno.ENOENT: "make the folder first",
    errno.ENOTDIR: "make the folder first",
    errno.EISDIR: "name a file in it",
    errno.ENOSPC: "make room there or name another place",
    errno.EDQUOT: "make room there or name another place",
    errno.EACCES: "name a place you may write to",
    errno.EPERM: "name a place you may write to",
    errno.EROFS: "name a place you may write to",
}


def make_folder(path: str) -> None:
    """Make a folder and those above it, where they are not there. Raises OutputError."""
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error


def write(path: str, body: bytes) -> None:
    """Put `body` at `path` in one step, in place of what was there; a device or pipe is simply written to.

    Raises OutputError, and the place is as it was before.
    """
    with writing(path) as out:
        out.write(body)


@contextmanager
def writing(path: str) -> Iterator[BinaryIO]:
    """What is written here stands at `path` once all of it is there, in place of what was; a device is written to.

    Raises OutputError, also for any OSError of what is done meanwhile, and the place is as it was before.
    """
    if not path:
        raise OutputError("cannot write: the name of the file is empty", "name a file")
    try:
        with open(path, "ab") if _is_device(path) else _replacing(os.path.realpath(path)) as out:
            yield out
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: str, error: OSError) -> OutputError:
    remedy = _REMEDIES.get(error.errno or 0, "name another place")
    return OutputError(f"cannot write {path}: {(error.strerror or str(error)).lower()}", remedy)


def _is_device(path: str) -> bool:
    try:
        return not stat.S_ISREG(os.stat(path).st_mode) and not os.path.isdir(path)
    except FileNotFoundError:
        return False


@contextmanager
def _replacing(path: str) -> Iterator[BinaryIO]:
    if os.path.isdir(path):
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    draft = os.path.join(os.path.dirname(path), f".monitor-{os.urandom(6).hex()}.part")
    try:
        with _written_through(draft, mode=_mode_of(path)) as out:
            yield out
        os.replace(draft, path)
    except BaseException:
        _remove(draft)
        raise


def _mode_of(path: str) -> int | None:
    try:
        return stat.S_IMODE(os.stat(path).st_mode)
    except FileNotFoundError:
        return None


@contextmanager
def _written_through(path: str, *, mode: int | None) -> Iterator[BinaryIO]:
    """A new file that is synced, so that a power cut after the rename finds the whole file and never an empty one."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with open(descriptor, "wb") as out:
        if mode is not None:
            os.chmod(path, mode)
        yield out
        out.flush()
        os.fsync(out.fileno())


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
