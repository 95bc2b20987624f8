"""Real servers on this machine that answer byte for byte what a test tells them, and certificates for them."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from h2.config import H2Configuration
from h2.connection import H2Connection as Connection
from h2.events import RequestReceived

from monitor.capture.guard import Guard
from monitor.capture.over_http import HttpClient
from monitor.capture.politeness import Clock
from monitor.model.request import Host

PAGE = b"<!doctype html><title>Harbour</title><p>The ferry sails at noon."
HERE = Host("127.0.0.1", is_private_allowed=True, pause=0.0, parallel=20)

Script = Callable[[asyncio.StreamWriter], Awaitable[None]]
Reply = bytes | Script


def answer(body: bytes = PAGE, *lines: str, status: str = "200 OK") -> bytes:
    """A whole answer with that body, and with these header lines beside its length."""
    head = [f"HTTP/1.1 {status}", *lines, f"Content-Length: {len(body)}"]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def leading(place: str | bytes, status: str = "302 Found") -> bytes:
    """An answer that leads elsewhere."""
    where = place.encode() if isinstance(place, str) else place
    return b"HTTP/1.1 %b\r\nLocation: %b\r\nContent-Length: 0\r\n\r\n" % (status.encode(), where)


class Site:
    """What a server answers to each path, in turn, the last for ever; and the heads of the requests that came.

    `ended` is set when a connection has ended.
    """

    def __init__(self, **pages: Reply) -> None:
        self.pages: dict[str, list[Reply]] = {f"/{name}": [reply] for name, reply in pages.items()}
        self.heads: list[bytes] = []
        self.connections = 0
        self.ended = asyncio.Event()
        self.url = ""

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [head.split()[1].decode() for head in self.heads]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.heads.append(head)
                reply = self._reply(head.split()[1].decode())
                if isinstance(reply, bytes):
                    writer.write(reply)
                else:
                    await reply(writer)
                await writer.drain()
        writer.close()
        self.ended.set()

    def _reply(self, path: str) -> Reply:
        replies = self.pages.get(path, [answer(b"no such page", status="404 Not Found")])
        return replies[0] if len(replies) == 1 else replies.pop(0)


@asynccontextmanager
async def open_to(
    serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
    context: ssl.SSLContext | None = None,
) -> AsyncIterator[str]:
    """The address of a server, which ends with the block, and all that it was still doing too."""
    busy: set[asyncio.Task[None] | None] = set()

    async def begun(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        busy.add(asyncio.current_task())
        with suppress(OSError, asyncio.CancelledError):
            try:
                await serve(reader, writer)
            finally:
                writer.close()
                await writer.wait_closed()

    server = await asyncio.start_server(begun, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"{'https' if context else 'http'}://127.0.0.1:{port}"
    finally:
        server.close()
        for task in busy:
            if task:
                task.cancel()
        await asyncio.gather(*(task for task in busy if task), return_exceptions=True)


@asynccontextmanager
async def site(context: ssl.SSLContext | None = None, /, **pages: Reply) -> AsyncIterator[Site]:
    """A server that answers `/name` with the reply of that name."""
    made = Site(**pages)
    async with open_to(made.serve, context) as made.url:
        yield made


@asynccontextmanager
async def asking(
    hosts: Sequence[Host] = (HERE,), *, folder: str = ".", clock: Clock | None = None
) -> AsyncIterator[HttpClient]:
    """A client that may connect to this machine."""
    async with HttpClient(Guard(hosts), hosts, folder=folder, clock=clock) as client:
        yield client


class StoppedClock(Clock):
    """A clock that goes on only where somebody waits by it, and then at once."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.waits: list[float] = []

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)


# -- certificates


class Certificate(NamedTuple):
    """A certificate and its key."""

    signed: x509.Certificate
    key: ec.EllipticCurvePrivateKey


@cache
def root() -> Certificate:
    """A root that nobody trusts who is not told to."""
    return _signed("Test root", None, days=30, is_root=True)


@cache
def certificate(name: str = "127.0.0.1", *, days: int = 30, is_own: bool = False) -> Certificate:
    """A certificate for a host, by `root` or by itself; with a negative number of days it has expired."""
    return _signed(name, None if is_own else root(), days=days)


def _signed(name: str, by: Certificate | None, *, days: int, is_root: bool = False) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    now, subject = datetime.now(UTC), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .issuer_name(by.signed.subject if by else subject)
        .subject_name(subject)
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
    )
    if not is_root:
        builder = builder.add_extension(x509.SubjectAlternativeName([*_names(name)]), critical=False)
    return Certificate(builder.sign(by.key if by else key, hashes.SHA256()), key)


def _names(name: str) -> Iterator[x509.GeneralName]:
    try:
        yield x509.IPAddress(ip_address(name))
    except ValueError:
        yield x509.DNSName(name)


def secured(by: Certificate, folder: Path, *protocols: str) -> ssl.SSLContext:
    """A server's context with a certificate, for ALPN's protocols."""
    pem = folder / "server.pem"
    key = by.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pem.write_bytes(by.signed.public_bytes(Encoding.PEM) + key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    if protocols:
        context.set_alpn_protocols(list(protocols))
    return context


def root_file(folder: Path) -> str:
    """The name of a file in the folder that holds the root."""
    (folder / "root.pem").write_bytes(root().signed.public_bytes(Encoding.PEM))
    return "root.pem"


# -- other servers


async def speak_http2(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer every request with `PAGE`, in HTTP/2, with the path that was asked for in a header."""
    spoken = Connection(H2Configuration(client_side=False))
    spoken.initiate_connection()
    writer.write(spoken.data_to_send())
    with suppress(OSError, asyncio.CancelledError):
        while data := await reader.read(64 * 1024):
            for event in spoken.receive_data(data):
                if isinstance(event, RequestReceived) and event.stream_id and event.headers:
                    asked = dict(event.headers)
                    lines = [(":status", "200"), ("content-type", "text/html"), ("x-asked", asked[b":path"].decode())]
                    spoken.send_headers(event.stream_id, lines)
                    spoken.send_data(event.stream_id, PAGE, end_stream=True)
            writer.write(spoken.data_to_send())
            await writer.drain()


class Proxy:
    """A forward proxy: it fetches http addresses itself and tunnels the rest, and takes down what it was asked."""

    def __init__(self) -> None:
        self.heads: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = await reader.readuntil(b"\r\n\r\n")
            self.heads.append(head)
            method, target, _ = head.split(b" ", 2)
            host, _, port = target.removeprefix(b"http://").partition(b"/")[0].rpartition(b":")
            there, onward = await asyncio.open_connection(host.decode(), int(port))
            if method == b"CONNECT":
                writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            else:
                onward.write(head.replace(b"http://%b:%b" % (host, port), b"", 1))
            await asyncio.gather(_poured(reader, onward), _poured(there, writer))


async def _poured(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while data := await source.read(64 * 1024):
        sink.write(data)
        await sink.drain()
    sink.close()
