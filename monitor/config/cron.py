"""A line of cron, as it is written → as the scheduler reads it in the same sense; or why it cannot be.

The scheduler's own reader has the last word. What it would read in another way than cron does is refused before, or
written otherwise: it counts weekdays from Monday as 0, passes over steps among them, and takes a day of the month
together with a weekday where cron takes either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from monitor.model.english import plural
from monitor.model.rules import shortened

CRON_SCHEMA: Mapping[str, object] = {"type": "string", "pattern": r"^\s*\S+(\s+\S+){4}\s*$"}

_FIELDS = ("minute", "hour", "day", "month", "weekday")
_EXAMPLE = "write five fields like 0 9 * * mon-fri: minute, hour, day, month, weekday"
_SHORT = {
    "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * sun",
    "@monthly": "0 0 1 * *", "@yearly": "0 0 1 jan *", "@annually": "0 0 1 jan *",
}  # fmt: skip
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = {
    each[:3]: each
    for each in (
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september october november december"
    ).split()
}
_FROM_SUNDAY = ("sun", *_WEEKDAYS)  # 0 and 7 are both Sunday
_NUMBERED = r"(?:(\d)(?:-(\d))?|\*)(?:/(\d+))?"
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # of a leap year: 29 February comes


def cron(text: str) -> str:
    """The five fields in lower case, ranges over the end of a week or year in two. Raises ValueError."""
    plain = text.strip().lower()
    if plain in _SHORT:
        raise ValueError(f"{plain} is not known here; write {_SHORT[plain]}")
    fields = plain.split()
    if len(fields) != len(_FIELDS):
        raise ValueError(f"{shortened(text)!r} has {len(fields)} {plural('field', len(fields))}; {_EXAMPLE}")
    *numbers, month, weekday = fields
    others = [*numbers, _in_order(month, _MONTHS)]
    if any(sign.isdigit() for sign in weekday):
        raise ValueError("; ".join([*_faults([*others, "*"]), _numbered(weekday)]))
    if fields[2] != "*" and weekday != "*":
        raise ValueError(
            "a day of the month and a weekday stand side by side, and either or both may be meant; put * for one"
        )
    line = [*others, _in_order(weekday, _WEEKDAYS)]
    if faults := _faults(line):
        raise ValueError("; ".join(faults))
    return " ".join(line)


def _numbered(field: str) -> str:
    """What is wrong with weekdays that are numbers."""
    mend = f"write {named}" if (named := _named(field)) else "write names like mon,wed or mon-fri"
    return f"{shortened(field)!r}: weekdays have names here, for some count from Sunday and some from Monday; {mend}"


def _named(field: str) -> str:
    """The names of weekdays that a cron counts from Sunday: "1-5" → "mon-fri", "*/2" → "sun,tue,thu,sat"."""
    found = []
    for part in field.split(","):
        match = re.fullmatch(_NUMBERED, part)
        first, last = (int(match[1] or 0), int(match[2] or match[1] or 6)) if match else (9, 9)
        if not match or max(first, last) > 7:
            return ""
        if match[2] and not match[3]:
            found.append(f"{_FROM_SUNDAY[first]}-{_FROM_SUNDAY[last]}")
        else:
            found += [_FROM_SUNDAY[each] for each in range(first, last + 1, int(match[3] or 1) or 1)]
    return ",".join(found)


def _in_order(field: str, names: tuple[str, ...]) -> str:
    """Names cut to their three letters, a range over the end in two: "sunday-thursday" → "sun,mon-thu"."""
    return ",".join(_range(part, names) for part in field.split(","))


def _range(part: str, names: tuple[str, ...]) -> str:
    first, _, last = (_name(each, names) for each in part.partition("-"))
    if first not in names or last not in names or names.index(first) <= names.index(last):
        return f"{first}-{last}" if last else first
    until_end, from_start = _span(first, names[-1]), _span(names[0], last)
    return f"{until_end},{from_start}"


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"


def _name(word: str, names: tuple[str, ...]) -> str:
    """The three letters of a name that may be written out."""
    whole = _LONG.get(word[:3], "") if word else ""
    return word[:3] if word[:3] in names and whole.startswith(word) else word


def _faults(fields: Sequence[str]) -> list[str]:
    """Why the scheduler cannot read the line, of each field that it cannot, or why the line never comes."""
    from apscheduler.triggers.cron import CronTrigger  # noqa: PLC0415  most pages have no line of cron

    line = " ".join(fields)
    parts = [part for field in fields for part in field.split(",")]
    if odd := next((each for each in parts if not re.fullmatch(r"(\*|\w+(-\w+)?)(/\d+)?", each)), None):
        return [f"{shortened(odd)!r} means nothing in a line of cron; {_EXAMPLE}"]
    try:
        trigger = CronTrigger.from_crontab(line, timezone=UTC)
    except ValueError:
        refused = "; ".join(filter(None, (_refusal(fields, at) for at in range(len(fields)))))
        return [f"{shortened(line)!r} is no line of cron ({refused}); {_EXAMPLE}"]
    if trigger.get_next_fire_time(None, _ANY_DAY) is None:
        return [f"{shortened(line)!r} never comes: no such month has that day; write a day that it has"]
    return []


def _refusal(fields: Sequence[str], at: int) -> str:
    """What the scheduler says against that field by itself, if anything."""
    from apscheduler.triggers.cron import CronTrigger  # noqa: PLC0415  as above

    alone = (field if each == at else "*" for each, field in enumerate(fields))
    try:
        CronTrigger.from_crontab(" ".join(alone), timezone=UTC)
    except ValueError as error:
        return shortened(str(error).rpartition("': ")[2], 120)
    return ""
