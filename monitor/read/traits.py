"""Block → Trait: what one block looks like as a part of a list: a title, a date, a link, or only text.

Judges a block by itself, once; what it is in its surroundings is for `lists` and `items` to say.
"""

from __future__ import annotations

import re
from functools import cache

from monitor.model.reading import Link, When
from monitor.read.blocks import Block
from monitor.read.bylines import BAR, is_parted, read_byline
from monitor.read.counting_words import direction_of
from monitor.read.dates import find_dates, leading_date, read_date, trailing_date

# A title that carries a date is seldom longer; above it a date in a sentence is prose.
LONGEST_DATED_TITLE = 400
# "Wednesday, 12 September 2025 at 10:36:30 pm GMT+5:30", and "the day before yesterday" without a digit.
LONGEST_DATE = 80
LONGEST_DATE_WORD = 24
# "Published: 25 July 2020 | 3 min read": so much text beside a date leaves it a date line.
LONGEST_DATE_COMPANY = 40
# "Posted 2 hours ago by the press office"
LONGEST_RELATIVE_LINE = 60
# A link is a block's own when it holds this share of its text, the date put aside.
OWN_LINK_SHARE = 0.6


class Trait:
    """`when` is the block's date, `title` its text without it, `link` the link that holds most of its text.

    `is_date` is whether there is little besides the date; `role` is "h1" to "h6", "a" for a link, "d" for a text after
    a date, "t" for one before a date, or "" for no title at all.
    """

    __slots__ = ("is_date", "is_trailing", "link", "role", "title", "when")

    def __init__(self, block: Block, order: str = "auto") -> None:
        self.when: When | None = None
        self.is_date = False
        self.is_trailing = False
        self.title = block.text
        self._take_date(block, order)
        self.link = _own_link(block, self.title)
        if block.links and not block.level:
            self._take_beside_link(block, order)
        self.role = self._role(block)

    def _take_date(self, block: Block, order: str) -> None:
        text = block.text
        marked = read_date(block.times[0]) if block.times else None
        if not _digit().search(text):
            if len(text) <= LONGEST_DATE_WORD:
                self._take_whole(text, order)
        elif len(text) <= LONGEST_DATED_TITLE and not text.isdigit():
            self._take_shown_date(text, order)
        if self.when is None and len(text) <= LONGEST_DATE and not block.level and is_parted(text):
            self._take_parts(text, order)
        if marked is not None:
            self.when = When(
                text=self.when.text if self.when else marked.text, year=marked.year, month=marked.month,
                day=marked.day, clock=marked.clock, utc_offset=marked.utc_offset, ago=marked.ago,
            )  # fmt: skip

    def _take_shown_date(self, text: str, order: str) -> None:
        if len(text) > LONGEST_DATE_COMPANY and not _full_date().search(text):
            return
        is_early = _early_digit().match(text) is not None
        leading = leading_date(text, order=order) if is_early else None
        may_be_whole = leading is None and len(text) <= LONGEST_DATE and (is_early or len(text) <= LONGEST_DATE_WORD)
        if may_be_whole and self._take_whole(text, order):
            return
        beside = leading or (trailing_date(text, order=order) if _digit().search(text[-40:]) else None)
        if beside is not None and beside[0].is_full:
            self.when, self.title = beside
            self.is_trailing = leading is None
            self.is_date = (self.is_trailing and _is_labelled(text, beside[1])) or _is_beside(text, beside[1])
            return
        if len(text) <= LONGEST_RELATIVE_LINE or (len(text) <= 3 * LONGEST_DATE_COMPANY and _full_date().search(text)):
            self._take_company(text, order)

    def _take_whole(self, text: str, order: str) -> bool:
        whole = read_date(text, order=order)
        if whole is not None:
            self.when, self.is_date, self.title = whole, True, ""
        return whole is not None

    def _take_company(self, text: str, order: str) -> None:
        found = [each for each in find_dates(text, order=order) if each.when.is_full or each.when.is_relative]
        if len(found) != 1 or len(text) - (found[0].end - found[0].start) > LONGEST_DATE_COMPANY:
            return
        if direction_of(text[: found[0].start]) is None:
            self.when, self.is_date = found[0].when, True

    def _take_parts(self, text: str, order: str) -> None:
        byline = read_byline(text, order=order)
        if byline is not None and byline.when is not None and (byline.when.month or byline.when.is_relative):
            self.when, self.is_date = byline.when, True

    def _take_beside_link(self, block: Block, order: str) -> None:
        """A date and counts on the line of a link are no part of its text: "Budget passed 22 July 2020 120 views"."""
        if self.link is not None and self.when is not None and not self.is_date:
            return
        link = max(block.links, key=lambda link: len(link.text))
        beside = block.text.replace(link.text, BAR, 1)
        byline = read_byline(beside, order=order) if _digit().search(beside) else None
        if byline is None or len(link.text) < OWN_LINK_SHARE * (len(link.text) + sum(map(len, byline.rest))):
            return
        if any(map(str.isalnum, link.text)):
            self.link, self.when, self.is_date = link, self.when or byline.when, False

    def _role(self, block: Block) -> str:
        if self.is_date and not self.link:
            return ""
        if block.level:
            return f"h{block.level}"
        if self.link is not None:
            return "a"
        if self.when is None or not self.title:
            return ""
        return "t" if self.is_trailing else "d"


def traits_of(blocks: list[Block], order: str) -> list[Trait]:
    """The traits of all blocks; a date in the last column of a line belongs to the text in the column before it."""
    traits = [Trait(block, order) for block in blocks]
    for index in range(1, len(blocks)):
        date, text = traits[index], traits[index - 1]
        if blocks[index].same_line and date.is_date and text.when is None and not blocks[index - 1].same_line:
            text.when, text.is_trailing = date.when, True
            text.role = text.role or "t"
    return traits


def _is_labelled(text: str, label: str) -> bool:
    """Whether a short text before a date is its label: "Published: 25 July 2020"."""
    return len(label) <= LONGEST_DATE_COMPANY and text[len(label) :].lstrip().startswith(":")


def _is_beside(text: str, rest: str) -> bool:
    """Whether a bar or dot parts a date from counts, values and an author, and nothing else."""
    before, _, after = text.partition(rest)
    is_barred = before.rstrip()[-1:] in _BARS or after.lstrip()[:1] in _BARS
    byline = read_byline(rest) if is_barred and (before or after) else None
    return byline is not None and not byline.rest


_BARS = ("|", "·", "•", "│")


@cache
def _full_date() -> re.Pattern[str]:
    """What no full date does without: a year, or numbers parted by a point, a stroke or a sign of east Asia."""
    return re.compile(r"\d{4}|\d[./-]\d|\d\s?[年月년월]|[٠-٩۰-۹]")


@cache
def _early_digit() -> re.Pattern[str]:
    """A digit after a bracket and three words at most, weekday and month among them."""
    return re.compile(r"\W*(?:[^\W\d_]+\W+){0,3}[^\W\d_]{0,3}\d")


@cache
def _digit() -> re.Pattern[str]:
    return re.compile(r"\d")


def _own_link(block: Block, title: str) -> Link | None:
    if not block.links:
        return None
    longest = max(block.links, key=lambda link: len(link.text))
    whole = len(title) or len(block.text)
    if block.level or len(longest.text) >= OWN_LINK_SHARE * whole or _opens(longest.text, title):
        return longest if any(character.isalnum() for character in longest.text) else None
    return None


def _opens(link: str, title: str) -> bool:
    """Whether a text is its link, a dash, and what the link is about: "Budget passed – by nine votes to four"."""
    rest = title[len(link) :] if title.startswith(link) else ""
    return rest.lstrip()[:2] in ("– ", "— ", "- ") and rest[:1].isspace()
