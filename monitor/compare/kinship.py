"""Two readings → whether they are hardly captures of one page. Judges what both say, never where they came from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from monitor.compare.fold import fold, words
from monitor.model.reading import Reading

_FEWEST_PIECES = 4  # of less text too little is left to recognise a page by, when all of it was rewritten
_MOST_READ = 5_000  # pieces of a page that say what it is about; a book of 300,000 paragraphs need not be read for that
_MOST_SHARED_PIECES = 0.1  # two pages may both have a heading "Contact"
# Of 8,542 pairs of unrelated pages of tests/cases none shared more than 0.17 of its words; an edited text shares half.
_MOST_SHARED_WORDS = 0.25


def are_strangers(before: Reading, after: Reading) -> bool:
    """Whether the two share next to no title, heading, label, item and paragraph, and few words.

    Navigation does not count: all pages of a site share it. Of a suspect capture nothing is said, for it tells its
    own story.
    """
    if before.suspicions or after.suspicions:
        return False
    if bool(before.title and after.title) and fold(before.title or "") == fold(after.title or ""):
        return False
    if _share_pieces({*_pieces(before)}, {*_pieces(after)}):
        return False
    ours, theirs = ({fold(piece) for piece in islice(_pieces(reading), _MOST_READ)} for reading in (before, after))
    if _share_pieces(ours, theirs):
        return False
    first, last = ({word for piece in side for word in words(piece)} for side in (ours, theirs))
    return len(first & last) <= _MOST_SHARED_WORDS * len(first | last)


def _share_pieces(ours: set[str], theirs: set[str]) -> bool:
    least = min(len(ours), len(theirs))
    return least < _FEWEST_PIECES or len(ours & theirs) > _MOST_SHARED_PIECES * least


def _pieces(reading: Reading) -> Iterator[str]:
    yield from (text for text in (reading.title, reading.lead.title if reading.lead else None) if text)
    for labelled in (reading.fields, reading.stamps, reading.counters, reading.figures):
        yield from (each.label for each in labelled)
    yield from (clock.place for clock in reading.clocks)
    yield from (paragraph for paragraph in (reading.lead.paragraphs if reading.lead else ()))
    for each in reading.lists:
        yield from (item.title for item in each.items)
        yield from (each.heading,) if each.heading else ()
    for section in reading.sections:
        yield from section.paragraphs
        yield from (section.heading,) if section.heading else ()
