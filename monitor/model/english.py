"""Months, numbers and enumerations → as an English sentence writes them: for the reasons of changes and all reports."""

from __future__ import annotations

from collections.abc import Sequence

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(value: int) -> str:
    """ "ten", "13", "1,024"; "0", for which each sentence has a word of its own."""
    return _NUMBERS[value - 1] if 1 <= value <= len(_NUMBERS) else f"{value:,}"


def plural(noun: str, count: int) -> str:
    """ "day" of one, "days" of any other count."""
    return noun if count == 1 else f"{noun}s"


def listed(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
