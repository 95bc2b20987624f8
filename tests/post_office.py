"""A mail server of the test's own: real SMTP with STARTTLS and a login, that does at each session what it is told."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "monitor", "a pass phrase"
OPENSSL = shutil.which("openssl")
REASON = "openssl is not here: apt-get install openssl"


class Letter(NamedTuple):
    """A mail that the server took: to whom, the bytes as they came, and from whom."""

    to: str
    content: bytes
    sender: str


class PostOffice:
    """`script` is what each next session does, one word each; without one it takes what comes. `letters` are taken.

    accept      take it
    busy        say 451 to the mail, having read it
    full        say 552 to the mail, having read it
    nobody      say 550 to the receiver
    drop        hang up after RCPT
    cut         hang up in the middle of the mail
    forget      take the mail, and hang up without a word
    hang        take no notice of the mail until `let_go`
    """

    def __init__(self, folder: Path, *, needs_login: bool = True, has_tls: bool = True) -> None:
        self.folder, self.script, self.letters = folder, list[str](), list[Letter]()
        self.root, self.port = folder / "root.pem", 0
        self._needs_login, self._has_tls = needs_login, has_tls
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread()
        self._closing = self._hanging = asyncio.Event()
        self._taken, self.links = threading.Condition(), list[asyncio.Transport]()

    def wait_for(self, count: int, seconds: float = 60.0) -> list[Letter]:
        """The letters, once there are so many."""
        with self._taken:
            assert self._taken.wait_for(lambda: len(self.letters) >= count, seconds)
        return self.letters

    def open(self) -> None:
        """Begin to listen, at the same port as before."""
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready)))
        self._thread.start()
        assert ready.wait(10)

    def close(self) -> None:
        """Listen no more."""
        if self._loop:
            self._loop.call_soon_threadsafe(self._hanging.set)
            self._loop.call_soon_threadsafe(self._closing.set)
            self._thread.join()
        self._loop = None

    def let_go(self) -> None:
        """End what hangs."""
        if self._loop:
            self._loop.call_soon_threadsafe(self._hanging.set)

    async def _serve(self, ready: threading.Event) -> None:
        self._loop, self._closing, self._hanging = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()
        tls = _server_context(self.folder) if self._has_tls else None
        server = await self._loop.create_server(lambda: self._session(tls), "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._closing.wait()
        server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for each in self.links:  # a farewell may be under way: nobody waits for it
            each.abort()
        await asyncio.sleep(0.01)

    def _session(self, tls: ssl.SSLContext | None) -> SMTP:
        return _Smtp(
            self,
            hostname="localhost",
            tls_context=tls,
            require_starttls=tls is not None,
            authenticator=_knows,
            auth_required=self._needs_login,
            auth_require_tls=tls is not None,
        )

    # -- what aiosmtpd asks of its handler

    async def handle_EHLO(  # noqa: N802  it is aiosmtpd that names these
        self, server: _Smtp, session: Session, _: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        server.deed = server.deed or (self.script.pop(0) if self.script else "accept")
        return responses

    async def handle_RCPT(  # noqa: N802  as above
        self, server: _Smtp, _: Session, envelope: Envelope, address: str, __: list[str]
    ) -> str:
        if server.deed == "nobody":
            return "550 5.1.1 nobody of that name is here"
        envelope.rcpt_tos.append(address)
        if server.deed == "drop":
            server.hang_up()
        return "250 OK"

    async def handle_DATA(self, server: _Smtp, _: Session, envelope: Envelope) -> str:  # noqa: N802  as above
        if server.deed == "busy":
            return "451 4.3.0 try again later"
        if server.deed == "full":
            return "552 5.3.4 too much for this mailbox"
        if server.deed == "hang":
            await self._hanging.wait()
            return "451 4.3.0 it took too long"
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        with self._taken:
            self.letters.extend(Letter(to, content, envelope.mail_from or "") for to in envelope.rcpt_tos)
            self._taken.notify_all()
        if server.deed == "forget":
            server.hang_up()
        return "250 2.0.0 taken"


class _Smtp(SMTP):
    """`deed` is what this session does, by the script."""

    deed = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(self.event_handler, PostOffice) and isinstance(transport, asyncio.Transport):
            self.event_handler.links.append(transport)
        super().connection_made(transport)

    def hang_up(self) -> None:
        assert isinstance(self.transport, asyncio.Transport)
        self.transport.abort()

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  it is aiosmtpd that names this
        if self.deed == "cut":
            await self.push("354 go on")
            await self._reader.readline()
            self.hang_up()
            return
        await super().smtp_DATA(arg)


def _knows(_: SMTP, __: Session, ___: Envelope, ____: str, data: object) -> AuthResult:
    is_known = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_known, handled=False)


def _server_context(folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return context


def make_certificates(folder: Path, name: str = "DNS:localhost,IP:127.0.0.1") -> None:
    """A root, and a certificate of it for this machine."""
    folder.mkdir(exist_ok=True)
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    (folder / "names").write_text(f"subjectAltName = {name}\nbasicConstraints = critical, CA:FALSE\n")
    root = ["-x509", *key, "-keyout", "root.key", "-out", "root.pem", "-days", "9", "-subj", "/CN=test root"]
    _openssl(folder, "req", *root)
    _openssl(folder, "req", *key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    signing = ["-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "9", "-extfile", "names"]
    _openssl(folder, "x509", "-req", "-in", "server.csr", "-out", "server.pem", *signing)


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run([OPENSSL or "openssl", *arguments], cwd=folder, check=True, capture_output=True)


@contextmanager
def post_office(folder: Path, *, needs_login: bool = True, has_tls: bool = True) -> Iterator[PostOffice]:
    office = PostOffice(folder, needs_login=needs_login, has_tls=has_tls)
    office.open()
    try:
        yield office
    finally:
        office.close()
