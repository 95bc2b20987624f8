"""A digest is put into the outbox, and where the next one begins: nothing is lost, nothing told twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.model.delivery import Answer
from monitor.model.page import Page
from monitor.store.catalogue.deliveries import Deliveries
from monitor.store.folder import Store
from monitor.watch.asked_digest import Asked
from monitor.watch.compare_captures import compare_captures
from monitor.watch.find_named import find_reader
from monitor.watch.project import Project
from monitor.watch.send_digest import send_digest
from tests.stored import NOON, notices, opened, put

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LATER = NOON + 900 * DAY
QUIET = notices("boats", "ships")
NEXT = Asked()
NEWS = [f"{QUIET}<p>The crane number {number} is new." for number in range(9)]


class _Place:
    def __init__(self, folder: Path, more: str = "") -> None:
        self.folder = folder
        self.store = Store(str(folder / "snapshots"))
        (folder / "config.yaml").write_text(
            f"readers: [{{id: desk, stdout: yes{more}}}]\npages: [{{id: harbour}}, {{id: quay, tags: [works]}}]\n"
        )

    def put(self, body: str, day: int, page: str = "harbour") -> None:
        put(self.store, body, first=day, page=page)
        compare_captures(self.store, Page(page))

    def send(self, now: datetime, asked: Asked = NEXT) -> set[str]:
        """The findings of what is put into the outbox."""
        project = Project(str(self.folder / "config.yaml"))
        sent = send_digest(project, find_reader("desk", project.config), asked, now)
        assert sent.notices == ()
        return {finding for message in sent.messages for finding in message.findings}

    def count(self) -> int:
        """How many deliveries there are."""
        with opened(self.store) as catalogue:
            return len(Deliveries(catalogue).listed())

    def findings(self) -> set[str]:
        """All that was ever found, by the catalogue."""
        with opened(self.store) as catalogue:
            rows = catalogue.rows([each.file for page in ("harbour", "quay") for each in self.store.captures(page)])
        return {finding.id for row in rows.values() if row.compared for finding in row.compared.findings}


@pytest.fixture
def place(tmp_path: Path) -> _Place:
    return _Place(tmp_path)


def test_each_finding_is_told_once(place: _Place) -> None:
    told = []
    for day, body in enumerate(NEWS[:4]):
        place.put(body, day)
        told += [*place.send(NOON + day * DAY + timedelta(hours=1))]
    assert len(told) == len(set(told))
    assert set(told) == place.findings()


def test_a_quiet_time_sends_nothing_and_is_not_gone_through_again(place: _Place) -> None:
    place.put(QUIET, 0)
    assert place.send(NOON + DAY) == set()
    assert place.count() == 0
    with opened(place.store) as catalogue:
        assert catalogue.last_digest("desk", LATER) == NOON + DAY


def test_what_came_while_the_machine_was_off_for_long_is_told_after_a_quiet_time(place: _Place) -> None:
    place.put(QUIET, 0)
    place.send(NOON + timedelta(hours=1))
    place.put(NEWS[0], 1)
    assert place.send(NOON + 9 * DAY) == place.findings() != set()


def test_an_empty_digest_goes_to_who_wants_it(tmp_path: Path) -> None:
    place = _Place(tmp_path, ", empty: yes")
    place.put(QUIET, 0)
    assert place.send(NOON + DAY) == set()
    assert place.count() == 1


def test_after_a_digest_of_some_tags_or_of_a_time_that_was_named_nothing_is_lost(place: _Place) -> None:
    for page in ("harbour", "quay"):
        place.put(QUIET, 0, page)
        place.put(NEWS[0], 1, page)
    now = NOON + 1.5 * DAY
    first = place.send(now, Asked(tags=("works",)))
    place.send(now, Asked(since="2020-07-05T20:00"))
    second = place.send(now)
    assert first
    assert second
    assert first | second == place.findings()
    assert not first & second


@pytest.mark.parametrize("is_dropped", [True, False])
def test_what_a_lost_digest_told_comes_in_the_next_one_whatever_lay_between(place: _Place, *, is_dropped: bool) -> None:
    place.put(QUIET, 0)
    place.send(NOON + HOUR)
    place.put(NEWS[0], 1)
    first = place.send(NOON + DAY + HOUR)
    place.put(NEWS[0], 5)
    assert place.send(NOON + 5 * DAY + HOUR) == set()
    with opened(place.store) as catalogue:
        deliveries = Deliveries(catalogue)
        [delivery] = deliveries.listed()
        if is_dropped:
            deliveries.drop(delivery.message.id, NOON + 5 * DAY + 2 * HOUR)
        else:
            assert deliveries.claim(delivery.message.id, NOON + 5 * DAY + 2 * HOUR)
            deliveries.settle(delivery.message.id, Answer(False, "550", is_final=True), NOON + 5 * DAY + 2 * HOUR, None)
    assert place.send(NOON + 9 * DAY) == first != set()
    assert place.send(NOON + 12 * DAY) == set()


@pytest.mark.parametrize("is_quiet", [True, False])
def test_a_clock_that_was_ahead_cuts_no_later_digest_short(place: _Place, *, is_quiet: bool) -> None:
    place.put(QUIET, 0)
    place.send(NOON + HOUR)
    if not is_quiet:
        place.put(NEWS[0], 1)
    place.send(NOON + 90 * DAY)
    for day, number in ((2, 1), (3, 2), (4, 3)):
        place.put(NEWS[number], day)
    told = place.send(NOON + 9 * DAY)
    assert len(told) >= 3
    place.put(NEWS[4], 11)
    assert place.send(NOON + 16 * DAY)


# -- what the reader was told has to be known


@contextmanager
def _held(store: Store) -> Iterator[None]:
    """Within, another process is changing the catalogue."""
    with closing(sqlite3.connect(f"{store.folder}/catalogue.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_digest_is_refused_where_the_catalogue_cannot_be_asked_and_the_next_one_tells_it_all(place: _Place) -> None:
    place.put(QUIET, 0)
    place.send(NOON + timedelta(hours=1))
    place.put(NEWS[0], 1)
    put(place.store, NEWS[1], first=9, page="harbour")  # not in the index yet, so that it would have to be written
    with _held(place.store), pytest.raises(StoreError, match=r"in use by another process .*; nothing was made or sent"):
        place.send(NOON + 9.5 * DAY)
    assert place.count() == 0
    with opened(place.store) as catalogue:
        assert catalogue.last_digest("desk", LATER) == NOON + timedelta(hours=1)
    told = place.send(NOON + 10 * DAY)
    assert told == place.findings()
    assert len(told) > 1


def test_a_quiet_time_is_not_noted_of_a_catalogue_that_could_not_be_asked(place: _Place) -> None:
    place.put(QUIET, 0)
    place.send(NOON + timedelta(hours=1))
    put(place.store, QUIET, first=1, page="harbour")
    with _held(place.store), pytest.raises(StoreError):
        place.send(NOON + 2 * DAY)
    with opened(place.store) as catalogue:
        assert catalogue.last_digest("desk", LATER) == NOON + timedelta(hours=1)


def test_without_a_catalogue_nothing_is_sent_and_that_is_an_error(place: _Place) -> None:
    place.put(QUIET, 0)
    place.put(NEWS[0], 1)
    for each in place.folder.glob("snapshots/catalogue.sqlite*"):
        each.unlink()
    (place.folder / "snapshots" / "catalogue.sqlite").mkdir()  # neither read nor made, whoever runs this
    with pytest.raises(StoreError, match="What desk was told cannot be asked"):
        place.send(NOON + 2 * DAY)


def test_of_two_digests_that_are_made_at_once_one_is_put_in(place: _Place) -> None:
    place.put(QUIET, 0)
    place.put(NEWS[0], 1)
    now = NOON + 1.5 * DAY
    project = Project(str(place.folder / "config.yaml"))
    sent = send_digest(project, find_reader("desk", project.config), NEXT, now)
    again = tuple(each._replace(id=f"{at}" * 24, until=now + DAY) for at, each in enumerate(sent.messages))
    with opened(place.store) as catalogue:
        deliveries = Deliveries(catalogue)
        assert not deliveries.put_digest(again, now, None, now)  # it was made before the first was put in
        assert not deliveries.put_digest(again, now, now, now)  # and its findings are told
        untold = tuple(each._replace(findings=("another",)) for each in again)
        assert not deliveries.put_digest(untold, now, None, now)
        assert place.count() == 1
        assert deliveries.put_digest(untold, now, now, now)
