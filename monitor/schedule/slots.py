"""A page's schedule → its slots: the moments at which it is to be captured, all in UTC. Pure.

`every` begins at a moment made of the page's id, so that a page keeps its phase through every restart and many pages
spread over the time. `at` and `cron` speak of the clock on the wall: a time that the clock skips is run once, by as
much later as the clock was put forward; a time that it shows twice is run at the first. A cron of every hour names no
time of the day, and goes on by the hour through both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from monitor.model.page import Page
from monitor.model.schedule import Schedule

EPOCH = datetime(2001, 1, 1, tzinfo=UTC)  # any moment will do, as long as it stays
_WIDEST = timedelta(hours=3)  # more than any clock was put forward or back for summer; two hours were the most
_NEAR, _FAR = timedelta(hours=1), timedelta(days=366 * 9)  # 29 February is away for eight years at most
_SECOND, _MOMENT = timedelta(seconds=1), timedelta(microseconds=1)


class Slots(Protocol):
    """The slots of a page. Moments are aware; what comes back is in UTC."""

    def after(self, moment: datetime) -> datetime | None:
        """The first slot later than that; None where there is none for years."""

    def before(self, moment: datetime) -> datetime | None:
        """The last slot that is not later than that; None where there was none for years."""


def slots_of(page: str, schedule: Schedule) -> Slots:
    """The slots of the page of that id. Raises ValueError where the schedule is none."""
    if schedule.every:
        return _Intervals(page, schedule.every)
    zone = ZoneInfo(schedule.zone)
    if schedule.cron:
        return _WallTimes([schedule.cron], zone)
    return _WallTimes([f"{int(time[3:])} {int(time[:2])} * * *" for time in schedule.at], zone)


def next_slots(pages: Iterable[Page], now: datetime) -> dict[str, datetime]:
    """When each page is due next, by its id; pages without a schedule are left out."""
    found = {page.id: slots_of(page.id, page.schedule).after(now) for page in pages if page.schedule}
    return {id_: slot for id_, slot in found.items() if slot is not None}


def between(slots: Slots, after: datetime, until: datetime) -> Iterator[datetime]:
    """The slots later than `after` and not later than `until`."""
    found = slots.after(after)
    while found is not None and found <= until:
        yield found
        found = slots.after(found)


def place_of(page: str, places: int) -> int:
    """A number from 0 to `places` less one that is always the same for a page, and as good as chance for many."""
    return int.from_bytes(hashlib.blake2b(page.encode(), digest_size=8).digest(), "big") % places


class _Intervals:
    """Every so many seconds of elapsed time."""

    def __init__(self, page: str, seconds: int) -> None:
        self._first = EPOCH + timedelta(seconds=place_of(page, seconds))
        self._every = timedelta(seconds=seconds)

    def after(self, moment: datetime) -> datetime:
        return self.before(moment) + self._every

    def before(self, moment: datetime) -> datetime:
        return self._first + (moment - self._first) // self._every * self._every


class _WallTimes:
    """Times on the wall, as cron says them.

    APScheduler's CronTrigger tells which times are meant, in a zone whose clock is never changed. Given the page's own
    zone it would fire twice in the hour that comes twice, and take a time that was skipped beside one that was not.
    """

    def __init__(self, crons: Sequence[str], zone: tzinfo) -> None:
        self._triggers = [CronTrigger.from_crontab(cron, timezone=UTC) for cron in crons]
        self._is_hourly = [cron.split()[1] == "*" for cron in crons]
        self._zone = zone

    def after(self, moment: datetime) -> datetime | None:
        found = (self._next(*each, moment) for each in zip(self._triggers, self._is_hourly, strict=True))
        return min(filter(None, found), default=None)

    def before(self, moment: datetime) -> datetime | None:
        """Looked for in spans that grow, for cron can only be read forwards."""
        span = _NEAR
        while span < 4 * _FAR:
            found = list(between(self, moment - span, moment))
            if found:
                return found[-1]
            span *= 4
        return None

    def _next(self, trigger: CronTrigger, is_hourly: bool, moment: datetime) -> datetime | None:
        best: datetime | None = None
        wall = moment.astimezone(self._zone).replace(tzinfo=UTC)
        wall += -_WIDEST if self._changes_near(moment) else _MOMENT
        end = None
        while (found := trigger.get_next_fire_time(None, wall)) and (end is None or found <= end):
            later = [each for each in self._instants(found, is_hourly=is_hourly) if each > moment]
            best = min([*later, *([best] if best else [])], default=None)
            if best and end is None:
                end = found + (_WIDEST if self._changes_near(best) else timedelta())
            wall = found + _SECOND
        return best

    def _changes_near(self, moment: datetime) -> bool:
        """Whether the clock is put forward or back about that moment: times then do not follow the wall's order."""
        return self._offset(moment - _WIDEST) != self._offset(moment + _WIDEST)

    def _offset(self, moment: datetime) -> timedelta | None:
        return moment.astimezone(self._zone).utcoffset()

    def _instants(self, wall: datetime, *, is_hourly: bool) -> list[datetime]:
        """The moments at which a time on the wall, here without its zone, is due."""
        first, second = (wall.replace(tzinfo=self._zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if first == second or not is_hourly:
            return [first]
        return [] if first > second else [first, second]
