"""A package that is handed to a stranger: complete, checkable with a text editor's worth of tools, and valid."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from benchmarks.peers import python_of
from monitor.store.folder import Store
from tests.captures import NOON, a_file, an_answer, page, put, unchanged
from tests.test_cli import assert_refused, monitor

WACZ = python_of("wacz")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two pages: one of files, with one that did not change; one asked over HTTP, with every way to be unchanged."""
    store = Store(str(tmp_path / "snapshots"))
    put(store, "files", a_file(page(1)), a_file(page(1), 1), a_file(page(2), 2))
    put(store, "harbour", an_answer(page(1), 0, "gzip"), an_answer(page(1), 1, "gzip"), unchanged(2))
    put(store, "harbour", an_answer(page(2), 3, "br"), an_answer(page(3), 4))
    return store


def _export(store: Store, *pages: str) -> Path:
    file = Path(store.folder).parent / "handed over.wacz"
    done = monitor("export", *pages, "--wacz", file, "--store", store.folder)
    assert (done.returncode, done.stderr) == (0, "")
    return file


@pytest.fixture
def handed(store: Store) -> Path:
    return _export(store)


@pytest.fixture
def unpacked(handed: Path, tmp_path: Path) -> Path:
    with zipfile.ZipFile(handed) as package:
        package.extractall(tmp_path / "unpacked")
    return tmp_path / "unpacked"


# -- what a stranger finds, with the standard library and warcio


def test_every_file_has_the_hash_that_three_lists_give_it(unpacked: Path) -> None:
    package = _json(unpacked / "datapackage.json")
    assert _json(unpacked / "datapackage-digest.json") == {
        "path": "datapackage.json",
        "hash": f"sha256:{_hash(unpacked / 'datapackage.json')}",
    }
    named = {each["path"]: each["hash"] for each in package["resources"]}
    lines = (unpacked / "evidence" / "SHA256SUMS").read_text().splitlines()
    sums = {path: each for each, _, path in (line.partition("  ") for line in lines)}
    found = {path.relative_to(unpacked).as_posix(): _hash(path) for path in unpacked.rglob("*") if path.is_file()}
    assert named == {path: f"sha256:{each}" for path, each in found.items() if not path.startswith("datapackage")}
    assert sums.items() <= found.items()
    assert found.keys() - sums.keys() == {"datapackage.json", "datapackage-digest.json", "evidence/SHA256SUMS"}
    manifest = _json(unpacked / "evidence" / "manifest.json")
    assert {each["path"]: each["sha256"] for each in manifest["files"]}.items() <= found.items()


def test_the_chain_of_the_ledger_leads_to_the_head(unpacked: Path) -> None:
    before = "0" * 64
    for line in _lines(unpacked):
        assert json.loads(line)["before"] == before
        before = hashlib.sha256(line).hexdigest()
    assert _json(unpacked / "evidence" / "manifest.json")["head"] == before


def test_every_capture_stands_in_the_ledger_with_its_hash_and_holds_its_page(unpacked: Path) -> None:
    captures = {each["file"]: each for each in _json(unpacked / "evidence" / "manifest.json")["captures"]}
    assert len(captures) == 8
    for line in _lines(unpacked):
        entry = json.loads(line)
        path = unpacked / captures[entry["file"]]["path"]
        assert _hash(path) == entry["sha256"]
        if entry["kind"] != "revisit":
            assert hashlib.sha256(_payload(path)).hexdigest() == entry["payload"]


def test_the_bytes_of_a_captured_page_are_in_its_record(unpacked: Path) -> None:
    assert gzip.decompress(_payload(unpacked / "archive" / "harbour-2020-07-04T120000Z.warc.gz")) == page(1)
    assert _payload(unpacked / "archive" / "files-2020-07-06T120000Z.warc.gz") == page(2)


def test_sha256sum_alone_checks_the_package(unpacked: Path) -> None:
    command = ["sha256sum", "--quiet", "--check", "evidence/SHA256SUMS"]
    assert subprocess.run(command, cwd=unpacked, capture_output=True, check=False).returncode == 0
    (unpacked / "archive" / "files-2020-07-06T120000Z.warc.gz").write_bytes(b"another")
    assert subprocess.run(command, cwd=unpacked, capture_output=True, check=False).returncode == 1


def test_the_index_leads_to_every_record_of_a_page(unpacked: Path) -> None:
    index = gzip.decompress((unpacked / "indexes" / "index.cdx.gz").read_bytes()).decode().splitlines()
    assert index == sorted(index)
    found = [json.loads(line.split(" ", 2)[2]) for line in index]
    for each in found:
        with open(unpacked / "archive" / each["filename"], "rb") as file:
            file.seek(int(each["offset"]))
            record = next(iter(ArchiveIterator(file)))
        assert record.rec_headers["WARC-Target-URI"] == each["url"]
        assert record.rec_headers["WARC-Payload-Digest"] == each["digest"]
    assert {each["mime"] for each in found} == {"text/html", "warc/revisit"}
    assert {each["status"] for each in found if each["url"].startswith("https:")} == {"200", "304"}
    assert [each["url"] for each in found if each["url"].startswith("file:")] == ["file:///hafen%20%C3%A9%201.html"] * 3


def test_pages_names_every_capture_with_its_title(unpacked: Path) -> None:
    header, *pages = map(json.loads, (unpacked / "pages" / "pages.jsonl").read_text().splitlines())
    assert header["format"] == "json-pages-1.0"
    assert len({each["id"] for each in pages}) == 8
    assert [each["title"] for each in pages] == [f"Harbour {number}" for number in (1, 1, 2, 1, 1, 1, 2, 3)]
    assert [each["ts"] for each in pages[3:5]] == ["2020-07-04T12:00:00Z", "2020-07-05T12:00:00Z"]
    assert pages[3]["url"] == "https://harbour.example/news"


def test_what_a_revisit_refers_to_is_in_the_package(store: Store) -> None:
    with zipfile.ZipFile(_export(store, "harbour")) as package:
        names = package.namelist()
        for name in names:
            if name.startswith("archive/"):
                for record in ArchiveIterator(package.open(name)):
                    original = record.rec_headers["WARC-Refers-To-Filename"]
                    assert original is None or f"archive/{original.replace('/', '-')}" in names


def test_of_one_page_its_captures_are_handed_over_and_the_ledger_whole(store: Store) -> None:
    with zipfile.ZipFile(_export(store, "files")) as package:
        archives = [name for name in package.namelist() if name.startswith("archive/")]
        assert len(archives) == 3
        assert package.read("evidence/ledger.jsonl") == Path(store.ledger).read_bytes()


def test_captures_stand_as_they_are_in_the_store_and_are_not_packed_again(store: Store, handed: Path) -> None:
    with zipfile.ZipFile(handed) as package:
        for each in store.captures("harbour"):
            info = package.getinfo(f"archive/{each.file.replace('/', '-')}")
            assert info.compress_type == zipfile.ZIP_STORED
            assert package.read(info) == Path(store.path(each.file)).read_bytes()


def test_what_was_handed_over_can_be_brought_into_another_store(store: Store, tmp_path: Path) -> None:
    other = Store(str(tmp_path / "other"))
    done = monitor("import", _export(store, "harbour"), "--page", "harbour", "--store", other.folder)
    assert (done.returncode, done.stderr) == (0, "")
    ours, theirs = (
        [(each.at, whole.load(each).body) for each in whole.captures("harbour")] for whole in (store, other)
    )
    assert ours == theirs


def test_a_tombstone_is_handed_over_in_the_ledger_and_its_capture_is_not(store: Store) -> None:
    with store.writing() as writer:
        writer.prune(store.entry(store.captures("files")[2]), NOON)
    with zipfile.ZipFile(_export(store, "files")) as package:
        assert len([name for name in package.namelist() if name.startswith("archive/")]) == 2
        assert b'"kind":"pruned"' in package.read("evidence/ledger.jsonl")


@pytest.mark.wacz
@pytest.mark.skipif(WACZ is None, reason="wacz is not here: .venv/bin/python -m benchmarks.peers wacz")
@pytest.mark.parametrize("pages", [[], ["files"], ["harbour"]], ids=["all pages", "files", "answers"])
def test_wacz_validate_says_that_it_is_valid(store: Store, pages: list[str]) -> None:
    command = [str(WACZ), "-m", "wacz.main", "validate", "-f", str(_export(store, *pages))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("Validation succeeded, the passed WACZ is valid\n")


# -- what is refused


def test_a_capture_that_was_altered_is_not_handed_over(store: Store, tmp_path: Path) -> None:
    Path(store.path(store.captures("files")[0].file)).write_bytes(b"another")
    done = monitor("export", "--wacz", tmp_path / "it.wacz", "--store", store.folder)
    assert_refused(done, "not as it was written", "monitor verify")
    assert [each.name for each in tmp_path.iterdir()] == ["snapshots"]


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        ([], ["captures or of the memory", "--wacz FILE or --memory FILE"]),
        (["harbor", "--wacz", "it.wacz"], ["no page 'harbor'", "did you mean harbour?"]),
        (["--wacz", "nowhere/it.wacz"], ["cannot write nowhere/it.wacz", "make the folder first"]),
        (["--wacz", ""], ["the name of the file is empty"]),
    ],
)
def test_an_export_that_makes_no_sense_is_refused(store: Store, arguments: list[str], parts: list[str]) -> None:
    assert_refused(monitor("export", *arguments, "--store", store.folder), *parts)


def test_an_empty_store_hands_nothing_over(tmp_path: Path) -> None:
    assert_refused(monitor("export", "--wacz", tmp_path / "it.wacz", "--store", tmp_path), "is empty", "monitor import")


def test_a_full_disk_is_one_line_and_leaves_the_package_that_was_there(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "it.wacz"
    file.write_bytes(b"the old one")
    done = monitor("export", "--wacz", file, "--store", store.folder, is_disk_full=True)
    assert_refused(done, f"cannot write {file}: file too large")
    assert file.read_bytes() == b"the old one"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["it.wacz", "snapshots"]


FEW = """
import resource, sys
from monitor.cli import main
from monitor.store.cdxj import Index
Index()
used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - used)
"""


def test_an_export_does_not_hold_all_captures_in_memory(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "snapshots"))
    size, count = 1_000_000, 30
    put(store, "noise", *(a_file(b"\0" + os.urandom(size), day)._replace(media_type=None) for day in range(count)))
    arguments = ["export", "--wacz", str(tmp_path / "it.wacz"), "--store", store.folder]
    done = subprocess.run([sys.executable, "-c", FEW, *arguments], capture_output=True, text=True, check=True)
    assert int(done.stdout.splitlines()[-1]) * 1024 < size * count / 2


# -- reading a package


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _lines(unpacked: Path) -> list[bytes]:
    return (unpacked / "evidence" / "ledger.jsonl").read_bytes().split(b"\n")[:-1]


def _payload(path: Path) -> bytes:
    """The page in a file, its content coding on."""
    with open(path, "rb") as file:
        return b"".join(_main_payloads(file))


def _main_payloads(file: Any) -> Iterator[bytes]:
    for record in ArchiveIterator(file):
        if record.rec_type in ("response", "resource"):
            yield record.raw_stream.read()
