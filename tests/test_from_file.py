"""What a file gives: its bytes, its type by its suffix, its time by its name; and what cannot be opened."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from monitor.capture.from_file import captured_at, load
from monitor.errors import InputError


def test_a_file_gives_its_bytes_its_type_and_the_time_in_its_name(tmp_path: Path) -> None:
    path = tmp_path / "2018-09-04T170002Z.html"
    path.write_bytes(b"<p>\xff")
    snapshot = load(str(path))
    assert (snapshot.source, snapshot.body, snapshot.url) == (str(path), b"<p>\xff", None)
    assert snapshot.media_type == "text/html"
    assert snapshot.captured_at == datetime(2018, 9, 4, 17, 0, 2, tzinfo=UTC)


def test_a_files_own_times_say_nothing_of_the_capture(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    path = folder / "page.txt"
    path.write_bytes(b"x")
    os.utime(path, (1_500_000_000, 1_500_000_000))
    assert load(str(path)).captured_at is None


def test_a_time_that_is_given_goes_before_the_name(tmp_path: Path) -> None:
    path = tmp_path / "2018-09-04.html"
    path.write_bytes(b"x")
    at = datetime(2020, 1, 1, tzinfo=UTC)
    assert load(str(path), at=at).captured_at == at


def test_a_dash_is_standard_input() -> None:
    snapshot = load("-", stdin=io.BytesIO(b"a page"))
    assert (snapshot.source, snapshot.body, snapshot.media_type, snapshot.captured_at) == ("-", b"a page", None, None)


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        (".html", "text/html"),
        (".HTM", "text/html"),
        (".xhtml", "application/xhtml+xml"),
        (".txt", "text/plain"),
        (".md", "text/markdown"),
        (".json", "application/json"),
        (".xml", "application/xml"),
        (".php", None),
        ("", None),
    ],
)
def test_the_type_comes_from_the_suffix(tmp_path: Path, suffix: str, media_type: str | None) -> None:
    path = tmp_path / f"page{suffix}"
    path.write_bytes(b"x")
    assert load(str(path)).media_type == media_type


@pytest.mark.parametrize(
    ("name", "time"),
    [
        ("2018-09-04T170002Z.html", "2018-09-04T17:00:02"),
        ("20250814-023630996200.html", "2025-08-14T02:36:30.996200"),
        ("2020-07-04T05:25:00Z", "2020-07-04T05:25:00"),
        ("2020-07-04T05:25:00+02:00.html", "2020-07-04T03:25:00"),
        ("2020-07-04T05:25:00-02:00.html", "2020-07-04T07:25:00"),
        ("2020-07-04_0525", "2020-07-04T05:25:00"),
        ("2020-07-04 05.25.10.txt", "2020-07-04T05:25:10"),
        ("page-2020-07-04-12-30-45.html", "2020-07-04T12:30:45"),
        ("20200704052500", "2020-07-04T05:25:00"),
        ("20200704T052500Z.html", "2020-07-04T05:25:00"),
        ("page-2020-07-04.html", "2020-07-04T00:00:00"),
        ("2020_07_04.txt", "2020-07-04T00:00:00"),
        ("page 20200704.txt", "2020-07-04T00:00:00"),
        ("2020-07-04-1.html", "2020-07-04T00:00:00"),
        ("2020-07-04-2020-08-03.html", "2020-07-04T00:00:00"),
        ("2020-07-04/index.html", "2020-07-04T00:00:00"),
        ("20200704052500/index.html", "2020-07-04T05:25:00"),
        ("2020-07-04/2020-08-03.html", "2020-08-03T00:00:00"),
        ("2020-07-04/052500/index.html", None),
        ("003_82a3f40ddacaa79d.txt", None),
        ("000_b0f2619614c4f6e8.txt", None),
        ("a20200704b.txt", None),
        ("12345678.txt", None),
        ("20201340.txt", None),
        ("2020-02-30.html", None),
        ("1990-01-01.html", None),
        ("2101-01-01.html", None),
        ("44-203-668-7474.html", None),
        ("2020-07-04T2525.html", None),
        ("2020-07-04 11.30.00 PM.html", "2020-07-04T23:30:00"),
        ("2020-07-04 12.30 am.html", "2020-07-04T00:30:00"),
        ("2020-07-04 12.30PM.html", "2020-07-04T12:30:00"),
        ("2020-07-04 13.30 PM.html", None),
        ("2020-07-04 05.30.00 -0700.html", "2020-07-04T12:30:00"),
        ("2020-07-04 05.30.00 +07:00.html", "2020-07-03T22:30:00"),
        ("2020-07-04 11.30 PM -0700.html", "2020-07-05T06:30:00"),
        ("2020-07-04T053000+02.html", "2020-07-04T03:30:00"),
        ("2020-07-04 05.30 UTC.html", "2020-07-04T05:30:00"),
        ("2020-07-04 05.30 GMT+0200.html", "2020-07-04T03:30:00"),
        ("2020-07-04 05.30 GMT+2.html", None),
        ("2020-07-04T0530 PDT.html", None),
        ("2020-07-04 11.30 PM_CEST.html", None),
        ("2020-07-04T053000+25:99.html", None),
        ("2020-07-04T053000+14:30.html", None),
        ("2020-07-04T0530 PDTS.html", "2020-07-04T05:30:00"),
        ("2020-07-04T0530Z CAT.html", "2020-07-04T05:30:00"),
        ("2020-07-04T053000Z-2.html", "2020-07-04T05:30:00"),
        ("2020-07-04T0530 - page.html", "2020-07-04T05:30:00"),
        ("index.html", None),
        ("-", None),
    ],
)
def test_the_time_of_a_capture_is_read_from_the_name_or_its_folders(name: str, time: str | None) -> None:
    assert captured_at(name) == (datetime.fromisoformat(time).replace(tzinfo=UTC) if time else None)


@given(st.datetimes(datetime(1991, 1, 1), datetime(2100, 12, 31)))  # noqa: DTZ001  made aware below
def test_every_way_of_writing_a_time_in_a_name_reads_back(moment: datetime) -> None:
    aware = moment.replace(microsecond=0, tzinfo=UTC)
    for form in ("%Y-%m-%dT%H%M%SZ", "%Y-%m-%dT%H:%M:%SZ", "%Y%m%d%H%M%S", "%Y%m%d-%H%M%S", "page_%Y-%m-%d_%H-%M-%S"):
        assert captured_at(f"{aware.strftime(form)}.html") == aware
    assert captured_at(aware.strftime("%Y-%m-%d.html")) == aware.replace(hour=0, minute=0, second=0)


@given(st.text(alphabet="0123456789abcdefTZ-_:. ", max_size=40))
def test_any_name_gives_a_likely_time_or_none(name: str) -> None:
    time = captured_at(name)
    assert time is None or (time.utcoffset() == timedelta(0) and 1990 <= time.year <= 2101)


@given(st.text(alphabet="0123456789abcdef", min_size=16, max_size=64))
def test_a_hash_with_a_letter_in_it_holds_no_time(name: str) -> None:
    assert captured_at(f"000_{name}a.txt") is None


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    _refused(str(tmp_path / "none.html"), "there is no such file")
    _refused(str(tmp_path), "is a folder")
    (tmp_path / "file").write_bytes(b"x")
    _refused(str(tmp_path / "file" / "page.html"), "as if it were a folder")
    _refused("a\x00b", "cannot be read")
    _refused("-", "no standard input")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.html").touch()
    _refused(str(tmp_path / "empty.html"), "is empty")
    with pytest.raises(InputError, match="standard input is empty"):
        load("-", stdin=io.BytesIO())


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_one_may_not_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.html"
    path.write_bytes(b"x")
    path.chmod(0)
    _refused(str(path), "may not be read")


def _refused(path: str, what: str) -> None:
    with pytest.raises(InputError, match=what) as refusal:
        load(path)
    assert refusal.value.remedy
    assert "\n" not in str(refusal.value)


class _Endless(io.RawIOBase):
    """A stream that gives what it is asked for, always the same bytes."""

    chunk = b"a" * 1024 * 1024

    def read(self, size: int = -1) -> bytes:
        return self.chunk[:size]


def test_a_stream_without_an_end_is_given_up_at_the_limit() -> None:
    with pytest.raises(InputError, match="standard input is larger than 512 MB; "):
        load("-", stdin=_Endless())  # type: ignore[arg-type]


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no such device here")
def test_a_device_is_refused_unread() -> None:
    _refused("/dev/zero", "is a device")
