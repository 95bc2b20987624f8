"""Dates, spans of days and numbers → as a person writes them in an English sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from monitor.model import english
from monitor.model.english import MONTHS, listed, plural

COUNTING = {"up": "counting from", "down": "counting down to"}  # a day, by the direction of a counter
_LENGTH_OF_A_DAY = len("2020-07-04")


def day(each: date) -> str:
    """4 July 2020"""
    return f"{each.day} {MONTHS[each.month - 1]} {each.year:04}"


def day_beside(each: date, other: date | None) -> str:
    """4 July, where the other day is of the same year and so tells it."""
    return day(each).removesuffix(f" {each.year:04}") if other and other.year == each.year else day(each)


def both(one: date, other: date) -> str:
    """3 and 4 July 2020; what the two share at the end is said once."""
    return f"{_head(one, other)} and {day(other)}"


def from_to(one: date, other: date) -> str:
    """3 to 4 July 2020; what the two share at the end is said once."""
    return f"{_head(one, other)} to {day(other)}"


def _head(one: date, other: date) -> str:
    if (one.year, one.month) == (other.year, other.month):
        return str(one.day)
    return day_beside(one, other)


def zone(at: datetime) -> str:
    """UTC, Europe/Berlin: on whose clock the time is read."""
    return getattr(at.tzinfo, "key", None) or "UTC"


def has_time(at: datetime) -> bool:
    """Whether it is a moment: midnight in UTC is what a day without a time of day is kept as."""
    return zone(at) != "UTC" or at.time() != time.min


def moment(at: datetime) -> str:
    """4 July 2020, 08:25 UTC; of a day without a time of day that day."""
    return minute(at) if has_time(at) else day(at.date())


def minute(at: datetime) -> str:
    """4 July 2020, 08:25 UTC; of a time that is known to be one, midnight too."""
    return f"{day(at.date())}, {at:%H:%M} {zone(at)}"


def minute_beside(at: datetime, other: datetime) -> str:
    """The same, with the seconds where the other moment would read the same."""
    return f"{day(at.date())}, {_times(at, other)[0]} {zone(at)}"


def clock_times(moments: Sequence[datetime]) -> list[str]:
    """08:25, 09:12:04, 09:12:40: the times of the day, with the seconds where a neighbour would read the same."""
    minutes = ["", *(f"{at:%Y%m%d%H%M}" for at in moments), ""]
    return [
        f"{at:%H:%M:%S}" if minute in (before, after) else f"{at:%H:%M}"
        for at, before, minute, after in zip(moments, minutes, minutes[1:], minutes[2:], strict=False)
    ]


def moments(one: datetime, other: datetime) -> tuple[str, str]:
    """Both as `moment` says them, with seconds where they would read the same."""
    first, last = moment(one), moment(other)
    return (minute_beside(one, other), minute_beside(other, one)) if first == last else (first, last)


def between_times(one: datetime, other: datetime) -> str:
    """08:25 and 09:25 UTC; 08:25:04 and 08:25:40 UTC: the times of one day."""
    return f"{' and '.join(_times(one, other))} {zone(one)}"


def _times(one: datetime, other: datetime) -> tuple[str, str]:
    """Both times of the day, with seconds where only these tell them apart."""
    shown = "%H:%M:%S" if f"{one:%Y%m%d%H%M}" == f"{other:%Y%m%d%H%M}" and one.second != other.second else "%H:%M"
    return one.strftime(shown), other.strftime(shown)


def from_minute_to(one: datetime, other: datetime) -> str:
    """4 July 2020, 08:25 to 09:25 UTC; 4 July, 08:25 UTC, to 6 July 2020, 09:25 UTC; what is the same is said once."""
    if one.date() == other.date():
        first, last = _times(one, other)
        return f"{day(one.date())}, {first} to {last} {zone(one)}" if first < last else minute(one)
    return f"{day_beside(one.date(), other.date())}, {one:%H:%M} {zone(one)}, to {minute(other)}"


def from_iso(text: str) -> str:
    """2020-07-04 → 4 July 2020, 2020-07 → July 2020, an interval by both its ends; anything else as it is."""
    if "/" in text:
        return " to ".join(from_iso(part) for part in text.split("/", 1))
    parts = text.split("T", maxsplit=1)[0].split("-")
    is_date = [len(part) for part in parts] in ([4, 2], [4, 2, 2]) and all(part.isdecimal() for part in parts)
    if not is_date or not 1 <= int(parts[1]) <= len(MONTHS):
        return text
    month_and_year = f"{MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"{int(parts[2])} {month_and_year}" if len(parts) == 3 else month_and_year


def as_read(text: str | None, iso: str | None) -> str | None:
    """A date as its page writes it; where that is a form of machines (RFC 822, ISO 8601 with a time) as a day."""
    if not text or not iso or len(iso) < _LENGTH_OF_A_DAY:
        return text
    is_machines = text[:4].isdecimal() and text[4:5] == "-" and text[10:11] in ("T", " ") and ":" in text
    is_mails = text[3:5] == ", " and ":" in text
    return from_iso(iso) if is_machines or (is_mails and _has_zone(text)) else text


def in_words(text: str) -> str:
    """2026-02-11T23:05:26.787Z → 11 February 2026, 23:05 UTC; anything else as it is."""
    if text[4:5] != "-" or text[10:11] not in ("T", " ") or ":" not in text:
        return text
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    zone = at.isoformat()[-len("+01:00") :] if at.utcoffset() else "UTC" if at.tzinfo else ""
    return f"{day(at.date())}, {at:%H:%M} {zone}".rstrip()


def _has_zone(text: str) -> bool:
    zone = text.rpartition(" ")[2]
    return zone in ("GMT", "UTC", "UT", "Z") or (zone[:1] in ("+", "-") and zone[1:].isdecimal())


def together(days: Sequence[str]) -> str:
    """Dates in one phrase; what they share at the end is said once: 4 and 12 March 2018."""
    unique = list(dict.fromkeys(from_iso(each) for each in days))
    tails = {each.partition(" ")[2] for each in unique}
    if len(unique) > 1 and len(tails) == 1 and all(each[0].isdecimal() for each in unique) and tails != {""}:
        return f"{listed([each.partition(' ')[0] for each in unique])} {tails.pop()}"
    return listed(unique)


def moved(was: str, now: str) -> str:
    """21 → 20 March 2025: two dates, what they share at the end said once."""
    first, last = from_iso(was), from_iso(now)
    for words in (2, 1):
        head, tail = first.rsplit(" ", words), last.rsplit(" ", words)
        if len(head) == len(tail) == words + 1 and head[1:] == tail[1:]:
            return f"{head[0]} → {last}"
    return f"{first} → {last}"


def apart(was: str, now: str) -> int | None:
    """The days from one ISO date to the other; None where one of them is no full date."""
    try:
        return (date.fromisoformat(now) - date.fromisoformat(was)).days
    except ValueError:
        return None


def days(count: int) -> str:
    """1 day, 30 days: for a label."""
    return f"{count:,} day" if abs(count) == 1 else f"{count:,} days"


def of_unit(count: int, unit: str) -> str:
    """1 minute, 14 hours: for a label."""
    return f"{count:,} {plural(unit, count)}"


def counted(count: int, what: str) -> str:
    """one day, seven days, 30 days: for a sentence."""
    return f"{number(count)} {plural(what, count)}"


def was(count: int) -> str:
    """was, were"""
    return "was" if count == 1 else "were"


def number(count: int) -> str:
    """ten, 13, no"""
    return english.number(count) if count else "no"


def capital(sentence: str) -> str:
    """The sentence with a capital first letter, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def closed(sentence: str) -> str:
    """The sentence with a capital first letter and one full stop, though words quoted at its end have theirs."""
    return f"{capital(sentence).removesuffix('.”')}{'”' if sentence.endswith('.”') else ''}."
