"""What the system says when a file cannot be opened or read → one line that says what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from monitor.errors import InputError


@contextmanager
def opening(path: str) -> Iterator[None]:
    """Whatever is opened and read in this block is the file at `path`; raises InputError where that cannot be done."""
    try:
        yield
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file", "check the path") from None
    except (IsADirectoryError, NotADirectoryError) as error:
        is_folder = isinstance(error, IsADirectoryError)
        what = "is a folder" if is_folder else "goes through a file as if it were a folder"
        raise InputError(f"{path} {what}", "name one file in it" if is_folder else "check the path") from None
    except PermissionError:
        raise InputError(f"{path} may not be read by this user", "change its permissions or copy it") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"{path!r} cannot be read ({reason})", "check the path and the disk") from error
