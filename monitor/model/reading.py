"""A reading: what a snapshot says, taken apart. Made once for each snapshot, then only compared.

Relative times ("2 hours ago") stay offsets here; `When.span` resolves them against a snapshot day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from monitor.model.days import day_in
from monitor.model.doubts import Sign
from monitor.model.origins import origin_of

SECONDS_A_DAY = 86400
# A forum beside the news of a page goes on while no news comes, for days; a year ago is as far as can be from here.
_SOON_AFTER = 7
_PAGE_DATE_SLACK = 1  # days between a page's own calendar and UTC: no zone is further off


class When(NamedTuple):
    """A date or time as a page shows it, as precise as the page is and no more.

    A full date has year, month and day; "July 2020" has no day; "4 July" has no year; "14:30" has only `clock`;
    "2 hours ago" has only `ago`. `clock` is a wall-clock time "HH:MM" or "HH:MM:SS", `utc_offset` its offset in
    minutes where the page states one, `ago` seconds before the capture (negative: after it). "5–7 June" is its first
    day; `days` is how many more it lasts.
    """

    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    clock: str | None = None
    utc_offset: int | None = None
    ago: int | None = None
    days: int = 0

    @property
    def is_relative(self) -> bool:
        return self.ago is not None

    @property
    def is_full(self) -> bool:
        """Whether the page itself gives year, month and day."""
        return self.year is not None and self.month is not None and self.day is not None

    def span(self, today: date | None) -> tuple[date, date] | None:
        """The first and last day this can mean, seen from the snapshot day `today`; None where nothing tells.

        A bare time means the snapshot day, a date without a year the latest such day not after it.
        """
        if self.year is not None:
            return _days_of(self.year, self.month, self.day)
        if today is None:
            return None
        if self.month is not None:
            return self._latest(today)
        if self.ago is not None:
            day = today - timedelta(days=int(self.ago / SECONDS_A_DAY))
            return day, day
        return (today, today) if self.clock is not None else None

    def _latest(self, today: date) -> tuple[date, date] | None:
        this_year = _days_of(today.year, self.month, self.day)
        return this_year if this_year and this_year[0] <= today else _days_of(today.year - 1, self.month, self.day)

    def iso(self, today: date | None) -> str | None:
        """ISO 8601 at the precision given: "2020-07-25", "2020-07", "2020"; None where nothing tells."""
        span = self.span(today)
        if span is None:
            return None
        first, last = span
        if first == last:
            return first.isoformat()
        return first.isoformat()[:7] if first.month == last.month else first.isoformat()[:4]


def _days_of(year: int | None, month: int | None, day: int | None) -> tuple[date, date] | None:
    try:
        if year is None:
            return None
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            after = date(year + month // 12, month % 12 + 1, 1)
            return date(year, month, 1), after - timedelta(days=1)
        only = date(year, month, day)
    except ValueError:
        return None
    return only, only


class Link(NamedTuple):
    """An anchor: its text, white space collapsed, and its absolute address (None where it has none)."""

    text: str
    url: str | None = None


class Stamp(NamedTuple):
    """A date the page states about itself: `label` is the phrase ("Last updated"), `when` the date after it."""

    label: str
    when: When


class Clock(NamedTuple):
    """A place and the wall-clock time shown for it, "HH:MM" or "HH:MM:SS" of 24 hours.

    `zone` is a tz database name, None for an unknown place; `text` is the clock as the page writes it.
    """

    place: str
    time: str
    zone: str | None = None
    text: str | None = None


class Field(NamedTuple):
    """A label and a value in the page's header.

    `target` is what the value dials or points to ("tel:+442036687474", "mailto:a@b.org", "https://…"), where it is
    a telephone number, a mail address or a link; spacing has no part in it. `under` is as in `Figure`.
    """

    label: str
    value: str
    target: str | None = None
    under: str | None = None


class Counter(NamedTuple):
    """A sentence with a number that moves with the calendar.

    `label` is the sentence without the number, the unit and what agrees with them; `unit` is one of "second",
    "minute", "hour", "day", "week", "month", "year"; `direction` is "up" (since) or "down" (until).
    """

    label: str
    text: str
    value: int
    unit: str
    direction: str

    def origin(self, today: date | None) -> tuple[date, date] | None:
        """The first and last day the count can run from (up) or to (down), seen from the snapshot day `today`.

        Days give one day; a coarser unit the span of days that would show this value. A finer one counts between
        moments: where `today` is a datetime by the page's own clock it gives the day reached, else the two days that
        may be.
        """
        return origin_of(self.value, self.unit, self.direction, today) if today else None


class Figure(NamedTuple):
    """A labelled number that is not tied to the calendar; `text` is the number as the page writes it.

    `under` is the heading it stands under, where other sections of the page use its label too.
    """

    label: str
    value: int | float
    text: str
    under: str | None = None


class Item(NamedTuple):
    """An entry of a list. `values` are its other labelled values, as (label, value): section, author …

    `key` is the name that the source itself gives the entry and no reader sees (a feed's guid, an id in data).
    """

    title: str
    date: When | None = None
    url: str | None = None
    teaser: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    figures: tuple[Figure, ...] = ()
    key: str | None = None


class ItemList(NamedTuple):
    """A list of items in the page's order, with the heading above it and the closing link ("all messages").

    `shared` are the link texts that stand in so many entries that they are told of none ("Read more", a common tag).
    """

    items: tuple[Item, ...]
    heading: str | None = None
    more: Link | None = None
    shared: tuple[str, ...] = ()


class Lead(NamedTuple):
    """The one article that stands in full, or larger, apart from the lists."""

    title: str
    date: When | None = None
    url: str | None = None
    paragraphs: tuple[str, ...] = ()


class Section(NamedTuple):
    """Text under a heading (None above the first), paragraph by paragraph."""

    heading: str | None
    paragraphs: tuple[str, ...]


class Suspicion(NamedTuple):
    """A ground to doubt that the snapshot is an honest, whole capture of its page.

    `reason` is a sentence for a person, `quote` the words of the page, or the rule, that gave it away.
    """

    sign: Sign
    reason: str
    quote: str | None = None


class Reading(NamedTuple):
    """What a snapshot says. All texts are as the page writes them, white space collapsed.

    `captured_at` is UTC. `page_date` is the date the page shows as today's, `standing_date` one that stands
    in its banner as that would and is of another day; `furniture` has it too. `limits` says in sentences what could not
    be read (nesting too deep, text cut), `suspicions` why the capture may not be whole, `idle` which rules of what
    to ignore found nothing, `tail` is the last text of the document, whatever it is. `zone` and `lag` are those of the
    page's rules.
    """

    source: str
    sha256: str
    size: int
    media_type: str
    captured_at: datetime | None = None
    language: str | None = None
    title: str | None = None
    page_date: When | None = None
    standing_date: When | None = None
    stamps: tuple[Stamp, ...] = ()
    clocks: tuple[Clock, ...] = ()
    fields: tuple[Field, ...] = ()
    counters: tuple[Counter, ...] = ()
    figures: tuple[Figure, ...] = ()
    lead: Lead | None = None
    lists: tuple[ItemList, ...] = ()
    sections: tuple[Section, ...] = ()
    furniture: tuple[str, ...] = ()
    tail: str | None = None
    suspicions: tuple[Suspicion, ...] = ()
    idle: tuple[Suspicion, ...] = ()
    limits: tuple[str, ...] = ()
    zone: str | None = None
    lag: int | None = None

    @property
    def page_day(self) -> date | None:
        """The page date as a date."""
        span = self.page_date.span(None) if self.page_date else None
        return span[0] if span else None

    @property
    def captured_day(self) -> date | None:
        """The day of the capture in the page's zone, UTC without one."""
        return day_in(self.captured_at, self.zone) if self.captured_at else None

    @property
    def snapshot_day(self) -> date | None:
        """The page date; without one the day of the capture; without that the newest date among the items.

        A date that is not within a day of the capture is none of the page's calendar.
        """
        if self.page_day and not self.is_day_from_capture:
            return self.page_day
        return self.captured_day or self._newest_item_day()

    @property
    def snapshot_moment(self) -> date | None:
        """The snapshot day, as a datetime of the page's own wall clock where the page date has a time."""
        day, clock = self.page_day, self.page_date.clock if self.page_date else None
        if day is None or clock is None or day != self.snapshot_day:
            return self.snapshot_day
        try:
            return datetime.fromisoformat(f"{day.isoformat()}T{clock.zfill(5)}")
        except ValueError:
            return day

    @property
    def is_day_from_capture(self) -> bool:
        """Whether the snapshot day is the capture's: the page shows no date, or one that is of another day."""
        captured = self.captured_day
        if captured is None:
            return False
        return self.page_day is None or abs((self.page_day - captured).days) > _PAGE_DATE_SLACK

    @property
    def is_day_from_items(self) -> bool:
        """Whether the snapshot day is known only from the items' dates, which say little about the elapsed time."""
        return self.page_day is None and self.captured_at is None

    def _newest_item_day(self) -> date | None:
        dates = {(day.year, day.month, day.day) for each in self.lists for item in each.items if (day := item.date)}
        newest = max((span[0] for span in (_days_of(*each) for each in dates) if span), default=None)
        if newest is None or not any(year is None for year, _, _ in dates):
            return newest
        return max((newest, *_days_soon_after(newest, {(month, day) for year, month, day in dates if year is None})))


def _days_soon_after(newest: date, days: set[tuple[int | None, int | None]]) -> Iterator[date]:
    """Those without a year that follow right on the newest one with a year: they are of that year too."""
    for year in (newest.year, newest.year + 1):
        spans = (_days_of(year, month, day) for month, day in days if month and day)
        yield from (span[0] for span in spans if span and 0 < (span[0] - newest).days <= _SOON_AFTER)
