"""A date as data write it → a When: the forms of feeds and programs, beside those that pages show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.model.reading import When
from monitor.read.dates import read_date

SHORTEST, LONGEST = 6, 60
# Seconds and milliseconds since 1970 that fall between 2001 and 2099.
_FIRST_SECOND, _LAST_SECOND = 1_000_000_000, 4_070_908_800


def moment(text: str) -> When | None:
    """The date that the whole text is: ISO 8601 in either form, RFC 822 with a year of two digits too, or a page's."""
    if not SHORTEST <= len(text) <= LONGEST or not any(map(str.isdigit, text)):
        return None
    when = read_date(text)
    if when is not None and when.is_full:
        return when
    found = _iso(text) or _rfc_822(text)
    return _when(text, found) if found else when


def epoch(number: float) -> When | None:
    """The moment that a number of seconds or milliseconds since 1970 names, in UTC; None for any other number."""
    seconds = number / 1000 if number >= _FIRST_SECOND * 1000 else number
    if not _FIRST_SECOND <= seconds <= _LAST_SECOND:
        return None
    found = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds))
    return _when(found.strftime("%Y-%m-%dT%H:%M:%SZ"), found)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _rfc_822(text: str) -> datetime | None:
    if ":" not in text or ("," not in text and text.count(" ") < 3):
        return None
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  only old feeds write such dates

    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _when(text: str, found: datetime) -> When:
    try:
        offset = found.utcoffset()
    except (ValueError, OverflowError):
        offset = None
    return When(
        text=text, year=found.year, month=found.month, day=found.day, clock=found.strftime("%H:%M:%S"),
        utc_offset=int(offset.total_seconds() // 60) if offset is not None else None,
    )  # fmt: skip
