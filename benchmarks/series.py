"""A folder of series of real captures, with what truly changed in them → what was found, missed and made up.

FOLDER holds a folder for each page: dated captures, and `truth.json` with what truly changed between some of them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from benchmarks.tally import Tally
from benchmarks.truth import Fact, Outcome, claims, facts_of, judge
from monitor.capture.from_file import load
from monitor.compare import compare
from monitor.errors import MonitorError
from monitor.model.comparison import Comparison, Verdict
from monitor.model.reading import Reading
from monitor.read import read

# No title is as long: a page whose truth holds such a text is told line by line, as a policy or an advice page is.
_LONGEST_TITLE = 250
_HIDDEN = ("SOURCE.md", "README.md")


def names(folder: str, part: str = "") -> list[str]:
    """The series in a folder whose names contain `part`."""
    return sorted(
        name for name in os.listdir(folder) if part in name and os.path.exists(os.path.join(folder, name, "truth.json"))
    )


def score(folder: str) -> Tally:
    """What became of one series' facts."""
    with open(os.path.join(folder, "truth.json"), encoding="utf-8") as file:
        truth: dict[str, Any] = json.load(file)
    tally = Tally()
    readings = dict(_readings(folder, tally))
    _score_captures(truth, readings, tally)
    _score_neighbours(readings, tally)
    of_lines = is_of_lines(truth)
    for pair in truth["pairs"]:
        if pair["a"] in readings and pair["b"] in readings:
            _score_pair(pair, compare(readings[pair["a"]], readings[pair["b"]]), tally, of_lines=of_lines)
    return tally


def is_of_lines(truth: dict[str, Any]) -> bool:
    """Whether the facts are lines of visible text, and not items: `"form": "lines"` says so, or their length."""
    texts = (text for pair in truth["pairs"] for part in ("added", "removed") for text in pair[part])
    return truth.get("form") == "lines" or any(len(text) > _LONGEST_TITLE for text in texts)


def captures(folder: str) -> list[str]:
    """The names of the captures in a series' folder, oldest first."""
    return sorted(name for name in os.listdir(folder) if name not in _HIDDEN and not name.endswith(".json"))


def _readings(folder: str, tally: Tally) -> Iterator[tuple[str, Reading]]:
    for name in captures(folder):
        try:
            yield name, read(load(os.path.join(folder, name)))
        except MonitorError as error:
            tally.misses.append(f"not read: {error}")
        except Exception as error:  # noqa: BLE001 - a crash is a result of the measurement
            tally.count("crashed")
            tally.misses.append(f"crash in reading {name}: {type(error).__name__}: {error}")


def _score_captures(truth: dict[str, Any], readings: dict[str, Reading], tally: Tally) -> None:
    bad = set(truth.get("suspect_captures", ()))
    flagged = {name for name, reading in readings.items() if reading.suspicions}
    tally.count("suspect", len(bad))
    tally.count("suspect flagged", len(bad & flagged))
    tally.count("falsely suspect", len(flagged - bad))
    tally.misses += [f"not called suspect: {name}" for name in sorted(bad - flagged)]
    tally.misses += [f"called suspect: {name}: {readings[name].suspicions[0].reason}" for name in sorted(flagged - bad)]


def _score_neighbours(readings: dict[str, Reading], tally: Tally) -> None:
    for before, after in pairwise(readings):
        tally.count("pairs")
        try:
            compare(readings[before], readings[after])
        except Exception as error:  # noqa: BLE001 - a crash is a result of the measurement
            tally.count("crashed")
            tally.misses.append(f"crash in comparing {before} with {after}: {type(error).__name__}: {error}")


def _score_pair(pair: dict[str, Any], comparison: Comparison, tally: Tally, *, of_lines: bool) -> None:
    where = f"{pair['a']} → {pair['b']}"
    facts = list(facts_of(pair))
    judged, strays = judge(facts, comparison)
    for fact, outcome in judged:
        _score_fact(fact, outcome, tally, of_lines=of_lines)
        if outcome is not Outcome.FOUND:
            tally.misses.append(f"{where}: {outcome.value}, {fact.part}: {_sides(fact)}")
    if pair.get("bad_capture"):
        return
    if not of_lines:
        _score_claims(where, facts, comparison, tally)
    tally.count("stray", len(strays))
    tally.misses += [f"{where}: stray {stray}" for stray in strays]
    if all(fact.part == "header" for fact in facts):
        is_kept = not strays and comparison.verdict is not Verdict.SUSPECT
        tally.count("quiet")
        tally.count("quiet kept", is_kept)


def _score_fact(fact: Fact, outcome: Outcome, tally: Tally, *, of_lines: bool) -> None:
    """A line counts as found where the change is told at all, whether as an edit or as one out and one in."""
    part = fact.part if fact.part == "header" else "lines" if of_lines else fact.part
    part = "items" if part in ("added", "removed") else "edits" if part == "edited" else part
    tally.count(part)
    tally.count(f"{part} found", outcome is Outcome.FOUND or (part == "lines" and outcome is Outcome.TOLD_OTHERWISE))


def _score_claims(where: str, facts: Sequence[Fact], comparison: Comparison, tally: Tally) -> None:
    for line, is_right in claims(facts, comparison):
        tally.count("claimed")
        tally.count("claimed right", is_right)
        if not is_right:
            tally.misses.append(f"{where}: wrongly told, {line}")


def _sides(fact: Fact) -> str:
    return " → ".join(repr(side[:200]) for side in (fact.before, fact.after) if side is not None)


if __name__ == "__main__":
    import sys

    from benchmarks.correctness import main

    sys.exit(main())
