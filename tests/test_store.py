"""The store: what is put in comes out as it was, is never half there, and is checked against the ledger."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from warcio.archiveiterator import ArchiveIterator

from monitor.errors import OutputError, StoreError
from monitor.model.entry import Kind
from monitor.model.page import Keep, is_page_id
from monitor.model.snapshot import Exchange, Snapshot
from monitor.store import names
from monitor.store.folder import Store
from monitor.store.prune import doomed
from monitor.store.verify import Sign, verify

NOON = datetime(2020, 7, 4, 12, tzinfo=UTC)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nX-Odd: \xe9\xff\r\nContent-Encoding: gzip\r\n\r\n"


def _file(body: bytes, days: int = 0) -> Snapshot:
    return Snapshot(source="some/where/page.txt", body=body, captured_at=NOON + timedelta(days=days))


def _answer(body: bytes, days: int = 0, head: bytes = HEAD) -> Snapshot:
    exchange = Exchange(
        url="https://harbour.example/news",
        response=head,
        body=gzip.compress(body, mtime=0) if body else b"",
        request=b"GET /news HTTP/1.1\r\nHost: harbour.example\r\n\r\n",
        protocol="HTTP/2",
        address="192.0.2.7",
    )
    return Snapshot(source=exchange.url, body=b"", captured_at=NOON + timedelta(days=days), exchanges=(exchange,))


def _put(store: Store, *snapshots: Snapshot, page: str = "harbour") -> None:
    with store.writing() as writer:
        for each in snapshots:
            writer.add(page, each)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "snapshots"))


# -- what is put in


def test_a_file_comes_out_as_it_was_put_in(store: Store) -> None:
    _put(store, _file(b"boats \xff\x00")._replace(media_type="text/plain", notes=(("time-from", "the file's name"),)))
    (capture,) = store.captures("harbour")
    loaded = store.load(capture)
    assert (loaded.body, loaded.media_type, loaded.captured_at) == (b"boats \xff\x00", "text/plain", NOON)
    assert loaded.notes == (("time-from", "the file's name"),)
    assert capture.file == "harbour/2020-07-04T120000Z.warc.gz"
    assert loaded.source == "harbour@2020-07-04T12:00:00Z"


def test_an_answer_keeps_its_header_bytes_and_its_content_coding(store: Store) -> None:
    _put(store, _answer(b"<p>boats"))
    loaded = store.load(store.captures("harbour")[0])
    assert loaded.body == b"<p>boats"
    (exchange,) = loaded.exchanges
    assert exchange == _answer(b"<p>boats").exchanges[0]
    assert loaded.media_type == "text/html; charset=utf-8"


def test_redirects_are_kept_before_the_answer(store: Store) -> None:
    last = _answer(b"<p>boats").exchanges[0]
    moved = Exchange(url="http://harbour.example/", response=b"HTTP/1.1 301 Moved\r\nLocation: /news\r\n\r\n", body=b"")
    _put(store, _answer(b"")._replace(exchanges=(moved, last)))
    assert store.load(store.captures("harbour")[0]).exchanges == (moved, last)


@pytest.mark.parametrize("make", [_file, _answer])
def test_an_unchanged_page_is_a_revisit_with_the_whole_body(store: Store, make: object) -> None:
    body = os.urandom(3000)
    _put(store, *(make(body, days) for days in range(3)))  # type: ignore[operator]
    captures = store.captures("harbour")
    kinds = [store.entry(each).kind for each in captures]
    assert kinds[1:] == [Kind.REVISIT, Kind.REVISIT]
    assert [store.load(each).body for each in captures] == [body] * 3
    assert all(os.path.getsize(store.path(each.file)) < 2000 for each in captures[1:])


def test_not_modified_is_a_revisit_that_shows_the_page_it_had(store: Store) -> None:
    unchanged = _answer(b"", 1, head=b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n')
    _put(store, _answer(b"<p>boats"), unchanged)
    loaded = store.load(store.captures("harbour")[1])
    assert (loaded.body, loaded.media_type) == (b"<p>boats", "text/html; charset=utf-8")
    assert loaded.exchanges[-1].status == 304
    assert b"server-not-modified" in _unzipped(store, 1)


def test_not_modified_of_a_page_never_seen_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="no capture of it"):
        _put(store, _answer(b"", head=b"HTTP/1.1 304 Not Modified\r\n\r\n"))
    assert store.captures("harbour") == []


def test_not_modified_is_said_of_the_capture_that_was_asked_about_whenever_that_was(store: Store) -> None:
    """The clock went back, and a capture was imported meanwhile: neither gives the revisit its body."""
    unchanged = _answer(b"", 2, head=b"HTTP/1.1 304 Not Modified\r\n\r\n")
    _put(store, _answer(b"<p>old", 0), _answer(b"<p>boats", 3), _answer(b"<p>imported", 1))
    asked_about = store.captures("harbour")[2]
    _put(store, unchanged._replace(confirmed=asked_about.file))
    assert [store.load(each).body for each in store.captures("harbour")] == [
        b"<p>old", b"<p>imported", b"<p>boats", b"<p>boats"
    ]  # fmt: skip
    assert verify(store).faults == ()


def test_not_modified_of_a_capture_that_was_taken_out_is_refused(store: Store) -> None:
    _put(store, _answer(b"<p>old", 0), _answer(b"<p>boats", 1))
    asked_about = store.captures("harbour")[1]
    with store.writing() as writer:
        writer.prune(store.entry(asked_about), NOON)
    unchanged = _answer(b"", 2, head=b"HTTP/1.1 304 Not Modified\r\n\r\n")
    with pytest.raises(StoreError, match=r"as it was in harbour/.*, which is not here; ask again"):
        _put(store, unchanged._replace(confirmed=asked_about.file))
    assert len(store.captures("harbour")) == 1


def test_the_same_capture_put_in_twice_is_there_once(store: Store) -> None:
    _put(store, _file(b"boats"), _file(b"boats"))
    _put(store, _file(b"boats"))
    assert len(store.captures("harbour")) == 1


def test_two_captures_of_one_second_are_both_kept_in_their_order(store: Store) -> None:
    _put(store, *(_file(b"boats %d" % number) for number in range(12)))
    assert [store.load(each).body for each in store.captures("harbour")] == [b"boats %d" % n for n in range(12)]


def test_an_older_capture_may_come_later(store: Store) -> None:
    _put(store, _file(b"new", 5), _file(b"old", 1))
    assert [store.load(each).body for each in store.captures("harbour")] == [b"old", b"new"]
    assert verify(store).faults == ()


def test_the_same_snapshots_give_the_same_records_and_ledger(tmp_path: Path) -> None:
    stores = [Store(str(tmp_path / name)) for name in "ab"]
    for each in stores:
        _put(each, _file(b"boats"), _file(b"boats", 1), _answer(b"ships", 2))
    first, second = ({file: Path(each.path(file)).read_bytes() for file in _files(each)} for each in stores)
    assert first == second


def _files(store: Store) -> list[str]:
    return ["ledger.jsonl", *(capture.file for capture in store.captures("harbour"))]


def _unzipped(store: Store, number: int) -> bytes:
    return gzip.decompress(Path(store.path(store.captures("harbour")[number].file)).read_bytes())


def test_what_a_browser_showed_is_kept_beside_its_screenshot(store: Store) -> None:
    shown = _file(b"<p>boats")._replace(url="https://harbour.example/", media_type="text/html", screenshot=b"\x89PNG 1")
    later = shown._replace(captured_at=NOON + timedelta(days=1), screenshot=b"\x89PNG 2")
    _put(store, shown, later)
    loaded = [store.load(each) for each in store.captures("harbour")]
    assert [(each.body, each.screenshot) for each in loaded] == [
        (b"<p>boats", b"\x89PNG 1"),
        (b"<p>boats", b"\x89PNG 2"),
    ]
    assert [store.entry(each).kind for each in store.captures("harbour")] == [Kind.RESOURCE, Kind.REVISIT]
    assert b"WARC-Target-URI: urn:view:https://harbour.example/" in _unzipped(store, 0)
    assert verify(store).faults == ()


# -- names


@given(
    st.text(max_size=30)
    | st.from_regex(r"[./\\~a-z-]{1,12}")
    | st.sampled_from(["..", "a/../..", "C:", "ledger.jsonl"])
)
def test_no_page_id_leads_out_of_the_store(text: str) -> None:
    if is_page_id(text):
        assert os.path.normpath(os.path.join("/store", text)) == f"/store/{text}"
        assert not text.startswith((".", "ledger", "catalogue.sqlite"))
    else:
        assert Store("/nowhere").captures(text) == []
        with pytest.raises(ValueError, match="is no page id"):
            names.file_of(text, NOON)


@given(st.datetimes(min_value=datetime(1991, 1, 1), max_value=datetime(2100, 1, 1)), st.integers(1, 30))  # noqa: DTZ001 hypothesis adds no zone here
def test_a_name_gives_its_time_back(moment: datetime, number: int) -> None:
    at = moment.replace(microsecond=0, tzinfo=UTC)
    page, _, name = names.file_of("harbour", at, number).partition("/")
    capture = names.capture_of(page, name)
    assert capture is not None
    assert capture.at == at


# -- what others make of it


def test_warcio_reads_every_record_and_its_digests(store: Store) -> None:
    unchanged = _answer(b"", 3, head=b"HTTP/1.1 304 Not Modified\r\n\r\n")
    _put(store, _file(b"boats"), _answer(b"<p>ships", 1), _answer(b"<p>ships", 2), unchanged)
    kinds = []
    for capture in store.captures("harbour"):
        content = Path(store.path(capture.file)).read_bytes()
        checking = ArchiveIterator(io.BytesIO(content), check_digests="raise")
        for record in checking:
            kinds.append(record.rec_type)
            record.raw_stream.read()
            assert record.digest_checker.passed is not False
    assert kinds.count("revisit") == 2
    assert kinds.count("response") == kinds.count("resource") == 1
    assert kinds.count("metadata") == 4


# -- verifying


def test_a_store_as_it_was_written_verifies(store: Store) -> None:
    _put(store, _file(b"boats"), _file(b"boats", 1), _answer(b"ships", 2))
    found = verify(store)
    assert found.faults == ()
    assert (found.captures, found.pages) == (3, 1)


def test_every_byte_that_is_changed_is_found(store: Store) -> None:
    _put(store, _file(b"boats"), _answer(b"ships", 2))
    for file in _files(store):
        path = Path(store.path(file))
        content = path.read_bytes()
        for at in range(0, len(content), 37):
            path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            assert verify(store).faults, (file, at)
        path.write_bytes(content)
    assert verify(store).faults == ()


def test_each_fault_is_named_for_what_it_is(store: Store) -> None:
    _put(store, *(_file(b"boats %d" % day, day) for day in range(4)))
    tampered, missing, torn, _ = (Path(store.path(each.file)) for each in store.captures("harbour"))
    tampered.write_bytes(Path(store.path(store.captures("harbour")[3].file)).read_bytes())
    missing.unlink()
    torn.write_bytes(torn.read_bytes()[:-30])
    (tampered.parent / "2021-01-01T000000Z.warc.gz").write_bytes(b"")
    (Path(store.folder) / "harbour" / "notes.txt").write_text("mine")
    signs = {fault.place: fault.sign for fault in verify(store).faults}
    assert signs == {
        "harbour/2020-07-04T120000Z.warc.gz": Sign.TAMPERED,
        "harbour/2020-07-05T120000Z.warc.gz": Sign.MISSING,
        "harbour/2020-07-06T120000Z.warc.gz": Sign.TORN,
        "harbour/2021-01-01T000000Z.warc.gz": Sign.EXTRA,
        "harbour/notes.txt": Sign.EXTRA,
    }


def test_a_line_taken_out_of_the_ledger_breaks_the_chain(store: Store) -> None:
    _put(store, *(_file(b"boats %d" % day, day) for day in range(4)))
    path = Path(store.ledger)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:1] + lines[2:]))
    assert [fault.sign for fault in verify(store).faults] == [Sign.BROKEN, Sign.EXTRA]


def test_a_capture_that_was_altered_is_not_read(store: Store) -> None:
    _put(store, _file(b"boats"), _file(b"ships", 1))
    first, second = store.captures("harbour")
    Path(store.path(first.file)).write_bytes(Path(store.path(second.file)).read_bytes())
    with pytest.raises(StoreError, match="not as it was written; monitor verify"):
        store.load(first)
    assert store.load(second).body == b"ships"


def test_a_file_that_is_not_in_the_ledger_is_not_read(store: Store) -> None:
    _put(store, _file(b"boats"))
    path = Path(store.path(store.captures("harbour")[0].file))
    (path.parent / "2021-01-01T000000Z.warc.gz").write_bytes(path.read_bytes())
    with pytest.raises(StoreError, match="not in the ledger"):
        store.load(store.captures("harbour")[1])


# -- taking out


def test_what_is_pruned_leaves_a_tombstone_and_a_whole_chain(store: Store) -> None:
    _put(store, _file(b"boats"), _file(b"ships", 1))
    with store.writing() as writer:
        writer.prune(store.entry(store.captures("harbour")[0]), NOON + timedelta(days=9))
    assert [each.at.day for each in store.captures("harbour")] == [5]
    found = verify(store)
    assert (found.faults, found.captures, found.pruned) == ((), 1, 1)


def test_that_the_ledger_is_missing_is_said_before_what_it_does_not_have(store: Store) -> None:
    _put(store, _file(b"boats"), _file(b"ships", 1))
    Path(store.ledger).unlink()
    first, *rest = verify(store).faults
    assert (first.sign, first.place) == (Sign.MISSING, "ledger.jsonl")
    assert "no ledger that vouches for them" in first.reason
    assert {each.sign for each in rest} == {Sign.EXTRA}
    assert len(rest) == len(store.captures("harbour"))


def test_a_pruned_file_that_is_put_back_by_hand_is_extra(store: Store) -> None:
    _put(store, _file(b"boats"))
    path = Path(store.path(store.captures("harbour")[0].file))
    content = path.read_bytes()
    with store.writing() as writer:
        writer.prune(store.entry(store.captures("harbour")[0]), NOON)
    path.write_bytes(content)
    assert [fault.sign for fault in verify(store).faults] == [Sign.EXTRA]


def _pruned(store: Store, keep: Keep, days: int) -> list[int]:
    """The days of July whose captures are left after `days` days."""
    now = NOON + timedelta(days=days)
    with store.writing() as writer:
        for entry in doomed(store, "harbour", keep, now):
            writer.prune(entry, now)
    assert verify(store).faults == ()
    assert all(store.load(each).body for each in store.captures("harbour"))
    return [each.at.day for each in store.captures("harbour")]


def test_of_old_captures_those_that_found_a_change_are_kept(store: Store) -> None:
    _put(store, *(_file(body, day) for day, body in enumerate((b"a", b"a", b"b", b"b", b"b", b"c", b"c"))))
    assert _pruned(store, Keep(days=2), 6) == [4, 6, 8, 9, 10]


def test_what_a_kept_revisit_refers_to_is_kept(store: Store) -> None:
    _put(store, *(_file(body, day) for day, body in enumerate((b"a", b"b", b"b", b"b", b"b"))))
    assert _pruned(store, Keep(days=1, then="nothing"), 4) == [4, 5, 7, 8]


def test_a_capture_that_is_young_enough_stays(store: Store) -> None:
    _put(store, *(_file(b"boats %d" % day, day) for day in range(5)))
    assert _pruned(store, Keep(days=30, then="nothing"), 20) == [4, 5, 6, 7, 8]


# -- writers that die, disks that are full

WRITER = """
import os, signal, sys
from datetime import UTC, datetime, timedelta
from monitor.model.snapshot import Snapshot
from monitor.store.folder import Store

folder, last_step = sys.argv[1], int(sys.argv[2])
steps = 0

def watch(frame, event, argument):
    global steps
    if "monitor/store" not in frame.f_code.co_filename.replace(os.sep, "/"):
        return None
    if event == "line":
        steps += 1
        if steps == last_step:
            os.kill(os.getpid(), signal.SIGKILL)
    return watch

store = Store(folder)
sys.settrace(watch)
with store.writing() as writer:
    for number in (2, 3):
        at = datetime(2020, 7, 4, 12, tzinfo=UTC) + timedelta(days=number)
        snapshot = Snapshot(source="page", body=b"boats %d" % (number // 2), captured_at=at)
        writer.add_all([(page, snapshot) for page in ("harbour", "ferry", "pier")[:number]])
        print(at.isoformat(), flush=True)
"""


def test_a_writer_killed_at_any_step_loses_nothing_and_leaves_nothing_half(store: Store) -> None:
    """The same run from the same start, killed some steps later each time, until one comes to its end."""
    _put(store, _file(b"boats 0"), _file(b"boats 1", 1))
    killed = 0
    for step in count(1, 29):
        copy = Store(shutil.copytree(store.folder, f"{store.folder}-{step}"))
        done = subprocess.run(
            [sys.executable, "-c", WRITER, copy.folder, str(step)], capture_output=True, text=True, check=False
        )
        assert set(done.stdout.split()) <= {each.at.isoformat() for each in copy.captures("harbour")}, done.stderr
        for page in copy.pages():
            assert all(copy.load(each).body for each in copy.captures(page))
        assert {fault.sign for fault in verify(copy).faults} <= {Sign.TORN}
        if done.returncode == 0:
            break
        assert done.returncode == -9, done.stderr
        killed += 1
        _put(copy, _file(b"boats 9", 9))
        assert verify(copy).faults == ()
        assert os.listdir(os.path.join(copy.folder, ".drafts")) == []
    assert killed > 20


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_a_line_that_was_not_written_to_its_end_is_taken_off_by_the_next_writer(store: Store, cut: int) -> None:
    _put(store, _file(b"boats"), _file(b"ships", 1))
    path = Path(store.ledger)
    first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + second[:-cut])
    file = Path(store.path(store.captures("harbour")[1].file))
    file.rename(Path(store.folder) / ".drafts" / "2")
    assert [fault.sign for fault in verify(store).faults] == [Sign.TORN]
    _put(store, _file(b"ships", 1))
    assert [store.load(each).body for each in store.captures("harbour")] == [b"boats", b"ships"]
    assert verify(store).faults == ()


LIMITED = """
import resource, signal, sys
from datetime import UTC, datetime
from monitor.errors import MonitorError
from monitor.model.snapshot import Snapshot
from monitor.store.folder import Store
import os
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
sys.dont_write_bytecode = True  # half a compiled module would break the next run
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    with Store(sys.argv[1]).writing() as writer:
        at = datetime(2021, 1, 1, tzinfo=UTC)
        writer.add("harbour", Snapshot(source="page", body=os.urandom(3000), captured_at=at))
except MonitorError as error:
    sys.exit(str(error))
"""


@pytest.mark.parametrize("room", [0, 700, 2000], ids=["no room", "none for the file", "none for a part of it"])
def test_a_full_disk_leaves_the_store_as_it_was(store: Store, room: int) -> None:
    _put(store, _file(b"boats"), _file(b"ships", 1))
    before = {path: path.read_bytes() for path in Path(store.folder).rglob("*.*") if path.is_file()}
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, store.folder, str(room)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "cannot write to the store" in done.stderr
    assert {path: path.read_bytes() for path in Path(store.folder).rglob("*.*") if path.is_file()} == before
    assert verify(store).faults == ()


@pytest.fixture
def closed(store: Store) -> Iterator[Store]:
    _put(store, _file(b"boats"))
    folders = [Path(store.folder) / "harbour", Path(store.folder)]
    for each in folders:
        each.chmod(0o555)
    yield store
    for each in folders:
        each.chmod(0o755)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_one_clear_line(closed: Store) -> None:
    with pytest.raises(OutputError, match=r"cannot write to the store .*permission denied"):
        _put(closed, _file(b"ships", 1))
    assert verify(closed).faults == ()


def test_of_two_writers_the_second_waits_or_says_so(store: Store) -> None:
    with store.writing() as writer:
        writer.add("harbour", _file(b"boats"))
        with pytest.raises(StoreError, match="another monitor is writing"), Store(store.folder).writing(wait=0.05):
            pass
    with Store(store.folder).writing(wait=0.05) as writer:
        writer.add("harbour", _file(b"ships", 1))
    assert len(store.captures("harbour")) == 2
