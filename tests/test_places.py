"""Where the store is, as a person may name it by mistake: one line that says so, and nothing is written there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from monitor.store.folder import Store
from tests.stored import put
from tests.test_cli import assert_refused, monitor

COMMANDS = (["list"], ["list", "a"], ["verify"], ["show", "a@latest"], ["history", "a"], ["reindex"])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(str(tmp_path / "snapshots"))
    put(store, "<title>Harbour</title><p>one", "<title>Harbour</title><p>two", page="a")
    return store


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_what_is_no_folder_is_no_store(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "file").write_text("boats")
    assert_refused(monitor(*command, "--store", tmp_path / "file"), "no store in", "it is no folder", "--store FOLDER")
    assert (tmp_path / "file").read_text() == "boats"


@pytest.mark.parametrize("name", ["loop", "x" * 300], ids=["loop", "long"])
def test_what_the_system_cannot_follow_is_no_store(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    assert_refused(monitor("list", "--store", tmp_path / name), "no store in")


def test_a_folder_that_the_config_cannot_mean_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text('store: "\\ud800"\npages:\n  - id: a\n')
    assert_refused(monitor("list", "--config", tmp_path / "config.yaml"), "no name for a file")


def test_a_file_that_is_not_there_is_told_whatever_stands_in_the_stores_place(tmp_path: Path) -> None:
    (tmp_path / "snapshots").write_text("boats")
    done = monitor("read", tmp_path / "page.html", "--store", tmp_path / "snapshots")
    assert_refused(done, "page.html: there is no such file")


def test_folders_without_a_capture_are_no_list(tmp_path: Path) -> None:
    (tmp_path / "boats").mkdir()
    assert_refused(monitor("list", "--store", tmp_path), "is empty")


def test_a_story_in_a_file_links_to_a_store_whatever_its_name(tmp_path: Path, store: Store) -> None:
    other = tmp_path / os.fsdecode(b"s\xff")
    os.rename(store.folder, other)
    assert monitor("history", "a", "--store", other, "--output", tmp_path / "story.html").returncode == 0
    assert 'href="s%FF/a/2020-07-04T120000Z.warc.gz"' in (tmp_path / "story.html").read_text()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "9999-12-31T23:59:59"])
def test_a_day_at_the_calendars_end_has_no_capture(store: Store, day: str) -> None:
    assert_refused(
        monitor("show", f"a@{day}", "--store", store.folder), f"a has no capture of {day}", "the nearest: a@"
    )


def test_one_capture_is_not_called_captures(tmp_path: Path) -> None:
    put(Store(str(tmp_path / "one")), "boats", page="a")
    assert monitor("verify", "--store", tmp_path / "one").stdout.startswith("1 capture of 1 page: ")
