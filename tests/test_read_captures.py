"""Readings through the catalogue: the same as without it, made once, never those of another reader or other rules."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import monitor
from monitor.errors import InputError
from monitor.model.page import Page
from monitor.model.rules import ListRule, Rules
from monitor.model.snapshot import Exchange, Snapshot
from monitor.store.catalogue.compared import Compared
from monitor.store.folder import Store
from monitor.watch.compare_captures import compare_captures
from monitor.watch.find_capture import captures_of_page
from monitor.watch.followed import id_of
from monitor.watch.project import Project
from monitor.watch.read_captures import Read, catalogue_of, read_captures, read_with
from monitor.watch.read_page import read_page
from monitor.watch.reindex import reindex
from monitor.watch.versions import _READER, _READING_LIBRARIES, comparer_version, reader_version, rules_version
from tests.stored import NOON, dump, notices, opened, put
from tests.test_house import ROOT, _import_roots

HARBOUR = Page("harbour")
RULED = Page("harbour", rules=Rules(ignore=(".visits",), source="config.yaml, page harbour"))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "snapshots"))


def _readings(store: Store, page: Page = HARBOUR) -> tuple[Read, ...]:
    return read_captures(store, store.captures(page.id), page).read


def _anew(store: Store, page: Page = HARBOUR) -> tuple[Read, ...]:
    return read_with(None, store, store.captures(page.id), page)


def _many(store: Store, table: str) -> int:
    return len(dump(store)[table])


# -- the same as without a catalogue


def test_readings_from_the_catalogue_are_those_made_from_the_bytes(store: Store) -> None:
    put(store, notices("boats"), notices("ships", "boats"), "<p>Today is 6 July 2020</p>", "", "%PDF-1.4 broken")
    put(store, "[1, 2", "<rss><channel><item><title>Boats</title></item></channel></rss>", first=5, suffix="text/xml")
    first, second = _readings(store), _readings(store)
    assert first == second == _anew(store)
    assert [bool(each.fault) for each in second] == [False, False, False, False, True, False, False]
    assert {each.reading.source for each in second if each.reading} <= {
        each.reference for each in store.captures("harbour")
    }


def test_a_capture_with_parts_of_a_second_is_read_with_its_own_time(store: Store) -> None:
    at = NOON + timedelta(microseconds=250_000)
    with store.writing() as writer:
        writer.add("harbour", Snapshot("page", b"boats", at))
    for (read,) in (_readings(store), _readings(store), _anew(store)):
        assert read.reading is not None
        assert read.reading.captured_at == at


def test_half_a_surrogate_pair_on_a_page_is_no_obstacle(store: Store) -> None:
    body = '[{"title": "boats \\ud83d", "date": "2020-07-%02d"}, {"title": "ships \\udc00", "date": "2020-07-02"}]'
    put(store, body % 1, body % 2, suffix="application/json")
    assert _readings(store) == _readings(store) == _anew(store)
    assert compare_captures(store, HARBOUR).steps[1].compared is not None
    assert _many(store, "comparisons") == 1


def test_a_capture_that_cannot_be_read_gives_its_fault_and_stops_nothing(store: Store) -> None:
    first, second, third = put(store, notices("boats"), notices("ships"), "%PDF-1.4 broken")
    Path(store.path(first.file)).write_bytes(b"what is this")
    for _ in range(2):
        read = read_captures(store, [first, second, third], HARBOUR)
        assert [bool(each.reading) for each in read.read] == [False, True, False]
        assert len(read.faults) == 2
        assert "is not as it was written" in read.faults[0]


def test_the_rules_of_a_kept_reading_are_not_said_to_stand_in_some_file(store: Store) -> None:
    put(store, notices("boats"))
    elsewhere = RULED._replace(rules=RULED.rules._replace(source="/etc/monitor.yaml, page harbour"))
    for page in (RULED, elsewhere):
        (read,) = _readings(store, page)
        assert read.reading is not None
        assert [limit for limit in read.reading.limits if "the page's rules, `ignore.0: .visits`" in limit] != []
    assert _many(store, "readings") == 1


# -- read once


def test_a_page_found_as_it_was_is_read_once(store: Store) -> None:
    put(store, *[notices("boats")] * 5)
    assert _readings(store) == _anew(store)
    assert _many(store, "readings") == 1


def test_a_page_that_shows_todays_date_is_read_again_where_the_day_decides(store: Store) -> None:
    """Within a day of its date it is the page's date; later it is not, however long the page stays as it is."""
    list_ = notices("boats", "ships", "crane").replace("<h1>", "<div>5 July 2020</div><h1>")
    put(store, *[list_] * 6)
    readings = [each.reading for each in _readings(store)]
    assert [bool(each and each.page_date) for each in readings] == [True, True, True, False, False, False]
    assert _readings(store) == _anew(store)
    assert _many(store, "readings") == 2


def test_one_page_packed_in_two_ways_is_read_once(store: Store) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: %s\r\n\r\n"
    body = notices("boats").encode()
    with store.writing() as writer:
        for at, (coding, packed) in enumerate(
            ((b"gzip", gzip.compress(body, mtime=1)), (b"gzip", gzip.compress(body, mtime=2)), (b"identity", body))
        ):
            exchange = Exchange("https://harbour.example/", head % coding, packed)
            at_ = NOON + timedelta(days=at)
            writer.add("harbour", Snapshot(exchange.url, b"", at_, url=exchange.url, exchanges=(exchange,)))
    assert _readings(store) == _readings(store) == _anew(store)
    assert _many(store, "readings") == 1


@pytest.mark.parametrize("other", ["https://quay.example/", None])
def test_links_go_by_the_pages_own_address(store: Store, other: str | None) -> None:
    put(store, notices("boats"))
    for page in (HARBOUR._replace(url="https://harbour.example/"), HARBOUR._replace(url=other)):
        for _ in range(2):
            assert _readings(store, page) == _anew(store, page)
    assert _many(store, "readings") == 2


def test_bytes_of_two_media_types_are_read_twice(store: Store) -> None:
    put(store, "# Boats\n\nSee <b>them</b>", suffix="text/plain")
    put(store, "# Boats\n\nSee <b>them</b>", first=1, suffix="text/markdown")
    assert _readings(store) == _readings(store) == _anew(store)
    assert _many(store, "readings") == 2


def test_a_kept_reading_that_is_broken_is_made_again(store: Store) -> None:
    put(store, notices("boats"))
    wanted = _readings(store)
    with opened(store) as catalogue, catalogue.writing() as connection:
        connection.exec_driver_sql("UPDATE readings SET content = x'00'")
    assert _readings(store) == wanted
    with closing(sqlite3.connect(Path(store.folder) / "catalogue.sqlite")) as database:
        assert database.execute("SELECT length(content) > 9 FROM readings").fetchall() == [(1,)]


# -- read anew


def _visited(number: int, title: str = "boats") -> str:
    return notices(title, "ships").replace("<ul>", f"<p class=visits>This harbour had {number} visits.</p><ul>")


def _verdicts(store: Store, page: Page) -> list[str | None]:
    return [step.compared and step.compared.verdict for step in compare_captures(store, page).steps]


def test_other_rules_read_the_history_anew_and_nothing_is_told_that_the_page_did_not_do(store: Store) -> None:
    put(store, _visited(1), _visited(2), _visited(3))
    assert _verdicts(store, HARBOUR) == [None, "changed", "changed"]
    assert _verdicts(store, RULED) == [None, "identical", "identical"]
    put(store, _visited(4), _visited(4, "crane"), first=3)
    assert _verdicts(store, RULED) == [None, "identical", "identical", "identical", "changed"]
    assert _verdicts(store, HARBOUR) == [None, "changed", "changed", "changed", "changed"]


def test_a_list_named_by_a_new_rule_is_no_new_list(store: Store) -> None:
    boxes = "".join(f"<div class=box><b>Boat {name}</b></div>" for name in ("Anna", "Berta", "Clara"))
    put(store, f"<h1>Harbour</h1>{boxes}", f"<h1>Harbour</h1>{boxes}<p>")
    ruled = HARBOUR._replace(rules=Rules(lists=(ListRule(".box"),)))
    assert [_verdicts(store, page) for page in (HARBOUR, ruled)] == [[None, "identical"]] * 2
    before, after = (each.reading for each in _readings(store, ruled))
    assert before is not None
    assert after is not None
    assert [len(each.lists[0].items) for each in (before, after)] == [3, 3]


STEPS = """
import sys
from monitor.model.page import Page
from monitor.store.folder import Store
from monitor.watch.compare_captures import compare_captures
from monitor.watch.read_captures import read_captures
store = Store(sys.argv[1])
for step in compare_captures(store, Page("harbour")).steps:
    print(step.compared and step.compared.verdict)
print(*(each.title for each in read_captures(store, store.captures("harbour"), Page("harbour")).readings), sep="|")
"""


def _told_by(program: Path, store: Store) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", STEPS, store.folder],
        cwd=program, env={**os.environ, "PYTHONPATH": str(program)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


def test_another_reader_reads_the_history_anew_and_nothing_is_told_that_the_page_did_not_do(
    store: Store, tmp_path: Path
) -> None:
    """A copy of this program whose reader makes another title of the same page."""
    put(store, notices("boats"), notices("boats") + "<!-- 2 -->")
    shutil.copytree(ROOT / "monitor", tmp_path / "new" / "monitor")
    header = tmp_path / "new" / "monitor" / "read" / "header.py"
    changed = header.read_text("utf-8").replace("return stream.blocks[headings[0]].text", "return 'New'", 1)
    header.write_text(changed, "utf-8")
    assert _told_by(ROOT, store) == ["None", "identical", "Harbour office|Harbour office"]
    put(store, notices("boats") + "<!-- 3 -->", notices("ships", "boats"), first=2)
    assert _told_by(tmp_path / "new", store) == ["None", "identical", "identical", "changed", "New|New|New|New"]
    assert _many(store, "readings") == 4


# -- versions


def test_the_reader_has_another_version_where_a_source_file_differs(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "monitor", tmp_path / "monitor")
    versions = [_version_of(tmp_path)]
    assert versions == [f"{reader_version()} {comparer_version()}"]
    for name in ("read/formats/kinds.py", "model/reading.py"):
        with (tmp_path / "monitor" / name).open("a", encoding="utf-8") as source:
            source.write("# more\n")
        versions.append(_version_of(tmp_path))
    assert len({each.split()[0] for each in versions}) == 3
    with (tmp_path / "monitor" / "compare" / "match.py").open("a", encoding="utf-8") as source:
        source.write("# more\n")
    reader, comparer = _version_of(tmp_path).split()
    assert reader == versions[-1].split()[0]
    assert comparer != versions[-1].split()[1]


def _version_of(program: Path) -> str:
    script = "from monitor.watch.versions import *; print(reader_version(), comparer_version())"
    env = {**os.environ, "PYTHONPATH": str(program)}
    command = [sys.executable, "-c", script]
    return subprocess.run(command, cwd=program, env=env, capture_output=True, text=True, check=True).stdout.strip()


def test_the_version_of_the_reader_goes_by_all_that_the_reader_imports() -> None:
    """A library, or a module of this program, that read comes to depend on changes what a reading is."""
    folder = Path(monitor.__file__).parent / "read"
    roots = {root for path in folder.rglob("*.py") for root in _import_roots(path)}
    others = roots - set(sys.stdlib_module_names) - {"monitor"}
    libraries = {name.lower() for each in others for name in packages_distributions()[each]}
    assert libraries | {"tzdata"} == set(_READING_LIBRARIES)
    lines = {line for path in folder.rglob("*.py") for line in path.read_text("utf-8").splitlines()}
    own = {line.split()[1] for line in lines if line.strip().startswith("from monitor.")}
    known = {f"monitor.{place.removesuffix('.py').replace('/', '.')}" for place in _READER}
    told = {"monitor.errors", "monitor.model.explanation"}  # what goes wrong, and why: no part of a reading
    assert {name for name in own if not name.startswith("monitor.read")} == known - {"monitor.read"} | told


def test_rules_have_another_version_where_they_say_something_else() -> None:
    assert rules_version(RULED) == rules_version(RULED._replace(title="Harbour", rules=Rules(ignore=(".visits",))))
    pages = [HARBOUR, RULED, HARBOUR._replace(rules=Rules(only=(".visits",)))]
    assert len({rules_version(each) for each in pages}) == 3


# -- compared


def test_what_changed_at_each_capture_is_kept_and_the_same_as_made_anew(store: Store) -> None:
    put(store, notices("boats"), notices("ships", "boats"), "%PDF-1.4 broken", *2 * [notices("crane", "boats")])
    first, second = compare_captures(store, HARBOUR), compare_captures(store, HARBOUR)
    assert first == second
    assert [step.before and step.before.at.day for step in first.steps] == [None, 4, None, 5, 7]
    assert [bool(step.fault) for step in first.steps] == [False, False, True, False, False]
    findings = _compared(first.steps[3].compared).findings
    assert {"item.published", "item.withdrawn"} & {each.kind for each in findings}
    assert _compared(first.steps[4].compared).verdict == "identical"
    assert len({each.id for step in first.steps if step.compared for each in step.compared.findings}) == sum(
        len(step.compared.findings) for step in first.steps if step.compared
    )


def _compared(found: Compared | None) -> Compared:
    assert found is not None
    return found


def test_a_capture_put_in_between_two_is_compared_with_both(store: Store) -> None:
    put(store, notices("boats"))
    put(store, notices("crane", "boats"), first=2)
    assert _verdicts(store, HARBOUR) == [None, "changed"]
    put(store, notices("crane", "boats"), first=1)
    assert _verdicts(store, HARBOUR) == [None, "changed", "identical"]
    before = dump(store)
    reindex(store, [HARBOUR])
    assert dump(store) == before


# -- places where no catalogue can be


FULL = """
import resource, signal, sys
from monitor.model.page import Page
from monitor.store.folder import Store
from monitor.watch.read_captures import read_captures
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
sys.dont_write_bytecode = True  # half a compiled module would break the next run
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
store = Store(sys.argv[1])
print(len(read_captures(store, store.captures("harbour"), Page("harbour")).readings))
"""


@pytest.mark.parametrize("room", [0, 5_000, 60_000], ids=["no room", "none for the tables", "none for the rows"])
@pytest.mark.parametrize("is_there", [True, False], ids=["a catalogue", "no catalogue"])
def test_on_a_full_disk_captures_are_read_without_a_catalogue(store: Store, room: int, *, is_there: bool) -> None:
    put(store, *[notices(str(number)) for number in range(3)])
    if is_there:
        _readings(store)
    put(store, *[notices(str(number) * 90, os.urandom(9000).hex()) for number in range(9)], first=3)
    command = [sys.executable, "-c", FULL, store.folder, str(room)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("12\n", "")
    assert _readings(store) == _anew(store)
    assert read_captures(store, [], HARBOUR).notices == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_in_a_folder_that_may_not_be_written_captures_are_read_without_a_catalogue(store: Store) -> None:
    put(store, notices("boats"), notices("ships"))
    wanted = _anew(store)
    places = [Path(store.folder), Path(store.folder) / "harbour"]
    for has_catalogue in (False, True):
        if has_catalogue:
            assert _readings(store) == wanted
        for each in places:
            each.chmod(0o555)
        try:
            assert _readings(store) == wanted
        finally:
            for each in places:
                each.chmod(stat.S_IRWXU)


def test_a_folder_in_place_of_the_catalogue_is_no_error(store: Store) -> None:
    put(store, notices("boats"))
    (Path(store.folder) / "catalogue.sqlite").mkdir()
    assert _readings(store) == _anew(store)
    with catalogue_of(store) as catalogue:
        assert catalogue is None


# -- several processes


WORKER = """
import sys
from datetime import UTC, datetime, timedelta
from monitor.model.page import Page
from monitor.model.snapshot import Snapshot
from monitor.store.folder import Store
from monitor.watch.compare_captures import compare_captures
store, number = Store(sys.argv[1]), int(sys.argv[2])
sys.stdin.readline()
for at in range(4):
    with store.writing() as writer:
        for page in ("harbour", f"page-{number}"):
            when = datetime(2020, 7, 4, number, at, tzinfo=UTC)
            writer.add(page, Snapshot("page", f"<h1>{page}</h1><p>Boats of {at % 3}".encode(), when, "text/html"))
    for page in ("harbour", f"page-{number}"):
        steps = compare_captures(store, Page(page))
        assert not steps.notices, steps.notices
        assert not [step.fault for step in steps.steps if step.fault]
"""


def test_several_processes_write_at_once_and_nothing_is_lost(store: Store) -> None:
    workers = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", WORKER, store.folder, str(number)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for number in range(4)
    ]  # fmt: skip
    for each in workers:
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()
    assert [(each.communicate()[1], each.returncode) for each in workers] == [("", 0)] * 4
    pages = [Page(id_) for id_ in store.pages()]
    for page in pages:
        compare_captures(store, page)
    found = dump(store)
    assert len(found["captures"]) == 32
    assert all(row[8] for row in found["captures"])
    assert len(found["comparisons"]) == 15 + 4 * 3
    reindex(store, pages)
    assert dump(store) == found


def test_page_by_page_reading_is_that_of_read_page(store: Store) -> None:
    (capture,) = put(store, notices("boats"))
    (read,) = _readings(store)
    assert read.reading == read_page(store.load(capture), HARBOUR)


def test_a_reference_to_no_page_names_pages_and_not_the_addresses_that_they_led_to(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "snapshots"))
    put(store, "boats", page="council")
    put(store, "boats", page=id_of("council", "item", "https://council.example/1"))
    with pytest.raises(InputError, match=r"it has council$"):
        captures_of_page(store, "zzz")
    assert Project(str(tmp_path / "config.yaml"), store.folder).only_page() == "council"
