"""A reading and the good ones before it → doubts: that it lacks what all of them had, as where a template failed.

Few captures say little of what a page always has, so beside them nothing is doubted; and what the last of them had
lost already is no loss of this one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from monitor.compare.form import Form, ListForm, form_of
from monitor.compare.pieces import bare, rows
from monitor.compare.reasons import history as said
from monitor.model.doubts import DIMINISHED, SHRUNKEN, UNMATCHED
from monitor.model.reading import Reading, Suspicion

FEWEST = 3  # good captures: of two that have a list, either may be the odd one
# What a page of many captures was never near to is graver than what one of a few was not.
_MANY = 10
_LEFT_OF_FEW, _LEFT_OF_MANY = 0.2, 0.3  # of the least text that it ever had
_SHORTEST = 600  # characters: a page that ever said less loses most of it by an edit
_FEWEST_ITEMS = 3  # of a list; two links are lost by a hand
_FEWEST_PARTS = 2  # counters, fields and clocks: one is taken away by a hand
_STILL_SAID = 0.5  # of a list's titles: then it was only read as something else


class _Past:
    """The good captures, oldest first; their forms are made where the last one gives a reason to look at them all."""

    def __init__(self, history: Sequence[Reading]) -> None:
        self._history = history
        self.last = form_of(history[-1])
        self.many = len(history)
        self.since = history[0].snapshot_day

    @cached_property
    def forms(self) -> list[Form]:
        return [*map(form_of, self._history[:-1]), self.last]


def doubts_of(reading: Reading, history: Sequence[Reading]) -> tuple[Suspicion, ...]:
    """What speaks against a capture beside the good ones before it, oldest first; nothing beside fewer than FEWEST.

    Each doubt has the sign DIMINISHED, and is one about the page's form: where it stays so, that is the page's.
    """
    if len(history) < FEWEST or any(each.sign not in (SHRUNKEN, UNMATCHED) for each in reading.suspicions):
        return ()
    now, past = form_of(reading), _Past(history)
    reasons = [*_shrunken(now, past), *_lost_lists(reading, now, past), *_lost_parts(now, past)]
    return tuple(Suspicion(sign=DIMINISHED, reason=reason) for reason in reasons)


def _shrunken(now: Form, past: _Past) -> Iterator[str]:
    """Where text and items are far below all there ever were."""
    left = _LEFT_OF_MANY if past.many >= _MANY else _LEFT_OF_FEW
    if past.last.text < _SHORTEST or now.text >= left * past.last.text:
        return
    least = min(each.text for each in past.forms)
    fewest = min(each.items for each in past.forms)
    if least >= _SHORTEST and now.text < left * least and now.items <= left * fewest:
        yield said.shrunken(now.text, least, past.many, past.since)


def _lost_lists(reading: Reading, now: Form, past: _Past) -> Iterator[str]:
    """The lists that were always there and are not, where nothing took their place."""
    large = [each for each in past.last.lists if each.many >= _FEWEST_ITEMS]
    lost = [each for each in large if not any(_is_the_same(each, other) for other in now.lists)]
    new = [each for each in now.lists if not any(_is_the_same(each, other) for other in past.last.lists)]
    if not lost or new:
        return
    lost = [each for each in lost if _is_standing(each, past)]
    texts = frozenset(bare(text) for row in rows(reading) for text in row)
    lost = [each for each in lost if len(each.named & texts) < _STILL_SAID * each.many]
    if lost and not now.items:
        yield said.all_lists_lost([each.name for each in lost], past.many, past.since)
    elif past.many >= _MANY:
        yield from (said.list_lost(each.name, past.many, past.since) for each in lost)


def _is_standing(each: ListForm, past: _Past) -> bool:
    """Whether a list was in every capture, each holding it beside the next."""
    for form in reversed(past.forms):
        found = next((other for other in form.lists if _is_the_same(each, other)), None)
        if found is None or found.many < _FEWEST_ITEMS:
            return False
        each = found
    return True


def _is_the_same(one: ListForm, other: ListForm) -> bool:
    return (bool(one.heading) and one.heading == other.heading) or not one.named.isdisjoint(other.named)


def _lost_parts(now: Form, past: _Past) -> Iterator[str]:
    """The counters, fields and clocks that were always there, where all of them are gone and nothing like them came."""
    if now.parts or len(past.last.parts) < _FEWEST_PARTS:
        return
    standing = frozenset.intersection(*(each.parts for each in past.forms))
    if len(standing) >= _FEWEST_PARTS:
        yield said.parts_lost([noun for noun, _ in sorted(standing)], past.many, past.since)
