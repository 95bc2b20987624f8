"""A counter → what a sentence of ours calls it, and which way it went where that was the wrong one.

Its label alone reads well where it is one piece of the page's sentence: days “since the last breach”. Where it was on
both sides of the number the sentence is quoted, with … for the number: “It has been … days since the last breach”.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from monitor.model.change import Change
from monitor.model.comparison import Comparison
from monitor.report.wording import sides
from monitor.report.wording.quotes import LONGEST_QUOTE, quoted

if TYPE_CHECKING:
    from monitor.model.story import CounterStory


def count_of(change: Change) -> str:
    """The count of days “since the last breach of our licence”."""
    side = change.after or change.before
    is_one_unit = not (change.before and change.after) or change.before.unit == change.after.unit
    unit = side.unit if side and is_one_unit else None
    said, has_gap = _quoted(change.subject, side.text if side else "", LONGEST_QUOTE)
    return f"the count of {unit}s {said}" if unit and not has_gap else f"the count {said}"


def counting(label: str, text: str, unit: str | None, longest: int = LONGEST_QUOTE) -> str:
    """days “since the last breach of our licence”; without `unit`, where not all values have one, the words alone."""
    said, has_gap = _quoted(label, text, longest)
    return f"{unit}s {said}" if unit and not has_gap else said


def count_followed(counter: CounterStory) -> str:
    """The same, of a counter that was followed through all captures."""
    changes = (event.change for event in reversed(counter.events))
    text = next((side.text for change in changes for side in (change.after, change.before) if side), "")
    return counting(counter.label, text, counter.unit)


def count_in_a_line(label: str, comparison: Comparison) -> str:
    """A counter at the head of a line of its own: without quotation marks."""
    counters = (*comparison.after.counters, *comparison.before.counters)
    text = next((each.text for each in counters if each.label == label), "")
    return _sentence(label, text) or label


def wrong_way(change: Change, comparison: Comparison) -> str:
    """Fell from 12 to 0 though it counts up; without times: went from 12 to 0 against the page's other dates."""
    one, other = sides.in_time(change, comparison)
    old, new = (side.value if side else None for side in (one, other))
    if not isinstance(old, int) or not isinstance(new, int) or not one or not other or one.unit != other.unit:
        return "went the wrong way"
    if comparison.elapsed_days is None:
        return f"went from {old:,} to {new:,} against the page's other dates"
    fell = new < old
    return f"{'fell' if fell else 'rose'} from {old:,} to {new:,} though it counts {'up' if fell else 'down'}"


def _quoted(label: str, text: str, longest: int) -> tuple[str, bool]:
    """The label or the sentence in quotation marks, and whether it is the sentence, which names the unit itself."""
    sentence = _sentence(label, text)
    return quoted(sentence or label, longest), sentence is not None


def _sentence(label: str, text: str) -> str | None:
    """The page's sentence with … for its number, where its label is not one piece of it."""
    said = " ".join(text.split())
    if " ".join(label.split()).casefold() in said.casefold():
        return None
    numbers = _numbers().findall(said)
    return said.replace(numbers[0], "…").rstrip(" .!") if len(numbers) == 1 else None


@cache
def _numbers() -> re.Pattern[str]:
    return re.compile(r"\d+(?:[., \u00a0\u202f]\d{3})*")
