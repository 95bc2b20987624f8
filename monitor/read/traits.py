"""Block → Trait: what one block looks like as a part of a list: a title, a date, a link, or only text.

Judges a block by itself, once; what it is in its surroundings is for `lists` and `items` to say.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from monitor.model.reading import Link, When
from monitor.read.blocks import MOST_REMEMBERED, Block, Stream
from monitor.read.bylines import BAR, read_byline
from monitor.read.date_badges import date_badges
from monitor.read.dated import dated
from monitor.read.dates import read_date
from monitor.read.year_heads import is_year

# A link is a block's own when it holds this share of its text, the date put aside.
OWN_LINK_SHARE = 0.6
# What kind of file a link leads to, and how large it is.
LONGEST_ASIDE = 40
_OPENING, _CLOSING = "([（［【", ")]）］】"


class Trait:
    """`when` is the block's date, `title` its text without it, `link` the link that holds most of its text.

    `is_date` is whether there is little besides the date; `role` is "h1" to "h6", "a" for a link, "d" for a text after
    a date, "t" for one before a date, or "" for no title at all.
    """

    __slots__ = ("is_date", "is_trailing", "link", "role", "title", "when")

    def __init__(self, block: Block, order: str = "auto") -> None:
        self.when: When | None
        self.when, self.is_date, self.is_trailing, self.title = dated(block.text, order, block.level > 0)
        if block.times:
            self._take_marked(block.times[0])
        self.link: Link | None = None
        if block.links:
            longest = _longest(block.links)
            self.link = longest if _is_own(longest.text, block, self.title) else None
            if not block.level and longest.text != block.text:
                self._take_beside_link(longest, block, order)
            elif self.when is not None and not block.level:
                self._take_off_counts(self.when)
        self.role = self._role(block)

    def be_date(self, when: When) -> None:
        """Be a part of a date that several blocks make."""
        self.when, self.is_date, self.is_trailing, self.title, self.role, self.link = when, True, False, "", "", None

    def _take_marked(self, moment: str) -> None:
        marked = _marked(moment)
        if marked is not None:
            shown = self.when
            self.when = When(shown.text, *marked[1:-1], days=shown.days) if shown else marked

    def _take_beside_link(self, link: Link, block: Block, order: str) -> None:
        """A date and counts on the line of a link are no part of its text: "Budget passed 22 July 2020 120 views"."""
        if self.link is not None and self.when is not None and not self.is_date:
            return
        beside = block.text.replace(link.text, BAR, 1)
        byline = read_byline(beside, order=order) if _digit().search(beside) else None
        if byline is None or len(link.text) < OWN_LINK_SHARE * (len(link.text) + sum(map(len, byline.rest))):
            return
        if any(map(str.isalnum, link.text)):
            self.link, self.when, self.is_date = link, self.when or byline.when, False

    def _take_off_counts(self, when: When) -> None:
        """A date in a link with nothing but counts behind it ends the title: "Budget passed 22.07.2020 120 views"."""
        before, shown, after = self.title.partition(when.text)
        if shown and before.strip() and _counts().fullmatch(after.strip(" .,;|·•")):
            self.title, self.is_date = before.rstrip(" \t,;:|·•–—-(["), False

    def _role(self, block: Block) -> str:
        if self.is_date and not self.link:
            return ""
        if block.level:
            return "" if self.link is None and is_year(block.text) else f"h{block.level}"
        if self.link is not None:
            return "a"
        if self.when is None or not self.title:
            return ""
        return "t" if self.is_trailing else "d"


@lru_cache(maxsize=MOST_REMEMBERED)
def _marked(moment: str) -> When | None:
    """The date a datetime attribute states."""
    return read_date(moment)


def traits_of(blocks: list[Block], order: str) -> list[Trait]:
    """The traits of all blocks; a date in the last column of a line belongs to the text in the column before it."""
    traits = [Trait(block, order) for block in blocks]
    for first, last, when in date_badges(blocks):
        for index in range(first, last):
            traits[index].be_date(when)
    for index, block in enumerate(blocks):
        if not (block.same_line and index):
            continue
        date, text = traits[index], traits[index - 1]
        if date.is_date and text.when is None and not blocks[index - 1].same_line:
            text.when, text.is_trailing = date.when, True
            text.role = text.role or "t"
    return traits


def without_timetables(stream: Stream, traits: list[Trait]) -> None:
    """Two bare times in one row of a table are its departure and its arrival, and date nothing."""
    for node in stream.nodes:
        if node.tag == "tr" and node.last > node.first + 2:
            times = [trait for trait in traits[node.first : node.last] if trait.is_date and _is_bare_time(trait.when)]
            for trait in times if len(times) > 1 else ():
                trait.when, trait.is_date = None, False


def _is_bare_time(when: When | None) -> bool:
    return (
        when is not None and when.clock is not None and when.ago is None and not (when.year or when.month or when.day)
    )


@cache
def _counts() -> re.Pattern[str]:
    """ "120 views", "Views: 120", "조회 120"."""
    return re.compile(r"(?:[^\W\d_]+\s?[:：]?\s)?\d[\d.,]*\s?[^\W\d_]*")


@cache
def _digit() -> re.Pattern[str]:
    return re.compile(r"\d")


def _longest(links: tuple[Link, ...]) -> Link:
    return links[0] if len(links) == 1 else max(links, key=lambda link: len(link.text))


def _is_own(text: str, block: Block, title: str) -> bool:
    """Whether the link of that text is what a block says."""
    if not (block.level or len(text) >= OWN_LINK_SHARE * (len(title) or len(block.text)) or _opens(text, title)):
        return False
    return any(map(str.isalnum, text))


def _opens(link: str, title: str) -> bool:
    """Whether a text is its link and what that is: "Budget passed – by nine votes to four", "Budget (PDF: 120 KB)"."""
    rest = title[len(link) :] if title.startswith(link) else ""
    bare = rest.strip()
    if bare[:1] in _OPENING and bare[-1:] in _CLOSING and len(bare) <= LONGEST_ASIDE:
        return bool(bare)
    return rest.lstrip()[:2] in ("– ", "— ", "- ") and rest[:1].isspace()
