"""The days of a page are those of its zone, and how late it is, is what config.yaml says, kept readings or not."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from monitor.compare import compare
from monitor.compare.past import Past
from monitor.config import parse
from monitor.model.days import day_in
from monitor.model.page import Page
from monitor.model.rules import Rules
from monitor.model.snapshot import Snapshot
from monitor.read import read
from monitor.store.folder import Store
from monitor.watch.read_captures import read_captures, read_with
from monitor.watch.versions import rules_version
from tests.compare_builders import dated, only, reading
from tests.stored import NOON, dump, notices
from tests.test_cli import monitor

EAST, WEST = "Pacific/Kiritimati", "Pacific/Honolulu"  # 14 hours before UTC, and 10 behind
FOUR = ("20.06.2020 Parade", "15.06.2020 Talks", "10.06.2020 Article", "05.06.2020 Appeal")


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2020-07-04T23:30:00", None, "2020-07-04"),
        ("2020-07-04T23:30:00", "Europe/London", "2020-07-05"),
        ("2020-07-04T09:59:59", WEST, "2020-07-03"),
        ("2020-07-04T10:00:00", EAST, "2020-07-05"),
        ("2020-07-04T00:00:00", WEST, "2020-07-04"),
        ("9999-12-31T23:00:00", EAST, "9999-12-31"),
    ],
)
def test_a_capture_is_of_the_day_that_its_page_counts(moment: str, zone: str | None, day: str) -> None:
    assert day_in(datetime.fromisoformat(moment).replace(tzinfo=UTC), zone) == date.fromisoformat(day)


def test_a_page_that_shows_no_date_is_of_its_own_day() -> None:
    late = datetime(2020, 7, 4, 23, 30, tzinfo=UTC)
    snapshot = Snapshot("page", notices("boats").encode(), late, "text/html")
    assert read(snapshot).snapshot_day == date(2020, 7, 4)
    assert read(snapshot, Rules(zone="Europe/London")).snapshot_day == date(2020, 7, 5)
    assert read(snapshot._replace(body=b'[{"a": 1}]', media_type="application/json"), Rules(zone=EAST)).zone == EAST


def test_the_days_between_captures_are_the_pages() -> None:
    body = "<h1>Harbour</h1><p>{} days have passed since the storm at sea.</p>"
    captured = [datetime(2020, 7, 4, 23, 30, tzinfo=UTC), datetime(2020, 7, 5, 22, tzinfo=UTC)]
    pages = [
        Snapshot("page", body.format(at + 100).encode(), each, "text/html")
        for at, each in zip((0, 0), captured, strict=True)
    ]
    days = [compare(*(read(each, Rules(zone=zone)) for each in pages)).elapsed_days for zone in (None, "Europe/London")]
    assert days == [1, 0]


def test_a_date_is_todays_where_it_is_so_for_the_page() -> None:
    """At 9:00 UTC of 7 July it is 6 July on Hawaii, a day after the date that the page shows."""
    body = notices("boats", "ships", "crane").replace("<h1>", "<div>5 July 2020</div><h1>").encode()
    snapshot = Snapshot("page", body, datetime(2020, 7, 7, 9, tzinfo=UTC), "text/html")
    assert read(snapshot, Rules(zone=WEST)).page_day == date(2020, 7, 5)
    assert read(snapshot).page_day is None


# -- kept readings


def _put(store: Store, body: str, hours: list[float]) -> None:
    with store.writing() as writer:
        for each in hours:
            writer.add("harbour", Snapshot("page", body.encode(), NOON + timedelta(hours=each), "text/html"))


@pytest.mark.parametrize("zone", [None, EAST, WEST, "Asia/Kolkata", "Europe/London"])
def test_a_kept_reading_is_the_one_that_its_day_in_the_zone_asks_for(tmp_path: Path, zone: str | None) -> None:
    """Captures around every change of the day, and at midnight to the second, as those known by their day alone."""
    store = Store(str(tmp_path / "snapshots"))
    today = notices("boats", "ships", "crane").replace("<h1>", "<div>6 July 2020</div><h1>")
    _put(store, today, [each + part for each in range(-14, 120, 5) for part in (0, 0.5)] + [12, 36, 60, 84])
    page = Page("harbour", rules=Rules(zone=zone))
    captures = store.captures("harbour")
    anew = read_with(None, store, captures, page)
    assert len({bool(each.reading and each.reading.page_date) for each in anew}) == 2
    assert read_captures(store, captures, page).read == anew
    assert read_captures(store, captures, page).read == anew
    assert len(dump(store)["readings"]) < 4


def test_another_zone_reads_the_history_anew(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "snapshots"))
    _put(store, notices("boats"), [11.5])
    days = [
        each.reading and each.reading.snapshot_day
        for zone in (None, EAST, None, EAST)
        for each in read_captures(store, store.captures("harbour"), Page("harbour", rules=Rules(zone=zone))).read
    ]
    assert days == [date(2020, 7, 4), date(2020, 7, 5)] * 2


def test_zone_and_lag_are_part_of_what_decides() -> None:
    rules = [Rules(), Rules(zone=EAST), Rules(zone=WEST), Rules(lag=1), Rules(lag=3), Rules(zone=EAST, lag=3)]
    assert len({rules_version(Page("harbour", rules=each)) for each in rules}) == len(rules)


# -- how late the page is


@pytest.mark.parametrize(("lag", "kind"), [(None, "backdated"), (1, "backdated"), (2, "backdated"), (3, "published")])
def test_an_item_is_backdated_only_beyond_the_lag(lag: int | None, kind: str) -> None:
    before = reading(dated(*FOUR), lag=lag)
    after = reading(dated("01.07.2020 Letter", *FOUR), day="2020-08-03", lag=lag)
    assert only(compare(before, after), f"item.{kind}").subject == "Letter"


def test_what_the_config_says_of_the_lag_goes_before_the_history() -> None:
    assert Past([reading(dated(*FOUR), lag=5)]).lag == 5
    assert Past([reading(dated(*FOUR))]).lag == 1


def test_config_yaml_says_both(tmp_path: Path) -> None:
    text = "defaults: {zone: Asia/Tokyo, lag: 3d}\npages: [{id: a}, {id: b, zone: UTC, lag: 7d}]"
    rules = [each.rules for each in parse(text).pages]
    assert [(each.zone, each.lag, each.is_empty) for each in rules] == [("Asia/Tokyo", 3, True), ("UTC", 7, True)]
    (tmp_path / "config.yaml").write_text(text)
    (tmp_path / "page 2020-07-04T233000Z.html").write_text(notices("boats"))
    told = [
        json.loads(
            monitor(
                "read", tmp_path / "page 2020-07-04T233000Z.html", "--format", "json", "--page", page,
                "--config", tmp_path / "config.yaml",
            ).stdout
        )
        for page in "ab"
    ]  # fmt: skip
    assert [(each["captured_at"], each["snapshot_day"]) for each in told] == [
        ("2020-07-04T23:30:00+00:00", "2020-07-05"),
        ("2020-07-04T23:30:00+00:00", "2020-07-04"),
    ]
