"""What waits in the outbox: sent once, tried again at growing pauses, given up in the end, and never forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from monitor.deliver.tries import LONGEST, PAUSES, after_quiet, next_try
from monitor.errors import StoreError
from monitor.model.delivery import Answer, Delivered, Message, Occasion, State
from monitor.model.reader import Quiet, Reader
from monitor.store.catalogue.deliveries import Deliveries
from monitor.store.catalogue.opened import Catalogue
from monitor.watch import under_way
from monitor.watch.deliver_due import NAME, Post, tell_given_up
from monitor.watch.project import Project
from monitor.watch.read_captures import catalogue_of
from tests.post_office import OPENSSL, PASSWORD, REASON, USER, PostOffice, make_certificates, post_office

needs_openssl = pytest.mark.skipif(OPENSSL is None, reason=REASON)
NOW = datetime(2026, 11, 28, 7, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=900)
TEXT = b"Message-ID: <%d@example.org>\r\nFrom: m@example.org\r\nSubject: News\r\n\r\nA line.\r\n"


class Outbox:
    """A project with an outbox, whose clock stands until it is told to go on."""

    def __init__(self, place: Path, catalogue: Catalogue) -> None:
        self.project = Project(str(place / "config.yaml"))
        self.catalogue, self.deliveries = catalogue, Deliveries(catalogue)
        self.now = NOW

    def put(
        self,
        *numbers: int,
        channel: str = "mail",
        content: bytes = TEXT,
        reader: str = "desk",
        due: datetime | None = None,
    ) -> None:
        made = [
            Message(
                id=f"{n:024x}", reader=reader, channel=channel, address=f"{reader}@example.org",
                occasion=Occasion.ALERT, subject="News", content=content.replace(b"%d", b"%d" % n), made_at=self.now,
                findings=(f"f{n}",),
            )
            for n in numbers
        ]  # fmt: skip
        self.deliveries.put(made, due or self.now)

    def deliver(self) -> list[Delivered]:
        told: list[Delivered] = []

        async def work() -> None:
            async with Post(self.project, self.catalogue, told.append, lambda: self.now) as post:
                await post.deliver()

        asyncio.run(work())
        return told

    def states(self) -> list[State]:
        return [each.state for each in self.deliveries.listed()]

    def complaints(self) -> list[str]:
        said: list[str] = []
        tell_given_up(self.catalogue, said.append, lambda: self.now)
        return said


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostOffice]:
    folder = tmp_path_factory.mktemp("post")
    make_certificates(folder)
    with post_office(folder) as office:
        yield office


@contextmanager
def outbox_in(place: Path, config: str) -> Iterator[Outbox]:
    (place / "config.yaml").write_text(config)
    (place / "snapshots").mkdir()
    with catalogue_of(Project(str(place / "config.yaml")).store) as catalogue:
        assert catalogue
        yield Outbox(place, catalogue)


@pytest.fixture
def outbox(tmp_path: Path, office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outbox]:
    office.script.clear()
    office.letters.clear()
    monkeypatch.setenv("SMTP_PASSWORD", PASSWORD)
    config = (
        f"mail: {{from: m@example.org, server: localhost, port: {office.port}, ca_file: {office.root},\n"
        f"  login: {{user: {USER}, password_env: SMTP_PASSWORD}}}}\n"
        "readers: [{id: desk, mail: desk@example.org}]\npages: [{id: a}]\n"
    )
    with outbox_in(tmp_path, config) as outbox:
        yield outbox


def numbers(office: PostOffice) -> list[int]:
    return sorted(int(each.content.partition(b"<")[2].partition(b"@")[0]) for each in office.letters)


@needs_openssl
def test_each_message_arrives_once_whoever_asks_how_often(outbox: Outbox, office: PostOffice) -> None:
    outbox.put(1, 2, 3, 4, 5)
    outbox.put(3)
    assert [each.state for each in outbox.deliver()] == [State.SENT] * 5
    assert outbox.deliver() == []
    assert numbers(office) == [1, 2, 3, 4, 5]


@needs_openssl
def test_a_server_that_fails_in_every_way_is_asked_again_at_growing_pauses(outbox: Outbox, office: PostOffice) -> None:
    outbox.put(1)
    office.script.extend(["busy", "drop", "cut", "busy"])
    pauses = []
    for _ in range(4):
        [tried] = outbox.deliver()
        assert (tried.state, outbox.deliver()) == (State.WAITING, [])
        assert tried.again
        pauses.append((tried.again - outbox.now).total_seconds())
        outbox.now = tried.again
    assert [each.state for each in outbox.deliver()] == [State.SENT]
    assert pauses == list(PAUSES[:4])
    assert (numbers(office), outbox.complaints()) == ([1], [])


@needs_openssl
def test_an_answer_that_was_lost_brings_the_same_mail_again_and_no_other(outbox: Outbox, office: PostOffice) -> None:
    outbox.put(1, 2)
    office.script.extend(["forget", "forget"])
    outbox.deliver()
    outbox.now += timedelta(minutes=1)
    outbox.deliver()
    assert numbers(office) == [1, 1, 2, 2]
    assert outbox.states() == [State.SENT, State.SENT]


@needs_openssl
def test_a_refusal_for_good_is_given_up_at_once_and_told_once_in_the_servers_words(
    outbox: Outbox, office: PostOffice
) -> None:
    outbox.put(1, 2)
    office.script.extend(["full", "nobody"])
    assert {each.state for each in outbox.deliver()} == {State.GIVEN_UP}
    said = outbox.complaints()
    assert len(said) == 2
    assert any("given up after 1 try, the last answer: localhost" in each for each in said)
    assert any("says 552 5.3.4 too much for this mailbox; monitor outbox --resend" in each for each in said)
    assert outbox.complaints() == []


@needs_openssl
def test_a_server_that_is_away_for_long_is_given_up_and_can_be_asked_again_by_hand(
    outbox: Outbox, office: PostOffice
) -> None:
    outbox.put(1)
    office.close()
    tries = 0
    while (told := outbox.deliver()) and told[0].again:
        outbox.now, tries = told[0].again, tries + 1
    assert [each.state for each in told] == [State.GIVEN_UP]
    assert outbox.now - NOW > LONGEST
    assert len(PAUSES) < tries < 50
    assert "Connection refused" in outbox.complaints()[0]
    office.open()
    outbox.deliveries.send_again(f"{1:024x}", outbox.now)
    assert [each.state for each in outbox.deliver()] == [State.SENT]
    assert numbers(office) == [1]


@needs_openssl
def test_what_was_left_in_the_middle_is_sent_and_its_doubt_is_kept(outbox: Outbox, office: PostOffice) -> None:
    outbox.put(1, 2)
    for number in (1, 2):
        assert outbox.deliveries.claim(f"{number:024x}", NOW)
    outbox.deliveries.hand_over(f"{2:024x}", NOW)
    assert outbox.deliveries.claim(f"{1:024x}", NOW) is None
    left = outbox.deliveries.recover(NOW)
    assert [each.message.id for each in left] == [f"{2:024x}"]
    assert [each.state for each in outbox.deliver()] == [State.SENT] * 2
    assert numbers(office) == [1, 2]


@needs_openssl
def test_two_who_deliver_at_a_time_send_each_message_once(
    outbox: Outbox, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox.put(*range(8))

    async def both() -> None:
        async with (
            Post(outbox.project, outbox.catalogue, lambda _: None) as one,
            Post(outbox.project, outbox.catalogue, lambda _: None) as other,
        ):
            outbox.now = datetime.now(UTC)
            await asyncio.gather(one.deliver(), other.deliver())

    asyncio.run(both())
    assert numbers(office) == list(range(8))
    outbox.put(9)
    monkeypatch.setattr(under_way, "_WAIT", 0.05)
    with FileLock(str(Path(outbox.project.store.folder) / NAME)), pytest.raises(StoreError, match="another process"):
        outbox.deliver()


def test_a_reader_who_is_not_in_the_config_any_more_is_told_of(tmp_path: Path) -> None:
    with outbox_in(tmp_path, "readers: [{id: other, stdout: yes}]\npages: [{id: a}]\n") as outbox:
        outbox.put(1)
        assert [each.state for each in outbox.deliver()] == [State.GIVEN_UP]
        assert "config.yaml has no mail for desk any more" in outbox.complaints()[0]


def test_a_secret_that_is_not_there_costs_no_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("HOOK_SECRET", raising=False)
    config = "readers: [{id: desk, webhook: {url: 'http://127.0.0.1:9/', secret_env: HOOK_SECRET}}]\npages: [{id: a}]\n"
    with outbox_in(tmp_path, config) as outbox:
        outbox.put(1, channel="webhook")
        [told] = outbox.deliver()
    assert (told.state, told.said) == (
        State.WAITING, "the environment variable HOOK_SECRET is not there; set it, or name another one in config.yaml",
    )  # fmt: skip
    assert capsys.readouterr().out == ""


# -- when


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        ("2026-11-28T21:59", "2026-11-28T21:59"),
        ("2026-11-28T22:00", "2026-11-29T07:00"),
        ("2026-11-29T03:00", "2026-11-29T07:00"),
        ("2026-11-29T07:00", "2026-11-29T07:00"),
        ("2027-03-28T00:30", "2027-03-28T06:00"),  # the night in which the clock is put forward
        ("2027-03-28T05:59", "2027-03-28T06:00"),
    ],
)
def test_nothing_is_sent_in_quiet_hours_of_the_readers_zone(at: str, sent: str) -> None:
    desk = Reader("desk", quiet=Quiet("22:00", "07:00"), zone="Europe/London")
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert after_quiet(desk, moment) == datetime.fromisoformat(sent).replace(tzinfo=UTC)


def test_quiet_hours_of_one_day_end_on_that_day() -> None:
    desk = Reader("desk", quiet=Quiet("12:00", "14:00"))
    assert after_quiet(desk, NOW.replace(hour=13)) == NOW.replace(hour=14, minute=0)
    assert after_quiet(desk, NOW.replace(hour=15)) == NOW.replace(hour=15)


def test_another_try_waits_for_the_end_of_quiet_hours() -> None:
    desk = Reader("desk", quiet=Quiet("07:00", "09:00"))
    assert next_try(1, NOW, NOW, desk) == NOW.replace(hour=9, minute=0)
    assert next_try(1, NOW, NOW + LONGEST + timedelta(seconds=1), desk) is None


# -- told


def test_a_finding_is_told_to_a_reader_once_and_with_the_mark(tmp_path: Path) -> None:
    def message(id_: str, *findings: str) -> Message:
        return Message(id_, "desk", "stdout", "", Occasion.ALERT, "News", b"text", NOW, findings)

    with outbox_in(tmp_path, "readers: [{id: desk, stdout: yes}]\npages: [{id: a}]\n") as there:

        def tell(*messages: Message) -> list[str]:
            assert there.catalogue.tell("a", "a/2026-11-28T073000Z.warc.gz", NOW, [(each, NOW) for each in messages])
            return sorted(each.message.id for each in there.deliveries.listed())

        assert tell(message("1", "f1"), message("2", "f1")) == ["1", "2"]
        assert tell(message("3", "f1")) == ["1", "2"]
        assert tell(message("4", "f1", "f2")) == ["1", "2", "4"]
        assert there.catalogue.mark_of("a") == "a/2026-11-28T073000Z.warc.gz"


def _names(found: Sequence[Delivered]) -> list[str]:
    return [each.message.id for each in found]


def test_what_is_dropped_is_not_sent(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    with outbox_in(tmp_path, "readers: [{id: desk, stdout: yes}]\npages: [{id: a}]\n") as outbox:
        outbox.put(1, 2, channel="stdout")
        outbox.deliveries.drop(f"{1:024x}", NOW)
        assert _names(outbox.deliver()) == [f"{2:024x}"]
    assert capsysbinary.readouterr().out.count(b"A line.") == 1


@pytest.mark.parametrize("is_dropped", [True, False])
def test_what_a_lost_alert_told_is_told_by_the_next_digest_and_known_then(tmp_path: Path, *, is_dropped: bool) -> None:
    """Also where a digest went out between the alert and its end; and the digest after that begins as ever."""
    day = timedelta(days=1)

    def put(id_: str, occasion: Occasion, at: datetime, *findings: str) -> None:
        until = at if occasion is Occasion.DIGEST else None
        there.deliveries.put([Message(id_, "desk", "stdout", "", occasion, "News", b"text", at, findings, until)], at)

    def knows() -> tuple[list[str], datetime | None]:
        return sorted(there.catalogue.told_to("desk", ["f1", "f2"])), there.catalogue.last_digest("desk", LATER)

    def end(id_: str, at: datetime, answer: Answer) -> None:
        assert there.deliveries.claim(id_, at)
        there.deliveries.settle(id_, answer, at, None)

    with outbox_in(tmp_path, "readers: [{id: desk, stdout: yes}]\npages: [{id: a}]\n") as there:
        put("1", Occasion.ALERT, NOW, "f1")
        put("2", Occasion.DIGEST, NOW + 2 * day, "f2")
        end("2", NOW + 2 * day, Answer(True, "taken"))
        assert knows() == (["f1", "f2"], NOW + 2 * day)
        if is_dropped:
            assert there.deliveries.drop("1", NOW + 3 * day) == 1
        else:
            end("1", NOW + 3 * day, Answer(False, "no", is_final=True))
        assert knows() == (["f2"], NOW)
        put("3", Occasion.DIGEST, NOW + 4 * day, "f1")
        assert knows() == (["f1", "f2"], NOW + 4 * day)
        assert there.deliveries.drop("1", NOW + 5 * day) == 0
        assert knows() == (["f1", "f2"], NOW + 4 * day)


def test_a_message_to_an_address_that_is_the_readers_no_longer_is_not_sent(tmp_path: Path) -> None:
    config = "mail: {from: m@example.org, server: localhost}\nreaders: [{id: desk, mail: new@example.org}]\n"
    with outbox_in(tmp_path, f"{config}pages: [{{id: a}}]\n") as outbox:
        outbox.put(1)
        [told] = outbox.deliver()
    assert (told.state, told.said) == (State.GIVEN_UP, "config.yaml has no mail to desk@example.org for desk any more")


def test_what_quiet_hours_hold_back_is_told_once(tmp_path: Path) -> None:
    config = "readers: [{id: desk, stdout: yes, zone: Europe/Berlin, quiet: 22:00-07:00}]\npages: [{id: a}]\n"
    told: list[Delivered] = []
    with outbox_in(tmp_path, config) as outbox:
        outbox.now = NOW.replace(hour=23)
        [desk] = outbox.project.config.readers
        outbox.put(1, channel="stdout", due=after_quiet(desk, outbox.now))
        post = Post(outbox.project, outbox.catalogue, told.append, lambda: outbox.now)
        post.tell_held(outbox.now + timedelta(seconds=1))
        assert told == []
        for _ in range(3):
            post.tell_held()
        [each] = told
        assert (each.state, each.said) == (State.WAITING, "quiet hours, goes out at 07:00 (Europe/Berlin)")
        outbox.now += timedelta(hours=8)
        Post(outbox.project, outbox.catalogue, told.append, lambda: outbox.now).tell_held()
        assert told == [each]


def test_what_is_dropped_during_a_try_stays_dropped_unless_it_arrived(tmp_path: Path) -> None:
    with outbox_in(tmp_path, "readers: [{id: desk, stdout: yes}]\npages: [{id: a}]\n") as there:
        for id_, answer, becomes in (
            ("1", Answer(False, "451 later"), State.DROPPED),
            ("2", Answer(False, "550 no", is_final=True), State.DROPPED),
            ("3", Answer(True, "taken"), State.SENT),
        ):
            there.deliveries.put([Message(id_, "desk", "stdout", "", Occasion.ALERT, "News", b"text", NOW)], NOW)
            assert there.deliveries.claim(id_, NOW)
            there.deliveries.drop(id_, NOW)
            again = None if answer.is_sent or answer.is_final else NOW + timedelta(minutes=1)
            assert there.deliveries.settle(id_, answer, NOW, again) is becomes
            [delivery] = there.deliveries.named(id_)
            assert delivery.state is becomes
        assert there.deliveries.next_due() is None
