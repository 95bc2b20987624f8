"""Clauses in their order → which numbers only say where a clause stands, so that an insertion shifts them.

"4.2 Fees" that became "4.3 Fees" was not edited where a clause went in before it: on both sides a 4.1, or a 4.2, stands
above. A number that does not follow from what stands above it is part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from monitor.compare.fold import fold

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Numbering:
    """The clauses of one side: for each whether its number follows from those above it."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._follows: dict[str, bool] = {}
        seen: dict[str, set[int]] = {}
        for text in texts:
            label = label_of(text)
            if label is not None:
                values = set(_values(label.last))
                known = seen.setdefault(label.row, set())
                is_next = any(value in (0, 1) or value - 1 in known for value in values)
                self._follows[text] = is_next and self._follows.get(text, True)
                known |= values

    def follows(self, text: str) -> bool:
        return self._follows.get(text, False)


class Label(NamedTuple):
    """What a clause is called: "(b)" is the last part "b" in the row "()", "4.2" the "2" in the row "4."."""

    row: str
    last: str
    rest: str


def label_of(text: str) -> Label | None:
    """The number a text begins with; None where it has none, or where the number may count things."""
    start = text[:24]
    if not (start[:1].isalnum() or start[:1] in "([§"):
        return None
    found = _label().match(text)
    if found is None or (found["bare"] is not None and not _is_heading(found["number"], text[found.end() :])):
        return None
    number = found["number"]
    head, dot, last = number.rpartition(".")
    signs = "".join(found[0].replace(number, "", 1).split())
    return Label(row=signs + head + dot, last=last.lower(), rest=text[found.end() :])


def _is_heading(number: str, rest: str) -> bool:
    """Whether a number without a sign behind it names what follows: "4.2 fees", "4 Fees", but not "4 boats"."""
    return "." in number or (number.isdigit() and (not rest or rest[0].isupper()))


def without_label(text: str) -> str:
    """The text less its number; a number alone is what a version is called."""
    label = label_of(text)
    return (label.rest if label is not None else "") or text


def is_renumbered(before: str, after: str, sides: tuple[Numbering, Numbering]) -> bool:
    """Whether two clauses differ in their numbers only, and these follow from what stands above on either side."""
    one, other = label_of(before), label_of(after)
    if one is None or other is None or fold(one.rest) != fold(other.rest):
        return False
    return sides[0].follows(before) and sides[1].follows(after)


def notes_of(texts: Iterable[str]) -> dict[str, bool]:
    """For each text with marks of footnotes ("[3]") whether these count on from the marks above it."""
    highest = 0
    found: dict[str, bool] = {}
    for text in texts:
        if "[" in text:
            marks = [int(mark) for mark in _note().findall(text)]
            for mark in marks:
                is_next = mark <= highest + 1
                found[text] = found.get(text, True) and is_next
                highest = max(highest, mark)
    return found


def differ_in_notes(before: str, after: str, notes: tuple[Mapping[str, bool], Mapping[str, bool]]) -> bool:
    """Whether two texts differ in the marks of their footnotes only, which count on from those above on either side."""
    if not (notes[0].get(before) and notes[1].get(after)):
        return False
    one, other = (_note().sub("[]", fold(text)) for text in (before, after))
    return one == other


def _values(number: str) -> Iterator[int]:
    """What a last part counts to: "b" is the second, "i" the first of Roman numbers or the ninth letter."""
    if number.isdigit():
        yield int(number)
        return
    if len(number) == 1:
        yield ord(number) - ord("a") + 1
    if all(letter in _ROMAN for letter in number):
        values = [_ROMAN[letter] for letter in number]
        yield sum(-value if value < max(values[at:], default=0) else value for at, value in enumerate(values))


@cache
def _label() -> re.Pattern[str]:
    """A number at the start: "4.", "4.2", "(b)", "iv)", "[3]", "§ 5", "Section 5:"; `bare` where no sign closes it."""
    return re.compile(
        r"(?P<named>(?:§+|[^\W\d_]{3,12})\s+)?[(\[]?(?P<number>\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivxl]{1,6}|[A-Z](?=[.)]))"
        r"(?:[.):\]]+(?:\s+|$)|(?P<bare>)(?:\s*[-–—:]\s+|\s+|$))"
    )


@cache
def _note() -> re.Pattern[str]:
    return re.compile(r"\[(\d{1,3})\]")
