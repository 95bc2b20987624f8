"""What could not be decided, said once each."""

from __future__ import annotations

from monitor.compare.reasons.phrases import clauses, count, number, of_day, quote
from monitor.compare.sides import Sides
from monitor.model.english import listed
from monitor.model.reading import Stamp

LEAD = "the lead"


def cut_list(size: int, heading: str | None) -> str:
    which = f"The list {quote(heading)}" if heading else "The list"
    return f"{which} is cut at {number(size)}: what went off its end cannot be told from what was taken down."


def missing_items(many: int, sides: Sides, *, is_after: bool) -> str:
    return _missing(count(many, "item"), many, sides, is_after=is_after)


def missing_parts(parts: list[str], sides: Sides, *, is_after: bool) -> str:
    """`parts` in the plural, each of them what several are missing of, or one may be; "the lead" is one."""
    return _missing(listed(parts), 1 if parts == [LEAD] else len(parts) + 1, sides, is_after=is_after)


def another_page(sides: Sides, *, is_after: bool) -> str:
    snapshot = of_day("snapshot", sides, is_after=is_after)
    return f"Nothing else is compared, for {snapshot} does not show the page."


def read_otherwise(sides: Sides, *, is_after: bool) -> str:
    snapshot = of_day("snapshot", sides, is_after=is_after)
    return (
        f"{snapshot[0].upper()}{snapshot[1:]} was not read as the page's rules say: nothing missing from it is "
        "told as gone, and nothing that differs for that alone."
    )


def neither_by_rules() -> str:
    return (
        "Neither snapshot was read as the page's rules say: nothing missing from one of them is told as gone or new, "
        "and no edit of what the rule is for."
    )


def strangers() -> str:
    return "These two captures have almost nothing in common; they may not be captures of one page."


def stamp_ahead(stamp: Stamp, days: int, sides: Sides, *, is_after: bool) -> str:
    snapshot = of_day("snapshot", sides, is_after=is_after)
    stated = f"{quote(stamp.label)} {' '.join(stamp.when.text.split())}"
    return f"{snapshot[0].upper()}{snapshot[1:]} states {stated}, {count(days, 'day')} after its capture."


def unknown_time(many: int) -> str:
    counters = count(many, "counter")
    return f"How much time lies between the snapshots is not known, so {counters} cannot be checked."


def too_much_text(many: int) -> str:
    return (
        f"{count(many, 'paragraph')} differ, too many to look for edited ones among them: they are told as added and "
        "removed."
    ).capitalize()


def suspect_subject(sides: Sides, *, is_after: bool) -> str:
    return of_day("snapshot", sides, is_after=is_after)


def earlier_doubted(subject: str, reason: str) -> str:
    """For an earlier snapshot that was good until a whole one stood beside it."""
    return (
        f"{subject[:1].upper()}{subject[1:]} may not have been the whole page ({reason.rstrip('.')}): what is new here "
        "may have been there then."
    )


def doubts(sentences: list[str]) -> str:
    """Several sentences as the clauses of one, in which only the first begins with a capital; abbreviations stay."""
    first, *rest = (each.rstrip(".") for each in sentences)
    return clauses(first, *(each[:1].lower() + each[1:] if each[1:2].islower() else each for each in rest))


def _missing(what: str, many: int, sides: Sides, *, is_after: bool) -> str:
    snapshot = of_day("snapshot", sides, is_after=is_after)
    are = "is" if many == 1 else "are"
    told = "gone" if is_after else "new"
    return f"{snapshot[0].upper()}{snapshot[1:]} may not be whole: {what} missing from it {are} not told as {told}."
