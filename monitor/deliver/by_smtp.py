"""A mail → its receiver's server, by SMTP: over verified TLS, logged in, within time limits.

The session goes step by step, so that it is known what the server has: until the last dot of the mail is sent it has
nothing, and once it has answered that, it is settled, before the farewell. smtplib's own `sendmail` would make one step
of all.
"""

from __future__ import annotations

import asyncio
import os
import re
import smtplib
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress

from monitor.deliver.channels import Tools
from monitor.deliver.smtp_session import AnswerError, Patience, Session
from monitor.errors import ServiceError
from monitor.model.delivery import Answer, Message
from monitor.model.mailbox import mailbox
from monitor.model.reader import Mail

_LONGEST_SAID = 300
_LONGEST_SIZE = 15  # digits: what a server says that it takes, in bytes
_PATIENCE = Patience()

Settle = Callable[[Answer], None]


class _RefusedError(Exception):
    """An answer of the server that is none of those hoped for."""

    def __init__(self, code: int, said: bytes | str) -> None:
        self.code, self.said = code, _words(code, said)
        super().__init__(self.said)


def _words(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"[:_LONGEST_SAID].strip()


async def send(
    message: Message, channel: Mail, tools: Tools, handing: Callable[[], None], patience: Patience = _PATIENCE
) -> Answer:
    """Send it to the message's address. What passes is tried again; a refusal for good has the server's words."""
    return await _in_a_thread(lambda settle: _send(message, channel, tools, handing, settle, patience))


async def _in_a_thread(work: Callable[[Settle], None]) -> Answer:
    """What the work settles, in a thread that no end of the program waits for: what it leaves open is known.

    It is not waited for what the work does when it has settled that.
    """
    loop, done = asyncio.get_running_loop(), asyncio.get_running_loop().create_future()

    def end(answer: Answer | None, error: BaseException | None) -> None:
        if done.done():
            return
        if error:
            done.set_exception(error)
        else:
            done.set_result(answer)

    def tell(answer: Answer | None, error: BaseException | None) -> None:
        with suppress(RuntimeError):  # the loop is closed, and nobody waits any more
            loop.call_soon_threadsafe(end, answer, error)

    def run() -> None:
        try:
            work(lambda answer: tell(answer, None))
        except BaseException as error:  # noqa: BLE001  whoever waits is told, whatever it was
            tell(None, error)

    threading.Thread(target=run, daemon=True, name="smtp").start()
    answer: Answer = await done
    return answer


def _send(
    message: Message, mail: Mail, tools: Tools, handing: Callable[[], None], settle: Settle, patience: Patience
) -> None:
    """Settle what comes of it, and then hang up."""
    content = _signed(message.content, mail, tools)
    if len(content) > mail.most_bytes:
        settle(Answer(False, f"it has {len(content):,} bytes, more than most_bytes", is_final=True))
        return
    server = Session(patience)
    try:
        settle(_answer(server, content, message.address, mail, tools, handing))
    finally:
        server.part()


def _answer(
    server: Session, content: bytes, address: str, mail: Mail, tools: Tools, handing: Callable[[], None]
) -> Answer:
    where = f"{mail.server}:{mail.port}"
    try:
        _open(server, mail, tools)
        return Answer(True, _handed_over(server, content, address, mail, handing))
    except _RefusedError as error:
        return Answer(False, f"{where} says {error.said}", is_final=500 <= error.code < 600)
    except (smtplib.SMTPException, OSError) as error:
        return Answer(False, f"{where} {_complaint(error)}"[:_LONGEST_SAID])


def _open(server: Session, mail: Mail, tools: Tools) -> None:
    """Begin the session, secured and logged in."""
    ca_file = os.path.join(tools.folder, mail.ca_file) if mail.ca_file else None
    context = None if mail.security == "none" else tools.trusting(ca_file)
    server.meet(mail.server, mail.port, context if mail.security == "tls" else None)
    if mail.security == "starttls" and context:
        if not server.has_extn("starttls"):
            what = f"{mail.server}:{mail.port} offers no STARTTLS"
            raise ServiceError(what, "write security: tls or another port; none sends all in the clear")
        server.secure(context)
    if mail.login:
        server.log_in(mail.login.user, tools.secret(mail.login.password))


def _complaint(error: smtplib.SMTPException | OSError) -> str:
    """What is told of a fault on the way. None of them is final: the way may be mended, here or there."""
    if isinstance(error, AnswerError):
        return str(error)
    if isinstance(error, smtplib.SMTPResponseException):
        said = _words(error.smtp_code, error.smtp_error)
        is_login = isinstance(error, smtplib.SMTPAuthenticationError)
        return f"does not let this login in: {said}" if is_login else f"says {said}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"has a certificate that is not to be trusted: {error.verify_message}"
    if isinstance(error, TimeoutError):
        return "does not answer"
    if isinstance(error, smtplib.SMTPServerDisconnected | ConnectionResetError | BrokenPipeError):
        return "broke the connection off"
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return f"cannot be used: {reason}"


def _signed(content: bytes, mail: Mail, tools: Tools) -> bytes:
    if mail.dkim is None:
        return content
    from monitor.deliver.signing import signed  # noqa: PLC0415  mostly the server signs

    return signed(content, mail.dkim.selector, mailbox(mail.sender).domain, tools.key(mail.dkim.key))


def _handed_over(server: Session, content: bytes, address: str, mail: Mail, handing: Callable[[], None]) -> str:
    """What the server says to the whole mail, which it took."""
    _fits(server, content)
    sender, receiver = mailbox(mail.sender).address, mailbox(address).address
    _expect(2, *server.mail(sender, [f"size={len(content)}"] if server.has_extn("size") else []))
    _expect(2, *server.rcpt(receiver))
    _expect(3, *server.docmd("DATA"))
    body = re.sub(rb"(?m)^\.", b"..", content)
    server.hand(body if body.endswith(b"\r\n") else body + b"\r\n")
    handing()
    return _expect(2, *server.end())


def _fits(server: Session, content: bytes) -> None:
    most = server.esmtp_features.get("size", "")
    if most.isdecimal() and len(most) <= _LONGEST_SIZE and 0 < int(most) < len(content):
        raise _RefusedError(552, f"it takes {int(most):,} bytes at most, and the mail has {len(content):,}")


def _expect(first: int, code: int, said: bytes) -> str:
    """What it says, where its code begins so: RFC 5321, section 4.2.1, has the first digit decide."""
    if code // 100 != first:
        raise _RefusedError(code, said)
    return _words(code, said)
