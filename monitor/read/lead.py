"""Stream → lead: the one article that stands in full, or larger, apart from the lists.

A page that is one article or policy has sections and no lead: only beside a list of items is there one.
"""

from __future__ import annotations

from monitor.model.reading import ItemList, Lead
from monitor.read.blocks import CONTENT, Stream, weight
from monitor.read.traits import Trait

# An article in full is longer than a teaser, and most of the text outside the lists.
SHORTEST_ARTICLE = 500.0
SHORTEST_PARAGRAPH = 120.0
LEAD_SHARE = 0.5
MOST_SUBHEADINGS = 1
LONGEST_TITLE = 320.0
# A featured card: a linked headline with a sentence or two under it. "Newsroom" and "Press centre" are shorter.
SHORTEST_FEATURED_TITLE = 25.0
FEWEST_ITEMS = 3


def find_lead(stream: Stream, traits: list[Trait], free: bytearray, lists: tuple[ItemList, ...]) -> Lead | None:
    """The lead, if the page has one; its blocks are marked as used."""
    if not any(map(_is_news, lists)):
        return None
    stretches = _stretches(stream, free)
    return _in_full(stream, traits, free, stretches) or _featured(stream, traits, free, stretches)


def _is_news(found: ItemList) -> bool:
    """Whether a list is what a page is for, and not a handful of links beside an article."""
    dated = sum(1 for item in found.items if item.date is not None)
    return dated >= FEWEST_ITEMS or len(found.items) >= 2 * FEWEST_ITEMS


def _stretches(stream: Stream, free: bytearray) -> list[tuple[int, int]]:
    """The runs of content blocks that nothing else has used."""
    runs: list[tuple[int, int]] = []
    start = -1
    for index, block in enumerate(stream.blocks):
        is_open = bool(free[index]) and block.region == CONTENT
        if is_open and start < 0:
            start = index
        elif not is_open and start >= 0:
            runs.append((start, index))
            start = -1
    if start >= 0:
        runs.append((start, len(stream.blocks)))
    return runs


def _in_full(stream: Stream, traits: list[Trait], free: bytearray, runs: list[tuple[int, int]]) -> Lead | None:
    articles = [part for run in runs for part in _articles(stream, run)]
    weights = [_prose(stream, *part) for part in articles]
    if not articles or max(weights) < SHORTEST_ARTICLE or max(weights) < LEAD_SHARE * sum(weights):
        return None
    first, last = articles[weights.index(max(weights))]
    title = _title_index(stream, traits, first, last)
    if title is None:
        return None
    return _made(stream, traits, free, title, last)


def _articles(stream: Stream, run: tuple[int, int]) -> list[tuple[int, int]]:
    """A run cut at its headings of the highest level; one with several lower headings is a document, no article."""
    first, last = run
    levels = [stream.blocks[i].level for i in range(first, last) if stream.blocks[i].level]
    if not levels:
        return [run]
    cuts = [i for i in range(first, last) if stream.blocks[i].level == min(levels)]
    starts = [first, *cuts] if cuts[0] > first else cuts
    parts = list(zip(starts, [*starts[1:], last], strict=True))
    return [part for part in parts if _headings(stream, *part) <= MOST_SUBHEADINGS + 1]


def _headings(stream: Stream, first: int, last: int) -> int:
    return sum(1 for i in range(first, last) if stream.blocks[i].level)


def _prose(stream: Stream, first: int, last: int) -> float:
    weights = (weight(stream.blocks[i].text) for i in range(first, last))
    return sum(each for each in weights if each >= SHORTEST_PARAGRAPH)


def _title_index(stream: Stream, traits: list[Trait], first: int, last: int) -> int | None:
    """The title: a heading, or a short line before the first paragraph."""
    for index in range(first, last):
        if stream.blocks[index].level:
            return _of_headings(stream, traits, index, last)
        following = stream.blocks[index + 1] if index + 1 < last else None
        if following is not None and weight(stream.blocks[index].text) <= LONGEST_TITLE and _is_title(stream, index):
            return index
        if weight(stream.blocks[index].text) >= SHORTEST_PARAGRAPH:
            return None
    return None


def _of_headings(stream: Stream, traits: list[Trait], first: int, last: int) -> int:
    """Of headings that follow one another, a page's and an article's or a title and its subtitle, the article's title:
    the one with a date under it, else the first that is as long as a headline, else the last."""
    end = first + 1
    while end < last and stream.blocks[end].level:
        end += 1
    if end < last and traits[end].is_date:
        return end - 1
    headlines = (i for i in range(first, end) if weight(stream.blocks[i].text) >= SHORTEST_FEATURED_TITLE)
    return next(headlines, end - 1)


def _is_title(stream: Stream, index: int) -> bool:
    text = stream.blocks[index].text
    return len(text) > 12 and text[-1] not in ".:;" and not text[0].islower()


def _made(stream: Stream, traits: list[Trait], free: bytearray, title: int, last: int) -> Lead:
    trait = traits[title]
    date = trait.when
    paragraphs: list[str] = []
    for index in range(title + 1, last):
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
            if any(weight(stream.blocks[i].text) >= SHORTEST_PARAGRAPH / 2 for i in range(index + 1, end)):
                return _made(stream, traits, free, index, end)
    return None
