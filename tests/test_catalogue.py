"""The catalogue's database: it heals itself, says what it did, and never loses what cannot be made anew by itself."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import MetaData, Table, insert

from monitor.errors import StoreError
from monitor.model.page import Page
from monitor.model.schedule import Begun
from monitor.model.snapshot import Snapshot
from monitor.store.catalogue import tables
from monitor.store.catalogue.database import engine_of, transaction
from monitor.store.catalogue.migrate import migrate
from monitor.store.catalogue.opened import Catalogue, open_catalogue
from monitor.store.folder import Store
from monitor.store.verify import verify
from monitor.watch.compare_captures import compare_captures
from monitor.watch.read_captures import read_captures
from monitor.watch.reindex import reindex
from tests.stored import NOON, dump, notices, opened, put

HARBOUR = Page("harbour")
PAGES = [HARBOUR, Page("quay", url="https://quay.example/")]
LOST = "what it remembered of deliveries and acknowledgements is lost"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "snapshots"))


@pytest.fixture
def full(store: Store) -> Store:
    """Two pages, all of whose captures are read and compared; one of them found its page as it was."""
    put(store, notices("boats", "ships"), notices("crane", "boats", "ships"), notices("crane", "ships"))
    put(store, notices("rope"), notices("rope"), notices("rope", head="Quay office"), page="quay")
    for page in PAGES:
        compare_captures(store, page)
    return store


def _path(store: Store) -> Path:
    return Path(store.folder) / "catalogue.sqlite"


def _files(store: Store, page: str = "harbour") -> list[str]:
    with opened(store) as catalogue:
        return [each.capture.file for each in catalogue.captures(page)]


# -- the index of captures


def test_the_index_has_the_captures_that_the_folder_has(store: Store) -> None:
    captures = put(store, "boats", "ships")
    put(store, "rope", page="quay")
    with store.writing() as writer:
        for number in range(12):  # a dozen within one second: in the order they were put in
            writer.add("quay", Snapshot("page", b"%d" % number, NOON + timedelta(microseconds=number)))
    with opened(store) as catalogue:
        assert [each.capture for each in catalogue.captures("harbour")] == captures
        assert [each.seq for each in catalogue.captures("harbour")] == [1, 2]
        assert [each.capture for each in catalogue.captures("quay")] == store.captures("quay")
        assert catalogue.captures("pier") == []
    assert verify(store).faults == ()


def test_what_was_put_in_meanwhile_is_indexed_when_the_catalogue_is_opened(store: Store) -> None:
    put(store, "boats")
    assert len(_files(store)) == 1
    put(store, "ships", "crane", first=1)
    assert len(_files(store)) == 3


def test_where_nothing_is_new_only_the_last_line_of_the_ledger_is_read(store: Store) -> None:
    """What stands before it is for `verify`: a catalogue of 100,000 captures opens as fast as one of ten."""
    put(store, "boats", "ships", "crane")
    files = _files(store)
    content = Path(store.ledger).read_bytes()
    Path(store.ledger).write_bytes(content.replace(b"2020-07-04", b"2020-07-03"))
    assert _files(store) == files
    put(store, "rope", first=3)
    assert len(_files(store)) == 4


def test_a_line_that_is_being_written_is_indexed_when_it_is_whole(store: Store) -> None:
    put(store, "boats", "ships")
    first, second = Path(store.ledger).read_bytes().splitlines(keepends=True)
    Path(store.ledger).write_bytes(first + second[:50])
    assert len(_files(store)) == 1
    Path(store.ledger).write_bytes(first + second)
    assert len(_files(store)) == 2


def test_a_capture_taken_out_is_no_longer_in_the_index_nor_is_anything_made_of_it(full: Store) -> None:
    before = dump(full)
    capture = full.captures("harbour")[1]
    with full.writing() as writer:
        writer.prune(full.entry(capture), NOON)
    after = dump(full)
    assert _files(full) == [each.file for each in full.captures("harbour")]
    (row,) = [row for row in after["captures"] if row[3] == capture.file]
    assert row[7:] == (7, None, None, None, None)
    assert len(after["readings"]) == len(before["readings"]) - 1
    assert [row[0] for row in after["comparisons"]] == [5, 6]
    assert compare_captures(full, HARBOUR).steps[1].before == full.captures("harbour")[0]


def test_a_page_taken_out_of_one_capture_stays_read_for_another(full: Store) -> None:
    before = dump(full)
    with full.writing() as writer:
        writer.prune(full.entry(full.captures("quay")[0]), NOON)
    assert dump(full)["readings"] == before["readings"]


@pytest.mark.parametrize("is_longer", [True, False], ids=["longer", "shorter"])
def test_a_ledger_that_was_replaced_is_indexed_anew(store: Store, tmp_path: Path, *, is_longer: bool) -> None:
    put(store, "boats", "ships")
    assert len(_files(store)) == 2
    other = Store(str(tmp_path / "other"))
    put(other, *["crane", "rope", "sails"][: 3 if is_longer else 1], first=9)
    Path(store.ledger).write_bytes(Path(other.ledger).read_bytes())
    assert _files(store) == [each.file for each in other.captures("harbour")]


def test_a_ledger_of_the_same_size_that_was_replaced_is_indexed_anew(store: Store, tmp_path: Path) -> None:
    put(store, "boats")
    _files(store)
    other = Store(str(tmp_path / "other"))
    put(other, "ships", first=1)
    assert os.path.getsize(other.ledger) == os.path.getsize(store.ledger)
    Path(store.ledger).write_bytes(Path(other.ledger).read_bytes())
    assert _files(store) == ["harbour/2020-07-05T120000Z.warc.gz"]


def test_lines_that_are_no_entries_are_passed_over(store: Store) -> None:
    put(store, "boats")
    with open(store.ledger, "ab") as ledger:
        ledger.write(b"what is this\n")
    assert len(_files(store)) == 1
    with opened(store) as catalogue:
        assert catalogue.notices == []


# -- reindex


def test_reindex_gets_the_same(full: Store) -> None:
    before = dump(full)
    done = reindex(full, PAGES)
    assert (done.pages, done.captures, done.faults, done.notices) == (2, 6, (), ())
    assert dump(full) == before
    assert {name: len(rows) for name, rows in before.items()} == {
        "ledger_read": 1, "captures": 6, "readings": 5, "comparisons": 4, "findings": 6,
    }  # fmt: skip


def test_reindex_leaves_the_memory_as_it_is(full: Store) -> None:
    with opened(full) as catalogue:
        _remember(catalogue)
        before = catalogue.export_memory()
    reindex(full, PAGES)
    with opened(full) as catalogue:
        assert catalogue.export_memory() == before


def test_the_memory_is_exported_row_by_row(full: Store) -> None:
    with opened(full) as catalogue:
        assert catalogue.export_memory() == []
        _remember(catalogue)
        found = [json.loads(line) for line in catalogue.export_memory()]
    assert [each["table"] for each in found] == ["deliveries", "told", "acknowledgements", "failures"]
    assert found[0]["content"] == "0JvQvtC00LrQuP8="
    assert found[2] == {
        "table": "acknowledgements", "finding": "f1", "page": "harbour", "file": "harbour/1.warc.gz",
        "kind": "item.withdrawn", "subject": "Лодки", "at": "2020-07-05T00:00:00Z", "note": "they know",
    }  # fmt: skip


def _remember(catalogue: Catalogue) -> None:
    """A row in each table of the memory."""
    rows: dict[Table, dict[str, object]] = {
        tables.deliveries: {
            "id": "d1", "reader": "editor", "channel": "mail", "made_at": "2020-07-05T00:00:00Z", "state": "waiting",
            "content": "Лодки".encode() + b"\xff", "attempts": 0,
        },
        tables.told: {"finding": "f1", "reader": "editor", "delivery": "d1"},
        tables.acknowledgements: {
            "finding": "f1", "page": "harbour", "file": "harbour/1.warc.gz", "kind": "item.withdrawn",
            "subject": "Лодки", "at": "2020-07-05T00:00:00Z", "note": "they know",
        },
        tables.failures: {
            "page": "harbour", "since": "2020-07-05T00:00:00Z", "last_at": "2020-07-05T01:00:00Z", "attempts": 2,
            "reason": "it does not answer",
        },
    }  # fmt: skip
    with catalogue.writing() as connection:
        for table, row in rows.items():
            connection.execute(insert(table).values(row))


# -- damage


def test_a_catalogue_that_was_deleted_is_made_anew_and_said_to_be_lost(full: Store) -> None:
    before = dump(full)
    _path(full).unlink()
    done = reindex(full, PAGES)
    assert dump(full) == before
    assert [LOST in notice for notice in done.notices] == [True]


@pytest.mark.parametrize("left", [0, 50, 100, 4096, 20_000, -1])
def test_a_catalogue_that_was_cut_is_set_aside_and_made_anew(full: Store, left: int) -> None:
    before = dump(full)
    content = _path(full).read_bytes()[:left]
    _path(full).write_bytes(content)
    done = reindex(full, PAGES)
    assert dump(full) == before
    assert [LOST in notice and "catalogue.sqlite.broken-1" in notice for notice in done.notices] == [True]
    assert (Path(full.folder) / "catalogue.sqlite.broken-1").read_bytes() == content
    assert verify(full).faults == ()


@pytest.mark.parametrize("content", [b"boats " * 9, b"\0" * 8192, os.urandom(50_000)], ids=["text", "zeros", "noise"])
def test_a_catalogue_filled_with_garbage_is_set_aside_and_made_anew(full: Store, content: bytes) -> None:
    before = dump(full)
    for number in (1, 2):
        _path(full).write_bytes(content)
        done = reindex(full, PAGES)
        assert [f"catalogue.sqlite.broken-{number}" in notice for notice in done.notices] == [True]
        assert (Path(full.folder) / f"catalogue.sqlite.broken-{number}").read_bytes() == content
    assert dump(full) == before


def test_a_page_of_the_database_filled_with_garbage_is_found_when_it_is_used(full: Store) -> None:
    """Not when the catalogue is opened: that reads what it needs, and no more."""
    before = dump(full)
    content = bytearray(_path(full).read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    _path(full).write_bytes(content)
    told = [notice for page in PAGES for notice in compare_captures(full, page).notices]
    assert [LOST in notice for notice in told] == [True]
    assert dump(full) == before


def test_a_database_of_another_program_is_set_aside(store: Store) -> None:
    put(store, "boats")
    with closing(sqlite3.connect(_path(store))) as other:
        other.execute("CREATE TABLE boats (name)")
    with opened(store) as catalogue:
        assert [LOST in notice for notice in catalogue.notices] == [True]
        assert len(catalogue.captures("harbour")) == 1


def _spoil(store: Store, *statements: str) -> None:
    """Let somebody else write into the catalogue, without the care that this program takes."""
    with closing(sqlite3.connect(_path(store), isolation_level=None)) as other:
        for statement in statements:
            other.execute(statement)


@pytest.mark.parametrize(
    "statements",
    [
        ["UPDATE alembic_version SET version_num = '0000'"],
        ["UPDATE alembic_version SET version_num = '0001'"],
        ["DELETE FROM alembic_version"],
        ["DROP TABLE ledger_read"],
        ["DROP TABLE alembic_version"],
        ["ALTER TABLE comparisons DROP COLUMN summary"],
    ],
    ids=" ".join,
)
def test_a_catalogue_that_lost_a_part_is_set_aside_and_made_anew(full: Store, statements: list[str]) -> None:
    before = dump(full)
    _spoil(full, *statements)
    told = [notice for page in PAGES for notice in compare_captures(full, page).notices]
    assert [LOST in notice for notice in told] == [True]
    assert reindex(full, PAGES).notices == ()
    assert dump(full) == before


def test_reindex_mends_a_catalogue_without_a_table(full: Store) -> None:
    before = dump(full)
    _spoil(full, "DROP TABLE readings")
    assert [LOST in notice for notice in reindex(full, PAGES).notices] == [True]
    assert dump(full) == before


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM comparisons", "UPDATE comparisons SET counts = '['", "UPDATE comparisons SET counts = '7'"],
)
def test_a_comparison_that_was_spoilt_is_made_again(full: Store, statement: str) -> None:
    before = dump(full)
    _spoil(full, "PRAGMA foreign_keys = OFF", statement)
    assert [compare_captures(full, page).notices for page in PAGES] == [()] * len(PAGES)
    assert dump(full) == before


def test_a_reading_that_was_spoilt_is_read_again(full: Store) -> None:
    before = [each.reading for each in read_captures(full, full.captures(HARBOUR.id), HARBOUR).read]
    nested = zlib.compress(b"[" * 200_000)
    with closing(sqlite3.connect(_path(full), isolation_level=None)) as other:
        other.execute("UPDATE readings SET content = ?", (nested,))
    assert [each.reading for each in read_captures(full, full.captures(HARBOUR.id), HARBOUR).read] == before


def test_a_database_of_another_program_is_called_that(store: Store) -> None:
    put(store, "boats")
    _spoil(store, "CREATE TABLE boats (name)")
    with opened(store) as catalogue:
        [notice] = catalogue.notices
    assert "is a database that this program did not make, and was set aside" in notice


def test_where_another_process_holds_the_catalogue_all_goes_on_without_it(full: Store) -> None:
    before = compare_captures(full, HARBOUR)
    with closing(sqlite3.connect(_path(full), isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        now = compare_captures(full, HARBOUR)
    assert ["in use by another process" in notice for notice in now.notices] == [True]
    assert now.steps == before.steps


def test_a_first_catalogue_is_nothing_to_tell(store: Store) -> None:
    put(store, "boats")
    with opened(store) as catalogue:
        assert catalogue.notices == []


def test_where_there_is_no_store_there_is_no_catalogue(store: Store) -> None:
    assert open_catalogue(store) is None
    assert not Path(store.folder).exists()


# -- versions


def test_a_catalogue_of_a_newer_version_is_refused_and_left_as_it_is(full: Store) -> None:
    with closing(sqlite3.connect(_path(full))) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '0099'")
        newer.commit()
    content = _path(full).read_bytes()
    with pytest.raises(StoreError, match=r"version 0099, and this program knows .*; use the newer monitor") as refused:
        compare_captures(full, HARBOUR)
    assert "\n" not in str(refused.value)
    assert _path(full).read_bytes() == content


@pytest.fixture
def older(full: Store) -> Store:
    """A store whose catalogue the first version made: it has an index and no memory."""
    rows = dump(full)
    _path(full).unlink()
    migrate(str(_path(full)), "0001")
    engine = engine_of(str(_path(full)))
    with transaction(engine, is_writing=True) as connection:
        for table in tables.INDEX:
            names = [column.name for column in table.columns]
            first = Table(table.name, MetaData(), autoload_with=connection)
            for row in rows[table.name]:
                known = {name: value for name, value in zip(names, row, strict=True) if name in first.columns}
                connection.execute(insert(first).values(known))
    engine.dispose()
    return full


def test_an_older_catalogue_is_brought_up_to_date_after_a_copy_was_set_aside(older: Store) -> None:
    with opened(older) as catalogue:
        (notice,) = catalogue.notices
        assert "brought up to date" in notice
        assert f"catalogue.sqlite.before-{tables.VERSION}" in notice
        _remember(catalogue)
    assert {name: len(rows) for name, rows in dump(older).items()} == {
        "ledger_read": 1, "captures": 6, "readings": 5, "comparisons": 4, "findings": 6,
    }  # fmt: skip
    with closing(sqlite3.connect(f"{_path(older)}.before-{tables.VERSION}")) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert copy.execute("SELECT count(*) FROM readings").fetchall() == [(5,)]
        assert copy.execute("SELECT name FROM sqlite_master WHERE name = 'deliveries'").fetchall() == []


def test_the_copy_has_what_stands_in_the_log_alone(older: Store) -> None:
    with closing(sqlite3.connect(_path(older))) as busy:
        busy.execute("INSERT INTO readings VALUES ('b', '', '', '', '', '', '', x'00')")
        busy.commit()
        assert os.path.getsize(f"{_path(older)}-wal") > 0
        opened(older).close()
        with closing(sqlite3.connect(f"{_path(older)}.before-{tables.VERSION}")) as copy:
            assert copy.execute("SELECT count(*) FROM readings").fetchall() == [(6,)]


KILLED = """
import itertools, os, signal, sys
import monitor.store.catalogue.migrate
from sqlalchemy import Engine, event
from monitor.store.catalogue.opened import open_catalogue
from monitor.store.folder import Store

def kill_after(steps):
    left = itertools.count(steps, -1)
    def count(*_):
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    event.listen(Engine, "after_cursor_execute", count)
    event.listen(Engine, "commit", count)

for step in itertools.count():
    child = os.fork()
    if not child:
        kill_after(step)
        open_catalogue(Store(sys.argv[1])).close()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status == 0:
        break
    assert os.WTERMSIG(status) == signal.SIGKILL, status
print(step)
"""


def _killed_at_each_step(store: Store) -> int:
    """Open the catalogue again and again, each time killed a step later, until it is opened; how often it was not."""
    done = subprocess.run([sys.executable, "-c", KILLED, store.folder], capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_a_migration_killed_at_any_step_is_gone_through_by_the_next_run(older: Store) -> None:
    with closing(sqlite3.connect(_path(older))) as connection:
        rows = connection.execute("SELECT * FROM captures").fetchall()
    assert _killed_at_each_step(older) > 10
    with closing(sqlite3.connect(f"{_path(older)}.before-{tables.VERSION}")) as copy:
        assert copy.execute("SELECT * FROM captures").fetchall() == rows
    assert dump(older)["captures"] == sorted(((*row, None) for row in rows), key=repr)
    assert not list(Path(older.folder).glob("*.broken-*"))


def test_a_catalogue_whose_making_was_killed_at_any_step_is_made_by_the_next_run(store: Store) -> None:
    put(store, "boats", "ships")
    assert _killed_at_each_step(store) > 10
    with opened(store) as catalogue:
        assert (len(catalogue.captures("harbour")), catalogue.notices) == (2, [])
    assert verify(store).faults == ()


def test_the_tables_are_those_that_the_migrations_make(full: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with opened(full) as catalogue, catalogue.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
    config = Config()
    config.set_main_option("script_location", str(Path(tables.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [tables.VERSION]


# -- light imports


def test_alembic_is_loaded_only_where_a_database_is_made_or_migrated(store: Store) -> None:
    put(store, "boats")
    assert _loaded(store) == ["sqlalchemy", "alembic"]
    assert _loaded(store) == ["sqlalchemy"]
    put(store, "ships", first=1)
    assert _loaded(store) == ["sqlalchemy"]


def _loaded(store: Store) -> list[str]:
    script = """
import sys
from monitor.store.catalogue.opened import open_catalogue
from monitor.store.folder import Store
open_catalogue(Store(sys.argv[1])).close()
print(*(each for each in ("sqlalchemy", "alembic") if each in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", script, store.folder], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_captures_are_found_and_loaded_without_a_database(store: Store) -> None:
    script = """
import sys
from monitor.store.folder import Store
from monitor.store.verify import verify
store = Store(sys.argv[1])
print(store.load(store.captures("harbour")[-1]).body.decode(), len(verify(store).faults), "sqlite3" in sys.modules)
"""
    put(store, "boats")
    done = subprocess.run([sys.executable, "-c", script, store.folder], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["boats", "0", "False"]


def test_a_second_opening_takes_no_lock_from_the_first(full: Store) -> None:
    """Else the next process to leave takes the log away, and what the first one writes from then on is lost."""
    slot = Begun(NOON, NOON)
    script = (
        "import sys\n"
        "from monitor.store.catalogue.opened import open_catalogue\n"
        "from monitor.store.folder import Store\n"
        "with open_catalogue(Store(sys.argv[1])) as catalogue: catalogue.begun_slots()"
    )
    with opened(full) as first:
        assert first.begin_slot("page", slot, None)
        opened(full).close()
        subprocess.run([sys.executable, "-c", script, full.folder], check=True)
        assert first.end_slot("page", NOON, NOON)
        with opened(full) as second:
            assert second.begun_slots() == {"page": slot._replace(done_at=NOON)}
