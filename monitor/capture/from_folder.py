"""A folder → the paths of the captures in it, without opening one."""

from __future__ import annotations

import os
from collections.abc import Iterator

from monitor.errors import InputError

MOST_FILES = 100_000  # an hour's captures for eleven years; a folder with more was named by mistake


def captures_in(folder: str) -> list[str]:
    """The files in it and in its folders, in the order of their paths; hidden ones are left out, links not followed.

    Raises InputError where it is missing, no folder, not to be opened, or empty.
    """
    try:
        paths = list(_paths(folder))
    except FileNotFoundError:
        raise InputError(f"{folder}: there is no such folder", "check the path") from None
    except NotADirectoryError:
        raise InputError(f"{folder} is no folder", "name the folder that holds the page's other captures") from None
    except PermissionError as error:
        raise InputError(f"{error.filename} may not be opened by this user", "change its permissions") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"{folder!r} cannot be read ({reason})", "check the path and the disk") from error
    if not paths:
        raise InputError(f"{folder} holds no file", "name the folder that holds the page's other captures")
    return sorted(paths)


def _paths(folder: str) -> Iterator[str]:
    """Depth first; raises what the operating system raises, and InputError where there is no end of files."""
    waiting, seen = [folder], 0
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif entry.is_file():
                    seen += 1
                    if seen > MOST_FILES:
                        raise InputError(f"{folder} holds more than {MOST_FILES:,} files", "name a smaller folder")
                    yield entry.path
