"""A file, or standard input → a Snapshot. When it was captured is told by its name alone, never by the file system."""

from __future__ import annotations

import os
import re
import stat
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import BinaryIO, NamedTuple

from monitor.capture.opening import opening
from monitor.errors import InputError
from monitor.model.snapshot import Snapshot

STDIN = "-"

# No page comes near it; a stream without an end must be given up before memory runs out.
MOST_BYTES = 512 * 1024 * 1024
_CHUNK = 1024 * 1024

# No page is older than the web; a number beyond the end of the century is no date.
_FIRST_YEAR, _LAST_YEAR = 1991, 2100

_FARTHEST_OFFSET = timedelta(hours=14)  # of the Line Islands
# The abbreviations of the tz database, of which several mean more than one zone (IST, CST, BST).
_ZONES = (
    "ACDT ACST ADT AEDT AEST AKDT AKST AST AWST BST CAT CDT CEST CET CST EAT EDT EEST EET EST HDT HKT HST IDT IST JST "
    "KST MDT MSD MSK MST NDT NST NZDT NZST PDT PKT PST SAST SST WAT WEST WET WIB WIT WITA"
)

_MEDIA_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/x-ndjson",
    ".geojson": "application/geo+json",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".tab": "text/tab-separated-values",
    ".xml": "application/xml",
    ".rss": "application/xml",
    ".atom": "application/xml",
    ".rdf": "application/xml",
    ".eml": "message/rfc822",
    ".pdf": "application/pdf",
}


class NamedTime(NamedTuple):
    """A time in a name: in UTC, as it is written there, and whether it is more than a day (of which `at` is 00:00)."""

    at: datetime
    text: str
    is_exact: bool


def load(path: str, *, stdin: BinaryIO | None = None, at: datetime | None = None) -> Snapshot:
    """The snapshot in the file at `path`, or for "-" on `stdin`, captured `at` or when the file's name says.

    Raises InputError where there is nothing to read.
    """
    body = _read_stdin(stdin) if path == STDIN else _read_file(path)
    if not body:
        raise InputError(f"{_name(path)} is empty (0 bytes)", "capture the page again")
    return Snapshot(
        source=path,
        body=body,
        captured_at=at or (None if path == STDIN else captured_at(path)),
        media_type=media_type(path),
    )


def media_type(path: str) -> str | None:
    """What the suffix of a file's name says that it holds; None where it says nothing."""
    return _MEDIA_TYPES.get(os.path.splitext(path)[1].lower())


def captured_at(path: str) -> datetime | None:
    """When a file was captured, as its name says or, if that says nothing, its folder's: UTC, None if neither does.

    Read are 2018-09-04T170002Z, 20250814-023630996200, 2020-07-04_0525, an archive's 20200704052500 and their like,
    anywhere in the name, with AM or PM and with an offset too; with the name of a zone (PDT) or an offset that no place
    has there is none. A name with a day alone (page-2020-07-04) means 00:00 UTC of it.
    """
    named = time_in_name(path)
    return named.at if named else None


def time_in_name(path: str) -> NamedTime | None:
    """The time that a file's name says or, if that says none, its folder's."""
    folder, name = os.path.split(path)
    return _time_in(name) or _time_in(os.path.basename(folder))


def _read_file(path: str) -> bytes:
    with opening(path), open(path, "rb") as file:
        if stat.S_ISCHR(os.fstat(file.fileno()).st_mode) and os.path.realpath(path) != os.path.realpath(os.devnull):
            raise InputError(f"{path} is a device, which never ends", "name a file, or - for standard input")
        return _read_whole(file, path)


def _read_stdin(stdin: BinaryIO | None) -> bytes:
    if stdin is None:
        raise InputError("there is no standard input to read", "give a file instead of -")
    return _read_whole(stdin, "standard input")


def _read_whole(file: BinaryIO, name: str) -> bytes:
    """All of a file or pipe, a chunk at a time, so that one without an end is given up at the limit."""
    chunks, size = [], 0
    while chunk := file.read(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > MOST_BYTES:
            limit = f"{MOST_BYTES // 1024**2} MB"
            raise InputError(f"{name} is larger than {limit}", "a page is smaller; capture the page alone")
    return b"".join(chunks)


def _name(path: str) -> str:
    return "standard input" if path == STDIN else path


def _time_in(name: str) -> NamedTime | None:
    """The first date with a time in a name; without one the first bare day."""
    days = []
    for match in _date_in_name().finditer(name):
        moment = _moment(match)
        if moment is None or _is_of_unknown_zone(match):
            continue
        named = NamedTime(moment, match[0], is_exact=bool(match["hour"]))
        if named.is_exact:
            return named
        days.append(named)
    return days[0] if days else None


def _moment(match: re.Match[str]) -> datetime | None:
    fields = [int(match[part] or 0) for part in ("year", "month", "day", "hour", "minute", "second")]
    if not _FIRST_YEAR <= fields[0] <= _LAST_YEAR:
        return None
    try:
        fields[3] = _hour(fields[3], match["half"])
        moment = datetime(*fields, tzinfo=UTC)  # type: ignore[arg-type,misc]
        return moment.replace(microsecond=_microseconds(match["fraction"])) - _offset(match)
    except (ValueError, OverflowError):
        return None


def _microseconds(fraction: str | None) -> int:
    return int((fraction or "")[:6].ljust(6, "0"))


def _hour(hour: int, half: str | None) -> int:
    """The hour of 24; `half` is AM, PM or nothing. Raises ValueError where the clock of twelve hours has none such."""
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(f"{hour} {half} is no hour")
    return hour % 12 + (12 if half in "Pp" else 0)


def _offset(match: re.Match[str]) -> timedelta:
    """What is to be taken off a time to have it in UTC. Raises ValueError where no place on earth has it."""
    hours, minutes = int(match["ahead"] or 0), int(match["ahead_minutes"] or 0)
    offset = timedelta(hours=hours, minutes=minutes)
    if minutes > 59 or offset > _FARTHEST_OFFSET:
        raise ValueError(f"{match[0]} has no offset")
    return -offset if match["west"] else offset


def _is_of_unknown_zone(match: re.Match[str]) -> bool:
    """Whether a time is followed by what says that it is not in UTC, and not by how much."""
    if not match["hour"] or match["ahead"] or match[0].endswith("Z"):
        return False
    return _zone_behind().match(match.string, match.end()) is not None


@cache
def _zone_behind() -> re.Pattern[str]:
    return re.compile(rf"\+[0-9]|[ _]?(?:{_ZONES.replace(' ', '|')})(?![0-9A-Za-z])")


@cache
def _date_in_name() -> re.Pattern[str]:
    """A date and perhaps a time as a word of its own: no letter or digit touches it, so that no hash holds one."""
    return re.compile(
        r"""(?<![0-9A-Za-z])
        (?P<year>[0-9]{4}) (?P<sep>[-_.]?) (?P<month>[0-9]{2}) (?P=sep) (?P<day>[0-9]{2})
        (?:
            [T_ .-]? (?P<hour>[0-9]{2}) [:_.-]? (?P<minute>[0-9]{2})
            (?:[:_.-]? (?P<second>[0-9]{2}) (?:[.,]?(?P<fraction>[0-9]{1,9}))?)?
            (?:[ _\u202f]?(?P<half>[AaPp])[Mm])?
            (?:
                (?:[ _]?(?:UTC|GMT))? (?:\+ | [ ]\+ | (?P<west>[ ]-(?=[0-9]{2}:?[0-9]{2}) | -(?=[0-9]{2}:)))
                (?P<ahead>[0-9]{2}) (?::?(?P<ahead_minutes>[0-9]{2}))?
                | Z | [ _](?:UTC|GMT)
            )?
            (?!-[0-9]{2})
        )?
        (?![0-9A-Za-z])""",
        re.VERBOSE,
    )
