"""A folder → the paths of the captures in it, and what was passed over, without opening one."""

from __future__ import annotations

import os
from typing import NamedTuple

from monitor.errors import InputError

MOST_FILES = 100_000  # an hour's captures for eleven years; a folder with more was named by mistake


class Walked(NamedTuple):
    """The files found, in the order of their paths; `faults` says in a few words what was passed over, and why."""

    paths: list[str]
    faults: list[str]


def captures_in(folder: str) -> Walked:
    """The files in it and in its folders; hidden ones are left out, links and what may not be opened passed over.

    Raises InputError where it is missing, no folder, not to be opened, or without a file.
    """
    try:
        walked = _walked(folder)
    except FileNotFoundError:
        raise InputError(f"{folder}: there is no such folder", "check the path") from None
    except NotADirectoryError:
        raise InputError(f"{folder} is no folder", "name a folder with captures of the page") from None
    except PermissionError as error:
        raise InputError(f"{error.filename} may not be opened by this user", "change its permissions") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"{folder!r} cannot be read ({reason})", "check the path and the disk") from error
    if not walked.paths:
        passed = f": {walked.faults[0]}" if walked.faults else ""
        raise InputError(f"{folder} holds no file{passed}", "name a folder with captures of the page")
    return Walked(paths=sorted(walked.paths), faults=sorted(walked.faults))


def _walked(folder: str) -> Walked:
    """Depth first; raises what the system raises of `folder` itself, and InputError where there is no end of files."""
    walked, waiting = Walked(paths=[], faults=[]), [folder]
    while waiting:
        path = waiting.pop()
        try:
            waiting += _look_into(path, walked)
        except OSError as error:
            if path == folder:
                raise
            walked.faults.append(f"{path} cannot be opened ({error.strerror})")
        if len(walked.paths) > MOST_FILES:
            raise InputError(f"{folder} holds more than {MOST_FILES:,} files", "name a smaller folder")
    return walked


def _look_into(path: str, walked: Walked) -> list[str]:
    """The folders in a folder; its files join those `walked`."""
    folders = []
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                walked.faults.append(f"{entry.path} is a link, which is not followed")
            elif entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif entry.is_file(follow_symlinks=False):
                walked.paths.append(entry.path)
                if len(walked.paths) > MOST_FILES:
                    break
            else:
                walked.faults.append(f"{entry.path} is a pipe, a socket or a device, and no file")
    return folders
