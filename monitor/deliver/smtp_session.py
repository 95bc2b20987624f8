"""A server of mail → a session with it, in which nothing is without an end: no answer, and no waiting for one.

smtplib reads an answer as long as lines come, and waits anew for each piece of it; here each has a time, and a most of
lines and bytes. Logins are in UTF-8, and what was sent to log in is taken out of whatever the server says.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import NamedTuple

# Seconds. RFC 5321, section 4.5.3.2, gives a server 5 minutes for a command and 10 for the end of a mail, since what is
# given up there may have arrived; for what is certain to be tried again, less is enough.
CONNECT, COMMAND, WHOLE, ENDING, FAREWELL = 30.0, 120.0, 600.0, 600.0, 2.0
# RFC 5321, section 4.5.3.1.5: a line has 512 bytes at most. The longest answers, to EHLO, have some thirty lines.
MOST_LINES, MOST_BYTES = 100, 64 * 1024
_PIECE = 16 * 1024  # bytes; as many as one record of TLS
_LINE = rb"([2-5][0-9]{2})(?:([ -])|\r?$)"
_ENCODED = rb"[A-Za-z0-9+/=]{8,}"
_SHORTEST = 4  # letters of a password that is taken out: what is shorter stands in many words
_WITHHELD = b"(withheld)"


class Patience(NamedTuple):
    """How long to wait, in seconds.

    For the connection and its greeting, for a command's answer, for all that comes before the end of the mail, for the
    answer to that, and for the farewell.
    """

    connect: float = CONNECT
    command: float = COMMAND
    whole: float = WHOLE
    ending: float = ENDING
    farewell: float = FAREWELL


class AnswerError(smtplib.SMTPException):
    """An answer that is none, or has no end. `str()` says what the server does."""


class Session(smtplib.SMTP):
    """A session, to be met, secured, logged in and ended. What goes wrong raises OSError, as SMTPException is one.

    An answer that breaks off, or goes on for too long, is what it was until then, for its first digit decides; and the
    session is over: whatever is asked next raises what was wrong.
    """

    def __init__(self, patience: Patience) -> None:
        super().__init__(local_hostname=socket.gethostname() or "localhost")  # its own way may wait for a name server
        self._patience = patience
        self._end = self._until = time.monotonic() + patience.whole
        self._context: ssl.SSLContext | None = None
        self._came = bytearray()  # what the server said and nobody has read
        self._fault: OSError = smtplib.SMTPServerDisconnected("there is no connection")
        self._password, self._encoded = b"", list[bytes]()

    def meet(self, host: str, port: int, context: ssl.SSLContext | None) -> None:
        """Connect, by TLS where there is a `context`, and exchange greetings."""
        self._host, self._context = host, context
        self._allow(self._patience.connect)
        code, said = self.connect(host, port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, said)
        self.ehlo_or_helo_if_needed()

    def secure(self, context: ssl.SSLContext) -> None:
        """Go on by TLS. What was said in the clear is forgotten."""
        code, said = self.docmd("STARTTLS")
        if code != 220:
            raise smtplib.SMTPResponseException(code, said)
        if self._came:
            raise AnswerError("says in the clear what would count as said by TLS")
        self.sock = context.wrap_socket(self._ready(), server_hostname=self._host)
        self.helo_resp = self.ehlo_resp = None
        self.esmtp_features, self.does_esmtp = {}, False
        self.ehlo_or_helo_if_needed()

    def log_in(self, user: str, password: str) -> None:
        """By the ways that the server offers, until one works. Raises SMTPAuthenticationError with its last word."""
        offered = self.esmtp_features.get("auth", "").upper().split()
        ways = [way for name, way in _WAYS.items() if name in offered]
        if not ways:
            raise smtplib.SMTPNotSupportedError("it offers no login that this program knows")
        name, self._password = _bytes_of(user), _bytes_of(password)
        code, said = 0, b""
        for way in ways:
            try:
                code, said = way(self, name, self._password)
            except smtplib.SMTPServerDisconnected:
                if not code:
                    raise
                break  # it hung up on whoever tried once more
            if code in (235, 503):
                return
        raise smtplib.SMTPAuthenticationError(code, said)

    def confide(self, text: bytes) -> str:
        """A secret as it is sent; it is taken out of what the server says from now on."""
        encoded = base64.b64encode(text)
        self._encoded.append(encoded)
        return encoded.decode("ascii")

    def hand(self, body: bytes) -> None:
        """Send the mail up to its last line. It may take all the time that is left."""
        self._until = self._end
        self.send(body)

    def end(self) -> tuple[int, bytes]:
        """Send the dot that ends the mail; the answer to it."""
        self._until = time.monotonic() + self._patience.ending
        self.send(b".\r\n")
        return self.getreply()

    def part(self) -> None:
        """Say farewell where the session is not over, and hang up. Raises nothing."""
        with suppress(OSError):
            self._until = time.monotonic() + self._patience.farewell
            self.send(b"QUIT\r\n")
            self.getreply()
        self.close()

    # -- what smtplib does without an end

    def putcmd(self, cmd: str, args: str = "") -> None:
        """Send a command, and have the time for its answer begin."""
        self._allow(self._patience.command)
        super().putcmd(cmd, args)

    def send(self, s: object) -> None:
        """Send bytes, or a text in ASCII, within the time."""
        content = memoryview(s if isinstance(s, bytes) else str(s).encode(self.command_encoding))
        try:
            for at in range(0, len(content), _PIECE):
                self._ready().sendall(content[at : at + _PIECE])
        except OSError as error:
            self._give_up(error)
            raise

    def getreply(self) -> tuple[int, bytes]:
        """The code of an answer, and its lines."""
        code, said, left, is_last = 0, list[bytes](), MOST_BYTES, False
        try:
            while not is_last:
                line = self._line(left if len(said) < MOST_LINES else 0)
                code, text, is_last = self._taken_apart(line)
                said.append(text)
                left -= len(line)
        except OSError as error:
            self._give_up(error)
            if begun := re.match(_LINE, self._came):
                code = int(begun[1]) if begun[2] else code
                said.append(bytes(self._came[4:MOST_BYTES]))
            if not code:
                raise
        return code, self._without_secrets(b"\n".join(said)) if code != 334 else b"\n".join(said)

    def _line(self, most: int) -> bytes:
        while b"\n" not in self._came:
            if len(self._came) >= most:
                raise AnswerError("answers without an end")
            part = self._ready().recv(_PIECE)
            if not part:
                raise smtplib.SMTPServerDisconnected("the connection broke off")
            self._came += part
        line, _, self._came = self._came.partition(b"\n")
        return bytes(line)

    def _taken_apart(self, line: bytes) -> tuple[int, bytes, bool]:
        """The code of a line, its text, and whether it is the last of its answer."""
        found = re.match(_LINE, line)
        if not found:
            self._came.clear()
            shown = self._without_secrets(line).decode("utf-8", "replace")
            raise AnswerError(f"answers what is no SMTP: {' '.join(shown.split())}")
        return int(found[1]), line[4:].strip(), found[2] != b"-"

    def _get_socket(self, host: str, port: int, _: object) -> socket.socket:
        """A connection to the first address of the host that takes one."""
        fault: OSError = ConnectionRefusedError("it has no address")
        for family, kind, protocol, _name, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            link = socket.socket(family, kind, protocol)
            try:
                link.settimeout(self._left())
                link.connect(address)
                return self._context.wrap_socket(link, server_hostname=host) if self._context else link
            except OSError as error:
                link.close()
                fault = error
        raise fault

    # -- time, and what is left of it

    def _allow(self, seconds: float) -> None:
        self._until = min(time.monotonic() + seconds, self._end)

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("its time is over")
        return left

    def _ready(self) -> socket.socket:
        """The connection, which waits for no longer than there is time."""
        if self.sock is None:
            raise self._fault
        self.sock.settimeout(self._left())
        return self.sock

    def _give_up(self, error: OSError) -> None:
        if self.sock is not None:
            self._fault = error
        self.close()

    def _without_secrets(self, said: bytes) -> bytes:
        """What the server says, less what was sent to log in, or a part of it."""

        def shown(found: re.Match[bytes]) -> bytes:
            return _WITHHELD if any(found[0] in each or each in found[0] for each in self._encoded) else found[0]

        said = re.sub(_ENCODED, shown, said) if self._encoded else said
        return said.replace(self._password, _WITHHELD) if len(self._password) >= _SHORTEST else said


# -- logins: https://www.rfc-editor.org/rfc/rfc4954, whose names and passwords are UTF-8


def _bytes_of(secret: str) -> bytes:
    return secret.encode("utf-8", "surrogateescape")  # as it came from a file or the environment


def _by_cram_md5(session: Session, user: bytes, password: bytes) -> tuple[int, bytes]:
    code, said = session.docmd("AUTH", "CRAM-MD5")
    if code != 334:
        return code, said
    try:
        challenge = base64.b64decode(said, validate=True)
    except binascii.Error:
        return session.docmd("*")  # RFC 4954, section 4: whoever cannot answer says so, and the server refuses
    digest = hmac.new(password, challenge, "md5").hexdigest()
    return session.docmd(session.confide(user + b" " + digest.encode("ascii")))


def _by_plain(session: Session, user: bytes, password: bytes) -> tuple[int, bytes]:
    answer = session.confide(b"\0" + user + b"\0" + password)
    code, said = session.docmd("AUTH", f"PLAIN {answer}")
    return session.docmd(answer) if code == 334 else (code, said)


def _by_login(session: Session, user: bytes, password: bytes) -> tuple[int, bytes]:
    code, said = session.docmd("AUTH", "LOGIN")
    for each in (base64.b64encode(user).decode("ascii"), session.confide(password)):
        if code != 334:
            break
        code, said = session.docmd(each)
    return code, said


_WAYS: Mapping[str, Callable[[Session, bytes, bytes], tuple[int, bytes]]] = {
    "CRAM-MD5": _by_cram_md5,
    "PLAIN": _by_plain,
    "LOGIN": _by_login,
}
