"""What is found, missed and made up on series of real captures: `python -m benchmarks.series FOLDER [--misses]`.

FOLDER holds a folder for each page: dated captures, and `truth.json` with what truly changed between some of them.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from benchmarks import timing
from benchmarks.truth import Fact, Outcome, facts_of, judge
from monitor.capture.from_file import load
from monitor.compare import compare
from monitor.errors import MonitorError
from monitor.model.comparison import Comparison, Verdict
from monitor.model.reading import Reading
from monitor.read import read

PARTS = ("added", "removed", "edited", "header")
_HIDDEN = ("SOURCE.md", "README.md")


@dataclass(slots=True, kw_only=True)
class Score:
    """What became of one series' facts. `misses` are lines for a person."""

    found: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PARTS, 0))
    told_otherwise: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PARTS, 0))
    missed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PARTS, 0))
    stray: int = 0
    bad: int = 0
    bad_flagged: int = 0
    good_flagged: int = 0
    quiet: int = 0
    quiet_kept: int = 0
    neighbours: int = 0
    crashed: int = 0
    misses: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.series", description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--misses", action="store_true", help="list each miss and each stray finding with both sides")
    parser.add_argument("--only", metavar="NAME", help="the series whose names contain NAME")
    asked = parser.parse_args(arguments)
    scores = {name: _score(os.path.join(asked.folder, name)) for name in _series(asked.folder, asked.only or "")}
    print(f"## Real pages: what is found and what is missed\n\n{timing.setting('selectolax', 'rapidfuzz')}\n")
    print(_table(scores))
    print(
        "\nfound / all facts; + n: told as another kind. stray: notable or alert changes that answer to no fact, the "
        "cells of tables left out. bad: bad captures called suspect / all, + n good ones called so. quiet: pairs in "
        "which nothing happened and nothing was reported / all. pairs: neighbouring captures compared, and crashes."
    )
    if asked.misses:
        for name, score in scores.items():
            print(f"\n### {name}\n", *(f"- {line}" for line in score.misses), sep="\n")


def _series(folder: str, part: str) -> list[str]:
    return sorted(
        name for name in os.listdir(folder) if part in name and os.path.exists(os.path.join(folder, name, "truth.json"))
    )


def _score(folder: str) -> Score:
    with open(os.path.join(folder, "truth.json"), encoding="utf-8") as file:
        truth: dict[str, Any] = json.load(file)
    score = Score()
    readings = dict(_readings(folder, score))
    _score_captures(truth, readings, score)
    _score_neighbours(readings, score)
    for pair in truth["pairs"]:
        if pair["a"] in readings and pair["b"] in readings:
            _score_pair(pair, compare(readings[pair["a"]], readings[pair["b"]]), score)
    return score


def _readings(folder: str, score: Score) -> Iterator[tuple[str, Reading]]:
    for name in sorted(os.listdir(folder)):
        if name in _HIDDEN or name.endswith(".json"):
            continue
        try:
            yield name, read(load(os.path.join(folder, name)))
        except MonitorError as error:
            score.misses.append(f"not read: {error}")
        except Exception as error:  # noqa: BLE001 - a crash is a result of the measurement
            score.crashed += 1
            score.misses.append(f"crash in reading {name}: {type(error).__name__}: {error}")


def _score_captures(truth: dict[str, Any], readings: dict[str, Reading], score: Score) -> None:
    bad = set(truth.get("suspect_captures", ()))
    flagged = {name for name, reading in readings.items() if reading.suspicions}
    score.bad, score.bad_flagged, score.good_flagged = len(bad), len(bad & flagged), len(flagged - bad)
    score.misses += [f"not called suspect: {name}" for name in sorted(bad - flagged)]
    score.misses += [f"called suspect: {name}: {readings[name].suspicions[0].reason}" for name in sorted(flagged - bad)]


def _score_neighbours(readings: dict[str, Reading], score: Score) -> None:
    names = list(readings)
    for before, after in pairwise(names):
        score.neighbours += 1
        try:
            compare(readings[before], readings[after])
        except Exception as error:  # noqa: BLE001 - a crash is a result of the measurement
            score.crashed += 1
            score.misses.append(f"crash in comparing {before} with {after}: {type(error).__name__}: {error}")


def _score_pair(pair: dict[str, Any], comparison: Comparison, score: Score) -> None:
    where = f"{pair['a']} → {pair['b']}"
    facts = list(facts_of(pair))
    judged, strays = judge(facts, comparison)
    for fact, outcome in judged:
        tally = {Outcome.FOUND: score.found, Outcome.TOLD_OTHERWISE: score.told_otherwise, Outcome.MISSED: score.missed}
        tally[outcome][fact.part] += 1
        if outcome is not Outcome.FOUND:
            score.misses.append(f"{where}: {outcome.value}, {fact.part}: {_sides(fact)}")
    if pair.get("bad_capture"):
        return
    score.stray += len(strays)
    score.misses += [f"{where}: stray {stray}" for stray in strays]
    if all(fact.part == "header" for fact in facts):
        score.quiet += 1
        score.quiet_kept += not strays and comparison.verdict is not Verdict.SUSPECT


def _sides(fact: Fact) -> str:
    return " → ".join(repr(side[:200]) for side in (fact.before, fact.after) if side is not None)


def _table(scores: dict[str, Score]) -> str:
    return timing.table(
        ("series", *PARTS, "stray", "bad", "quiet", "pairs"), [_row(name, score) for name, score in scores.items()]
    )


def _row(name: str, score: Score) -> tuple[str, ...]:
    cells = []
    for part in PARTS:
        found, otherwise = score.found[part], score.told_otherwise[part]
        total = found + otherwise + score.missed[part]
        cells.append(f"{found}/{total}{f' + {otherwise}' if otherwise else ''}" if total else "")
    bad = f"{score.bad_flagged}/{score.bad}{f' + {score.good_flagged}' if score.good_flagged else ''}"
    crashed = f", {score.crashed} crashed" if score.crashed else ""
    return (name, *cells, str(score.stray), bad, f"{score.quiet_kept}/{score.quiet}", f"{score.neighbours}{crashed}")


if __name__ == "__main__":
    main()
