"""Why an item that both sides show is called retitled, redated, relinked, edited or moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from monitor.compare import links
from monitor.compare.articles import Entry
from monitor.compare.fold import alphabet_of, fold, skeleton
from monitor.compare.reasons.phrases import clauses, ordinal, quote, written
from monitor.compare.sides import Sides
from monitor.model.change import Edit
from monitor.model.english import listed


def identity(one: Entry, other: Entry) -> str:
    """What makes the two one item."""
    if one.link and one.link == other.link:
        return "the same address"
    if one.item.key and one.item.key == other.item.key:
        return "the same entry in the data"
    same = [
        "date" if one.span and one.span == other.span else "",
        "title" if one.bones and one.bones == other.bones else "",
        "text" if one.item.teaser and fold(one.item.teaser) == fold(other.item.teaser or "") else "",
    ]
    named = [name for name in same if name]
    if named:
        return f"the same {listed(named)}"
    return _alike(fold(one.item.title).split(), fold(other.item.title).split())


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> str:
    """How much of two titles is the same, which is all that makes them one item's."""
    same = (Counter(ours) & Counter(theirs)).total()
    if 2 * same > max(len(ours), len(theirs)):
        return "most of its words are the same"
    return "part of its words is the same" if same else "no other of the list is closer to it"


def with_the_captures() -> str:
    return "all of its list bears this one date, which moved on with the captures"


def retitled(one: Entry, other: Entry) -> str:
    return clauses(identity(one, other), look_alike(one.item.title, other.item.title) or _was_titled(one))


def redated(one: Entry, other: Entry, sides: Sides) -> str:
    return clauses(identity(one, other), _was_dated(one, other, sides))


def relinked(one: Entry, other: Entry) -> str:
    return clauses(identity(one, other), _led_to(one, other))


def edited(one: Entry, other: Entry, edits: Sequence[Edit]) -> str:
    letters = [look_alike(edit.before or "", edit.after or "") for edit in edits if edit.part == "teaser"]
    return clauses(identity(one, other), _touched(edits), *letters)


def shown(reason: str, one: Entry, other: Entry, edits: Sequence[Edit], sides: Sides) -> tuple[str, ...]:
    """The clauses of a reason above that say what the edits show."""
    told = (_was_titled(one), _was_dated(one, other, sides), _led_to(one, other), _touched(edits))
    return tuple(clause for clause in reason.split("; ") if clause in told)


def counted(edits: Sequence[Edit]) -> str:
    return "a count of its own, which moves by itself: " + listed(
        [f"{edit.part} {edit.before or 'none'}, then {edit.after or 'none'}" for edit in edits]
    )


def _was_titled(one: Entry) -> str:
    return f"was titled {quote(one.item.title)}"


def _was_dated(one: Entry, other: Entry, sides: Sides) -> str:
    was = written(one.item.date, sides.span(one.item.date, is_after=False), sides)
    now = written(other.item.date, sides.span(other.item.date, is_after=True), sides)
    return f"was dated {was} and is now dated {now}"


def _led_to(one: Entry, other: Entry) -> str:
    before, after = one.item.url or "", other.item.url or ""
    hosts = links.host(before), links.host(after)
    if hosts[0] != hosts[1]:
        return f"led to {hosts[0] or before} and now leads to {hosts[1] or after}"
    return f"another address on {hosts[0]}" if hosts[0] else "another address"


def _touched(edits: Sequence[Edit]) -> str:
    return listed([touched(edit) for edit in edits])


def touched(edit: Edit) -> str:
    """ "another text"; a labelled value with both sides, since it is short."""
    if edit.part == "teaser":
        return "another text" if edit.before and edit.after else "a text" if edit.after else "no text any more"
    if edit.before is None:
        return f"{edit.part} came, {quote(edit.after or '')}"
    if edit.after is None:
        return f"{edit.part} went, {quote(edit.before)}"
    return f"{edit.part} was {quote(edit.before)} and is now {quote(edit.after)}"


def moved_in_list(one: Entry, other: Entry) -> str:
    return f"stood {ordinal(one.position + 1)} in the list and now stands {ordinal(other.position + 1)}"


def moved_between(before: Sequence[str], after: Sequence[str]) -> str:
    return f"stood {listed(list(before))} and now stands {listed(list(after))}"


def look_alike(before: str, after: str) -> str | None:
    """What tells two texts apart that print alike: the word and its letter of another alphabet."""
    if before.isascii() and after.isascii():
        return None
    first, last = fold(before), fold(after)
    ours, theirs = first.split(), last.split()
    if len(ours) != len(theirs) or first == last or skeleton(before) != skeleton(after):
        return None
    for one, other in zip(ours, theirs, strict=True):
        for letter, now in zip(one, other, strict=False):
            if letter != now and letter.isalpha() and now.isalpha() and alphabet_of(letter) != alphabet_of(now):
                was, is_now = f"a {alphabet_of(letter)} {letter}", f"a {alphabet_of(now)} {now}"
                return f"now writes “{other}” with {is_now}, before with {was}"
    return None
