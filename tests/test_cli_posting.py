"""The commands on what goes out: a sample, the outbox, a note on a finding."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from monitor.cli import main

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
