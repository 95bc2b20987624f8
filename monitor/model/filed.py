"""A message as a file of a reader's folder, and what its folder's own files are called."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from monitor.model.delivery import Occasion

INDEX = "index.html"  # of the folder of the reports too
FEED = "findings.atom"  # of all that was told there


class Filed(NamedTuple):
    """A page of the folder: its name, the line for people, and of when it is.

    `at` is in UTC; None of a page that tells its `day` alone, as `monitor digest --output 2026-11-28.html` writes it.
    Such a page has no `occasion` either.
    """

    name: str
    subject: str
    day: date
    at: datetime | None = None
    occasion: Occasion | None = None
