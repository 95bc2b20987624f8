"""Articles that nothing certain matched → those of them that are one article, touched. One to one, best pairs first.

Neither words that many titles share nor the place alone make two articles one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from monitor.compare import links
from monitor.compare.articles import Article
from monitor.compare.fold import fold, words
from monitor.compare.likeness import Weights, best_first, candidates, likeness

# What two titles must share, as a part of their weight, to be one title touched. One replaced word of four rare ones
# leaves 0.75; two titles of one formula 0.4 and less, since the formula's words weigh little.
_LEAST_WITH_DATE = 0.5
_LEAST_WITHOUT_DATE = 0.6
_LEAST_WITH_TEASER = 0.15  # the same teaser: a title may be quite another
_LEAST_OTHER_DATE = 0.5  # and then the teaser must be the same too
_LEAST_OTHER_TEASER = 0.9
_SAME_TEASER = 0.8
_OTHER_TEASER = 0.2
_SAME_EDGE = 0.1  # how much less the title must share behind or before the same neighbour
_SAME_GAP = 0.3  # and between the same two
_OTHER_LINK = 0.15  # how much more where two addresses speak against it
_OTHER_NUMBER = 0.3  # and where they differ in a number: "Bulletin 12", "Bulletin 13"
_FORMULA_WEIGHT = 0.5  # below this weight in common, two titles share but words that most titles have


_Gap = tuple[int | None, int | None]  # the pairs next to an article, above and below


class _Candidate(NamedTuple):
    """An article as seen here: the words of its title and teaser, and the matched neighbours it stands between."""

    article: Article
    title: list[str]
    teaser: str
    teaser_words: frozenset[str]
    span: tuple[date, date] | None
    gap: _Gap | None


def like_articles(
    before: Mapping[int, Article],
    after: Mapping[int, Article],
    pairs: Iterable[tuple[Article, Article]],
    everything: tuple[tuple[Article, ...], tuple[Article, ...]],
) -> list[tuple[Article, Article]]:
    """Pairs among the leftovers `before` and `after`; `everything` are all articles of both sides."""
    found = list(pairs)
    ours = _candidates(
        before, everything[0], _gaps(everything[0], {one.number: at for at, (one, _) in enumerate(found)})
    )
    theirs = _candidates(
        after, everything[1], _gaps(everything[1], {other.number: at for at, (_, other) in enumerate(found)})
    )
    likely = candidates(
        {number: tuple(_keys(each)) for number, each in ours.items()},
        {number: tuple(_keys(each)) for number, each in theirs.items()},
    )
    if not likely:
        return []
    weights = Weights(*(([words(each.first.item.title) for each in side]) for side in everything))
    scored = ((_score(ours[i], theirs[j], weights), i, j) for i, j in likely)
    return [(before[i], after[j]) for i, j in best_first(each for each in scored if each[0] > 0)]


def _candidates(
    articles: Mapping[int, Article], side: Iterable[Article], gaps: Mapping[int, _Gap]
) -> dict[int, _Candidate]:
    """A teaser that several articles of a side bear (an author's name) tells none of them apart."""
    teasers = {number: fold(each.teaser or "") for number, each in articles.items()}
    repeated = {teaser for teaser, count in Counter(fold(each.teaser or "") for each in side).items() if count > 1}
    return {
        number: _candidate(each, "" if teasers[number] in repeated else teasers[number], gaps.get(number))
        for number, each in articles.items()
    }


def _candidate(article: Article, teaser: str, gap: _Gap | None) -> _Candidate:
    title = article.first.item.title
    own = "" if teaser == fold(title) else teaser
    return _Candidate(
        article=article,
        title=words(title),
        teaser=own,
        teaser_words=frozenset(words(own)),
        span=article.span,
        gap=gap,
    )


def _gaps(articles: Iterable[Article], matched: Mapping[int, int]) -> dict[int, _Gap]:
    """For each unmatched article the pairs next to it in its first list, above and below; none where it has none."""
    stream: dict[int, list[tuple[int, int]]] = {}
    for each in articles:
        for entry in each.entries:
            stream.setdefault(entry.place, []).append((entry.position, each.number))
    gaps: dict[int, _Gap] = {}
    for entries in stream.values():
        numbers = [number for _, number in sorted(entries)]
        above = _neighbours(numbers, matched)
        below = _neighbours(numbers[::-1], matched)[::-1]
        for number, one, other in zip(numbers, above, below, strict=True):
            if number not in matched and (one, other) != (None, None):
                gaps.setdefault(number, (one, other))
    return gaps


def _neighbours(numbers: list[int], matched: Mapping[int, int]) -> list[int | None]:
    """For each number the pair of the last matched one before it."""
    last = None
    found: list[int | None] = []
    for number in numbers:
        found.append(last)
        last = matched.get(number, last)
    return found


def _keys(candidate: _Candidate) -> Iterator[Hashable]:
    yield from candidate.title
    yield from zip(candidate.title, candidate.title[1:], strict=False)
    if candidate.gap is not None:
        yield "gap", candidate.gap
    if candidate.span:
        yield "day", candidate.span
    if candidate.teaser:
        yield "teaser", candidate.teaser
    url = candidate.article.first.item.url
    if url:
        yield "way", links.way(url)


def _score(one: _Candidate, other: _Candidate, weights: Weights) -> float:
    """How surely the two are one article; 0 where they are not."""
    teaser = _teaser_likeness(one, other)
    least = _least(one, other, teaser)
    if least > 1:
        return 0.0
    title = likeness(one.title, other.title, weights)
    if weights.total(set(one.title) & set(other.title)) < _FORMULA_WEIGHT and min(len(one.title), len(other.title)) > 1:
        title = min(title, _OTHER_TEASER)
    if title < least:
        return 0.0
    return 1 + title + (teaser or 0) / 2 + (one.gap is not None and one.gap == other.gap) / 10


def _least(one: _Candidate, other: _Candidate, teaser: float | None) -> float:
    """What the titles must share at least, seen all the rest."""
    spans = (one.span, other.span)
    is_same_teaser = teaser is not None and teaser >= _SAME_TEASER
    has_dates = bool(spans[0] and spans[1])
    if has_dates and not _overlap(one, other):
        return _LEAST_OTHER_DATE if is_same_teaser and not _differ_in_number(one, other) else 2.0
    least = _LEAST_WITH_DATE if has_dates else _LEAST_WITHOUT_DATE
    if is_same_teaser:
        return _LEAST_WITH_TEASER
    if teaser is not None and teaser < _OTHER_TEASER:
        least = _LEAST_OTHER_TEASER
    if one.article.link and other.article.link:
        least += _OTHER_LINK
    if one.gap is not None and one.gap == other.gap and None not in one.gap:
        return least - _SAME_GAP  # a number that counts on in its place is no other bulletin
    if _differ_in_number(one, other):
        least += _OTHER_NUMBER
    return least - _SAME_EDGE if one.gap is not None and one.gap == other.gap else least


def _overlap(one: _Candidate, other: _Candidate) -> bool:
    return bool(one.span and other.span and one.span[0] <= other.span[1] and other.span[0] <= one.span[1])


def _differ_in_number(one: _Candidate, other: _Candidate) -> bool:
    left, right = ({word for word in each.title if word.isdigit()} for each in (one, other))
    return bool(left - right and right - left)


def _teaser_likeness(one: _Candidate, other: _Candidate) -> float | None:
    """The share of words two teasers have in common; None where one has none."""
    if not one.teaser or not other.teaser:
        return None
    if one.teaser == other.teaser:
        return 1.0
    left, right = one.teaser_words, other.teaser_words
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else None
