"""A number as pages write it → its value: thousands parted, decimals, shortened (12.0K, 1,2 тыс.)."""

from __future__ import annotations

import re
from functools import cache


def number_of(text: str) -> int | float:
    """The number as written, thousands parted by blanks, commas, points or apostrophes; a lone short tail is decimal.

    "1,097" is 1097, "1.5" is 1.5, "1 234,5" is 1234.5, "12.0K" is 12000, "1,2 тыс." is 1200.
    """
    if text.isdecimal():
        return int(text)
    found = _shortened().match(text)
    if found is None:
        return _plain_number(text)
    value = round(_plain_number(found[1], is_short=True) * _multipliers()[found[2].casefold()], 6)
    return int(value) if value == int(value) else value


def integer_of(text: str) -> int:
    """The whole number whose digits these are, whatever parts its thousands: "1 234" is 1234."""
    return int(re.sub(r"\D", "", text))


@cache
def _shortened() -> re.Pattern[str]:
    return re.compile(r"([+-]?\d.*?)\s?([^\W\d_]+)\.?\s?%?$")


def _plain_number(text: str, *, is_short: bool = False) -> int | float:
    """`is_short` where a word for thousands follows, so that "1.234" is no thousand."""
    digits = re.sub(r"[\s'’%]", "", text)
    parts = re.split(r"[.,]", digits)
    if len(parts) == 1:
        return int(parts[0])
    is_grouped = all(len(part) == 3 for part in parts[1:]) and len(parts[0].lstrip("+-")) <= 3
    if is_grouped and not is_short and len(set(re.findall(r"[.,]", digits))) == 1:
        return int("".join(parts))
    return float("".join(parts[:-1]) + "." + parts[-1])


# What stands right behind a shortened number, by what it multiplies with; a single letter abuts the number.
_MULTIPLIERS = {
    10**3: "k|тыс|тис|tsd|tys|thousand|tausend|mille|mil|mila|bin|千|천|ألف|тысяч|тысячи|тысяча|тисяч",
    10**4: "万|萬|만",
    10**6: "m|mio|mln|млн|million|millions|millionen|millones|milioni|milhões|milyon|مليون",
    10**8: "億|亿|억",
    10**9: "b|bn|mrd|млрд|billion|milliarden|milliards|miliardi|mld",
}


@cache
def _multipliers() -> dict[str, int]:
    return {word: factor for factor, words in _MULTIPLIERS.items() for word in words.split("|")}


@cache
def number() -> str:
    """The pattern of a number, a multiplier behind it."""
    words = sorted(_multipliers(), key=len, reverse=True)
    letters = "".join(word for word in words if len(word) == 1)
    long = "|".join(word for word in words if len(word) > 1)
    digits = r"[+-]?\d{1,3}(?:[ ,.'’\u2009\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|[+-]?\d+(?:[.,]\d+)?"
    return rf"(?:{digits})(?i:[{letters}](?!\w)|\s?(?:{long})(?!\w)\.?)?"


def is_number(text: str) -> bool:
    """Whether a text is a number and nothing else: "1,097", "12.5%", "12.0K"."""
    if len(text) > 20 or not (text[:1].isdecimal() or text[:1] in ("+", "-")):
        return False
    return text.isdecimal() or _bare_number().fullmatch(text) is not None


@cache
def _bare_number() -> re.Pattern[str]:
    return re.compile(rf"{number()}%?")
