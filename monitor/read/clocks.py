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
    free_ones = [index for index in stream.numbered if free[index] and ":" in blocks[index].text]
    timed = [index for index in free_ones if _looks_timed().search(blocks[index].text)]
    side = _side(blocks, timed) if timed else -1
    for index in timed:
        beside = index + side
        if 0 <= beside < len(blocks) and free[beside] and not _on_line(blocks[beside]):
            clocks = _on_two_lines(blocks[beside], blocks[index])
            if clocks:
                yield sorted((beside, index)), clocks
        clocks = _on_line(blocks[index])
        if clocks:
            yield [index], clocks


def _side(blocks: list[Block], timed: list[int]) -> int:
    """Whether the places stand above their times (-1) or below (1): all on the side where more of them do."""
    last = len(blocks) - 1
    above = sum(1 for index in timed if index and _on_two_lines(blocks[index - 1], blocks[index]))
    below = sum(1 for index in timed if index < last and _on_two_lines(blocks[index + 1], blocks[index]))
    return 1 if below > above else -1


def shows_clock(block: Block) -> bool:
    """Whether a line is a clock or several, whatever their places."""
    return bool(_on_line(block))


def _on_line(block: Block) -> list[Clock]:
    text = block.text
    if ":" not in text or len(text) > LONGEST_CLOCK_LINE or not _looks_timed().search(text):
        return []
    found = list(_clock().finditer(text))
    covered = sum(each.end() - each.start() for each in found)
    if not found or covered + 3 * len(found) < len(text):
        return []
    return [_made(each["place"], each["time"], each["half"], each[0]) for each in found]


def _on_two_lines(beside: Block, line: Block) -> list[Clock]:
    time = _time().fullmatch(line.text) if len(line.text) <= 12 and ":" in line.text else None
    place = beside.text.strip(" :")
    if time is None or len(place) > LONGEST_PLACE or zone_of(place) is None:
        return []
    return [_made(place, time["time"], time["half"], f"{beside.text} {line.text}")]


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
