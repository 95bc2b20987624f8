"""A mail on its way to a real server: what arrives, what is certain, what is tried again, what is refused for good."""

from __future__ import annotations

import asyncio
import base64
import hmac
import ssl
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest

from monitor.capture.trust import trusting
from monitor.config.addresses import mail_address
from monitor.deliver.by_smtp import send
from monitor.deliver.channels import Posted, Shelf, Tools
from monitor.deliver.smtp_session import Patience
from monitor.errors import MonitorError
from monitor.model.delivery import Answer, Message, Occasion
from monitor.model.reader import Dkim, Mail
from monitor.model.request import Login, Secret
from tests.post_office import OPENSSL, PASSWORD, REASON, USER, PostOffice, make_certificates, post_office
from tests.rude_post import Answer as RudeAnswer, RudePost, endless, rude_post, slowly

pytestmark = pytest.mark.skipif(OPENSSL is None, reason=REASON)
NOW = datetime(2026, 11, 28, 7, 30, tzinfo=UTC)
CONTENT = (
    b"Message-ID: <1@example.org>\r\nFrom: m@example.org\r\nTo: desk@example.org\r\nSubject: News\r\n"
    b"Date: Sat, 28 Nov 2026 07:30:00 +0000\r\n\r\nA line.\r\n.a line with a dot\r\n.\r\nthe last\r\n"
)
QUICK = Patience(connect=2.0, command=2.0, ending=0.3)
HASTY = Patience(connect=0.5, command=0.5, ending=0.5, farewell=0.3)


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
    settings = {"sender": "monitor <m@example.org>", "port": office.port, "login": login, "ca_file": str(office.root)}
    return Mail(("desk@example.org",), server="localhost", **{**settings, **other})  # type: ignore[arg-type]


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


def test_a_comma_in_a_name_takes_nothing_from_the_address(office: PostOffice) -> None:
    to = message()._replace(address=mail_address('"Desk, News" <news@example.org>'))
    answer, _ = sent(mail(office, sender=mail_address('"Monitor, Desk" <m@example.org>')), to)
    assert answer.is_sent
    assert [(each.sender, each.to) for each in office.letters] == [("m@example.org", "news@example.org")]


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


# -- servers that are not decent


def rudely(
    post: RudePost, password: str | None = None, patience: Patience = HASTY, handed: list[bool] | None = None
) -> Answer:
    """What sending a mail to such a server comes to, less its address."""
    login = Login("monitor", Secret(value=password)) if password else None
    way = Mail(("desk@example.org",), "m@example.org", "127.0.0.1", port=post.port, security="none", login=login)
    tools = Tools("", lambda: NOW, _open, _open, trusting, _no_post, NO_SHELF)
    handing = (handed if handed is not None else []).append
    answer = asyncio.run(send(message(), way, tools, lambda: handing(True), patience))
    return answer._replace(said=answer.said.removeprefix(f"127.0.0.1:{post.port} "))


MUCH = b"250-" + b"x" * 500 + b"\r\n"


@pytest.mark.parametrize(
    ("step", "answer", "said"),
    [
        ("GREET", slowly(b"2"), "does not answer"),
        ("GREET", slowly(b"220-here\r\n"), "does not answer"),
        ("GREET", endless(b"220-here\r\n"), "answers without an end"),
        ("EHLO", endless(MUCH), "answers without an end"),
        ("EHLO", endless(b"x" * 1000), "answers without an end"),
        ("EHLO", slowly(MUCH), "does not answer"),
        ("MAIL", slowly(b"2"), "does not answer"),
        ("MAIL", b"", "broke the connection off"),
        ("RCPT", b"OK, go on\r\n", "answers what is no SMTP: OK, go on"),
        ("END", slowly(b"2"), "does not answer"),
        ("END", b"taken \xff\r\n", "answers what is no SMTP: taken \ufffd"),
        ("END", b"999 taken\r\n", "answers what is no SMTP: 999 taken"),
    ],
)
def test_no_server_holds_a_mail_up_for_ever_or_fills_the_memory(step: str, answer: RudeAnswer, said: str) -> None:
    begun = time.monotonic()
    with rude_post(**{step: answer}) as post:
        assert rudely(post) == Answer(False, said)
    assert time.monotonic() - begun < 10


def test_a_server_that_is_slow_at_each_step_has_a_limit_for_all_of_them() -> None:
    with rude_post(RCPT=slowly(b"250-well\r\n"), MAIL=b"250 well\r\n") as post:
        assert rudely(post, patience=Patience(connect=9, command=9, whole=0.5)).said == "does not answer"
    assert post.mails == []


@pytest.mark.parametrize("farewell", [endless(MUCH), slowly(b"2"), b""], ids=["endless", "slow", "none"])
def test_a_mail_that_was_taken_is_settled_before_the_farewell(farewell: RudeAnswer) -> None:
    with rude_post(QUIT=farewell) as post:
        begun = time.monotonic()
        assert rudely(post, patience=Patience(farewell=3.0)) == Answer(True, "250 taken")
        assert time.monotonic() - begun < 2.5


@pytest.mark.parametrize(
    "answer",
    [
        b"200 OK\r\n",
        b"251 OK\r\n",
        b"250\r\n",
        b"250 " + b"x" * 200_000 + b"\r\n",
        endless(b"250-" + b"x" * 1000),
        endless(MUCH),
        slowly(b"250-OK\r\n"),
        slowly(b"250 O"),
        b"250-OK\r\n\x1b[31mgarbage\r\n250 x\r\n",
    ],
    ids=["200", "251", "bare", "long", "endless line", "endless lines", "slow lines", "slow line", "garbled"],
)
def test_the_first_digit_decides_whether_a_mail_was_taken(answer: RudeAnswer) -> None:
    with rude_post(END=answer) as post:
        found = rudely(post)
    assert found.is_sent
    assert found.said[:3].isdigit()
    assert len(found.said) <= 300


@pytest.mark.parametrize("answer", [endless(b"550-nobody\r\n"), slowly(b"550-nobody\r\n"), slowly(b"550 no")])
def test_a_refusal_that_does_not_end_is_one(answer: RudeAnswer) -> None:
    with rude_post(RCPT=answer) as post:
        found = rudely(post)
    assert (found.is_sent, found.is_final, found.said[:11]) == (False, True, "says 550 no")


def test_a_size_that_is_no_number_is_no_limit() -> None:
    for size in (b"9" * 5000, b"0", b"many", b"\xb2"):
        with rude_post(EHLO=b"250-here\r\n250 SIZE " + size + b"\r\n") as post:
            assert rudely(post).is_sent


@pytest.mark.parametrize("way", ["PLAIN", "LOGIN", "CRAM-MD5"])
def test_a_password_may_be_in_any_alphabet(way: str) -> None:
    challenge, secret = b"<1.2@here>", "geheimß пароль"
    challenges = {"LOGIN": [b"VXNlcm5hbWU6", b"UGFzc3dvcmQ6"], "CRAM-MD5": [base64.b64encode(challenge)]}.get(way, [])
    answers = [*(b"334 " + each + b"\r\n" for each in challenges), b"235 come in\r\n"]
    with rude_post(EHLO=b"250-here\r\n250 AUTH %s\r\n" % way.encode()) as post:
        post.rest = answers
        assert rudely(post, secret) == Answer(True, "250 taken")
    mac = hmac.new(secret.encode(), challenge, "md5").hexdigest().encode()
    told = {"PLAIN": b"\0monitor\0" + secret.encode(), "LOGIN": secret.encode(), "CRAM-MD5": b"monitor " + mac}
    assert base64.b64encode(told[way]) in {each.split()[-1] for each in post.commands}


@pytest.mark.parametrize("way", ["PLAIN", "LOGIN"])
@pytest.mark.parametrize("cut", [1000, 30, 12])
def test_what_was_sent_to_log_in_is_in_no_answer_that_is_kept(way: str, cut: int) -> None:
    secret = "a pass phrase of some length"  # noqa: S105  of the test's own

    def echo(post: RudePost) -> Iterable[bytes]:
        asked = post.commands[-1].split()[-1][:cut]
        return [
            b"334 UGFzc3dvcmQ6\r\n"
            if asked in (b"LOGIN", b"bW9uaXRvcg==")
            else b"535 no: %s (%s)\r\n" % (asked, secret.encode())
        ]

    with rude_post(EHLO=b"250-here\r\n250 AUTH %s\r\n" % way.encode(), AUTH=echo, ANY=echo) as post:
        found = rudely(post, secret)
    assert found == Answer(False, "does not let this login in: 535 no: (withheld) ((withheld))")


def test_a_challenge_that_is_none_is_a_login_refused() -> None:
    greeting = b"250-here\r\n250 AUTH CRAM-MD5\r\n"
    with rude_post(EHLO=greeting, AUTH=b"334 !!!\r\n", ANY=b"501 then not\r\n") as post:
        assert rudely(post, "secret") == Answer(False, "does not let this login in: 501 then not")
    assert b"*" in post.commands


def test_nothing_said_in_the_clear_counts_as_said_by_tls(certificates: Path) -> None:
    greeting = {"EHLO": b"250-here\r\n250 STARTTLS\r\n", "STARTTLS": b"220 go on\r\n250 well\r\n"}
    with rude_post(**greeting) as post:
        way = Mail(("desk@example.org",), "m@example.org", "127.0.0.1", port=post.port)
        tools = Tools(str(certificates), lambda: NOW, _open, _open, trusting, _no_post, NO_SHELF)
        answer = asyncio.run(send(message(), way, tools, lambda: None, HASTY))
    assert "says in the clear what would count as said by TLS" in answer.said
