"""The ways to a reader beside mail: a signed webhook, a service that apprise knows, a folder."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.deliver.by_webhook import headers_of
from monitor.deliver.channels import CHANNELS
from monitor.deliver.to_folder import bundle
from monitor.model.delivery import Delivered, State
from monitor.model.reader import Channel
from monitor.report import render_digest
from tests.digests import usual
from tests.receiver import Asked, Receiver, receiving
from tests.test_outbox import outbox_in

SECRET = "what both sides know"  # noqa: S105  of the test's own
PAGES = "pages: [{id: a}]\n"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def sent(place: Path, config: str, channel: str) -> Delivered:
    with outbox_in(place, config) as outbox:
        outbox.put(1, channel=channel)
        [told] = outbox.deliver()
    return told


def to_webhook(place: Path, receiver: Receiver, *, is_private: bool = True) -> Delivered:
    hosts = f'hosts: [{{host: "{receiver.host}", private: yes}}]\n' if is_private else ""
    reader = f"{{id: desk, webhook: {{url: '{receiver.url}', secret_env: HOOK_SECRET, key: k2}}}}"
    return sent(place, f"{hosts}readers: [{reader}]\n{PAGES}", "webhook")


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK_SECRET", SECRET)


def is_signed(asked: Asked, secret: str) -> bool:
    """As a receiver tells it, by its own means."""
    told = f"{asked.headers['webhook-id']}.{asked.headers['webhook-timestamp']}.".encode() + asked.body
    mine = base64.b64encode(hmac.new(secret.encode(), told, hashlib.sha256).digest()).decode()
    return asked.headers["webhook-signature"] == f"v1,{mine}"


def test_a_webhook_is_signed_over_its_key_its_time_and_its_body(tmp_path: Path, receiver: Receiver) -> None:
    assert to_webhook(tmp_path, receiver).state is State.SENT
    [asked] = receiver.asked
    assert is_signed(asked, SECRET)
    assert not is_signed(asked, SECRET + "!")
    assert not is_signed(asked._replace(body=asked.body + b" "), SECRET)
    assert not is_signed(asked._replace(headers={**asked.headers, "webhook-timestamp": "1"}), SECRET)
    assert asked.headers["idempotency-key"] == asked.headers["webhook-id"] == f"{1:024x}"
    assert (asked.headers["webhook-key"], asked.headers["content-type"]) == ("k2", "application/json")


def test_the_signature_is_that_of_the_standards_own_example() -> None:
    """https://github.com/standard-webhooks/standard-webhooks, the reference implementations' test vector."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    headers = headers_of("msg_p5jXN8AQM9LWM0D4loKWxJek", body, 1614265330, "1", secret)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, State.SENT),
        (202, State.SENT),
        (302, State.WAITING),
        (400, State.GIVEN_UP),
        (410, State.GIVEN_UP),
        (429, State.WAITING),
        (500, State.WAITING),
        (503, State.WAITING),
    ],
)
def test_what_the_receiver_answers_decides(tmp_path: Path, receiver: Receiver, status: int, state: State) -> None:
    receiver.status, receiver.said = status, "so it is\n\x1b[31mindeed"
    told = to_webhook(tmp_path, receiver)
    assert (told.state, told.said) == (state, f"{status} so it is \x1b[31mindeed")
    assert [each.path for each in receiver.asked] == ["/hook"]


@pytest.mark.parametrize(
    ("raw", "pause"),
    [
        ([b"Content-Length: 200\r\n\r\nso"], 0.0),
        ([b"Content-Length: 2000\r\n\r\nso", *[b"."] * 1000], 0.1),
        ([b"Transfer-Encoding: chunked\r\n\r\n2\r\nso\r\nzz\r\n"], 0.0),
        ([b"\r\nso", *[b"." * 10_000] * 10_000], 0.0),
    ],
    ids=["broken off", "drips", "no chunks", "endless"],
)
@pytest.mark.parametrize(("status", "state"), [(b"200 OK", State.SENT), (b"410 Gone", State.GIVEN_UP)])
def test_the_status_decides_whatever_becomes_of_the_rest(
    tmp_path: Path, receiver: Receiver, status: bytes, state: State, raw: list[bytes], pause: float
) -> None:
    receiver.raw, receiver.pause = [b"HTTP/1.1 " + status + b"\r\n", *raw], pause
    told = to_webhook(tmp_path, receiver)
    assert (told.state, told.said[:6]) == (state, f"{status[:3].decode()} so")
    assert len(receiver.asked) == 1


def test_a_webhook_on_a_private_network_is_not_asked_unless_that_is_meant(tmp_path: Path, receiver: Receiver) -> None:
    told = to_webhook(tmp_path, receiver, is_private=False)
    assert told.state is State.WAITING
    assert "private: yes" in told.said
    assert receiver.asked == []


def test_what_apprise_knows_is_told_by_it(tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    config = f"readers: [{{id: desk, apprise: {{url_env: NOTIFY_URL}}}}]\n{PAGES}"
    monkeypatch.setenv("NOTIFY_URL", f"json://{receiver.host}/hook")
    receiver.status = 200
    assert sent(tmp_path / "a", config, "apprise").state is State.SENT
    [asked] = receiver.asked
    told = json.loads(asked.body)
    assert (told["title"], told["message"].splitlines()[-1]) == ("News", "A line.")
    receiver.status = 500
    assert sent(tmp_path / "b", config, "apprise").state is State.WAITING
    monkeypatch.setenv("NOTIFY_URL", "nothing://at.all")
    assert "apprise knows no service with this address" in sent(tmp_path / "c", config, "apprise").said


@pytest.fixture(autouse=True)
def _places(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()


def test_a_message_that_is_written_twice_is_one_file(tmp_path: Path) -> None:
    with outbox_in(tmp_path, f"readers: [{{id: desk, folder: site}}]\n{PAGES}") as outbox:
        outbox.put(1, channel="folder", content=bundle("<p>News", render_digest(usual(), "atom")).encode())
        [told] = outbox.deliver()
        first = {each.name: each.read_text("utf-8") for each in (tmp_path / "site").iterdir()}
        outbox.deliveries.send_again(told.message.id, outbox.now)
        outbox.deliver()
    assert told.state is State.SENT
    found = {each.name: each.read_text("utf-8") for each in (tmp_path / "site").iterdir()}
    assert found == first
    assert found.keys() == {"2026-11-28T073000Z-alert-00000000.html", "findings.atom", "index.html"}
    assert found["2026-11-28T073000Z-alert-00000000.html"] == "<p>News"


def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file in its place")
    with outbox_in(tmp_path, f"readers: [{{id: desk, folder: site}}]\n{PAGES}") as outbox:
        outbox.put(1, channel="folder", content=bundle("<p>News", None).encode())
        [told] = outbox.deliver()
    assert (told.state, "cannot" in told.said) == (State.WAITING, True)


def test_every_channel_of_the_config_has_a_way() -> None:
    assert set(CHANNELS) == set(Channel.__args__)
    assert all(callable(way.send()) for way in CHANNELS.values())
