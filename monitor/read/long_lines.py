"""A line of an item that is too long for a date line, and no sentence → the date it states."""

from __future__ import annotations

from monitor.model.reading import When
from monitor.read.blocks import SENTENCE_ENDS, Block, has_digit
from monitor.read.bylines import LONGEST_BYLINE
from monitor.read.dates import find_dates
from monitor.read.traits import Trait

_DASHES = frozenset("|│·•–—-")


def date_of_line(block: Block, trait: Trait, order: str) -> When | None:
    """The full date of a long line that is no sentence, in a `time` element, at its end behind a dash or between names.

    "Posted on 9 December 2015 Categories … Tags …", "Cars - Melbourne - For every occasion - 22 January 2016".
    """
    if block.text.endswith(SENTENCE_ENDS):
        return None
    when = trait.when
    if when is None:
        return _between_names(block.text, order) if len(block.text) <= LONGEST_BYLINE else None
    before = block.text.removesuffix(when.text).rstrip()
    is_last = trait.is_trailing and before != block.text and before[-1:] in _DASHES
    return when if when.is_full and (is_last or block.times) else None


def _between_names(text: str, order: str) -> When | None:
    """The date in "Ann Smith January 28, 2016 Institute of the East": in prose a small letter is beside it."""
    found = find_dates(text, order=order, limit=2) if has_digit(text) else []
    if len(found) != 1 or not found[0].when.is_full:
        return None
    before, after = text[: found[0].start].split(), text[found[0].end :].split()
    return found[0].when if before and after and before[-1][0].isupper() and after[0][0].isupper() else None
