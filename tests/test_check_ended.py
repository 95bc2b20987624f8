"""A check that somebody ends in the middle of its work says nothing of its own insides: cron mails each word."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site import site
from tests.test_checker import LESS, OLD, notices

COMMAND = (sys.executable, "-m", "monitor", "check")
LONGEST = 60.0  # seconds


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_check_that_is_ended_leaves_no_word_on_standard_error(tmp_path: Path, number: signal.Signals) -> None:
    """It is ended when its workers have read the page, and an item's own address is asked for."""
    with site() as up:
        hosts = f'hosts: [{{host: "{up.host}", private: yes, pause: 0s}}]'
        (tmp_path / "config.yaml").write_text(f'{hosts}\npages: [{{id: harbour, url: "{up.root}/"}}]\n')
        up.put("/", notices(*OLD))
        subprocess.run(COMMAND, cwd=tmp_path, check=True, capture_output=True, timeout=LONGEST)
        up.put("/", notices(*LESS))
        with subprocess.Popen(COMMAND, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:

            def end() -> None:
                if up.asked[-1][0] == "/n/minutes":
                    running.send_signal(number)
                else:
                    up.meanwhile = end

            up.meanwhile = end
            said = running.communicate(timeout=LONGEST)
    assert running.returncode == -number
    assert said == (b"", b"")
