"""Why the title, a date, a clock, a field or a figure is told as it is."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.compare.reasons.phrases import captures_apart, clauses, count, day, moment, of_day, quote
from monitor.compare.reasons.survivors import look_alike
from monitor.compare.sides import Sides
from monitor.model.change import ChangeKind as Kind, Edit
from monitor.model.reading import Clock, Figure, Stamp


def title(before: str | None, after: str | None, sides: Sides) -> str:
    if before and after:
        return look_alike(before, after) or retitled(before, after)
    return f"{of_day('snapshot', sides, is_after=not after)} {'shows' if after else 'no longer shows'} none".replace(
        "no longer shows none", "no longer shows one"
    )


def retitled(before: str, after: str) -> str:
    return f"was {quote(before)} and is now {quote(after)}"


def page_date(kind: Kind, passed: int, sides: Sides) -> str:
    captures = captures_apart(sides)
    if kind is Kind.DATE_STALLED:
        return _stood_still(sides)
    if kind is Kind.DATE_REVERSED:
        return f"went back {count(abs(passed), 'day')} though its capture is the later one"
    moved = f"{count(abs(passed), 'day')} {'on' if passed > 0 else 'back'}"
    if captures:
        return f"moved {moved}, with {captures} between the captures"
    if passed < 0:
        return f"{moved}, so the snapshot given second is the older one"
    return f"moved {moved}, which is the time between the snapshots"


def _stood_still(sides: Sides) -> str:
    """What the page date still is, how long after it, and when the two captures were made."""
    first, last = sorted(each.captured_at for each in (sides.before, sides.after) if each.captured_at)
    shown = sides.before.page_day or sides.after.page_day or first.date()
    late = (last.date() - shown).days
    still = f"it still says {day(shown, sides)}"
    return clauses(
        f"{still}, {count(late, 'day')} before the capture" if late > 0 else still,
        f"captured {moment(first, sides)}, and {moment(last, sides)}",
    )


def stamp(one: Stamp, other: Stamp, sides: Sides, *, is_known: bool, is_back: bool) -> str:
    moved = restated(one, other)
    if not is_known:
        return f"{moved}; which of them is the later cannot be told"
    if not is_back:
        return f"{moved}; it moved on in the order of the snapshots"
    days = abs(sides.elapsed_days or 0)
    return f"{moved}; it went back though {count(days, 'day') if days else 'time'} had passed"


def restated(one: Stamp, other: Stamp) -> str:
    return f"was {_written(one)} and is now {_written(other)}"


def ticked(one: Clock, other: Clock) -> str:
    return f"showed {one.time} and now shows {other.time}"


def field(edits: Sequence[Edit]) -> str:
    return clauses(*(look_alike(edit.before or "", edit.after or "") or part(edit) for edit in edits))


def part(edit: Edit) -> str:
    """What a touched part of a field was and is."""
    what = {"value": "it", "label": "its label", "target": "what it leads to"}[edit.part]
    before, after = (quote(each) if each else "empty" for each in (edit.before, edit.after))
    return f"{what} was {before} and is now {after}"


def gone(what: str, sides: Sides) -> str:
    return f"{of_day('snapshot', sides, is_after=True)} has no such {what}"


def came(what: str, sides: Sides) -> str:
    return f"{of_day('snapshot', sides, is_after=False)} has no such {what}"


def figure_changed(one: Figure, other: Figure) -> str:
    more = other.value - one.value
    by = f"{abs(more):,}" if isinstance(more, int) else f"{abs(more):,.6g}"
    return f"was {one.text} and is now {other.text}, {by} {'more' if more > 0 else 'less'}"


def _written(stamp: Stamp) -> str:
    return " ".join(stamp.when.text.split())
