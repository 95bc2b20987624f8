"""Records without a date whose titles all begin with a day: "29 Apr Library opens", "02.05. Harbour closes".

One title by itself that begins so may be about a day; all of a list's do only where the day is their date.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from monitor.model.reading import When
from monitor.read.blocks import MOST_REMEMBERED
from monitor.read.date_forms import is_day
from monitor.read.dates import read_date
from monitor.read.units import Parsed, Record

FEWEST = 3
LONGEST_DAY = 30
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
            return 0
        opened.append(found)
    for record, (when, title) in zip(records, opened, strict=True):
        trait = parsed.traits[record.title]
        if trait.when is None:
            trait.when, trait.title = when, title
    return len(records)


@lru_cache(maxsize=MOST_REMEMBERED)
def _opening_day(text: str) -> tuple[When, str] | None:
    if not any(map(str.isdigit, text[:LONGEST_DAY])):
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
    if when is None and len(bare) == len("29.04") and bare[2] in "./" and (bare[:2] + bare[3:]).isdigit():
        day, month = int(bare[:2]), int(bare[3:])
        return When(text=bare, month=month, day=day) if is_day(None, month, day) and day else None
    return when
