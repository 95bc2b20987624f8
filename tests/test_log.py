"""The log: a line for each thing that happened, as a terminal, a program or systemd's journal reads it."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.deliver.to_log import open_log, tell_outcome
from monitor.model.outcome import Outcome, Result

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
CHANGED = Outcome("page", AT, Result.CHANGED, "The lead is another one.", 2.123, "page@2026", "reports/a.html", 1, 2)


def _logged(style: str, *outcomes: Outcome) -> str:
    stream = io.StringIO()
    log = open_log(style, stream)
    for outcome in outcomes:
        tell_outcome(log, outcome)
    return stream.getvalue()


def test_a_line_names_the_page_what_it_came_to_and_how_long_it_took() -> None:
    line = _logged("text", CHANGED)
    assert line[21:] == (
        "info    page changed: The lead is another one. seconds=2.12 report=reports/a.html alerts=1 news=2\n"
    )


def test_json_has_one_object_a_line() -> None:
    line = json.loads(_logged("json", CHANGED))
    assert line.pop("time").endswith("Z")
    assert line == {
        "event": "The lead is another one.", "level": "info", "page": "page", "result": "changed", "seconds": 2.12,
        "report": "reports/a.html", "alerts": 1, "news": 2,
    }  # fmt: skip


def test_the_journal_gets_priorities_and_no_time() -> None:
    failed = Outcome("page", AT, Result.FAILED, "no answer", notices=("it has failed for 3 captures",))
    assert _logged("journal", CHANGED, failed).splitlines() == [
        "<6>page changed: The lead is another one. seconds=2.12 report=reports/a.html alerts=1 news=2",
        "<4>page failed: no answer seconds=0.0",
        "<4>page: it has failed for 3 captures",
    ]


@pytest.mark.parametrize("style", ["text", "json", "journal"])
def test_what_a_page_says_can_neither_break_a_line_nor_move_a_cursor(style: str) -> None:
    hostile = CHANGED._replace(summary="a\n<2>forged\r\x1b[2J\x85\u2028\u202eb", notices=("c\nd",))
    text = _logged(style, hostile)
    assert text.count("\n") == len(text.splitlines()) == 2
    assert all(each.isprintable() for each in text.replace("\n", ""))


def test_passwords_in_addresses_are_left_out() -> None:
    outcome = CHANGED._replace(summary="proxy http://user:secret@proxy.example:8080 refuses")
    for style in ("text", "json", "journal"):
        assert "secret" not in _logged(style, outcome)
        assert "proxy.example" in _logged(style, outcome)


def test_what_libraries_warn_of_is_in_it_once() -> None:
    first, second = io.StringIO(), io.StringIO()
    open_log("journal", first)
    open_log("journal", second)
    logging.getLogger("library").warning("look\nout")
    logging.getLogger("library").info("nothing")
    assert (first.getvalue(), second.getvalue()) == ("", "<4>look\\nout logger=library\n")


def test_what_libraries_warn_of_stops_none_of_them_where_the_log_is_closed() -> None:
    closed = io.StringIO()
    open_log("text", closed)
    closed.close()
    logging.getLogger("library").warning("look out")  # would raise


def test_journal_style_is_taken_only_where_the_journal_reads(tmp_path: Path) -> None:
    """As systemd says it: the device and the inode of the stream that leads to it."""
    script = "from monitor.deliver.to_log import open_log; open_log().info('said')"
    for is_journal in (True, False):
        path = tmp_path / f"log-{is_journal}"
        with open(path, "w", encoding="utf-8") as file:
            place = os.fstat(file.fileno())
            stream = f"{place.st_dev}:{place.st_ino if is_journal else 0}"
            environment = {**os.environ, "JOURNAL_STREAM": stream}
            subprocess.run([sys.executable, "-c", script], stderr=file, env=environment, check=True)
        assert path.read_text("utf-8").startswith("<6>said") is is_journal
