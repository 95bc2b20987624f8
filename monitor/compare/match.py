"""Articles × articles → which is which, one to one, from certain to likely. Names no change.

The order: same address and title; the same key; same address; same title and date; same title; the same lead by its
text; then likeness.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import NamedTuple

from monitor.compare import links
from monitor.compare.alike import like_articles
from monitor.compare.articles import Article
from monitor.compare.fold import fold, words
from monitor.compare.reach import Reach
from monitor.compare.sides import Sides
from monitor.compare.ticking import ticking
from monitor.model.reading import Reading

_SAME_TEXT = 0.5  # half the paragraphs of a lead in common: the rest of it was touched
_OTHER_TEASER = 0.3  # words in common of the teasers of two releases that bear one name
_ONE_DAY = 1  # two dates that differ by what a time zone can do are the same date


class Matching(NamedTuple):
    """The articles of both sides: those on both, as pairs, and those on one only, in the page's order."""

    pairs: tuple[tuple[Article, Article], ...]
    gone: tuple[Article, ...]
    new: tuple[Article, ...]


class _Pool:
    """What is not matched yet, by number, and the pairs so far."""

    __slots__ = ("after", "before", "pairs")

    def __init__(self, before: dict[int, Article], after: dict[int, Article]) -> None:
        self.before = before
        self.after = after
        self.pairs: list[tuple[Article, Article]] = []

    def pair(self, one: Article, other: Article) -> None:
        del self.before[one.number]
        del self.after[other.number]
        self.pairs.append((one, other))


def match(
    before: tuple[Article, ...],
    after: tuple[Article, ...],
    sides: Sides,
    reaches: tuple[Mapping[int, Reach], Mapping[int, Reach]],
) -> Matching:
    """`reaches` are those of the lists of both sides, by number."""
    pool = _Pool(before={each.number: each for each in before}, after={each.number: each for each in after})
    _pair_unique(pool, lambda each: each.link and (each.link, each.first.bones))
    if pool.before and pool.after:
        _match_rest(pool, before, after, sides, reaches)
    return Matching(
        pairs=tuple(sorted(pool.pairs, key=lambda pair: pair[0].number)),
        gone=tuple(pool.before.values()),
        new=tuple(pool.after.values()),
    )


def _match_rest(
    pool: _Pool,
    before: tuple[Article, ...],
    after: tuple[Article, ...],
    sides: Sides,
    reaches: tuple[Mapping[int, Reach], Mapping[int, Reach]],
) -> None:
    recurring = _recurring(before) | _recurring(after)
    accept = _not_named_elsewhere(before, after)
    _pair_unique(pool, lambda each: each.key, accept)
    _pair_unique(pool, lambda each: each.link, accept)
    _pair_unique(pool, lambda each: each.link and (links.way(each.first.item.url or ""), each.first.bones))
    _pair_unique(pool, _way, _have_one_host_at_most)
    _pair_repeated(pool, recurring)
    _pair_unique(pool, _title_and_day, lambda one, other: one.first.bones not in recurring or _links_agree(one, other))
    _pair_unique(
        pool,
        lambda each: each.first.bones or each.first.item.title,
        _redating(sides, reaches, recurring, ticking(before, after, sides)),
    )
    _pair_leads(pool, sides.before, sides.after)
    if pool.before and pool.after:
        for one, other in like_articles(pool.before, pool.after, pool.pairs, (before, after)):
            pool.pair(one, other)


def _pair_unique(
    pool: _Pool,
    key: Callable[[Article], Hashable],
    accept: Callable[[Article, Article], bool] | None = None,
) -> None:
    """Pair what one thing on each side has as its key; None and "" are no key."""
    theirs = _grouped(pool.after.values(), key)
    for name, ours in _grouped(pool.before.values(), key).items():
        others = theirs.get(name, [])
        if len(ours) == len(others) == 1 and (accept is None or accept(ours[0], others[0])):
            pool.pair(ours[0], others[0])


def _grouped(articles: Iterable[Article], key: Callable[[Article], Hashable]) -> dict[Hashable, list[Article]]:
    groups: dict[Hashable, list[Article]] = {}
    for each in articles:
        name = key(each)
        if name is not None and name != "":
            groups.setdefault(name, []).append(each)
    return groups


def _title_and_day(article: Article) -> Hashable:
    entry = article.first
    return (entry.bones, entry.span) if entry.bones and entry.span else None


def _not_named_elsewhere(before: tuple[Article, ...], after: tuple[Article, ...]) -> Callable[[Article, Article], bool]:
    """Addresses by rank ("?item=0") change hands at each new item: title and date, where they agree, know better."""
    ours, theirs = (_unique_names(side) for side in (before, after))

    def accept(one: Article, other: Article) -> bool:
        names = (_name(one), _name(other))
        if names[0] == names[1]:
            return True
        return not any(name in ours and name in theirs for name in names)

    return accept


def _unique_names(articles: Iterable[Article]) -> set[Hashable]:
    counts = Counter(_name(each) for each in articles)
    return {name for name, count in counts.items() if count == 1}


def _name(article: Article) -> Hashable:
    return article.first.bones, article.first.span


def _recurring(articles: Iterable[Article]) -> set[str]:
    """Titles that several articles of one side bear."""
    counts = Counter(each.first.bones for each in articles)
    return {bones for bones, count in counts.items() if count > 1}


def _links_agree(one: Article, other: Article) -> bool:
    """Whether no address says that these are two."""
    if not one.link or not other.link or one.link == other.link:
        return True
    if links.are_same(one.first.item.url or "", other.first.item.url or ""):
        return True
    ours, theirs = (_address_less_day(each) for each in (one, other))
    return ours is not None and ours == theirs


def _address_less_day(article: Article) -> str | None:
    """The address without the article's own date in it, so that a redated one still agrees; None where it has none."""
    if article.span is None or not article.link:
        return None
    return links.less_day(article.link, article.span[0])


def _way(article: Article) -> Hashable:
    return links.way(article.first.item.url or "") if article.link else None


def _have_one_host_at_most(one: Article, other: Article) -> bool:
    """Whether a side gives its addresses without the host, as a page that was saved does."""
    return not all(links.host(each.first.item.url or "") for each in (one, other))


def _pair_repeated(pool: _Pool, recurring: set[str]) -> None:
    """Releases of one name, day and teaser, in their order; an address that differs parts them."""

    def key(each: Article) -> Hashable:
        if each.first.bones not in recurring:
            return None
        return each.first.bones, each.first.span, fold(each.teaser or "")

    theirs = _grouped(pool.after.values(), key)
    for name, ours in _grouped(pool.before.values(), key).items():
        others = theirs.get(name, [])
        has_teaser = bool(ours[0].teaser)
        for one, other in zip(ours, others, strict=False):
            if has_teaser or _links_agree(one, other):
                pool.pair(one, other)


def _redating(
    sides: Sides,
    reaches: tuple[Mapping[int, Reach], Mapping[int, Reach]],
    recurring: set[str],
    ticks: tuple[frozenset[int], frozenset[int]],
) -> Callable[[Article, Article], bool]:
    """Whether two articles of one title are one whose date was changed, and not two releases of one name."""
    days = [day for day in (sides.before_day, sides.after_day) if day]

    def accept(one: Article, other: Article) -> bool:
        if one.first.bones in recurring:
            return False
        is_of_the_page = one.lists & ticks[0] and other.lists & ticks[1]
        if is_of_the_page or _is_same_day(one, other) or one.is_lead or other.is_lead:
            return True
        if _is_other_text(one.teaser, other.teaser):
            return False
        if not _links_agree(one, other) and not (one.teaser and fold(one.teaser) == fold(other.teaser or "")):
            return False
        if _would_both_show(one, other, reaches):
            return True
        newest = max(one.span[0], other.span[0]) if one.span and other.span else None
        return bool(newest and days and newest <= min(days))

    return accept


def _is_same_day(one: Article, other: Article) -> bool:
    """Whether no date says that these are two."""
    if not one.span or not other.span:
        return True
    gap = max(one.span[0], other.span[0]).toordinal() - min(one.span[1], other.span[1]).toordinal()
    return gap <= (_ONE_DAY if _is_relative(one) or _is_relative(other) else 0)


def _is_relative(article: Article) -> bool:
    when = article.first.item.date
    return bool(when and when.is_relative)


def _is_other_text(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return False
    left, right = set(words(one)), set(words(other))
    return 2 * len(left & right) < _OTHER_TEASER * (len(left) + len(right))


def _would_both_show(one: Article, other: Article, reaches: tuple[Mapping[int, Reach], Mapping[int, Reach]]) -> bool:
    """Whether each side's list reaches past the other's date, so that a second release would stand beside the first."""
    earlier = [reaches[0][place] for place in one.lists if place in reaches[0]]
    later = [reaches[1][place] for place in other.lists if place in reaches[1]]
    if not earlier or not later or not one.span or not other.span:
        return False
    return not any(reach.is_beyond(other.span) for reach in earlier) and not any(
        reach.is_beyond(one.span) for reach in later
    )


def _pair_leads(pool: _Pool, before: Reading, after: Reading) -> None:
    """The same lead under another title: most of its paragraphs are the same."""
    one = next((each for each in pool.before.values() if each.is_lead), None)
    other = next((each for each in pool.after.values() if each.is_lead), None)
    if one and other and before.lead and after.lead:
        ours, theirs = ({fold(each) for each in lead.paragraphs} for lead in (before.lead, after.lead))
        if ours and theirs and len(ours & theirs) >= _SAME_TEXT * min(len(ours), len(theirs)):
            pool.pair(one, other)
