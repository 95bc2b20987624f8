"""Known tricks against guards, names that lead where they should not, and a server that must see nobody."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Self

PUBLIC = "93.184.215.14"  # no test connects to it
NAMES: dict[str, tuple[str, ...]] = {
    "foo.localhost": ("127.0.0.1",),
    "localhost.localdomain": ("127.0.0.1",),
    "ip6-localhost": ("::1",),
    "kubernetes.default.svc": ("10.96.0.1",),
    "metadata.google.internal": ("169.254.169.254",),
    "127.0.0.1.nip.example": ("127.0.0.1",),
    "private.example": ("192.168.0.10",),
    "mapped.example": ("::ffff:127.0.0.1",),
    "translated.example": ("64:ff9b::7f00:1",),
    "unspecified.example": ("0.0.0.0",),  # noqa: S104  an answer that means this machine
    "unique.example": ("fd12:3456::1",),
    "scoped.example": ("fe80::1%lo",),
    "partly.example": (PUBLIC, "127.0.0.1"),
    "partly-first.example": ("127.0.0.1", PUBLIC),
    "partly-six.example": (PUBLIC, "::1"),
    "xn--lcalhost-54a.example": ("127.0.0.1",),
}


class Trick(NamedTuple):
    """An address, with the bait's port in it as {port}, that must not be connected to; and what it is called."""

    name: str
    url: str


def _hosts(group: str, hosts: str) -> list[Trick]:
    return [Trick(f"{group} {host}", f"http://{host}:{{port}}/") for host in hosts.split()]


TRICKS: list[Trick] = [
    *_hosts(
        "loopback",
        "127.0.0.1 127.0.0.2 127.1.2.3 127.255.255.254 127.0.0.1. 127.1 127.0.1 2130706433 0x7f000001 0X7F000001"
        " 017700000001 0x7f.1 0x7f.0.1 0x7f.0x0.0x0.0x1 0177.0.0.1 0177.1 00000000177.0.0.1 127.0x0.00.1"
        " [::1] [0:0:0:0:0:0:0:1] [0000:0000:0000:0000:0000:0000:0000:0001]",
    ),
    *_hosts("this machine", "0.0.0.0 0 0x0 00 0.1.2.3 [::] [0:0:0:0:0:0:0:0]"),
    *_hosts(
        "v4 in v6",
        "[::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:7f00:1] [::ffff:0.0.0.0] [::ffff:10.0.0.1] [::127.0.0.1]"
        " [::7f00:1] [::ffff:0:127.0.0.1] [::ffff:169.254.169.254] [64:ff9b::7f00:1] [64:ff9b::10.0.0.1]"
        " [64:ff9b::a9fe:a9fe] [64:ff9b:1::7f00:1] [64:ff9b:1:fffe::808:808] [2002:7f00:1::] [2002:a00:1::1]"
        " [2002:a9fe:a9fe::1] [2001:0:7f00:1::] [2001::80ff:fffe] [2001:0:4136:e378:8000:63bf:f5ff:fffe]"
        " [2606:4700::5efe:7f00:1] [2606:4700::200:5efe:a00:1]",
    ),
    *_hosts(
        "private",
        "10.0.0.1 10.255.255.255 10.1 012.0.0.1 172.16.0.1 172.31.255.254 192.168.0.1 192.168.257 0xc0a80001 3232235521"
        " 100.64.0.1 100.127.255.254 198.18.0.1 198.19.255.254 [fc00::1] [fd12:3456:789a::1] [fec0::1]",
    ),
    *_hosts("link-local", "169.254.0.1 169.254.255.254 [fe80::1] [febf::1]"),
    *_hosts(
        "metadata",
        "169.254.169.254 169.254.170.2 2852039166 0xa9fea9fe 0251.0376.0251.0376 0xa9.254.43518 169.254.43518"
        " 100.100.100.200 168.63.129.16 192.0.0.192 [fd00:ec2::254]",
    ),
    *_hosts(
        "nobody's",
        "224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 192.0.0.8 192.0.2.1 198.51.100.7 203.0.113.9 192.88.99.1"
        " [ff02::1] [ff0e::1] [2001:db8::1] [3fff::1] [100::1] [5f00::1] [2001:2::1] [4000::1] [200::1]",
    ),
    *_hosts("name", "localhost LOCALHOST localhost. LocalHost. " + " ".join(NAMES)),
    *_hosts(
        "wide letters",
        "127。0。0。1 127．0．0．1 127｡0｡0｡1 １２７.０.０.１ ①②⑦.⓪.⓪.① ⓛⓞⓒⓐⓛⓗⓞⓢⓣ ｌｏｃａｌｈｏｓｔ loc\u00adalhost",
    ),
    *_hosts("percent", "%31%32%37.0.0.1 127.0.0%2e1 %6c%6f%63%61%6c%68%6f%73%74 %EF%BC%91%EF%BC%92%EF%BC%97.0.0.1"),
    Trick("user", "http://good.example@127.0.0.1:{port}/"),
    Trick("user and port", "http://good.example:80@127.0.0.1:{port}/"),
    Trick("user, twice", "http://good.example@good.example@127.0.0.1:{port}/"),
    Trick("user with a number for a host", "http://good.example@2130706433:{port}/"),
    Trick("backslash before the at", "http://good.example\\@127.0.0.1:{port}/"),
    Trick("backslash behind the port", "http://127.0.0.1:{port}\\@good.example/"),
    Trick("backslashes", "http:\\\\127.0.0.1:{port}\\"),
    Trick("hash before the at", "http://127.0.0.1:{port}#@good.example/"),
    Trick("question mark before the at", "http://127.0.0.1:{port}?@good.example/"),
    Trick("one slash", "https:/127.0.0.1:{port}/"),
    Trick("three slashes", "http:///127.0.0.1:{port}/"),
    Trick("capitals", "HTTP://127.0.0.1:{port}/"),
    Trick("zeros before the port", "http://127.0.0.1:0000{port}/"),
    Trick("a tab in the host", "http://127.0\t.0.1:{port}/"),
    Trick("a line end in the host", "http://127.0.0.1\n:{port}/"),
    Trick("a null in the host", "http://127.0.0.1\0.good.example:{port}/"),
    Trick("a scope", "http://[::1%25lo]:{port}/"),
    Trick("a bare scope", "http://[fe80::1%lo]:{port}/"),
    Trick("tls", "https://127.0.0.1:{port}/"),
    Trick("tls by name", "https://localhost:{port}/"),
]
SCHEMES: list[Trick] = [
    Trick("file", "file:///etc/passwd"),
    Trick("file with a host", "file://127.0.0.1/etc/passwd"),
    Trick("ftp", "ftp://127.0.0.1:{port}/"),
    Trick("gopher", "gopher://127.0.0.1:{port}/_GET%20/"),
    Trick("dict", "dict://127.0.0.1:{port}/x"),
    Trick("websocket", "ws://127.0.0.1:{port}/"),
    Trick("data", 'data:text/html,<img src="http://127.0.0.1:{port}/">'),
    Trick("javascript", "javascript:location='http://127.0.0.1:{port}/'"),
    Trick("view-source", "view-source:http://127.0.0.1:{port}/"),
    Trick("blob", "blob:http://127.0.0.1:{port}/0"),
    Trick("filesystem", "filesystem:http://127.0.0.1:{port}/temporary/x"),
    Trick("chrome", "chrome://version"),
    Trick("about", "about:blank"),
    Trick("socket", "http+unix://%2Fvar%2Frun%2Fdocker.sock/info"),
    Trick("no scheme", "//127.0.0.1:{port}/"),
    Trick("nothing", ""),
]


class Resolver:
    """Answers for NAMES and for what is no name, without asking anybody; notes what it is asked."""

    def __init__(self, names: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.names = NAMES | dict(names or {})
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        name = host.lower().removesuffix(".")
        if name in self.names:
            return self.names[name]
        flags = 0 if name == "localhost" else socket.AI_NUMERICHOST
        return [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)]


class Bait:
    """A server of this machine, on one port of 127.0.0.1 and ::1, over TCP and UDP."""

    def __init__(self) -> None:
        self.port = 0
        self._seen: list[bytes] = []
        self._arrived = asyncio.Condition()
        self._servers: list[asyncio.Server] = []
        self._datagrams: asyncio.DatagramTransport | None = None

    async def __aenter__(self) -> Self:
        self._servers = [await asyncio.start_server(self._meet, "127.0.0.1", 0)]
        self.port = self._servers[0].sockets[0].getsockname()[1]
        if socket.has_ipv6:
            self._servers.append(await asyncio.start_server(self._meet, "::1", self.port))
        loop = asyncio.get_running_loop()
        self._datagrams, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self._seen), local_addr=("127.0.0.1", self.port)
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        for each in self._servers:
            each.close()
        if self._datagrams:
            self._datagrams.close()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.read(1024)
        async with self._arrived:
            self._seen.append(first)
            self._arrived.notify_all()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret")
        writer.close()

    async def visitors(self) -> list[bytes]:
        """What those said first who came. Nobody is missed: one more comes now, behind them all."""
        for each in self._servers:
            host, port = each.sockets[0].getsockname()[:2]
            _, writer = await asyncio.open_connection(host, port)
            writer.write(b"knock")
            async with self._arrived:
                await self._arrived.wait_for(lambda: b"knock" in self._seen)
                self._seen.remove(b"knock")
            writer.close()
        return list(self._seen)


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, seen: list[bytes]) -> None:
        self._seen = seen

    def datagram_received(self, data: bytes, addr: object) -> None:  # noqa: ARG002  the signature is asyncio's
        self._seen.append(data)
