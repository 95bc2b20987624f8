"""Captures of a web archive: asked for politely, of an archive that answers in every way; no pause is really taken."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from monitor.capture.found import Fault, Found
from monitor.capture.from_memento import INTERNET_ARCHIVE, Archive, archive_at, captures_of
from monitor.errors import InputError
from monitor.model.snapshot import Snapshot

URL = "https://www.example.org/news/?page=1&of=2"
PAGE = b"<!doctype html><title>News</title>"
NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)

Reply = tuple[int, dict[str, str], bytes]


class QuietServer(ThreadingHTTPServer):
    """It takes it calmly where somebody hangs up."""

    def handle_error(self, *_: object) -> None: ...


class FakeArchive:
    """A server on this machine that gives, for each address below it, its replies in turn, the last one for ever."""

    def __init__(self) -> None:
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        archive = self

        class Desk(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                archive.asked.append(self.path)
                archive.agents.add(self.headers["User-Agent"])
                replies = archive.replies.get(self.path, [(404, {}, b"no such thing")])
                status, headers, body = replies[0] if len(replies) == 1 else replies.pop(0)
                self.send_response_only(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        self.server = QuietServer(("127.0.0.1", 0), Desk)
        self.base = f"http://127.0.0.1:{self.server.server_port}/web/"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def lists(self, *lines: str) -> None:
        self.replies["/web/cdx?url=https%3A%2F%2Fwww.example.org%2Fnews%2F%3Fpage%3D1%26of%3D2"] = [
            (200, {}, "\n".join(f"org,example)/news {line} 99" for line in lines).encode())
        ]

    def replays(self, stamp: str, *replies: Reply) -> None:
        self.replies[f"/web/{stamp}id_/{URL}"] = list(replies)


def line(at: datetime, status: str = "200") -> str:
    return f"{at:%Y%m%d%H%M%S} {URL} text/html {status} DIGEST"


def memento(
    at: datetime, body: bytes = PAGE, told: Mapping[str, str] = {}, *, status: int = 200, **headers: str
) -> Reply:
    named = {name.replace("_", "-"): value for name, value in {**told, **headers}.items()}
    return status, {"Memento-Datetime": format_datetime(at, usegmt=True), "Content-Type": "text/html", **named}, body


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeArchive]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    fake = FakeArchive()
    yield fake
    fake.server.shutdown()
    fake.server.server_close()


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def ask(archive: FakeArchive, pauses: list[float]) -> Callable[..., Found]:
    """Asks the archive for the page, with a pause of 1 s between requests, which is only written down."""

    def asks(url: str = URL, **options: object) -> Found:
        return captures_of(url, archive=archive_at(archive.base), sleep=pauses.append, **options)  # type: ignore[arg-type]

    return asks


def split(found: Found) -> tuple[list[Snapshot], list[str]]:
    finds = list(found.captures)
    return [each for each in finds if isinstance(each, Snapshot)], [
        each.what for each in finds if isinstance(each, Fault)
    ]


# -- captures


def test_each_memento_is_a_capture_at_its_own_time(archive: FakeArchive, ask: Callable[..., Found]) -> None:
    days = [NOON, NOON + timedelta(days=1)]
    archive.lists(*(line(day) for day in reversed(days)))
    for day in days:
        archive.replays(f"{day:%Y%m%d%H%M%S}", memento(day, PAGE + str(day).encode()))
    found = ask()
    assert found.expected == 2
    captures, faults = split(found)
    assert [(each.captured_at, each.body) for each in captures] == [(day, PAGE + str(day).encode()) for day in days]
    assert (captures[0].url, captures[0].media_type, faults) == (URL, "text/html", [])
    assert captures[0].notes == (("memento", captures[0].source),)
    assert captures[0].source == f"{archive.base}20240301120000id_/{URL}"


def test_what_the_page_s_server_had_said_is_put_back_into_the_head(
    archive: FakeArchive, ask: Callable[..., Found]
) -> None:
    packed = gzip.compress(PAGE)
    told = {
        "X_Archive_Orig_Server": "nginx",
        "x_archive_orig_Content_Encoding": "gzip",
        "x_archive_orig_Transfer_Encoding": "chunked",
        "Content_Encoding": "gzip",
        "Server": "archive",
    }
    archive.lists(line(NOON))
    archive.replays("20240301120000", memento(NOON, packed, told))
    (snapshot,), _ = split(ask())
    (exchange,) = snapshot.exchanges
    assert exchange.response == (
        b"HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Encoding: gzip\r\nX-Crawler-Transfer-Encoding: chunked\r\n"
        b"Content-Type: text/html\r\n\r\n"
    )
    assert (exchange.url, exchange.body, snapshot.body) == (URL, packed, PAGE)


def test_a_coding_that_the_archive_took_off_is_no_longer_claimed(
    archive: FakeArchive, ask: Callable[..., Found]
) -> None:
    archive.lists(line(NOON))
    archive.replays("20240301120000", memento(NOON, x_archive_orig_Content_Encoding="br", x_archive_orig_A="b"))
    (snapshot,), _ = split(ask())
    assert b"\r\nX-Crawler-Content-Encoding: br\r\n" in snapshot.exchanges[0].response
    assert (snapshot.payload, snapshot.body) == (PAGE, PAGE)


def test_a_coding_that_the_archive_put_on_comes_off(archive: FakeArchive, ask: Callable[..., Found]) -> None:
    archive.lists(line(NOON))
    put_on = {"Content_Encoding": "gzip", "x_archive_orig_Content_Encoding": "br"}
    archive.replays("20240301120000", memento(NOON, gzip.compress(PAGE), put_on))
    (snapshot,), _ = split(ask())
    assert (snapshot.payload, snapshot.body, snapshot.exchanges[0].header("Content-Encoding")) == (PAGE, PAGE, None)


def test_a_damaged_body_is_a_capture_that_says_so(archive: FakeArchive, ask: Callable[..., Found]) -> None:
    archive.lists(line(NOON))
    archive.replays("20240301120000", memento(NOON, gzip.compress(PAGE)[:-9], Content_Encoding="gzip"))
    (snapshot,), _ = split(ask())
    assert snapshot.notes[1] == ("fault", "its gzip stream breaks off")


def test_redirections_and_errors_are_not_asked_for_unless_wanted(
    archive: FakeArchive, ask: Callable[..., Found]
) -> None:
    days = [NOON + timedelta(days=number) for number in range(4)]
    archive.lists(*(line(day, status) for day, status in zip(days, ("200", "301", "-", "503"), strict=True)))
    archive.replays("20240301120000", memento(days[0]))
    archive.replays(
        "20240302120000", memento(days[1], b"", status=301, Location="/web/20240302120000id_/https://a.example/")
    )
    archive.replays("20240303120000", memento(days[2], b"gone", status=404))
    archive.replays("20240304120000", memento(days[3], b"busy", status=503))
    assert len(split(ask())[0]) == 1
    assert len(archive.asked) == 3
    assert [each.captured_at for each in split(ask(every_status=True))[0]] == days


def test_a_capture_that_is_known_is_not_asked_for(archive: FakeArchive, ask: Callable[..., Found]) -> None:
    archive.lists(line(NOON), line(NOON + timedelta(days=1)))
    found = ask(known={NOON, NOON + timedelta(days=1)})
    assert (found.expected, split(found), len(archive.asked)) == (0, ([], []), 1)


def test_an_archive_that_gives_the_nearest_capture_gives_it_once(
    archive: FakeArchive, ask: Callable[..., Found]
) -> None:
    archive.lists(line(NOON), line(NOON + timedelta(hours=1)))
    nearest = f"/web/20240301120000id_/{URL}"
    archive.replays("20240301120000", memento(NOON))
    archive.replays("20240301130000", (302, {"Location": nearest}, b""))
    assert [each.captured_at for each in split(ask())[0]] == [NOON]
    assert archive.asked[-1] == nearest


def test_an_archive_that_gives_another_address_gives_no_capture(
    archive: FakeArchive, ask: Callable[..., Found]
) -> None:
    archive.lists(line(NOON))
    other = "/web/20240301120000id_/https://www.example.org/other"
    archive.replays("20240301120000", (302, {"Location": other}, b""))
    archive.replies[other] = [memento(NOON)]
    assert split(ask()) == ([], ["the archive gives a capture of https://www.example.org/other instead"])


# -- lists


def test_without_a_cdx_server_the_timemap_is_read_with_its_continuations(
    archive: FakeArchive, ask: Callable[..., Found]
) -> None:
    days = [NOON, NOON + timedelta(days=1)]
    links = [
        f'<{archive.base}{day:%Y%m%d%H%M%S}mp_/{URL}>; rel="memento"; datetime="{format_datetime(day, usegmt=True)}"'
        for day in days
    ]
    first, second = f"/web/timemap/link/{URL}", f"/web/timemap/link/2/{URL}"
    further = f'<{archive.base}timemap/link/2/{URL}>; rel="timemap", <http://elsewhere.example/{URL}>; rel="timemap"'
    archive.replies[first] = [(200, {}, f"{links[0]},\n{further}".encode())]
    archive.replies[second] = [(200, {}, f"{links[1]},\n{further}".encode())]
    for day in days:
        archive.replays(f"{day:%Y%m%d%H%M%S}", memento(day))
    assert [each.captured_at for each in split(ask())[0]] == days
    assert archive.asked[1:3] == [first, second]


def test_mementos_in_another_archive_are_faults(archive: FakeArchive, ask: Callable[..., Found]) -> None:
    archive.replies[f"/web/timemap/link/{URL}"] = [
        (
            200,
            {},
            b'<http://169.254.169.254/20240301120000/http://a/>; rel="memento"',
        )
    ]
    assert split(ask()) == ([], ["is in another archive"])


def test_an_archive_without_a_capture_is_told(ask: Callable[..., Found]) -> None:
    with pytest.raises(InputError, match="has no capture of") as caught:
        ask()
    assert "\n" not in str(caught.value)


def test_an_archive_that_is_not_there_is_told_at_once(archive: FakeArchive, pauses: list[float]) -> None:
    archive.server.server_close()
    with pytest.raises(InputError, match="cannot be asked"):
        captures_of(URL, archive=archive_at(archive.base), sleep=pauses.append)
    assert pauses == []


@pytest.mark.parametrize("base", ["ftp://archive.example/", "no address", "http://[::1/"])
def test_what_is_no_address_is_told_in_one_line(base: str) -> None:
    with pytest.raises(InputError) as caught:
        captures_of(URL, archive=archive_at(base))
    assert "\n" not in str(caught.value)


def test_the_internet_archive_has_its_cdx_server_elsewhere() -> None:
    assert archive_at("http://web.archive.org/web") == Archive("http://web.archive.org/web/", INTERNET_ARCHIVE.cdx)
    assert archive_at("http://localhost:8080/pages/").cdx == "http://localhost:8080/pages/cdx"


# -- manners


def test_there_is_a_pause_between_any_two_requests(
    archive: FakeArchive, ask: Callable[..., Found], pauses: list[float]
) -> None:
    archive.lists(line(NOON), line(NOON + timedelta(days=1)))
    archive.replays("20240301120000", memento(NOON))
    archive.replays("20240302120000", memento(NOON + timedelta(days=1)))
    assert len(split(ask(pause=1.5))[0]) == 2
    assert pauses == [1.5, 1.5]
    assert all(agent.startswith("monitor/") for agent in archive.agents)


def test_an_archive_that_asks_to_wait_is_waited_for(
    archive: FakeArchive, ask: Callable[..., Found], pauses: list[float]
) -> None:
    archive.lists(line(NOON))
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    busy = [(429, {"Retry-After": "7"}, b""), (503, {"Retry-After": until}, b""), (503, {}, b"")]
    archive.replays("20240301120000", *busy, memento(NOON))
    assert len(split(ask(pause=0))[0]) == 1
    assert pauses[0] == 7
    assert 90 < pauses[1] <= 100
    assert pauses[2] == 120


def test_an_archive_that_asks_for_hours_is_left_alone(
    archive: FakeArchive, ask: Callable[..., Found], pauses: list[float]
) -> None:
    archive.lists(line(NOON), line(NOON + timedelta(days=1)))
    archive.replays("20240301120000", (429, {"Retry-After": "7200"}, b""))
    captures, faults = split(ask(pause=0))
    assert (captures, pauses, len(archive.asked)) == ([], [], 2)
    assert faults[0] == "it asks to be left alone for 7,200 seconds"
    assert "import again later" in faults[1]


def test_one_capture_that_is_not_given_costs_itself_and_three_in_a_row_the_rest(
    archive: FakeArchive, ask: Callable[..., Found]
) -> None:
    days = [NOON + timedelta(days=number) for number in range(9)]
    archive.lists(*map(line, days))
    for day in days:
        archive.replays(f"{day:%Y%m%d%H%M%S}", (502, {}, b""))
    archive.replays("20240302120000", memento(days[1]))
    archive.replays("20240303120000", (404, {}, b""))
    captures, faults = split(ask(pause=0))
    assert [each.captured_at for each in captures] == [days[1]]
    assert faults[:2] == ["it answers with status 502", "the archive does not give it (status 404)"]
    assert faults[2:5] == ["it answers with status 502"] * 3
    assert "left alone" in faults[5]
    assert len(faults) == 6


def test_an_answer_that_breaks_off_is_asked_for_again(
    archive: FakeArchive, ask: Callable[..., Found], pauses: list[float]
) -> None:
    archive.lists(line(NOON))
    archive.replays("20240301120000", memento(NOON, Content_Length="999", Connection="close"), memento(NOON))
    (snapshot,), _ = split(ask(pause=0))
    assert (snapshot.body, pauses) == (PAGE, [5])


@pytest.mark.parametrize(
    ("target", "says"), [("http://elsewhere.example/", "leads out"), (f"/web/20240301120000id_/{URL}", "in a circle")]
)
def test_an_archive_that_leads_astray_is_not_followed(
    archive: FakeArchive, ask: Callable[..., Found], target: str, says: str
) -> None:
    archive.lists(line(NOON))
    archive.replays("20240301120000", (302, {"Location": target}, b""))
    captures, (fault,) = split(ask())
    assert captures == []
    assert says in fault


def test_a_body_without_an_end_is_given_up(archive: FakeArchive, ask: Callable[..., Found]) -> None:
    archive.lists(line(NOON))
    archive.replays("20240301120000", memento(NOON, bytes(65 * 1024**2)))
    assert split(ask()) == ([], ["it sends more than 67,108,864 bytes"])
