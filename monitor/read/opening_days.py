"""Records without a date whose titles all begin with a day, or that all have one beside: "29 Apr", "02.05.", "29.04".

One title by itself that begins so may be about a day; all of a list's do only where the day is their date. A price may
look like "29.04" too; those of a list are in no order of days.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from monitor.model.reading import When
from monitor.read.blocks import MOST_REMEMBERED
from monitor.read.date_forms import is_day
from monitor.read.dated import is_numbered_title
from monitor.read.dates import read_date
from monitor.read.traits import part_of_date
from monitor.read.units import Parsed, Record

FEWEST = 3
FEWEST_BESIDE = 4
_DAYS_A_MONTH, _DAYS_A_YEAR = 31, 12 * 31
LONGEST_DAY = 30
LAST_MONTH = 12
# "30 de mayo al 2 de junio"
MOST_WORDS = 7


def take_opening_days(parsed: Parsed, records: Sequence[Record]) -> int:
    """How many records have or were given the day their titles begin with: all or none."""
    if len(records) < FEWEST:
        return 0
    opened = []
    for record in records:
        found = _opening_day(parsed.blocks[record.title].text)
        if found is None:
            return _take_days_beside(parsed, records)
        opened.append(found)
    days = _in_one_order([when for when, _ in opened])
    for record, when, (_, title) in zip(records, days, opened, strict=True):
        trait = parsed.traits[record.title]
        if trait.when is None:
            parsed.traits[record.title] = trait.but(when=when, title=title)
    return len(records)


def may_be_day(text: str, *, is_title: bool) -> bool:
    """Whether a block's text may be the day of a record, or that with which its title begins."""
    return _is_short(text) or (is_title and _opening_day(text) is not None)


def _take_days_beside(parsed: Parsed, records: Sequence[Record]) -> int:
    """The day that each record has in a block of its own, where all have one and these are in order."""
    if next(_days_in(parsed, records[0]), None) is None:
        return 0
    found = [each for record in records for each in _days_in(parsed, record)]
    found = list(zip((at for at, _ in found), _in_one_order([when for _, when in found]), strict=True))
    days = [(when.month or 0, when.day or 0) for _, when in found]
    if len(found) != len(records) or len(set(days)) < FEWEST_BESIDE or not _is_in_order(days):
        return 0
    for index, when in found:
        parsed.traits[index] = part_of_date(when)
    return len(records)


def _in_one_order(days: list[When]) -> list[When]:
    """The days, 12/05 read as that of December where 11/29 is among them and no 29/11."""
    pairs = [day.text.split("/") for day in days if day.text.count("/") == 1 and day.month and day.day]
    numbers = [(int(first), int(second)) for first, second in pairs if first.isdecimal() and second.isdecimal()]
    if any(first > LAST_MONTH for first, _ in numbers) or all(second <= LAST_MONTH for _, second in numbers):
        return days
    return [(read_date(day.text, order="mdy") or day) if "/" in day.text else day for day in days]


def _days_in(parsed: Parsed, record: Record) -> Iterator[tuple[int, When]]:
    for index in range(record.first, record.last):
        text = parsed.blocks[index].text
        when = _read_day(text) if _is_short(text) else None
        if when is not None and index != record.title:
            yield index, when


def _is_short(text: str) -> bool:
    return len(text) <= len("29.04.") and text[:1].isdigit()


def _is_in_order(days: Sequence[tuple[int, int]]) -> bool:
    """Whether they rise or fall, from one day to the next by less than half a year, over a new year too."""
    steps = {_half_years(one, other) for one, other in pairwise(days)} - {0}
    return len(steps) == 1


def _half_years(one: tuple[int, int], other: tuple[int, int]) -> int:
    """1 where the other day is the later one, -1 where it is the earlier, in years without an end."""
    days = (_DAYS_A_MONTH * (other[0] - one[0]) + other[1] - one[1]) % _DAYS_A_YEAR
    return 0 if not days else 1 if 2 * days < _DAYS_A_YEAR else -1


@lru_cache(maxsize=MOST_REMEMBERED)
def _opening_day(text: str) -> tuple[When, str] | None:
    if not any(map(str.isdigit, text[:LONGEST_DAY])) or is_numbered_title(text):
        return None
    words = text.split(maxsplit=MOST_WORDS)
    for count in range(min(MOST_WORDS, len(words) - 1), 0, -1):
        day = " ".join(words[:count])
        when = _read_day(day) if len(day) <= LONGEST_DAY and any(map(str.isdigit, day)) else None
        if when is not None and when.day is not None and when.month is not None:
            title = " ".join(words[count:]).lstrip(" .,:–—-|·•")
            return (when, title) if any(map(str.isalpha, title)) else None
    return None


def _read_day(text: str) -> When | None:
    """A date; of a list's every title 29.04 is one too."""
    when = read_date(text)
    bare = text.rstrip(".")
    if when is None and len(bare) == len("29.04") and bare[2] in "./" and (bare[:2] + bare[3:]).isdecimal():
        day, month = int(bare[:2]), int(bare[3:])
        return When(text=bare, month=month, day=day) if is_day(None, month, day) and day else None
    return when
