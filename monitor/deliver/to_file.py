"""A finished report → a file, whole or not at all. Never leaves half a file, and keeps the old one where it fails."""

from __future__ import annotations

import errno
import os
import stat

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


def write(path: str, body: bytes) -> None:
    """Put `body` at `path` in one step, in place of what was there; a device or pipe is simply written to.

    Raises OutputError, and the place is as it was before.
    """
    if not path:
        raise OutputError("cannot write: the name of the file is empty", "name a file with --output")
    try:
        if _is_device(path):
            _append(path, body)
        else:
            _replace(os.path.realpath(path), body)
    except OSError as error:
        remedy = _REMEDIES.get(error.errno or 0, "name another place")
        raise OutputError(f"cannot write {path}: {(error.strerror or str(error)).lower()}", remedy) from error


def _is_device(path: str) -> bool:
    try:
        return not stat.S_ISREG(os.stat(path).st_mode) and not os.path.isdir(path)
    except FileNotFoundError:
        return False


def _append(path: str, body: bytes) -> None:
    with open(path, "ab") as out:
        out.write(body)


def _replace(path: str, body: bytes) -> None:
    if os.path.isdir(path):
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    draft = os.path.join(os.path.dirname(path), f".monitor-{os.urandom(6).hex()}.part")
    try:
        _write_through(draft, body, mode=_mode_of(path))
        os.replace(draft, path)
    except BaseException:
        _remove(draft)
        raise


def _mode_of(path: str) -> int | None:
    try:
        return stat.S_IMODE(os.stat(path).st_mode)
    except FileNotFoundError:
        return None


def _write_through(path: str, body: bytes, *, mode: int | None) -> None:
    """Write and sync, so that a power cut after the rename finds the whole file and never an empty one."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with open(descriptor, "wb") as out:
        if mode is not None:
            os.chmod(path, mode)
        out.write(body)
        out.flush()
        os.fsync(out.fileno())


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
