"""What is found, missed and made up, held against a baseline: `python -m benchmarks.correctness [FOLDER] [--misses]`.

Without FOLDER on the labelled cases of the test suite alone; with it on a folder of series of real captures too.
Ends with status 1 where a score is worse than the baseline has it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence

from benchmarks import labelled, series, timing
from benchmarks.tally import HEAD, Tally, fallen, total

BASELINE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "baseline.json")
CASES = "labelled cases"

_KEY = """\
items: added and removed; P: of those told, aged off ones too, how many are so; R: of those that came and went, how many
are told. A title counts as found where one contains the other as whole words. edits, header, lines: found / all; lines
are those of pages whose truth is their text, told in whatever way. stray: notable or alert changes that answer to no
fact, the cells of tables left out. quiet: pairs in which nothing was added, removed or edited, and nothing was told /
all. suspect: bad captures called so / all, + n good ones called so. pairs: compared without a crash."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The status to end with: 1 where a score fell."""
    asked = _parser().parse_args(arguments)
    tallies = {CASES: labelled.score()} | {
        name: series.score(os.path.join(asked.folder, name))
        for name in (series.names(asked.folder, asked.only) if asked.folder else ())
    }
    print(f"## Correctness: what is found and what is missed\n\n{timing.setting('selectolax', 'rapidfuzz')}\n")
    print(_table(tallies), f"\n\n{_KEY}", sep="")
    if asked.misses:
        _print_misses(tallies)
    scores = {name: tally.scores() for name, tally in tallies.items()}
    if asked.renew_baseline:
        _renew(scores, asked.baseline)
        return 0
    return _hold_against(scores, _pinned(asked.baseline))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.correctness", description=__doc__)
    parser.add_argument("folder", nargs="?", help="series of dated captures, a folder each with its truth.json")
    parser.add_argument("--misses", action="store_true", help="list each miss and each stray finding with both sides")
    parser.add_argument("--only", metavar="NAME", default="", help="the series whose names contain NAME")
    parser.add_argument("--renew-baseline", action="store_true", help="write what was measured into the baseline")
    parser.add_argument("--baseline", metavar="FILE", default=BASELINE, help="another baseline than the one kept here")
    return parser


def _table(tallies: Mapping[str, Tally]) -> str:
    rows = [tally.row(name) for name, tally in tallies.items()]
    pages = {name: tally for name, tally in tallies.items() if name != CASES}
    return timing.table(HEAD, [*rows, total(pages).row("all series")] if pages else rows)


def _print_misses(tallies: Mapping[str, Tally]) -> None:
    for name, tally in tallies.items():
        if tally.misses:
            print(f"\n### {name}\n", *(f"- {line}" for line in tally.misses), sep="\n")


def _pinned(baseline: str) -> dict[str, dict[str, float]]:
    with open(baseline, encoding="utf-8") as file:
        pinned: dict[str, dict[str, float]] = json.load(file)
    return pinned


def _renew(scores: Mapping[str, Mapping[str, float]], baseline: str) -> None:
    """Pages that were not measured keep their scores."""
    known = _pinned(baseline) if os.path.exists(baseline) else {}
    with open(baseline, "w", encoding="utf-8") as file:
        json.dump({**known, **scores}, file, indent=1, sort_keys=True)
        file.write("\n")


def _hold_against(scores: Mapping[str, Mapping[str, float]], pinned: Mapping[str, Mapping[str, float]]) -> int:
    worse = sorted(fallen(scores, pinned))
    for line in worse:
        print(f"below the baseline: {line}", file=sys.stderr)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
