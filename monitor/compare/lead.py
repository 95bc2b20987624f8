"""A survey → what became of the lead: another article, the same one touched, a first one, none. One change at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from monitor.compare.fold import fold
from monitor.compare.links import are_same
from monitor.compare.order import out_of_order
from monitor.compare.paragraphs import Alignment, align
from monitor.compare.reasons import text as reasons
from monitor.compare.reasons.survivors import look_alike, touched
from monitor.compare.redating import order
from monitor.compare.sides import Sides
from monitor.compare.survey import Survey
from monitor.compare.words import DELETE, INSERT, joined, said, spans, whole
from monitor.model.blanks import collapse
from monitor.model.change import Change, ChangeKind as Kind, Edit, Side, Span
from monitor.model.reading import Lead, Reading


def lead(survey: Survey) -> Iterator[Change]:
    sides = survey.sides
    one, other = sides.before.lead, sides.after.lead
    if one and other:
        both = next((pair for pair in survey.matching.pairs if pair[0].is_lead and pair[1].is_lead), None)
        if both is None:
            yield from _replaced(one, other, sides)
        else:
            in_list = bool(both[0].lists and both[1].lists)
            yield from _edited(one, other, sides, is_title_told=in_list)
    elif other and not sides.before.suspicions and not _stands_in_sections(other, sides.before):
        yield _alone(Kind.LEAD_APPEARED, other, reasons.lead_came(other, sides), sides, is_after=True)
    elif one and not sides.after.suspicions and not _stands_in_sections(one, sides.after):
        yield _alone(Kind.LEAD_VANISHED, one, reasons.lead_went(one, sides), sides, is_after=False)


def _stands_in_sections(each: Lead, other: Reading) -> bool:
    """Whether the other side says all of it too, and only has no list beside which it would be the lead."""
    said = {fold(text) for section in other.sections for text in (section.heading, *section.paragraphs) if text}
    said.add(fold(other.title or ""))
    return bool(each.paragraphs) and all(fold(text) in said for text in (each.title, *each.paragraphs))


def _replaced(one: Lead, other: Lead, sides: Sides) -> Iterator[Change]:
    if sides.before.suspicions or sides.after.suspicions:
        return
    days = _day(one, sides, is_after=False), _day(other, sides, is_after=True)
    yield Change(
        kind=Kind.LEAD_REPLACED,
        significance=Kind.LEAD_REPLACED.significance,
        subject=sides.called(one.title, other.title),
        reason=reasons.lead_replaced(one, other, days),
        before=_side(one, sides, is_after=False),
        after=_side(other, sides, is_after=True),
        day=days[1],
    )


def _alone(kind: Kind, each: Lead, reason: str, sides: Sides, *, is_after: bool) -> Change:
    side = _side(each, sides, is_after=is_after)
    return Change(
        kind=kind,
        significance=kind.significance,
        subject=each.title,
        reason=reason,
        before=None if is_after else side,
        after=side if is_after else None,
        day=_day(each, sides, is_after=is_after),
    )


def _edited(one: Lead, other: Lead, sides: Sides, *, is_title_told: bool) -> Iterator[Change]:
    edits = [] if is_title_told else list(_edits(one, other, sides))
    passages = list(_passages(one.paragraphs, other.paragraphs, sides))
    if not edits and not passages:
        return
    marks = joined([*(edit.spans for edit in edits if edit.part == "title"), *passages])
    letters = look_alike(said(marks, INSERT), said(marks, DELETE))
    parts = [touched(edit) for edit in edits]
    yield Change(
        kind=Kind.LEAD_EDITED,
        significance=Kind.LEAD_EDITED.significance,
        subject=sides.called(one.title, other.title),
        reason=reasons.lead_edited(len(passages), parts, letters),
        shown=(reasons.lead_parts(len(passages), parts),),
        before=_side(one, sides, is_after=False, text=said(marks, INSERT)),
        after=_side(other, sides, is_after=True, text=said(marks, DELETE)),
        spans=marks,
        edits=(*edits, *(_passage_edit(passage) for passage in passages)) if edits else (),
        day=_day(other, sides, is_after=True),
    )


def _edits(one: Lead, other: Lead, sides: Sides) -> Iterator[Edit]:
    if fold(one.title) != fold(other.title):
        yield Edit(part="title", before=one.title, after=other.title, spans=spans(one.title, other.title))
    if one.date and other.date and order(one.date, other.date, sides):
        yield Edit(part="date", before=one.date.text, after=other.date.text)
    if one.url and other.url and not are_same(one.url, other.url):
        yield Edit(part="url", before=one.url, after=other.url)


def _passages(before: Sequence[str], after: Sequence[str], sides: Sides) -> Iterator[tuple[Span, ...]]:
    """The marks of each touched paragraph, in the order of the text; a paragraph that moved went and came."""
    found = align(before, after)
    pairs = sorted(found.same)
    strayed = {pairs[index] for index in out_of_order([j for _, j in pairs])}
    gone = {*found.gone, *(i for i, _ in strayed)} if not sides.after.suspicions else set()
    new = {*found.new, *(j for _, j in strayed)} if not sides.before.suspicions else set()
    placed = [(float(j), spans(before[i], after[j])) for i, j in found.touched]
    placed += [(float(theirs[0]), marks) for theirs, marks in _regrouped(before, after, found)]
    placed += [(float(j), whole(INSERT, after[j])) for j in new]
    placed += [(_place(i, found), whole(DELETE, before[i])) for i in gone]
    yield from (marks for _, marks in sorted(placed, key=lambda each: each[0]) if marks)


def _regrouped(
    before: Sequence[str], after: Sequence[str], found: Alignment
) -> Iterator[tuple[tuple[int, ...], tuple[Span, ...]]]:
    """Paragraphs that were split or made one, where a word was touched as well."""
    for ours, theirs in found.regrouped:
        was, now = " ".join(before[i] for i in ours), " ".join(after[j] for j in theirs)
        if fold(was) != fold(now):
            yield theirs, spans(was, now)


def _place(number: int, found: Alignment) -> float:
    """Where a paragraph that went would stand among those of after."""
    above = [pair for pair in (*found.same, *found.touched) if pair[0] < number]
    return max(above)[1] + 0.5 if above else -0.5


def _passage_edit(marks: Sequence[Span]) -> Edit:
    before, after = said(marks, INSERT), said(marks, DELETE)
    return Edit(part="text", before=before or None, after=after or None, spans=tuple(marks))


def _side(each: Lead, sides: Sides, *, is_after: bool, text: str | None = None) -> Side:
    today = sides.after_day if is_after else sides.before_day
    return Side(
        text=collapse(each.title) if text is None else text,
        title=each.title,
        date=each.date.iso(today) if each.date else None,
        url=each.url,
    )


def _day(each: Lead, sides: Sides, *, is_after: bool) -> date | None:
    span = sides.span(each.date, is_after=is_after)
    return span[0] if span else None
