"""What an import is given and cannot take: each is told in a line, and costs none of the others."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.model.snapshot import Snapshot
from monitor.store.folder import Store
from monitor.watch.import_captures import BATCH_BYTES, import_snapshots
from tests import warcs
from tests.stored import NOON, put
from tests.test_cli import ROOT, monitor

NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\n\r\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "snapshots"


def _import(place: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return monitor("import", *arguments, "--store", place, "--page", "a")


def _days(place: Path) -> list[int]:
    return [each.at.day for each in Store(str(place)).captures("a")]


def _answer(text: str) -> bytes:
    return warcs.HEAD + f"\r\n<title>T</title><p>{text}".encode()


# -- one that cannot be put in


def test_a_name_that_is_no_utf8_is_taken_and_kept_with_escapes(place: Path, tmp_path: Path) -> None:
    name = os.fsdecode(b"2020-07-01T120000Z \xff.txt")
    (tmp_path / name).write_text("one")
    done = _import(place, tmp_path / name)
    assert done.returncode == 0
    store = Store(str(place))
    assert ("imported-from", r"2020-07-01T120000Z \xff.txt") in store.load(store.captures("a")[0]).notes


def test_an_address_that_is_none_is_refused(place: Path, tmp_path: Path) -> None:
    (tmp_path / "2020-07-01T120000Z.txt").write_text("one")
    done = _import(place, tmp_path / "2020-07-01T120000Z.txt", "--url", os.fsdecode(b"http://\xff"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "is no address" in done.stderr


def test_a_path_in_git_that_is_no_utf8_is_read_whatever_the_repository_encodes_its_log_in(
    place: Path, tmp_path: Path
) -> None:
    name = os.fsdecode(b"page \xff.txt")
    (tmp_path / name).write_text("one")
    for words in (
        ["init", "-q"],
        ["config", "i18n.logOutputEncoding", "UTF-16"],
        ["add", name],
        ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", "-C", tmp_path, *words], check=True, capture_output=True)
    done = _import(place, "--git", f"{tmp_path}:{name}")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(_days(place)) == 1


def test_an_unchanged_before_the_first_capture_costs_that_one_alone(place: Path, tmp_path: Path) -> None:
    path = warcs.write(
        tmp_path / "a.warc",
        warcs.record(block=NOT_MODIFIED, date="2020-07-01T12:00:00Z", name="1"),
        warcs.record(block=_answer("two"), date="2020-07-02T12:00:00Z", name="2"),
        warcs.record(block=_answer("three"), date="2020-07-03T12:00:00Z", name="3"),
    )
    done = _import(place, path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "captured 2020-07-01 12:00:00 UTC: the server says that a is unchanged" in done.stderr
    assert _days(place) == [2, 3]


def test_a_time_that_is_yet_to_come_is_refused(place: Path, tmp_path: Path) -> None:
    """Every later capture would be compared with it, and told as older."""
    (tmp_path / "page.txt").write_text("one")
    done = _import(place, tmp_path / "page.txt", "--at", "2999-12-24")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "captured on 2999-12-24, which is yet to come (not imported)" in done.stderr
    assert _days(place) == []


@pytest.mark.parametrize(
    "date", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z"]
)
def test_a_record_of_a_time_that_no_calendar_has_costs_that_one_alone(place: Path, tmp_path: Path, date: str) -> None:
    path = warcs.write(
        tmp_path / "a.warc",
        warcs.record(block=_answer("one"), date=date, name="1"),
        warcs.record(block=_answer("two"), date="2020-07-02T12:00:00Z", name="2"),
    )
    done = _import(place, path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert _days(place) == [2]


def test_a_damaged_capture_costs_nothing_that_comes_after_it(place: Path, tmp_path: Path) -> None:
    store = Store(str(place))
    [capture] = put(store, "one", page="a", suffix="text/plain")
    path = Path(store.path(capture.file))
    path.write_bytes(path.read_bytes()[:-9])
    (tmp_path / "2020-07-05T120000Z.txt").write_text("one")
    (tmp_path / "2020-07-06T120000Z.txt").write_text("two")
    done = _import(place, *sorted(tmp_path.glob("*.txt")))
    assert (done.returncode, done.stderr) == (0, "")
    assert _days(place) == [4, 5, 6]
    assert store.load(store.captures("a")[1]).body == b"one"


def test_pages_in_memory_are_bounded_by_their_bytes_too(place: Path) -> None:
    """The first is in the store before the third is made."""
    store, seen = Store(str(place)), list[int]()

    def made() -> Iterator[Snapshot]:
        for day in range(3):
            seen.append(len(store.captures("a")))
            body = bytes([day]) * (BATCH_BYTES // 2 + 1)
            yield Snapshot(f"{day}", body, NOON + timedelta(days=day))

    assert all(each.is_new for each in import_snapshots(store, "a", made()))
    assert seen == [0, 0, 2]


def test_a_pipe_is_refused_and_told_in_a_folder(place: Path, tmp_path: Path) -> None:
    folder = tmp_path / "captures"
    folder.mkdir()
    os.mkfifo(folder / "2020-07-02T120000Z.txt")
    (folder / "2020-07-01T120000Z.txt").write_text("one")
    assert "is no file that can be read twice" in _import(place, folder / "2020-07-02T120000Z.txt").stderr
    done = _import(place, folder)
    assert (done.returncode, _days(place)) == (2, [1])
    assert done.stderr.count("\n") == 1
    assert "2020-07-02T120000Z.txt is a pipe" in done.stderr


# -- what is said of it


def _shell(line: str) -> tuple[int, str]:
    """The status of the command in a pipe's first place, and what its end printed."""
    command = f"set -o pipefail; {line}"
    done = subprocess.run(
        ["bash", "-c", command, sys.executable], check=False, capture_output=True, text=True, cwd=ROOT
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("end", ["2>&1 | true", "2>/dev/full"])
def test_complaints_that_nobody_reads_stop_no_import(place: Path, tmp_path: Path, end: str) -> None:
    folder = tmp_path / "captures"
    folder.mkdir()
    for number in range(30):
        (folder / f"undated {number}.txt").write_text("one")
    (folder / "2020-07-01T120000Z.txt").write_text("one")
    status, _ = _shell(f'"$0" -m monitor import {folder} --store {place} --page a {end}')
    assert status == 2
    assert _days(place) == [1]


def test_a_fault_that_nobody_reads_is_in_the_status(place: Path) -> None:
    store = Store(str(place))
    [capture] = put(store, "one", page="a")
    Path(store.path(capture.file)).unlink()
    assert _shell(f'"$0" -m monitor verify --store {place} 2>&1 | true')[0] == 2


def test_no_name_forges_a_line_or_moves_the_cursor(place: Path, tmp_path: Path) -> None:
    name = "2020-07-01T120000Z \x1b[31mx\n2 captures put into snapshots.txt"
    (tmp_path / name).write_text("one")
    done = _import(place, tmp_path / name)
    assert len(done.stdout.splitlines()) == 3
    assert r"\x1b[31mx\n2 captures" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_received_catalogue_forges_no_line_of_a_list(place: Path) -> None:
    store = Store(str(place))
    put(store, "one", "two", page="a")
    monitor("list", "a", "--store", place)
    with sqlite3.connect(place / "catalogue.sqlite") as catalogue:
        catalogue.execute("UPDATE comparisons SET summary = ?", ("all is well\n\x1b[2Ja@2021-01-01T00:00:00Z  first",))
    lines = monitor("list", "a", "--store", place).stdout.splitlines()
    assert len(lines) == 2
    assert lines[1].endswith(r"all is well\n\x1b[2Ja@2021-01-01T00:00:00Z  first")


def test_the_text_of_a_capture_moves_no_cursor_and_turns_no_words_round(place: Path) -> None:
    put(Store(str(place)), "<title>T</title><p>one&#27;[31m \x9b2J \u202etwo<p>café au lait", page="a")
    text = monitor("show", "a@latest", "--text", "--store", place).stdout
    assert not {"\x1b", "\x9b", "\u202e"} & set(text)
    assert "[31m" in text
    assert "café au lait" in text
