"""A rule that matches in only one of two captures → which of their differences may be of its making.

What the rule is for was read in another way there. Where it matches in neither, both were read in the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from monitor.compare.pieces import bare, rows
from monitor.model.change import Change, ChangeKind as Kind, Side
from monitor.model.doubts import UNMATCHED
from monitor.model.reading import Reading

# What is chosen from all of a page, or told by what stands around it, is another thing in a part of the page.
_READ_OTHERWISE = {
    "only": ("item", "list", "lead", "text", "field", "counter", "figure", "title"),
    "lists": ("item", "list", "lead", "text", "figure"),
    "fields": ("field", "text", "figure"),
    "counters": ("counter", "text", "figure"),
    "lead": ("lead", "item", "text", "figure"),
}  # by the rule that matches nothing: the kinds of change that this alone may make

_LEFT_OVER = frozenset(("text", "figure"))  # what a rule that matches would have taken may be among these
_TAKE_TEXTS = frozenset(("only", "lists", "lead"))  # what they would have taken stands among the page's texts


class _Said(NamedTuple):
    """All that a reading says, folded: together, and word by word what each of its lists, fields … says."""

    together: str
    named: tuple[frozenset[str], ...]

    def holds(self, text: str) -> bool:
        """Whether it says a text too, if in other company: an entry read as a line, or a line as a field."""
        folded = bare(text)
        words = folded.split()
        return folded in self.together or any(each.issuperset(words) for each in self.named)


def of_rules(changes: Sequence[Change], before: Reading, after: Reading) -> set[int]:
    """The numbers of the changes that one side's rules may make by themselves."""
    ours, theirs = rules_apart(before, after), rules_apart(after, before)
    rules = ours | theirs
    if not rules:
        return set()
    nouns = frozenset(noun for rule in rules for noun in _READ_OTHERWISE[rule])
    said = _said(before), _said(after)
    loose = not ours.isdisjoint(_TAKE_TEXTS), not theirs.isdisjoint(_TAKE_TEXTS)
    return {at for at, change in enumerate(changes) if _is_of(change, nouns, said, loose)}


def with_dead_rules(before: Reading, after: Reading) -> tuple[Reading, Reading]:
    """Both readings, each doubted where a rule of what to ignore matches in neither: it is mistyped or has had its day.

    An advert that is missing in one of two captures is none; that stays among the limits.
    """
    dead = {each.quote for each in before.idle} & {each.quote for each in after.idle}
    return (_doubted(before, dead), _doubted(after, dead)) if dead else (before, after)


def _doubted(reading: Reading, dead: set[str | None]) -> Reading:
    if any(each.sign != UNMATCHED for each in reading.suspicions):
        return reading
    doubts = tuple(each for each in reading.idle if each.quote in dead)
    limits = tuple(each for each in reading.limits if not any(f"`{doubt.quote}`" in each for doubt in doubts))
    return reading._replace(suspicions=(*reading.suspicions, *doubts), limits=limits)


def read_alike(before: Reading, after: Reading) -> tuple[Reading, Reading]:
    """Both readings without the doubts that they share: a rule that matches in neither makes nothing differ."""
    return _without_shared(before, after), _without_shared(after, before)


def _without_shared(reading: Reading, other: Reading) -> Reading:
    known = {each.quote for each in other.suspicions if each.sign == UNMATCHED}
    own = tuple(each for each in reading.suspicions if each.sign != UNMATCHED or each.quote not in known)
    return reading if own == reading.suspicions else reading._replace(suspicions=own)


def rules_apart(reading: Reading, other: Reading) -> frozenset[str]:
    """The kinds of rules of which one matches in the other capture and not in this one."""
    own = _without_shared(reading, other).suspicions
    doubts = [each.quote or "" for each in own if each.sign == UNMATCHED]
    return frozenset(doubt.partition(":")[0].partition(".")[0].partition("[")[0] for doubt in doubts) & {
        *_READ_OTHERWISE
    }


def _is_of(change: Change, nouns: frozenset[str], said: tuple[_Said, _Said], loose: tuple[bool, bool]) -> bool:
    """News stays news: what is dated after the earlier snapshot was not in it, however that was read."""
    noun = change.kind.value.partition(".")[0]
    if noun not in nouns or change.kind is Kind.ITEM_PUBLISHED:
        return False
    if noun not in _LEFT_OVER:
        return True
    if change.before and change.after:
        return False
    is_after = change.after is not None
    own = change.after if is_after else change.before
    return loose[is_after] or all(said[not is_after].holds(text) for text in _texts(own))


def _texts(side: Side | None) -> list[str]:
    return [text for text in (side.text, side.title) if text] if side else []


def _said(reading: Reading) -> _Said:
    found = [tuple(map(bare, row)) for row in rows(reading)]
    named = found[: -len(reading.sections) - 1]  # running text and furniture stand last
    return _Said(
        "\n".join(text for row in found for text in row), tuple(frozenset(" ".join(row).split()) for row in named)
    )
