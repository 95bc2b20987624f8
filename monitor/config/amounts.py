"""How long, how much, how many → seconds, bytes, numbers: "6h", "20 MB", "3"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from monitor.model.rules import shortened

SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
BYTES = {"b": 1, "kb": 1024, "mb": 1024**2, "gb": 1024**3}

DURATION_SCHEMA: Mapping[str, object] = {
    "type": "string",
    "pattern": r"^\s*(\d+(\.\d+)?\s*(ms|s|m|h|d|w)\s*)+$",
}
SIZE_SCHEMA: Mapping[str, object] = {"type": "string", "pattern": r"^\s*\d+(\.\d+)?\s*([kKmMgG]i?)?[bB]\s*$"}

_PART = r"(\d{1,9}(?:\.\d{1,3})?)\s*([a-z]+)\s*"
# What people write out, by its beginning, and the unit that is meant.
_MEANT = {"se": "s", "mi": "m", "ho": "h", "hr": "h", "da": "d", "we": "w"}


def duration(example: str, least: float, most: float) -> Callable[[str], float]:
    """What makes seconds of "90s", "15m", "6h", "1h 30m", "1d", "2w" between two bounds, or raises ValueError."""

    def seconds(text: str) -> float:
        found = _seconds(text, example)
        if not least <= found <= most:
            bound = f"at least {_spoken(least)}" if found < least else f"at most {_spoken(most)}"
            raise ValueError(f"{shortened(text)!r} is too {_side(found, least)}; write {bound}")
        return found

    return seconds


def _side(found: float, least: float) -> str:
    return "short" if found < least else "long"


def _seconds(text: str, example: str) -> float:
    plain = text.strip().lower()
    parts = re.findall(_PART, plain)
    if not re.fullmatch(f"(?:{_PART})+", plain) or any(unit not in SECONDS for _, unit in parts):
        raise ValueError(f"{shortened(text)!r} is no length of time; write {_meant(plain) or f'one like {example}'}")
    return sum(float(number) * SECONDS[unit] for number, unit in parts)


def _meant(plain: str) -> str:
    """ "6h" for "6 hours"; both that may be meant for a number alone."""
    if re.fullmatch(r"\d{1,9}", plain):
        return f"{plain}s or {plain}m, with its unit"
    match = re.fullmatch(_PART, plain)
    unit = _MEANT.get(match[2][:2]) if match else None
    return f"{match[1]}{unit}" if match and unit else ""


def _spoken(seconds: float) -> str:
    unit = next(each for each in reversed(SECONDS) if seconds >= SECONDS[each] and not seconds % SECONDS[each])
    return f"{seconds / SECONDS[unit]:g}{unit}"


def days(text: str) -> int:
    """ "3d" → 3, at most 365. Raises ValueError."""
    match = re.fullmatch(r"\s*(\d{1,3})\s*d\s*", text)
    if not match or int(match[1]) > 365:
        raise ValueError(f"{shortened(text)!r} is no number of days; write one like 3d, at most 365d")
    return int(match[1])


def size(text: str) -> int:
    """ "20 MB", "500 KB" → bytes, a kilobyte being 1,024 of them; from 1 KB to 1 GB. Raises ValueError."""
    match = re.fullmatch(r"(\d{1,12}(?:\.\d{1,3})?)\s*([kmg]?)i?b", text.strip().lower())
    if not match:
        raise ValueError(f"{shortened(text)!r} is no size; write one like 20 MB or 500 KB")
    found = int(float(match[1]) * BYTES[f"{match[2]}b"])
    if not BYTES["kb"] <= found <= BYTES["gb"]:
        raise ValueError(
            f"{shortened(text)!r} is too {_side(found, BYTES['kb'])}; write from 1 KB to 1 GB".replace(
                "short", "little"
            ).replace("long", "much")
        )
    return found


def whole(least: int, most: int) -> Callable[[str], int]:
    """What makes a whole number of a text, between two bounds, or raises ValueError."""

    def number(text: str) -> int:
        plain = text.strip()
        if not re.fullmatch(r"[0-9]{1,9}", plain) or not least <= int(plain) <= most:
            raise ValueError(
                f"{shortened(text)!r} is no whole number from {least:,} to {most:,}; write one like {least}"
            )
        return int(plain)

    return number


def whole_schema(least: int, most: int) -> Mapping[str, object]:
    """What an editor may find there: the number, or a text that is it."""
    digits = {"type": "string", "pattern": r"^\s*[0-9]+\s*$"}
    return {"anyOf": [{"type": "integer", "minimum": least, "maximum": most}, digits]}
