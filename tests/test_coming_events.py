"""Coming events: what is over leaves at the front of its list, what is taken off before its day has passed does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import NamedTuple

import pytest

from monitor import compare, read
from monitor.model.snapshot import Snapshot

_NAMES = """Harbour hearing|Open day at the mill|Budget session|Night of the museums|Seminar on tides|Auction of boats|
Council of ministers|Concert in the nave|Reading for children|Course for beekeepers|Ferry inspection|Debate on schools|
Lecture on glaciers|Fair of old tools|Cup of the bay|Walk along the dyke|Meeting of notaries|Workshop on maps|
Film from the archive|Visit of the delegation""".replace("\n", "").split("|")


class Event(NamedTuple):
    name: str
    first: date
    last: date


def _day_first(one: date, last: date) -> str:
    if one == last:
        return f"{one.day} {one:%B %Y}"
    return (
        f"{one.day}–{last.day} {last:%B %Y}"
        if one.month == last.month
        else f"{one.day} {one:%B} – {last.day} {last:%B %Y}"
    )


def _month_first(one: date, last: date) -> str:
    if one == last:
        return f"{one:%B} {one.day}, {one.year}"
    end = f"{last.day}" if one.month == last.month else f"{last:%B} {last.day}"
    return f"{one:%B} {one.day}–{end}, {last.year}"


def _points(one: date, last: date) -> str:
    return f"{one:%d.%m.%Y}" if one == last else f"{one:%d.%m.} – {last:%d.%m.%Y}"


def _iso(one: date, last: date) -> str:
    return one.isoformat() if one == last else f"{one.isoformat()} to {last.isoformat()}"


def _without_year(one: date, last: date) -> str:
    return f"{one.day} {one:%B}" if one == last else f"{one.day} {one:%B} – {last.day} {last:%B}"


WRITTEN: dict[str, Callable[[date, date], str]] = {
    "day first": _day_first,
    "month first": _month_first,
    "points": _points,
    "iso": _iso,
    "without a year": _without_year,
}
_ROUTINE = ("item.moved", "list.replaced")  # what a list does of which all is over
LAYOUTS = {
    "list": ("<ul>", '<li><span>{when}</span> <a href="/e/{n}">{name}</a></li>', "</ul>"),
    "cards": (
        "<div>",
        '<div><h3><a href="/e/{n}">{name}</a></h3><p>{when}</p><p>Town hall, room {n}</p></div>',
        "</div>",
    ),
    "table": ("<table><tr><th>Date<th>Event<th>Place</tr>", "<tr><td>{when}<td>{name}<td>Town hall</tr>", "</table>"),
    "terms": ("<dl>", '<dt>{when}</dt><dd><a href="/e/{n}">{name}</a></dd>', "</dl>"),
    "text": ("", "{when}  {name}\n", ""),
    "bullets": ("", "* {when}: {name}\n", ""),
    "lines": ("", "{when}\n{name}\nTown hall, room {n}\n\n", ""),
}


def page(layout: str, written: str, events: Sequence[Event], today: date) -> Snapshot:
    above, form, below = LAYOUTS[layout]
    rows = (
        form.format(when=WRITTEN[written](event.first, event.last), name=event.name, n=_NAMES.index(event.name))
        for event in events
    )
    captured = datetime(today.year, today.month, today.day, 9, tzinfo=UTC)
    if not above:
        return Snapshot("events", f"Events\n\n{''.join(rows)}\nSee also last year's\n".encode(), captured, "text/plain")
    body = f"<h1>Events</h1><h2>Coming events</h2>{above}{''.join(rows)}{below}<p>See also last year's.</p>"
    return Snapshot("events", body.encode(), captured, "text/html")


def invented(random: Random) -> list[Event]:
    day, events = date(2024, random.choice((2, 8, 11)), random.randint(3, 26)), []
    for name in _NAMES:
        events.append(Event(name, day, day + timedelta(days=random.choice((0, 0, 1, 2, 4)))))
        day += timedelta(days=random.choice((0, 1, 2, 3, 5)))
    return events


def is_read(layout: str, written: str) -> bool:
    """Plain text must give the year: "12 May: Harbour" may be a figure of May."""
    return not (written == "without a year" and layout in ("text", "bullets", "lines"))


PAIRS = [(layout, written) for layout in LAYOUTS for written in WRITTEN if is_read(layout, written)]


@pytest.mark.parametrize(("layout", "written"), PAIRS, ids=map("-".join, PAIRS))
@pytest.mark.parametrize("shown", [5, 9, 16])
@pytest.mark.parametrize("days", [1, 4, 8])
def test_what_is_over_leaves_and_what_is_not_is_withdrawn(layout: str, written: str, shown: int, days: int) -> None:
    random = Random(f"{layout} {written} {shown} {days}")
    events = invented(random)
    today, later = events[0].first, events[0].first + timedelta(days=days)
    before = events[:shown]
    still = [event for event in events if event.last >= later]
    cancelled = random.choice([event for event in still if event in before][:-1] or [still[0]])
    after = [event for event in still if event != cancelled][:shown]
    found = compare(read(page(layout, written, before, today)), read(page(layout, written, after, later)))
    told = {change.subject: change.kind.value for change in found.changes if change.kind.value not in _ROUTINE}
    expected = {event.name: "item.aged_off" for event in before if event.last < later}
    expected |= {event.name: "item.published" for event in after if event not in before}
    if cancelled in before:
        expected[cancelled.name] = "item.withdrawn"
    assert told == expected
