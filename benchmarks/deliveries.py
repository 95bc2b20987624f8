"""Whether anything is lost or doubled: `python -m benchmarks.deliveries [KILLS [SEED]]`.

Messages wait for a server of mail that does at each session what chance says, and the program that sends them is killed
at a function of its own that chance picks. A message may come twice only where the server's answer was lost: it hung up
without one, or the program died between the end of the message and having noted it.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.model.delivery import Delivery, Message, Occasion, State
from monitor.store.catalogue.deliveries import Deliveries
from monitor.watch.deliver_due import Post
from monitor.watch.project import Project
from monitor.watch.read_captures import catalogue_of
from tests.post_office import PASSWORD, USER, PostOffice, make_certificates, post_office

KILLS, MESSAGES = 300, 4
DEEDS = ("accept", "accept", "accept", "busy", "drop", "cut", "forget")
_START = datetime(2026, 11, 28, 7, 30, tzinfo=UTC)
_PAUSE = timedelta(hours=5)  # longer than any pause between two tries
_MOST_CALLS = 1000  # of functions of the program while it sends, to and fro; four messages take some 890
# Kills this process at one of the program's functions, counted from the moment at which it begins to send.
_KILLER = """
import os, signal, sys, threading
left, sends = int(os.environ["KILLED_AT"]), False
def profile(frame, event, argument):
    global left, sends
    sends = sends or frame.f_code.co_qualname == "Post.deliver"
    if sends and event in ("call", "return") and "/monitor/" in frame.f_code.co_filename:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.setprofile(profile)
threading.setprofile(profile)
"""


def main(arguments: list[str] | None = None) -> int:
    """Send and kill, and say what came of it; 1 where a message was lost or doubled."""
    if os.environ.get("SENDS_AT"):
        send(Path(), datetime.fromisoformat(os.environ["SENDS_AT"]))
        return 0
    parser = argparse.ArgumentParser(prog="python -m benchmarks.deliveries", description=__doc__)
    parser.add_argument("kills", type=int, nargs="?", default=KILLS)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    asked = parser.parse_args(arguments)
    for name in ("mail.log", "asyncio"):  # the server tells of everybody who hangs up
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        make_certificates(place / "post")
        (place / "sitecustomize.py").write_text(_KILLER)
        with post_office(place / "post") as office:
            return _Trial(place, office, random.Random(asked.seed)).run(asked.kills)


def send(place: Path, now: datetime) -> None:
    """What the killed program does: send what is due at that time."""
    project = Project(str(place / "config.yaml"))

    async def work() -> None:
        with catalogue_of(project.store) as catalogue:
            if catalogue:
                async with Post(project, catalogue, lambda _: None, lambda: now) as post:
                    await post.deliver()

    asyncio.run(work())


class _Trial:
    """Round after round of messages, each sent by programs that are killed until one is not."""

    def __init__(self, place: Path, office: PostOffice, chance: random.Random) -> None:
        self._place, self._office, self._chance = place, office, chance
        self._now, self._made, self._killed = _START, 0, 0
        self._lost: Counter[str] = Counter()  # answers, by message
        mail = f"from: m@example.org, server: localhost, port: {office.port}, ca_file: {office.root}"
        login = f"login: {{user: {USER}, password_env: SMTP_PASSWORD}}"
        readers = "readers: [{id: desk, mail: desk@example.org}]"
        (place / "config.yaml").write_text(f"mail: {{{mail}, {login}}}\n{readers}\npages: [{{id: a}}]\n")
        (place / "snapshots").mkdir()

    def run(self, kills: int) -> int:
        while self._killed < kills:
            self._put()
            for _ in range(self._chance.randint(1, 4)):
                self._send(self._chance.randint(1, _MOST_CALLS))
            while any(each.state is not State.SENT for each in self._deliveries()):
                self._send(0)
        came = Counter(_name(each.content) for each in self._office.letters)
        missing = self._made - len(came)
        doubled = sum(came[key] > 1 + self._lost[key] for key in came)
        again = sum(came.values()) - len(came)
        print(f"{self._killed} kills, {self._made} messages: {missing} lost, {doubled} doubled without need;")
        print(f"{again} came again, for {sum(self._lost.values())} answers of the server were lost")
        return int(bool(missing or doubled))

    def _put(self) -> None:
        made = []
        for _ in range(MESSAGES):
            self._made += 1
            id_ = f"{self._made:024x}"
            content = f"Message-ID: <{id_}@example.org>\r\nSubject: News\r\n\r\nA line.\r\n".encode()
            made.append(Message(id_, "desk", "mail", "desk@example.org", Occasion.ALERT, "News", content, self._now))
        with catalogue_of(Project(str(self._place / "config.yaml")).store) as catalogue:
            if catalogue:
                Deliveries(catalogue).put(made, self._now)

    def _send(self, calls: int) -> None:
        """A run of the program, killed after so many calls; 0 for one that ends."""
        self._now += _PAUSE
        self._office.script[:] = [self._chance.choice(DEEDS) if calls else "accept" for _ in range(MESSAGES)]
        before = len(self._office.letters)
        environment = {**os.environ, "SMTP_PASSWORD": PASSWORD, "SENDS_AT": self._now.isoformat()}
        root = str(Path(__file__).resolve().parent.parent)
        killed = {"PYTHONPATH": f"{self._place}{os.pathsep}{root}", "KILLED_AT": str(calls)}
        environment |= killed if calls else {"PYTHONPATH": root}
        command = [sys.executable, "-m", "benchmarks.deliveries"]
        done = subprocess.run(command, cwd=self._place, env=environment, start_new_session=True, check=False)
        self._killed += done.returncode < 0
        states = {each.message.id: each for each in self._deliveries()}
        for letter in self._office.letters[before:]:
            self._lost[_name(letter.content)] += _is_answer_lost(states[_name(letter.content)])

    def _deliveries(self) -> list[Delivery]:
        with catalogue_of(Project(str(self._place / "config.yaml")).store) as catalogue:
            return Deliveries(catalogue).listed() if catalogue else []


def _is_answer_lost(delivery: Delivery) -> bool:
    """Whether the server hung up instead of answering, or the program was killed before it had noted the answer."""
    is_killed = delivery.state is State.SENDING and delivery.handed_at is not None
    return is_killed or (delivery.state is State.WAITING and "broke the connection off" in (delivery.answer or ""))


def _name(content: bytes) -> str:
    return content.partition(b"<")[2].partition(b"@")[0].decode("ascii")


if __name__ == "__main__":
    sys.exit(main())
