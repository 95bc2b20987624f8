"""A relative time → seconds before now: "2 hours ago", "vor 3 Tagen", "3 дня назад", "2小时前", "yesterday"."""

from __future__ import annotations

import re
from functools import cache

from monitor.read.date_forms import WHOLE, Part
from monitor.read.languages import ago_words, fold, relative_words, seconds_of

_FIRST_EAST_ASIAN = "\u2e80"
# "1 day, 2 hours, 3 minutes"
_MOST_AMOUNTS = 3


def ago_at(text: str, start: int, end: int, floor: int, trust: int) -> Part | None:
    """The relative time that the number at `start:end` belongs to. "5m" alone is one only where it is all there is."""
    initial = text[end : end + 2].lstrip()[:1]
    if end - start > 4 or not initial.isalpha():
        return None
    seconds, stop, unit = _amounts(text, start)
    if not unit:
        return _east_asian_ago(text, start) if initial >= _FIRST_EAST_ASIAN else None
    after, before, inside, _ = ago_words()
    follow = _next_word().match(text, stop)
    if follow and fold(follow[1]) in after:
        return Part(_lead_in(text, start, floor, "for"), follow.end(), ago=seconds)
    if fold(unit) in inside:
        return Part(start, stop, ago=seconds)
    lead = text[max(floor, start - 16) : start]
    words = fold(lead).split()
    for count in (1, 3, 4):
        if " ".join(words[-count:]) in before:
            return Part(_start_of(lead, start, count), stop, ago=seconds)
    is_short = stop - end <= 2 and stop == len(text)
    return Part(start, stop, ago=seconds) if trust == WHOLE and is_short else None


def ago_phrase(text: str) -> int | None:
    """Seconds before now where the whole text is a phrase without a number: "yesterday", "an hour ago"."""
    folded = " ".join(fold(text).split())
    if folded in relative_words():
        return relative_words()[folded]
    after, before, _, one = ago_words()
    words = folded.split()
    if len(words) >= 2 and words[-1] in after:
        words = words[:-1]
    elif len(words) >= 2 and (words[0] in before or " ".join(words[:3]) in before):
        words = words[1:] if words[0] in before else words[3:]
    else:
        return None
    if len(words) == 2 and words[0] in one:
        words = words[1:]
    return seconds_of(words[0]) if len(words) == 1 else None


def _amounts(text: str, start: int) -> tuple[int, int, str]:
    """Seconds, end and last unit of "2 days, 3 hours"."""
    seconds, stop, unit = 0, start, ""
    for _ in range(_MOST_AMOUNTS):
        match = _amount().match(text, stop)
        each = seconds_of(match["unit"]) if match else None
        if match is None or each is None:
            break
        seconds, stop, unit = seconds + int(match["number"]) * each, match.end("unit"), match["unit"]
    return seconds, stop, unit


def _east_asian_ago(text: str, start: int) -> Part | None:
    match = _east_asian_amount().match(text, start)
    each = seconds_of(match["unit"]) if match else None
    return Part(start, match.end(), ago=int(match["number"]) * each) if match and each else None


def _lead_in(text: str, start: int, floor: int, word: str) -> int:
    lead = text[max(floor, start - 16) : start]
    return _start_of(lead, start, 1) if lead.lower().split()[-1:] == [word] else start


def _start_of(lead: str, start: int, count: int) -> int:
    """Where the last `count` words of `lead`, which ends at `start`, begin."""
    kept = lead.rsplit(None, count)
    return start - len(lead) + lead.index(kept[1], len(kept[0])) if len(kept) > count else start - len(lead.lstrip())


@cache
def _amount() -> re.Pattern[str]:
    return re.compile(r"(?:,?\s)?(?P<number>\d{1,4})\s?(?P<unit>[^\W\d_][^\s\d.,;:!?()\[\]|/–-]{0,15})\.?")


@cache
def _east_asian_amount() -> re.Pattern[str]:
    return re.compile(
        r"(?P<number>\d{1,4})\s?(?P<unit>[秒天日周週年分초분일주년]|分[钟鐘間]|小[时時]|个小时|時間|星期|个?月|[かヶカ]月|시간|개월)(?:之前|以前|\s?前|\s?전)"
    )


@cache
def _next_word() -> re.Pattern[str]:
    return re.compile(r"\.?\s(?:yang\s)?([^\W\d_][^\s\d.,;:!?()\[\]|/–-]{0,8})")
