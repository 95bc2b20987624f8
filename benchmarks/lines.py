"""Lines that a truth lists × the two pages → those that a reader of the pages would bear out.

A truth of lines is worked out between two columns of text nodes. What only the columns say, and no page, is left out:
a line that stands on both pages as often, one that the header's facts already hold, one and the same words on both
sides of an edit. Nothing is left out that a reading does not show on its own side: not to read it is no excuse.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from monitor.compare.pieces import rows
from monitor.model.comparison import Comparison
from monitor.model.reading import Reading

if TYPE_CHECKING:
    from benchmarks.truth import Fact

_SECONDS = {"day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
# A truth lists no more lines of one kind than that: what is not among them may have happened all the same.
MOST_LISTED = 40
# The truth's lines begin and end with text nodes, and break off at 400 characters: a long one may do so within a word.
_LONG = 24


def borne_out(facts: Sequence[Fact], comparison: Comparison) -> Iterator[Fact]:
    """The facts less those that have no words and those that only the truth's own lines make."""
    before, after = _page(comparison.before), _page(comparison.after)
    in_header = {words(text) for fact in facts if fact.part == "header" for text in (fact.before, fact.after) if text}
    claimed = _claimed(facts)
    for fact in facts:
        if any((in_seconds(fact.before), in_seconds(fact.after)) == (each.before, each.after) for each in facts):
            continue  # one count, once in several units and once in the smallest
        was, now = words(fact.before or ""), words(fact.after or "")
        if not (was or now) or (fact.part == "edited" and _is_spelt_alike(fact)):
            continue
        if fact.url is None and fact.part in ("added", "removed"):
            here, there = (after, before) if fact.part == "added" else (before, after)
            is_meant = claimed[was or now] * (1 if fact.part == "added" else -1) > 0
            if (is_meant and _is_kept(was or now, here, there)) or (was or now) in in_header:
                continue
        yield fact


def less_kept(fact: Fact, comparison: Comparison) -> Fact:
    """Of an edit whose former line still stands as often what came: a former version may be kept below the new one."""
    before, after = _page(comparison.before), _page(comparison.after)
    is_kept = bool(fact.before and fact.after) and _is_kept(words(fact.before or ""), before, after)
    return fact._replace(part="added", before=None) if is_kept else fact


def _is_kept(text: str, here: str, there: str) -> bool:
    """Whether a text of one page stands on the other as often."""
    return 0 < _count(text, here) <= _count(text, there)


def is_listed(part: str, facts: Sequence[Fact]) -> bool:
    """Whether the truth lists all that happened of this kind."""
    return sum(fact.part == part for fact in facts) < MOST_LISTED


def holds(outer: str, inner: str) -> bool:
    """Whether one text has the other as whole words; a long one may begin and end within a word."""
    return bool(inner) and (f" {inner} " in f" {outer} " or _holds_letters(outer, inner))


def in_seconds(text: str | None) -> str:
    """ "2 hours, 7 minutes, 56 seconds" as a counter in its smallest unit has it; nothing for all else."""
    parts = re.findall(r"(\d+) (day|hour|minute|second)s?\b", text or "")
    whole = {unit: int(number) * _SECONDS[unit] for number, unit in parts}
    return str(sum(whole.values())) if len(whole) > 1 and "second" in whole else ""


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text)))


def _holds_letters(outer: str, inner: str) -> bool:
    letters = inner.replace(" ", "")
    return len(letters) >= _LONG and letters in outer.replace(" ", "")


def _page(reading: Reading) -> str:
    return " ".join(words(text) for row in rows(reading) for text in row)


def _count(text: str, page: str) -> int:
    return f" {page} ".replace(" ", "  ").count(f" {text} ".replace(" ", "  "))


def _claimed(facts: Sequence[Fact]) -> Counter[str]:
    """How many more of each text the truth says there are."""
    claimed: Counter[str] = Counter()
    for fact in facts:
        claimed[words(fact.after or "")] += 1
        claimed[words(fact.before or "")] -= 1
    return claimed


def _is_spelt_alike(fact: Fact) -> bool:
    """Whether both sides have the same signs but for those at their ends, which part a line from its neighbours."""
    before, after = (re.sub(r"^\W+|\W+$", "", text or "") for text in (fact.before, fact.after))
    return before == after
