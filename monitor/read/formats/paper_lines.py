"""The lines of printed pages → Stream: headings by their size, paragraphs put together again, running heads apart."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from monitor.read.blocks import CONTENT, FURNITURE, SENTENCE_ENDS, Block, Stream
from monitor.read.dates import leading_date
from monitor.read.formats.markup import written

# Letters of a heading are so much larger than those of the text.
HEADING_SIZE = 1.12
LONGEST_HEADING = 160
# Lines of one paragraph stand so close, in lines of the text; between paragraphs there is more.
CLOSEST_LINES = 1.35
# A line is full where the next word would have brought it so near to the longest ones.
FULL_SHARE = 0.85
# A column of text is no narrower, in letters; shorter lines are rows and entries.
NARROWEST_TEXT = 40
# Running heads and page numbers are found among so many lines at the top and at the bottom, on half of the pages.
EDGE_LINES = 3
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


class Line(NamedTuple):
    """A line of print: how high it stands on its page (more is higher) and how large its letters are, in points."""

    text: str
    top: float
    size: float


class _Page(NamedTuple):
    """What the lines are measured by: size of the text, distance of its lines, length of the full ones."""

    size: float
    leading: float
    width: int


def stream_of(pages: list[list[Line]]) -> Stream:
    pages = [[line._replace(text=_readable(line.text)) for line in lines] for lines in pages]
    pages = [[line for line in lines if line.text] for lines in pages]
    running = _running(pages)
    measure = _measure([line for lines in pages for line in lines])
    levels = _levels(pages, measure)
    stream = Stream()
    last: Line | None = None
    for lines in pages:
        is_new_page = True
        for at, line in enumerate(lines):
            is_printed = _is_edge(at, lines) and _printed_footer().fullmatch(line.text) is not None
            if is_printed or (_is_edge(at, lines) and _without_numbers(line.text) in running):
                stream.blocks.append(Block(line.text, region=FURNITURE))
                continue
            if last is not None and _goes_on(last, line, measure, is_new_page=is_new_page):
                _join(next(block for block in reversed(stream.blocks) if block.region == CONTENT), line.text)
            else:
                level = levels.get(line.size, 0) if len(line.text) <= LONGEST_HEADING else 0
                stream.blocks.append(Block(line.text, level=level, tag=f"h{level}" if level else "p"))
            last, is_new_page = line, False
    stream.root.children = list(range(len(stream.blocks)))
    stream.root.last = len(stream.blocks)
    return stream


@cache
def _printed_footer() -> re.Pattern[str]:
    """What a browser prints below a page: where it was, and the number of the sheet."""
    return re.compile(r"(?:file|https?)://\S+\s+\d+\s?/\s?\d+")


def _readable(text: str) -> str:
    for sign, letters in _LIGATURES.items():
        text = text.replace(sign, letters)
    return written(text)


def _measure(lines: list[Line]) -> _Page:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    body = [line for line in lines if line.size == size]
    gaps = [round(one.top - other.top, 1) for one, other in pairwise(body) if one.top > other.top]
    lengths = sorted(len(line.text) for line in body)
    return _Page(
        size=size,
        leading=Counter(gaps).most_common(1)[0][0] if gaps else 1.2 * size,
        width=lengths[len(lengths) * 9 // 10] if lengths else 0,
    )


def _levels(pages: list[list[Line]], measure: _Page) -> dict[float, int]:
    """The heading level of each size above the text's, the largest first."""
    sizes = {line.size for lines in pages for line in lines if line.size >= HEADING_SIZE * measure.size > 0}
    return {size: min(rank, 6) for rank, size in enumerate(sorted(sizes, reverse=True), start=1)}


def _running(pages: list[list[Line]]) -> frozenset[str]:
    """The lines, numbers aside, that stand at the edges of at least half of two or more pages."""
    counts: Counter[str] = Counter()
    for lines in pages:
        counts.update({_without_numbers(line.text) for at, line in enumerate(lines) if _is_edge(at, lines)})
    return frozenset(text for text, count in counts.items() if count >= max(2, len(pages) / 2))


def _is_edge(at: int, lines: list[Line]) -> bool:
    return at < EDGE_LINES or at >= len(lines) - EDGE_LINES


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _goes_on(one: Line, other: Line, measure: _Page, *, is_new_page: bool) -> bool:
    """Whether a paragraph goes on in the next line: of one size, close by, and the line before it was full."""
    if one.size != other.size or _bullet().match(other.text) or leading_date(other.text) is not None:
        return False
    is_close = is_new_page or 0 < one.top - other.top <= CLOSEST_LINES * measure.leading * one.size / measure.size
    if is_new_page and one.text.endswith(SENTENCE_ENDS):
        return False
    if one.size >= HEADING_SIZE * measure.size:
        return is_close and not is_new_page
    word = other.text.split(None, 1)[0]
    return is_close and len(one.text) + 1 + len(word) >= FULL_SHARE * max(measure.width, NARROWEST_TEXT)


def _join(block: Block, text: str) -> None:
    is_broken_word = block.text[-1:] == "-" and block.text[-2:-1].isalpha() and text[:1].islower()
    block.text = block.text[:-1] + text if is_broken_word else f"{block.text} {text}"


@cache
def _bullet() -> re.Pattern[str]:
    return re.compile(r"(?:[*•‣▪●○–-]|\(?(?:\d{1,3}|[a-z])[.)])\s+\S")
