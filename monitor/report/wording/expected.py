"""What went as it should → short phrases: the block AS EXPECTED, and the closing words of an opening."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from monitor.model.change import Change, ChangeKind as Kind, Noise, Side
from monitor.model.comparison import Check, CheckVerdict, Comparison
from monitor.model.english import listed, plural
from monitor.model.labels import called
from monitor.model.link_texts import shared_on_one_side, without
from monitor.model.reading import Item
from monitor.report.columns import cut
from monitor.report.neutral import neutral
from monitor.report.wording import dates, sides
from monitor.report.wording.around import around, is_around, is_of_time
from monitor.report.wording.counts import count_of, counting
from monitor.report.wording.kinds import WORDS
from monitor.report.wording.quotes import quoted

_MOST_NAMED = 3  # more fields or stamps than this are counted, not named
_MOST_COUNTERS = 2  # a counter's name is a sentence
_LONGEST_LABEL = 40


def expected(comparison: Comparison) -> tuple[str, ...]:
    """A phrase for each thing that moved on, held or stayed as it should; none for what nobody asks.

    Nothing of menus and footer: what is edited there is no matter of course, and told by its words.
    """
    routine = routine_by_kind(comparison)
    return (
        *_dates(routine.pop(Kind.DATE_ADVANCED, ()), comparison),
        *_stamps(routine.pop(Kind.STAMP_ADVANCED, ()), comparison),
        *_counters(routine.pop(Kind.COUNTER_ADVANCED, ()), comparison),
        *_clocks(routine.pop(Kind.CLOCK_TICKED, ()), comparison.checks),
        *_turned(comparison.checks),
        *(_counted(kind, changes) for kind, changes in routine.items()),
        *_habits(comparison),
        *_unchanged(comparison),
    )


def routine_by_kind(comparison: Comparison) -> dict[Kind, Sequence[Change]]:
    """The routine changes, in the order of telling.

    Not those of menus and footer, nor those that the page's history alone made routine.
    """
    found: dict[Kind, list[Change]] = {kind: [] for kind in WORDS}
    for change in comparison.changes:
        if not change.is_finding and not change.noise and not is_around(change):
            found[change.kind].append(change)
    return {kind: changes for kind, changes in found.items() if changes}


def counters_as_asked(comparison: Comparison) -> str | None:
    """The counters' good conduct as a sentence; None where a counter is missing, new, or misbehaves."""
    counters = [change for change in comparison.changes if change.kind.value.startswith("counter.")]
    moves = {_move(change, comparison) for change in counters}
    units = {side.unit for change in counters for side in (change.before, change.after) if side}
    is_good = counters and all(change.kind is Kind.COUNTER_ADVANCED for change in counters)
    if not is_good or comparison.elapsed_days is None or len(moves) != 1 or None in moves:
        return None
    if len(units) > 1 and len(counters) > 1:
        return None
    if len(counters) == 1:
        return f"{count_of(counters[0])} went {_from_to(counters[0], comparison)}, as it should"
    who = "both counters" if len(counters) == 2 else f"all {dates.number(len(counters))} counters"
    return f"{who} moved by {dates.number(abs(moves.pop() or 0))}, as they should"


def nothing_else(comparison: Comparison, within: str = "") -> str:
    """That nothing is news, and what is none, as a clause: nothing changed but what time changes: …"""
    routine = routine_by_kind(comparison)
    by_hand = {kind: routine.pop(kind) for kind in tuple(routine) if not all(map(is_of_time, routine[kind]))}
    known = _by_place(comparison)
    noise = [_things(len(known), dates.number(len(known)))] if known else []
    timely = listed([*_briefs(routine, comparison), *noise])
    rest = f"; as time goes, {timely}" if timely else ""
    beside = [*_briefs(by_hand, comparison), *around(_around_by_kind(comparison))]
    if by_hand:
        return f"nothing changed{within} but this: {'; '.join(beside)}{rest}"
    if beside:
        return f"nothing changed{within} in what the page says; {listed(beside)}{rest}"
    return f"nothing changed{within} but what time changes: {timely}" if timely else ""


def _around_by_kind(comparison: Comparison) -> dict[Kind, list[Change]]:
    found: dict[Kind, list[Change]] = {}
    for change in filter(is_around, comparison.changes):
        found.setdefault(change.kind, []).append(change)
    return found


def _briefs(routine: Mapping[Kind, Sequence[Change]], comparison: Comparison) -> list[str]:
    """Each kind counted, in words; a single stamp with the date it came to."""
    return [
        f"{_counted(kind, changes, is_label=False)}"
        f"{_came_to(changes[0], comparison) if kind is Kind.STAMP_ADVANCED and len(changes) == 1 else ''}"
        for kind, changes in routine.items()
    ]


def _dates(changes: Sequence[Change], comparison: Comparison) -> Iterator[str]:
    """By how many days; the page date may be renewed late, and so move by more than the time between."""
    for change in changes:
        one, other = sides.in_time(change, comparison)
        moved = dates.apart(one.date, other.date) if one and other and one.date and other.date else None
        yield f"page date +{dates.days(moved)}" if moved and moved > 0 else "page date moved on"


def _stamps(changes: Sequence[Change], comparison: Comparison) -> Iterator[str]:
    if len(changes) > _MOST_NAMED:
        yield _counted(Kind.STAMP_ADVANCED, changes)
        return
    for change in changes:
        yield f"{quoted(change.subject, 40)} moved on{_came_to(change, comparison)}"


def _came_to(change: Change, comparison: Comparison) -> str:
    """to 14 October 2026; within a day as the page writes it."""
    was, now = sides.in_time(change, comparison)
    if now is None:
        return ""
    day = dates.from_iso(now.date) if now.date and not (was and was.date == now.date) else neutral(now.text)
    return f" to {cut(day, _LONGEST_LABEL)}"


def _counters(changes: Sequence[Change], comparison: Comparison) -> Iterator[str]:
    """A few counters by name; of many, those that moved alike together."""
    if len(changes) <= _MOST_COUNTERS:
        yield from (_counter(change, comparison) for change in changes)
        return
    alike: dict[str, list[Change]] = {}
    for change in changes:
        alike.setdefault(_moved(change, comparison), []).append(change)
    for moved, counters in alike.items():
        yield f"{len(counters):,} {plural('counter', len(counters))} {moved}"


def _counter(change: Change, comparison: Comparison) -> str:
    """days “since the last breach”: 214 → 221, counting from 4 March 2018"""
    one, other = sides.in_time(change, comparison)
    is_one_unit = one is None or other is None or one.unit == other.unit
    unit = other.unit if is_one_unit and other else None
    what = counting(change.subject, other.text if other else "", unit, _LONGEST_LABEL)
    old, new = (_value(side, has_unit=not is_one_unit) for side in (one, other))
    way = "down to" if (_move(change, comparison) or 0) < 0 else "from"
    origin = f", counting {way} {dates.from_iso(other.origin)}" if is_one_unit and other and other.origin else ""
    return f"{what}: {old} → {new}{origin}"


def _value(side: Side | None, *, has_unit: bool) -> str:
    if side is None or not isinstance(side.value, int):
        return "–"
    return f"{side.value:,} {plural(side.unit or '', side.value)}" if has_unit else f"{side.value:,}"


def _from_to(change: Change, comparison: Comparison) -> str:
    one, other = sides.in_time(change, comparison)
    has_unit = one is not None and other is not None and one.unit != other.unit
    return f"from {_value(one, has_unit=has_unit)} to {_value(other, has_unit=has_unit)}"


def _moved(change: Change, comparison: Comparison) -> str:
    move, unit = _move(change, comparison), change.after.unit if change.after else None
    if move is None:
        return "moved on"
    return f"{'+' if move >= 0 else '−'}{abs(move):,} {unit or ''}{'' if abs(move) == 1 or not unit else 's'}".rstrip()


def _move(change: Change, comparison: Comparison) -> int | None:
    """How far it moved in order of time."""
    before, after = (side.value if side else None for side in sides.in_time(change, comparison))
    return after - before if isinstance(before, int) and isinstance(after, int) else None


def _clocks(changes: Sequence[Change], checks: Sequence[Check]) -> Iterator[str]:
    """What the clocks' checks found; without a check, that they ticked."""
    held = [check for check in checks if check.check == "clock" and check.verdict is CheckVerdict.CONSISTENT]
    for check in held:
        named = f" of {neutral(check.subject)}" if len(held) > 1 and check.found else ""
        yield f"clocks{named} {neutral(check.found or check.subject)} ({neutral(check.reason).rstrip('.')})"
    if changes and not held:
        yield _counted(Kind.CLOCK_TICKED, changes)


def _turned(checks: Sequence[Check]) -> Iterator[str]:
    """A list that is now sorted the other way round."""
    for check in checks:
        if check.check == "order" and check.verdict is CheckVerdict.CONSISTENT and check.found != check.expected:
            way = f"sorted the other way round, now {neutral(check.found or '')}"
            yield f"{quoted(check.subject, _LONGEST_LABEL)} {way}"


def _habits(comparison: Comparison) -> Iterator[str]:
    """3 things that change at nearly every capture: “Views” (9 of the last 10), “Token” (8 of the last 8) and 1 more"""
    known = _by_place(comparison)
    if not known:
        return
    named = [
        f"{quoted(name, _LONGEST_LABEL)} ({noise.changed} of the last {noise.of})"
        for name, noise in list(known.items())[:_MOST_NAMED]
    ]
    left = [f"{len(known) - _MOST_NAMED:,} more"] if len(known) > _MOST_NAMED else []
    yield f"{_things(len(known), f'{len(known):,}')}: {listed([*named, *left])}"


def _things(count: int, said: str) -> str:
    return (
        f"{said} thing that changes at nearly every capture"
        if count == 1
        else (f"{said} things that change at nearly every capture")
    )


def _by_place(comparison: Comparison) -> dict[str, Noise]:
    """The habits by the label, list or passage that has them; the items of one list are one thing."""
    found: dict[str, Noise] = {}
    for change in comparison.changes:
        if change.noise:
            is_item = change.kind.value.startswith("item.")
            found.setdefault((change.place or "a list") if is_item else change.subject, change.noise)
    return found


def _counted(kind: Kind, changes: Sequence[Change], *, is_label: bool = True) -> str:
    """`is_label`: with digits, beside other labels; else as in a sentence."""
    brief, count = WORDS[kind].brief, len(changes)
    said = f"{count:,}" if is_label else dates.number(count)
    if kind is Kind.TEXT_EDITED:  # a routine one outside menus and footer counts on from what stands above it
        return f"{said} {plural('passage', count)} renumbered"
    if kind.value.startswith("figure."):
        return f"{said} {plural('figure', count)} beside items {WORDS[kind].label.partition(' ')[2]}"
    if isinstance(brief, tuple):
        return brief[count > 1].format(n=said, it=quoted(changes[0].subject, _LONGEST_LABEL))
    return f"{said} {plural('item', count)} {brief}"


def _unchanged(comparison: Comparison) -> Iterator[str]:
    before, after = comparison.before, comparison.after
    kept = [called(field) for field in after.fields if field in before.fields]
    if 0 < len(kept) <= _MOST_NAMED:
        yield from (f"{neutral(label)} unchanged" for label in kept)
    elif kept:
        yield f"{len(kept):,} fields unchanged"
    if after.lead and after.lead == before.lead:
        yield "lead unchanged"
    if items := _items_kept(comparison):
        yield f"{items:,} {plural('item', items)} unchanged"


def stayed(comparison: Comparison) -> int:
    """How many fields, leads and items of the later snapshot say what they said."""
    before, after = comparison.before, comparison.after
    is_lead = after.lead is not None and after.lead == before.lead
    return sum(field in before.fields for field in after.fields) + is_lead + _items_kept(comparison)


def _items_kept(comparison: Comparison) -> int:
    """Several items may bear one title: their dates and addresses tell which of them changed."""
    shared = shared_on_one_side(comparison.before.lists, comparison.after.lists)
    old = {_said(item, shared) for each in comparison.before.lists for item in each.items}
    sides = [change.after for change in comparison.changes if change.after and change.is_finding]
    changed = {(side.title, side.date, side.url) for side in sides}
    today = comparison.after.snapshot_day
    return sum(
        _said(item, shared) in old
        and (item.title, item.date.iso(today) if item.date else None, item.url) not in changed
        for each in comparison.after.lists
        for item in each.items
    )


def _said(item: Item, shared: Sequence[str]) -> tuple[str, str | None, str]:
    return item.title, item.url, without(item.teaser or "", shared)
