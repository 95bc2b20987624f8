"""A mail on its way to a real server: what arrives, what is certain, what is tried again, what is refused for good."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest

from monitor.capture.trust import trusting
from monitor.deliver.by_smtp import Patience, send
from monitor.deliver.channels import Posted, Shelf, Tools
from monitor.errors import MonitorError
from monitor.model.delivery import Answer, Message, Occasion
from monitor.model.reader import Dkim, Mail
from monitor.model.request import Login, Secret
from tests.post_office import OPENSSL, PASSWORD, REASON, USER, PostOffice, make_certificates, post_office

pytestmark = pytest.mark.skipif(OPENSSL is None, reason=REASON)
NOW = datetime(2026, 11, 28, 7, 30, tzinfo=UTC)
CONTENT = (
    b"Message-ID: <1@example.org>\r\nFrom: m@example.org\r\nTo: desk@example.org\r\nSubject: News\r\n"
    b"Date: Sat, 28 Nov 2026 07:30:00 +0000\r\n\r\nA line.\r\n.a line with a dot\r\n.\r\nthe last\r\n"
)
QUICK = Patience(connect=2.0, command=2.0, ending=0.3)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("post")
    make_certificates(folder)
    return folder


@pytest.fixture
def office(certificates: Path) -> Iterator[PostOffice]:
    with post_office(certificates) as office:
        yield office


def message(content: bytes = CONTENT) -> Message:
    return Message("1", "desk", "mail", "Desk <desk@example.org>", Occasion.ALERT, "News", content, NOW)


def mail(office: PostOffice, **other: object) -> Mail:
    login = Login(USER, Secret(value=PASSWORD))
    settings = {"port": office.port, "login": login, "ca_file": str(office.root), **other}
    return Mail(("desk@example.org",), "monitor <m@example.org>", "localhost", **settings)  # type: ignore[arg-type]


def _open(secret: Secret) -> str:
    return secret.value or ""


async def _no_post(*_: object) -> Posted:
    raise AssertionError("a mail is not posted")


NO_SHELF = Shelf(lambda *_: "", lambda newer, _: newer, asyncio.Lock())


def sent(mail: Mail, message: Message = message()) -> tuple[Answer, bool]:  # noqa: B008  a value that never changes
    """The answer, and whether the server could have had all of it."""
    handed: list[bool] = []
    tools = Tools("", lambda: NOW, _open, _open, trusting, _no_post, NO_SHELF)
    return asyncio.run(send(message, mail, tools, lambda: handed.append(True), QUICK)), bool(handed)


def test_a_mail_arrives_to_the_letter_over_tls_and_logged_in(office: PostOffice) -> None:
    answer, handed = sent(mail(office))
    assert (answer, handed) == (Answer(True, "250 2.0.0 taken"), True)
    assert [(each.to, each.content) for each in office.letters] == [("desk@example.org", CONTENT)]


@pytest.mark.parametrize(
    ("deed", "said", "is_final", "is_handed"),
    [
        ("busy", "says 451 4.3.0 try again later", False, True),
        ("full", "says 552 5.3.4 too much for this mailbox", True, True),
        ("nobody", "says 550 5.1.1 nobody of that name is here", True, False),
        ("drop", "broke the connection off", False, False),
        ("cut", "broke the connection off", False, None),
        ("forget", "broke the connection off", False, True),
        ("hang", "does not answer", False, True),
    ],
)
def test_what_a_server_does_is_told_in_its_words(
    office: PostOffice, deed: str, said: str, is_final: bool, is_handed: bool | None
) -> None:
    office.script.append(deed)
    answer, handed = sent(mail(office))
    assert answer == Answer(False, f"localhost:{office.port} {said}", is_final)
    assert is_handed is None or handed is is_handed
    assert len(office.letters) == (deed == "forget")


def test_a_server_that_is_away_is_asked_again(office: PostOffice) -> None:
    office.close()
    answer, handed = sent(mail(office))
    assert answer == Answer(False, f"localhost:{office.port} cannot be used: Connection refused")
    assert not handed


def test_a_wrong_password_or_a_strange_certificate_is_no_reason_to_give_up(office: PostOffice, tmp_path: Path) -> None:
    answer, _ = sent(mail(office, login=Login(USER, Secret(value="wrong"))))
    assert (answer.is_sent, answer.is_final) == (False, False)
    assert "does not let this login in: 535" in answer.said
    make_certificates(tmp_path / "other")
    answer, _ = sent(mail(office, ca_file=str(tmp_path / "other" / "root.pem")))
    assert (answer.is_sent, answer.is_final) == (False, False)
    assert "certificate that is not to be trusted" in answer.said


def test_a_certificate_of_another_host_is_not_trusted(tmp_path: Path) -> None:
    make_certificates(tmp_path / "post", "DNS:mail.example.org")
    with post_office(tmp_path / "post") as office:
        answer, handed = sent(mail(office))
    assert "certificate that is not to be trusted: Hostname mismatch" in answer.said
    assert not handed


def test_nothing_goes_in_the_clear_where_a_server_has_no_starttls(certificates: Path) -> None:
    with post_office(certificates, has_tls=False, needs_login=False) as office, pytest.raises(MonitorError) as raised:
        sent(mail(office, login=None))
    assert str(raised.value) == (
        f"localhost:{office.port} offers no STARTTLS; write security: tls or another port; none sends all in the clear"
    )
    with post_office(certificates, has_tls=False, needs_login=False) as office:
        assert sent(mail(office, login=None, security="none"))[0].is_sent


def test_a_mail_that_is_larger_than_the_server_takes_is_not_begun(office: PostOffice) -> None:
    answer, handed = sent(mail(office), message(CONTENT + b"x" * 34_000_000))
    assert (answer.is_final, handed) == (True, False)
    assert "more than most_bytes" in answer.said
    answer, handed = sent(mail(office, most_bytes=100_000_000), message(CONTENT + b"x" * 34_000_000))
    assert (answer.is_final, handed) == (True, False)
    assert "says 552 it takes 33,554,432 bytes at most" in answer.said


def test_a_signature_holds_when_the_mail_has_arrived(office: PostOffice) -> None:
    import dkim
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    asked: list[bytes] = []

    def of_dns(name: bytes, **_: object) -> bytes:
        import base64

        asked.append(name)
        return b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)

    extra = b"List-Unsubscribe: <https://example.org/off>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    signing = Dkim("s1", Secret(value=private.decode()))
    assert sent(mail(office, dkim=signing), message(extra + CONTENT))[0].is_sent
    [letter] = office.letters
    assert dkim.verify(letter.content, dnsfunc=of_dns)
    assert asked == [b"s1._domainkey.example.org."]
    assert "list-unsubscribe-post" in message_from_bytes(letter.content)["DKIM-Signature"].lower()
    assert not dkim.verify(letter.content.replace(b"A line", b"A lie"), dnsfunc=of_dns)


def test_tls_from_the_beginning(certificates: Path) -> None:
    """Over a relay of ours: aiosmtpd begins in the clear."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "server.pem", certificates / "server.key")
    with post_office(certificates, has_tls=False, needs_login=False) as office:

        async def work() -> Answer:
            done = asyncio.Event()

            async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                there, back = await asyncio.open_connection("127.0.0.1", office.port)
                try:
                    await asyncio.gather(_pump(reader, back), _pump(there, writer), return_exceptions=True)
                finally:
                    back.transport.abort()
                    writer.transport.abort()
                    done.set()

            async with await asyncio.start_server(relay, "127.0.0.1", 0, ssl=context) as server:
                port = server.sockets[0].getsockname()[1]
                tools = Tools("", lambda: NOW, _open, _open, trusting, _no_post, NO_SHELF)
                secured = mail(office, login=None, security="tls", port=port)
                answer = await send(message(), secured, tools, lambda: None, QUICK)
                await done.wait()
                return answer

        assert asyncio.run(work()).is_sent
    assert len(office.letters) == 1


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while part := await source.read(65536):
        target.write(part)
    target.close()
