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
    targets = [each.target or "" for each in fields]
    stated: set[str] = set()
    if any(target.startswith("tel:") for target in targets):
        stated.update(_number(f"tel:{found[0]}") for text in _texts(other) for found in _telephone().finditer(text))
    if any(target.startswith("mailto:") for target in targets):
        mails = (found for text in _texts(other) if "@" in text for found in _mail().finditer(text))
        stated.update(f"mailto:{found[0].casefold()}" for found in mails)
    return [each for each in fields if _number(each.target or "") not in stated]


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
