"""Comparison → the first paragraph: what one would say to a colleague at the door, causes before counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.model.change import Change, ChangeKind as Kind, Significance
from monitor.model.comparison import Check, Comparison, Verdict
from monitor.model.doubts import UNMATCHED
from monitor.model.english import listed
from monitor.report.neutral import neutral
from monitor.report.wording import dates, sides
from monitor.report.wording.doubts import suspicion, way_out
from monitor.report.wording.expected import counters_as_asked, nothing_else
from monitor.report.wording.in_order import in_order
from monitor.report.wording.quotes import quoted
from monitor.report.wording.sentence import beside_a_part, briefs, fault_told, findings_by_kind
from monitor.report.wording.told import is_told_by_a_change, told

_MOST_SENTENCES = 4  # a paragraph that is read, not skimmed
_NEW = (Kind.ITEM_PUBLISHED, Kind.ITEM_BACKFILLED, Kind.ITEM_ADDED, Kind.ITEM_RETURNED)


class _Story(NamedTuple):
    """A sentence, and the findings it tells."""

    sentence: str
    changes: Sequence[Change]
    fault: Check | None = None


def opening(comparison: Comparison) -> str:
    """One to four sentences."""
    caveats = list(_caveats(comparison))
    body = _body(in_order(comparison), _MOST_SENTENCES - len(caveats))
    return " ".join(map(dates.closed, [*caveats, *body]))


def _caveats(comparison: Comparison) -> Iterator[str]:
    if comparison.is_reversed:
        yield (
            f"the second snapshot is the older one, by {sides.back(comparison)}, and this is told as time went; "
            f"the right way round is `{sides.right_way_round(comparison)}`"
        )
    if comparison.verdict is Verdict.SUSPECT:
        yield suspicion(comparison)
        yield from _untold(comparison)
        if way := way_out(comparison):
            yield way
    elif comparison.new_form:
        yield f"{neutral(comparison.new_form)}; from now on it is compared with that"
    elif comparison.are_strangers:
        yield "these two captures have almost nothing in common; they may not be captures of one page"


def _untold(comparison: Comparison) -> Iterator[str]:
    """What is not reported, for the capture that is suspect, or a rule that does not fit it, may alone have made it."""
    doubts = [{(each.sign, each.quote) for each in side.suspicions} for side in (comparison.before, comparison.after)]
    is_unmatched = all(sign == UNMATCHED for sign, _ in doubts[0] | doubts[1])
    if not is_unmatched or doubts[0] != doubts[1] or not doubts[0]:
        yield "nothing missing from it is reported as taken down"
    if is_unmatched and (aside := comparison.set_aside):
        yield f"{dates.counted(aside, 'difference')} that this alone may make {'is' if aside == 1 else 'are'} not told"


def _body(comparison: Comparison, room: int) -> list[str]:
    stories = sorted(_stories(comparison), key=_is_news)
    if not stories:
        return list(_nothing_new(comparison))
    if len(stories) > room:
        rest = stories[room - 1 :]
        return [*(story.sentence for story in stories[: room - 1]), _besides(rest)]
    closing = counters_as_asked(comparison)
    said = [story.sentence for story in stories]
    return [*said, closing] if closing and len(said) < room else said


def _is_news(story: _Story) -> bool:
    return not story.fault and all(change.significance is not Significance.ALERT for change in story.changes)


def _besides(stories: Sequence[_Story]) -> str:
    found: dict[Kind, list[Change]] = {}
    for change in (change for story in stories for change in story.changes):
        found.setdefault(change.kind, []).append(change)
    return f"besides: {listed(briefs(found, sum(story.fault is not None for story in stories)))}"


def _nothing_new(comparison: Comparison) -> Iterator[str]:
    time = sides.between(comparison)
    within = f" in {time}" if time else ""
    if comparison.verdict is Verdict.IDENTICAL:
        yield f"nothing changed{within}: the page says the same, letter for letter"
        if _may_lead_elsewhere(comparison):
            yield "where links in running text lead, and pictures, are not compared"
        return
    if comparison.verdict is Verdict.SUSPECT:
        if comparison.is_foreign:
            yield "nothing else was compared"
        elif not comparison.set_aside:
            yield "no other change was found"
        return
    yield beside_a_part(comparison) or nothing_else(comparison, within) or f"nothing it says changed{within}"
    if closing := counters_as_asked(comparison):
        yield closing


def _may_lead_elsewhere(comparison: Comparison) -> bool:
    """Whether pages of the same words are written otherwise: in links and pictures, or in what nobody sees."""
    before, after = comparison.before, comparison.after
    return before.sha256 != after.sha256 and "html" in after.media_type


def _stories(comparison: Comparison) -> Iterator[_Story]:
    found = findings_by_kind(comparison)
    found.pop(Kind.CAPTURE_SUSPECT, None)
    if len(found.get(Kind.LIST_REPLACED, ())) == 1:
        yield _replacement(found, comparison)
    for changes in found.values():
        yield _Story(told(changes, comparison), changes)
    for check in comparison.checks:
        if check.is_finding and not is_told_by_a_change(check, comparison):
            yield _Story(fault_told(check), (), check)


def _replacement(found: dict[Kind, list[Change]], comparison: Comparison) -> _Story:
    """One story of a list replaced as a whole, taking with it what became of that list's items."""
    (replaced,) = found.pop(Kind.LIST_REPLACED)
    gone = _take(found, Kind.ITEM_WITHDRAWN, replaced.place)
    old_dated = _take(found, Kind.ITEM_BACKDATED, replaced.place)
    new = [change for kind in _NEW for change in _take(found, kind, replaced.place)]
    named = f" {quoted(replaced.place, 40)}" if replaced.place else ""
    sentence = f"the list{named} was replaced as a whole"
    clauses = [*_went(gone), *_came(old_dated, len(new) + len(old_dated), comparison)]
    sentence += f": {', and '.join(clauses)}" if clauses else ", and none of its items is left"
    return _Story(sentence, [replaced, *gone, *old_dated, *new])


def _take(found: dict[Kind, list[Change]], kind: Kind, place: str | None) -> list[Change]:
    taken = [change for change in found.get(kind, ()) if change.place == place]
    left = [change for change in found.pop(kind, ()) if change.place != place]
    if left:
        found[kind] = left
    return taken


def _went(gone: Sequence[Change]) -> Iterator[str]:
    if len(gone) == 1:
        yield f"{quoted(gone[0].subject)} is gone although the list still reaches back past its date"
    elif gone:
        yield f"{dates.number(len(gone))} items are gone although the list still reaches back past their dates"


def _came(backdated: Sequence[Change], count: int, comparison: Comparison) -> Iterator[str]:
    if not backdated:
        return
    day = None if comparison.before.is_day_from_items else comparison.before.snapshot_day
    earlier = f"the list of {dates.day_beside(day, comparison.after.snapshot_day)}" if day else "the earlier list"
    some = dates.number(len(backdated))
    bear = "bears a date" if len(backdated) == 1 else "bear dates"
    covered = "it" if len(backdated) == 1 else "them"
    yield f"of the {dates.number(count)} new ones {some} {bear} that {earlier} covered without showing {covered}"
