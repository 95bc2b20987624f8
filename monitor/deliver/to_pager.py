"""A finished report → the program that shows it page by page, as git does it. Knows nothing of what it says."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from contextlib import suppress

_USUAL = ("less", "more")
_LESS = "FRX"  # end at once where all fits, keep colours, leave the report on the screen


def show(body: bytes) -> bool:
    """Show `body` with the program that PAGER names, else less or more; False where none can be started."""
    command = _command()
    if not command:
        return False
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env={"LESS": _LESS, **os.environ})  # noqa: S603  the user's own
    except OSError:
        return False
    with suppress(BrokenPipeError, KeyboardInterrupt):  # left before the end
        pager.communicate(body)
    _wait(pager)
    return True


def _command() -> list[str]:
    named = os.environ.get("PAGER")
    if named is None:
        return [path for path in map(shutil.which, _USUAL) if path][:1]
    try:
        return shlex.split(named)
    except ValueError:  # a quote without its other half
        return []


def _wait(pager: subprocess.Popen[bytes]) -> None:
    """Stay until the reader leaves: Ctrl-C is for the pager, which shares the terminal."""
    while pager.poll() is None:
        with suppress(KeyboardInterrupt):
            pager.wait()
