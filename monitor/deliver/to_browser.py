"""A finished page → the browser of whoever sits at this machine. Knows nothing of what it says."""

from __future__ import annotations

import os
import tempfile
import webbrowser
from pathlib import Path

from monitor.errors import OutputError


def show(page: bytes) -> str:
    """Write the page into a file of its own that stays, and have the browser open it; the file's name.

    The browser is the one that the platform, or BROWSER, names. Raises OutputError where there is no room for the file,
    or no browser.
    """
    try:
        number, name = tempfile.mkstemp(prefix="monitor-", suffix=".html")
        with os.fdopen(number, "wb") as file:
            file.write(page)
    except OSError as error:
        raise OutputError(
            f"cannot write a page for the browser: {error.strerror}", "name a file with --output"
        ) from error
    if not webbrowser.open(Path(name).as_uri()):
        raise OutputError("no browser could be started", f"open {name}, or name another file with --output")
    return name
