"""A survey → what became of the items that stand on one side only. One fate each, the gravest its lists tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from monitor.compare.articles import LEAD, Article, Entry
from monitor.compare.called import called, code_of
from monitor.compare.gone import Fate, fates_of_gone
from monitor.compare.past import Past
from monitor.compare.reach import Reach
from monitor.compare.reasons import items as reasons
from monitor.compare.sides import Sides
from monitor.compare.survey import ListPair, Survey
from monitor.model.blanks import collapse
from monitor.model.change import GRAVITY, Change, ChangeKind as Kind, Side
from monitor.model.reading import Item, ItemList


def fates(survey: Survey, past: Past) -> Iterator[tuple[Article, Fate, Change]]:
    """The fate of each article on one side only, in the page's order, those of before first.

    What is missing from a suspect capture has no fate; nor has what came or went with its whole list, or as the lead.
    """
    if not survey.sides.after.suspicions:
        yield from _gone(survey)
    yield from _new(survey, past)


def item_side(item: Item, sides: Sides, *, is_after: bool) -> Side:
    """One side of an item's change."""
    today = sides.after_day if is_after else sides.before_day
    return Side(
        text=collapse(item.title),
        title=item.title,
        date=item.date.iso(today) if item.date else None,
        url=item.url,
        teaser=item.teaser,
        values=item.values,
    )


def heading_of(lists: Sequence[ItemList], place: int) -> str | None:
    return None if place == LEAD else lists[place].heading


def _gone(survey: Survey) -> Iterator[tuple[Article, Fate, Change]]:
    told = {entry: fate for pair in survey.pairs for entry, fate in fates_of_gone(pair, survey.sides)}
    scattered = Fate(kind=Kind.ITEM_REMOVED, reason=reasons.gone_with_scattered_list())
    for article in survey.matching.gone:
        chosen = _gravest(article, told) or _of_scattered(article, survey.scattered, scattered)
        if chosen:
            yield article, chosen[1], _change(chosen[1], article, chosen[0], survey, is_after=False)


def _new(survey: Survey, past: Past) -> Iterator[tuple[Article, Fate, Change]]:
    sides = survey.sides
    told = {entry: _fate_of_new(entry, pair, sides) for pair in survey.pairs for entry in pair.new}
    gathered = Fate(kind=Kind.ITEM_ADDED, reason=reasons.came_with_gathered_list())
    for article in survey.matching.new:
        chosen = _gravest(article, told) or _of_scattered(article, survey.gathered, gathered)
        if chosen:
            entry, fate = chosen
            fate = fate if sides.is_reversed else past.returned(article) or fate
            if not sides.before.suspicions or _is_later(entry, sides):
                yield article, fate, _change(fate, article, entry, survey, is_after=True)


def _is_later(entry: Entry, sides: Sides) -> bool:
    """Whether the entry is dated between the snapshots, so that even the whole of the earlier one could not show it."""
    if sides.is_reversed or not (sides.before_day and sides.after_day and entry.span):
        return False
    return sides.before_day < entry.span[0] <= sides.after_day


def _fate_of_new(entry: Entry, pair: ListPair, sides: Sides) -> Fate:
    reach, span = pair.before_reach, entry.span
    if sides.is_reversed:
        return Fate(kind=Kind.ITEM_ADDED, reason=reasons.only_on_one_side(sides, is_after=True))
    if not span or not sides.before_day:
        return Fate(kind=Kind.ITEM_ADDED, reason=reasons.added_undated(sides))
    if (entry.end or span[1]) >= sides.before_day - timedelta(days=sides.lag):
        return Fate(kind=Kind.ITEM_PUBLISHED, reason=reasons.published(entry, sides))
    if reach and sides.before.is_day_from_items and not reach.is_ascending and span[0] > reach.front:
        return Fate(kind=Kind.ITEM_PUBLISHED, reason=reasons.published_on_top(entry, reach, sides))
    if not reach:
        return Fate(kind=Kind.ITEM_ADDED, reason=reasons.added_unordered(entry, sides))
    return _fate_by_reach(entry, span, reach, sides)


def _fate_by_reach(entry: Entry, span: tuple[date, date], reach: Reach, sides: Sides) -> Fate:
    """What a new entry with an old date is, held against what the earlier list covered."""
    if reach.is_beyond(span):
        return Fate(kind=Kind.ITEM_BACKFILLED, reason=reasons.backfilled(entry, reach, sides))
    if reach.is_ahead and span[0] < reach.front:
        return Fate(kind=Kind.ITEM_ADDED, reason=reasons.added_before_front(entry, reach, sides))
    return Fate(kind=Kind.ITEM_BACKDATED, reason=reasons.backdated(entry, reach, sides))


def _gravest(article: Article, told: Mapping[Entry, Fate]) -> tuple[Entry, Fate] | None:
    found = [(entry, told[entry]) for entry in article.entries if entry in told]
    return min(found, key=lambda each: (-GRAVITY.index(each[1].kind.significance), each[0].span is None), default=None)


def _of_scattered(article: Article, places: Sequence[int], fate: Fate) -> tuple[Entry, Fate] | None:
    """The fate of what stood in a list most of whose items stand elsewhere on the other side."""
    return next(((entry, fate) for entry in article.entries if entry.place in places), None)


def _change(fate: Fate, article: Article, entry: Entry, survey: Survey, *, is_after: bool) -> Change:
    """The article is called as it is where it stands first; `entry` is where the fate was found."""
    sides = survey.sides
    reading = sides.after if is_after else sides.before
    side = item_side(article.first.item, sides, is_after=is_after)
    return Change(
        kind=fate.kind,
        significance=fate.kind.significance,
        subject=called(side.text, code_of(article.first.item), survey.repeated),
        reason=fate.reason,
        shown=(reasons.dated(entry, sides, is_after=is_after),) if entry.item.date else (),
        before=None if is_after else side,
        after=side if is_after else None,
        place=heading_of(reading.lists, entry.place),
        day=entry.span[0] if entry.span else None,
    )
