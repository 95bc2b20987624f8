"""Servers that take their time: they hold up nobody else, and what they take is sent once, whatever happens then."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pytest

from monitor.model.delivery import State
from monitor.watch import deliver_due
from monitor.watch.deliver_due import Post
from monitor.watch.under_way import UnderWay
from tests.rude_post import RudePost, rude_post, when_let_go
from tests.test_outbox import Outbox, outbox_in

LATE = b"250 taken late\r\n"


def config(*posts: RudePost) -> str:
    """A reader for each server: r0, r1 …"""
    readers = "".join(
        f"  - {{id: r{n}, mail: {{to: [r{n}@example.org], server: 127.0.0.1, port: {each.port}}}}}\n"
        for n, each in enumerate(posts)
    )
    return f"mail: {{from: m@example.org, security: none}}\nreaders:\n{readers}pages: [{{id: a}}]\n"


def post_of(outbox: Outbox, under_way: UnderWay | None = None) -> Post:
    return Post(outbox.project, outbox.catalogue, lambda _: None, lambda: datetime.now(UTC), under_way)


def test_a_server_that_is_silent_holds_up_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliver_due, "ENDING", 0.1)
    with (
        rude_post(GREET=when_let_go(b"")) as silent,
        rude_post() as good,
        outbox_in(tmp_path, config(silent, good)) as outbox,
    ):
        outbox.put(*range(8), reader="r0")
        outbox.put(8, reader="r1")

        async def work() -> None:
            async with post_of(outbox) as post:
                sending = asyncio.create_task(post.deliver())
                await asyncio.to_thread(good.wait_for, 1, 5)
                outbox.put(9, reader="r1")  # while the others are under way
                await asyncio.to_thread(good.wait_for, 2, 5)
                sending.cancel()
                with suppress(asyncio.CancelledError):
                    await sending

        begun = time.monotonic()
        asyncio.run(work())
        assert time.monotonic() - begun < 10
        assert silent.mails == []


def test_what_is_under_way_is_taken_up_by_nobody_else_of_the_process_and_its_answer_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliver_due, "ENDING", 0.1)
    with rude_post(END=when_let_go(LATE)) as slow, outbox_in(tmp_path, config(slow)) as outbox:
        outbox.put(1, reader="r0")

        async def work() -> None:
            under_way = UnderWay()
            async with post_of(outbox, under_way) as one:
                sending = asyncio.create_task(one.deliver())
                await asyncio.to_thread(slow.wait_for, 1)
                sending.cancel()
                with suppress(asyncio.CancelledError):
                    await sending
            async with post_of(outbox, under_way) as other:
                await other.deliver()
                assert outbox.states() == [State.SENDING]
                slow.let_go.set()
                while under_way.ids:
                    await asyncio.sleep(0.01)
                await other.deliver()

        asyncio.run(work())
        assert outbox.states() == [State.SENT]
        assert len(slow.mails) == 1


def test_a_config_that_is_read_anew_sends_no_mail_again(tmp_path: Path) -> None:
    with rude_post(END=when_let_go(LATE)) as slow, outbox_in(tmp_path, config(slow)) as outbox:
        watched = "pages: [{id: a, url: 'http://127.0.0.1:9/', every: 1h}]\n"
        (tmp_path / "config.yaml").write_text(config(slow).replace("pages: [{id: a}]\n", watched))
        outbox.put(1, reader="r0")
        command = [sys.executable, "-m", "monitor", "run", "--patience", "1"]
        with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as running:
            assert running.stderr
            try:
                slow.wait_for(1)
                running.send_signal(signal.SIGHUP)
                said = [*_lines_until(running.stderr, "read anew"), *_lines_until(running.stderr, "watching 1 page")]
                slow.let_go.set()
                said += _lines_until(running.stderr, "250 taken late")
            finally:
                running.send_signal(signal.SIGTERM)
                said += [running.communicate(timeout=60)[1]]
        assert outbox.states() == [State.SENT]
    assert len(slow.mails) == 1
    assert not [each for each in said if "never retrieved" in each or "a fault of" in each]


def _lines_until(stream: IO[str], words: str) -> list[str]:
    """The lines up to the first with these words."""
    found = []
    for line in stream:
        found.append(line)
        if words in line:
            return found
    raise AssertionError(f"nothing said {words!r}: {found}")


def test_a_full_disk_for_what_is_printed_costs_no_message(tmp_path: Path) -> None:
    with rude_post() as post, outbox_in(tmp_path, config(post)) as outbox:
        outbox.put(*range(5), reader="r0")
        command = [sys.executable, "-m", "monitor", "deliver"]
        with open("/dev/full", "w") as full:
            done = subprocess.run(
                command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False
            )
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "cannot write to standard output: No space left on device" in done.stderr
        assert outbox.states() == [State.SENT] * 5
        assert len(post.mails) == 5
