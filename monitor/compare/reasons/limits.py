"""What could not be decided, said once each."""

from __future__ import annotations

from monitor.compare.reasons.phrases import count, of_day, quote
from monitor.compare.sides import Sides


def cut_list(size: int, heading: str | None) -> str:
    which = f"The list {quote(heading)}" if heading else "The list"
    return f"{which} is cut at {size:,}: what went off its end cannot be told from what was taken down."


def missing_items(number: int, sides: Sides, *, is_after: bool) -> str:
    return _missing(count(number, "item"), number, sides, is_after=is_after)


def missing_parts(parts: list[str], sides: Sides, *, is_after: bool) -> str:
    return _missing(", ".join(parts), len(parts), sides, is_after=is_after)


def missing_article(sides: Sides, *, is_after: bool) -> str:
    return _missing("the lead", 1, sides, is_after=is_after)


def unknown_time(number: int) -> str:
    counters = count(number, "counter")
    return f"How much time lies between the snapshots is not known, so {counters} cannot be held against it."


def too_much_text(number: int) -> str:
    return (
        f"{count(number, 'paragraph')} differ, too many to look for edited ones among them: they are told as added and "
        "removed."
    ).capitalize()


def suspect_subject(sides: Sides, *, is_after: bool) -> str:
    return of_day("snapshot", sides, is_after=is_after)


def _missing(what: str, number: int, sides: Sides, *, is_after: bool) -> str:
    snapshot = of_day("snapshot", sides, is_after=is_after)
    are = "is" if number == 1 else "are"
    told = "gone" if is_after else "new"
    return f"{snapshot[0].upper()}{snapshot[1:]} may not be whole: {what} missing from it {are} not told as {told}."
