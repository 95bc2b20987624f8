"""What truly changed between two captures, and a comparison of them → which facts were found, and what was made up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, NamedTuple

from monitor.model.change import Change, Side
from monitor.model.comparison import Comparison

_CAME = {"published", "backdated", "backfilled", "added", "returned", "appeared"}
_WENT = {"withdrawn", "aged_off", "removed", "vanished"}
_WHOLE_TEXTS = {"text", "lead", "list"}  # kinds that may tell several lines of the truth in one change


class Outcome(Enum):
    FOUND = "found"
    TOLD_OTHERWISE = "told as another kind"
    MISSED = "missed"


class Fact(NamedTuple):
    """One thing that happened: `part` is "added", "removed", "edited" or "header"; `url` where the truth knows it."""

    part: str
    before: str | None
    after: str | None
    url: str | None = None


def facts_of(pair: dict[str, Any]) -> Iterator[Fact]:
    """The facts of one pair of truth.json."""
    keys = pair.get("keys") or {}
    for title, url in _with_urls(pair["added"], keys.get("added", ())):
        yield Fact("added", None, title, url)
    for title, url in _with_urls(pair["removed"], keys.get("removed", ())):
        yield Fact("removed", title, None, url)
    for before, after in pair["edited"]:
        yield Fact("edited", _without_field_name(before), after)
    for before, after in (pair.get("header") or {}).values():
        yield from _header_facts(before, after)


def judge(facts: Sequence[Fact], comparison: Comparison) -> tuple[list[tuple[Fact, Outcome]], list[str]]:
    """Each fact with what became of it, and the notable or alert changes that answer to none, as lines."""
    changes = list(comparison.changes)
    used: set[int] = set()
    answered: set[int] = set()
    judged = []
    for fact in facts:
        number = next((n for n, change in enumerate(changes) if n not in used and _tells(change, fact)), None)
        if number is not None:
            answered.add(number)
            if changes[number].kind.value.split(".")[0] not in _WHOLE_TEXTS:
                used.add(number)
        judged.append((fact, Outcome.FOUND if number is not None else _otherwise(fact, changes, answered)))
    strays = [_line(each) for n, each in enumerate(changes) if each.is_finding and n not in answered]
    return judged, strays


def _with_urls(titles: Sequence[str], urls: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    known = urls if len(urls) == len(titles) and all("//" in url for url in urls) else [None] * len(titles)
    return zip(titles, known, strict=True)


def _without_field_name(text: str) -> str:
    """`teaser of "title": old` → `old`."""
    return re.sub(r'^\w+ of ".*?": ', "", text)


def _header_facts(before: Any, after: Any) -> Iterator[Fact]:  # noqa: ANN401 - values of a JSON file
    if isinstance(before, list) and isinstance(after, list):
        for one, other in zip(before, after, strict=False):
            if one != other:
                yield Fact("header", str(one), str(other))
    elif before is not None and after is not None:
        yield Fact("header", str(before), str(after))


def _tells(change: Change, fact: Fact) -> bool:
    """Whether this change says just this, under a kind of the right class."""
    before, after = _said(change.before), _said(change.after)
    sense = change.kind.value.split(".")[1]
    if fact.part == "added":
        return (
            (sense in _CAME or sense == "replaced") and _holds(after, fact.after) and _same_url(change.after, fact.url)
        )
    if fact.part == "removed":
        return (
            (sense in _WENT or sense == "replaced")
            and _holds(before, fact.before)
            and _same_url(change.before, fact.url)
        )
    return (
        change.before is not None
        and change.after is not None
        and _holds(before, fact.before)
        and _holds(after, fact.after)
    )


def _otherwise(fact: Fact, changes: Sequence[Change], answered: set[int]) -> Outcome:
    """Whether the fact is told all the same: an edit as one out and one in, an added line inside an edited text."""
    wanted = [(side, text) for side, text in (("before", fact.before), ("after", fact.after)) if text]
    places = [
        next(
            (n for n, each in enumerate(changes) if _holds(_said(getattr(each, side)), text) and _differs(each, text)),
            None,
        )
        for side, text in wanted
    ]
    found = [number for number in places if number is not None]
    answered.update(found)
    return Outcome.TOLD_OTHERWISE if len(found) == len(wanted) else Outcome.MISSED


def _differs(change: Change, text: str) -> bool:
    """Whether the text is part of what changed, and not merely stands in an edited paragraph."""
    marked = [span.text for span in change.spans if span.op != "equal"]
    return not marked or any(_holds([each], text) for each in marked)


def _said(side: Side | None) -> list[str]:
    if side is None:
        return []
    values = (side.text, side.title, side.teaser, side.url, side.date, side.time, side.value)
    return [str(value) for value in values if value is not None]


def _holds(texts: Sequence[str], wanted: str | None) -> bool:
    """Whether one of the texts contains the wanted one as whole words, or is contained in it."""
    if not wanted:
        return False
    inner = _words(wanted)
    return any(f" {inner} " in f" {outer} " or f" {outer} " in f" {inner} " for outer in map(_words, texts) if outer)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text)))


def _same_url(side: Side | None, url: str | None) -> bool:
    return side is None or side.url is None or url is None or _words(side.url).endswith(_words(url).split(" ", 1)[-1])


def _line(change: Change) -> str:
    sides = (side.text[:160] for side in (change.before, change.after) if side)
    return f"{change.kind.value} {change.subject[:80]!r}: {' → '.join(map(repr, sides))}"
