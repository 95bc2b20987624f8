"""Stream → what the page says of itself: its title, the date it shows as today's, and its stamps."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from monitor.model.blanks import collapse
from monitor.model.reading import Clock, Stamp, When
from monitor.read.ago import ago_phrase
from monitor.read.blocks import BANNER, FURNITURE, MOST_REMEMBERED, Block, Stream, has_digit
from monitor.read.clocks import shows_clock
from monitor.read.dates import Found, find_dates, read_date
from monitor.read.traits import Trait

if TYPE_CHECKING:
    from monitor.read.capture_day import CaptureDay

LONGEST_STAMP = 160
LONGEST_STAMP_LABEL = 70
# "Current local time in Berlin is": the date follows the word for today closely.
LONGEST_TODAY_PHRASE = 40
# Between an article's heading and its date stand an author and a place, in short lines.
MOST_LINES_BETWEEN = 2
LONGEST_BYLINE = 60


def find_title(stream: Stream, free: bytearray, url: str | None) -> str | None:
    """The page's own title: its first heading of the highest level, else `<title>` less the site's name.

    A heading that leads away from `url`, the page's address, and that `<title>` does not say is the top story's.
    """
    headings = [
        i for i, block in enumerate(stream.blocks) if block.level == 1 and free[i] and block.region != FURNITURE
    ]
    if headings and not _is_story(stream.blocks[headings[0]], stream.head_title or "", url):
        free[headings[0]] = 0
        return stream.blocks[headings[0]].text
    if stream.head_title:
        return _without_site(stream.head_title, {each.text for each in stream.blocks if not each.region})
    first = next((i for i, block in enumerate(stream.blocks) if block.level and free[i] and not block.region), None)
    return stream.blocks[first].text if first is not None else None


def _is_story(heading: Block, head_title: str, url: str | None) -> bool:
    """Whether a heading is as a whole a link, and none of the page to itself or to its home."""
    link = heading.links[0] if len(heading.links) == 1 else None
    if link is None or link.url is None or link.text != heading.text or not head_title:
        return False
    address = link.url.partition("#")[0]
    path = address.partition("://")[2].partition("/")[2] if "://" in address else address.strip("/.")
    return bool(path) and address != url and _letters(heading.text) not in _letters(head_title)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _without_site(title: str, shown: Collection[str]) -> str:
    """ "Media releases" of "Media releases | City Council": the part the page shows by itself, else the longest."""
    parts = [part for part in re.split(r"\s+[|–—·»«:]{1,2}\s+|\s+-\s+", title) if part.strip()]
    if not parts:
        return title
    ends = [collapse(parts[0]), collapse(parts[-1])]
    own = [part for part in ends if part in shown]
    return own[0] if len(own) == 1 else max(ends, key=len)


def find_today(stream: Stream, free: bytearray, captured: CaptureDay) -> tuple[When | None, tuple[Clock, ...]]:
    """The date in a line that calls it today's ("Today is 4 July 2020", "Current time is …"), and the time beside it.

    The line is marked as used. The clock goes by the line's own words, for it names no place. Where no such line agrees
    with the capture, the first that says little else is taken: a page may show the wrong day.
    """
    named = list(_named_today(stream))
    right = next((each for each in named if _is_today(each[1].when, captured)), None)
    index, found = right or next((each for each in named if _says_little_else(stream, *each)), (0, None))
    if found is None:
        return None, ()
    free[index] = 0
    text = stream.blocks[index].text
    words, time = text[: found.start].strip(" :,–-"), found.when.clock
    return found.when, (Clock(place=words, time=time, text=text),) if time and words else ()


def _named_today(stream: Stream) -> Iterator[tuple[int, Found]]:
    """The lines that begin with a word for today and have one full date: where, and the date."""
    for index in stream.numbered:
        block = stream.blocks[index]
        text = block.text
        if text[0].isalnum() and text[:2].casefold() not in _TODAY_STARTS:
            continue
        if block.region == FURNITURE or len(text) > LONGEST_STAMP or not _begins_with_today(text):
            continue
        found = [each for each in find_dates(block.text) if each.when.is_full]
        if len(found) == 1 and found[0].start <= LONGEST_TODAY_PHRASE:
            yield index, found[0]


def _says_little_else(stream: Stream, index: int, found: Found) -> bool:
    return len(stream.blocks[index].text) - (found.end - found.start) <= LONGEST_TODAY_PHRASE


def find_page_date(
    stream: Stream, traits: list[Trait], free: bytearray, header_end: int, captured: CaptureDay, *, has_lists: bool
) -> tuple[When | None, When | None]:
    """A date that stands alone where the page introduces itself, shown as today's; its block is marked as used.

    Where there is none, the second is the first that stands so in the banner, of another day; its block stays free.
    Within a day of the capture where that is known, or beside a clock, which is shown for today though it may have
    stopped. Right under a heading or a label a date is theirs, unless the heading is that of a page with lists.
    """
    alone = list(_dates_alone(stream, traits, free, header_end, has_lists=has_lists))
    theirs = {each[0] for each in alone if _is_of_article(stream, each[0], has_lists=has_lists)}
    right = next((each for each in alone if each[0] not in theirs and _is_today(each[1], captured)), None)
    index, when = right or next((each for each in alone if _is_beside_clock(stream, each[0])), (0, None))
    if when is not None:
        free[index] = 0
        return when, None
    late = (when for at, when in alone if at not in theirs and stream.blocks[at].region == BANNER)
    return None, next(late, None)


def _dates_alone(
    stream: Stream, traits: list[Trait], free: bytearray, header_end: int, *, has_lists: bool
) -> Iterator[tuple[int, When]]:
    for index, block in enumerate(stream.blocks):
        if not free[index] or block.region == FURNITURE or (index >= header_end and block.region != BANNER):
            continue
        when = _alone(stream, traits, index, has_lists=has_lists)
        if when is not None:
            yield index, when


def _is_beside_clock(stream: Stream, index: int) -> bool:
    return any(map(shows_clock, (*stream.blocks[max(0, index - 1) : index], *stream.blocks[index + 1 : index + 2])))


def _is_today(when: When, captured: CaptureDay) -> bool:
    span = when.span(None)
    return span is not None and captured.is_near(span[0])


def _alone(stream: Stream, traits: list[Trait], index: int, *, has_lists: bool) -> When | None:
    """A full date in a line of its own. Right under an article's heading it is the article's; under the title of a
    page with lists the page's."""
    trait = traits[index]
    if not trait.is_date or trait.title or trait.when is None or not trait.when.is_full:
        return None
    above = stream.blocks[index - 1] if index else None
    if above is None:
        return trait.when
    is_theirs = above.level > (1 if has_lists else 0) and above.region == stream.blocks[index].region
    return None if is_theirs or above.text.endswith(":") else trait.when


def _is_of_article(stream: Stream, index: int, *, has_lists: bool) -> bool:
    """Whether a date says when something was written: in an article, or a `<time>` in the lines under a heading."""
    if any(node.tag == "article" and node.first <= index < node.last for node in stream.nodes):
        return True
    if has_lists or not stream.blocks[index].times:
        return False
    for block in reversed(stream.blocks[max(0, index - MOST_LINES_BETWEEN - 1) : index]):
        if block.level or len(block.text) > LONGEST_BYLINE:
            return bool(block.level)
    return False


_TODAY_WORDS = tuple(
    "today|current date|current time|current local date|current local time|date today|time now|сегодня|сьогодні|heute|"
    "aujourd'hui|aujourd’hui|hoy|oggi|hoje|vandaag|dzisiaj|dziś|bugün|dnes|idag|i dag|今天|今日|오늘|اليوم".split("|")
)


_TODAY_STARTS = frozenset(word[:2] for word in _TODAY_WORDS)


def _begins_with_today(text: str) -> bool:
    start = text[:LONGEST_TODAY_PHRASE].casefold().lstrip(" \"'([«“•*–—-")
    word = next((word for word in _TODAY_WORDS if start.startswith(word)), "")
    return bool(word) and (word[0] >= "\u0600" or not start[len(word) : len(word) + 1].isalnum())


def find_stamps(stream: Stream, free: bytearray) -> tuple[Stamp, ...]:
    """Dates the page states about itself: a short line with one full date and a phrase, on one line or on two."""
    stamps: list[Stamp] = []
    numbered = frozenset(stream.numbered)
    for index, block in enumerate(stream.blocks):
        if not free[index] or (index not in numbered and ":" not in block.text):
            continue
        stamp = _stamp_on_line(block.text)
        if stamp is None and _is_label(block.text) and index + 1 < len(stream.blocks) and free[index + 1]:
            stamp = _stamp_below(block.text, stream.blocks[index + 1].text)
            if stamp is not None:
                free[index + 1] = 0
        if stamp is not None and not (block.links and len(block.links[0].text) > len(block.text) // 2):
            stamps.append(stamp)
            free[index] = 0
    return tuple(dict.fromkeys(stamps))


def _is_label(text: str) -> bool:
    return len(text) <= LONGEST_STAMP_LABEL and text.endswith(":")


def _stamp_below(label: str, text: str) -> Stamp | None:
    found = find_dates(text) if len(text) <= LONGEST_STAMP_LABEL else []
    if len(found) != 1 or not found[0].when.is_full or len(text) - (found[0].end - found[0].start) > 3:
        return None
    return Stamp(label=label.rstrip(" :"), when=found[0].when)


@lru_cache(maxsize=MOST_REMEMBERED)
def _stamp_on_line(text: str) -> Stamp | None:
    if len(text) > LONGEST_STAMP:
        return None
    if not has_digit(text):
        return _ago_behind_label(text)
    every = find_dates(text)
    found = [each for each in every if each.when.is_full] or [each for each in every if each.when.is_relative]
    found = found or _month_behind_label(text)
    if len(found) != 1:
        return None
    before, after = text[: found[0].start].strip(" :–—-()[]|,"), text[found[0].end :].strip(" :–—-()[]|,.")
    if after or not any(map(str.isalpha, before)) or not 2 < len(before) <= LONGEST_STAMP_LABEL:
        return None
    return None if _sentence().search(before) else Stamp(label=before, when=found[0].when)


def _month_behind_label(text: str) -> list[Found]:
    """A month and its year right behind a colon, with nothing after: "Last reviewed: March 2024"."""
    label, colon, value = text.rstrip(" .").partition(":")
    if not colon or len(label) > LONGEST_STAMP_LABEL or not 0 < len(value.strip()) <= LONGEST_STAMP_LABEL:
        return []
    when = read_date(value.strip())
    if when is None or when.month is None or when.year is None:
        return []
    return [Found(when=when, start=len(label) + 1, end=len(text))]


def _ago_behind_label(text: str) -> Stamp | None:
    """A relative date without a number: "Updated: yesterday"."""
    if ":" not in text:
        return None
    label, _, value = (part.strip() for part in text.partition(":"))
    seconds = ago_phrase(value.rstrip(".")) if 0 < len(value) <= LONGEST_STAMP_LABEL else None
    if seconds is None or not 2 < len(label) <= LONGEST_STAMP_LABEL:
        return None
    return Stamp(label=label, when=When(text=value.rstrip("."), ago=seconds))


@cache
def _sentence() -> re.Pattern[str]:
    return re.compile(r"[.!?]\s+\S")
