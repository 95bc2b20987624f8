"""Fields of one side → those whose number or address the other side nowhere gives, in whatever words.

"Town hall: +49 …" that became "Call the town hall on +49 …" is no field that is gone: it dials the same people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from monitor.compare.fold import fold
from monitor.model.reading import Field, Reading


def without_standing(fields: Sequence[Field], other: Reading) -> list[Field]:
    """The fields less those with a telephone number or a mail address that the other side shows in its text."""
    dialled = {each.target for each in fields if each.target and each.target.startswith(("tel:", "mailto:"))}
    stated = frozenset(_addresses(other)) if dialled else frozenset()
    return [each for each in fields if _number(each.target or "") not in stated]


def _addresses(reading: Reading) -> Iterator[str]:
    for text in _texts(reading):
        if "@" in text:
            yield from (f"mailto:{found[0].casefold()}" for found in _mail().finditer(text))
        yield from (_number(f"tel:{found[0]}") for found in _telephone().finditer(text))


def _texts(reading: Reading) -> Iterator[str]:
    """What stands in running text; other fields are paired by their own rules."""
    for section in reading.sections:
        yield from section.paragraphs
    yield from reading.furniture
    if reading.lead:
        yield from reading.lead.paragraphs


def _number(target: str) -> str:
    """What is dialled, digit by digit, the trunk 0 in brackets aside; another target as it is, folded."""
    if not target.startswith("tel:"):
        return fold(target).casefold()
    return "tel:" + "".join(sign for sign in target[4:].replace("(0)", "") if sign.isdigit() or sign == "+")


@cache
def _telephone() -> re.Pattern[str]:
    return re.compile(r"(?<![\d.,])\+?\(?\d[\d\s().\u2010-\u2015/-]{5,}\d(?!\d)")


@cache
def _mail() -> re.Pattern[str]:
    return re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
