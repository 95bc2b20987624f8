"""The files that a ledger has, looked at again and again: each look says what reading all of it anew would."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from monitor.model.snapshot import Snapshot
from monitor.store import ledger
from monitor.store.folder import Store
from monitor.store.live_files import LiveFiles

NOON = datetime(2020, 7, 4, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(str(tmp_path / "snapshots"))
    _put(store, 0, 1)
    return store


def _put(store: Store, *days: int) -> None:
    with store.writing() as writer:
        for day in days:
            body = str(day).encode()
            writer.add("harbour", Snapshot(source="x", body=body, captured_at=NOON + timedelta(days=day)))


def _prune(store: Store) -> None:
    """Take out the first of those that the ledger has."""
    found = next((each for each in store.captures("harbour") if each.file in _anew(store)), None)
    if found:
        with store.writing() as writer:
            writer.prune(store.entry(found), NOON)


def _anew(store: Store) -> set[str]:
    return ledger.live_files(store.ledger, "harbour")


def test_there_is_nothing_before_there_is_a_ledger(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "snapshots"))
    assert store.live_files.look() == set()
    _put(store, 0)
    assert store.live_files.look() == _anew(store) != set()


def test_what_another_put_in_or_took_out_meanwhile_is_seen(store: Store) -> None:
    assert len(store.live_files.look()) == 2
    _put(Store(store.folder), 2)
    assert len(store.live_files.look()) == 3
    _prune(Store(store.folder))
    assert store.live_files.look() == _anew(store)
    assert len(store.live_files.look()) == 2


def test_of_what_was_read_only_the_end_is_read_again(store: Store) -> None:
    """A first line that somebody changed goes unseen, as long as the one that was last read stands where it stood."""
    files, path = LiveFiles(store.ledger), Path(store.ledger)
    known = set(files.look())
    path.write_bytes(path.read_bytes().replace(b"harbour/2020-07-04", b"harbour/1999-07-04", 1))
    assert files.look() == known
    _put(store, 2)
    assert files.look() == known | {store.captures("harbour")[-1].file}
    assert LiveFiles(store.ledger).look() != files.look()


def test_a_ledger_that_was_put_back_to_an_older_state_is_read_anew(store: Store) -> None:
    older = Path(store.ledger).read_bytes()
    _put(store, 2)
    assert len(store.live_files.look()) == 3
    Path(store.ledger).write_bytes(older)
    assert store.live_files.look() == _anew(store)
    assert len(store.live_files.look()) == 2


def test_a_ledger_that_was_put_in_the_place_of_another_is_read_anew(store: Store, tmp_path: Path) -> None:
    other = Store(str(tmp_path / "other"))
    _put(other, 5, 6, 7)
    store.live_files.look()
    os.replace(other.ledger, store.ledger)
    assert store.live_files.look() == _anew(store)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.sampled_from(["put", "prune", "cut", "look"]), max_size=12))
def test_a_look_says_what_reading_all_of_it_would(deeds: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    store = Store(str(tmp_path_factory.mktemp("store") / "snapshots"))
    for day, deed in enumerate(deeds):
        if deed == "put":
            _put(Store(store.folder), day)
        elif deed == "prune":
            _prune(Store(store.folder))
        elif deed == "cut" and os.path.exists(store.ledger):
            lines = Path(store.ledger).read_bytes().splitlines(keepends=True)
            Path(store.ledger).write_bytes(b"".join(lines[:-1]))
        assert store.live_files.look() == _anew(store)
