"""What went as it should → short phrases: the block AS EXPECTED, and the closing words of an opening."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.model.change import Change, ChangeKind as Kind
from monitor.model.comparison import Check, CheckVerdict, Comparison
from monitor.report.neutral import neutral
from monitor.report.wording import dates
from monitor.report.wording.kinds import WORDS
from monitor.report.wording.told import quoted

_MOST_NAMED = 3  # more fields, stamps or counters than this are counted, not named


def expected(comparison: Comparison) -> tuple[str, ...]:
    """A phrase for each thing that moved on, held or stayed as it should; none for what nobody asks."""
    routine = routine_by_kind(comparison)
    return (
        *_dates(routine.pop(Kind.DATE_ADVANCED, ()), comparison),
        *_stamps(routine.pop(Kind.STAMP_ADVANCED, ())),
        *_counters(routine.pop(Kind.COUNTER_ADVANCED, ())),
        *_clocks(routine.pop(Kind.CLOCK_TICKED, ()), comparison.checks),
        *(_elsewhere(kind, changes) for kind, changes in routine.items()),
        *_unchanged(comparison),
    )


def routine_by_kind(comparison: Comparison) -> dict[Kind, Sequence[Change]]:
    """The routine changes, in the order of telling."""
    found: dict[Kind, list[Change]] = {kind: [] for kind in WORDS}
    for change in comparison.changes:
        if not change.is_finding:
            found[change.kind].append(change)
    return {kind: changes for kind, changes in found.items() if changes}


def counters_as_asked(comparison: Comparison) -> str | None:
    """The counters' good conduct as a sentence; None where a counter is missing, new, or misbehaves."""
    counters = [change for change in comparison.changes if change.kind.value.startswith("counter.")]
    moves = {_move(change) for change in counters}
    is_good = counters and all(change.kind is Kind.COUNTER_ADVANCED for change in counters)
    if not is_good or comparison.elapsed_days is None or len(moves) != 1 or None in moves:
        return None
    who = {1: "the counter", 2: "both counters"}.get(len(counters), f"all {dates.number(len(counters))} counters")
    return f"{who} moved by {abs(moves.pop() or 0):,}, as {'it' if len(counters) == 1 else 'they'} should"


def in_brief(comparison: Comparison) -> str:
    """What moved on, counted: the page date moved on and 2 counters moved on."""
    return dates.listed([_elsewhere(kind, changes) for kind, changes in routine_by_kind(comparison).items()])


def _dates(changes: Sequence[Change], comparison: Comparison) -> Iterator[str]:
    for _ in changes:
        moved = comparison.elapsed_days
        yield f"page date {moved:+,} {'day' if abs(moved) == 1 else 'days'}" if moved else "page date moved on"


def _stamps(changes: Sequence[Change]) -> Iterator[str]:
    if len(changes) > _MOST_NAMED:
        yield f"{len(changes):,} stamps moved on"
        return
    for change in changes:
        was, now = (dates.from_iso(side.date) if side and side.date else "" for side in (change.before, change.after))
        to = f" to {now}" if now and now != was else ""
        yield f"{quoted(change.subject, 40)} moved on{to}"


def _counters(changes: Sequence[Change]) -> Iterator[str]:
    """Counters that moved alike are told together."""
    alike: dict[str, list[Change]] = {}
    for change in changes:
        alike.setdefault(_moved(change), []).append(change)
    for moved, counters in alike.items():
        count = "counter" if len(counters) == 1 else f"{len(counters):,} counters"
        yield f"{count} {moved}{_origins(counters)}"


def _moved(change: Change) -> str:
    move, unit = _move(change), change.after.unit if change.after else None
    if move is None:
        return "moved on"
    return f"{move:+,} {unit if abs(move) == 1 else f'{unit}s'}" if unit else f"{move:+,}"


def _move(change: Change) -> int | None:
    before, after = (side.value if side else None for side in (change.before, change.after))
    return after - before if isinstance(before, int) and isinstance(after, int) else None


def _origins(counters: Sequence[Change]) -> str:
    sides = [change.after for change in counters if change.after and change.after.origin]
    if not sides or len(counters) > _MOST_NAMED:
        return ""
    is_down = any((_move(change) or 0) < 0 for change in counters)
    origins = dates.together([side.origin for side in sides if side.origin])
    return f", counting {'down to' if is_down else 'from'} {origins}"


def _clocks(changes: Sequence[Change], checks: Sequence[Check]) -> Iterator[str]:
    """What the clocks' checks found; without a check, that they ticked."""
    held = [check for check in checks if check.check == "clock" and check.verdict is CheckVerdict.CONSISTENT]
    for check in held:
        yield f"clocks {neutral(check.found or check.subject)} ({neutral(check.reason).rstrip('.')})"
    if changes and not held:
        yield _counted(Kind.CLOCK_TICKED, changes)


def _elsewhere(kind: Kind, changes: Sequence[Change]) -> str:
    """Text whose change is routine stands in what surrounds the page's own, or is the same at another place."""
    around = kind.value.startswith("text.") and kind is not Kind.TEXT_MOVED
    return f"{_counted(kind, changes)}{' in menus and footers' if around else ''}"


def _counted(kind: Kind, changes: Sequence[Change]) -> str:
    brief, count = WORDS[kind].brief, len(changes)
    if isinstance(brief, tuple):
        return brief[count > 1].format(n=f"{count:,}")
    return f"an item {brief}" if count == 1 else f"{count:,} items {brief}"


def _unchanged(comparison: Comparison) -> Iterator[str]:
    before, after = comparison.before, comparison.after
    kept = [field.label for field in after.fields if field in before.fields]
    if 0 < len(kept) <= _MOST_NAMED:
        yield from (f"{neutral(label)} unchanged" for label in kept)
    elif kept:
        yield f"{len(kept):,} header fields unchanged"
    if after.lead and after.lead == before.lead:
        yield "lead unchanged"
    if items := _items_kept(comparison):
        yield f"{items:,} item{'' if items == 1 else 's'} unchanged"


def _items_kept(comparison: Comparison) -> int:
    old = {(item.title, item.url, item.teaser) for each in comparison.before.lists for item in each.items}
    changed = {change.after.title for change in comparison.changes if change.after and change.is_finding}
    return sum(
        (item.title, item.url, item.teaser) in old and item.title not in changed
        for each in comparison.after.lists
        for item in each.items
    )
