"""How pages stand is told from what was kept: no capture is opened and nothing is compared for it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from monitor.model.judgement import Place
from monitor.model.overview import Activity, Overview, PageState, State
from monitor.model.page import Page
from monitor.store.catalogue import tables
from monitor.store.folder import Store
from monitor.watch.compare_captures import compare_captures
from monitor.watch.tell_overview import DAYS, report_of, tell_overview
from monitor.watch.write_overview import write_overview
from tests.stored import NOON, notices, opened, put

HARBOUR = Page("harbour", title="Harbour office", url="https://harbour.example/")
DAY = timedelta(days=1)
DENIED = "<!doctype html><title>Access denied</title><h1>Access denied</h1><p>You don't have permission to access this."


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "snapshots"))


def _overview(store: Store, now: datetime, pages: Sequence[Page] = (HARBOUR,)) -> Overview:
    with opened(store) as catalogue:
        return tell_overview(pages, catalogue, str(Path(store.folder).parent / "reports"), now)


def _harbour(store: Store, now: datetime) -> PageState:
    return _overview(store, now).pages[0]


def _report(store: Store, file: str) -> None:
    path = Path(store.folder).parent / "reports" / report_of(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("<!doctype html>")


def _put(store: Store, *bodies: str, page: Page = HARBOUR) -> list[str]:
    files = [each.file for each in put(store, *bodies, page=page.id)]
    compare_captures(store, page)
    return files


def test_the_digests_of_the_days_are_found_the_newest_first(tmp_path: Path) -> None:
    folder = tmp_path / "digests"
    folder.mkdir()
    for name in (
        "2026-11-27.html", "2026-11-28T073000Z-digest-3f9c.html", "2026-11-28T060000Z-alert-11aa.html", "notes.html",
        "2026-11-26.txt", "2026-13-01.html",
    ):  # fmt: skip
        (folder / name).write_text("<!doctype html>")
    found = [(str(each.day), each.file) for each in tell_overview([HARBOUR], None, str(tmp_path), NOON).digests]
    assert found == [
        ("2026-11-28", "digests/2026-11-28T073000Z-digest-3f9c.html"),
        ("2026-11-27", "digests/2026-11-27.html"),
    ]
    assert tell_overview([HARBOUR, Page("digests")], None, str(tmp_path), NOON).digests == ()


def test_a_page_without_captures_waits(store: Store) -> None:
    put(store, "boats", page="quay")
    assert _overview(store, NOON).pages == (
        PageState("harbour", State.WAITING, "Harbour office", "https://harbour.example/"),
    )


def test_without_a_catalogue_every_page_waits(tmp_path: Path) -> None:
    assert tell_overview([HARBOUR], None, str(tmp_path), NOON).pages[0].state is State.WAITING


def test_a_page_without_an_address_is_not_among_the_watched(store: Store) -> None:
    _put(store, "boats")
    assert [page.id for page in _overview(store, NOON, [HARBOUR, Page("kept")]).pages] == ["harbour"]


def test_all_reports_of_a_page_are_reached_from_its_index_however_old(store: Store, tmp_path: Path) -> None:
    files = _put(store, *("boats ships crane"[: 5 + number] for number in range(9)))
    for file in files:
        _report(store, file)
    place = Place(store.folder, str(tmp_path / "reports"))
    with opened(store) as catalogue:
        path = Path(write_overview(place, [HARBOUR], catalogue, NOON + 90 * DAY, {}))
    assert 'href="harbour/index.html">' in path.read_text()
    listed = (path.parent / "harbour" / "index.html").read_text()
    assert all(f'href="{report_of(file).partition("/")[2]}"' in listed for file in files)


def test_what_was_redated_is_an_alert_with_its_sentence_and_its_report(store: Store) -> None:
    files = _put(store, notices("boats", "ships", "crane"), notices("boats", "crane"), notices("boats", "crane"))
    _report(store, files[1])
    page = _harbour(store, NOON + 3 * DAY)
    assert (page.state, page.since, page.changed_at) == (State.ALERT, NOON + DAY, NOON + DAY)
    assert (page.last_at, page.captures) == (NOON + 2 * DAY, 3)
    assert "“ships” is gone" in page.summary
    (told,) = page.told
    assert (told.at, told.file, told.alerts) == (NOON + DAY, "harbour/2020-07-05T120000Z.html", 1)
    assert told.summary == page.summary
    assert page.reports == 1


def test_a_finding_is_no_longer_lately_after_a_week_and_still_told(store: Store) -> None:
    _put(store, notices("boats", "ships", "crane"), notices("boats", "crane"))
    page = _harbour(store, NOON + 9 * DAY)
    assert page.state is State.EXPECTED
    assert "“ships” is gone" in page.summary
    assert len(page.told) == 1
    later = _harbour(store, NOON + 90 * DAY)
    assert (later.state, later.told, later.days) == (State.EXPECTED, (), ())
    assert "“ships” is gone" in later.summary


def test_what_came_is_news(store: Store) -> None:
    _put(store, notices("boats", "ships"), notices("crane", "boats", "ships"))
    page = _harbour(store, NOON + 2 * DAY)
    assert page.state in (State.NEWS, State.ALERT)
    assert page.told[0].news + page.told[0].alerts >= 1


def test_a_newest_capture_that_is_suspect_stands_above_what_was_found(store: Store) -> None:
    body = notices(*(f"boat number {at}" for at in range(12)))
    files = _put(store, body, DENIED, DENIED)
    page = _harbour(store, NOON + 3 * DAY)
    assert (page.state, page.since) == (State.SUSPECT, NOON + DAY)
    assert [told.is_suspect for told in page.told] == [True, True]
    with opened(store) as catalogue, catalogue.writing() as connection:
        for file in files[1:]:
            connection.execute(insert(tables.accepted).values(page="harbour", file=file, at="2020-07-06T12:00:00Z"))
    assert _harbour(store, NOON + 3 * DAY).state is State.EXPECTED


def test_a_suspect_capture_followed_by_a_good_one_is_past(store: Store) -> None:
    body = notices(*(f"boat number {at}" for at in range(12)))
    _put(store, body, DENIED, body)
    page = _harbour(store, NOON + 3 * DAY)
    assert page.state is State.EXPECTED
    assert [told.is_suspect for told in page.told] == [True]


def test_a_page_that_fails_is_the_gravest_and_keeps_what_was_found(store: Store) -> None:
    _put(store, notices("boats", "ships", "crane"), notices("boats", "crane"))
    quay = Page("quay", url="https://quay.example/")
    _put(store, "rope", page=quay)
    with opened(store) as catalogue:
        for hour in range(3):
            failure = catalogue.failed("quay", NOON + DAY + timedelta(hours=hour), "no answer")
    first, second = _overview(store, NOON + 2 * DAY, [HARBOUR, quay]).pages
    assert (first.id, first.state, first.since, first.attempts) == ("quay", State.FAILING, failure.since, 3)
    assert first.reason == "no answer"
    assert dict(first.days)[DAYS - 2] == Activity(is_failing=True)
    assert second.state is State.ALERT


def test_a_failure_that_is_over_is_seen_in_the_days_alone(store: Store) -> None:
    _put(store, "boats", "boats", "boats")
    with opened(store) as catalogue:
        catalogue.failed("harbour", NOON + timedelta(hours=2), "no answer")
        catalogue.succeeded("harbour", NOON + DAY)
    page = _harbour(store, NOON + 2 * DAY)
    assert (page.state, page.attempts, page.reason) == (State.EXPECTED, 0, "")
    assert dict(page.days) == {
        DAYS - 3: Activity(captures=1, is_failing=True), DAYS - 2: Activity(captures=1), DAYS - 1: Activity(captures=1),
    }  # fmt: skip


def test_a_report_of_which_nothing_is_known_is_linked_all_the_same(store: Store) -> None:
    (file,) = [each.file for each in put(store, "boats")]
    _report(store, file)
    _report(store, "harbour/2020-07-03T120000Z-2.warc.gz")
    (Path(store.folder).parent / "reports" / "harbour" / "notes.html").write_text("mine")
    page = _harbour(store, NOON + DAY)
    assert [told.file for told in page.told] == [
        "harbour/2020-07-04T120000Z.html", "harbour/2020-07-03T120000Z-2.html",
    ]  # fmt: skip
    assert page.reports == 2


def test_no_capture_is_opened_for_it(store: Store) -> None:
    _put(store, notices("boats", "ships", "crane"), notices("boats", "crane"))
    before = _harbour(store, NOON + 2 * DAY)
    shutil.rmtree(Path(store.folder) / "harbour")
    assert _harbour(store, NOON + 2 * DAY) == before


def test_when_a_page_is_due_is_as_it_was_given(store: Store) -> None:
    _put(store, "boats")
    with opened(store) as catalogue:
        overview = tell_overview([HARBOUR], catalogue, "", NOON, {"harbour": NOON + DAY})
    assert overview.pages[0].next_at == NOON + DAY


def test_a_suspect_capture_that_counts_as_a_failure_is_suspect_until_none_comes(store: Store) -> None:
    _put(store, notices(*(f"boat number {at}" for at in range(12))), DENIED)
    with opened(store) as catalogue:
        catalogue.failed("harbour", NOON + DAY - timedelta(seconds=2), "it shows “Access denied”")
    assert _harbour(store, NOON + 2 * DAY).state is State.SUSPECT
    with opened(store) as catalogue:
        catalogue.failed("harbour", NOON + 2 * DAY, "no answer")
    page = _harbour(store, NOON + 3 * DAY)
    assert (page.state, page.attempts, page.reason) == (State.FAILING, 2, "no answer")


def test_the_index_is_written_whole_with_links_beside_it(tmp_path: Path, store: Store) -> None:
    files = _put(store, notices("boats", "ships", "crane"), notices("boats", "crane"))
    _report(store, files[1])
    place = Place(store.folder, str(tmp_path / "reports"))
    with opened(store) as catalogue:
        path = write_overview(place, [HARBOUR], catalogue, NOON + 2 * DAY, {})
    assert path == str(tmp_path / "reports" / "index.html")
    document = Path(path).read_text("utf-8")
    assert "Harbour office" in document
    assert 'href="harbour/2020-07-05T120000Z.html"' in document
    assert document.rstrip().endswith("</html>")
