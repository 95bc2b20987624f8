"""Two readings → the same two, with a doubt where one breaks off in the middle of what the other has whole.

A text file has no closing mark; only beside another capture does it show that its end is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from monitor.model.change import Change
from monitor.model.reading import Reading, Suspicion

# So many last characters of a capture are looked for in the other one, the longest end first (a date may stand before
# a title in the one and apart in the other); fewer are found anywhere.
LONGEST_END = 60
ENDS = (LONGEST_END, 30, 14)
SHORTEST_END = 8
# A capture that lost less than this share of its bytes lost no more than an edit takes.
LEAST_LOSS = 0.03
# Half of a page gone from its end, with nothing new, is a capture cut off between two paragraphs.
SHRUNKEN_SHARE = 0.5
_FULL_STOPS = '.!?…。！？”"»)'


def with_doubts(before: Reading, after: Reading) -> tuple[Reading, Reading]:
    """Both readings, each with a Suspicion "truncated" or "shrunken" where the other one shows it."""
    return _doubted(before, after), _doubted(after, before)


def is_where_it_breaks_off(change: Change, before: Reading, after: Reading) -> bool:
    """Whether an edit is only the place where a truncated capture ends."""
    sides = ((change.before, before), (change.after, after))
    return any(
        side is not None
        and any(each.sign == "truncated" for each in reading.suspicions)
        and any(_is_last(text, reading.tail or "") for text in (side.text, side.title, side.teaser))
        for side, reading in sides
    )


def _is_last(text: str | None, tail: str) -> bool:
    return bool(text) and len(tail) >= SHORTEST_END and (text or "").endswith(tail[-LONGEST_END:])


def _doubted(reading: Reading, other: Reading) -> Reading:
    if reading.suspicions or not reading.tail or reading.size > (1 - LEAST_LOSS) * other.size:
        return reading
    suspicion = _cut_short(reading, other) or _shrunken(reading, other)
    return replace(reading, suspicions=(suspicion,)) if suspicion else reading


def _cut_short(reading: Reading, other: Reading) -> Suspicion | None:
    """The last words of `reading` stand in `other`, and there the sentence goes on; or a tag is never closed."""
    tail = reading.tail or ""
    if re.search(r"<[a-z][^<>]*$", tail):
        return Suspicion(sign="truncated", reason=f"It breaks off in the middle of a tag, “{tail[-LONGEST_END:]}”.")
    whole = "\n".join(_texts(other))
    for length in ENDS:
        end = tail[-length:].lstrip()
        start = whole.find(end) if len(end) >= SHORTEST_END else -1
        if start >= 0:
            return _if_it_goes_on(end, whole[start + len(end) : start + len(end) + 1], other.tail or "")
    return None


def _if_it_goes_on(end: str, following: str, last: str) -> Suspicion | None:
    """A last sentence that is gone from the last paragraph is an edit; anything else that goes on was cut."""
    if following in ("", "\n") or (end[-1] in _FULL_STOPS and end in last):
        return None
    return Suspicion(sign="truncated", reason=f"It breaks off after “{end}”, where the other capture goes on.")


def _shrunken(reading: Reading, other: Reading) -> Suspicion | None:
    """Less than half of `other` is left, nothing is new but a last text cut short, and the end is missing."""
    if reading.size > SHRUNKEN_SHARE * other.size or other.tail == reading.tail:
        return None
    there = set(_texts(other))
    own = list(_texts(reading))
    if other.tail in own or not own or sum(text not in there for text in own) > 1:
        return None
    share = round(100 * reading.size / other.size)
    return Suspicion(
        sign="shrunken",
        reason=f"It holds {share} % of the other capture's bytes and nothing new, and lacks its end.",
    )


def _texts(reading: Reading) -> Iterator[str]:
    """All that a reading says, text by text, in no order that matters."""
    yield from (text for text in (reading.title, reading.page_date and reading.page_date.text) if text)
    yield from (counter.text for counter in reading.counters)
    yield from (part for field in reading.fields for part in (field.label, field.value))
    yield from (stamp.label for stamp in reading.stamps)
    yield from (figure.label for figure in reading.figures)
    if reading.lead:
        yield from (reading.lead.title, *reading.lead.paragraphs)
    for each in reading.lists:
        yield from (text for text in (each.heading, each.more and each.more.text) if text)
        yield from (text for item in each.items for text in (item.title, item.teaser) if text)
    for section in reading.sections:
        yield from (text for text in (section.heading, *section.paragraphs) if text)
    yield from reading.furniture
