"""Comparison → the outline of a report: what is told, in which order, under which head. Same for every format.

Gravity first, then news, then faults that stood before, then what went as it should, then the limits. A kind is told
once, with what its reasons have in common; a change and the check that says the same are one entry. Every text in an
outline is neutral; nothing is cut here, for each format has its own room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from monitor.model.change import Change, ChangeKind as Kind, Significance
from monitor.model.comparison import Check, CheckVerdict, Comparison
from monitor.model.reading import Item, Lead, Reading, When
from monitor.report.columns import clipped
from monitor.report.neutral import neutral
from monitor.report.wording import dates, opening, sides
from monitor.report.wording.around import is_around
from monitor.report.wording.counts import count_in_a_line
from monitor.report.wording.expected import expected, stayed
from monitor.report.wording.kinds import CHECKS, ODD, RAISED_BY, WORDS
from monitor.report.wording.quotes import quoted
from monitor.report.wording.told import check_of, is_told_by_a_change


class Entry(NamedTuple):
    """One finding. `dated` is its date as the page writes it, `remark` what its group's reason does not say.

    `beside` is what is to be told of it whatever its marks say: its course, a note. `report` is the file of the report
    that has what is gone, where there is one: its own address may answer no more.
    """

    title: str
    reason: str
    dated: str | None = None
    remark: str | None = None
    change: Change | None = None
    check: Check | None = None
    beside: str | None = None
    report: str | None = None


class Group(NamedTuple):
    """Findings told under one head. `kind` is a change's kind or "check.clock" and the like; `reason` what they share.

    `is_mass`: one and the same change in many places, told once. `is_aside`: in menus and footer, told in brief.
    """

    kind: str
    label: str
    sign: str
    entries: tuple[Entry, ...]
    reason: str | None = None
    is_mass: bool = False
    is_aside: bool = False


class Outline(NamedTuple):
    """A report before it has a form. `held` is how many things are as expected: moved on as they should, or stayed."""

    head: str
    opening: str
    alerts: tuple[Group, ...]
    news: tuple[Group, ...]
    standing: tuple[Group, ...]
    aside: tuple[Group, ...]
    expected: tuple[str, ...]
    checks: tuple[Check, ...]
    limits: tuple[str, ...]
    held: int = 0


def outline(comparison: Comparison) -> Outline:
    """What a report on this comparison tells."""
    groups = list(_groups(comparison))
    checks = tuple(check for check in comparison.checks if _is_asked(check, comparison))
    faults = [
        check
        for check in checks
        if check.verdict is CheckVerdict.INCONSISTENT and not is_told_by_a_change(check, comparison)
    ]
    return Outline(
        head=sides.head(comparison),
        opening=opening(comparison),
        alerts=(
            *(group for significance, group in groups if significance is Significance.ALERT),
            *_faults([check for check in faults if not check.is_standing]),
        ),
        news=tuple(group for significance, group in groups if significance is Significance.NOTABLE),
        standing=tuple(_faults([check for check in faults if check.is_standing])),
        aside=tuple(_asides(comparison)),
        expected=tuple(neutral(clipped(each)) for each in expected(comparison)),
        checks=checks,
        limits=tuple(map(clipped, dict.fromkeys(_limits(comparison, checks)))),
        held=sum(not change.is_finding and not is_around(change) for change in comparison.changes) + stayed(comparison),
    )


def _groups(comparison: Comparison) -> Iterator[tuple[Significance, Group]]:
    found: dict[tuple[Kind, Significance, str | None, str | None], list[Change]] = {}
    for change in comparison.changes:
        if change.is_finding:
            found.setdefault((change.kind, change.significance, change.group, change.raised_by), []).append(change)
    order = {kind: index for index, kind in enumerate(WORDS)}
    written = _dates_as_written(comparison) if any(key[0].value.startswith("item.") for key in found) else {}
    for kind, significance, mass, rule in sorted(found, key=lambda key: order[key[0]]):
        changes = found[kind, significance, mass, rule]
        entries = [_entry(change, comparison, written) for change in changes]
        yield significance, grouped(kind.value, WORDS[kind].label, WORDS[kind].sign, entries, is_mass=mass is not None)


def _asides(comparison: Comparison) -> Iterator[Group]:
    """What changed in menus and footer, word by word: no finding, and yet somebody may have done it."""
    found: dict[Kind, list[Entry]] = {}
    for change in filter(is_around, comparison.changes):
        found.setdefault(change.kind, []).append(Entry(title=_title(change), reason="", change=change))
    for kind, entries in found.items():
        words = WORDS[kind]
        label = words.label.replace("text", "line")
        yield Group(kind=kind.value, label=label, sign=words.sign, entries=tuple(entries), is_aside=True)


def grouped(kind: str, label: str, sign: str, entries: Sequence[Entry], *, is_mass: bool = False) -> Group:
    shared = _shared([[clause for clause in _clauses(entry) if not _is_shown(clause, entry)] for entry in entries])
    kept = tuple(_told_apart([_with_remark(entry, shared) for entry in entries]))
    return Group(kind=kind, label=label, sign=sign, entries=kept, reason="; ".join(shared) or None, is_mass=is_mass)


def _told_apart(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Items that came or went with one title and date are told apart by their teasers."""
    counts = Counter((entry.title, entry.dated) for entry in entries)
    for entry in entries:
        teaser = _teaser_of(entry.change) if counts[entry.title, entry.dated] > 1 else None
        remark = "; ".join(filter(None, (quoted(teaser) if teaser else None, entry.remark)))
        yield entry._replace(remark=remark or None)


def _teaser_of(change: Change | None) -> str | None:
    side = (change.after or change.before) if change and not (change.before and change.after) else None
    return side.teaser if side else None


def _entry(change: Change, comparison: Comparison, written: Mapping[str, Sequence[When]]) -> Entry:
    return Entry(
        title=_title(change),
        reason=_sentence(change.reason),
        dated=_dated(change, comparison, written),
        change=change,
        check=check_of(change, comparison),
    )


def _title(change: Change) -> str:
    """What the finding is about; a counter's whole sentence, for without its number it is none."""
    side = change.before or change.after
    return neutral(side.text if side and change.kind.value.startswith("counter.") else change.subject)


def _with_remark(entry: Entry, shared: Sequence[str]) -> Entry:
    left = [clause for clause in _clauses(entry) if clause not in shared and not _is_shown(clause, entry)]
    return entry._replace(remark="; ".join(left) or None)


def _shared(each_entrys: Sequence[Sequence[str]]) -> list[str]:
    """The clauses that all have."""
    return [clause for clause in each_entrys[0] if all(clause in clauses for clauses in each_entrys[1:])]


def _clauses(entry: Entry) -> list[str]:
    """Whose rule makes it an alert, the parts of the reason, where it stands: told once where it is the same for all.

    Findings that different rules raise are different groups, so that the rule stands at the head of each.
    """
    place, rule = (entry.change.place, entry.change.raised_by) if entry.change else (None, None)
    raised = [f"{RAISED_BY}{neutral(rule)}"] if rule else []
    under = [f"under {quoted(place)}"] if place and neutral(place) != entry.title else []
    return [*raised, *(clause for clause in entry.reason.split("; ") if clause), *under]


def _is_shown(clause: str, entry: Entry) -> bool:
    """Whether the date beside the title, or the marks of an edit, say what the clause says."""
    return entry.change is not None and clause in map(_sentence, entry.change.shown)


def _dated(change: Change, comparison: Comparison, written: Mapping[str, Sequence[When]]) -> str | None:
    """The item's date as its page writes it, else in words; of a redated one none, for its edit shows both."""
    side = change.after or change.before
    if change.kind in (Kind.ITEM_REDATED, Kind.LEAD_REPLACED) or side is None or side.date is None:
        return None
    today = (comparison.after if change.after else comparison.before).snapshot_day
    for when in written.get(side.title or "", ()):
        if when.iso(today) == side.date:
            return neutral(_written(when, side.date, is_gone=change.after is None))
    return dates.from_iso(side.date) if change.kind.value.startswith(("item.", "lead.")) else None


def _written(when: When, day: str, *, is_gone: bool) -> str:
    """As the page writes it; "2 days ago" of what is gone with the day meant, for the page tells it no more."""
    text = dates.as_read(when.text, day) or when.text
    return f"{text} ({dates.from_iso(day)})" if is_gone and when.ago is not None else text


def _dates_as_written(comparison: Comparison) -> dict[str, list[When]]:
    """The dates as both pages write them, by the titles of the items and leads that bear them."""
    written: dict[str, list[When]] = {}
    for item in _dated_items(comparison.after, comparison.before):
        if item.date:
            written.setdefault(item.title, []).append(item.date)
    return written


def _dated_items(*readings: Reading) -> Iterator[Item | Lead]:
    for reading in readings:
        if reading.lead:
            yield reading.lead
        for each in reading.lists:
            yield from each.items


def _faults(checks: Iterable[Check]) -> Iterator[Group]:
    by_check: dict[str, list[Entry]] = {}
    for check in checks:
        entry = Entry(title=neutral(check.subject), reason=_sentence(check.reason), check=check)
        by_check.setdefault(check.check, []).append(entry)
    for name, entries in by_check.items():
        yield grouped(f"check.{name}", CHECKS.get(name, name), ODD, entries)


def _limits(comparison: Comparison, checks: Sequence[Check]) -> Iterator[str]:
    """What could not be decided or read, and the checks that came to nothing, in sentences."""
    yield from map(_sentence, sides.limits(comparison))
    for check in checks:
        if check.verdict is CheckVerdict.UNDECIDED:
            subject = count_in_a_line(check.subject, comparison) if check.check == "counter" else check.subject
            yield f"{_sentence(subject)}: {_sentence(check.reason)}"


def _is_asked(check: Check, comparison: Comparison) -> bool:
    """That a page's date cannot be held against a capture whose time nobody gave is no news."""
    is_timeless = comparison.after.captured_at is None
    return not (is_timeless and check.check == "date" and check.verdict is CheckVerdict.UNDECIDED)


def _sentence(text: str) -> str:
    return neutral(text).strip().rstrip(".")
