"""A page's id and a time ↔ the place of a capture's file in the store. No name leads out of the store."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.model.page import is_page_id
from monitor.model.snapshot import Capture

SUFFIX = ".warc.gz"
_TIME_LENGTH = len("2020-07-04T052500Z")


def file_of(page: str, at: datetime, number: int = 1) -> str:
    """ "rusemb-uk/2020-07-04T052500Z.warc.gz"; the second file of one page and second ends in "Z-2.warc.gz".

    Raises ValueError where the page's id is none: it would be a path.
    """
    if not is_page_id(page):
        raise ValueError(f"{page!r} is no page id")
    again = f"-{number}" if number > 1 else ""
    utc = at.astimezone(UTC)
    return f"{page}/{utc.year:04}-{utc:%m-%dT%H%M%SZ}{again}{SUFFIX}"


def capture_of(page: str, name: str) -> Capture | None:
    """The capture in a file of that name in the page's folder; None where the name is none of the store's."""
    if not name.endswith(SUFFIX):
        return None
    at = time_in(name[:_TIME_LENGTH])
    again = name[_TIME_LENGTH : -len(SUFFIX)]
    if at is None or not (again == "" or (again[0] == "-" and again[1:].isdecimal() and again.isascii())):
        return None
    return Capture(page=page, at=at, file=f"{page}/{name}")


def time_in(text: str) -> datetime | None:
    """The time that a file's name says, in UTC; None where it says none. Ten times as fast as strptime."""
    if len(text) != _TIME_LENGTH or text[4] + text[7] + text[10] + text[17] != "--TZ":
        return None
    digits = text[:4] + text[5:7] + text[8:10] + text[11:17]
    if not (digits.isdecimal() and digits.isascii()):
        return None
    year, rest = int(digits[:4]), [int(digits[at : at + 2]) for at in range(4, 14, 2)]
    try:
        return datetime(year, *rest, tzinfo=UTC)  # type: ignore[arg-type,misc]
    except ValueError:
        return None


def order(capture: Capture) -> tuple[datetime, int, str]:
    """The key by which captures are in order of time, and those of one second in the order they were put in."""
    again = capture.file[: -len(SUFFIX)].rpartition("Z-")
    return capture.at, int(again[2]) if again[0] else 1, capture.file
