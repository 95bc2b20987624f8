"""Two sides → the name that stands in both titles, one for the other: a page served for another town, team or person.

The title tells such a change; what differs by that name alone is not told a second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from monitor.compare.articles import Article
from monitor.compare.fold import fold
from monitor.compare.sides import Sides


class Renaming(NamedTuple):
    """The words in which the titles differ, folded; what they stand amid is alike. Empty where nothing is."""

    before: str
    after: str

    def tells(self, before: str, after: str) -> bool:
        """Whether two texts are alike but for this name."""
        if not (self.before and self.after):
            return False
        return self.before in fold(before) and fold(before).replace(self.before, self.after) == fold(after)


def renaming(sides: Sides) -> Renaming:
    """The name the titles differ in; none where they share no word, which is another page's title."""
    left, right = (fold(reading.title or "").split() for reading in (sides.before, sides.after))
    start = _common(left, right)
    end = min(_common(left[::-1], right[::-1]), min(len(left), len(right)) - start)
    is_renamed = start + end > 0
    return Renaming(
        before=" ".join(left[start : len(left) - end]) if is_renamed else "",
        after=" ".join(right[start : len(right) - end]) if is_renamed else "",
    )


def namesakes(gone: Sequence[Article], new: Sequence[Article], sides: Sides) -> set[Article]:
    """The articles that are the page's own name in a list, in the same place and of the same date on both sides."""
    name = renaming(sides)
    if not name.before:
        return set()
    places = {(entry.place, entry.position): article for article in new for entry in article.entries}
    found: set[Article] = set()
    for article in gone:
        other = places.get((article.first.place, article.first.position))
        if other is not None and _is_named_alike(article, other, name):
            found |= {article, other}
    return found


def _is_named_alike(one: Article, other: Article, name: Renaming) -> bool:
    """A title that says more than the name is an article's own where it has a link."""
    before, after = one.first.item.title, other.first.item.title
    is_name = (fold(before), fold(after)) == name
    return one.span == other.span and (is_name or (not (one.link or other.link) and name.tells(before, after)))


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    pairs = enumerate(zip(left, right, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(left), len(right)))
