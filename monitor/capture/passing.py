"""What a server says when it cannot answer now → whether to ask again, and when."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

PASSING = frozenset((429, 500, 502, 503, 504))  # statuses of answers that may be otherwise a moment later


def seconds_asked(wish: str | None) -> float | None:
    """What a header `Retry-After` asks for: seconds, or until a moment; None where it says nothing."""
    if wish is None:
        return None
    if wish.isascii() and wish.isdigit():
        return float(wish)
    try:
        until = parsedate_to_datetime(wish)
        return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
    except (ValueError, OverflowError):  # no date, or one that no calendar has
        return None
