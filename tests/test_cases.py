"""Pairs of captures, each named for what it claims: a page before, the page after, and what changed in between.

A case is a folder of `tests/cases`:

    before.html, after.html     the captures (.txt and .md too); a time in the name (`after.2024-03-05T0900Z.html`) is
                                when it was captured
    older-1.html, older-2.html  the page's history before `before`, oldest first, where the claim needs one
    expected.json               {"changes": [{"kind", "significance", "subject"}, …]} in any order: every finding, and
                                the routine changes the case is about; with "complete" all routine ones too. A subject
                                that no word of the page names is left out. Optional: "verdict", "elapsed_days",
                                "checks" ({"check", "subject", "verdict"})
    why.md                      what happened, and why the kind is right
    known-gap.md                only where the program does not do it yet: what is missing
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from monitor import compare, read
from monitor.capture.from_file import load
from monitor.model.change import Change, ChangeKind, Significance
from monitor.model.comparison import Comparison
from monitor.model.reading import Reading

CASES = Path(__file__).parent / "cases"
# Swapping the sides turns each of these into its counterpart's class; every other kind is its own.
MIRRORED = {
    **dict.fromkeys(("published", "backdated", "backfilled", "added", "returned"), "came"),
    **dict.fromkeys(("withdrawn", "aged_off", "removed", "vanished"), "went"),
    "appeared": "came",
    **dict.fromkeys(("drifted", "stalled", "reset"), "moved wrongly"),
}
OPPOSITE = {"came": "went", "went": "came"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    changes: tuple[tuple[str, str, str | None], ...]
    checks: tuple[tuple[str, str | None, str], ...] = ()
    verdict: str | None = None
    elapsed_days: int | None = None
    is_complete: bool = False
    keys: frozenset[str] = field(default_factory=frozenset)


def folders() -> list[Path]:
    return sorted(each for each in CASES.iterdir() if each.is_dir())


def cases() -> Iterator[object]:
    for folder in folders():
        gap = folder / "known-gap.md"
        reason = gap.read_text(encoding="utf-8").strip() if gap.exists() else ""
        marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
        yield pytest.param(folder, id=folder.name, marks=marks)


def captures(folder: Path, name: str) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.name.startswith(name))


@cache
def reading(path: Path) -> Reading:
    return read(load(str(path)))


def sides(folder: Path) -> tuple[Reading, Reading]:
    [before], [after] = captures(folder, "before."), captures(folder, "after.")
    return reading(before), reading(after)


def compared(folder: Path) -> Comparison:
    before, after = sides(folder)
    return compare(before, after, history=[reading(each) for each in captures(folder, "older-")])


def expected_of(folder: Path) -> Expected:
    told: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return Expected(
        changes=tuple((each["kind"], each["significance"], each.get("subject")) for each in told["changes"]),
        checks=tuple((each["check"], each.get("subject"), each["verdict"]) for each in told.get("checks", ())),
        verdict=told.get("verdict"),
        elapsed_days=told.get("elapsed_days"),
        is_complete=told.get("complete", False),
        keys=frozenset(told),
    )


def faults(expected: Expected, found: Comparison) -> Iterator[str]:
    """What is missing, what is too much, and which verdict, check or time is another."""
    left = list(found.changes)
    for wanted in sorted(expected.changes, key=lambda each: each[2] is None):
        match = next((change for change in left if is_as_expected(wanted, change)), None)
        if match is None:
            yield f"missing  {row(*wanted)}"
        else:
            left.remove(match)
    for change in left:
        if change.is_finding or expected.is_complete:
            yield f"too much {row(change.kind, change.significance.value, change.subject)}\n{'':9}{change.reason}"
    yield from check_faults(expected, found)
    if expected.verdict not in (None, found.verdict.value):
        yield f"verdict  {found.verdict.value}, not {expected.verdict}"
    if "elapsed_days" in expected.keys and found.elapsed_days != expected.elapsed_days:
        yield f"elapsed  {found.elapsed_days} days, not {expected.elapsed_days}"


def is_as_expected(wanted: tuple[str, str, str | None], change: Change) -> bool:
    kind, significance, subject = wanted
    return change.kind == kind and change.significance.value == significance and subject in (None, change.subject)


def check_faults(expected: Expected, found: Comparison) -> Iterator[str]:
    for name, subject, verdict in expected.checks:
        if not any(
            check.check == name and check.verdict.value == verdict and subject in (None, check.subject)
            for check in found.checks
        ):
            yield f"no check {name} {verdict}: {subject}"
    wanted = {(name, subject) for name, subject, _ in expected.checks}
    for check in found.checks:
        if check.is_finding and not {(check.check, check.subject), (check.check, None)} & wanted:
            yield f"too much {check.check} check inconsistent: {check.subject}\n{'':9}{check.reason}"


def row(kind: str, significance: str, subject: str | None) -> str:
    return f"{ChangeKind(kind).value:17} {significance:8} {subject or '(any)'}"


def mirror(changes: Iterable[Change], *, is_swapped: bool) -> Counter[tuple[str, str]]:
    """How often each subject stands in each class of kinds, of the swapped sides as if they were not."""
    classes: Counter[tuple[str, str]] = Counter()
    for change in changes:
        noun, _, verb = change.kind.partition(".")
        kind = MIRRORED.get(verb, verb)
        classes[f"{noun} {OPPOSITE.get(kind, kind) if is_swapped else kind}", change.subject] += 1
    return classes


@pytest.mark.parametrize("folder", list(cases()))
def test_case_is_told_as_expected(folder: Path) -> None:
    found = compared(folder)
    told = "\n".join(faults(expected_of(folder), found))
    assert not told, f"{(folder / 'why.md').read_text(encoding='utf-8').strip()}\n{told}"


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_swapping_the_sides_mirrors_the_kinds(folder: Path) -> None:
    before, after = sides(folder)
    forth = mirror(compare(before, after).changes, is_swapped=False)
    back = mirror(compare(after, before).changes, is_swapped=True)
    assert forth == back, f"only forth: {dict(forth - back)}\nonly back: {dict(back - forth)}"


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_capture_against_itself_says_nothing(folder: Path) -> None:
    for each in sides(folder):
        found = compare(each, each)
        assert [change for change in found.changes if change.kind is not ChangeKind.CAPTURE_SUSPECT] == []
        assert found.verdict.value == ("suspect" if each.suspicions else "identical")


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_a_case_says_what_it_is(folder: Path) -> None:
    expected = expected_of(folder)
    assert (folder / "why.md").read_text(encoding="utf-8").strip()
    for kind, significance, _ in expected.changes:
        assert ChangeKind(kind)
        assert Significance(significance)


def test_every_kind_of_change_has_a_case() -> None:
    told = {kind for folder in folders() for kind, _, _ in expected_of(folder).changes}
    assert {kind.value for kind in ChangeKind} - told == set()
