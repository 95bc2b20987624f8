"""Block → Trait: what one block looks like as a part of a list: a title, a date, a link, or only text.

Judges a block by itself, once; what it is in its surroundings is for `lists` and `items` to say.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from monitor.model.reading import Link, When
from monitor.read.blocks import MOST_REMEMBERED, Block, Stream, has_digit, is_numbered
from monitor.read.bylines import BAR, read_byline
from monitor.read.date_badges import date_badges
from monitor.read.dated import LONGEST_DATED_TITLE, dated
from monitor.read.dates import find_dates, read_date
from monitor.read.year_heads import is_year

# A link is a block's own when it holds this share of its text, the date put aside.
OWN_LINK_SHARE = 0.6
# Names of people and bodies have fewer words, as a rule.
FEWEST_HEADLINE_WORDS = 4
# What kind of file a link leads to, and how large it is.
LONGEST_ASIDE = 40
_OPENING, _CLOSING = "([（［【", ")]）］】"


class Trait:
    """`when` is the block's date, `title` its text without it, `link` the link that holds most of its text.

    `is_date` is whether there is little besides the date; `role` is "h1" to "h6", "a" for a link, "d" for a text after
    a date, "t" for one before a date, "s" for one that signs what stands above it ("-- Ann <ann@x.org>"),
    or "" for no title at all.

    Never changed once it is made: blocks that say the same share one.
    """

    __slots__ = ("is_date", "is_trailing", "link", "role", "title", "when")

    def __init__(
        self, text: str, level: int = 0, links: tuple[Link, ...] = (), times: tuple[str, ...] = (), order: str = "auto"
    ) -> None:
        self.when: When | None
        self.when, self.is_date, self.is_trailing, self.title = dated(text, order, level > 0)
        if times:
            self._take_marked(times[0], text, order)
        self.link: Link | None = None
        if links:
            longest = _longest(links)
            is_own = _is_own(longest.text, text, level, self.title) or self._is_headline(longest.text)
            self.link = longest if is_own else None
            if not level and longest.text != text:
                self._take_beside_link(longest, text, order)
            elif self.when is not None and not level:
                self._take_off_counts(self.when)
        self.role = self._role(text, level)

    def but(self, **others: object) -> Trait:
        """The same with other values for some of its attributes."""
        changed = Trait.__new__(Trait)
        for name in self.__slots__:
            setattr(changed, name, others[name] if name in others else getattr(self, name))
        return changed

    def _take_marked(self, moment: str, text: str, order: str) -> None:
        marked = _marked(moment)
        if marked is not None:
            shown = self.when or _shown(text[:LONGEST_DATED_TITLE], marked, order)
            self.when = When(shown.text, *marked[1:-1], days=shown.days) if shown else marked

    def _is_headline(self, link: str) -> bool:
        """Whether a link behind a date is the title, and a sentence follows: "2 May – Budget has passed Nine voted …".

        A name is no headline, and one in a sentence is followed by a small letter.
        """
        if self.when is None or self.is_date or self.is_trailing or not self.title.startswith(f"{link} "):
            return False
        following = self.title[len(link) :].strip()[:1]
        return following.isupper() and len(link.split()) >= FEWEST_HEADLINE_WORDS

    def _take_beside_link(self, link: Link, text: str, order: str) -> None:
        """A date and counts on the line of a link are no part of its text: "Budget passed 22 July 2020 120 views"."""
        if self.link is not None and self.when is not None and not self.is_date:
            return
        beside = text.replace(link.text, BAR, 1)
        byline = read_byline(beside, order=order) if is_numbered(text) and has_digit(beside) else None
        if byline is None or len(link.text) < OWN_LINK_SHARE * (len(link.text) + sum(map(len, byline.rest))):
            return
        if any(map(str.isalnum, link.text)):
            self.link, self.when, self.is_date = link, self.when or byline.when, False

    def _take_off_counts(self, when: When) -> None:
        """A date in a link with nothing but counts behind it ends the title: "Budget passed 22.07.2020 120 views"."""
        before, shown, after = self.title.partition(when.text)
        if shown and before.strip() and _counts().fullmatch(after.strip(" .,;|·•")):
            self.title, self.is_date = before.rstrip(" \t,;:|·•–—-(["), False

    def _role(self, text: str, level: int) -> str:
        if self.is_date and not self.link:
            return ""
        if level:
            return "" if self.link is None and is_year(text) else f"h{level}"
        if self.link is not None:
            return "a"
        if self.when is None or not self.title:
            return ""
        return ("s" if text.startswith("-- ") and "@" in text else "t") if self.is_trailing else "d"


@lru_cache(maxsize=MOST_REMEMBERED)
def _marked(moment: str) -> When | None:
    """The date a datetime attribute states."""
    return read_date(moment)


def _shown(text: str, marked: When, order: str) -> When | None:
    """The date of that day in a line that is too long for a date line: how the page writes the date it states."""
    day = marked[1:4]
    return next((each.when for each in find_dates(text, order=order) if each.when[1:4] == day), None)


def traits_of(blocks: list[Block], order: str) -> list[Trait]:
    """The traits of all blocks; a date in the last column of a line belongs to the text in the column before it."""
    traits = [
        (_trait if len(block.text) <= LONGEST_DATED_TITLE else Trait)(
            block.text, block.level, block.links, block.times, order
        )
        for block in blocks
    ]
    for first, last, when in date_badges(blocks):
        traits[first:last] = [part_of_date(when)] * (last - first)
    for index, block in enumerate(blocks):
        if not (block.same_line and index):
            continue
        date, text = traits[index], traits[index - 1]
        if date.is_date and text.when is None and not blocks[index - 1].same_line:
            traits[index - 1] = text.but(when=date.when, is_trailing=True, role=text.role or "t")
    return traits


def part_of_date(when: When) -> Trait:
    """What a block is that is nothing but a date, or makes one with its neighbours."""
    return Trait("").but(when=when, is_date=True)


@lru_cache(maxsize=MOST_REMEMBERED)
def _trait(text: str, level: int, links: tuple[Link, ...], times: tuple[str, ...], order: str) -> Trait:
    """Both captures of a page show most blocks alike."""
    return Trait(text, level, links, times, order)


def without_timetables(stream: Stream, traits: list[Trait]) -> None:
    """Two bare times in one row of a table are its departure and its arrival, and date nothing."""
    for node in stream.nodes:
        if node.tag == "tr" and node.last > node.first + 2:
            row = range(node.first, node.last)
            times = [index for index in row if traits[index].is_date and _is_bare_time(traits[index].when)]
            for index in times if len(times) > 1 else ():
                traits[index] = traits[index].but(when=None, is_date=False)


def _is_bare_time(when: When | None) -> bool:
    return (
        when is not None and when.clock is not None and when.ago is None and not (when.year or when.month or when.day)
    )


@cache
def _counts() -> re.Pattern[str]:
    """ "120 views", "Views: 120", "조회 120"."""
    return re.compile(r"(?:[^\W\d_]+\s?[:：]?\s)?\d[\d.,]*\s?[^\W\d_]*")


def _longest(links: tuple[Link, ...]) -> Link:
    return links[0] if len(links) == 1 else max(links, key=lambda link: len(link.text))


def _is_own(link: str, text: str, level: int, title: str) -> bool:
    """Whether the link of that text is what a block says."""
    if not (level or len(link) >= OWN_LINK_SHARE * (len(title) or len(text)) or _opens(link, title)):
        return False
    return any(map(str.isalnum, link))


def _opens(link: str, title: str) -> bool:
    """Whether a text is its link and what that is: "Budget passed – by nine votes to four", "Budget (PDF: 120 KB)"."""
    rest = title[len(link) :] if title.startswith(link) else ""
    bare = rest.strip()
    if bare[:1] in _OPENING and bare[-1:] in _CLOSING and len(bare) <= LONGEST_ASIDE:
        return bool(bare)
    return rest.lstrip()[:2] in ("– ", "— ", "- ") and rest[:1].isspace()
