"""Findings of comparisons that follow one another → what they come to for each thing of the page.

A thing has one upshot, however often it changed. Who is who is what the comparisons found; where only the short form of
a finding was kept, things go by what they are called.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from monitor.compare import Followed
from monitor.compare.fold import fold
from monitor.compare.following import Following
from monitor.compare.words import spans
from monitor.model.change import GRAVITY, Change, Edit, Side, Span
from monitor.model.digest import Course, Turn, Upshot
from monitor.model.story import Event, PartStory

# How the second word of a kind says that something was not there before, or is not there any more.
_CAME = frozenset(("published", "backdated", "backfilled", "added", "returned", "appeared"))
_GONE = frozenset(("withdrawn", "removed", "vanished", "aged_off"))
_STANDS_STILL = frozenset(("counter.stalled", "date.stalled"))  # both sides are the same, and nobody set it back


class Told(NamedTuple):
    """A comparison with its findings: the turns they are, each with the change it is about, None of a check."""

    followed: Followed
    turns: tuple[tuple[Turn, Change | None], ...]


class Thing(NamedTuple):
    """Its turns in order of time, and whether the beginning and the end of the period show it."""

    turns: tuple[Turn, ...]
    was_there: bool
    is_there: bool


def net(told: Iterable[Told], last: Followed | None = None) -> tuple[Upshot, ...]:
    """The upshots of a page's comparisons, which are in order of time, the gravest first, else in the page's order.

    Comparisons without a finding may be left out, and so may findings; of what somebody has dealt with the note is told
    beside what came after it. `last` is that of the last one's later side with the newest good capture, where this is
    another: what went off a list in between is seen by it. No comparison is kept when the next one comes.
    """
    return _upshots(sorted(_things(told, last), key=lambda thing: thing.turns[0].at))


def net_in_short(turns: Sequence[Turn]) -> tuple[Upshot, ...]:
    """The same of findings of which only the short form was kept, in order of time."""
    rows: dict[Hashable, list[Turn]] = {}
    for turn in turns:
        noun = turn.kind.partition(".")[0]
        rows.setdefault((turn.kind if noun == "check" else noun, turn.subject), []).append(turn)
    return _upshots(map(_by_kinds, rows.values()))


def upshot_of(thing: Thing) -> Upshot:
    """What became of a thing, told as the gravest of its turns that nobody has dealt with.

    Of several as grave it is told as the last, but as one that came or went where it did.
    """
    turns = thing.turns
    left = tuple(turn for turn in turns if not turn.note)
    gravity = max((turn.significance for turn in left), key=GRAVITY.index)
    grave = [turn for turn in left if turn.significance is gravity]
    told = next((turn for turn in grave if _verb(turn) in _CAME | _GONE), grave[-1])
    before = turns[0].before if thing.was_there else None
    after = turns[-1].after if thing.is_there else None
    marks, edits = _marks(turns, before, after)
    return Upshot(
        kind=told.kind,
        significance=told.significance,
        subject=told.subject,
        reason=told.reason,
        shown=told.shown,
        turns=left,
        course=_course(thing, before, after),
        before=before,
        after=after,
        spans=marks,
        edits=edits,
        place=told.place,
        raised_by=told.raised_by,
        note=next((turn.note for turn in reversed(turns) if turn.note), None),
    )


def _upshots(things: Iterable[Thing]) -> tuple[Upshot, ...]:
    """Of all things of which there is something left to tell."""
    upshots = _in_groups(upshot_of(thing) for thing in things if not all(turn.note for turn in thing.turns))
    return tuple(sorted(upshots, key=lambda upshot: -GRAVITY.index(upshot.significance)))


def _verb(turn: Turn) -> str:
    return turn.kind.partition(".")[2]


def _in_groups(upshots: Iterable[Upshot]) -> Iterator[Upshot]:
    """What changed in one and the same way is told once."""
    groups: dict[Hashable, list[Upshot]] = {}
    for at, upshot in enumerate(upshots):
        turn = upshot.turns[0]
        is_of_group = len(upshot.turns) == 1 and turn.group is not None
        groups.setdefault((turn.at, turn.group, turn.significance) if is_of_group else at, []).append(upshot)
    for first, *others in groups.values():
        yield first._replace(others=tuple(id_ for each in others for id_ in each.findings))


# -- which findings are about one thing


def _things(told: Iterable[Told], last: Followed | None) -> Iterator[Thing]:
    """All things with a finding: those of the page, then what its checks found."""
    things, end = Following(), 0
    turns: dict[int, tuple[Change, Turn]] = {}  # by the change's identity, which is its own as long as it is kept
    checks: dict[Hashable, list[Turn]] = {}
    for each in told:
        if not end:
            things.begin(each.followed.comparison.before, 0)
        end += 1
        things.follow(each.followed, end - 1, end)
        turns |= {id(change): (change, turn) for turn, change in each.turns if change is not None}
        for turn, change in each.turns:
            if change is None:
                checks.setdefault((turn.kind, turn.subject), []).append(turn)
    if last and end:
        end += 1
        things.follow(last, end - 1, end)
    yield from _of_items(things, end, turns)
    rows: list[Sequence[Event]] = [counter.events for counter in things.counters.stories()]
    rows += [row for part in things.parts.stories() for row in _rows(part)]
    yield from (_by_kinds(found) for events in rows if (found := _turns(events, turns)))
    yield from (Thing(tuple(row), was_there=True, is_there=True) for row in checks.values())


def _of_items(things: Following, end: int, turns: Mapping[int, tuple[Change, Turn]]) -> Iterator[Thing]:
    for item in things.items.stories(end):
        if found := _turns(item.events, turns):
            yield Thing(tuple(found), was_there=item.first == 0, is_there=item.is_there)


def _turns(events: Iterable[Event], turns: Mapping[int, tuple[Change, Turn]]) -> list[Turn]:
    """The findings among the events."""
    return [turns[id(event.change)][1] for event in events if id(event.change) in turns]


def _rows(part: PartStory) -> Iterator[Sequence[Event]]:
    """The events of a part, those of a section's text by its paragraphs."""
    if part.noun != "text":
        yield part.events
        return
    rows: list[list[Event]] = []
    for event in part.events:
        row = next((row for row in rows if _goes_on(row[-1].change, event.change)), None)
        if row:
            row.append(event)
        else:
            rows.append([event])
    yield from rows


def _goes_on(change: Change, other: Change) -> bool:
    """Whether the other change begins with the paragraph that this one ended with, or brings it back."""
    if change.after is None:
        return other.before is None and _text(change.before) == _text(other.after)
    return _text(change.after) == _text(other.before)


def _by_kinds(turns: Sequence[Turn]) -> Thing:
    """A thing of which the kinds alone say whether it was there."""
    return Thing(tuple(turns), was_there=_verb(turns[0]) not in _CAME, is_there=_verb(turns[-1]) not in _GONE)


# -- from the period's beginning to its end


def _course(thing: Thing, before: Side | None, after: Side | None) -> Course:
    if not thing.was_there and not thing.is_there:
        return Course.CAME_AND_WENT
    if len(thing.turns) < 2 or not (thing.was_there and thing.is_there):
        return Course.LASTING
    if any(_verb(turn) in _GONE for turn in thing.turns) and _verb(thing.turns[-1]) in _CAME:
        return Course.WENT_AND_CAME_BACK
    is_touched = all(turn.kind not in _STANDS_STILL for turn in thing.turns)
    return Course.CHANGED_BACK if is_touched and before and after and _is_same(before, after) else Course.LASTING


def _is_same(before: Side, after: Side) -> bool:
    """Whether all that the two say is the same, but for the numbers and times that move by themselves."""
    return (_text(before), before.title, before.date, before.url, before.teaser, before.values) == (
        _text(after), after.title, after.date, after.url, after.teaser, after.values,
    )  # fmt: skip


def _text(side: Side | None) -> str | None:
    return fold(side.text) if side else None


def _marks(turns: Sequence[Turn], before: Side | None, after: Side | None) -> tuple[tuple[Span, ...], tuple[Edit, ...]]:
    """What differs between the period's ends, word by word; of one turn as it has it."""
    if len(turns) == 1:
        return turns[0].spans, turns[0].edits
    edits = tuple(_edits(turns))
    if not (before and after) or not any(turn.spans for turn in turns):
        return (), edits
    if edits:
        return next((edit.spans for edit in edits if edit.spans), ()), edits
    return (spans(before.text, after.text) if _text(before) != _text(after) else ()), ()


def _edits(turns: Sequence[Turn]) -> Iterator[Edit]:
    """One edit for each part that was touched and is not as it was."""
    parts: dict[str, list[Edit]] = {}
    for turn in turns:
        for edit in turn.edits:
            parts.setdefault(edit.part, []).append(edit)
    for part, (first, *others) in parts.items():
        last = others[-1] if others else first
        if not others:
            yield first
        elif first.before != last.after:
            is_text = first.spans and first.before and last.after
            yield Edit(part, first.before, last.after, spans(first.before or "", last.after or "") if is_text else ())
