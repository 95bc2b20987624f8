"""WARC files → captures: of every kind of record, from whole files and from broken ones."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import zlib
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from monitor.capture.found import Fault
from monitor.capture.from_warc import captures_in
from monitor.errors import InputError
from monitor.model.snapshot import Snapshot
from tests.warcs import ANSWER, HEAD, PAGE, REQUEST, URL, digest, record, write

SAME = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
ZIPPED = gzip.compress(PAGE, mtime=0)  # else it bears the second in which it was made
NOON, ONE = datetime(2024, 3, 1, 12, tzinfo=UTC), datetime(2024, 3, 1, 13, tzinfo=UTC)


def found(path: str, *, url: str | None = None, every_status: bool = False) -> tuple[list[Snapshot], list[str]]:
    """The captures of a file and its faults; what was expected is what came, or more where there are faults."""
    result = captures_in(path, url=url, every_status=every_status)
    finds = list(result.captures)
    faults = [str(find) for find in finds if isinstance(find, Fault)]
    captures = [find for find in finds if isinstance(find, Snapshot)]
    assert result.expected == len(captures) or (faults and result.expected > len(captures))
    return captures, faults


def only(path: str) -> Snapshot:
    captures, faults = found(path)
    assert (len(captures), faults) == (1, [])
    return captures[0]


def faults_of(snapshot: Snapshot) -> list[str]:
    return [value for name, value in snapshot.notes if name == "fault"]


# -- whole files


def test_a_response_is_a_capture_with_all_that_was_said(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.warc",
        record(WARC_IP_Address="192.0.2.7", WARC_Protocol="h2", WARC_Block_Digest=digest(ANSWER)),
        record("request", REQUEST, name="2", WARC_Concurrent_To="<urn:x:1>"),
    )
    snapshot = only(path)
    assert (snapshot.source, snapshot.url, snapshot.captured_at) == (path, URL, NOON)
    assert (snapshot.body, snapshot.media_type) == (PAGE, "text/html; charset=utf-8")
    assert snapshot.notes == (("record", "<urn:x:1>"),)
    (exchange,) = snapshot.exchanges
    assert (exchange.response, exchange.request) == (HEAD + b"\r\n", REQUEST)
    assert (exchange.address, exchange.protocol, exchange.status) == ("192.0.2.7", "h2", 200)


@pytest.mark.parametrize("zipped", [False, True], ids=["plain", "gzip"])
def test_a_request_is_found_before_its_answer_and_behind_it(tmp_path: Path, zipped: bool) -> None:
    path = write(
        tmp_path / "a.warc",
        record("request", b"GET /1 HTTP/1.1\r\n\r\n", name="r1"),
        record(name="1", WARC_Concurrent_To="<urn:x:r1>"),
        record(name="2"),
        record("metadata", b"fetchTimeMs: 7", name="m"),
        record("request", b"GET /2 HTTP/1.1\r\n\r\n", name="r2", WARC_Concurrent_To="<urn:x:2>"),
        record(name="3"),
        record("request", b"GET /9 HTTP/1.1\r\n\r\n", name="r9", WARC_Concurrent_To="<urn:x:9>"),
        zipped=zipped,
    )
    requests = [snapshot.exchanges[0].request for snapshot in found(path)[0]]
    assert requests == [b"GET /1 HTTP/1.1\r\n\r\n", b"GET /2 HTTP/1.1\r\n\r\n", b""]


def test_the_content_coding_stays_in_the_exchange_and_comes_off_the_body(tmp_path: Path) -> None:
    packed = ZIPPED
    snapshot = only(write(tmp_path / "a.warc", record(block=HEAD + b"Content-Encoding: gzip\r\n\r\n" + packed)))
    assert (snapshot.body, snapshot.payload) == (PAGE, packed)


def test_the_transfer_coding_comes_off_both(tmp_path: Path) -> None:
    head = HEAD + b"transfer-encoding: chunked\r\n\r\n"
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    snapshot = only(write(tmp_path / "a.warc", record(block=head + body)))
    assert (snapshot.body, snapshot.payload) == (PAGE, PAGE)
    assert snapshot.exchanges[0].response == head.replace(b"transfer-", b"X-Crawler-Transfer-").replace(
        b"encoding", b"Encoding"
    )


def test_chunks_and_codings_that_are_not_as_said_are_told_in_a_note(tmp_path: Path) -> None:
    head = HEAD + b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    snapshot = only(write(tmp_path / "a.warc", record(block=head + PAGE)))
    assert snapshot.body == PAGE
    assert faults_of(snapshot) == ["its header says chunked, which it is not", "it is not gzip, as its header says"]


def test_a_resource_is_a_capture_and_what_crawlers_note_down_is_none(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.warc",
        record("warcinfo", b"software: x", url=None),
        record("resource", PAGE, Content_Type="text/html"),
        record("resource", b"PNG", url="urn:thumbnail:https://www.example.org/"),
        record("response", b"1 2 3", url="dns:www.example.org", Content_Type="text/dns"),
        record("conversion", b"the text"),
    )
    snapshot = only(path)
    assert (snapshot.body, snapshot.media_type, snapshot.url, snapshot.exchanges) == (PAGE, "text/html", URL, ())


def test_redirections_and_errors_are_captures_only_where_asked_for(tmp_path: Path) -> None:
    blocks = [b"HTTP/1.1 %d X\r\n\r\nbody" % status for status in (200, 301, 404, 503)]
    path = write(tmp_path / "a.warc", *(record(block=block) for block in blocks))
    assert [snapshot.exchanges[0].status for snapshot in found(path)[0]] == [200]
    assert [each.exchanges[0].status for each in found(path, every_status=True)[0]] == [200, 301, 404, 503]


def test_one_address_is_found_however_it_is_written(tmp_path: Path) -> None:
    ways = ["http://example.org/news", "https://www.example.org:443/news/", "<https://WWW.example.org/news/#top>"]
    others = ["https://www.example.org/", "https://www.example.org/news?page=2", "https://m.example.org/news/"]
    path = write(tmp_path / "a.warc", *(record(url=url) for url in ways + others))
    assert [each.url for each in found(path, url="https://example.org/news/")[0]] == [way.strip("<>") for way in ways]
    assert len(found(path, url="example.org/news")[0]) == 3
    assert len(found(path)[0]) == 6


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2024-03-01T13:00:00+01:00", NOON),
        ("2024-03-01T12:00:00", NOON),
        ("20240301120000", NOON),
        ("2024-03-01T12:00:00.250Z", NOON.replace(microsecond=250_000)),
        ("yesterday", None),
        (None, None),
    ],
)
def test_capture_times_are_utc_and_none_where_the_record_tells_none(
    tmp_path: Path, date: str | None, moment: datetime | None
) -> None:
    snapshot = only(write(tmp_path / "a.warc", record(date=date)))
    assert snapshot.captured_at == moment
    assert snapshot.captured_at is None or snapshot.captured_at.tzinfo is UTC


# -- revisits


@pytest.mark.parametrize(
    "fields",
    [
        {"WARC_Refers_To": "<urn:x:1>"},
        {"WARC_Refers_To_Target_URI": URL, "WARC_Refers_To_Date": "2024-03-01T12:00:00Z"},
        {"WARC_Payload_Digest": digest(PAGE)},
    ],
    ids=["id", "address and time", "digest"],
)
@pytest.mark.parametrize("is_before", [True, False], ids=["behind", "before"])
def test_a_revisit_has_its_own_head_and_the_body_of_its_original(
    tmp_path: Path, fields: dict[str, str], is_before: bool
) -> None:
    original = record(block=HEAD + b"Content-Encoding: gzip\r\n\r\n" + ZIPPED, WARC_Payload_Digest=digest(PAGE))
    head = b"HTTP/1.1 200 OK\r\nX-Cache: HIT\r\n\r\n"
    revisit = record("revisit", head, name="2", date="2024-03-01T13:00:00Z", WARC_Profile=SAME, **fields)
    path = write(tmp_path / "a.warc", *((original, revisit) if is_before else (revisit, original)), zipped=True)
    snapshot = next(each for each in found(path)[0] if each.captured_at == ONE)
    assert (snapshot.body, snapshot.exchanges[0].response) == (PAGE, head)
    assert snapshot.payload == ZIPPED
    assert found(path)[1] == []


def test_a_revisit_without_a_head_has_that_of_its_original(tmp_path: Path) -> None:
    revisit = record("revisit", b"", name="2", WARC_Profile=SAME, WARC_Refers_To="<urn:x:1>")
    last = found(write(tmp_path / "a.warc", record(), revisit))[0][1]
    assert (last.body, last.exchanges[0].response) == (PAGE, HEAD + b"\r\n")


def test_a_revisit_finds_its_original_at_another_address(tmp_path: Path) -> None:
    revisit = record("revisit", HEAD + b"\r\n", name="2", WARC_Profile=SAME, WARC_Refers_To="<urn:x:1>")
    path = write(tmp_path / "a.warc", record(url="https://other.example/"), revisit)
    assert [each.body for each in found(path, url=URL)[0]] == [PAGE]


def test_a_revisit_of_what_is_not_there_is_a_fault(tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc", record("revisit", HEAD + b"\r\n", WARC_Profile=SAME, WARC_Refers_To="<urn:x:9>"))
    captures, faults = found(path)
    assert captures == []
    assert faults == [
        f"{path}, the record of {URL} of 2024-03-01 12:00:00 UTC: refers to a capture that is not in this file"
    ]


@pytest.mark.parametrize("block", [b"HTTP/1.1 304 Not Modified\r\nETag: a\r\n\r\n", b""], ids=["head", "no head"])
def test_not_modified_is_a_capture_of_the_page_as_it_was(tmp_path: Path, block: bytes) -> None:
    unchanged = record("revisit", block, name="2", date="2024-03-01T13:00:00Z", WARC_Profile=NOT_MODIFIED)
    last = found(write(tmp_path / "a.warc", record(), unchanged))[0][1]
    assert (last.is_not_modified, last.payload, last.body) == (True, b"", PAGE)
    alone = only(write(tmp_path / "b.warc", unchanged))
    assert (alone.is_not_modified, alone.payload, alone.body) == (True, b"", b"")


def test_the_body_of_a_not_modified_is_told_as_a_fault(tmp_path: Path) -> None:
    unchanged = record(block=b"HTTP/1.1 304 Not Modified\r\n\r\n<p>a page", name="2", date="2024-03-01T13:00:00Z")
    last = found(write(tmp_path / "a.warc", record(), unchanged))[0][1]
    assert last.is_not_modified
    assert "has a body all the same" in dict(last.notes)["fault"]


# -- broken files


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("zipped", [False, True], ids=["plain", "gzip"])
def test_a_tail_that_breaks_off_costs_that_record_alone(tmp_path: Path, zipped: bool, kept: float) -> None:
    last = record(name="3", block=HEAD + b"\r\n" + os.urandom(3_000))
    last = gzip.compress(last) if zipped else last
    path = Path(write(tmp_path / "a.warc", record(name="1"), record(name="2"), zipped=zipped))
    path.write_bytes(path.read_bytes() + last[: int(len(last) * kept)])
    captures, faults = found(str(path))
    assert [snapshot.body for snapshot in captures] == [PAGE, PAGE]
    assert len(faults) == 1
    assert "breaks off" in faults[0] or "is damaged" in faults[0]


def test_a_damaged_member_ends_the_file_and_says_where(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(record(name="2", block=HEAD + b"\r\n" + os.urandom(3_000))))
    packed[1_000:1_400] = bytes(400)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(record()) + packed + gzip.compress(record(name="3")))
    captures, faults = found(str(path))
    assert captures[0].body == PAGE
    assert faults


def test_junk_between_records_is_a_fault_and_what_follows_it_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc", record(), b"junk\r\n\r\n<html>\r\n", record(name="2"))
    captures, faults = found(path)
    assert [dict(snapshot.notes)["record"] for snapshot in captures] == ["<urn:x:1>", "<urn:x:2>"]
    assert faults == [f"{path}: what follows record 1 is damaged (Invalid WARC header)"]


def test_a_record_whose_length_lies_is_a_fault(tmp_path: Path) -> None:
    captures, faults = found(write(tmp_path / "a.warc", record(), record(name="2", Content_Length="99999999")))
    assert len(captures) == 1
    assert "breaks off" in faults[0]
    captures, faults = found(write(tmp_path / "b.warc", record(), record(name="2", Content_Length="9999999999999")))
    assert len(captures) == 1
    assert "larger than 512 MB" in faults[0]


def test_a_digest_that_does_not_match_is_told_in_a_note(tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc", record(WARC_Block_Digest=digest(b"other"), WARC_Truncated="length"))
    assert faults_of(only(path)) == [
        "its digest is not the one that stands beside it",
        "it was cut when it was captured (length)",
    ]


@pytest.mark.parametrize(
    "stated",
    [
        f"sha256:{hashlib.sha256(ANSWER).hexdigest()}",
        f"SHA-1:{digest(ANSWER)[5:].lower()}",
        "blake3:0123",
        "none",
    ],
)
def test_a_digest_may_be_written_in_any_way_and_an_unknown_one_says_nothing(tmp_path: Path, stated: str) -> None:
    assert faults_of(only(write(tmp_path / "a.warc", record(WARC_Block_Digest=stated)))) == []


def test_a_segment_is_a_fault(tmp_path: Path) -> None:
    _, faults = found(write(tmp_path / "a.warc", record(WARC_Segment_Number="1"), record()))
    assert "segments" in faults[0]


def test_heads_with_bare_line_feeds_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    head, _, block = record().partition(b"\r\n\r\n")
    path.write_bytes(head.replace(b"\r\n", b"\n") + b"\n\n" + block)
    assert only(str(path)).body == PAGE


def test_a_file_in_one_gzip_stream_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(record() + record(name="2")))
    assert len(found(str(path))[0]) == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is no WARC file"),
        (b"<html>a page</html>", "is no WARC file"),
        (gzip.compress(b"<html>a page</html>"), "is no WARC file"),
        (b"filedesc://a.arc 127.0.0.1 20140301000000 text/plain 75\n1 0 A\n", "is an ARC file"),
        (gzip.compress(b"filedesc://a.arc 127.0.0.1 20140301000000 text/plain 75\n1 0 A\n"), "is an ARC file"),
    ],
    ids=["empty", "a page", "gzip of a page", "ARC", "gzip of ARC"],
)
def test_what_is_no_warc_file_is_refused_in_one_line(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    with pytest.raises(InputError, match=says) as caught:
        captures_in(str(path))
    assert "\n" not in str(caught.value)


def test_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    for path, says in ((tmp_path, "is a folder"), (tmp_path / "no", "no such file"), (Path(os.devnull), "read twice")):
        with pytest.raises(InputError, match=says):
            captures_in(str(path))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_no_damage_whatever_raises_anything_else(tmp_path: Path, data: st.DataObject) -> None:
    zipped = data.draw(st.booleans())
    whole = bytearray(
        Path(write(tmp_path / "a.warc", record(), record("request", REQUEST, name="2"), zipped=zipped)).read_bytes()
    )
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    (tmp_path / "b.warc").write_bytes(whole)
    with suppress(InputError):
        list(captures_in(str(tmp_path / "b.warc")).captures)


# -- files of other programs


def test_what_fastwarc_writes_is_read(tmp_path: Path) -> None:
    from fastwarc.stream_io import GzipWriter
    from fastwarc.warc import WarcRecord, WarcRecordType

    with open(tmp_path / "a.warc.gz", "wb") as file:
        writer = GzipWriter(file)
        for kind, block in ((WarcRecordType.response, ANSWER), (WarcRecordType.request, REQUEST)):
            made = WarcRecord()
            made.init_headers(kind)
            made.headers["WARC-Target-URI"] = URL
            made.headers["WARC-Date"] = "2024-03-01T12:00:00Z"
            made.headers["Content-Type"] = "application/http"
            made.set_bytes_content(block)
            made.write(writer, checksum_data=True)
            writer.finish()
    snapshot = only(str(tmp_path / "a.warc.gz"))
    assert (snapshot.body, snapshot.url, snapshot.captured_at, faults_of(snapshot)) == (PAGE, URL, NOON, [])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # it leaves a temporary file open
def test_what_warcio_writes_is_read(tmp_path: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    packed = zlib.compress(PAGE)
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "deflate")]
    with open(tmp_path / "a.warc.gz", "wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="WARC/1.1")
        answered = {"http_headers": StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")}
        first = writer.create_warc_record(URL, "response", payload=io.BytesIO(packed), **answered)
        again = writer.create_revisit_record(
            URL, digest(packed), URL, first.rec_headers.get_header("WARC-Date"), **answered
        )
        writer.write_record(first)
        writer.write_record(again)
    captures, faults = found(str(tmp_path / "a.warc.gz"))
    assert [(each.body, each.payload, faults_of(each)) for each in captures] == [(PAGE, packed, [])] * 2
    assert faults == []
