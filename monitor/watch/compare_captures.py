"""A page's captures in the store → what changed at each since the one before it, in short.

What the catalogue has is not compared again. As with files, the older captures are looked at only where there is a
finding: they can explain one, and make none.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from monitor.compare import compare
from monitor.model.change import Significance
from monitor.model.comparison import Comparison, Verdict
from monitor.model.page import Page
from monitor.model.reading import Reading
from monitor.model.snapshot import Capture
from monitor.report.wording import summary
from monitor.report.wording.told import is_told_by_a_change
from monitor.store.catalogue.compared import Basis, Compared, Finding
from monitor.store.catalogue.opened import Catalogue
from monitor.store.folder import Store
from monitor.watch.read_captures import Read, catalogue_of, read_with
from monitor.watch.read_history import MOST_READ
from monitor.watch.versions import comparer_version, rules_version

_READ_AHEAD = 16
_HASH_LENGTH = 16
_ID_LENGTH = 12  # hex digits: of a million findings two share one with a chance of 1 in 500


class Step(NamedTuple):
    """A capture, and what changed since the newest earlier one that can be read.

    `before` and `compared` are None at a page's first, and where `fault` says why the capture cannot be read.
    """

    capture: Capture
    before: Capture | None = None
    compared: Compared | None = None
    fault: str | None = None


class Steps(NamedTuple):
    """One step a capture, in order of time. `notices` are lines for the user about the catalogue."""

    steps: tuple[Step, ...]
    notices: tuple[str, ...] = ()


def compare_captures(store: Store, page: Page) -> Steps:
    """What changed at each of the page's captures. Raises StoreError where a newer version made the catalogue."""
    with catalogue_of(store) as catalogue:
        found = compare_with(catalogue, store, page)
        return Steps(found, tuple(catalogue.notices if catalogue else ()))


def compare_with(catalogue: Catalogue | None, store: Store, page: Page) -> tuple[Step, ...]:
    """The same with a catalogue that is open, or without one."""
    return tuple(_Line(catalogue, store, page).steps())


class _Line:
    """A page's captures in order of time, by their places there; read only where something has to be compared."""

    def __init__(self, catalogue: Catalogue | None, store: Store, page: Page) -> None:
        self._catalogue, self._store, self._page = catalogue, store, page
        self._captures = store.recorded(page.id)
        self._damaged = store.damaged(page.id)
        self._numbers = {each.capture.file: each.seq for each in catalogue.captures(page.id)} if catalogue else {}
        self._known = catalogue.comparisons(page.id) if catalogue else {}
        self._rules = f"{rules_version(page)} {page.url or ''}"
        self._read: dict[int, Read] = {}

    def steps(self) -> Iterator[Step]:
        """One step a capture."""
        for at in range(len(self._captures)):
            yield self._step(at)
            self._read = {place: read for place, read in self._read.items() if place >= at - MOST_READ}

    def _step(self, at: int) -> Step:
        """Compared with the newest earlier capture that can be read and is no suspect itself."""
        capture, suspect = self._captures[at], None
        if capture.file in self._damaged:
            return Step(capture, fault=self._damaged[capture.file])
        for before in reversed(range(at)):
            if self._captures[before].file in self._damaged:
                continue
            compared = self._kept(before, at)
            if compared is None:
                if fault := self._read_at(at).fault:
                    return Step(capture, fault=fault)
                compared = self._compared(before, at)
            if compared and not self._is_suspect_before(before, compared):
                return Step(capture, self._captures[before], compared)
            suspect = suspect or (Step(capture, self._captures[before], compared) if compared else None)
        return suspect or Step(capture)

    def _is_suspect_before(self, before: int, compared: Compared) -> bool:
        """Whether a comparison is suspect for its earlier side, which says nothing of the later one."""
        if compared.verdict != Verdict.SUSPECT.value:
            return False
        reading = self._read_at(before).reading
        return reading is not None and bool(reading.suspicions)

    def _kept(self, before: int, after: int) -> Compared | None:
        found = self._known.get(self._number(after))
        return found[1] if found and found[0] == self._basis(before) else None

    def _compared(self, before: int, after: int) -> Compared | None:
        """The comparison, put into the catalogue; None where the earlier capture cannot be read."""
        earlier, later = self._read_at(before).reading, self._read_at(after).reading
        if earlier is None or later is None:
            return None
        comparison = compare(earlier, later, page=self._page.id)
        if comparison.verdict not in (Verdict.IDENTICAL, Verdict.ROUTINE):
            comparison = compare(earlier, later, history=self._older(before), page=self._page.id)
        made = _in_short(comparison, (self._captures[before].file, self._captures[after].file))
        if self._catalogue:
            self._catalogue.keep_comparison(self._number(after), self._basis(before), made)
        return made

    def _older(self, before: int) -> list[Reading]:
        found = (self._read_at(place).reading for place in self._places_older(before))
        return [each for each in found if each]

    def _places_older(self, before: int) -> range:
        return range(max(0, before - MOST_READ), before)

    def _basis(self, before: int) -> Basis:
        files = [self._captures[place].file for place in self._places_older(before)]
        history = hashlib.sha256("\n".join(files).encode()).hexdigest()[:_HASH_LENGTH]
        return Basis(self._number(before), comparer_version(), self._rules, history)

    def _number(self, place: int) -> int:
        """The capture's number in the catalogue; 0, which none has, where it is not there."""
        return self._numbers.get(self._captures[place].file, 0)

    def _read_at(self, place: int) -> Read:
        """The capture read, and some behind it in the same go."""
        if place not in self._read:
            ahead = range(place, min(place + _READ_AHEAD, len(self._captures)))
            places = [each for each in ahead if each not in self._read]
            captures = [self._captures[each] for each in places]
            self._read.update(zip(places, read_with(self._catalogue, self._store, captures, self._page), strict=True))
        return self._read[place]


def _in_short(comparison: Comparison, files: tuple[str, str]) -> Compared:
    return Compared(
        verdict=comparison.verdict.value,
        elapsed_days=comparison.elapsed_days,
        counts=comparison.counts,
        summary=summary(comparison),
        findings=tuple(_findings(comparison, files)),
    )


def _findings(comparison: Comparison, files: tuple[str, str]) -> Iterator[Finding]:
    """Each with an id of its own, though two may be of one kind and subject."""
    seen: Counter[tuple[str, str]] = Counter()
    for kind, significance, subject, reason in _told(comparison):
        seen[kind, subject] += 1
        parts = (*files, kind, subject, seen[kind, subject])
        id_ = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:_ID_LENGTH]
        yield Finding(id_, kind, significance, subject, reason)


def _told(comparison: Comparison) -> Iterator[tuple[str, str, str, str]]:
    for change in comparison.changes:
        if change.is_finding:
            yield change.kind.value, change.significance.value, change.subject, change.reason
    for check in comparison.checks:
        if check.is_finding and not is_told_by_a_change(check, comparison):
            yield f"check.{check.check}", Significance.ALERT.value, check.subject, check.reason
