"""The commands on what goes out: a sample, the outbox, a note on a finding."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from monitor.cli import main
from monitor.watch import under_way
from monitor.watch.deliver_due import NAME

ROOT = Path(__file__).resolve().parent.parent
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
    [page] = (place / "site").iterdir()
    assert f"site by folder: written to site/{page.name}" in said
    assert "A sample: an embassy" in page.read_text("utf-8")
    assert re.match(r"[0-9a-f]{12}  sent  .*  site by folder  A sample: ", run(capsys, "outbox"))
    assert run(capsys, "deliver") == "Nothing is due.\n"
    assert "has no reader 'sit'; did you mean site?" in run(capsys, "deliver", "--test", "sit", status=2)


def test_a_delivery_is_sent_again_or_dropped_by_the_beginning_of_its_id(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "deliver", "--test", "site")
    id_ = run(capsys, "outbox")[:8]
    [page] = (place / "site").iterdir()
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
    history = json.loads(run(capsys, "history", "rusemb-uk", "--format", "json"))
    [dealt] = history["dealt_with"]
    assert (dealt["finding"], dealt["subject"], dealt["note"]) == (id_, subject, "asked them: a mistake of theirs")
    for form in ("text", "terminal", "markdown", "html"):
        assert "a mistake of theirs" in run(capsys, "history", "rusemb-uk", "--format", form)


@pytest.mark.usefixtures("place")
def test_what_cannot_be_noted_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", str(ROOT / "seeds"), "--page", "rusemb-uk")
    run(capsys, "list", "rusemb-uk")
    assert "add --note" in run(capsys, "ack", "abc", status=2)
    assert "There is no finding 'zz'" in run(capsys, "ack", "zz", "--note", "x", status=2)
    assert "A note has 1 to 2,000 letters" in run(capsys, "ack", "zz", "--note", " ", status=2)
    assert "There is no finding ''" in run(capsys, "ack", "", "--note", "x", status=2)
