"""Group of an outline → what the page shows of it: a line for each entry, and both sides of it to be opened.

A line that shows its marks itself has its sides closed: nothing is told twice unasked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from monitor.model.change import Change, ChangeKind as Kind, Edit, Side, Significance, Span
from monitor.model.comparison import Check, CheckVerdict, Comparison
from monitor.report.columns import clipped
from monitor.report.detail import (
    Detail,
    details,
    difference,
    headline,
    is_labelled,
    is_plain,
    plain,
    shortened,
    shown_of,
)
from monitor.report.edits import edits, part_called
from monitor.report.layout import TONES
from monitor.report.neutral import neutral, safe_url
from monitor.report.outline import Entry, Group
from monitor.report.wording import dates, sides

MOST_ENTRIES = 100  # of one kind: with both sides of each, a kind stays near 100 KB and opens at once on a phone
_MOST_TOLD = 3  # parts of an entry on its closed row
_MOST_OPEN = 5  # edits and checks are opened where they are few: their marks are what one came to read
_LONGEST_HEADLINE = 400  # characters of a paragraph that stands as its own headline
_SHORT = 60  # characters of both sides together
_LONGEST_TEXT = 2_000  # characters of a text told in full; what is longer is told to be cut
_BOTH = {
    Kind.LIST_REPLACED: "What stood in the list, and what stands there now",
    Kind.LEAD_REPLACED: "The article that stood there, and the one that stands there now",
}  # where the group's head has already said what it is about
_VERDICTS = {
    CheckVerdict.CONSISTENT: ("=", "holds", "same"),
    CheckVerdict.INCONSISTENT: ("!", "does not hold", "odd"),
    CheckVerdict.UNDECIDED: ("?", "undecided", "open"),
}


class Panel(NamedTuple):
    """One side of an entry: the snapshot's day and labelled rows of words."""

    day: str
    rows: tuple[Detail, ...]
    url: str | None


def card(group: Group, comparison: Comparison) -> Mapping[str, object]:
    """A group's head and its entries."""
    shown = shown_of(group) if group.is_mass or group.is_aside else group.entries[:MOST_ENTRIES]
    rest = group.entries[len(shown) :]
    folded = rest if _is_alert(group) else ()
    return {
        "id": anchor(group),
        "label": f"{group.label} alike" if group.is_mass else group.label,
        "sign": group.sign,
        "tone": TONES[group.sign],
        "count": len(group.entries),
        "reason": clipped(group.reason or ""),
        "has_dates": any(entry.dated for entry in shown),
        "entries": [_entry(entry, group, comparison) for entry in shown],
        "folded": [_folded(entry) for entry in folded],
        "left": len(rest) - len(folded),
    }


def _is_alert(group: Group) -> bool:
    change = group.entries[0].change
    return not group.is_aside and (change is None or change.significance is Significance.ALERT)


def anchor(group: Group) -> str:
    """A group's name in links: its kind, and what parts it from others of that: a mass's number, a reader's rule."""
    change = group.entries[0].change
    parting = "\n".join(filter(None, (change.group if group.is_mass else None, change.raised_by))) if change else ""
    suffix = "-" + hashlib.sha256(parting.encode()).hexdigest()[:8] if parting else ""
    gravity = change.significance.value if change else "check"
    return f"{gravity}-{group.kind.replace('.', '-').replace('_', '-')}{suffix}"


def claim(check: Check) -> Mapping[str, object]:
    """A check: what was expected, what was found, and whether that holds."""
    sign, verdict, tone = _VERDICTS[check.verdict]
    found = check.found or ""
    is_found = check.verdict is CheckVerdict.CONSISTENT and check.expected == check.found
    return {
        "name": check.check,
        "subject": neutral(clipped(check.subject)),
        "sign": sign,
        "tone": tone,
        "verdict": f"{verdict}, as before" if check.is_standing else verdict,
        "is_good": check.verdict is CheckVerdict.CONSISTENT,
        "expected": "" if is_found else neutral(clipped(dates.from_iso(check.expected or ""))),
        "found": "" if is_found and found in check.reason else neutral(clipped(dates.from_iso(found))),
        "reason": neutral(clipped(check.reason)).strip().rstrip("."),
    }


def _entry(entry: Entry, group: Group, comparison: Comparison) -> Mapping[str, object]:
    line, is_told = _line(entry)
    has_more = bool(details(entry)) and not is_told
    is_open = has_more and len(group.entries) <= _MOST_OPEN and not group.is_aside
    return {
        "dated": entry.dated,
        "headline": _limited(line, _LONGEST_HEADLINE),
        "is_open": is_open,
        "excerpt": () if is_told or is_open else _excerpt(entry),
        "reason": clipped(entry.remark or ""),
        "is_text": entry.change is not None and entry.change.kind.value.startswith("text."),
        "panels": _panels(entry.change, comparison) if entry.change else (),
        "check": claim(entry.check) if entry.check else None,
    }


def _folded(entry: Entry) -> Mapping[str, object]:
    """One of many alerts: a line, so that none is passed over and ten thousand still open."""
    line, _ = _line(entry)
    return {"dated": entry.dated, "headline": _limited(line, _LONGEST_HEADLINE), "reason": clipped(entry.remark or "")}


def _excerpt(entry: Entry) -> tuple[Detail, ...]:
    """What a closed row shows of what it holds: the first touched parts, with a few words around each mark."""
    touched = [Detail(clipped(detail.label), shortened(detail.spans)) for detail in details(entry)]
    return tuple(detail for detail in touched if not is_plain(detail.spans) or _length(detail) <= _SHORT)[:_MOST_TOLD]


def _length(detail: Detail) -> int:
    return sum(len(span.text) for span in detail.spans)


def _line(entry: Entry) -> tuple[Sequence[Span], bool]:
    """What stands on the entry's own line, and whether that is all of it: a label's says what it was and is."""
    change, spans = entry.change, headline(entry)
    if change is not None and is_labelled(change):
        told = [edit for edit in edits(change) if edit.part in ("text", "value")]
        if spans and len(told) == len(edits(change)) == 1 and _marked(told[0]):
            by = difference(change).strip()
            label = plain(f"{' '.join(span.text for span in spans).rstrip(': ')}:")
            return (*label, *_marked(told[0]), *(plain(by) if by else ())), entry.check is None
    both = _BOTH.get(change.kind) if change else None
    return spans or plain(both or entry.title), False


def _marked(edit: Edit) -> tuple[Span, ...]:
    """The marks of an edit; of one without, the whole of both sides, where they are as short as a number or a date."""
    whole = (("delete", edit.before), ("insert", edit.after))
    is_short = sum(len(text or "") for _, text in whole) <= _SHORT
    return edit.spans or (tuple(Span(op=op, text=text) for op, text in whole if text) if is_short else ())


def _panels(change: Change, comparison: Comparison) -> tuple[Panel, ...]:
    """Both sides, or the one there is; none where both say the same, and that is told already."""
    told = edits(change)
    if change.before and change.after and not told and change.before.text == change.after.text:
        return ()
    first, last = sides.days_of(comparison)
    pairs = ((change.before, first, "insert"), (change.after, last, "delete"))
    return tuple(
        Panel(day, tuple(_rows(side, told, hidden)), safe_url(side.url)) for side, day, hidden in pairs if side
    )


def _rows(side: Side, told: Sequence[Edit], hidden: str) -> Iterator[Detail]:
    """What one side says: its part of each edit, else its title or text, its teaser and other values."""
    for edit in told:
        if edit.part == "url" and safe_url(side.url):
            continue  # it stands below, to be followed
        words = tuple(span for span in _marked(edit) if span.op != hidden)
        text = (edit.before if hidden == "insert" else edit.after) or "–"
        yield Detail("" if edit.part == "text" else clipped(part_called(edit.part)), _limited(words or plain(text)))
    if not told:
        yield Detail("", _limited(plain(neutral(side.title or side.text))))
        if side.teaser:
            yield Detail("text", _limited(plain(neutral(side.teaser))))
        for label, value in side.values:
            yield Detail(neutral(clipped(label)), _limited(plain(neutral(value))))


def _limited(spans: Sequence[Span], room: int = _LONGEST_TEXT) -> tuple[Span, ...]:
    """The words up to a length that a browser lays out at once; the cut is told."""
    kept: list[Span] = []
    for span in spans:
        if room <= 0:
            kept.append(Span(op="equal", text="…"))
            break
        kept.append(span if len(span.text) <= room else Span(op=span.op, text=span.text[:room] + "…"))
        room -= len(span.text)
    return tuple(kept)
