"""What the page's history says of a change, and why parts of the history say nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from monitor.compare.reasons.phrases import MOST_HOURS, count, day, number, of_day, quote
from monitor.compare.sides import Sides
from monitor.model.change import Noise
from monitor.model.comparison import History
from monitor.model.english import listed
from monitor.model.reading import Reading

LATER, ITSELF, UNDATED, SUSPECT, STRANGE = "later", "itself", "undated", "suspect", "strange"


def habit(noise: Noise) -> str:
    """ "changed at 9 of the last 10 captures: routine here"."""
    return f"changed at {noise.changed} of the last {noise.of} captures: routine here"


def against_habit(moves: int, *, is_rise: bool) -> str:
    """For a figure that always went one way and now went the other."""
    had, has = ("fallen", "risen") if is_rise else ("risen", "fallen")
    return f"it had only {had} before, {count(moves, 'time')}, and now it has {has}"


def as_before(reading: Reading, sides: Sides) -> str:
    """ "as it read on 3 May", with the time where one of the two compared is of that day."""
    when = reading.snapshot_day
    if when is None:
        return "as an older capture read"
    captured = {each.captured_at.date() for each in (sides.before, sides.after) if each.captured_at}
    is_timed = reading.captured_at and (
        when in (sides.before_day, sides.after_day) or reading.captured_at.date() in captured
    )
    return f"as it read on {timed(reading, sides) if is_timed else day(when, sides)}"


def timed_apart(one: datetime, other: datetime) -> tuple[str, str]:
    """Two moments, with seconds where they would read the same."""
    shown = "%H:%M:%S" if f"{one:%Y%m%d%H%M}" == f"{other:%Y%m%d%H%M}" else "%H:%M"
    first, last = (f"{day(each.date())}, {each.strftime(shown)} UTC" for each in (one, other))
    return first, last


def timed(reading: Reading, sides: Sides | None = None) -> str:
    """The day and time of a capture, both of UTC: a page's own day may be another."""
    moment = reading.captured_at
    return f"{day(moment.date(), sides)}, {moment:%H:%M} UTC" if moment else ""


def known(summary: History) -> str:
    """How much of the page's past a comparison knows."""
    first, last = day(summary.first), day(summary.last)
    when = f"of {last}" if first == last else f"from {first} to {last}"
    return f"The page's history is known by {count(summary.captures, 'earlier capture')}, {when}."


def in_reverse() -> str:
    return "The sides are given in reverse, so nothing is learnt from the page's history."


def put_aside(causes: Mapping[str, int], many: int, sides: Sides) -> str:
    """How many captures of the history were of no use, and why."""
    earlier = of_day("snapshot", sides, is_after=False)
    ways = {
        ITSELF: ("is one of the two compared", "are the two compared, or copies of them"),
        LATER: (f"is not earlier than {earlier}", f"are not earlier than {earlier}"),
        UNDATED: (
            f"cannot be put in order with {earlier} (a date in its name would do)",
            f"cannot be put in order with {earlier} (dates in their names would do)",
        ),
        SUSPECT: ("may not be whole or may not show the page", "may not be whole or may not show the page"),
        STRANGE: ("seems to be of another page", "seem to be of another page"),
    }
    if many == 1:
        return (
            f"The one capture of the history {next(ways[cause][0] for cause in ways if causes.get(cause))}: put aside."
        )
    told = [f"{number(causes[cause])} {ways[cause][causes[cause] > 1]}" for cause in ways if causes.get(cause)]
    return f"Of the {count(many, 'capture')} of the history {listed(told)}: put aside."


def next_to_nothing_shared(before: Reading, after: Reading) -> str:
    """Of two captures that follow one another."""
    days = (before.snapshot_day, after.snapshot_day)
    first, last = (day(each) if each else "a capture without a day" for each in days)
    if first == last and before.captured_at and after.captured_at:
        first, last = timed_apart(before.captured_at, after.captured_at)
    return f"The captures of {first} and {last} have next to nothing in common: they may be of two pages."


def rules_never_fit(reasons: Sequence[str]) -> str:
    """Of rules that match in no capture that could be compared."""
    return f"The page's rules fit none of the captures as a whole: {'; '.join(each.rstrip('.') for each in reasons)}."


def shrunken(text: int, least: int, many: int, since: date | None) -> str:
    """How little a capture says beside all before it; characters are rounded, for nobody counts them."""
    return f"It says {_letters(text)}, and in {_all(many, since)} the page said {_letters(least)} or more."


def list_lost(name: str | None, many: int, since: date | None) -> str:
    which = f"The list {quote(name)}" if name else "A list"
    return f"{which} was there in {_all(many, since)} and is not now; nothing took its place."


def all_lists_lost(names: Sequence[str | None], many: int, since: date | None) -> str:
    """Of lists that are all there were; those without a heading have no name."""
    called = [quote(name) for name in names if name]
    if len(names) == 1:
        return list_lost(names[0], many, since)
    which = f"the lists {listed(called)}" if len(called) == len(names) else count(len(names), "list")
    return f"It has no list: {which} {'were'} there in {_all(many, since)}, and nothing took their place."


def parts_lost(nouns: Sequence[str], many: int, since: date | None) -> str:
    """ "It has none of the two counters and the clock that were there in …"."""
    told = [count(nouns.count(noun), noun) for noun in dict.fromkeys(nouns)]
    return f"It shows none of what was there in {_all(many, since)}: {listed(told)}."


def new_form(reasons: Sequence[str], since: date | None, many: int, hours: int) -> str:
    """For doubts that lasted: "since 4 July the page has another form: …; three captures of it over 26 hours"."""
    when = f"since {day(since)} " if since else ""
    held = f"{count(many, 'capture')} of it over {count(hours, 'hour') if hours < MOST_HOURS else _days(hours)}"
    return f"{when}the page has another form, {held}: {_inside(reasons)}"


def accepted_form(reasons: Sequence[str]) -> str:
    """For a capture that somebody took for the page's new form."""
    return f"the page has another form, which somebody accepted: {_inside(reasons)}"


def as_sentence(clause: str) -> str:
    """The clause alone: with a capital letter and a full stop."""
    return f"{clause[:1].upper()}{clause[1:]}."


def _days(hours: int) -> str:
    return count(round(hours / 24), "day")


def _inside(reasons: Sequence[str]) -> str:
    """Sentences as clauses behind a colon."""
    told = [each.rstrip(".") for each in reasons]
    return "; ".join(f"{each[:1].lower()}{each[1:]}" for each in told)


def _all(many: int, since: date | None) -> str:
    return f"all {count(many, 'capture')}{f' since {day(since)}' if since else ''} before it"


def _letters(many: int) -> str:
    rounded = many if many < 100 else round(many, -1) if many < 1000 else round(many, -2)
    return f"{rounded:,} characters"
