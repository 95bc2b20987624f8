"""A snapshot: one dated capture of a page, the bytes as they came. Knows nothing of what they say."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import NamedTuple


class Snapshot(NamedTuple):
    """One capture of a page.

    `captured_at` is aware and in UTC, or None where nothing honest tells it (a file's modification time does not).
    `media_type` is what the server or the file's suffix declared, parameters included ("text/html; charset=koi8-r").
    `url` is the address the bytes came from; relative links are resolved against it.
    """

    source: str
    body: bytes
    captured_at: datetime | None = None
    media_type: str | None = None
    url: str | None = None

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in lower-case hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()
