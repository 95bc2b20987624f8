"""A reading says on which other days of capture it would have been the same, and is right."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from monitor.model.reading import Reading
from monitor.model.snapshot import Snapshot
from monitor.read import read, read_watched
from monitor.read.capture_day import CaptureDay
from monitor.read.watch import Watch

NEAR = st.dates(min_value=date(2020, 6, 1), max_value=date(2020, 8, 1))
ANY = NEAR | st.dates() | st.sampled_from([date.min, date.max])


@given(ANY, st.lists(ANY, max_size=5), ANY)
def test_within_the_days_told_every_answer_is_the_same(day: date, shown: list[date], other: date) -> None:
    captured = CaptureDay(day)
    answers = [captured.is_near(each) for each in shown]
    assert answers == [abs(each - day) <= timedelta(days=1) for each in shown]
    assert captured.first <= day <= captured.last
    if captured.first <= other <= captured.last:
        assert [CaptureDay(other).is_near(each) for each in shown] == answers


@given(ANY)
def test_without_a_day_of_capture_any_date_may_be_todays(shown: date) -> None:
    captured = CaptureDay(None)
    assert captured.is_near(shown)
    assert (captured.first, captured.last) == (date.min, date.max)


class _Days(Watch):
    __slots__ = ("told",)

    def __init__(self) -> None:
        self.told = (date.min, date.max)

    def holds(self, first: date, last: date) -> None:
        self.told = first, last


def _read(body: str, day: date) -> tuple[Reading, tuple[date, date]]:
    days = _Days()
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    found = read_watched(Snapshot("page", body.encode(), at, "text/html"), None, days)
    return found._replace(captured_at=None), days.told


LIST = "<ul>" + "".join(f"<li>0{day}.06.2020 <a href=/{day}>Boats of day {day}</a></li>" for day in (5, 4, 3)) + "</ul>"
PAGES = {
    "today's date in words": "<p>Today is 4 July 2020</p><h1>Harbour office</h1><p>Boats leave at nine.",
    "today's date in two places": "<p>Today is 4 July 2020</p><p>Today is 6 July 2020</p><p>Boats leave at nine.",
    "a date at its head": f"<div>4 July 2020</div><h1>Harbour office</h1>{LIST}",
    "two dates at its head": f"<div>4 July 2020</div><div>7 July 2020</div><h1>Harbour office</h1>{LIST}",
    "no date": "<h1>Harbour office</h1><p>Boats leave at nine.",
    "a feed": "<rss version='2.0'><channel><item><title>Boats</title></item></channel></rss>",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_reads_the_same_on_all_days_that_it_says(page: str) -> None:
    for number in range(-4, 9):
        day = date(2020, 7, 4) + timedelta(days=number)
        found, (first, last) = _read(page, day)
        assert first <= day <= last
        for away in range(-9, 10):
            other = day + timedelta(days=away)
            if first <= other <= last:
                assert _read(page, other)[0] == found, other


def test_a_page_without_a_date_reads_the_same_on_any_day() -> None:
    assert _read(PAGES["no date"], date(2020, 7, 4))[1] == (date.min, date.max)
    assert _read(PAGES["today's date in words"], date(2020, 7, 5))[1] == (date(2020, 7, 3), date(2020, 7, 5))
    assert read(Snapshot("page", b"boats")).page_date is None
