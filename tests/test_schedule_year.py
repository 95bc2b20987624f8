"""A year of slots in zones that change their clocks, with downtimes, kills and pages that take too long.

The triggers' own next fire times drive it, as the scheduler would. Whatever happens, every slot is run once, or named
as missed and made up for by one capture; none is carried out twice.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from monitor.model.schedule import Begun, Missed, Schedule
from monitor.schedule.book import Book
from monitor.schedule.slots import Slots, between, slots_of
from monitor.schedule.trigger import SlotTrigger

BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca")
YEARS = (
    *(Schedule(at=("02:30",), zone=zone) for zone in ZONES),  # skipped, or shown twice, in Berlin and New York
    *(Schedule(at=("01:45", "02:15", "23:59"), zone=zone) for zone in ZONES),  # the half hour of Lord Howe
    *(Schedule(cron="15 */6 * * mon-fri", zone=zone) for zone in ZONES),
    *(Schedule(cron="0 * * * *", zone=zone) for zone in ("America/New_York", "Australia/Lord_Howe")),
    *(Schedule(every=seconds) for seconds in (1800, 6 * 3600, 24 * 3600)),
)


class Disk:
    """What outlives a process, and what became of everything in the end."""

    path, is_open = "catalogue", True

    def __init__(self) -> None:
        self.notices: list[str] = []
        self.begun: dict[str, Begun] = {}
        self.missed: dict[str, Missed] = {}
        self.done: list[datetime] = []
        self.made_up: list[Missed] = []

    def is_ready(self) -> bool:
        return True

    def begun_slots(self) -> dict[str, Begun]:
        return dict(self.begun)

    def missed_slots(self) -> dict[str, Missed]:
        return dict(self.missed)

    def begin_slot(self, page: str, slot: Begun, missed: Missed | None) -> bool:
        self.begun[page] = slot
        return self.note_missed_slots({page: missed} if missed else {})

    def end_slot(self, page: str, slot: datetime, at: datetime) -> bool:
        assert self.begun[page].slot == slot
        self.begun[page] = self.begun[page]._replace(done_at=at)
        self.done.append(slot)
        if page in self.missed:
            self.made_up.append(self.missed.pop(page))
        return True

    def note_missed_slots(self, found: Mapping[str, Missed]) -> bool:
        self.missed.update(found)
        return True

    def forget_slots(self, pages: Sequence[str]) -> bool:
        raise AssertionError(f"{pages} are never taken out")


class World:
    """A process that watches one page, and is stopped, killed and put to sleep."""

    def __init__(self, slots: Slots, chance: random.Random) -> None:
        self.slots, self.chance, self.disk = slots, chance, Disk()
        self.trigger = SlotTrigger(slots)
        self._is_patient = True  # the last process has only short checks, and is not killed in the middle of one

    def live(self, now: datetime) -> None:
        """Processes one after the other, until the year is over; the last one is there to the end."""
        while now < END:
            stop = min(now + timedelta(hours=self.chance.expovariate(1 / 200)), END)
            self._process(now, stop)
            now = stop + timedelta(hours=self.chance.choice([0.001, 0.3, 3, 30, 300]) * self.chance.random())
            if self.chance.random() < 0.3:  # just when a slot comes
                now = (self.slots.after(now) or now) + timedelta(seconds=self.chance.choice([-1, 0, 1, 70]))
        self._is_patient = False
        self._process(now, now + timedelta(days=2))

    def _process(self, now: datetime, stop: datetime) -> None:
        """One life: what is due at the start, then the slots as the trigger fires, then the end at any moment."""
        book = Book(self.disk)
        pages = {"page": self.slots}
        if book.due(pages, now):
            book.name_missed(pages, now)
            now += timedelta(seconds=self.chance.choice([0, 900]) * self.chance.random())
            if now < stop:
                now = self._run(book, now, stop)
        fired = self.trigger.get_next_fire_time(None, now)
        while fired is not None and fired < stop:
            late = self.chance.choice([0, 0, 0, 0.5, 30, 500]) * self.chance.random()
            now = self._run(book, max(now, fired + timedelta(seconds=late)), stop)
            fired = self._next(fired, now)

    def _next(self, fired: datetime, now: datetime) -> datetime | None:
        """As APScheduler coalesces: slots that went by while the page was at work fire as one, or are passed over."""
        following = self.trigger.get_next_fire_time(fired, now)
        while following is not None and following <= now:
            fired, following = following, self.trigger.get_next_fire_time(following, now)
        return following

    def _run(self, book: Book, now: datetime, stop: datetime) -> datetime:
        claim = book.claim("page", self.slots, now)
        if claim is None:
            return now
        end = now + timedelta(
            seconds=self.chance.choice([1, 1, 1, 20, 4000] if self._is_patient else [1]) * self.chance.random()
        )
        if end < stop or not self._is_patient:  # else it is killed in the middle
            book.done("page", end)
        return min(end, stop)


def _name(schedule: Schedule) -> str:
    return f"{schedule.cron or ' '.join(schedule.at) or f'every {schedule.every} s'} {schedule.zone}"


@pytest.mark.parametrize("schedule", YEARS, ids=_name)
def test_every_slot_of_a_year_is_run_once_or_named_as_missed_and_made_up_for(schedule: Schedule) -> None:
    slots = slots_of("page", schedule)
    world = World(slots, random.Random(repr(schedule)))
    world.live(BEGIN)
    first = world.disk.done[0]
    due = [first, *between(slots, first, END)]
    missed = [slot for each in world.disk.made_up for slot in _slots_in(slots, each)]
    assert not world.disk.missed
    assert max(Counter(world.disk.done).values()) == 1
    assert max(Counter(missed).values(), default=0) <= 1
    assert len(world.disk.made_up) > 5
    run = set(world.disk.done) | set(missed)
    assert [slot for slot in due if slot not in run] == []
    assert [slot for slot in run if slot not in due and slot <= END] == []
    on_time = set(world.disk.done) - set(missed)
    assert len(on_time) > len(due) / 4


def _slots_in(slots: Slots, missed: Missed) -> Iterator[datetime]:
    found = [missed.first, *between(slots, missed.first, missed.last)]
    assert len(found) == missed.slots
    assert found[-1] == missed.last
    yield from found
