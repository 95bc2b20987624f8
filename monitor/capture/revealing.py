"""A secret as config.yaml names it → its text, from the environment or from a file, at the moment it is sent."""

from __future__ import annotations

import os

from monitor.errors import CaptureError
from monitor.model.request import Secret

_MOST_BYTES = 64 * 1024  # servers take 8 to 64 KB of header lines


def revealed(secret: Secret, folder: str, *, is_line: bool = True) -> str:
    """The text of a secret; a relative file is in `folder`, its last line end is none of it.

    Raises CaptureError where it is not there or, if it `is_line`, cannot be sent as part of a header line. What it says
    is never in the error.
    """
    if secret.env is not None:
        name, text = f"the environment variable {secret.env}", os.environ.get(secret.env)
    elif secret.file is not None:
        name, text = f"the file {secret.file}", _read(os.path.join(folder, secret.file))
    else:
        name, text = "a value in config.yaml", secret.value
    if text is None:
        raise CaptureError(f"{name} is not there", "set it, or name another one in config.yaml")
    if (is_line and not text.isprintable()) or len(text) > _MOST_BYTES:
        raise CaptureError(f"{name} is no single line of text", "a header, a cookie or a password is one line")
    return text


def _read(path: str) -> str | None:
    try:
        with open(path, "rb") as file:
            content = file.read(_MOST_BYTES + 2)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CaptureError(f"{path} cannot be read ({error.strerror})", "make it readable for this user") from error
    return content.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "surrogateescape")
