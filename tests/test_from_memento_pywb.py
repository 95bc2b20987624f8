"""Captures of a real web archive: pywb, which replays a collection that is made here."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from monitor.capture.from_memento import Archive, archive_at, captures_of
from monitor.errors import InputError
from monitor.model.snapshot import Snapshot
from tests.replaying import PYTHON, REASON, replaying
from tests.warcs import HEAD, PAGE, URL, digest, record, write

pytestmark = [pytest.mark.pywb, pytest.mark.skipif(PYTHON is None, reason=REASON)]

PACKED = gzip.compress(PAGE + b"packed")
SAME = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
RECORDS = [
    record(date="2024-03-01T12:00:00Z", WARC_Payload_Digest=digest(PAGE)),
    record(block=HEAD + b"ETag: a\r\nContent-Encoding: gzip\r\n\r\n" + PACKED, name="2", date="2024-03-02T12:00:00Z"),
    record(
        "revisit", HEAD + b"\r\n", name="3", date="2024-03-03T12:00:00Z", WARC_Profile=SAME,
        WARC_Payload_Digest=digest(PAGE), WARC_Refers_To_Target_URI=URL, WARC_Refers_To_Date="2024-03-01T12:00:00Z",
    ),
    record(block=b"HTTP/1.1 301 Moved\r\nLocation: https://a.example/\r\n\r\n", name="4", date="2024-03-04T12:00:00Z"),
    record(block=b"HTTP/1.1 503 Busy\r\nContent-Type: text/html\r\n\r\nbusy", name="5", date="2024-03-05T12:00:00Z"),
]  # fmt: skip


@pytest.fixture(scope="module")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address below which a pywb of its own replays the records."""
    folder = tmp_path_factory.mktemp("archive")
    file = write(folder / "a.warc.gz", *RECORDS, zipped=True)
    with replaying(folder / "pywb", {"pages": [file]}) as client:
        yield f"{client.base_url}pages/"


@pytest.fixture(params=["CDX", "TimeMap"])
def archive(request: pytest.FixtureRequest, replay: str, monkeypatch: pytest.MonkeyPatch) -> Archive:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return archive_at(replay) if request.param == "CDX" else Archive(replay, f"{replay}no-such-list/a/b")


def day(number: int) -> datetime:
    return datetime(2024, 3, number, 12, tzinfo=UTC)


def test_what_the_archive_holds_comes_as_it_was_captured(archive: Archive) -> None:
    captures = list(captures_of("example.org/news", archive=archive, pause=0).captures)
    assert all(isinstance(each, Snapshot) for each in captures)
    snapshots = [each for each in captures if isinstance(each, Snapshot)]
    assert [(each.captured_at, each.body) for each in snapshots] == [
        (day(1), PAGE),
        (day(2), PAGE + b"packed"),
        (day(3), PAGE),
    ]
    assert {each.url for each in snapshots} == {URL}
    assert {each.media_type for each in snapshots} == {"text/html; charset=utf-8"}
    exchange = snapshots[1].exchanges[0]
    assert (exchange.status, exchange.header("ETag"), exchange.header("Server")) == (200, "a", "caf\xe9")
    assert (exchange.body, exchange.header("Content-Encoding")) == (PACKED, "gzip")


def test_redirections_and_errors_are_given_where_asked_for(archive: Archive) -> None:
    found = captures_of(URL, archive=archive, pause=0, every_status=True)
    captures = [each for each in found.captures if isinstance(each, Snapshot)]
    assert found.expected == len(captures) == 5
    assert [each.captured_at for each in captures] == [day(number) for number in range(1, 6)]


def test_an_address_that_was_never_captured_is_told(archive: Archive) -> None:
    with pytest.raises(InputError, match="has no capture of"):
        captures_of("https://never.example/", archive=archive, pause=0)
