"""A mail → its receiver's server, by SMTP: over verified TLS, logged in, within time limits.

The session goes step by step, so that it is known what the server has: until the last dot of the mail is sent it has
nothing, and once it has answered that, it is settled. smtplib's own `sendmail` would make one step of all.
"""

from __future__ import annotations

import asyncio
import os
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import parseaddr
from typing import NamedTuple

from monitor.deliver.channels import Tools
from monitor.errors import ServiceError
from monitor.model.delivery import Answer, Message
from monitor.model.reader import Mail

# Seconds. RFC 5321, section 4.5.3.2, gives a server 5 minutes for a command and 10 for the end of a mail, since what is
# given up there may have arrived; for what is certain to be tried again, less is enough.
CONNECT, COMMAND, ENDING, QUIT = 30.0, 120.0, 600.0, 2.0
_LONGEST_SAID = 300


class Patience(NamedTuple):
    """How long to wait, in seconds: for the connection, for a command's answer, for that to the end of the mail."""

    connect: float = CONNECT
    command: float = COMMAND
    ending: float = ENDING


PATIENCE = Patience()


class _RefusedError(Exception):
    """An answer of the server that is none of those hoped for."""

    def __init__(self, code: int, said: bytes | str) -> None:
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        self.code, self.said = code, f"{code} {' '.join(text.split())}"[:_LONGEST_SAID]
        super().__init__(self.said)


async def send(
    message: Message, channel: Mail, tools: Tools, handing: Callable[[], None], patience: Patience = PATIENCE
) -> Answer:
    """Send it to the message's address. What passes is tried again; a refusal for good has the server's words."""
    return await _in_a_thread(lambda: _send(message, channel, tools, handing, patience))


async def _in_a_thread(work: Callable[[], Answer]) -> Answer:
    """In one that no end of the program waits for: what it leaves open is known, and tried again."""
    loop, done = asyncio.get_running_loop(), asyncio.get_running_loop().create_future()

    def settle(answer: Answer | None, error: BaseException | None) -> None:
        if done.done():
            return
        if error:
            done.set_exception(error)
        else:
            done.set_result(answer)

    def run() -> None:
        answer, fault = None, None
        try:
            answer = work()
        except BaseException as error:  # noqa: BLE001  whoever waits is told, whatever it was
            fault = error
        with suppress(RuntimeError):  # the loop is closed, and nobody waits any more
            loop.call_soon_threadsafe(settle, answer, fault)

    threading.Thread(target=run, daemon=True, name="smtp").start()
    answer: Answer = await done
    return answer


def _send(message: Message, mail: Mail, tools: Tools, handing: Callable[[], None], patience: Patience) -> Answer:
    content = _signed(message.content, mail, tools)
    if len(content) > mail.most_bytes:
        return Answer(False, f"it has {len(content):,} bytes, more than most_bytes", is_final=True)
    where = f"{mail.server}:{mail.port}"
    try:
        with _session(mail, tools, patience) as server:
            return _handed_over(server, content, message.address, mail, handing, patience)
    except _RefusedError as error:
        return Answer(False, f"{where} says {error.said}", is_final=500 <= error.code < 600)
    except (smtplib.SMTPException, OSError) as error:
        return Answer(False, f"{where} {_complaint(error)}"[:_LONGEST_SAID])


def _complaint(error: smtplib.SMTPException | OSError) -> str:
    """What is told of a fault on the way. None of them is final: the way may be mended, here or there."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = _RefusedError(error.smtp_code, error.smtp_error).said
        is_login = isinstance(error, smtplib.SMTPAuthenticationError)
        return f"does not let this login in: {said}" if is_login else f"says {said}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"has a certificate that is not to be trusted: {error.verify_message}"
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "does not answer"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "broke the connection off"
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return f"cannot be used: {reason}"


def _signed(content: bytes, mail: Mail, tools: Tools) -> bytes:
    if mail.dkim is None:
        return content
    from monitor.deliver.signing import signed  # noqa: PLC0415  mostly the server signs

    return signed(content, mail.dkim.selector, _domain(mail.sender), tools.key(mail.dkim.key))


def _domain(address: str) -> str:
    return parseaddr(address)[1].rpartition("@")[2]


@contextmanager
def _session(mail: Mail, tools: Tools, patience: Patience) -> Iterator[smtplib.SMTP]:
    """A session with the server, secured and logged in."""
    ca_file = os.path.join(tools.folder, mail.ca_file) if mail.ca_file else None
    context = tools.trusting(ca_file) if mail.security != "none" else None
    own_name = socket.gethostname() or "localhost"  # the library's own way to it may wait for a name server
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            mail.server, mail.port, own_name, timeout=patience.connect, context=context
        )
    else:
        server = smtplib.SMTP(mail.server, mail.port, own_name, timeout=patience.connect)
    try:
        _wait(server, patience.command)
        server.ehlo_or_helo_if_needed()
        if mail.security == "starttls":
            _secure(server, mail, context)
        if mail.login:
            server.login(mail.login.user, tools.secret(mail.login.password))
        yield server
        with suppress(smtplib.SMTPException, OSError):
            _wait(server, QUIT)
            server.quit()
    finally:
        server.close()


def _secure(server: smtplib.SMTP, mail: Mail, context: ssl.SSLContext | None) -> None:
    if not server.has_extn("starttls"):
        what = f"{mail.server}:{mail.port} offers no STARTTLS"
        raise ServiceError(what, "write security: tls or another port; none sends all in the clear")
    server.starttls(context=context)
    server.ehlo()


def _handed_over(
    server: smtplib.SMTP, content: bytes, address: str, mail: Mail, handing: Callable[[], None], patience: Patience
) -> Answer:
    """The server's answer to the whole mail."""
    most = server.esmtp_features.get("size", "")
    if most.isdecimal() and 0 < int(most) < len(content):
        raise _RefusedError(552, f"it takes {int(most):,} bytes at most, and the mail has {len(content):,}")
    sender, receiver = parseaddr(mail.sender)[1], parseaddr(address)[1]
    _expect(server.mail(sender, [f"size={len(content)}"] if server.has_extn("size") else []), 250)
    _expect(server.rcpt(receiver), 250, 251)
    _expect(server.docmd("DATA"), 354)
    body = re.sub(rb"(?m)^\.", b"..", content)
    server.send(body if body.endswith(b"\r\n") else body + b"\r\n")
    handing()
    _wait(server, patience.ending)
    server.send(b".\r\n")
    code, said = server.getreply()
    if code != 250:
        raise _RefusedError(code, said)
    return Answer(True, _RefusedError(code, said).said)


def _expect(answer: tuple[int, bytes], *wanted: int) -> None:
    code, said = answer
    if code not in wanted:
        raise _RefusedError(code, said)


def _wait(server: smtplib.SMTP, seconds: float) -> None:
    if server.sock is None:
        raise smtplib.SMTPServerDisconnected("the connection broke off")
    server.sock.settimeout(seconds)
