"""Readers while the service runs: digests at their slots, each put into the outbox once, and what is due sent."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from io import StringIO
from pathlib import Path

import pytest

from monitor.deliver.to_log import open_log
from monitor.errors import ServiceError
from monitor.model.outcome import Outcome, Result
from monitor.model.page import Page
from monitor.model.reader import Reader
from monitor.model.schedule import Schedule
from monitor.schedule.book import Book
from monitor.schedule.claims import Claim
from monitor.schedule.clock import Clock
from monitor.schedule.posting import Posting
from monitor.schedule.runner import Runner
from monitor.schedule.slots import Slots, slots_of
from monitor.schedule.systemd import Systemd
from monitor.schedule.telling import Telling
from monitor.store.catalogue.opened import Catalogue
from tests.post_office import OPENSSL, PASSWORD, REASON, USER, make_certificates, post_office
from tests.site import site
from tests.test_checker import LESS, OLD, notices
from tests.test_outbox import NOW, outbox_in

EACH_SECOND = Schedule(every=1)


class NoPages:
    """What checks pages where there are none."""

    def begin(self, pages: Iterable[Page]) -> None:
        assert not list(pages)

    async def check(self, page: Page) -> Outcome:
        return Outcome(page.id, datetime.now().astimezone(), Result.IDENTICAL, "")

    def told(self, outcome: Outcome) -> None:
        """Nothing was."""

    async def show_all(self, due: Mapping[str, datetime]) -> str | None:
        """Nothing is."""


class Written:
    """Who writes down which digests are wanted; the first of them fails."""

    def __init__(self, wanted: int) -> None:
        self.slots: list[tuple[str, datetime]] = []
        self.delivered, self._wanted, self.done = 0, wanted, asyncio.Event()

    async def deliver(self) -> datetime | None:
        self.delivered += 1
        return None

    async def digest(self, reader: str, slot: datetime) -> None:
        self.slots.append((reader, slot))
        if len(self.slots) >= self._wanted:
            self.done.set()
        if len(self.slots) == 1:
            raise ServiceError("The digest for desk could not be made", "the next one tells it all")


async def _watched(catalogue: Catalogue, posts: Written, readers: list[Reader], stream: StringIO) -> None:
    log = open_log("text", stream)
    posting = Posting(posts, log)
    runner = Runner(NoPages(), Book(catalogue), Telling(log, Systemd({})), Clock(), posting=posting)
    runner.start({}, (), readers)
    beside = asyncio.create_task(posting.keep_delivering())
    async with asyncio.timeout(30):
        await posts.done.wait()
    await runner.stop(5.0)
    beside.cancel()
    await asyncio.gather(beside, return_exceptions=True)


def test_a_reader_has_a_digest_at_each_slot_and_a_fault_of_one_costs_no_other(tmp_path: Path) -> None:
    said = StringIO()
    with outbox_in(tmp_path, "pages: [{id: a}]\n") as outbox:

        async def work() -> Written:
            posts = Written(3)
            readers = [Reader("desk", schedule=EACH_SECOND), Reader("nobody")]
            await _watched(outbox.catalogue, posts, readers, said)
            return posts

        posts = asyncio.run(work())
        begun = outbox.catalogue.begun_slots()
    slots = [slot for _, slot in posts.slots]
    assert {reader for reader, _ in posts.slots} == {"desk"}
    assert len(set(slots)) == len(slots) >= 3
    assert slots == sorted(slots)
    assert (begun["reader:desk"].slot, begun["reader:desk"].done_at is not None) == (slots[-1], True)
    assert posts.delivered >= 1
    assert "The digest for desk could not be made" in said.getvalue()


DAILY = Schedule(at=("07:30",))
_A_DAY = timedelta(days=1)


class Wanted(Book):
    """A book of the slots of one reader with a daily digest, who has it at 07:30."""

    def at(self, now: datetime, schedule: Schedule = DAILY) -> list[tuple[datetime, int]]:
        """The slots for which a service that is started then makes a digest at once, and how many it makes up for."""
        slots = {"reader:desk": slots_of("reader:desk", schedule)}
        self.begin_with_the_next(slots, now)
        return [(each.slot, each.missed.slots if each.missed else 0) for each in self._claimed(slots, now)]

    def _claimed(self, slots: Mapping[str, Slots], now: datetime) -> Iterator[Claim]:
        for job in self.due(slots, now):
            if found := self.claim(job, slots[job], now):
                self.done(job, now)
                yield found


def test_a_new_reader_has_the_first_digest_at_the_first_slot_to_come(tmp_path: Path) -> None:
    with outbox_in(tmp_path, "pages: [{id: a}]\n") as outbox:
        slot = NOW + _A_DAY
        assert Wanted(outbox.catalogue).at(NOW + timedelta(hours=3)) == []
        assert Wanted(outbox.catalogue).at(slot - timedelta(minutes=1)) == []
        assert Wanted(outbox.catalogue).at(slot) == [(slot, 0)]
        assert Wanted(outbox.catalogue).at(slot + timedelta(hours=3)) == []


def test_slots_at_which_the_service_was_away_are_made_up_for_by_one_digest_at_the_start(tmp_path: Path) -> None:
    """Also the first slot of a reader who was new when it was ended."""
    with outbox_in(tmp_path, "pages: [{id: a}]\n") as outbox:
        Wanted(outbox.catalogue).at(NOW + timedelta(hours=3))
        assert Wanted(outbox.catalogue).at(NOW + 3.5 * _A_DAY) == [(NOW + 3 * _A_DAY, 3)]


def test_a_reader_whose_schedule_is_another_one_has_no_digest_between_the_two(tmp_path: Path) -> None:
    with outbox_in(tmp_path, "pages: [{id: a}]\n") as outbox:
        Wanted(outbox.catalogue).at(NOW)
        later = Schedule(at=("18:00",))
        assert Wanted(outbox.catalogue).at(NOW + _A_DAY + timedelta(hours=3), later) == []
        slot = NOW + _A_DAY + timedelta(hours=10.5)
        assert Wanted(outbox.catalogue).at(slot, later) == [(slot, 0)]


@pytest.mark.skipif(OPENSSL is None, reason=REASON)
def test_the_service_sends_an_alert_at_once_and_the_digest_at_its_slot(tmp_path: Path) -> None:
    (tmp_path / "post").mkdir()
    make_certificates(tmp_path / "post")
    with site() as up, post_office(tmp_path / "post") as office:
        up.put("/", notices(*OLD))
        config = (
            f"mail: {{from: m@example.org, server: localhost, port: {office.port}, ca_file: {office.root},\n"
            f"  login: {{user: {USER}, password_env: SMTP_PASSWORD}}}}\n"
            "readers:\n  - {id: desk, mail: desk@example.org, at_once: alert}\n"
            "  - {id: chief, mail: chief@example.org, every: 10s}\n"
            f'hosts: [{{host: "{up.host}", private: yes, pause: 0s}}]\n'
            f'pages: [{{id: harbour, url: "{up.root}/", every: 10s, ask_items: no}}]\n'
        )
        (tmp_path / "config.yaml").write_text(config)
        command = [sys.executable, "-m", "monitor"]
        settings = {"cwd": tmp_path, "env": {**os.environ, "SMTP_PASSWORD": PASSWORD}}
        subprocess.run([*command, "check"], check=True, capture_output=True, **settings)  # type: ignore[call-overload]
        up.put("/", notices(*LESS))
        running = subprocess.Popen([*command, "run"], stderr=subprocess.PIPE, text=True, **settings)  # type: ignore[call-overload]
        try:
            letters = office.wait_for(2)
        finally:
            running.send_signal(signal.SIGTERM)
            said = running.communicate(timeout=60)[1]
    assert running.returncode == 0
    subjects = {each.to: str(message_from_bytes(each.content, policy=policy.default)["Subject"]) for each in letters}
    assert subjects["desk@example.org"] == "Harbour: “minutes” was taken off the list: older items are still there"
    assert "chief@example.org" in subjects
    assert f"sent: {subjects['desk@example.org']} (250 2.0.0 taken) reader=desk channel=mail" in said
