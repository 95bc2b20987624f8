"""Changes of survivors → the same with a `group` where more than half of a list changed in one and the same way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from datetime import date
from functools import cache

from monitor.compare import links
from monitor.compare.articles import Article
from monitor.compare.survey import Survey
from monitor.model.change import Change, ChangeKind as Kind, Edit, Side

_FEWEST = 2  # one change is no mass, whatever part of its list it is


def grouped(changed: Sequence[tuple[Article, Change]], survey: Survey) -> Iterator[Change]:
    """The changes in their order; those of one mass bear the same group, named by kind and running number."""
    survivors = {pair.before: len(pair.kept) for pair in survey.pairs}
    ways = [_ways(article.first.place, change) for article, change in changed]
    counts = Counter(way for each in ways for way in each)
    names: dict[Hashable, str] = {}
    for (article, change), each in zip(changed, ways, strict=True):
        size = survivors.get(article.first.place)
        mass = next((way for way in each if size and counts[way] >= _FEWEST and 2 * counts[way] > size), None)
        if mass is None:
            yield change
        else:
            name = names.setdefault(mass, f"{change.kind.value}#{len(names) + 1}")
            yield change._replace(group=name)


def _ways(place: int, change: Change) -> list[Hashable]:
    """What was done to the item, apart from which item it is; of dates the same new one, else the same shift."""
    if change.kind is Kind.ITEM_MOVED:
        return [(place, change.kind, change.place)]
    rest = tuple(_way_of(edit) for edit in change.edits if edit.part != "date")
    if not any(edit.part == "date" for edit in change.edits):
        return [(place, change.kind, rest)]
    to = change.after.date if change.after else None
    return [(place, change.kind, rest, to), (place, change.kind, rest, _shift(change.before, change.after))]


def _way_of(edit: Edit) -> Hashable:
    if edit.part == "url" and edit.before and edit.after:
        return edit.part, _replaced_part(edit.before, edit.after)
    if edit.before is None or edit.after is None:
        return edit.part, edit.before is None
    if all(_starts_with_date().match(text) for text in (edit.before, edit.after)):
        return edit.part, "renewed"
    if edit.spans:
        return edit.part, tuple((span.op, span.text.strip()) for span in edit.spans if span.op != "equal")
    return edit.part


@cache
def _starts_with_date() -> re.Pattern[str]:
    """What programs write for a moment."""
    return re.compile(r"\d{4}-\d\d-\d\d(?:$|[T ]\d)")


def _shift(before: Side | None, after: Side | None) -> Hashable:
    """Days between two dates, where both are whole ones."""
    was, now = (side.date if side else None for side in (before, after))
    if was and now and len(was) == len(now) == len("2020-07-04"):
        return (date.fromisoformat(now) - date.fromisoformat(was)).days
    return was, now


def _replaced_part(before: str, after: str) -> Hashable:
    """Both hosts where another host, else what of the path made way for what."""
    hosts = links.host(before), links.host(after)
    if hosts[0] != hosts[1]:
        return hosts
    start = _common(before, after)
    end = min(_common(before[::-1], after[::-1]), len(before) - start, len(after) - start)
    return before[start : len(before) - end], after[start : len(after) - end]


def _common(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
