"""The rules of one page: which of its elements to leave out, to keep, or to take for lists, fields, counters, lead.

And how its days are counted, which decides what its dates mean.

A selector is one of CSS. Where a value is wanted, `SELECTOR@ATTRIBUTE` names an attribute of the element in place of
its text (`a@href`, `time@datetime`), and `@ATTRIBUTE` alone one of the element that `select` named.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]
Direction = Literal["up", "down"]

# What a person writes is shorter by far; matching what is nested deeper ends in no time that is worth it.
LONGEST_SELECTOR = 2000
DEEPEST_BRACKETS = 10


class ListRule(NamedTuple):
    """A list of items: each element that `select` names is one item.

    The others are looked for inside that element; what is None is found as without a rule.
    """

    select: str
    title: str | None = None
    date: str | None = None
    url: str | None = None
    teaser: str | None = None


class FieldRule(NamedTuple):
    """A label and a value; each element that `select` names is one field.

    `name` is a label in words of one's own, for a value that stands without one; it goes before `label`.
    """

    select: str
    label: str | None = None
    value: str | None = None
    name: str | None = None


class CounterRule(NamedTuple):
    """A sentence with a number that moves with the calendar.

    `value` is where the number stands, `unit` and `direction` what it counts and which way. What is None is read from
    the sentence; where that does not say, it is days, counted up.
    """

    select: str
    value: str | None = None
    unit: Unit | None = None
    direction: Direction | None = None


class LeadRule(NamedTuple):
    """The article that stands in full: the first element that `select` names."""

    select: str
    title: str | None = None
    date: str | None = None


class Rules(NamedTuple):
    """What a page's entry in config.yaml says of how to read it. `source` names that entry to a person.

    `zone` is the IANA name of the time zone in which the page's days are counted, UTC without one; `lag` how many days
    late it puts things up, without it the page's history says.
    """

    ignore: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    lists: tuple[ListRule, ...] = ()
    fields: tuple[FieldRule, ...] = ()
    counters: tuple[CounterRule, ...] = ()
    lead: LeadRule | None = None
    source: str = "the page's rules"
    zone: str | None = None
    lag: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether they say nothing of the page's elements."""
        return not any((self.ignore, self.only, self.lists, self.fields, self.counters, self.lead))


def shortened(text: str, longest: int = 60) -> str:
    """The start of a text that is too long for one line of what is wrong."""
    return text if len(text) <= longest else f"{text[:longest]}…"


def fit(css: str) -> str:
    """The selector itself. Raises ValueError, saying why, where it is too long or too deep in brackets to be tried."""
    if len(css) > LONGEST_SELECTOR:
        raise ValueError(f"it has more than {LONGEST_SELECTOR:,} letters")
    depth = deepest = 0
    for sign in css:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    if deepest > DEEPEST_BRACKETS:
        raise ValueError(f"its brackets stand more than {DEEPEST_BRACKETS} deep")
    return css


def split(selector: str) -> tuple[str, str | None]:
    """A selector without the attribute that may follow it, and that: "time@datetime" → "time", "datetime"."""
    css, at, attribute = selector.rpartition("@")
    if at and attribute.replace("-", "").replace(":", "").isalnum():
        return css.strip(), attribute
    return selector.strip(), None
