"""What was found, missed and made up, counted → scores that can be held against a baseline, and a row of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

# What is counted, in pairs of what was found and of what there was; of the others fewer are better.
SHARES = {
    "precision": ("claimed right", "claimed"),
    "recall": ("items found", "items"),
    "edits": ("edits found", "edits"),
    "header": ("header found", "header"),
    "lines": ("lines found", "lines"),
    "quiet": ("quiet kept", "quiet"),
    "suspect": ("suspect flagged", "suspect"),
}
FAULTS = ("stray", "falsely suspect", "crashed")
HEAD = ("page", "items P", "R", "F1", "edits", "header", "lines", "stray", "quiet", "suspect", "pairs")


@dataclass(slots=True)
class Tally:
    """Counts by the names above and "pairs"; `misses` are lines for a person, each with both sides."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def count(self, what: str, number: int = 1) -> None:
        self.counts[what] += number

    def scores(self) -> dict[str, float]:
        """Shares from 0 to 1, rounded to four places, those of nothing left out; and the numbers of faults."""
        shares = {name: self.counts[part] / self.counts[of] for name, (part, of) in SHARES.items() if self.counts[of]}
        if self.counts["claimed"] or self.counts["items"]:
            shares["f1"] = self._f1()
        return {name: round(share, 4) for name, share in shares.items()} | {
            name: self.counts[name] for name in FAULTS if self.counts["pairs"]
        }

    def _f1(self) -> float:
        """The harmonic mean of precision and recall, here each over its own count."""
        found = self.counts["claimed right"] / self.counts["claimed"] if self.counts["claimed"] else 0.0
        recall = self.counts["items found"] / self.counts["items"] if self.counts["items"] else 0.0
        return 2 * found * recall / (found + recall) if found + recall else 0.0

    def row(self, name: str) -> tuple[str, ...]:
        f1 = self.scores().get("f1")
        suspect = self._of("suspect") + (f" + {self.counts['falsely suspect']}" * bool(self.counts["falsely suspect"]))
        crashed = f", {self.counts['crashed']} crashed" * bool(self.counts["crashed"])
        return (
            name,
            self._of("precision"),
            self._of("recall"),
            "" if f1 is None else f"{f1:.3f}",
            *(self._of(part) for part in ("edits", "header", "lines")),
            str(self.counts["stray"]),
            self._of("quiet"),
            suspect,
            f"{self.counts['pairs']}{crashed}",
        )

    def _of(self, name: str) -> str:
        found, of = (self.counts[part] for part in SHARES[name])
        return f"{found}/{of}" if of else ""


def total(tallies: Mapping[str, Tally]) -> Tally:
    """All of them as one, without the misses."""
    return Tally(sum((each.counts for each in tallies.values()), Counter()))


def fallen(scores: Mapping[str, Mapping[str, float]], baseline: Mapping[str, Mapping[str, float]]) -> list[str]:
    """The scores that are worse than the baseline, as lines; a page that only one of the two knows is left out."""
    return [
        f"{page}: {name} fell from {pinned:g} to {scores[page][name]:g}"
        if name not in FAULTS
        else f"{page}: {name} rose from {pinned:g} to {scores[page][name]:g}"
        for page in scores.keys() & baseline.keys()
        for name, pinned in baseline[page].items()
        if name in scores[page] and _is_worse(name, scores[page][name], pinned)
    ]


def _is_worse(name: str, score: float, pinned: float) -> bool:
    return score > pinned if name in FAULTS else score < pinned
