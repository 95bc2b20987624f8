"""What belongs together is asked of one state of the catalogue and written at once, or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.model.page import Page
from monitor.store.catalogue.opened import Catalogue
from monitor.store.folder import Store
from monitor.watch.compare_captures import compare_captures
from monitor.watch.compare_latest import compare_since
from tests.stored import NOON, dump, notices, opened, put

LATER = NOON + timedelta(days=9)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "snapshots"))


@pytest.fixture
def full(store: Store) -> Store:
    put(store, notices("boats", "ships"), notices("crane", "boats", "ships"), notices("crane", "ships"))
    return store


def _marks(store: Store) -> dict[str, str]:
    """As another process finds them."""
    with opened(store) as other:
        return other.marks()


def test_all_that_is_kept_is_there_at_the_end_and_not_before(full: Store) -> None:
    with opened(full) as catalogue:
        with catalogue.together():
            catalogue.tell("harbour", "one", NOON, [])
            catalogue.tell("quay", "two", NOON, [])
            assert _marks(full) == {}
        assert _marks(full) == catalogue.marks() == {"harbour": "one", "quay": "two"}


def test_where_the_work_fails_nothing_of_it_is_kept(full: Store) -> None:
    def fail() -> None:
        with catalogue.together():
            catalogue.tell("harbour", "one", NOON, [])
            raise RuntimeError

    with opened(full) as catalogue:
        with pytest.raises(RuntimeError):
            fail()
        assert _marks(full) == catalogue.marks() == {}


def test_what_another_process_writes_meanwhile_is_seen_afterwards(full: Store) -> None:
    with opened(full) as catalogue:
        with catalogue.together():
            assert catalogue.mark_of("harbour") is None
            with opened(full) as other:
                other.tell("harbour", "theirs", NOON, [])
            assert catalogue.mark_of("harbour") is None
        assert catalogue.mark_of("harbour") == "theirs"


def test_captures_that_were_put_in_meanwhile_are_seen_once_it_catches_up(full: Store) -> None:
    with opened(full) as catalogue, catalogue.together():
        assert len(catalogue.captures("harbour")) == 3
        put(full, notices("rope"), first=3)
        assert len(catalogue.captures("harbour")) == 3
        catalogue.catch_up()
        assert len(catalogue.captures("harbour")) == 4


def test_what_an_answer_depends_on_is_written_at_once(full: Store) -> None:
    with opened(full) as catalogue, catalogue.together():
        assert [catalogue.failed("harbour", at, "no answer").attempts for at in (NOON, LATER)] == [1, 2]


def test_a_page_compared_together_leaves_the_same_as_one_step_at_a_time(full: Store, tmp_path: Path) -> None:
    other = Store(str(tmp_path / "other"))
    put(other, notices("boats", "ships"), notices("crane", "boats", "ships"), notices("crane", "ships"))
    compare_captures(other, Page("harbour"))
    with opened(full) as catalogue, catalogue.together():
        for told in (None, *full.captures("harbour")):
            compare_since(catalogue, full, Page("harbour"), told)
    assert _kept(full) == _kept(other)


def _kept(store: Store) -> dict[str, list[tuple[object, ...]]]:
    found = dump(store)
    return {name: found[name] for name in ("captures", "readings", "findings")}


@pytest.mark.parametrize("is_late", [False, True])
def test_a_catalogue_that_breaks_meanwhile_is_set_aside_and_all_goes_on(full: Store, *, is_late: bool) -> None:
    with opened(full) as catalogue:
        with catalogue.together():
            if is_late:
                catalogue.tell("harbour", "one", NOON, [])
                catalogue.mark_of("harbour")
            _spoil(catalogue)
            steps = compare_since(catalogue, full, Page("harbour"), full.captures("harbour")[0])
            catalogue.tell("harbour", "two", NOON, [])
        assert [step.compared is not None for step in steps] == [True, True]
        assert catalogue.mark_of("harbour") == "two"
        assert len(catalogue.captures("harbour")) == 3
        assert ["set aside" in each for each in catalogue.notices] == [True]


def _spoil(catalogue: Catalogue) -> None:
    with closing(sqlite3.connect(catalogue.path, isolation_level=None)) as other:
        other.execute("DROP TABLE readings")
