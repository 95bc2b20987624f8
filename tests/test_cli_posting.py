"""The commands on what goes out: a sample, the outbox, a note on a finding."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from filelock import FileLock

from monitor.cli import main
from monitor.store.catalogue.deliveries import Deliveries
from monitor.watch import under_way
from monitor.watch.deliver_due import NAME
from monitor.watch.project import Project
from monitor.watch.read_captures import catalogue_of
from tests.post_office import OPENSSL, PASSWORD, REASON, USER, PostOffice, make_certificates, post_office
from tests.site import Site, site
from tests.test_checker import LESS, OLD, notices

ROOT = Path(__file__).resolve().parent.parent
ByPost = tuple[PostOffice, Site, Callable[[str], str]]
CONFIG = "readers: [{id: desk, stdout: yes}, {id: site, folder: site}]\npages: [{id: rusemb-uk}]\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "config.yaml").write_text(CONFIG)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    """What a command prints: on standard output where all is well, else on standard error."""
    found = main(words)
    printed = capsys.readouterr()
    assert found == status, printed
    return printed.err if status else printed.out


def test_a_sample_is_sent_and_stands_in_the_outbox(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "deliver", "--test", "site")
    [page] = (place / "site").glob("2*.html")
    assert f"site by folder: written to site/{page.name}" in said
    assert "A sample: an embassy" in page.read_text("utf-8")
    assert re.match(r"[0-9a-f]{12}  sent  .*  site by folder  A sample: ", run(capsys, "outbox"))
    assert run(capsys, "deliver") == "Nothing is due.\n"
    assert "has no reader 'sit'; did you mean site?" in run(capsys, "deliver", "--test", "sit", status=2)


def test_a_store_out_of_which_something_was_sent_has_no_fault(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The lock of whoever sends lies among the evidence, and is none."""
    run(capsys, "import", str(ROOT / "seeds"), "--page", "rusemb-uk")
    run(capsys, "deliver", "--test", "site")
    assert (place / "snapshots" / NAME).exists()
    assert "2 captures of 1 page: all as they were written" in run(capsys, "verify")


def test_what_waits_for_later_is_named_where_nothing_is_due(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "deliver", "--test", "site")
    with catalogue_of(Project(str(place / "config.yaml")).store) as catalogue:
        assert catalogue
        deliveries = Deliveries(catalogue)
        [delivery] = deliveries.listed()
        deliveries.send_again(delivery.message.id, datetime.now(UTC) + timedelta(hours=2))
        due = deliveries.next_due()
    assert due
    assert (
        run(capsys, "deliver") == f"Nothing is due now; the next goes out at {due:%Y-%m-%d %H:%M:%S}Z: monitor outbox\n"
    )


@pytest.mark.usefixtures("place")
def test_findings_are_listed_of_a_page_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--findings tells of one page; monitor list PAGE --findings" in run(capsys, "list", "--findings", status=2)


def test_a_delivery_is_sent_again_or_dropped_by_the_beginning_of_its_id(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "deliver", "--test", "site")
    id_ = run(capsys, "outbox")[:8]
    [page] = (place / "site").glob("2*.html")
    page.unlink()
    assert "is sent by the next monitor deliver" in run(capsys, "outbox", "--resend", id_)
    assert "waiting" in run(capsys, "outbox")
    run(capsys, "deliver")
    assert page.exists()
    assert "is sent already" in run(capsys, "outbox", "--drop", id_, status=2)
    run(capsys, "outbox", "--resend", id_)
    assert "is not sent any more" in run(capsys, "outbox", "--drop", id_)
    assert run(capsys, "deliver") == "Nothing is due.\n"
    assert "No delivery begins with 'zz'" in run(capsys, "outbox", "--resend", "zz", status=2)
    assert "drop one of them" in run(capsys, "outbox", "--drop", id_, "--resend", id_, status=2)


def test_a_broken_outbox_is_set_aside_and_the_next_message_goes_out(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "deliver", "--test", "site")
    run(capsys, "outbox", "--resend", run(capsys, "outbox")[:8])
    catalogue = place / "snapshots" / "catalogue.sqlite"
    _break_table(catalogue, "deliveries")
    said = run(capsys, "deliver", status=2)
    assert said.count("\n") == 1
    assert "catalogue.sqlite is damaged, and was set aside as catalogue.sqlite.broken-1" in said
    assert run(capsys, "deliver") == "Nothing is due.\n"
    _break_table(catalogue, "deliveries")
    assert main(["deliver", "--test", "site"]) == 0
    printed = capsys.readouterr()
    assert "site by folder: written to site/" in printed.out
    assert "set aside as catalogue.sqlite.broken-2" in printed.err


def _break_table(catalogue: Path, name: str) -> None:
    with closing(sqlite3.connect(catalogue)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [(root,)] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [name])
        [(size,)] = connection.execute("PRAGMA page_size")
    with catalogue.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * 200)


def test_where_nobody_could_look_nothing_is_said_to_be_due(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(capsys, "deliver") == "Nothing is due.\n"
    run(capsys, "deliver", "--test", "site")
    run(capsys, "outbox", "--resend", run(capsys, "outbox")[:8])
    monkeypatch.setattr(under_way, "_WAIT", 0.05)
    with FileLock(str(place / "snapshots" / NAME)):
        said = run(capsys, "deliver", status=2)
    assert said == "monitor: another process is sending what is due; it will take the rest too\n"
    with closing(sqlite3.connect(place / "snapshots" / "catalogue.sqlite", isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        said = run(capsys, "deliver", status=2)
    assert ("cannot be used now; nothing is sent" in said, said.count("\n")) == (True, 1)
    assert "site by folder: written to site/" in run(capsys, "deliver")


@pytest.mark.usefixtures("place")
def test_a_finding_that_was_dealt_with_is_in_no_digest_and_in_the_history_with_its_note(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(capsys, "import", str(ROOT / "seeds"), "--page", "rusemb-uk")
    listed = run(capsys, "list", "rusemb-uk", "--findings")
    rows = re.findall(r"^    ([0-9a-f]{12})  alert     item\.withdrawn +(.*)$", listed, re.MULTILINE)
    assert len(rows) == 10
    (id_, subject), (other, _) = rows[:2]
    digest = ("digest", "--since", "2020-07-04", "--format", "json")
    assert id_ in run(capsys, *digest)
    note = "asked them:\n a mistake of theirs"
    assert f"{id_} is dealt with: item.withdrawn on rusemb-uk" in run(capsys, "ack", id_[:10], "--note", note)
    told = run(capsys, *digest)
    assert (id_ in told, other in told) == (False, True)
    assert run(capsys, "ack", id_, "--note", "they mended it").endswith(
        "; in place of: asked them: a mistake of theirs\n"
    )
    assert "in place of" not in run(capsys, "ack", id_, "--note", "they mended it")
    listed = run(capsys, "list", "rusemb-uk", "--findings")
    assert re.search(rf"^    {id_} .*\n {{16}}  dealt with on 20..-..-..: they mended it$", listed, re.MULTILINE)
    assert listed.count("dealt with") == 1
    run(capsys, "ack", id_, "--note", note)
    history = json.loads(run(capsys, "history", "rusemb-uk", "--format", "json"))
    [dealt] = history["dealt_with"]
    assert (dealt["finding"], dealt["subject"], dealt["note"]) == (id_, subject, "asked them: a mistake of theirs")
    for form in ("text", "terminal", "markdown", "html"):
        assert "a mistake of theirs" in run(capsys, "history", "rusemb-uk", "--format", form)


@pytest.mark.usefixtures("place")
def test_bytes_of_a_note_that_are_no_text_are_kept_as_signs(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", str(ROOT / "seeds"), "--page", "rusemb-uk")
    id_ = re.findall(r"^    ([0-9a-f]{12})  alert", run(capsys, "list", "rusemb-uk", "--findings"), re.MULTILINE)[0]
    assert "is dealt with" in run(capsys, "ack", id_, "--note", "asked \udcff them")
    [dealt] = json.loads(run(capsys, "history", "rusemb-uk", "--format", "json"))["dealt_with"]
    assert dealt["note"] == "asked \ufffd them"


@pytest.mark.usefixtures("place")
def test_what_cannot_be_noted_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", str(ROOT / "seeds"), "--page", "rusemb-uk")
    run(capsys, "list", "rusemb-uk")
    assert "add --note" in run(capsys, "ack", "abc", status=2)
    assert "There is no finding 'zz'" in run(capsys, "ack", "zz", "--note", "x", status=2)
    assert "There is no finding" in run(capsys, "ack", "\udcff", "--note", "x", status=2)
    assert "A note has 1 to 2,000 letters" in run(capsys, "ack", "zz", "--note", " ", status=2)
    assert "There is no finding ''" in run(capsys, "ack", "", "--note", "x", status=2)


# -- quiet hours


def quiet_now() -> tuple[str, str]:
    """Quiet hours of somebody in India that began an hour ago, as config.yaml has them, and when they end."""
    now = datetime.now(ZoneInfo("Asia/Kolkata"))
    until = f"{now + timedelta(hours=2):%H:%M}"
    return f"{now - timedelta(hours=1):%H:%M}-{until}", until


def with_captures(place: Path, capsys: pytest.CaptureFixture[str], readers: str) -> None:
    (place / "config.yaml").write_text(f"readers: [{readers}]\npages: [{{id: rusemb-uk}}]\n")
    run(capsys, "import", str(ROOT / "seeds"), "--page", "rusemb-uk")


def test_a_digest_that_quiet_hours_hold_back_is_told_with_the_time_at_which_it_goes_out(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hours, until = quiet_now()
    with_captures(place, capsys, f"{{id: night, stdout: yes, zone: Asia/Kolkata, quiet: '{hours}'}}")
    said = run(capsys, "digest", "--reader", "night", "--send", "--since", "2020-07-04", "--until", "2020-12-01")
    held = f"quiet hours, goes out at {until} (Asia/Kolkata)"
    assert re.fullmatch(f"waiting: .*: the list replaced .* → night by stdout: {re.escape(held)}\n", said)
    assert re.search(f", {re.escape(held)}$|  next at .*Z, {re.escape(held)}$", run(capsys, "outbox"), re.MULTILINE)
    assert run(capsys, "deliver") == said


def test_a_check_tells_of_the_alerts_that_quiet_hours_hold_back_and_not_of_those_of_the_check_before(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hours, until = quiet_now()
    with site() as up:
        (place / "config.yaml").write_text(
            f"readers: [{{id: night, stdout: yes, zone: Asia/Kolkata, at_once: alert, quiet: '{hours}'}}]\n"
            f'hosts: [{{host: "{up.host}", private: yes, pause: 0s}}]\n'
            f'pages: [{{id: harbour, url: "{up.root}/", ask_items: no}}]\n'
        )
        up.put("/", notices(*OLD))
        run(capsys, "check")
        up.put("/", notices(*LESS))
        first, second = run(capsys, "check"), run(capsys, "check")
    assert f"still there → night by stdout: quiet hours, goes out at {until} (Asia/Kolkata)\n" in first
    assert "waiting" not in second


# -- what did not arrive


def test_a_sample_that_did_not_arrive_is_no_success(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOOK_SECRET", raising=False)
    hook = "webhook: {url: 'https://127.0.0.1:9/', secret_env: HOOK_SECRET}"
    (place / "config.yaml").write_text(f"readers: [{{id: desk, {hook}}}]\npages: [{{id: a}}]\n")
    said = run(capsys, "deliver", "--test", "desk", status=2)
    [line] = said.splitlines()
    assert "The sample did not arrive: desk by webhook: the environment variable HOOK_SECRET is not there" in line


@pytest.mark.skipif(OPENSSL is None, reason=REASON)
def test_a_sample_that_is_refused_is_told_in_the_servers_words_once(
    place: Path, capsys: pytest.CaptureFixture[str], by_post: ByPost
) -> None:
    office, _, config = by_post
    (place / "config.yaml").write_text(config("desk@old.example"))
    office.script[:] = ["nobody"]
    [line] = run(capsys, "deliver", "--test", "desk", status=2).splitlines()
    assert "desk by mail <desk@old.example>: " in line
    assert "550 5.1.1 nobody of that name is here; mend that" in line
    assert run(capsys, "deliver") == "Nothing is due.\n"


@pytest.fixture
def by_post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ByPost]:
    """A server of mail, and the config with a reader at an address, told at once of a page of a site."""
    (tmp_path / "post").mkdir()
    make_certificates(tmp_path / "post")
    monkeypatch.setenv("SMTP_PASSWORD", PASSWORD)
    with site() as up, post_office(tmp_path / "post") as office:
        up.put("/", notices(*OLD))

        def config(address: str) -> str:
            return (
                f"mail: {{from: m@example.org, server: localhost, port: {office.port}, ca_file: {office.root},\n"
                f"  login: {{user: {USER}, password_env: SMTP_PASSWORD}}}}\n"
                f"readers: [{{id: desk, mail: {address}, at_once: alert}}]\n"
                f'hosts: [{{host: "{up.host}", private: yes, pause: 0s}}]\n'
                f'pages: [{{id: harbour, url: "{up.root}/", ask_items: no}}]\n'
            )

        yield office, up, config


@pytest.mark.skipif(OPENSSL is None, reason=REASON)
def test_what_an_old_address_refused_comes_in_the_next_digest_to_the_new_one(
    place: Path, capsys: pytest.CaptureFixture[str], by_post: ByPost
) -> None:
    office, up, config = by_post
    (place / "config.yaml").write_text(config("desk@old.example"))
    run(capsys, "check")
    assert "nothing to tell" in run(capsys, "digest", "--reader", "desk", "--send")
    up.put("/", notices(*LESS))
    office.script[:] = ["nobody"]
    assert main(("check",)) == 0
    id_ = re.findall(r"monitor outbox --resend ([0-9a-f]+)", capsys.readouterr().err)[0]
    (place / "config.yaml").write_text(config("Desk <desk@new.example>"))
    said = run(capsys, "outbox", "--resend", id_, status=2)
    assert said.startswith(
        f"monitor: {id_} cannot be sent again: config.yaml has no mail to desk@old.example for desk any more"
    )
    assert f"monitor outbox --drop {id_}; what it told comes in the next digest for desk" in said
    assert "What it told comes in the next digest for desk." in run(capsys, "outbox", "--drop", id_)
    while "nothing to tell" in run(capsys, "digest", "--reader", "desk", "--send"):
        pass  # a digest ends with the last full second, in which the capture may have begun
    [letter] = office.letters
    assert letter.to == "desk@new.example"
    assert b"withdrawn" in letter.content
    assert "nothing to tell" in run(capsys, "digest", "--reader", "desk", "--send")


@pytest.mark.skipif(OPENSSL is None, reason=REASON)
def test_what_waits_for_an_address_that_is_the_readers_no_longer_is_given_up_and_not_sent_there(
    place: Path, capsys: pytest.CaptureFixture[str], by_post: ByPost
) -> None:
    office, up, config = by_post
    (place / "config.yaml").write_text(config("desk@old.example"))
    run(capsys, "check")
    up.put("/", notices(*LESS))
    office.script[:] = ["busy"]
    assert "; again at " in run(capsys, "check")
    (place / "config.yaml").write_text(config("desk@new.example"))
    id_ = run(capsys, "outbox")[:12]
    with catalogue_of(Project(str(place / "config.yaml")).store) as catalogue:
        assert catalogue
        [waiting] = Deliveries(catalogue).named(id_)
        Deliveries(catalogue).send_again(waiting.message.id, datetime.now(UTC))
    assert main(("deliver",)) == 0
    assert "config.yaml has no mail to desk@old.example for desk any more" in capsys.readouterr().out
    assert office.letters == []
