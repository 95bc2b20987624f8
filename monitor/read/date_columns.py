"""The entries of a list, each with its date at one place → their titles, with what looks like a date in some of them.

"harbour 2014.11.24" among "pier 1.1" names a version.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.read.blocks import Block
from monitor.read.traits import Trait
from monitor.read.units import Record


def leave_dates_in_titles(records: Sequence[Record], traits: list[Trait], blocks: Sequence[Block]) -> None:
    """Where every entry has a date at one place, what looks like one in a few titles is a part of them."""
    dated = [record.title for record in records if traits[record.title].when is not None]
    if not 0 < 2 * len(dated) < len(records) or not _have_date_column(records, traits):
        return
    for title in dated:
        traits[title] = traits[title].but(when=None, is_date=False, title=blocks[title].text)


def _have_date_column(records: Sequence[Record], traits: Sequence[Trait]) -> bool:
    """Whether all entries have a block that is nothing but a date, equally far from their beginnings."""
    places = set(range(records[0].last - records[0].first))
    for record in records:
        places = {at for at in places if record.first + at < record.last and _is_day(traits[record.first + at])}
        if not places:
            return False
    return True


def _is_day(trait: Trait) -> bool:
    return trait.is_date and not trait.title and trait.when is not None and trait.when.is_full
