"""Two sides → what became of the page's title, its date, its stamps, its clocks and its header fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from monitor.compare.claims import is_claim
from monitor.compare.figures import without_numbers
from monitor.compare.fold import fold
from monitor.compare.labelled import by_label
from monitor.compare.likeness import best_first
from monitor.compare.reasons import header as reasons
from monitor.compare.reasons.text import edited
from monitor.compare.redating import order
from monitor.compare.sides import Sides, is_day_over
from monitor.compare.words import DELETE, INSERT, spans, whole
from monitor.model.blanks import collapse
from monitor.model.change import Change, ChangeKind as Kind, Side, Span
from monitor.model.reading import Clock, Reading, Stamp, When

_PAGE_DATE = "page date"
_FEWEST_IN_CLAUSE = 4  # words: "Last updated on" is a label, with a subject and a verb it is what somebody says
_SAME_CLAUSE = 0.7  # of its words


def title(sides: Sides) -> Iterator[Change]:
    before, after = sides.before.title, sides.after.title
    if fold(before or "") == fold(after or "") or _is_missing(before, after, sides) or _is_of_lead(sides):
        return
    yield Change(
        kind=Kind.TITLE_CHANGED,
        significance=Kind.TITLE_CHANGED.significance,
        subject=sides.called(before or "", after or ""),
        reason=reasons.title(before, after, sides),
        shown=(reasons.retitled(before, after),) if before and after else (),
        before=Side(text=before, title=before) if before else None,
        after=Side(text=after, title=after) if after else None,
        spans=_marks(before, after),
    )


def page_date(sides: Sides) -> Iterator[Change]:
    """The page date against the time between the snapshots; without one on a side, what came or went."""
    one, other = sides.before.page_date, sides.after.page_date
    if one and other:
        yield from _moved_date(one, other, sides)
    elif one and not sides.after.suspicions:
        kept = next((stamp.when for stamp in sides.after.stamps if _is_same_day(stamp.when, one, sides)), None)
        if kept:
            yield from _moved_date(one, kept, sides)
        else:
            shown = Stamp(label=_PAGE_DATE, when=one)
            yield _stamp(Kind.STAMP_REMOVED, shown, None, reasons.gone("date", sides), sides)
    elif other and not sides.before.suspicions:
        shown = Stamp(label=_PAGE_DATE, when=other)
        yield _stamp(Kind.STAMP_ADDED, None, shown, reasons.came("date", sides), sides)


def stamps(sides: Sides) -> Iterator[Change]:
    pairs, gone, new = by_label(
        sides.before.stamps, sides.after.stamps, lambda each: each.label, lambda each: fold(each.when.text)
    )
    for one, other in pairs:
        yield from [_edited(one, other, sides)] if is_claim(one, other, sides) else _moved_stamp(one, other, sides)
    renumbered, gone, new = by_label(
        gone, new, lambda each: without_numbers(each.label), lambda each: fold(each.when.text)
    )  # "Version 1.3.3" and "Version 2.0"
    for one, other in renumbered:
        yield _edited(one, other, sides)
    for one, other in _reworded(gone, new):
        gone.remove(one)
        new.remove(other)
        yield _edited(one, other, sides)
    if not sides.after.suspicions:
        for one in gone:
            yield _stamp(Kind.STAMP_REMOVED, one, None, reasons.gone("date", sides), sides)
    if not sides.before.suspicions:
        for other in new:
            if not (sides.before.page_date and not sides.after.page_date and _is_page_date(other, sides)):
                yield _stamp(Kind.STAMP_ADDED, None, other, reasons.came("date", sides), sides)


def clocks(sides: Sides) -> Iterator[Change]:
    pairs, gone, new = by_label(
        sides.before.clocks, sides.after.clocks, lambda each: each.place, lambda each: each.time
    )
    for one, other in pairs:
        if one.time != other.time:
            yield _clock(Kind.CLOCK_TICKED, one, other, reasons.ticked(one, other), sides)
    if not sides.after.suspicions:
        for one in gone:
            yield _clock(Kind.CLOCK_REMOVED, one, None, reasons.gone("clock", sides), sides)
    if not sides.before.suspicions:
        for other in new:
            yield _clock(Kind.CLOCK_ADDED, None, other, reasons.came("clock", sides), sides)


def _marks(before: str | None, after: str | None) -> tuple[Span, ...]:
    if before and after:
        return spans(before, after)
    return whole(INSERT, after) if after else whole(DELETE, before or "")


def _is_missing(before: str | None, after: str | None, sides: Sides) -> bool:
    """Whether a side lacks a title because it is a suspect capture, or a plain text that has it as a line."""
    return any(not title and (reading.suspicions or _says(reading, before or after or ""))
               for title, reading in ((before, sides.before), (after, sides.after)))  # fmt: skip


def _says(reading: Reading, title: str) -> bool:
    """Whether a line of the text is that title, in capitals perhaps."""
    wanted = fold(title).casefold()
    return any(fold(text).casefold() == wanted for section in reading.sections for text in section.paragraphs)


def _is_of_lead(sides: Sides) -> bool:
    """Whether the page's title is its lead's on both sides, so that the lead's change tells it."""
    return all(_is_lead_title(reading) for reading in (sides.before, sides.after))


def _is_lead_title(reading: Reading) -> bool:
    return bool(reading.lead and reading.title and fold(reading.lead.title) == fold(reading.title))


def _moved_date(one: When, other: When, sides: Sides) -> Iterator[Change]:
    first, last = sides.span(one, is_after=False), sides.span(other, is_after=True)
    if not first or not last:
        return
    passed = (last[0] - first[0]).days
    between = _seconds(sides)
    kind = _kind_of_date(passed, between, is_day_over=is_day_over(sides.before, sides.after))
    if kind is None:
        return
    yield Change(
        kind=kind,
        significance=kind.significance,
        subject=_PAGE_DATE,
        reason=reasons.page_date(kind, passed, sides),
        before=Side(text=one.text, date=one.iso(sides.before_day)),
        after=Side(text=other.text, date=other.iso(sides.after_day)),
        day=last[0],
    )


def _kind_of_date(passed: int, seconds: float | None, *, is_day_over: bool) -> Kind | None:
    """In order of time; without capture times the page dates are that order."""
    if seconds is not None and seconds < 0:
        passed, seconds = -passed, -seconds
    if passed == 0:
        return Kind.DATE_STALLED if is_day_over else None
    return Kind.DATE_REVERSED if seconds is not None and passed < 0 else Kind.DATE_ADVANCED


def _seconds(sides: Sides) -> float | None:
    first, last = sides.before.captured_at, sides.after.captured_at
    return (last - first).total_seconds() if first and last else None


def _is_same_day(when: When, other: When, sides: Sides) -> bool:
    return not when.is_relative and sides.span(when, is_after=True) == sides.span(other, is_after=False)


def _is_page_date(stamp: Stamp, sides: Sides) -> bool:
    return bool(sides.before.page_date and _is_same_day(stamp.when, sides.before.page_date, sides))


def _reworded(gone: Sequence[Stamp], new: Sequence[Stamp]) -> list[tuple[Stamp, Stamp]]:
    """The sentences that differ in a word or two: "must answer until", "may answer until". A short label is none."""
    told = [[collapse(fold(each.label)).split() for each in side] for side in (gone, new)]
    scored = [
        (shared / max(len(ours), len(theirs)), i, j)
        for i, ours in enumerate(told[0])
        for j, theirs in enumerate(told[1])
        if min(len(ours), len(theirs)) >= _FEWEST_IN_CLAUSE
        and (shared := (Counter(ours) & Counter(theirs)).total()) >= _SAME_CLAUSE * max(len(ours), len(theirs))
    ]
    return [(gone[i], new[j]) for i, j in best_first(scored)]


def _edited(one: Stamp, other: Stamp, sides: Sides) -> Change:
    before, after = (f"{each.label} {each.when.text}" for each in (one, other))
    marks = spans(before, after)
    deleted, inserted = (sum(len(each.text.split()) for each in marks if each.op == op) for op in (DELETE, INSERT))
    reason = edited(deleted, inserted)
    return Change(
        kind=Kind.TEXT_EDITED,
        significance=Kind.TEXT_EDITED.significance,
        subject=sides.called(one.label, other.label),
        reason=reason,
        shown=(reason,),
        before=Side(text=before),
        after=Side(text=after),
        spans=marks,
    )


def _moved_stamp(one: Stamp, other: Stamp, sides: Sides) -> Iterator[Change]:
    moved = order(one.when, other.when, sides)
    if moved == 0 or (moved is None and fold(one.when.text) == fold(other.when.text)):
        return
    is_back = moved is not None and moved * sides.order() < 0  # without any time the later date is the later one
    reason = reasons.stamp(one, other, sides, is_known=moved is not None, is_back=is_back)
    kind = Kind.STAMP_REVERSED if is_back else Kind.STAMP_ADVANCED
    yield _stamp(kind, one, other, reason, sides)


def _stamp(kind: Kind, one: Stamp | None, other: Stamp | None, reason: str, sides: Sides) -> Change:
    return Change(
        kind=kind,
        significance=kind.significance,
        subject=sides.called(*(_label(each) for each in (one, other))),
        reason=reason,
        shown=(reasons.restated(one, other),) if one and other else (),
        before=_stamp_side(one, sides, is_after=False),
        after=_stamp_side(other, sides, is_after=True),
    )


def _label(stamp: Stamp | None) -> str:
    return (stamp.label.strip() or stamp.when.text) if stamp else ""


def _stamp_side(stamp: Stamp | None, sides: Sides, *, is_after: bool) -> Side | None:
    today = sides.after_day if is_after else sides.before_day
    return Side(text=stamp.when.text, date=stamp.when.iso(today), label=stamp.label) if stamp else None


def _clock(kind: Kind, one: Clock | None, other: Clock | None, reason: str, sides: Sides) -> Change:
    return Change(
        kind=kind,
        significance=kind.significance,
        subject=sides.called(one.place if one else "", other.place if other else ""),
        reason=reason,
        before=_clock_side(one),
        after=_clock_side(other),
    )


def _clock_side(clock: Clock | None) -> Side | None:
    if clock is None:
        return None
    return Side(text=clock.text or f"{clock.place}: {clock.time}", place=clock.place, time=clock.time, zone=clock.zone)
