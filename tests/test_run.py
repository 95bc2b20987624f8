"""The daemon, in real processes: started, stopped, killed, told of another config, and watched by a systemd."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from monitor.errors import StoreError
from monitor.model.page import Page
from monitor.model.schedule import Schedule
from monitor.schedule.slots import between, slots_of
from monitor.schedule.systemd import Systemd
from monitor.store.catalogue.opened import open_catalogue
from monitor.store.folder import Store
from monitor.store.verify import verify
from monitor.watch.gates import MOST_AT_ONCE, Gates
from monitor.watch.instance import only_instance
from tests.site import site
from tests.watching import LONGEST, ROOT, Daemon, command, noted, tell_pages, watching

OFTEN, SELDOM = 2, 86_400  # seconds


# -- slots, through kills


def test_every_slot_is_run_once_or_made_up_for_though_the_daemon_is_killed_again_and_again(tmp_path: Path) -> None:
    tell_pages(tmp_path, [{"id": "quick", "every": OFTEN}, {"id": "slow", "every": OFTEN, "takes": 0.7}])
    lines = []
    for ending in (signal.SIGKILL, signal.SIGKILL, signal.SIGKILL, signal.SIGTERM):
        with watching(tmp_path) as daemon:
            daemon.until_checked("slow")
            daemon.until_checked("quick")
            daemon.process.send_signal(ending)
            daemon.ended()
            lines += daemon.lines
    for page in ("quick", "slow"):
        done = [datetime.fromisoformat(line["slot"]) for line in lines if line.get("page") == page and "slot" in line]
        missed = _missed(tmp_path, page)
        slots, first = slots_of(page, Schedule(every=OFTEN)), min(done)
        assert len(done) > 3
        assert max(Counter(done).values()) == 1
        known = missed.union(done)
        assert [each for each in between(slots, first, max(done)) if each not in known] == []


def _missed(folder: Path, page: str) -> set[datetime]:
    catalogue = open_catalogue(Store(str(folder / "store")))
    assert catalogue is not None
    with catalogue, catalogue.reading() as connection:
        rows = connection.exec_driver_sql("SELECT first, last FROM missed WHERE page = ?", (page,)).all()
    slots, moment = slots_of(page, Schedule(every=OFTEN)), timedelta(microseconds=1)
    spans = [(datetime.fromisoformat(first), datetime.fromisoformat(last)) for first, last in rows]
    return {each for first, last in spans for each in between(slots, first - moment, last)}


def test_a_check_that_was_killed_in_the_middle_is_made_again_once(tmp_path: Path) -> None:
    with watching(tmp_path, [{"id": "page", "every": SELDOM, "takes": 60}]) as daemon:
        _until_begun(daemon, tmp_path)
        daemon.process.kill()
        daemon.ended()
    for _ in range(2):
        with watching(tmp_path, [{"id": "page", "every": SELDOM}, {"id": "other", "every": OFTEN}]) as daemon:
            daemon.until_checked("other")
            daemon.until_checked("other")
            daemon.process.terminate()
            assert daemon.ended() == 0
    assert Counter(each.what for each in noted(tmp_path) if each.page == "page") == {"begin": 2, "end": 1, "told": 1}


def _until_begun(daemon: Daemon, folder: Path, page: str = "page", times: int = 1) -> None:
    """Until a check has begun: systemd's status says how many are at work, this file which."""
    for _ in range(int(LONGEST / 0.05)):
        if sum(each.what == "begin" and each.page == page for each in noted(folder)) >= times:
            return
        with pytest.raises(subprocess.TimeoutExpired):
            daemon.process.wait(0.05)
    raise AssertionError(f"{page} was not begun")


def test_missed_slots_are_named_and_made_up_for_by_one_capture(tmp_path: Path) -> None:
    pages = [{"id": "page", "every": 600}]
    with watching(tmp_path, pages) as daemon:
        daemon.until_checked("page")
        daemon.process.terminate()
        daemon.ended()
    slots = slots_of("page", Schedule(every=600))
    _set_back(tmp_path, "page", steps=3)
    with watching(tmp_path, pages) as daemon:
        daemon.until_said("1 page missed")
        daemon.until_checked("page")
        said = daemon.until_said("makes up for")
        daemon.process.terminate()
        assert daemon.ended() == 0
    assert said["page"] == "page"
    assert re.match("page was not captured (two|three) times when it was due, from ", said["event"])
    missed = sorted(each for each in _missed(tmp_path, "page"))
    assert slots.before(missed[0]) == missed[0]
    assert sum(each.what == "begin" for each in noted(tmp_path)) == 2


def _set_back(folder: Path, page: str, *, steps: int) -> None:
    """Make the page's last slot an older one, as if nobody had been there for some, the last some minutes ago."""
    catalogue = open_catalogue(Store(str(folder / "store")))
    assert catalogue is not None
    with catalogue, catalogue.writing() as connection:
        row = connection.exec_driver_sql("SELECT slot FROM slots WHERE page = ?", (page,)).scalar_one()
        older = datetime.fromisoformat(row) - timedelta(seconds=600 * steps)
        connection.exec_driver_sql("UPDATE slots SET slot = ?", (older.strftime("%Y-%m-%dT%H:%M:%SZ"),))


# -- the end


def test_the_end_waits_for_what_is_at_work(tmp_path: Path) -> None:
    with watching(tmp_path, [{"id": "page", "every": SELDOM, "takes": 1.5}]) as daemon:
        _until_begun(daemon, tmp_path)
        daemon.process.terminate()
        assert daemon.ended() == 0
    assert [each.what for each in noted(tmp_path)] == ["begin", "end", "told", "shown", "closed"]
    assert [line["event"] for line in daemon.lines if "page" not in line][1:] == ["stopped"]


def test_the_end_leaves_what_takes_too_long_with_a_line_each(tmp_path: Path) -> None:
    pages = [{"id": each, "every": SELDOM, "takes": 600, "url": f"https://{each}.example"} for each in ("a", "b")]
    with watching(tmp_path, pages, patience=0.5) as daemon:
        _until_begun(daemon, tmp_path, "a")
        _until_begun(daemon, tmp_path, "b")
        daemon.process.send_signal(signal.SIGINT)
        assert daemon.ended() == 0
    left = [line["page"] for line in daemon.lines if "not finished in time" in line["event"]]
    assert sorted(left) == ["a", "b"]
    assert [line["event"] for line in daemon.lines if line["level"] == "error"] == []
    assert noted(tmp_path)[-1].what == "closed"


def test_a_second_signal_takes_away_the_patience(tmp_path: Path) -> None:
    with watching(tmp_path, [{"id": "page", "every": SELDOM, "takes": 600}], patience=600) as daemon:
        _until_begun(daemon, tmp_path)
        daemon.process.terminate()
        with pytest.raises(subprocess.TimeoutExpired):
            daemon.process.wait(0.5)
        daemon.process.terminate()
        assert daemon.ended() == 0
    assert [line["level"] for line in daemon.lines] == ["info", "warning", "info"]


# -- pages that hang


def test_a_hung_page_is_given_up_and_never_blocks_the_others(tmp_path: Path) -> None:
    pages = [{"id": "hung", "every": 600, "takes": 600, "limit": 2}, {"id": "page", "every": OFTEN}]
    with watching(tmp_path, pages, reading=1.0) as daemon:
        given_up = daemon.until_checked("hung")
        daemon.process.terminate()
        assert daemon.ended() == 0
    assert given_up["result"] == "failed"
    assert given_up["event"] == "not done within 3 s, and given up"
    assert sum(line.get("page") == "page" for line in daemon.lines) >= 1


def test_a_page_that_is_at_work_through_its_slots_is_not_begun_twice_and_told_of_those_it_missed(
    tmp_path: Path,
) -> None:
    with watching(tmp_path, [{"id": "slow", "every": 1, "takes": 2.6}]) as daemon:
        daemon.until_checked("slow")
        daemon.until_said("was not captured")
        daemon.process.terminate()
        assert daemon.ended() == 0
    at_work = 0
    for each in noted(tmp_path):
        at_work += {"begin": 1, "end": -1}.get(each.what, 0)
        assert at_work <= 1


def test_a_slot_that_comes_while_its_page_is_at_work_is_run_behind_that_and_is_no_miss(tmp_path: Path) -> None:
    with watching(tmp_path, [{"id": "page", "every": 4, "takes": 3.0}]) as daemon:
        slots = [datetime.fromisoformat(daemon.until_checked("page")["slot"]) for _ in range(4)]
        daemon.process.terminate()
        assert daemon.ended() == 0
    assert [later - earlier for earlier, later in pairwise(slots)] == [timedelta(seconds=4)] * 3
    assert {line["level"] for line in daemon.lines} == {"info"}


def test_pages_of_one_host_wait_for_each_other_and_not_for_those_of_another() -> None:
    slow = [Page(f"slow-{number}", url="https://slow.example/page") for number in range(MOST_AT_ONCE + 1)]
    other = Page("other", url="https://other.example/page")

    async def pass_by() -> list[str]:
        gates, passed, is_over = Gates(), [], asyncio.Event()

        async def pass_gate(page: Page) -> None:
            async with gates.passing(page):
                passed.append(page.id)
                if page is not other:
                    await is_over.wait()

        waiting = [asyncio.create_task(pass_gate(page)) for page in slow]
        await asyncio.create_task(pass_gate(other))
        is_over.set()
        await asyncio.gather(*waiting)
        return passed

    passed = asyncio.run(pass_by())
    assert passed[:2] == ["slow-0", "other"]
    assert len(passed) == len(slow) + 1


# -- another config


def test_a_new_config_is_taken_at_sighup(tmp_path: Path) -> None:
    with watching(tmp_path, [{"id": "old", "every": OFTEN}, {"id": "both", "every": SELDOM}]) as daemon:
        daemon.until_checked("old")
        _until_begun(daemon, tmp_path, "both")
        tell_pages(tmp_path, [{"id": "new", "every": OFTEN}, {"id": "both", "every": SELDOM}])
        daemon.process.send_signal(signal.SIGHUP)
        daemon.until_said("the config was read anew")
        after = len(daemon.lines)
        daemon.until_checked("new")
        daemon.until_checked("new")
        daemon.process.terminate()
        assert daemon.ended() == 0
    assert {line["page"] for line in daemon.lines[after:] if "page" in line} == {"new"}
    assert sum(each.page == "both" and each.what == "begin" for each in noted(tmp_path)) == 1


def test_many_sighups_are_one(tmp_path: Path) -> None:
    with watching(tmp_path, [{"id": "old", "every": OFTEN}]) as daemon:
        daemon.until_checked("old")
        for number in range(30):
            tell_pages(tmp_path, [{"id": f"new-{number}", "every": OFTEN}])
            daemon.process.send_signal(signal.SIGHUP)
        daemon.until_checked("new-29")
        daemon.process.terminate()
        assert daemon.ended() == 0
    read = [line for line in daemon.lines if line["event"] == "the config was read anew"]
    assert 1 <= len(read) <= 3  # one, but where this process is held up between two signals


def test_a_wrong_config_is_told_at_sighup_and_the_old_one_stays(tmp_path: Path) -> None:
    with watching(tmp_path, [{"id": "page", "every": OFTEN}]) as daemon:
        daemon.until_checked("page")
        tell_pages(tmp_path, [], wrong=["config.yaml:2:5: pages.0.every: wrong", "config.yaml:3:5: pages.1.id: wrong"])
        daemon.process.send_signal(signal.SIGHUP)
        daemon.until_said("pages.0.every")
        daemon.until_said("pages.1.id")
        daemon.until_said("the one before it goes on")
        daemon.until_checked("page")
        daemon.process.terminate()
        assert daemon.ended() == 0


# -- one instance


def test_a_second_instance_is_refused_with_the_first_ones_number_and_time(tmp_path: Path) -> None:
    with watching(tmp_path, [{"id": "page", "every": OFTEN}]) as daemon:
        daemon.until_checked("page")
        with pytest.raises(StoreError) as told, only_instance(Store(str(tmp_path / "store"))):
            raise AssertionError("two at a time")
        daemon.until_checked("page")
    said = str(told.value)
    assert f"monitor run (process {daemon.process.pid}, since 20" in said
    assert "\n" not in said


def test_the_service_waits_for_a_check_that_is_in_progress(tmp_path: Path) -> None:
    with ExitStack() as stack:
        checking = stack.enter_context(ExitStack())
        checking.enter_context(only_instance(Store(str(tmp_path / "store")), "monitor check"))
        daemon = stack.enter_context(watching(tmp_path, [{"id": "page", "every": OFTEN}]))
        daemon.until_said("waiting")
        assert daemon.process.poll() is None
        checking.close()
        daemon.until_checked("page")


def test_whoever_is_killed_gives_the_store_back(tmp_path: Path) -> None:
    with watching(tmp_path, [{"id": "page", "every": OFTEN}]) as daemon:
        daemon.until_checked("page")
        daemon.process.kill()
        daemon.ended()
    with only_instance(Store(str(tmp_path / "store"))):
        assert f"process {os.getpid()}" in (tmp_path / "store" / ".run.lock").read_text("utf-8")
    assert verify(Store(str(tmp_path / "store"))).faults == ()


# -- systemd


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[tuple[socket.socket, str]]:
    """A socket as systemd has it, and its address."""
    address = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as there:
        there.bind(address)
        there.settimeout(LONGEST)
        yield there, address


def _heard(there: socket.socket, words: str) -> list[str]:
    """The lines of the datagrams up to one with these words."""
    lines: list[str] = []
    while not any(line.startswith(words) for line in lines):
        lines += there.recv(4096).decode().split("\n")
    return lines


def test_systemd_hears_of_each_step(tmp_path: Path, listening: tuple[socket.socket, str]) -> None:
    there, address = listening
    pages = [{"id": "page", "every": OFTEN}]
    with watching(tmp_path, pages, NOTIFY_SOCKET=address, WATCHDOG_USEC="1000000", WATCHDOG_PID="") as daemon:
        assert "STATUS=1 page, 0 at work, next at 20" in " ".join(_heard(there, "READY=1"))
        assert "WATCHDOG=1" in _heard(there, "WATCHDOG=1")
        daemon.process.send_signal(signal.SIGHUP)
        reloading = _heard(there, "MONOTONIC_USEC=")
        assert "RELOADING=1" in reloading
        assert reloading[-1].removeprefix("MONOTONIC_USEC=").isdecimal()
        _heard(there, "READY=1")
        daemon.process.terminate()
        _heard(there, "STOPPING=1")
        assert daemon.ended() == 0


def test_systemd_hears_from_a_daemon_that_waits_for_its_end(
    tmp_path: Path, listening: tuple[socket.socket, str]
) -> None:
    there, address = listening
    pages = [{"id": "page", "every": SELDOM, "takes": 2}]
    with watching(tmp_path, pages, NOTIFY_SOCKET=address, WATCHDOG_USEC="600000") as daemon:
        _until_begun(daemon, tmp_path)
        daemon.process.terminate()
        _heard(there, "STOPPING=1")
        _heard(there, "WATCHDOG=1")
        assert daemon.ended() == 0


def test_an_abstract_address_is_understood_and_none_is_silence() -> None:
    name = f"monitor-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as there:
        there.bind(f"\0{name}")
        there.settimeout(LONGEST)
        systemd = Systemd({"NOTIFY_SOCKET": f"@{name}", "WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"})
        systemd.status("two\nlines")
        assert there.recv(100) == b"STATUS=two lines"
    assert systemd.watchdog is None  # it waits for another process
    systemd.ready()  # nobody listens any more
    Systemd({}).ready()
    assert Systemd({"WATCHDOG_USEC": "30000000"}).watchdog == 30.0


# -- metrics


def test_metrics_are_served_on_this_machine_and_written_for_node_exporter(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    tell_pages(tmp_path, [{"id": "page", "every": OFTEN}], metrics={"port": port, "textfile": "monitor.prom"})
    with watching(tmp_path) as daemon:
        daemon.until_checked("page")
        with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=LONGEST) as answer:
            served = answer.read().decode()
        daemon.process.terminate()
        assert daemon.ended() == 0
    assert 'monitor_captures_total{result="routine"} 1.0' in served
    families = text_string_to_metric_families((tmp_path / "monitor.prom").read_text("utf-8"))
    assert {"monitor_pages", "monitor_captures"} <= {family.name for family in families}


# -- the command


def test_the_start_says_how_many_pages_are_watched_when_and_where_the_reports_go(tmp_path: Path) -> None:
    pages = [{"id": "a", "every": SELDOM}, {"id": "b", "every": SELDOM}, {"id": "kept", "every": SELDOM, "url": None}]
    with watching(tmp_path, pages) as daemon:
        said = daemon.until_said("watching")["event"]
        daemon.process.terminate()
        assert daemon.ended() == 0
    assert re.match(r"watching 2 pages, 2 due now, the next slot is at 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC; ", said)
    assert said.endswith(f"; reports go to {tmp_path / 'reports' / 'index.html'}; not watched: without a url kept")


def test_a_run_without_a_page_to_watch_is_refused_in_one_line(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    for pages, words in (
        ("[]", "has both an address and a schedule;"),
        ("[{id: a}, {id: b, url: 'https://b.example/'}]", "schedule: without a url a; without a schedule b;"),
    ):
        config.write_text(f"pages: {pages}\n", "utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "monitor", "run", "--config", str(config)],
            cwd=tmp_path, capture_output=True, text=True, check=False, timeout=LONGEST,
        )  # fmt: skip
        assert done.returncode == 2
        assert words in done.stderr
        assert done.stderr.count("\n") == 1


def test_a_config_that_leaves_no_page_to_watch_is_not_taken(tmp_path: Path) -> None:
    with watching(tmp_path, [{"id": "page", "every": OFTEN}]) as daemon:
        daemon.until_checked("page")
        tell_pages(tmp_path, [{"id": "page", "every": OFTEN, "url": None}])
        daemon.process.send_signal(signal.SIGHUP)
        daemon.until_said("without a url page")
        daemon.until_said("the one before it goes on")
        daemon.until_checked("page")
        daemon.process.terminate()
        assert daemon.ended() == 0


def test_the_command_says_in_one_line_what_it_cannot_do(tmp_path: Path) -> None:
    for options, words in (
        (["--patience", "long"], "no number of seconds"),
        (["--log", "loud"], "in the style 'loud'"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "monitor", "run", *options, "--store", str(tmp_path)],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=LONGEST,
        )  # fmt: skip
        assert done.returncode == 2
        assert words in done.stderr
        assert done.stderr.count("\n") == 1


def test_what_pages_say_stays_on_its_line(tmp_path: Path) -> None:
    with watching(tmp_path, [{"id": "page", "every": OFTEN}]) as daemon:
        line = daemon.until_checked("page")
    assert line["event"] == "nothing new\nfrom this page"
    assert json.dumps(line).count("\n") == 0


def test_a_page_is_captured_and_compared_by_the_command_itself(tmp_path: Path) -> None:
    """All of it: config.yaml, the scheduler, a request, the store, the comparison, the end."""
    with site() as there:
        url = there.put("/page", "<!doctype html><title>Water Works</title><h1>Water Works</h1><p>Open on Monday.")
        hosts = f"hosts: [{{host: '{there.host}', private: yes, pause: 0s}}]\n"
        config = tmp_path / "config.yaml"
        config.write_text(f"{hosts}pages: [{{id: works, url: '{url}', every: 10s}}]\n", "utf-8")
        with command(tmp_path, "run", "--config", str(config), "--log", "json", "--patience", "20") as daemon:
            assert daemon.until_checked("works")["result"] == "first"
            there.put("/page", "<!doctype html><title>Water Works</title><h1>Water Works</h1><p>Closed on Monday.")
            changed = daemon.until_checked("works")
            daemon.process.terminate()
            assert daemon.ended() == 0
    assert changed["result"] == "changed"
    assert "works" in (tmp_path / "reports" / "index.html").read_text("utf-8")
    assert Path(changed["report"]).exists() or (tmp_path / changed["report"]).exists()
    assert len(Store(str(tmp_path / "snapshots")).captures("works")) >= 2
