"""Times of the day, days, time zones and lines of cron, as they are written → as they are meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo, available_timezones

from monitor.config.amounts import DURATION_SCHEMA, duration
from monitor.model.rules import shortened

TIME_SCHEMA: Mapping[str, object] = {"type": "string", "pattern": r"^\s*([01]?\d|2[0-3]):[0-5]\d\s*$"}
DAY_SCHEMA: Mapping[str, object] = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
HOURS_SCHEMA: Mapping[str, object] = {"type": "string", "pattern": r"^\s*\d\d?:\d\d\s*-\s*\d\d?:\d\d\s*$"}
EVERY_SCHEMA: Mapping[str, object] = {"anyOf": [dict(DURATION_SCHEMA), {"const": "never"}]}
ZONE_SCHEMA: Mapping[str, object] = {"type": "string", "examples": ["UTC", "Europe/London", "Asia/Tokyo"]}

SCHEDULES = ("every", "at", "cron")
NEVER = 0.0
_seconds = duration("6h", "10s", "366d")

# What people call a zone that is none, or that leaves summer time out, and a zone that has it.
_MEANT = {
    "bst": "Europe/London", "cest": "Europe/Berlin", "edt": "America/New_York", "cdt": "America/Chicago",
    "mdt": "America/Denver", "pdt": "America/Los_Angeles", "pst": "America/Los_Angeles", "cst": "America/Chicago",
    "msk": "Europe/Moscow", "ist": "Asia/Kolkata", "jst": "Asia/Tokyo", "z": "UTC",
}  # fmt: skip

_NEAR = 0.8  # of the letters: Europe/Londn is, and Europe alone is near to no city


def every(text: str) -> float:
    """ "6h" → seconds; never is none. Raises ValueError."""
    return NEVER if text.strip().lower() == "never" else _seconds(text)


def hours(text: str) -> tuple[str, str]:
    """ "22:00-7:00" → ("22:00", "07:00"). Raises ValueError."""
    since, dash, until = text.replace("–", "-").partition("-")
    if not dash:
        raise ValueError(f"{shortened(text)!r} are no hours; write two times of the day, like 22:00-07:00")
    found = time_of_day(since), time_of_day(until)
    if found[0] == found[1]:
        raise ValueError(f"{shortened(text)!r} are no hours or all of them; write two times that differ")
    return found


def time_of_day(text: str) -> str:
    """ "7:00" → "07:00". Raises ValueError."""
    plain = text.strip().lower()
    match = re.fullmatch(r"(\d{1,2}):(\d\d)", plain)
    if match and int(match[1]) < 24 and int(match[2]) < 60:
        return f"{int(match[1]):02}:{match[2]}"
    raise ValueError(f"{shortened(text)!r} is no time of the day; write {_time_meant(plain)}")


def _time_meant(plain: str) -> str:
    """The time that may be meant: "19:00" for "7 pm", "00:00" for "24:00"."""
    match = re.fullmatch(r"(\d{1,2})(?:[:.](\d\d))?(?::00)?\s*(am|pm)?", plain)
    if not match or int(match[1]) > 24 or int(match[2] or 0) > 59:
        return 'one from "00:00" to "23:59"'
    hour = int(match[1]) % 12 + 12 * (match[3] == "pm") if match[3] else int(match[1]) % 24
    return f'"{hour:02}:{match[2] or "00"}"'


def day(text: str) -> date:
    """ "2018-03-04". Raises ValueError."""
    plain = text.strip()
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", plain):
        raise ValueError(f"{shortened(text)!r} is no day; write year, month and day, like 2018-03-04")
    try:
        return date.fromisoformat(plain)
    except ValueError as error:
        raise ValueError(f"{plain} is in no calendar ({error}); write a day like 2018-03-04") from error


def zone(text: str) -> str:
    """The IANA name of a time zone. Raises ValueError, naming the one that may be meant."""
    try:
        ZoneInfo(text)
    except (OSError, ValueError, KeyError) as error:
        wanted = f"write {meant}" if (meant := _zone_meant(text)) else "write one like Europe/London, or UTC"
        raise ValueError(f"{shortened(text)!r} is no time zone; {wanted}") from error
    return text


def _zone_meant(text: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only a mistyped zone waits for it

    plain = text.strip().lower().replace(" ", "_")
    names = {name.lower(): name for name in sorted(available_timezones())}
    cities = {name.rpartition("/")[2]: name for name in names if "/" in name}
    if any(sign.isdigit() for sign in plain):  # Etc/GMT+1, the nearest to GMT+1, is an hour behind and not ahead
        return ""
    if plain in _MEANT:
        return _MEANT[plain]
    near = get_close_matches(plain, [*names, *cities], n=1, cutoff=_NEAR)
    return names.get(near[0]) or names[cities[near[0]]] if near else ""
