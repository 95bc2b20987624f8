"""What the store keeps, a real web archive replays: the very bytes that were captured."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from monitor.store.folder import Store
from tests.captures import a_file, an_answer, page, put, unchanged
from tests.replaying import PYTHON, REASON, replaying
from tests.test_cli import monitor

pytestmark = [pytest.mark.pywb, pytest.mark.skipif(PYTHON is None, reason=REASON)]

NEWS = "https://harbour.example/news"
SOURCES = ["store", "package"]
FILE = "file:///hafen%201.html"  # a name beyond ASCII stands in the index; pywb takes it for a host


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(str(tmp_path_factory.mktemp("store") / "snapshots"))
    put(store, "harbour", an_answer(page(1), 0, "gzip"), an_answer(page(1), 1, "gzip"), unchanged(2))
    put(store, "harbour", an_answer(page(2), 3, "br"), an_answer(page(3), 4))
    put(store, "files", *(a_file(page(4), day, "seiten/hafen 1.html") for day in (0, 1)))
    return store


@pytest.fixture(scope="module")
def archive(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """pywb with its own index of the store's files, as anybody would make one, and with an exported package's index."""
    folder = tmp_path_factory.mktemp("archive")
    package = folder / "all.wacz"
    assert monitor("export", "--wacz", package, "--store", store.folder).returncode == 0
    files = [store.path(each.file) for name in store.pages() for each in store.captures(name)]
    with replaying(folder / "pywb", {"store": files, "package": ["--unpack-wacz", package]}) as client:
        yield client


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(
    ("day", "number"), [(4, 1), (5, 1), (7, 2), (8, 3)], ids=["gzip", "the same payload", "br", "no coding"]
)
def test_an_answer_is_replayed_as_it_was_captured(
    archive: httpx.Client, store: Store, source: str, day: int, number: int
) -> None:
    at = f"202007{day:02}120000"
    (capture,) = (each for each in store.captures("harbour") if f"{each.at:%Y%m%d%H%M%S}" == at)
    with archive.stream("GET", f"{source}/{at}id_/{NEWS}") as answer:
        assert answer.status_code == 200
        assert answer.headers["Memento-Datetime"].endswith(f"{day:02} Jul 2020 12:00:00 GMT")
        assert (b"X-Odd", b"\xe9\xff") in answer.headers.raw
        assert b"".join(answer.iter_raw()) == store.load(capture).payload
    assert archive.get(f"{source}/{at}id_/{NEWS}").content == page(number)


@pytest.mark.parametrize("source", SOURCES)
def test_not_modified_is_replayed_as_the_server_said_it(archive: httpx.Client, source: str) -> None:
    answer = archive.get(f"{source}/20200706120000id_/{NEWS}")
    assert (answer.status_code, answer.headers["X-Archive-Orig-ETag"], answer.content) == (304, '"a"', b"")
    assert answer.headers["Memento-Datetime"] == "Mon, 06 Jul 2020 12:00:00 GMT"


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("day", [4, 5], ids=["resource", "unchanged"])
def test_a_file_is_found_under_its_name(archive: httpx.Client, source: str, day: int) -> None:
    answer = archive.get(f"{source}/202007{day:02}120000id_/{FILE}")
    assert (answer.status_code, answer.content) == (200, page(4))
