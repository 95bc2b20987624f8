"""`monitor digest` as a person runs it: real processes, their lines, their statuses."""

from __future__ import annotations

import json
import os
import pty
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stored import own_project
from tests.test_cli import ROOT, assert_refused, monitor

SEEDS = ("--since", "rusemb-uk@2020-07-04", "--until", "2020-12-01")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the project's own config and store."""
    own_project(tmp_path)
    return tmp_path


def _digest(place: Path, *arguments: str | Path) -> str:
    done = monitor("digest", *arguments, "--config", place / "config.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def _with_reader(place: Path, more: str = "") -> None:
    config = place / "config.yaml"
    config.write_text(f"readers: [{{id: desk, stdout: yes{more}}}]\n{config.read_text('utf-8')}", "utf-8")


def test_the_seeds_facts_are_told_the_gravest_first(place: Path) -> None:
    text = _digest(place, *SEEDS)
    facts = (
        "ten items withdrawn",
        "three backdated",
        "four",
        "list replaced",
        "24 June",
        "29 June",
        "25 July",
        "11 May",
    )
    assert [fact for fact in facts if fact not in text] == []
    assert text.index("ALERT") < text.index("withdrawn (10)") < text.index("published (4)")


def test_json_has_the_same_facts(place: Path) -> None:
    told = json.loads(_digest(place, *SEEDS, "--format", "json"))
    assert told["schema"] == "monitor.digest/1"
    assert "item.withdrawn" in json.dumps(told)


def test_a_time_in_which_nothing_was_captured_is_not_told_as_a_quiet_one(place: Path) -> None:
    text = _digest(place, "--since", "2020-08-04", "--until", "2020-08-05")
    assert "The page was not captured in this time, last checked 2 August, 21:08." in text
    assert "quiet" not in text


def test_in_a_file_reports_are_linked_from_where_it_lies(place: Path) -> None:
    report = place / "reports" / "rusemb-uk" / "2020-08-02T210800Z.html"
    report.parent.mkdir(parents=True)
    report.write_text("<!doctype html>")
    _digest(place, *SEEDS, "--output", place / "out.html")
    assert 'href="reports/rusemb-uk/2020-08-02T210800Z.html"' in (place / "out.html").read_text("utf-8")


def test_what_cannot_be_is_one_line(place: Path) -> None:
    config = ("--config", place / "config.yaml")
    assert_refused(monitor("digest", "--since", "soon", *config), "names no time", "yesterday")
    assert_refused(monitor("digest", "--reader", "press", *config), "has no reader 'press'")
    assert_refused(monitor("digest", "--tag", "ports", *config), "has the tag 'ports'")
    assert_refused(monitor("digest", "--preview", "--send", *config), "drop one of them")
    assert_refused(
        monitor("digest", "--since", "2020-08-05", "--until", "2020-08-01", *config), "name an earlier --since"
    )


# -- preview


def test_a_preview_is_the_page_that_would_be_sent_and_sends_nothing(place: Path) -> None:
    _with_reader(place)
    page = _digest(place, *SEEDS, "--reader", "desk", "--preview")
    assert page.startswith("<!doctype html>")
    assert "monitor outbox" not in page
    text = _digest(place, *SEEDS, "--reader", "desk", "--preview", "--output", place / "out.txt")
    assert text == ""
    assert "ten items withdrawn" in (place / "out.txt").read_text("utf-8")


def test_a_preview_of_an_empty_digest_says_that_nothing_would_be_sent_unless_it_is_wanted(place: Path) -> None:
    _with_reader(place)
    quiet = ("--since", "2020-08-04", "--until", "2020-08-05", "--reader", "desk", "--preview")
    assert "nothing" in _digest(place, *quiet)
    (place / "config.yaml").write_text(
        (place / "config.yaml").read_text("utf-8").replace("stdout: yes", "stdout: yes, empty: yes"), "utf-8"
    )
    assert _digest(place, *quiet).startswith("<!doctype html>")


def test_at_a_terminal_the_preview_opens_in_the_browser(place: Path) -> None:
    browser = place / "browser"
    browser.write_text(f"#!{sys.executable}\nimport sys\nopen({str(place / 'asked')!r}, 'w').write(sys.argv[1])\n")
    browser.chmod(0o755)
    controller, terminal = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "monitor", "digest", *SEEDS, "--preview", "--config", str(place / "config.yaml")],
        cwd=ROOT, stdout=terminal, stderr=subprocess.PIPE, text=True, check=False,
        env={**os.environ, "BROWSER": shlex.quote(str(browser)), "TMPDIR": str(place)},
    )  # fmt: skip
    os.close(terminal)
    shown = os.read(controller, 10_000).decode()
    os.close(controller)
    assert (done.returncode, done.stderr) == (0, "")
    asked = (place / "asked").read_text()
    assert asked.startswith("file://")
    page = Path(asked.removeprefix("file://"))
    assert str(page) in "".join(shown.split())
    assert page.read_text("utf-8").startswith("<!doctype html>")
