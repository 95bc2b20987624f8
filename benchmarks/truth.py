"""What truly changed between two captures, and a comparison of them → which facts were found, and what was made up."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from enum import Enum
from itertools import chain
from typing import Any, NamedTuple

from benchmarks.lines import borne_out, holds, is_listed, less_kept, words as _words
from monitor.model.change import Change, Side
from monitor.model.comparison import Comparison

_CAME = {"published", "backdated", "backfilled", "added", "returned", "appeared"}
_WENT = {"withdrawn", "aged_off", "removed", "vanished"}
_UNLISTED = "figure."  # the cells of tables, which truth.json does not list one by one
_WHOLE_TEXTS = {"text", "lead", "list", "field"}  # kinds that may tell several lines of the truth in one change


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
    added = (Fact("added", None, title, url) for title, url in _with_urls(pair["added"], keys.get("added", ())))
    removed = (Fact("removed", title, None, url) for title, url in _with_urls(pair["removed"], keys.get("removed", ())))
    edited = (Fact("edited", *map(_without_field_name, sides)) for sides in pair["edited"])
    header = (fact for sides in (pair.get("header") or {}).values() for fact in _header_facts(*sides))
    yield from chain(added, removed, edited, header)


def judge(facts: Sequence[Fact], comparison: Comparison) -> tuple[list[tuple[Fact, Outcome]], list[str]]:
    """Each fact with what became of it, and the notable or alert changes that answer to none, as lines.

    A change of a kind that the truth does not list to its end answers to what it left out.
    """
    changes = list(comparison.changes)
    used: set[int] = set()
    judged = []
    for fact in borne_out(facts, comparison):
        number = next(_telling(fact, changes, used), None)
        if number is None:
            number = next(_telling(less_kept(fact, comparison), changes, used), None)
        if number is not None and changes[number].kind.value.split(".")[0] not in _WHOLE_TEXTS:
            used.add(number)
        judged.append((fact, Outcome.FOUND if number is not None else _otherwise(fact, changes)))
    findings = [each for each in changes if each.is_finding and not each.kind.value.startswith(_UNLISTED)]
    strays = [each for each in findings if not any(_touches(each, fact) for fact in facts)]
    return judged, [_line(each) for each in strays if is_listed(_part(each), facts)]


def _telling(fact: Fact, changes: Sequence[Change], used: Collection[int]) -> Iterator[int]:
    return (number for number, change in enumerate(changes) if number not in used and _tells(change, fact))


def _part(change: Change) -> str:
    sense = change.kind.value.split(".")[1]
    return "added" if sense in _CAME else "removed" if sense in _WENT else "edited"


def claims(facts: Sequence[Fact], comparison: Comparison) -> Iterator[tuple[str, bool]]:
    """Each change that says an item came or went, routine ones too, as a line, and whether a fact bears it out."""
    for change in comparison.changes:
        noun, sense = change.kind.value.split(".")
        part = "added" if sense in _CAME else "removed" if sense in _WENT else None
        if noun == "item" and part:
            side = "after" if part == "added" else "before"
            yield _line(change), any(fact.part == part and _has(change, side, fact) for fact in facts)


def _with_urls(titles: Sequence[str], urls: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    known = urls if len(urls) == len(titles) and all("//" in url for url in urls) else [None] * len(titles)
    return zip(titles, known, strict=True)


def _without_field_name(text: str) -> str | None:
    """`teaser of "title": old` → `old`; None where nothing is left."""
    return re.sub(r'^\w+ of ".*?": ?', "", text) or None


def _header_facts(before: Any, after: Any) -> Iterator[Fact]:  # noqa: ANN401 - values of a JSON file
    if isinstance(before, list) and isinstance(after, list):
        for one, other in zip(before, after, strict=False):
            if one != other:
                yield Fact("header", str(one), str(other))
    elif before is not None and after is not None and not isinstance(before, int):
        # a number that is no text was counted by who compared the pages: no page says it
        yield Fact("header", str(before), str(after))


def _tells(change: Change, fact: Fact) -> bool:
    """Whether this change says just this, under a kind of the right class."""
    sense = change.kind.value.split(".")[1]
    if fact.part == "added":
        return ((sense in _CAME or sense == "replaced") and _has(change, "after", fact)) or _marks(change, fact)
    if fact.part == "removed":
        return ((sense in _WENT or sense == "replaced") and _has(change, "before", fact)) or _marks(change, fact)
    if change.before is None or change.after is None:
        return False
    return all(_has(change, side, fact) for side in ("before", "after") if getattr(fact, side) is not None)


def _marks(change: Change, fact: Fact) -> bool:
    """Whether a line came or went inside a paragraph that stayed."""
    is_text = change.kind.value in ("text.edited", "lead.edited")
    op = "insert" if fact.after else "delete"
    return is_text and _holds([span.text for span in change.spans if span.op == op], fact.after or fact.before)


def _otherwise(fact: Fact, changes: Sequence[Change]) -> Outcome:
    """Whether the fact is told all the same: an edit as one out and one in, an added line inside an edited text."""
    sides = [side for side in ("before", "after") if getattr(fact, side) is not None]
    is_told = all(
        any(_has(each, side, fact) and _differs(each, getattr(fact, side)) for each in changes) for side in sides
    )
    return Outcome.TOLD_OTHERWISE if is_told else Outcome.MISSED


def _touches(change: Change, fact: Fact) -> bool:
    return any(_has(change, side, fact) for side in ("before", "after"))


def _has(change: Change, side: str, fact: Fact) -> bool:
    """Whether this side of the change, or the heading it stands under, says what that side of the fact says."""
    said: Side | None = getattr(change, side)
    if said is None or not _same_url(said, fact.url):
        return False
    parts = (getattr(edit, side) for edit in change.edits)
    values = (
        said.text,
        said.title,
        said.teaser,
        said.url,
        said.date,
        said.time,
        said.value,
        said.label,
        change.place,
        *parts,
    )
    return _holds([str(value) for value in values if value is not None], getattr(fact, side))


def _differs(change: Change, text: str) -> bool:
    """Whether the text is part of what changed, and not merely stands in an edited paragraph."""
    marked = [span.text for span in change.spans if span.op != "equal"]
    return not marked or any(_holds([each], text) for each in marked)


def _holds(texts: Sequence[str], wanted: str | None) -> bool:
    """Whether one of the texts contains the wanted one as whole words, or is contained in it."""
    inner = _words(wanted or "")
    return any(holds(outer, inner) or holds(inner, outer) for outer in map(_words, texts))


def _same_url(side: Side, url: str | None) -> bool:
    return side.url is None or url is None or _words(side.url).endswith(_words(url).split(" ", 1)[-1])


def _line(change: Change) -> str:
    sides = (side.text[:160] for side in (change.before, change.after) if side)
    return f"{change.kind.value} {change.subject[:80]!r}: {' → '.join(map(repr, sides))}"
