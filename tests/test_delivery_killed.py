"""A program that is killed at any step of telling its readers: every finding arrives, and none twice.

The only exception is what nobody can rule out: that the program dies between a server's answer and having noted it.
Then the mail comes once more, under the same Message-ID. The server is a real one, the program too, and it is killed as
a power cut would; tests/test_check_killed.py says how.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from monitor.model.delivery import Delivered, State
from monitor.watch.deliver_due import deliver_now
from monitor.watch.project import Project
from monitor.watch.read_captures import catalogue_of
from tests.post_office import OPENSSL, PASSWORD, REASON, USER, Letter, PostOffice, make_certificates, post_office
from tests.site import Site, site
from tests.test_check_killed import KILLER
from tests.test_checker import LESS, OLD, notices

pytestmark = pytest.mark.skipif(OPENSSL is None, reason=REASON)

# Where telling leaves something behind: functions, and whether before or after them.
TELLING = [("call", "Catalogue.tell"), ("return", "Catalogue.tell"), ("call", "Post.deliver")]
NOTED = [("return", "Deliveries.settle"), ("call", "tell_given_up")]
SENDING = [
    ("return", "Deliveries.recover"),
    ("return", "Deliveries.claim"),
    ("call", "_handed_over"),
    ("call", "Deliveries.hand_over"),
    ("return", "Deliveries.hand_over"),
]
ANSWERED = [("return", "_handed_over"), ("call", "Deliveries.settle")]  # the answer is there, and not noted yet


@pytest.fixture(scope="module")
def up() -> Iterator[Site]:
    with site() as running:
        yield running


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostOffice]:
    folder = tmp_path_factory.mktemp("post")
    make_certificates(folder)
    with post_office(folder) as office:
        yield office


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory, up: Site, office: PostOffice) -> Path:
    """A project whose page was checked once, and then lost an item, which its reader wants to know at once."""
    place = tmp_path_factory.mktemp("checked")
    up.put("/", notices(*OLD))
    (place / "config.yaml").write_text(
        f"mail: {{from: monitor <m@example.org>, server: localhost, port: {office.port}, ca_file: {office.root},\n"
        f"  login: {{user: {USER}, password_env: SMTP_PASSWORD}}}}\n"
        "readers: [{id: desk, mail: desk@example.org, at_once: alert}]\n"
        f'hosts: [{{host: "{up.host}", private: yes, pause: 0s}}]\n'
        f'pages: [{{id: harbour, url: "{up.root}/", ask_items: no}}]\n'
    )
    assert monitor(place, "check").returncode == 0
    up.put("/", notices(*LESS))
    return place


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory, checked: Path) -> Path:
    """The same with the alert in its outbox, which nobody came to send."""
    place = Path(shutil.copytree(checked, tmp_path_factory.mktemp("waiting") / "project"))
    assert monitor(place, "check", killed=("call", "Post.deliver")).returncode == -9
    return place


@pytest.fixture(autouse=True)
def _emptied(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_PASSWORD", PASSWORD)
    office.letters.clear()
    office.script.clear()


def monitor(place: Path, *words: str, killed: tuple[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The command, and the function at which it is killed."""
    environment = {**os.environ, "SMTP_PASSWORD": PASSWORD}
    if killed:
        killer = place.parent / "killer"
        killer.mkdir(exist_ok=True)
        (killer / "sitecustomize.py").write_text(KILLER)
        event, name = killed
        environment |= {"PYTHONPATH": str(killer), "KILLED_AT": f"{name}:1", "KILLED_ON": event}
    return subprocess.run(
        [sys.executable, "-m", "monitor", *words], cwd=place, env=environment, capture_output=True, text=True,
        start_new_session=True, check=False,
    )  # fmt: skip


def sent_by_the_next(place: Path) -> list[Delivered]:
    """What the next delivery comes to, one that is not killed."""
    told: list[Delivered] = []
    project = Project(str(place / "config.yaml"))
    with catalogue_of(project.store) as catalogue:
        assert catalogue
        deliver_now(project, catalogue, told.append)
    return told


def subjects(letters: list[Letter]) -> list[str]:
    return [str(message_from_bytes(each.content, policy=policy.default)["Subject"]) for each in letters]


def names(letters: list[Letter]) -> set[str]:
    return {str(message_from_bytes(each.content)["Message-ID"]) for each in letters}


@pytest.mark.parametrize(("event", "name"), TELLING, ids=lambda each: each)
def test_a_check_that_is_killed_while_it_tells_has_told_once_when_it_is_run_again(
    tmp_path: Path, checked: Path, office: PostOffice, event: str, name: str
) -> None:
    place = Path(shutil.copytree(checked, tmp_path / "project"))
    assert monitor(place, "check", killed=(event, name)).returncode == -9
    assert office.letters == []
    done = monitor(place, "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert subjects(office.letters) == ["Harbour: “minutes” was taken off the list: older items are still there"]


@pytest.mark.parametrize(("event", "name"), [*SENDING, *ANSWERED, *NOTED], ids=lambda each: each)
def test_a_delivery_that_is_killed_at_any_step_arrives_once(
    tmp_path: Path, waiting: Path, office: PostOffice, event: str, name: str
) -> None:
    place = Path(shutil.copytree(waiting, tmp_path / "project"))
    assert monitor(place, "deliver", killed=(event, name)).returncode == -9
    left = [] if (event, name) in NOTED else [State.SENT]
    assert [each.state for each in sent_by_the_next(place)] == left
    assert len(office.letters) == (2 if (event, name) in ANSWERED else 1)
    assert len(names(office.letters)) == 1
    assert sent_by_the_next(place) == []


def test_a_delivery_is_killed_again_and_again_by_a_server_that_fails_in_every_way(
    tmp_path: Path, waiting: Path, office: PostOffice
) -> None:
    """Each time it is made due at once; what is certain to have failed is sent once in the end."""
    place = Path(shutil.copytree(waiting, tmp_path / "project"))
    for deed in ("busy", "drop", "cut"):
        office.script.append(deed)
        assert monitor(place, "deliver", killed=("call", "Deliveries.settle")).returncode == -9
    assert office.letters == []
    assert [each.state for each in sent_by_the_next(place)] == [State.SENT]
    assert len(office.letters) == 1
