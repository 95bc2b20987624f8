"""The labelled cases of the test suite → what was found, missed and made up in them.

A case is a folder with `before.*`, `after.*`, perhaps `older-*`, and `expected.json`: {"changes": [{"kind",
"significance", "subject"}]}. A case with `known-gap.md` waits to be built and is left out.
"""

from __future__ import annotations

import json
import os
from typing import Any

from benchmarks.tally import Tally
from monitor.capture.from_file import load
from monitor.compare import compare
from monitor.model.change import Change
from monitor.model.comparison import Comparison
from monitor.read import read

CASES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "tests", "cases")
_EDITS = {"retitled", "redated", "relinked", "edited", "moved"}


def score(folder: str = CASES) -> Tally:
    """What became of the expected changes of all cases of a folder, as one page's."""
    tally = Tally()
    for name in sorted(os.listdir(folder)):
        case = os.path.join(folder, name)
        if os.path.isfile(os.path.join(case, "expected.json")) and not os.path.exists(
            os.path.join(case, "known-gap.md")
        ):
            _score_case(name, case, tally)
    return tally


def _score_case(name: str, folder: str, tally: Tally) -> None:
    with open(os.path.join(folder, "expected.json"), encoding="utf-8") as file:
        wanted: list[dict[str, Any]] = json.load(file)["changes"]
    tally.count("pairs")
    try:
        comparison = _compared(folder)
    except Exception as error:  # noqa: BLE001 - a crash is a result of the measurement
        tally.count("crashed")
        tally.misses.append(f"{name}: crash: {type(error).__name__}: {error}")
        return
    left = list(comparison.changes)
    for each in sorted(wanted, key=lambda each: "subject" not in each):
        match = next((change for change in left if _is_as_wanted(each, change)), None)
        _score_wanted(name, each, match, tally)
        if match:
            left.remove(match)
    strays = [change for change in left if change.is_finding]
    for change in strays:
        tally.count("claimed", _part(change.kind.value) == "items")
        tally.count("stray")
        tally.misses.append(f"{name}: stray {change.kind.value} {change.subject!r}: {_sides(change)}")
    if all(each["significance"] == "routine" for each in wanted):
        tally.count("quiet")
        tally.count("quiet kept", not strays)
    if any(change.kind.value == "capture.suspect" for change in strays):
        tally.count("falsely suspect")


def _compared(folder: str) -> Comparison:
    def readings(start: str) -> list[Any]:
        return [read(load(os.path.join(folder, each))) for each in sorted(os.listdir(folder)) if each.startswith(start)]

    return compare(readings("before.")[0], readings("after.")[0], history=readings("older-"))


def _score_wanted(name: str, wanted: dict[str, Any], match: Change | None, tally: Tally) -> None:
    part = _part(wanted["kind"])
    tally.count(part)
    tally.count("suspect flagged" if part == "suspect" else f"{part} found", match is not None)
    if match is None:
        tally.misses.append(f"{name}: missed {wanted['kind']} {wanted['significance']} {wanted.get('subject')!r}")
    elif part == "items":
        tally.count("claimed")
        tally.count("claimed right")


def _part(kind: str) -> str:
    """Where a kind of change is counted."""
    noun, sense = kind.split(".")
    if noun == "capture":
        return "suspect"
    if noun == "text":
        return "lines"
    if noun in ("item", "lead", "list"):
        return "edits" if sense in _EDITS else "items"
    return "header"


def _is_as_wanted(wanted: dict[str, Any], change: Change) -> bool:
    kind = (change.kind.value, change.significance.value)
    return kind == (wanted["kind"], wanted["significance"]) and wanted.get("subject") in (None, change.subject)


def _sides(change: Change) -> str:
    return " → ".join(repr(side.text[:160]) for side in (change.before, change.after) if side)
