"""Readings built by hand, for the tests of compare: as short as what they are about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from monitor.compare import compare
from monitor.compare.fold import fold
from monitor.model.change import Change, ChangeKind
from monitor.model.comparison import Check, Comparison
from monitor.model.reading import Counter, Item, ItemList, Lead, Reading, Section, Suspicion, When

JULY, AUGUST = "2020-07-04", "2020-08-03"


def when(text: str | None) -> When | None:
    """ "2020-07-04", "2020-07" or a page's "04.07.2020" as a date; "2 h" as hours ago; "14:30" as a bare time."""
    if text is None:
        return None
    if text.endswith((" h", " d")):
        number, unit = text.split()
        return When(text=f"{number} {unit} ago", ago=int(number) * (3600 if unit == "h" else 86400))
    if ":" in text:
        return When(text=text, clock=text)
    if "." in text:
        day, month, year = map(int, text.split("."))
        return When(text=text, year=year, month=month, day=day)
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    return When(text=text, year=year, month=month or None, day=day or None)


def item(title: str, dated: str | None = None, url: str | None = None, **more: Any) -> Item:
    return Item(title=title, date=when(dated), url=url, **more)


def dated(*entries: str) -> list[Item]:
    """ "05.07.2020 Title" each."""
    return [item(entry.partition(" ")[2], entry.partition(" ")[0]) for entry in entries]


def reading(
    items: Iterable[Item] | None = None,
    *,
    day: str | None = JULY,
    captured: str | None = None,
    lists: Sequence[ItemList] = (),
    sections: Sequence[tuple[str | None, Sequence[str]]] = (),
    suspect: str | None = None,
    **more: Any,
) -> Reading:
    """A page of that day with one list of `items`, or with `lists`."""
    if items is not None:
        lists = (ItemList(items=tuple(items)), *lists)
    built: dict[str, Any] = {
        "page_date": when(day),
        "captured_at": datetime.fromisoformat(captured).replace(tzinfo=UTC) if captured else None,
        "lists": tuple(lists),
        "sections": tuple(Section(heading=heading, paragraphs=tuple(texts)) for heading, texts in sections),
        "suspicions": (Suspicion(sign="truncated", reason=suspect),) if suspect else (),
    }
    said = _outline([*built.values(), *(each for pair in sorted(more.items()) for each in pair)])
    sha256 = hashlib.sha256(said.encode()).hexdigest()
    return Reading(source="page", sha256=sha256, size=len(said), media_type="text/html", **built, **more)


def _outline(value: object) -> str:
    """All that stands in a value, in its order; what is empty leaves no trace, and so no field that is new."""
    if isinstance(value, (tuple, list)):
        return f"({' '.join(filter(None, map(_outline, value)))})" if value else ""
    return "" if value is None else str(value)


def listed(*items: Item, heading: str | None = None) -> ItemList:
    return ItemList(items=items, heading=heading)


def days(value: int, label: str = "passed since the incident", direction: str = "up", unit: str = "day") -> Counter:
    return Counter(label=label, text=f"{value} {unit}s {label}", value=value, unit=unit, direction=direction)


def article(title: str, *paragraphs: str, dated: str | None = None, url: str | None = None) -> Lead:
    return Lead(title=title, date=when(dated), url=url, paragraphs=paragraphs)


def kinds(comparison: Comparison) -> list[str]:
    return sorted(change.kind.value for change in comparison.changes)


def story(comparison: Comparison, noun: str = "item") -> dict[str, str]:
    """What became of each subject, of one noun."""
    return {
        change.subject: change.kind.value.partition(".")[2]
        for change in comparison.changes
        if change.kind.value.startswith(f"{noun}.")
    }


def fates(before: Iterable[Item], after: Iterable[Item], **more: Any) -> dict[str, str]:
    """What became of each item of a page of 4 July, seen on 3 August."""
    return story(compare(reading(before, day=JULY), reading(after, day=AUGUST), **more))


def only(comparison: Comparison, kind: ChangeKind | str) -> Change:
    found = [change for change in comparison.changes if change.kind == kind]
    assert len(found) == 1, f"{len(found)} of {kind} in {kinds(comparison)}"
    return found[0]


def check(comparison: Comparison, name: str) -> Check:
    found = [each for each in comparison.checks if each.check == name]
    assert len(found) == 1, f"{len(found)} checks of {name}"
    return found[0]


def after_text(change: Change) -> str:
    return fold("".join(span.text for span in change.spans if span.op != "delete"))


def before_text(change: Change) -> str:
    return fold("".join(span.text for span in change.spans if span.op != "insert"))


def day(text: str) -> date:
    return date.fromisoformat(text)
