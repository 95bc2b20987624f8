"""Single files of the store: read, written so that a power cut leaves them there, taken away."""

from __future__ import annotations

import errno
import hashlib
import os
import stat

from monitor.errors import OutputError, StoreError


def read(path: str) -> bytes:
    """What a file holds. Raises StoreError where it cannot be read, or is a link, a pipe, a device."""
    try:
        with open(_opened(path), "rb") as file:
            return file.read()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StoreError(f"{path} cannot be read: {reason}", "monitor verify says what else is wrong") from error


def _opened(path: str) -> int:
    """A file open for reading, and nothing else: a link may lead out of the store, a pipe has no end."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is no file")
    return descriptor


def write_through(path: str, content: bytes) -> None:
    """Write a file, in place of what was there, and sync it. Raises OSError."""
    with open(path, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def sync_folder(path: str) -> None:
    """Make the names in a folder last: a file's own sync does not say where it is. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def hash_of_file(path: str) -> str | None:
    """The SHA-256 of a file in lower-case hexadecimal; None where it is not there.

    Raises OSError where it cannot be read, or is a link, a pipe, a device.
    """
    try:
        with open(_opened(path), "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def unlink(path: str) -> bool:
    """Take a file away, and say whether it was there. Raises OSError."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return False
    return True


def unwritable(folder: str, error: OSError) -> OutputError:
    """The error to raise where the system refuses to write."""
    reason = (error.strerror or str(error)).lower()
    return OutputError(f"cannot write to the store {folder}: {reason}", "make room there, or see who may write to it")
