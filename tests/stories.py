"""Stories of invented pages, told by compare from readings built by hand: one for each thing a story must get right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from monitor.compare.story import story
from monitor.model.change import Significance
from monitor.model.page import Page
from monitor.model.reading import Field, Item, Reading
from monitor.model.snapshot import Capture
from monitor.model.story import Event, ItemStory, Story
from tests.compare_builders import article, days, item, reading

PAGE = Page(id="harbour", title="Port Authority of Westhaven", url="https://westhaven.example/news")
START = date(2020, 6, 1)
Told = tuple[Capture, Reading]

LETTER = item("Harbour master's letter on night dredging", "2020-05-28", "https://westhaven.example/news/41")
TEASED = "The quay stays closed until the piles have been inspected."


def captured(at: datetime, read: Reading) -> Told:
    """A capture of PAGE at a moment, and its reading."""
    return Capture(PAGE.id, at, f"{PAGE.id}/{at:%Y-%m-%dT%H%M%SZ}.warc.gz"), read._replace(captured_at=at)


def on(day: int, items: Iterable[Item] = (), *, hour: int = 6, **more: Any) -> Told:
    """The capture of the day so many days after START, of a page with one list of `items`."""
    moment = datetime.combine(START + timedelta(days=day), time(hour), UTC)
    return captured(moment, reading(items, day=str(moment.date()), title="News", **more))


def news(day: int, count: int = 12) -> list[Item]:
    """What a list of `count` shows on a day: one item a day, the newest first."""
    return [
        item(f"Notice to mariners no. {100 + number}", str(START + timedelta(days=number)), f"https://westhaven.example/n/{number}")
        for number in range(day, day - count, -1)
    ]  # fmt: skip


def told(captures: Iterable[Told]) -> Story:
    return story(PAGE, captures)


def the(found: Story, title: str) -> ItemStory:
    """The one item that ever bore this title."""
    items = [each for each in found.items if any(titled.title == title for titled in each.titles)]
    assert len(items) == 1, f"{len(items)} items were called {title}"
    return items[0]


def deeds(events: Iterable[Event], *, routine: bool = False) -> list[str]:
    """What happened, with the captures between which it did: retitled 3-4."""
    return [
        f"{event.change.kind.value.partition('.')[2]} {event.before}-{event.after}"
        for event in events
        if routine or event.change.significance is not Significance.ROUTINE
    ]


def with_letter(day: int, letter: Item | None, **more: Any) -> Told:
    """A list of twelve notices, with a letter among them at the place of its date."""
    items = news(day)
    if letter is not None:
        items.insert(day + 5, letter)
    return on(day, items, **more)


# -- the stories


def letter() -> Story:
    """A letter appears under an old date, is edited twice, withdrawn, and returns."""
    steps: list[Item | None] = [None, LETTER, LETTER]
    steps += [LETTER._replace(teaser=TEASED), LETTER._replace(teaser=TEASED.replace("closed", "shut"))]
    steps += [None, None, LETTER, LETTER]
    return told(with_letter(day, each) for day, each in enumerate(steps))


def renamed() -> Story:
    """A letter is retitled, redated and retitled again; it stays one item."""
    other = LETTER._replace(title="Harbour master's note on night dredging")
    third = other._replace(title="Note on dredging by night")
    steps = [LETTER, other, other, third]
    return told(with_letter(day, each) for day, each in enumerate(steps))


def stalled() -> Story:
    """A counter of days stands still for two captures, then catches up; another one does as it should."""
    values = [400, 401, 402, 402, 402, 405, 406]
    return told(
        on(day, news(day), counters=(days(value, "since the last grounding"), days(90 + day, "since the strike began")))
        for day, value in enumerate(values)
    )


def gap() -> Story:
    """A page captured each day, but for a month in the middle."""
    return told(on(day, news(day)) for day in (*range(10), *range(40, 50)))


def suspect() -> Story:
    """Two captures in the middle break off."""
    captures = [on(day, news(day)) for day in range(6)]
    for day in (3, 4):
        captures[day] = on(day, news(day)[:4], suspect="the page breaks off in the middle of the list")
    return told(captures)


def unchanged(count: int = 51) -> Story:
    """The same bytes each day."""
    same = reading(news(0), day=None, title="News")
    moments = (datetime.combine(START + timedelta(days=day), time(6), UTC) for day in range(count))
    return told(captured(moment, same) for moment in moments)


def whole() -> Story:
    """A little of everything, over seven weeks."""
    return told(_whole())


HOSTILE = "<script>alert(1)</script> \x1b[31m \u202e [x](javascript:alert(1)) | *b* `c`"


def hostile() -> Story:
    """Every text of the page tries to get out of the report."""
    items = [item(f"{HOSTILE} {number}", "2020-05-20", "javascript:alert(1)", teaser=HOSTILE) for number in range(5)]
    steps = [items, [items[0]._replace(teaser="calm"), *items[2:]], items]
    fields = (Field(label=HOSTILE, value="1"),), (Field(label=HOSTILE, value=HOSTILE),), ()
    page = PAGE._replace(title=HOSTILE, url="javascript:alert(1)")
    captures = [
        on(day, each, fields=fields[day], language='x"><script>', sections=[(HOSTILE, [HOSTILE, f"{HOSTILE} {day}"])])
        for day, each in enumerate(steps)
    ]
    return story(page, captures)


def _whole() -> Iterable[Told]:
    letters = _letters()
    for day in (*range(14), *range(30, 48)):
        if day == 9:
            yield with_letter(day, None, suspect="it ends in the middle of a word, “anch”")
            continue
        counter = days(400 + day - (day in (5, 6)), "since the last grounding")
        telephone = "+44 20 7946 0100" if day < 12 else "+44 20 7946 0199"
        lead = article("Annual report", "Tonnage rose.", "Nobody was hurt." if day < 35 else "Two were hurt.")
        yield _shelved(day, letters(day), counters=(counter,), fields=(Field("Pilot office", telephone),), lead=lead)


def _letters() -> Callable[[int], Sequence[Item]]:
    """What stands in the list beside the notices, day by day."""
    plain = item("Statement on the closure of Quay 4", "2020-05-30", "https://westhaven.example/news/42")
    table = item("Tide tables for June", "2020-05-29", "https://westhaven.example/news/40")

    def shown(day: int) -> Sequence[Item]:
        note = LETTER._replace(title="Harbour master's note on night dredging") if day >= 11 else LETTER
        statement = plain._replace(teaser=TEASED if day < 7 else TEASED.replace("closed", "shut"))
        return [
            *([table] if day < 4 else []),
            *([statement] if day < 13 else []),
            *([note] if day not in (7, 8) else []),
        ]

    return shown


def _shelved(day: int, others: Sequence[Item], **more: Any) -> Told:
    """The thirty newest of the notices and the others."""
    dated = sorted((*news(day, 30), *others), key=lambda each: each.date.text if each.date else "", reverse=True)
    return on(day, dated[:30], **more)


STORIES: dict[str, Callable[[], Story]] = {
    "letter": letter,
    "renamed": renamed,
    "stalled": stalled,
    "gap": gap,
    "suspect": suspect,
    "unchanged": unchanged,
    "whole": whole,
    "hostile": hostile,
}
