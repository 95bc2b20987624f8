"""A line of the ledger: what was put into the store or taken out, and the hash that ties it to the line before."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Kind(str, Enum):
    """What a line of the ledger records."""

    RESOURCE = "resource"  # a file, or what a browser showed
    RESPONSE = "response"  # an answer over HTTP
    REVISIT = "revisit"  # a capture that found the page as it was
    PRUNED = "pruned"  # a capture that was taken out: a tombstone, where there would be a hole


class Entry(NamedTuple):
    """One line, in the order of its keys there.

    `seq` counts from 1. `time` is ISO 8601 in UTC: when the page was captured, or for a tombstone when it was taken
    out. `file` is relative to the store. `payload` is the SHA-256 of the page as it came, `sha256` that of the file,
    `before` that of the line before, all in lower-case hexadecimal; the first line's `before` is all zeros.
    """

    seq: int
    time: str
    kind: Kind
    page: str
    file: str
    payload: str
    sha256: str
    before: str
