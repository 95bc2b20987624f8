"""Stream → lead: the one article that stands in full, or larger, apart from the lists.

A page that is one article, product or policy has sections and no lead: only beside a list of items is there one. In
full it stands beside dated items alone: links without dates stand beside every article, now five of them and now six.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise, takewhile
from typing import NamedTuple

from monitor.model.reading import ItemList, Lead
from monitor.read.blocks import CONTENT, SENTENCE_ENDS, Block, Stream, weight
from monitor.read.traits import Trait

# An article in full is longer than a teaser, and most of the text outside the lists.
SHORTEST_ARTICLE = 500.0
# Where an element or a heading with a date sets it apart, two or three short paragraphs are one too.
SHORTEST_MARKED_ARTICLE = 200.0
FEWEST_MARKED_PARAGRAPHS = 2
SHORTEST_PARAGRAPH = 120.0
# A sentence that stands as a paragraph; what is shorter or has no full stop is a line.
SHORTEST_SENTENCE = 40.0
FEWEST_WORDS = 5
LEAD_SHARE = 0.5
MOST_SUBHEADINGS = 1
LONGEST_TITLE = 320.0
# A featured card: a linked headline with a sentence or two under it. "Newsroom" and "Press centre" are shorter.
SHORTEST_FEATURED_TITLE = 25.0
FEWEST_ITEMS = 3


class _Part(NamedTuple):
    """Blocks `first` up to, not including, `last` that could be an article, and what its prose weighs."""

    first: int
    last: int
    prose: float
    paragraphs: int


def find_lead(
    stream: Stream, traits: list[Trait], free: bytearray, lists: tuple[ItemList, ...], insets: tuple[int, ...] = ()
) -> Lead | None:
    """The lead, if the page has one; its blocks are marked as used. What stands in `insets` does not part it.

    Without dated items beside it an article is a lead only where the page has a heading of its own above it.
    """
    is_inset = frozenset(insets)
    stretches = _stretches(stream, free, is_inset)
    in_full = _in_full(stream, traits, free, stretches, is_alone=not any(map(_is_dated, lists)))
    return in_full or (_featured(stream, traits, free, stretches) if any(map(_is_news, lists)) else None)


def _is_news(found: ItemList) -> bool:
    """Whether a list is what a page is for, and not a handful of links beside an article."""
    return _is_dated(found) or len(found.items) >= 2 * FEWEST_ITEMS


def _is_dated(found: ItemList) -> bool:
    return sum(1 for item in found.items if item.date is not None) >= FEWEST_ITEMS


def _stretches(stream: Stream, free: bytearray, insets: frozenset[int]) -> list[tuple[int, int]]:
    """The runs of content blocks that nothing else has used."""
    runs: list[tuple[int, int]] = []
    start = end = -1
    for index, block in enumerate(stream.blocks):
        if free[index] and block.region == CONTENT:
            start = index if start < 0 else start
            end = index + 1
        elif start >= 0 and index not in insets:
            runs.append((start, end))
            start = -1
    return [*runs, (start, end)] if start >= 0 else runs


def _in_full(
    stream: Stream, traits: list[Trait], free: bytearray, runs: list[tuple[int, int]], *, is_alone: bool = False
) -> Lead | None:
    parts = [_weighed(stream, free, *part) for run in runs for part in _articles(stream, free, run)]
    longest = max(parts, key=lambda part: part.prose, default=None)
    if longest is None or longest.prose < LEAD_SHARE * sum(part.prose for part in parts):
        return None
    if longest.prose < SHORTEST_MARKED_ARTICLE:
        return None
    title = title_index(stream, traits, [i for i in range(longest.first, longest.last) if free[i]])
    if title is None:
        return None
    is_dated = stream.blocks[title].level > 0 and _has_date(traits, title)
    if is_alone:
        return lead_of(stream, traits, free, title, longest.last) if is_dated and _is_below(stream, title) else None
    is_marked = longest.paragraphs >= FEWEST_MARKED_PARAGRAPHS and (is_dated or _is_article(stream, title))
    if longest.prose < SHORTEST_ARTICLE and not is_marked:
        return None
    return lead_of(stream, traits, free, title, longest.last)


def _has_date(traits: list[Trait], title: int) -> bool:
    return traits[title].when is not None or any(trait.is_date for trait in traits[title + 1 : title + 3])


def _is_article(stream: Stream, title: int) -> bool:
    """Whether the title is the first heading of an element for articles."""
    return any(
        node.tag == "article" and node.first <= title < node.last
        and not any(block.level for block in stream.blocks[node.first : title])
        for node in stream.nodes
    )  # fmt: skip


def _is_below(stream: Stream, title: int) -> bool:
    """Whether the page has a heading of its own above that of an article: then it is no page of one article."""
    levels = [block.level for block in stream.blocks[:title] if block.level]
    return bool(levels) and min(levels) < stream.blocks[title].level and _is_article(stream, title)


def _articles(stream: Stream, free: bytearray, run: tuple[int, int]) -> list[tuple[int, int]]:
    """A run cut at its headings of the highest level; one with several lower headings is a document, no article."""
    first, last = run
    headings = [i for i in range(first, last) if free[i] and stream.blocks[i].level]
    if not headings:
        return [run]
    top = min(stream.blocks[i].level for i in headings)
    cuts = [i for i in headings if stream.blocks[i].level == top]
    starts = [first, *cuts] if cuts[0] > first else cuts
    counts = [bisect_left(headings, end) - bisect_left(headings, start) for start, end in pairwise([*starts, last])]
    parts = zip(starts, [*starts[1:], last], counts, strict=True)
    return [(start, end) for start, end, count in parts if count <= MOST_SUBHEADINGS + 1]


def _weighed(stream: Stream, free: bytearray, first: int, last: int) -> _Part:
    blocks = [stream.blocks[i] for i in range(first, last) if free[i] and not stream.blocks[i].level]
    weights = [weight(block.text) for block in blocks if _is_prose(block)]
    return _Part(first, last, sum(weights), len(weights))


def _is_prose(block: Block) -> bool:
    """Whether a block is a paragraph: long, or a sentence of several words. A column's heading is none."""
    long = weight(block.text) if block.tag != "th" else 0.0
    if long >= SHORTEST_PARAGRAPH:
        return True
    if long < SHORTEST_SENTENCE or not block.text.endswith(SENTENCE_ENDS):
        return False
    return block.text.count(" ") >= FEWEST_WORDS - 1 or long > len(block.text)


def _is_passage(block: Block) -> bool:
    """Whether a block is long enough for the first words of an article."""
    return block.tag != "th" and weight(block.text) >= SHORTEST_PARAGRAPH / 2


def title_index(stream: Stream, traits: list[Trait], indices: list[int]) -> int | None:
    """The title: a heading, or a short line before the first paragraph."""
    lines: list[int] = []
    for place, index in enumerate(indices):
        block = stream.blocks[index]
        if block.level:
            return _of_headings(stream, traits, indices[place:])
        if _is_prose(block) and (lines or place + 1 == len(indices) or not _is_title(block)):
            break
        if weight(block.text) <= LONGEST_TITLE and _is_title(block) and not traits[index].is_date:
            lines.append(index)
    return _of_lines(stream, traits, lines) if lines else None


def _of_headings(stream: Stream, traits: list[Trait], indices: list[int]) -> int:
    """Of headings that follow one another, a page's and an article's or a title and its subtitle, the article's title:
    the one with a date under it, else the first that is as long as a headline, else the last."""
    headings = list(takewhile(lambda index: stream.blocks[index].level, indices))
    if len(headings) < len(indices) and traits[indices[len(headings)]].is_date:
        return headings[-1]
    return next(filter(lambda index: _is_headline(stream.blocks[index]), headings), headings[-1])


def _of_lines(stream: Stream, traits: list[Trait], lines: list[int]) -> int:
    """Of short lines above an article, the page's name and the article's title, the title: as with headings."""
    dated = (index for index in lines if index + 1 < len(traits) and traits[index + 1].is_date)
    headlines = (index for index in lines if _is_headline(stream.blocks[index]))
    return next(dated, next(headlines, lines[0]))


def _is_headline(block: Block) -> bool:
    return weight(block.text) >= SHORTEST_FEATURED_TITLE


def _is_title(block: Block) -> bool:
    text = block.text
    return len(text) > 12 and text[-1] not in ".:;" and not text[0].islower()


def lead_of(stream: Stream, traits: list[Trait], free: bytearray, title: int, last: int) -> Lead:
    """The article from its title on; its blocks are marked as used."""
    trait = traits[title]
    date = trait.when
    paragraphs: list[str] = []
    for index in (i for i in range(title + 1, last) if free[i]):
        if traits[index].is_date and date is None and index <= title + 2:
            date = traits[index].when
        else:
            paragraphs.append(stream.blocks[index].text)
    free[title:last] = bytes(last - title)
    return Lead(
        title=stream.blocks[title].text, date=date, url=trait.link.url if trait.link else None,
        paragraphs=tuple(paragraphs),
    )  # fmt: skip


def _featured(stream: Stream, traits: list[Trait], free: bytearray, runs: list[tuple[int, int]]) -> Lead | None:
    """A linked headline with its teaser, standing alone before or between the lists."""
    for first, last in runs:
        for index in range(first, min(last, first + 4)):
            trait = traits[index]
            if trait.link is None or weight(trait.title) < SHORTEST_FEATURED_TITLE or not trait.link.url:
                continue
            end = index + 1
            while end < last and not stream.blocks[end].level and end - index <= 4:
                end += 1
            if any(_is_passage(block) for block in stream.blocks[index + 1 : end]):
                return lead_of(stream, traits, free, index, end)
    return None
