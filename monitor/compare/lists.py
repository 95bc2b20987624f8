"""A survey → what became of whole lists: replaced, appeared, vanished; and of their headings and closing links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.compare.articles import Entry
from monitor.compare.fold import fold
from monitor.compare.reasons import items as reasons, text as text_reasons
from monitor.compare.sides import Sides
from monitor.compare.survey import ListPair, Survey
from monitor.compare.words import spans
from monitor.model.blanks import collapse
from monitor.model.change import Change, ChangeKind as Kind, Side, Significance
from monitor.model.reading import Item, ItemList

_FEWEST = 3  # items of a list that can be said to have been replaced as a whole


def lists(survey: Survey) -> Iterator[Change]:
    sides = survey.sides
    if not sides.after.suspicions:
        yield from (_whole(survey, place, Kind.LIST_VANISHED) for place in survey.vanished)
    if not sides.before.suspicions:
        yield from (_whole(survey, place, Kind.LIST_APPEARED) for place in survey.appeared)
    kept = {entry for one, other in survey.matching.pairs for entry in (*one.entries, *other.entries)}
    for pair in survey.pairs:
        if _is_replaced(pair, kept) and not sides.before.suspicions and not sides.after.suspicions:
            yield _replaced(pair, sides)
        ours, theirs = sides.before.lists[pair.before], sides.after.lists[pair.after]
        if (ours.heading, theirs.heading) != (sides.before.title, sides.after.title):
            yield from _touched("heading", ours.heading, theirs.heading, ours, sides)
        if ours.more and theirs.more:
            yield from _touched("closing link", ours.more.text, theirs.more.text, theirs, sides)


def _is_replaced(pair: ListPair, kept: set[Entry]) -> bool:
    """Whether none of the items stayed here, most are not elsewhere, and one of the two lists had at least three."""
    if pair.kept or not pair.gone or not pair.new or max(len(pair.gone), len(pair.new)) < _FEWEST:
        return False
    return not any(2 * sum(entry in kept for entry in side) > len(side) for side in (pair.gone, pair.new))


def _replaced(pair: ListPair, sides: Sides) -> Change:
    reach = pair.after_reach
    past = sum(bool(reach and entry.span and not reach.is_beyond(entry.span)) for entry in pair.gone)
    is_grave = past and not sides.is_reversed
    ours, theirs = sides.before.lists[pair.before], sides.after.lists[pair.after]
    return Change(
        kind=Kind.LIST_REPLACED,
        significance=Significance.ALERT if is_grave else Significance.ROUTINE,
        subject=_called(ours, theirs, sides),
        reason=reasons.list_replaced(len(pair.gone), len(pair.new), reach, 0 if sides.is_reversed else past, sides),
        before=_side(ours),
        after=_side(theirs),
        place=theirs.heading or ours.heading,
    )


def _whole(survey: Survey, place: int, kind: Kind) -> Change:
    is_after = kind is Kind.LIST_APPEARED
    each = (survey.sides.after if is_after else survey.sides.before).lists[place]
    because = reasons.list_appeared if is_after else reasons.list_vanished
    return Change(
        kind=kind,
        significance=kind.significance,
        subject=_name(each),
        reason=because(len(each.items), survey.sides),
        before=None if is_after else _side(each),
        after=_side(each) if is_after else None,
        place=each.heading,
    )


def _touched(what: str, before: str | None, after: str | None, each: ItemList, sides: Sides) -> Iterator[Change]:
    if not before or not after or fold(before) == fold(after):
        return
    yield Change(
        kind=Kind.TEXT_EDITED,
        significance=Significance.NOTABLE,
        subject=sides.called(before, after),
        reason=text_reasons.list_part(what),
        before=Side(text=before),
        after=Side(text=after),
        spans=spans(before, after),
        place=each.heading,
    )


def _called(ours: ItemList, theirs: ItemList, sides: Sides) -> str:
    return sides.called(ours.heading or "", theirs.heading or "") or "the list"


def _name(each: ItemList) -> str:
    return each.heading or "the list"


def _side(each: ItemList) -> Side:
    return Side(text=_titles(each.items), label=each.heading, value=len(each.items))


def _titles(items: Sequence[Item]) -> str:
    return "; ".join(collapse(item.title) for item in items)
