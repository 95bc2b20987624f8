"""How long, how much, how many → seconds, bytes, numbers: "6h", "20 MB", "3"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from monitor.model.rules import shortened

SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
BYTES = {"b": 1, "kb": 1024, "mb": 1024**2, "gb": 1024**3}

DURATION_SCHEMA: Mapping[str, object] = {
    "type": "string",
    "pattern": r"^\s*(\d+(\.\d+)?\s*(ms|m|[sShHdDwW])\s*)+$",
}
SIZE_SCHEMA: Mapping[str, object] = {"type": "string", "pattern": r"^\s*\d+(\.\d+)?\s*([kKmMgG]i?)?[bB]\s*$"}

_PART = r"([0-9]{1,9}(?:\.[0-9]{1,3})?)\s*([a-z]+)\s*"
# What people write out, by its beginning, and the unit that is meant.
_UNITS = {"se": "s", "mi": "m", "ho": "h", "hr": "h", "da": "d", "we": "w"}
_CAPITAL_M = r"[0-9]\s*M(?![A-Za-z])"  # a month to some, and to others the minute of "15m"
_MONTH = 30 * SECONDS["d"]

_WORDS = {"hourly": "1h", "daily": "1d", "nightly": "1d", "weekly": "7d", "monthly": "30d"}


def duration(example: str, least: str, most: str) -> Callable[[str], float]:
    """What makes seconds of "90s", "15m", "6h", "1h 30m", "1d", "2w" between two bounds, or raises ValueError."""
    lowest, highest = (_seconds(each) or 0.0 for each in (least, most))

    def seconds(text: str) -> float:
        found = _seconds(text)
        if found is None:
            raise ValueError(f"{shortened(text)!r} is no length of time{_mend(text, example, lowest, highest)}")
        if found < lowest:
            raise ValueError(f"{shortened(text)!r} is too short; write at least {least}")
        if found > highest:
            raise ValueError(f"{shortened(text)!r} is too long; write at most {most}")
        return found

    return seconds


def _seconds(text: str) -> float | None:
    """None of what is no length of time, or of one that may be months."""
    plain = text.strip().lower()
    parts = re.findall(_PART, plain)
    is_length = re.fullmatch(f"(?:{_PART})+", plain) and all(unit in SECONDS for _, unit in parts)
    if not is_length or re.search(_CAPITAL_M, text):
        return None
    return sum(float(number) * SECONDS[unit] for number, unit in parts)


def _mend(text: str, example: str, lowest: float, highest: float) -> str:
    if re.search(_CAPITAL_M, text):
        return f": m is a minute; {'for a month write 30d' if highest >= _MONTH else 'write it small'}"
    return f"; write {_meant(text.strip().lower(), lowest, highest) or f'one like {example}'}"


def _meant(plain: str, lowest: float, highest: float) -> str:
    """ "6h" for "6 hours"; for a number alone the two smallest units of which there may be so many."""
    if re.fullmatch(r"[0-9]{1,9}", plain):
        units = [each for each in "smhd" if lowest <= int(plain) * SECONDS[each] <= highest]
        return f"{' or '.join(f'{plain}{each}' for each in units[:2])}, with its unit" if units else ""
    match = re.fullmatch(_PART, plain)
    unit = _UNITS.get(match[2][:2]) if match else None
    return f"{match[1]}{unit}" if match and unit else _WORDS.get(plain, "")


def days(text: str) -> int:
    """ "3d" → 3, from 1 to 365. Raises ValueError."""
    match = re.fullmatch(r"([0-9]{1,3})\s*d", text.strip())
    if not match or not 0 < int(match[1]) <= 365:
        raise ValueError(f"{shortened(text)!r} is no number of days from 1d to 365d; write one like 3d")
    return int(match[1])


def size(text: str) -> int:
    """ "20 MB", "500 KB" → bytes, a kilobyte being 1,024 of them; from 1 KB to 1 GB. Raises ValueError."""
    match = re.fullmatch(r"([0-9]{1,12}(?:\.[0-9]{1,3})?)\s*([kmg]?)i?b", text.strip().lower())
    found = int(float(match[1]) * BYTES[f"{match[2]}b"]) if match else 0
    if not BYTES["kb"] <= found <= BYTES["gb"]:
        what = "is not from 1 KB to 1 GB" if match else "is no size"
        raise ValueError(f"{shortened(text)!r} {what}; write one like 20 MB or 500 KB")
    return found


def whole(least: int, most: int, example: int = 3) -> Callable[[str], int]:
    """What makes a whole number of a text, between two bounds, or raises ValueError, which offers the example."""

    def number(text: str) -> int:
        plain = text.strip()
        if not re.fullmatch(r"[0-9]{1,9}", plain) or not least <= int(plain) <= most:
            what = f"is no whole number from {least:,} to {most:,}"
            raise ValueError(f"{shortened(text)!r} {what}; write one like {min(max(least, example), most)}")
        return int(plain)

    return number


def whole_schema(least: int, most: int) -> Mapping[str, object]:
    """What an editor may find there: the number, or a text that is it."""
    digits = {"type": "string", "pattern": r"^\s*[0-9]+\s*$"}
    return {"anyOf": [{"type": "integer", "minimum": least, "maximum": most}, digits]}
