"""A store that somebody else made, or meddled with: nothing leads outside, nothing forged passes for evidence."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.errors import MonitorError, StoreError
from monitor.model.page import Keep
from monitor.model.snapshot import Exchange, Snapshot
from monitor.store import ledger
from monitor.store.folder import Store
from monitor.store.prune import doomed
from monitor.store.verify import Sign, verify
from monitor.watch.find_capture import find_capture

NOON = datetime(2020, 7, 4, 12, tzinfo=UTC)


def _snapshot(body: bytes, days: float = 0) -> Snapshot:
    return Snapshot(source="page.txt", body=body, captured_at=NOON + timedelta(days=days))


def _put(store: Store, *snapshots: Snapshot) -> None:
    with store.writing() as writer:
        writer.add_all([("harbour", each) for each in snapshots])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(str(tmp_path / "snapshots"))
    _put(store, _snapshot(b"one"), _snapshot(b"two", 1), _snapshot(b"three", 2))
    return store


def _path(store: Store, number: int) -> Path:
    return Path(store.path(store.captures("harbour")[number].file))


def _forge(store: Store, **values: object) -> None:
    """Append a line like the last one but for these values, chained as it should be."""
    path = Path(store.ledger)
    last = path.read_bytes().splitlines()[-1]
    line = json.loads(last)
    line |= {"seq": line["seq"] + 1, "before": hashlib.sha256(last).hexdigest(), **values}
    with path.open("ab") as file:
        file.write(json.dumps(line, separators=(",", ":")).encode() + b"\n")


def _signs(store: Store) -> set[Sign]:
    return {fault.sign for fault in verify(store).faults}


def _write_again(store: Store) -> None:
    with contextlib.suppress(MonitorError):
        _put(store, _snapshot(b"nine", 9))


# -- nothing leads outside


@pytest.mark.parametrize(
    "values", [{"file": "../victim"}, {"file": "../victim", "page": ".."}, {"file": "/etc/victim"}]
)
def test_a_forged_tombstone_takes_away_nothing_outside(store: Store, tmp_path: Path, values: dict[str, str]) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    _forge(store, kind="pruned", **values)
    assert Sign.BROKEN in _signs(store)
    _write_again(store)
    assert victim.read_text() == "precious"


def test_a_forged_line_puts_no_draft_outside(store: Store, tmp_path: Path) -> None:
    draft = Path(store.folder) / ".drafts" / "4"
    draft.write_bytes(b"planted")
    _forge(store, file="../planted", sha256=hashlib.sha256(b"planted").hexdigest())
    assert Sign.BROKEN in _signs(store)
    _write_again(store)
    assert not (tmp_path / "planted").exists()


@pytest.mark.parametrize("name", [".drafts", "harbour", "other"])
def test_a_folder_of_the_store_that_is_a_link_is_refused(store: Store, tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter").write_text("precious")
    place = Path(store.folder) / name
    if place.exists():
        place.rename(tmp_path / "moved")
    place.symlink_to(home)
    with pytest.raises(StoreError, match="is a link, and leads out of the store"):
        _put(store, _snapshot(b"nine", 9))
    assert os.listdir(home) == ["letter"]
    assert verify(store).faults


def test_a_line_that_means_the_same_in_other_words_is_no_entry(store: Store) -> None:
    path = Path(store.ledger)
    lines = path.read_bytes().splitlines()
    lines[1] = lines[1].replace(b'"payload"', b'"file":"../victim","payload"', 1)
    path.write_bytes(b"\n".join(lines) + b"\n")
    assert [line.entry is None for line in ledger.lines(store.ledger)] == [False, True, False]


@pytest.mark.parametrize("line", [b"[" * 200_000, b"{}", b"null", b'{"seq":1}', b"\xff\xfe", b'{"seq":"\\ud800"}'])
def test_a_line_of_nonsense_is_named_and_breaks_nothing(store: Store, line: bytes) -> None:
    with open(store.ledger, "ab") as file:
        file.write(line + b"\n")
    assert Sign.BROKEN in _signs(store)
    assert len(store.captures("harbour")) == 3
    assert store.load(store.captures("harbour")[0]).body == b"one"


def test_a_pipe_in_place_of_a_capture_is_no_file(store: Store) -> None:
    path = _path(store, 1)
    path.unlink()
    os.mkfifo(path)
    assert _signs(store) == {Sign.MISSING}
    with pytest.raises(StoreError, match="cannot be read"):
        store.load(store.captures("harbour")[1])


def test_a_name_with_an_odd_number_is_none_of_the_stores(store: Store) -> None:
    (_path(store, 0).parent / "2020-01-01T000000Z-².warc.gz").write_bytes(b"")
    assert len(store.captures("harbour")) == 3
    assert _signs(store) == {Sign.EXTRA}


# -- nothing forged passes


def test_a_capture_that_is_lost_keeps_its_name(store: Store) -> None:
    """Another page of that time, put in in its place, does not pass for it."""
    head = verify(store).head
    _path(store, 0).unlink()
    _put(store, _snapshot(b"forged"))
    assert store.captures("harbour")[0].file.endswith("Z-2.warc.gz")
    assert _signs(store) == {Sign.MISSING}
    assert head in {line.hash for line in ledger.lines(store.ledger)}


def test_a_second_line_for_a_file_that_is_there_is_a_fault(store: Store) -> None:
    _forge(store)
    assert _signs(store) == {Sign.BROKEN}


def test_an_empty_draft_hides_no_missing_capture(store: Store) -> None:
    _path(store, 0).unlink()
    (Path(store.folder) / ".drafts" / "1").write_bytes(b"")
    assert _signs(store) == {Sign.MISSING}


def test_a_tombstone_must_have_the_hashes_of_what_it_takes_out(store: Store) -> None:
    _path(store, 2).unlink()
    _forge(store, kind="pruned", sha256="0" * 64)
    assert _signs(store) == {Sign.BROKEN}


def test_a_tombstone_of_what_was_never_there_is_a_fault(store: Store) -> None:
    _forge(store, kind="pruned", file="harbour/1999-01-01T000000Z.warc.gz")
    assert _signs(store) == {Sign.BROKEN}


def test_a_file_name_must_have_the_time_of_its_line(store: Store) -> None:
    _forge(store, file="harbour/1999-01-01T000000Z.warc.gz")
    assert Sign.BROKEN in _signs(store)


@pytest.mark.parametrize("place", ["timestamps-x/evil.warc.gz", ".draftsX/x", "catalogue.sqlite.evil"])
def test_no_name_like_the_stores_own_hides_a_file(store: Store, place: str) -> None:
    path = Path(store.folder) / place
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x")
    assert [(fault.sign, fault.place) for fault in verify(store).faults] == [(Sign.EXTRA, place)]


# -- nothing is lost by what is odd


def test_a_change_is_kept_whatever_the_order_in_which_captures_came(store: Store) -> None:
    """A, A, then B between them: the second A found a change, though it was put in as unchanged."""
    _put(store, _snapshot(b"A", 100), _snapshot(b"A", 120), _snapshot(b"Z", 900))
    _put(store, _snapshot(b"B", 110))
    assert doomed(store, "harbour", Keep(days=1), NOON + timedelta(days=900)) == []


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nA: b\n\n",
        b"HTTP/1.1 200 OK\n\n",
        b"HTTP/1.1 200 OK",
        b"HTTP/1.1 200 OK\r\n\r\nX: y\r\n\r\n",
    ],
)
@pytest.mark.parametrize("body", [b"<p>boats\r\n\r\nships", b"", b"\r\n\r\n"])
def test_a_head_of_any_form_comes_back_as_it_was(tmp_path: Path, head: bytes, body: bytes) -> None:
    store = Store(str(tmp_path / "other"))
    exchange = Exchange(url="https://harbour.example/", response=head, body=body)
    snapshots = [Snapshot("it", b"", NOON + timedelta(days=day), exchanges=(exchange,)) for day in (0, 1)]
    _put(store, *snapshots)
    assert [store.load(each).exchanges for each in store.captures("harbour")] == [(exchange,), (exchange,)]
    assert verify(store).faults == ()


@pytest.mark.parametrize("length", [15_900, 16_001, 40_000])
def test_an_address_is_read_again_or_refused(tmp_path: Path, length: int) -> None:
    """What a reader of WARC files cannot read would count as tampered with, for good."""
    store = Store(str(tmp_path / "snapshots"))
    url = f"http://harbour.example/{'a' * (length - 23)}"
    exchange = Exchange(url, b"HTTP/1.1 200 OK\r\n\r\n", b"boats")
    is_kept = length < 16_000
    refused = contextlib.nullcontext() if is_kept else pytest.raises(StoreError, match="16,000 letters")
    with refused, store.writing() as writer:
        writer.add("harbour", Snapshot("page", b"boats", NOON, url=url, exchanges=(exchange,)))
    assert [store.load(each).exchanges[-1].url for each in store.captures("harbour")] == [url] * is_kept
    assert verify(store).faults == ()


def test_years_before_1000_have_four_digits(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "other"))
    _put(store, Snapshot("it", b"boats", datetime(999, 1, 1, tzinfo=UTC)))
    assert [each.reference for each in store.captures("harbour")] == ["harbour@0999-01-01T00:00:00Z"]
    assert verify(store).faults == ()


def test_a_last_line_that_lacks_its_line_feed_alone_is_completed(store: Store) -> None:
    path = Path(store.ledger)
    path.write_bytes(path.read_bytes()[:-1])
    _put(store, _snapshot(b"nine", 9))
    assert [store.load(each).body for each in store.captures("harbour")] == [b"one", b"two", b"three", b"nine"]
    assert verify(store).faults == ()


def test_captures_of_one_second_are_each_named(store: Store) -> None:
    _put(store, _snapshot(b"later", 0.3 / 86400))
    first, second = store.captures("harbour")[:2]
    assert second.reference == "harbour@2020-07-04T12:00:00Z-2"
    for capture in (first, second):
        when = capture.reference.partition("@")[2]
        assert find_capture(store, "harbour", when, lambda _: None) == capture


def test_the_same_page_a_moment_later_is_another_capture(store: Store) -> None:
    _put(store, _snapshot(b"two", 1 + 0.3 / 86400))
    assert len(store.captures("harbour")) == 4


def test_a_file_that_the_ledger_does_not_have_stops_no_capture(store: Store) -> None:
    (_path(store, 0).parent / "2020-07-09T120000Z.warc.gz").write_bytes(_path(store, 0).read_bytes())
    _put(store, _snapshot(b"nine", 9))
    assert store.load(store.captures("harbour")[-1]).body == b"nine"


def test_where_the_page_that_is_unchanged_was_damaged_it_is_put_in_again(store: Store) -> None:
    _path(store, 2).write_bytes(b"damaged")
    _put(store, _snapshot(b"three", 9))
    assert store.load(store.captures("harbour")[-1]).body == b"three"
    assert _signs(store) == {Sign.TAMPERED}


def test_what_was_taken_out_and_put_in_again_outlives_a_writer_that_died(store: Store) -> None:
    """Its drafts make the next writer look at more lines than the last, and so at the tombstone too."""
    last = store.captures("harbour")[2]
    with store.writing() as writer:
        writer.prune(store.entry(last), NOON)
    _put(store, _snapshot(b"three", 2))
    for number in range(5):
        (Path(store.folder) / ".drafts" / str(100 + number)).write_bytes(b"left behind")
    _put(store, _snapshot(b"nine", 9))
    assert [store.load(each).body for each in store.captures("harbour")] == [b"one", b"two", b"three", b"nine"]
    assert verify(store).faults == ()
