"""A number in a text → the time of day it begins, with its zone: 14:30 UTC, 10:36:30 pm EDT, 14h30, 08:00 GMT+5:30."""

from __future__ import annotations

import re
from functools import cache

from monitor.read.date_forms import Part
from monitor.read.languages import ZONES

_AFTERNOON = frozenset(("pm", "下午", "午後", "오후", "晚上"))
_MORNING = frozenset(("am", "上午", "午前", "오전"))


_CLOCK_LETTERS = frozenset("hHaApP")


def time_at(text: str, start: int, *, is_after_date: bool = False) -> Part | None:
    """The time of day beginning at `start`; beside a date also the forms that are no time elsewhere (14.30, 8 Uhr)."""
    match = _clock().match(text, start) if _may_be_clock(text, start) else None
    if match is None and is_after_date:
        match = _clock_beside_date().match(text, start)
    if match is None:
        return None
    clock = _clock_of(match)
    if clock is None:
        return None
    end, utc_offset = _zone(text, match.end())
    return Part(start, end, clock=clock, utc_offset=utc_offset)


def _may_be_clock(text: str, start: int) -> bool:
    """Whether a colon, an h or an am or pm comes right after the hour: most numbers need no pattern."""
    ahead = text[start + 1 : start + 4]
    return ":" in ahead or not _CLOCK_LETTERS.isdisjoint(ahead)


def is_plain(text: str, part: Part) -> bool:
    """Whether a time stands for itself in prose: two-digit hour, am or pm, or a zone; "3:16" is a verse."""
    written = text[part.start : part.end]
    return written[:2].isdigit() or not written[-1].isdigit() or part.utc_offset is not None


def _clock_of(match: re.Match[str]) -> str | None:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "").replace(".", "").lower()
    if half in _AFTERNOON | _MORNING:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in _AFTERNOON else 0)
    if hour > 23 or minute > 59 or (match["second"] and int(match["second"]) > 59):
        return None
    return f"{hour:02}:{minute:02}" + (f":{int(match['second']):02}" if match["second"] else "")


def _zone(text: str, end: int) -> tuple[int, int | None]:
    """Where the zone after a time ends, and its offset in minutes."""
    match = _zone_pattern().match(text, end)
    if match is None:
        return end, None
    name = match["name"]
    if name and name not in ZONES:
        return end, None
    base = ZONES[name] if name else 0
    if match["sign"] is None:
        return match.end(), base
    minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
    return match.end(), (base or 0) + (minutes if match["sign"] == "+" else -minutes)


@cache
def _clock() -> re.Pattern[str]:
    return re.compile(
        r"(?P<hour>\d\d?)(?:(?::|\s?h\s?)(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?|(?=\s?[ap]\.?m\b))"
        r"(?:\s?(?P<half>[ap]\.?m\b\.?))?(?:\s?(?:Uhr|hrs|uur)\b)?(?!\d|:\d)",
        re.IGNORECASE,
    )


@cache
def _clock_beside_date() -> re.Pattern[str]:
    return re.compile(
        r"(?P<half>[上下]午|午[前後]|오[전후])?\s?(?P<hour>\d\d?)"
        r"(?:[.:](?P<minute>\d\d)(?P<second>)(?!\.?\d)|\s?(?:h|Uhr|uur)\b|[时時시]\s?(?:(\d\d?)\s?[分분])?)"
        r"(?:\s?(?:Uhr|hrs|uur)\b)?",
    )


@cache
def _zone_pattern() -> re.Pattern[str]:
    return re.compile(
        r"\s?\(?(?:(?P<name>[A-ZМСК]{1,4})(?![^\W\d])|(?=[+-]\d\d:?\d\d))"
        r"(?:\s?(?P<sign>[+−-])(?P<hours>\d\d?):?(?P<minutes>\d\d)?(?!\d))?\)?"
    )
