"""A time in which a page could not be captured, from its first failed attempt on."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Failure(NamedTuple):
    """`attempts` failed in a row, the first at `since`, the last at `last_at` for the `reason` given (times in UTC).

    `told_at` is when it was told that the page fails, `over_at` when a capture succeeded again, `over_told_at` when
    that was told. `captures` is how many captures were made meanwhile, none of them a good one.
    """

    page: str
    since: datetime
    last_at: datetime
    attempts: int
    reason: str
    told_at: datetime | None = None
    over_at: datetime | None = None
    over_told_at: datetime | None = None
    captures: int = 0

    @property
    def has_captures(self) -> bool:
        """Whether each of the attempts brought a capture, if one that is suspect or cannot be read."""
        return self.captures >= self.attempts
