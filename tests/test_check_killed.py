"""A run that is killed at any step of its work: the next one goes on, loses nothing, and reports nothing twice.

The run is a real one, in processes of its own. A file that Python reads at its start counts the calls of functions of
this program in each of them, and at the one that a test names kills all of them at once, as a power cut would.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.store.folder import Store
from monitor.store.verify import verify
from tests.site import Site, site
from tests.test_checker import LESS, OLD, TAKEN, notices

KILLER = """
import os, signal, sys
name, left = os.environ["KILLED_AT"].split(":")
left = int(left)
def profile(frame, event, argument):
    global left
    if event == os.environ["KILLED_ON"] and frame.f_code.co_qualname.endswith(name):
        if "/monitor/" in frame.f_code.co_filename:
            left -= 1
            if left == 0:
                os.killpg(0, signal.SIGKILL)
import threading
sys.setprofile(profile)
threading.setprofile(profile)
"""

# Dies where it reads the page, and no other.
DEADLY = """
import os, signal, sys, threading
def profile(frame, event, argument):
    if event == "call" and frame.f_code.co_name == "read_watched":
        url = frame.f_locals["snapshot"].url
        if url.startswith("http://127.0.0.1") and url.endswith("/"):
            os.kill(os.getpid(), signal.SIGKILL)
sys.setprofile(profile)
threading.setprofile(profile)
"""

# Where the work of a check leaves something behind: functions, and whether before or after them.
STEPS = [
    ("return", "Checker.begin"),
    ("return", "append"),
    ("return", "Writer.add_all"),
    ("return", "Catalogue.keep_comparison"),
    ("return", "write"),
    ("return", "Catalogue.tell"),
    ("return", "Checker.told"),
    ("call", "tell"),
]


@pytest.fixture(scope="module")
def up() -> Iterator[Site]:
    with site() as running:
        yield running


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory, up: Site) -> Path:
    """A project whose page was checked once, and then lost an item."""
    place = tmp_path_factory.mktemp("checked")
    hosts = f'hosts: [{{host: "{up.host}", private: yes, pause: 0s}}]'
    up.put("/", notices(*OLD))
    (place / "config.yaml").write_text(f'{hosts}\npages: [{{id: harbour, url: "{up.root}/", ask_items: no}}]\n')
    _check(place)
    up.put("/", notices(*LESS))
    return place


@pytest.fixture
def place(tmp_path: Path, checked: Path) -> Path:
    return Path(shutil.copytree(checked, tmp_path / "project"))


def _check(place: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "monitor", "check"]
    return subprocess.run(
        command, cwd=place, env={**os.environ, **environment}, capture_output=True, text=True, start_new_session=True,
        check=False,
    )  # fmt: skip


@pytest.mark.parametrize(("event", "name"), STEPS, ids=lambda each: each)
def test_a_run_killed_at_any_step_is_gone_on_with_and_tells_once(place: Path, event: str, name: str) -> None:
    killer = place / "killer"
    killer.mkdir()
    (killer / "sitecustomize.py").write_text(KILLER)
    killed = _check(place, PYTHONPATH=str(killer), KILLED_AT=f"{name}:1", KILLED_ON=event)
    assert killed.returncode == -9
    done = _check(place)
    assert (done.returncode, done.stderr) == (0, "")
    reports = list((place / "reports" / "harbour").glob("2*.html"))
    assert [TAKEN in _text(each) for each in reports] == [True]
    assert TAKEN in killed.stdout + done.stdout + _text(reports[0])
    assert verify(Store(str(place / "snapshots"))).faults == ()


def test_a_page_whose_reading_kills_its_process_is_told_to_fail_and_costs_no_other(place: Path, up: Site) -> None:
    """In both processes that are tried; after three times it is passed over, and the next capture is read."""
    config = place / "config.yaml"
    config.write_text(config.read_text().replace("pages: [", f'pages: [{{id: other, url: "{up.root}/other"}}, '))
    up.put("/other", notices(*OLD))
    (place / "killer").mkdir()
    (place / "killer" / "sitecustomize.py").write_text(DEADLY)
    deadly = [_check(place, PYTHONPATH=str(place / "killer")).stdout for _ in range(3)]
    assert ["harbour  failed     the process that read it died" in each for each in deadly] == [True] * 3
    assert "no good capture of harbour since" in deadly[2]
    assert "other    first" in deadly[0]
    assert "has a good capture again" in _check(place).stdout


def _text(path: Path) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", path.read_text("utf-8")).replace("&quot;", '"').replace("  ", " ")
