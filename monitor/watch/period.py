"""The words of --since and --until → a moment in UTC: yesterday, a day, a time of it, or a capture of the store."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from monitor.errors import InputError
from monitor.model.page import is_page_id
from monitor.model.rules import shortened
from monitor.watch.project import Project

_FORMS = "write today, yesterday, a day (2020-07-04), a time (2020-07-04T12:00) or a capture (PAGE@2020-07-04)"
_SECOND = timedelta(seconds=1)  # captures are named to the second
_DAYS = {"today": 0, "yesterday": 1}


class Period(NamedTuple):
    """From `since` on and before `until`, in UTC. What a reader was told before is looked for from `overlap` on."""

    since: datetime
    until: datetime
    overlap: datetime


def begin_of(words: str, project: Project, zone: str, now: datetime) -> datetime:
    """The first moment of a period that begins then: of a day its midnight in `zone`, of a capture what comes after it.

    Raises InputError where the words name neither.
    """
    day = _day(words, zone, now)
    if day:
        return _midnight(day, zone)
    return _captured(words, project) + _SECOND if _is_capture(words) else _time(words, zone)


def end_of(words: str, project: Project, zone: str, now: datetime) -> datetime:
    """The first moment after a period that ends then: a day, or a capture, is in it. Raises InputError likewise."""
    day = _day(words, zone, now)
    if day:
        return _midnight(day + timedelta(days=1), zone)
    return _captured(words, project) + _SECOND if _is_capture(words) else _time(words, zone)


def yesterday(zone: str, now: datetime) -> datetime:
    """The midnight in that zone with which the day before began."""
    return _midnight(now.astimezone(ZoneInfo(zone)).date() - timedelta(days=1), zone)


def _day(words: str, zone: str, now: datetime) -> date | None:
    if words in _DAYS:
        return now.astimezone(ZoneInfo(zone)).date() - timedelta(days=_DAYS[words])
    if len(words) != len("2020-07-04"):
        return None
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    if day.year in (date.min.year, date.max.year):  # which have no midnight in some zones
        raise InputError(f"{words} is no day of a calendar that is in use", _FORMS)
    return day


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def _is_capture(words: str) -> bool:
    page, at, _ = words.partition("@")
    return bool(at) and is_page_id(page)


def _captured(words: str, project: Project) -> datetime:
    """Raises InputError where there is no such capture."""
    from monitor.watch.load_named import capture_named  # noqa: PLC0415  most periods are given by days

    capture = capture_named(words, project)
    if capture is None:
        raise InputError(f"{shortened(words)!r} names no time", _FORMS)
    return capture.at


def _time(words: str, zone: str) -> datetime:
    """A time without an offset is one of the zone."""
    try:
        at = datetime.fromisoformat(words)
        if not at.tzinfo:
            at = at.replace(tzinfo=ZoneInfo(zone))
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputError(f"{shortened(words)!r} names no time", _FORMS) from None
