"""Days, numbers and texts as a person writes them inside a sentence."""

from __future__ import annotations

from datetime import date, datetime, time

from monitor.compare.sides import Sides
from monitor.model import english
from monitor.model.blanks import collapse
from monitor.model.reading import When

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_QUOTED = 80  # characters of a text quoted in a sentence
_LEAST_HOURS = 2  # what is less is said in minutes
MOST_HOURS = 48  # what is more is said in days
_LOOKED_AT = 8  # times that many are looked at, for white space to collapse


def day(when: date, sides: Sides | None = None) -> str:
    """ "4 July", with the year where it is not the year of both snapshots."""
    short = f"{when.day} {english.MONTHS[when.month - 1]}"
    if sides and sides.is_one_year and sides.before_day and when.year == sides.before_day.year:
        return short
    return f"{short} {when.year}"


def days_span(span: tuple[date, date], sides: Sides | None = None) -> str:
    """ "4 March 2018", or "some day from 4 to 10 March 2018"."""
    first, last = span
    if first == last:
        return day(first, sides)
    return f"some day from {day(first, sides)} to {day(last, sides)}"


def written(when: When | None, span: tuple[date, date] | None, sides: Sides | None = None) -> str:
    """A date in a sentence; beside it how the page says it, where that is no date but how long ago or at what time."""
    if when is None:
        return "no date"
    text = " ".join(when.text.split())
    if span is None or span[0] != span[1]:
        return text
    return f"{text} ({day(span[0], sides)})" if when.month is None and when.year is None else day(span[0], sides)


def of_day(what: str, sides: Sides, *, is_after: bool) -> str:
    """ "the list of 4 July"; "the earlier list" where the two have no days of their own."""
    own = _own_day(sides, is_after=is_after)
    return f"the {what} of {day(own, sides)}" if own else f"the {_turn(sides, is_after=is_after)} {what}"


def in_day(sides: Sides, *, is_after: bool) -> str:
    """ "there on 4 July"; "in the earlier snapshot" where the two have no days of their own."""
    own = _own_day(sides, is_after=is_after)
    return f"there on {day(own, sides)}" if own else f"in the {_turn(sides, is_after=is_after)} snapshot"


def _own_day(sides: Sides, *, is_after: bool) -> date | None:
    """The day that tells one side from the other."""
    own, other = (sides.after_day, sides.before_day) if is_after else (sides.before_day, sides.after_day)
    return own if own != other and sides.elapsed_days is not None else None


def _turn(sides: Sides, *, is_after: bool) -> str:
    is_later = is_after if sides.order() >= 0 else not is_after
    return "later" if is_later else "earlier"


def number(value: int) -> str:
    """ "ten", "11", "none"."""
    return english.number(value) if value else "none"


def captures_apart(sides: Sides) -> str | None:
    """ "six days", "30 hours", "ten minutes"; by the day alone, the days. None where unknown."""
    first, last = sides.before.captured_at, sides.after.captured_at
    if not first or not last:
        return None
    minutes = round(abs((last - first).total_seconds()) / 60)
    hours = round(minutes / 60)
    if minutes < _LEAST_HOURS * 60:
        return count(minutes, "minute")
    if hours < MOST_HOURS and hours % 24:
        return count(hours, "hour")
    return count(round(hours / 24), "day")


def moment(at: datetime, sides: Sides) -> str:
    """ "4 July, 08:25 UTC"; midnight is what a day without a time of day is kept as, and so is no time."""
    return f"{day(at.date(), sides)}, {at:%H:%M} UTC" if at.time() != time.min else day(at.date(), sides)


def count(value: int, what: str, many: str | None = None) -> str:
    """ "three items", "one item", "12 items", "no items"."""
    return f"{number(value) if value else 'no'} {many if many and value != 1 else english.plural(what, value)}"


def ordinal(value: int) -> str:
    """ "first" for 1."""
    if 1 <= value <= len(_ORDINALS):
        return _ORDINALS[value - 1]
    ending = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value:,}{ending}"


def quote(text: str, longest: int = _QUOTED) -> str:
    said = collapse(text[: _LOOKED_AT * longest])
    if len(said) > longest:
        said = said[: longest - 1].rpartition(" ")[0] or said[: longest - 1]
        said += "…"
    return f"“{said}”"


def clauses(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)
