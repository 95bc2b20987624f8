"""A store's folder → the right to watch its pages, for one process at a time. Whoever is killed gives it back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from monitor.errors import OutputError, StoreError

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from monitor.store.folder import Store

NAME = ".run.lock"
FOR_MONTHS = "monitor run"  # the command that holds the lock until it is stopped; the others do so for minutes
_LOOKING = 5.0  # seconds that are waited for the other one before it is said again
Wait = Callable[[str], None]  # told who is at it, each time before it is waited for


@contextmanager
def only_instance(store: Store, command: str = "monitor check", wait: Wait | None = None) -> Iterator[None]:
    """Within, no other process watches the pages of that store, whose folder is made where it is not there.

    `command` is what this process does; others are told so, with the process's number and since when. With `wait` it
    is waited for one that is done within minutes. Raises StoreError where another is at it, OutputError where the
    folder cannot be written.
    """
    folder, path = store.folder, os.path.join(store.folder, NAME)
    try:
        os.makedirs(folder, exist_ok=True)
        lock = _acquired(path, folder, wait)
    except OSError as error:
        what = f"cannot write to {folder}: {(error.strerror or str(error)).lower()}"
        raise OutputError(what, "name a folder that you may write to with --store FOLDER") from error
    try:
        _leave_word(path, command)
        yield
    finally:
        lock.release()


def _acquired(path: str, folder: str, wait: Wait | None) -> BaseFileLock:
    from filelock import FileLock, Timeout  # noqa: PLC0415  most commands watch nothing

    lock, patience = FileLock(path), 0.0
    while True:
        try:
            lock.acquire(timeout=patience)
        except Timeout:
            holder = _holder(path)
            if wait is None or holder.startswith(FOR_MONTHS):
                what = f"{holder} is watching the pages of {folder}"
                raise StoreError(what, "stop it first, or let it do its work") from None
            wait(holder)
            patience = _LOOKING
        else:
            return lock


def _leave_word(path: str, command: str) -> None:
    """Say in the lock's file who holds it: the file stays, and its contents belong to the holder."""
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"{command} (process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC)\n")


def _holder(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.readline().strip() or "another monitor"
    except OSError:
        return "another monitor"
