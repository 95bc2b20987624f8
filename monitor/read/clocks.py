"""Stream → clocks: a place and the wall-clock time shown for it, on one line or on two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from monitor.model.reading import Clock
from monitor.read.blocks import Block, Stream
from monitor.read.places import zone_of

LONGEST_CLOCK_LINE = 120
LONGEST_PLACE = 30


def find_clocks(stream: Stream, free: bytearray) -> tuple[Clock, ...]:
    """The clocks among the blocks not used yet; a place the tz database does not know counts beside one it does."""
    runs: list[list[tuple[list[int], Clock]]] = [[]]
    last = -2
    for lines, clocks in _shown(stream, free):
        if lines[0] - last > 2:
            runs.append([])
        runs[-1].extend((lines, clock) for clock in clocks)
        last = lines[-1]
    known = [run for run in runs if any(clock.zone for _, clock in run)]
    for run in known:
        for blocks, _ in run:
            for index in blocks:
                free[index] = 0
    return tuple(clock for run in known for _, clock in run)


def _shown(stream: Stream, free: bytearray) -> Iterator[tuple[list[int], list[Clock]]]:
    """The lines that show clocks, and pairs of lines that show one: where they stand, and the clocks."""
    blocks = stream.blocks
    for index in stream.numbered:
        if not free[index] or not _looks_timed().search(blocks[index].text):
            continue
        if index and free[index - 1] and not _on_line(blocks[index - 1]):
            clocks = _on_two_lines(blocks[index - 1], blocks[index])
            if clocks:
                yield [index - 1, index], clocks
        clocks = _on_line(blocks[index])
        if clocks:
            yield [index], clocks


def shows_clock(block: Block) -> bool:
    """Whether a line is a clock or several, whatever their places."""
    return bool(_on_line(block))


def _on_line(block: Block) -> list[Clock]:
    text = block.text
    if len(text) > LONGEST_CLOCK_LINE or not _looks_timed().search(text):
        return []
    found = list(_clock().finditer(text))
    covered = sum(each.end() - each.start() for each in found)
    if not found or covered + 3 * len(found) < len(text):
        return []
    return [_made(each["place"], each["time"], each["half"], each[0]) for each in found]


def _on_two_lines(block: Block, below: Block) -> list[Clock]:
    time = _time().fullmatch(below.text) if len(below.text) <= 12 and ":" in below.text else None
    place = block.text.strip(" :")
    if time is None or len(place) > LONGEST_PLACE or zone_of(place) is None:
        return []
    return [_made(place, time["time"], time["half"], f"{block.text} {below.text}")]


def _made(place: str, time: str, half: str | None, text: str) -> Clock:
    hour, _, rest = time.partition(":")
    number = int(hour)
    if half:
        number = number % 12 + (12 if half.lower().startswith("p") else 0)
    place = place.strip(" :,–-")
    return Clock(place=place, time=f"{number:02d}:{rest}", zone=zone_of(place), text=text.strip())


_TIME = r"(?P<time>(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)(?:\s*(?P<half>[ap])\.?m\b\.?)?(?![\d:])"


@cache
def _time() -> re.Pattern[str]:
    return re.compile(_TIME, re.IGNORECASE)


@cache
def _looks_timed() -> re.Pattern[str]:
    return re.compile(r"\d:[0-5]\d")


@cache
def _clock() -> re.Pattern[str]:
    return re.compile(rf"(?P<place>[^\W\d_][^\d:|]{{1,{LONGEST_PLACE}}}?)\s*[:,–-]?\s*{_TIME}", re.IGNORECASE)
