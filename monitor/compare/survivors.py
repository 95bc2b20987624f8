"""A survey → the changes of the items that both sides show: one change each, the gravest, with all its edits inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.compare import links
from monitor.compare.articles import LEAD, Article, Entry
from monitor.compare.called import called, code_of
from monitor.compare.fates import heading_of, item_side
from monitor.compare.fold import fold
from monitor.compare.order import out_of_order
from monitor.compare.reasons import survivors as reasons
from monitor.compare.reasons.phrases import ordinal, quote
from monitor.compare.redating import order
from monitor.compare.sides import Sides
from monitor.compare.survey import Survey
from monitor.compare.words import spans
from monitor.model.blanks import collapse
from monitor.model.change import GRAVITY, Change, ChangeKind as Kind, Edit, Side, Significance
from monitor.model.link_texts import shared_on_one_side, without
from monitor.model.reading import Figure, Item

# Of equal gravity the first is told.
TOUCHES = (Kind.ITEM_RETITLED, Kind.ITEM_REDATED, Kind.ITEM_RELINKED, Kind.ITEM_EDITED)
_FIGURES = (Kind.FIGURE_CHANGED, Kind.FIGURE_REMOVED, Kind.FIGURE_ADDED)


class Touch(NamedTuple):
    """One edit of an item with the kind and gravity it would have alone."""

    kind: Kind
    significance: Significance
    edit: Edit


def survivors(survey: Survey) -> Iterator[tuple[Article, Change]]:
    """The changed articles of both sides, by the article of before, in the page's order."""
    corresponding: dict[int, list[int]] = {}
    for pair in survey.pairs:
        corresponding.setdefault(pair.before, []).append(pair.after)
    moves = _moves(survey)
    for one, other in survey.matching.pairs:
        facing = _facing(one, other, corresponding)
        if one.is_lead and other.is_lead and not facing:
            continue
        change = _change(one, other, facing, moves.get(one.number), survey)
        if change:
            yield one, change


def _facing(one: Article, other: Article, corresponding: dict[int, list[int]]) -> list[tuple[Entry, Entry]]:
    """The entries of an article that stand in corresponding lists; empty where it went elsewhere."""
    if len(one.entries) == len(other.entries) == 1:
        is_facing = other.first.place in corresponding.get(one.first.place, ())
        return [(one.first, other.first)] if is_facing else []
    found = ((entry, other.at(j)) for entry in one.entries for j in corresponding.get(entry.place, ()))
    return [(entry, there) for entry, there in found if there]


def _change(
    one: Article, other: Article, facing: Sequence[tuple[Entry, Entry]], moved: str | None, survey: Survey
) -> Change | None:
    sides = survey.sides
    pairs = (sorted(facing, key=_height) if len(facing) > 1 else facing) or [(one.first, other.first)]
    found = [(touch, pair) for pair in pairs for touch in touches(*pair, sides, is_elsewhere=not facing)]
    touched = sorted(dict.fromkeys(touch for touch, _ in found), key=_gravity)
    if moved and all(touch.kind in _FIGURES for touch in touched):
        change = _moved(pairs[0], moved, touched, sides)
    elif touched:
        change = _edited(touched, next(pair for touch, pair in found if touch == touched[0]), sides)
    else:
        return None
    return change._replace(subject=_called(one, other, survey))


def _called(one: Article, other: Article, survey: Survey) -> str:
    """As it is titled where it stands first, wherever it was touched."""
    names = (
        called(collapse(item.title), code_of(item), survey.repeated) for item in (one.first.item, other.first.item)
    )
    return survey.sides.called(*names)


def _height(pair: tuple[Entry, Entry]) -> tuple[int, int]:
    """The same from both sides, so that one of several places is chosen whichever side is looked at from."""
    return pair[0].place + pair[1].place, abs(pair[0].place - pair[1].place)


def touches(one: Entry, other: Entry, sides: Sides, *, is_elsewhere: bool) -> Iterator[Touch]:
    """What was touched; in another list, or as the lead, an item may be shown with less and is not edited by that."""
    ours, theirs = one.item, other.item
    if ours == theirs and not (ours.date and ours.date.is_relative):
        return
    if fold(ours.title) != fold(theirs.title) and not (is_elsewhere and _is_cut(ours.title, theirs.title)):
        edit = Edit(part="title", before=ours.title, after=theirs.title, spans=spans(ours.title, theirs.title))
        yield Touch(kind=Kind.ITEM_RETITLED, significance=Significance.ALERT, edit=edit)
    if ours.date and theirs.date and order(ours.date, theirs.date, sides):
        edit = Edit(part="date", before=ours.date.text, after=theirs.date.text)
        yield Touch(kind=Kind.ITEM_REDATED, significance=Significance.ALERT, edit=edit)
    if ours.url and theirs.url and ours.url != theirs.url:
        yield from _relinked(ours.url, theirs.url)
    if not is_elsewhere:
        yield from _values(ours, theirs, _told_once(one, other, sides))
        yield from _figures(ours.figures, theirs.figures)


def _is_cut(one: str, other: str) -> bool:
    """Whether one title is the other broken off with an ellipsis."""
    short, long = sorted((fold(one), fold(other)), key=len)
    return short.endswith("...") and long.startswith(short.rstrip(". "))


def _relinked(before: str, after: str) -> Iterator[Touch]:
    if links.are_same(before, after):
        return
    significance = Significance.NOTABLE if links.host(before) == links.host(after) else Significance.ALERT
    yield Touch(
        kind=Kind.ITEM_RELINKED,
        significance=significance,
        edit=Edit(part="url", before=before, after=after),
    )


def _told_once(one: Entry, other: Entry, sides: Sides) -> list[str]:
    """The link texts that are told of no entry on one side, folded; none of the lead."""
    if LEAD in (one.place, other.place):
        return []
    lists = [sides.before.lists[one.place]], [sides.after.lists[other.place]]
    return list(map(fold, shared_on_one_side(*lists)))


def _values(ours: Item, theirs: Item, told_once: Sequence[str]) -> Iterator[Touch]:
    if without(fold(ours.teaser or ""), told_once) != without(fold(theirs.teaser or ""), told_once):
        yield _value("teaser", ours.teaser, theirs.teaser)
    if ours.values == theirs.values:
        return
    before, after = dict(ours.values), dict(theirs.values)
    for label in dict.fromkeys((*before, *after)):
        was, now = fold(before.get(label, "")), fold(after.get(label, ""))
        is_told_once = not (was and now) and any(text.endswith(was or now) for text in told_once)
        if was != now and not is_told_once:
            yield _value(label, before.get(label), after.get(label))


def _value(part: str, before: str | None, after: str | None) -> Touch:
    edit = Edit(part=part, before=before, after=after, spans=spans(before or "", after or ""))
    return Touch(kind=Kind.ITEM_EDITED, significance=Significance.NOTABLE, edit=edit)


def _figures(ours: Sequence[Figure], theirs: Sequence[Figure]) -> Iterator[Touch]:
    if ours == theirs:
        return
    before, after = ({each.label: each for each in side} for side in (ours, theirs))
    for label in dict.fromkeys((*before, *after)):
        was, now = before.get(label), after.get(label)
        if (was and was.value) == (now and now.value) and bool(was) == bool(now):
            continue
        kind = Kind.FIGURE_CHANGED if was and now else Kind.FIGURE_ADDED if now else Kind.FIGURE_REMOVED
        edit = Edit(part=label, before=was.text if was else None, after=now.text if now else None)
        yield Touch(kind=kind, significance=Significance.ROUTINE, edit=edit)


def _gravity(touch: Touch) -> tuple[int, int]:
    rank = TOUCHES.index(touch.kind) if touch.kind in TOUCHES else len(TOUCHES) + _FIGURES.index(touch.kind)
    return -GRAVITY.index(touch.significance), rank


def _edited(touched: Sequence[Touch], pair: tuple[Entry, Entry], sides: Sides) -> Change:
    first = touched[0]
    before, after = (item_side(entry.item, sides, is_after=bool(at)) for at, entry in enumerate(pair))
    subject = after.text
    if first.kind in _FIGURES:
        before = _with_figure(before, pair[0].item, first.edit.part)
        after = _with_figure(after, pair[1].item, first.edit.part)
    reason = _reason(touched, pair, sides)
    return Change(
        kind=first.kind,
        significance=first.significance,
        subject=subject,
        reason=reason,
        shown=reasons.shown(reason, *pair, [touch.edit for touch in touched if touch.kind is first.kind], sides),
        before=before,
        after=after,
        spans=first.edit.spans,
        edits=tuple(touch.edit for touch in touched),
        place=_place(pair, sides),
        day=pair[1].span[0] if pair[1].span else None,
    )


def _with_figure(side: Side, item: Item, label: str) -> Side:
    """The item's side, saying its figure; no figure where it has none."""
    figure = next((each for each in item.figures if each.label == label), None)
    return Side(
        text=figure.text if figure else "",
        title=side.title,
        date=side.date,
        url=side.url,
        label=label,
        value=figure.value if figure else None,
    )


def _reason(touched: Sequence[Touch], pair: tuple[Entry, Entry], sides: Sides) -> str:
    kind, edits = touched[0].kind, [touch.edit for touch in touched]
    if kind is Kind.ITEM_RETITLED:
        return reasons.retitled(*pair)
    if kind is Kind.ITEM_REDATED:
        return reasons.redated(*pair, sides)
    if kind is Kind.ITEM_RELINKED:
        return reasons.relinked(*pair)
    if kind is Kind.ITEM_EDITED:
        return reasons.edited(*pair, [edit for touch, edit in zip(touched, edits, strict=True) if touch.kind is kind])
    return reasons.counted(edits)


def _moved(pair: tuple[Entry, Entry], reason: str, counts: Sequence[Touch], sides: Sides) -> Change:
    """A count of its own that moved meanwhile is told inside."""
    before, after = (item_side(entry.item, sides, is_after=bool(at)) for at, entry in enumerate(pair))
    return Change(
        kind=Kind.ITEM_MOVED,
        significance=Significance.ROUTINE,
        subject=after.text,
        reason=reason,
        before=before,
        after=after,
        edits=tuple(touch.edit for touch in counts),
        place=_place(pair, sides),
        day=pair[1].span[0] if pair[1].span else None,
    )


def _place(pair: tuple[Entry, Entry], sides: Sides) -> str | None:
    return heading_of(sides.after.lists, pair[1].place) or heading_of(sides.before.lists, pair[0].place)


def _moves(survey: Survey) -> dict[int, str]:
    """For the numbers of the earlier articles that stand elsewhere now, how."""
    found: dict[int, str] = {}
    number_of = {entry: one.number for one, _ in survey.matching.pairs for entry in one.entries}
    for pair in survey.pairs:
        for index in out_of_order([other.position for _, other in pair.kept]):
            one, other = pair.kept[index]
            found.setdefault(number_of[one], reasons.moved_in_list(one, other))
    partner = {pair.before: pair.after for pair in survey.pairs}
    for article, there in survey.matching.pairs:
        if _went_elsewhere(article, there, partner):
            found[article.number] = reasons.moved_between(
                _where(article, survey.sides, is_after=False), _where(there, survey.sides, is_after=True)
            )
    return found


def _went_elsewhere(one: Article, other: Article, partner: dict[int, int]) -> bool:
    if not one.lists or not other.lists:
        return bool(one.lists or other.lists) and not (one.is_lead and other.is_lead)
    return {partner.get(place, -1) for place in one.lists} != other.lists


def _where(article: Article, sides: Sides, *, is_after: bool) -> list[str]:
    lists = (sides.after if is_after else sides.before).lists
    places = [entry.place for entry in article.entries]
    if LEAD in places and len(places) > 1:
        places.remove(LEAD)
    return ["as the lead" if place == LEAD else _in_list(lists[place].heading, place) for place in places]


def _in_list(heading: str | None, place: int) -> str:
    return f"under {quote(heading)}" if heading else f"in the {ordinal(place + 1)} list"
