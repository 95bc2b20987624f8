"""WACZ files → captures of the pages they list, or of the address asked for."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from monitor.capture.found import Fault
from monitor.capture.from_wacz import captures_in
from monitor.errors import InputError
from monitor.model.snapshot import Snapshot
from tests.warcs import HEAD, PAGE, URL, digest, record

OTHER = "https://www.example.org/logo"
SAME = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
PAGES = "\n".join(
    [
        json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}),
        json.dumps({"id": "1", "url": URL, "title": "News", "ts": "2024-03-01T12:00:00Z"}),
        '{"id": "2", "url": "https://cut.exam',
    ]
)


def wacz(path: Path, files: Mapping[str, bytes | str], *, compression: int = ZIP_STORED) -> str:
    with ZipFile(path, "w", compression) as archive:
        archive.writestr("datapackage.json", '{"profile": "data-package", "wacz_version": "1.1.1"}')
        for name, content in files.items():
            archive.writestr(name, content)
    return str(path)


def warc_gz(*records: bytes) -> bytes:
    return b"".join(map(gzip.compress, records))


def captures(path: str, url: str | None = None) -> list[Snapshot]:
    found = captures_in(path, url=url)
    finds = list(found.captures)
    assert not [find for find in finds if isinstance(find, Fault)]
    assert found.expected == len(finds)
    return [find for find in finds if isinstance(find, Snapshot)]


@pytest.mark.parametrize("compression", [ZIP_STORED, ZIP_DEFLATED], ids=["stored", "deflated"])
def test_the_pages_listed_are_captures_and_their_pictures_are_not(tmp_path: Path, compression: int) -> None:
    files = {"archive/data.warc.gz": warc_gz(record(), record(url=OTHER)), "pages/pages.jsonl": PAGES.encode()}
    path = wacz(tmp_path / "a.wacz", files, compression=compression)
    (snapshot,) = captures(path)
    assert (snapshot.body, snapshot.url, snapshot.source) == (PAGE, URL, f"{path}/archive/data.warc.gz")


def test_an_address_asked_for_is_found_whether_listed_or_not(tmp_path: Path) -> None:
    files = {"archive/data.warc.gz": warc_gz(record(), record(url=OTHER)), "pages/pages.jsonl": PAGES.encode()}
    assert [each.url for each in captures(wacz(tmp_path / "a.wacz", files), OTHER + "#top")] == [OTHER]


def test_all_addresses_are_captures_where_no_pages_are_listed(tmp_path: Path) -> None:
    for name, pages in (("a", {}), ("b", {"pages/pages.jsonl": b"not json\n[1]\n{}\n\xff"})):
        files = {"archive/data.warc": record() + record(url=OTHER), **pages}
        assert len(captures(wacz(tmp_path / name, files))) == 2


def test_a_revisit_finds_its_original_in_another_file_of_the_archive(tmp_path: Path) -> None:
    revisit = record("revisit", HEAD + b"\r\n", name="2", WARC_Profile=SAME, WARC_Payload_Digest=digest(PAGE))
    original = record(WARC_Payload_Digest=digest(PAGE))
    files = {"archive/a.warc.gz": warc_gz(revisit), "archive/b.warc.gz": warc_gz(original)}
    assert [each.body for each in captures(wacz(tmp_path / "a.wacz", files))] == [PAGE, PAGE]


def test_names_that_lead_out_of_the_archive_write_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    files = {"archive/../../../out.warc.gz": warc_gz(record()), "/etc/out.warc": record()}
    assert len(captures(wacz(tmp_path / "in" / "a.wacz", files))) == 2
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.wacz", "in"]


def test_a_bomb_takes_no_memory(tmp_path: Path) -> None:
    import tracemalloc

    bomb = record(name="2", Content_Length="600000000") + bytes(50_000_000)
    path = wacz(tmp_path / "a.wacz", {"archive/data.warc": record() + bomb}, compression=ZIP_DEFLATED)
    del bomb
    tracemalloc.start()
    try:
        finds = list(captures_in(path).captures)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(finds[0], Snapshot)
    assert isinstance(finds[1], Fault)
    assert "larger than 512 MB" in str(finds[1])
    assert peak < 5_000_000


def test_a_member_damaged_in_the_middle_gives_what_came_before(tmp_path: Path) -> None:
    content = b"".join(record(block=HEAD + b"\r\n" + os.urandom(90_000), name=str(number)) for number in range(6))
    path = Path(wacz(tmp_path / "a.wacz", {"archive/data.warc": content}))
    whole = bytearray(path.read_bytes())
    whole[400_000] ^= 255
    path.write_bytes(whole)
    finds = list(captures_in(str(path)).captures)
    assert [type(find) for find in finds[:4]] == [Snapshot] * 4
    assert isinstance(finds[-1], Fault)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "is no WACZ file"), (PAGE, "is no WACZ file"), (b"PK\x03\x04 and then nothing", "is no WACZ file")],
)
def test_what_is_no_zip_file_is_refused_in_one_line(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "a.wacz").write_bytes(content)
    with pytest.raises(InputError, match=says) as caught:
        captures_in(str(tmp_path / "a.wacz"))
    assert "\n" not in str(caught.value)


def test_a_zip_file_without_an_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no WARC file"):
        captures_in(wacz(tmp_path / "a.wacz", {"page.html": PAGE}))


def test_a_cut_or_encrypted_file_is_refused_in_one_line(tmp_path: Path) -> None:
    path = Path(wacz(tmp_path / "a.wacz", {"archive/data.warc.gz": warc_gz(record())}))
    whole = bytearray(path.read_bytes())
    path.write_bytes(whole[:-40])
    with pytest.raises(InputError, match="damaged"):
        captures_in(str(path))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag of encryption, in both heads of the member
        whole[whole.rindex(mark) + offset] |= 1
    path.write_bytes(whole)
    with pytest.raises(InputError, match="encrypted"):
        captures_in(str(path))


def test_a_file_that_is_there_twice_is_read_once_and_told(tmp_path: Path) -> None:
    path = wacz(tmp_path / "a.wacz", {"archive/a.warc": record(name="1")})
    with ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("archive/a.warc", record(name="2"))
    fault, capture = captures_in(path).captures
    assert str(fault) == f"{path}/archive/a.warc: is in the archive 2 times, and the last one alone is read"
    assert isinstance(capture, Snapshot)
    assert ("record", "<urn:x:2>") in capture.notes


def test_a_list_of_pages_nested_deeply_is_none(tmp_path: Path) -> None:
    files = {"archive/a.warc": record(), "pages/pages.jsonl": b"[" * 200_000}
    assert len(captures(wacz(tmp_path / "a.wacz", files))) == 1


def test_of_a_list_of_pages_without_an_end_the_head_is_read(tmp_path: Path) -> None:
    endless = PAGES + "\n" * 1_000_000
    files = {"archive/a.warc": record() + record(url=OTHER), "pages/pages.jsonl": endless.encode()}
    fault, capture = captures_in(wacz(tmp_path / "a.wacz", files, compression=ZIP_DEFLATED)).captures
    assert "too long for a list of pages" in str(fault)
    assert isinstance(capture, Snapshot)
    assert capture.url == URL
