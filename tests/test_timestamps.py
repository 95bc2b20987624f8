"""Time stamps of the ledger, by an authority that openssl runs: asked for, kept, checked, and found out when false."""

from __future__ import annotations

import hashlib
import json
import re
import ssl
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.deliver import to_authority
from monitor.errors import ServiceError
from monitor.store import tokens
from monitor.store.folder import Store
from tests.authority import NAME, OPENSSL, REASON, Authority, Counter, serving
from tests.captures import a_file, page, put
from tests.test_cli import assert_refused, monitor

pytestmark = pytest.mark.skipif(OPENSSL is None, reason=REASON)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "it")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("stranger") / "it", "Somebody else")


@pytest.fixture
def server(authority: Authority) -> Iterator[Counter]:
    with serving(Counter()) as counter:
        counter.answer = authority.answer
        yield counter


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(str(tmp_path / "snapshots"))
    put(store, "harbour", a_file(page(1)), a_file(page(2), 1))
    return store


@pytest.fixture
def stamped(store: Store, server: Counter, authority: Authority) -> Store:
    done = _verify(store, "--timestamp", "--authority", server.url, "--ca-file", authority.root)
    assert (done.returncode, done.stderr) == (0, "")
    return store


def _verify(store: Store, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return monitor("verify", *arguments, "--store", store.folder)


def _line(store: Store, number: int) -> bytes:
    return Path(store.ledger).read_bytes().split(b"\n")[number - 1]


def _openssl_verifies(store: Store, authority: Authority, file: str = "000002.tsr") -> bool:
    digest = hashlib.sha256(_line(store, 2)).hexdigest()
    answer = str(Path(store.folder) / "timestamps" / file)
    command = ["openssl", "ts", "-verify", "-digest", digest, "-in", answer, "-CAfile", str(authority.root)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


# -- asked for and kept


def test_the_newest_line_is_signed_and_says_when_it_existed(
    store: Store, server: Counter, authority: Authority
) -> None:
    done = _verify(store, "--timestamp", "--authority", server.url, "--ca-file", authority.root)
    assert (done.returncode, done.stderr) == (0, "")
    sentence = rf"The ledger up to line 2 existed on (.*) UTC, says {NAME} \(timestamps/000002.tsr\)"
    told = re.fullmatch(sentence, done.stdout.splitlines()[-1])
    assert told
    at = datetime.strptime(told[1], "%d %B %Y %H:%M").replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=10)


def test_what_is_sent_is_the_hash_of_the_line_and_nothing_else_of_the_store(stamped: Store, server: Counter) -> None:
    (query,) = server.asked
    assert hashlib.sha256(_line(stamped, 2)).digest() in query
    assert len(query) < 100


def test_the_answer_is_kept_as_it_came_and_openssl_accepts_it(
    stamped: Store, authority: Authority, stranger: Authority
) -> None:
    kept = Path(stamped.folder) / "timestamps" / "000002.tsr"
    assert kept.read_bytes() == (authority.folder / "answer").read_bytes()
    assert _openssl_verifies(stamped, authority)
    assert not _openssl_verifies(stamped, stranger)


def test_a_line_is_not_signed_twice_unless_an_authority_is_named(
    stamped: Store, server: Counter, authority: Authority, tmp_path: Path
) -> None:
    config = _config(tmp_path, server.url, authority)
    assert "has the answer of an authority already" in _verify(stamped, "--timestamp", "--config", config).stdout
    assert len(server.asked) == 1
    assert _verify(stamped, "--timestamp", "--authority", server.url, "--config", config).returncode == 0
    assert sorted(each.name for each in (Path(stamped.folder) / "timestamps").iterdir()) == [
        "000002-2.tsr",
        "000002.tsr",
    ]


def test_config_yaml_names_the_authority_and_its_root(
    store: Store, server: Counter, authority: Authority, tmp_path: Path
) -> None:
    done = _verify(store, "--timestamp", "--config", _config(tmp_path, server.url, authority))
    assert (done.returncode, done.stderr) == (0, "")
    assert f"says {NAME}" in done.stdout


def _config(folder: Path, url: str, authority: Authority) -> Path:
    (folder / "root.pem").write_bytes(authority.root.read_bytes())
    config = folder / "config.yaml"
    config.write_text(f"timestamps: {{url: '{url}', ca_file: root.pem}}\npages: []\n")
    return config


def test_time_stamps_are_handed_over_with_the_captures(stamped: Store, tmp_path: Path) -> None:
    assert monitor("export", "--wacz", tmp_path / "it.wacz", "--store", stamped.folder).returncode == 0
    with zipfile.ZipFile(tmp_path / "it.wacz") as package:
        answer = Path(stamped.folder) / "timestamps" / "000002.tsr"
        assert package.read("timestamps/000002.tsr") == answer.read_bytes()
        named = [each["path"] for each in json.loads(package.read("datapackage.json"))["resources"]]
        assert "timestamps/000002.tsr" in named


# -- checked later


def test_a_good_stamp_is_told_and_stays_good_when_the_ledger_grows(stamped: Store, authority: Authority) -> None:
    put(stamped, "harbour", a_file(page(3), 2))
    done = _verify(stamped, "--ca-file", authority.root)
    assert done.returncode == 0
    assert "The ledger up to line 2 existed on" in done.stdout


def test_a_ledger_that_was_written_anew_is_found_out(stamped: Store, authority: Authority, tmp_path: Path) -> None:
    """Its lines chain and its files are as it says: nothing but the time stamp shows that it is another one."""
    other = Store(str(tmp_path / "other"))
    put(other, "harbour", a_file(page(1)), a_file(page(9), 1))
    (Path(stamped.folder) / "timestamps").rename(Path(other.folder) / "timestamps")
    assert _verify(stamped).returncode == 0
    done = _verify(other, "--ca-file", authority.root)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == (
        "tampered: timestamps/000002.tsr: it is on another text than this line of the ledger; "
        "it should prove line 2 of the ledger"
    )


def test_a_line_that_was_tampered_with_is_found(stamped: Store, authority: Authority) -> None:
    path = Path(stamped.ledger)
    path.write_bytes(path.read_bytes().replace(b'"seq":2', b'"seq":3'))
    assert "tampered: timestamps/000002.tsr" in _verify(stamped, "--ca-file", authority.root).stderr


def test_a_stamp_on_a_line_that_was_cut_off_is_found(stamped: Store, authority: Authority) -> None:
    path = Path(stamped.ledger)
    path.write_bytes(_line(stamped, 1) + b"\n")
    done = _verify(stamped, "--ca-file", authority.root)
    assert "tampered: timestamps/000002.tsr: the ledger has no line 2" in done.stderr


def test_a_wrong_root_is_refused_when_checked_and_when_asked(
    stamped: Store, server: Counter, stranger: Authority
) -> None:
    done = _verify(stamped, "--ca-file", stranger.root)
    assert done.returncode == 2
    assert "no certificate in" in done.stderr
    done = _verify(stamped, "--timestamp", "--authority", server.url, "--ca-file", stranger.root)
    assert done.returncode == 2
    put(stamped, "other", a_file(page(5), 9))
    (Path(stamped.folder) / "timestamps" / "000002.tsr").unlink()
    done = _verify(stamped, "--timestamp", "--authority", server.url, "--ca-file", stranger.root)
    assert done.returncode == 2
    assert "proves nothing: no certificate in" in done.stderr
    assert list((Path(stamped.folder) / "timestamps").iterdir()) == []


def test_without_its_root_a_stamp_proves_nothing_and_is_no_fault(stamped: Store) -> None:
    done = _verify(stamped)
    assert done.returncode == 0
    assert "existed on" not in done.stdout
    assert f"not checked: timestamps/000002.tsr is signed by {NAME}, to whom no certificate" in done.stdout


def test_no_byte_of_an_answer_is_changed_without_notice(stamped: Store, authority: Authority) -> None:
    answer = (Path(stamped.folder) / "timestamps" / "000002.tsr").read_bytes()
    roots, line = tokens.roots_in(str(authority.root)), _line(stamped, 2)
    said = tokens.check(answer, line, roots)
    unnoticed = []
    for at in range(len(answer)):
        try:
            if tokens.check(answer[:at] + bytes([answer[at] ^ 1]) + answer[at + 1 :], line, roots) != said:
                unnoticed.append(at)
        except tokens.BadTokenError:
            pass
    assert unnoticed == []


def test_what_is_no_answer_among_the_stamps_is_extra_or_tampered(stamped: Store, authority: Authority) -> None:
    folder = Path(stamped.folder) / "timestamps"
    (folder / "000001.tsr").write_bytes(b"nothing")
    (folder / "notes.txt").write_text("mine")
    first, second = _verify(stamped, "--ca-file", authority.root).stderr.splitlines()[:2]
    assert first.startswith("tampered: timestamps/000001.tsr: it is no answer of an authority in strict DER; it should")
    assert second == "extra: timestamps/notes.txt: by its name it is no answer of an authority"


# -- authorities that answer something else


def test_an_answer_that_is_no_strict_der_is_kept_and_told(store: Store, server: Counter, tmp_path: Path) -> None:
    lax = Authority(tmp_path / "lax", is_strict=False)
    server.answer = lax.answer
    done = _verify(store, "--timestamp", "--authority", server.url, "--ca-file", lax.root)
    assert done.returncode == 2
    assert "no strict DER and is not checked; it is kept as timestamps/000002.unread.tsr" in done.stderr
    assert _openssl_verifies(store, lax, "000002.unread.tsr")
    done = _verify(store, "--ca-file", lax.root)
    assert done.returncode == 0
    assert "not checked: timestamps/000002.unread.tsr is no strict DER" in done.stdout


def test_an_answer_to_another_query_is_refused(store: Store, server: Counter, authority: Authority) -> None:
    old = authority.answer(tokens.query_for(_line(store, 2)).content)
    server.answer = lambda _: old
    done = _verify(store, "--timestamp", "--authority", server.url, "--ca-file", authority.root)
    assert "proves nothing: it answers another query" in done.stderr
    assert not (Path(store.folder) / "timestamps").exists()


def test_a_refusal_is_told_in_the_authoritys_words(store: Store, server: Counter, authority: Authority) -> None:
    oid_of_sha256, oid_of_none = b"\x60\x86\x48\x01\x65\x03\x04\x02\x01", b"\x60\x86\x48\x01\x65\x03\x04\x02\x63"
    server.answer = lambda query: authority.answer(query.replace(oid_of_sha256, oid_of_none))
    done = _verify(store, "--timestamp", "--authority", server.url, "--ca-file", authority.root)
    assert done.returncode == 2
    assert "proves nothing: the authority refused it (" in done.stderr


@pytest.mark.parametrize(
    ("status", "media_type", "answer", "part"),
    [
        (503, "text/html", b"busy", "answered 503"),
        (200, "text/html", b"<p>Welcome", "something else than a time stamp"),
        (200, "application/timestamp-reply", b"\x30" * 1_000_001, "more than 1,000,000 bytes"),
    ],
)
def test_what_is_no_time_stamp_is_one_line(
    store: Store, server: Counter, status: int, media_type: str, answer: bytes, part: str
) -> None:
    server.status, server.media_type, server.answer = status, media_type, lambda _: answer
    done = _verify(store, "--timestamp", "--authority", server.url)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert part in done.stderr
    assert not (Path(store.folder) / "timestamps").exists()


def test_an_authority_that_never_comes_to_an_end_is_left(server: Counter) -> None:
    is_left = threading.Event()
    server.answer = lambda _: bytes(is_left.wait(30))
    with pytest.raises(ServiceError, match=r"did not answer within 0\.2 seconds"):
        to_authority.ask(server.url, b"query", seconds=0.2)
    is_left.set()


def test_a_server_whose_certificate_nobody_vouches_for_is_not_asked(
    store: Store, server: Counter, authority: Authority
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.folder / "signer.pem", authority.folder / "signer.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    done = _verify(store, "--timestamp", "--authority", server.url.replace("http:", "https:"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "cannot be asked" in done.stderr
    assert "certificate verify failed" in done.stderr
    assert server.asked == []


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["--timestamp"], ["No authority is named", "timestamps.url in config.yaml"]),
        (["--timestamp", "--authority", "stamps.example"], ["'stamps.example' is no address of an authority"]),
        (["--timestamp", "--authority", "http://127.0.0.1:1/"], ["http://127.0.0.1:1/ cannot be asked"]),
        (["--timestamp", "--authority", "http://127.0.0.1:1/", "--ca-file", "none.pem"], ["none.pem cannot be read"]),
    ],
)
def test_stamps_that_cannot_be_asked_for_are_one_line(store: Store, arguments: list[str], parts: list[str]) -> None:
    done = _verify(store, *arguments)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    for part in parts:
        assert part in done.stderr


def test_an_authority_without_a_wish_to_be_signed_is_refused(store: Store) -> None:
    assert_refused(_verify(store, "--authority", "https://stamps.example"), "nothing is to be signed", "--timestamp")


def test_a_store_with_a_fault_is_not_signed(store: Store, server: Counter) -> None:
    Path(store.path(store.captures("harbour")[0].file)).unlink()
    assert _verify(store, "--timestamp", "--authority", server.url).returncode == 2
    assert server.asked == []
