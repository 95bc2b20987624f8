"""Slots → what APScheduler fires by. The one class of its that is inherited from here."""

from __future__ import annotations

from datetime import datetime, timedelta

from apscheduler.triggers.base import BaseTrigger

from monitor.schedule.slots import Slots


class SlotTrigger(BaseTrigger):  # type: ignore[misc]  # APScheduler has no types
    """Fires at each slot. It knows no last one: what ran is remembered in the catalogue."""

    def __init__(self, slots: Slots) -> None:
        self._slots = slots

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """The slot after the one that fired; at first the next, one that is due this very moment included."""
        return self._slots.after(previous_fire_time or now - timedelta(microseconds=1))
