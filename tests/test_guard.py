"""Claims about the guard: what it refuses, spelled or hidden in whatever way, what it lets pass, and what it says."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import ssl
from collections.abc import Coroutine, Iterable, Sequence
from typing import TypeVar

import httpcore
import httpx
import pytest

from monitor.capture.guard import Guard, GuardedBackend, RefusedError
from monitor.capture.hosts import Hosts, host_and_port, written
from monitor.capture.over_http import HttpClient
from monitor.capture.private import is_metadata, why_private
from monitor.capture.revealing import revealed
from monitor.errors import CaptureError
from monitor.model.request import Host, Request, Secret
from tests.bait import PUBLIC, SCHEMES, TRICKS, Bait, Resolver, Trick
from tests.sites import leading, site

T = TypeVar("T")
ASKED = Request(obeys_robots=False)
FRONT = {"front.example": ("127.0.0.1",)}
KNOWN = pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.name)


def test_the_table_has_enough_tricks_and_none_twice() -> None:
    assert len(TRICKS) >= 90
    assert len({trick.url for trick in (*TRICKS, *SCHEMES)}) == len(TRICKS) + len(SCHEMES)


# -- what is refused


@KNOWN
def test_a_trick_is_refused_and_connects_to_nobody(trick: Trick) -> None:
    async def tried() -> list[bytes]:
        async with Bait() as bait:
            guard = Guard(resolve=Resolver())
            async with HttpClient(guard, (), folder=".") as client:
                with pytest.raises(RefusedError):
                    await client.fetch(trick.url.format(port=bait.port), ASKED)
            return await bait.visitors()

    assert asyncio.run(tried()) == []


@KNOWN
def test_a_redirect_to_a_trick_is_refused_and_connects_to_nobody(trick: Trick) -> None:
    """Where no host is named, it leads back to the server itself."""

    async def tried() -> tuple[str | None, list[bytes]]:
        async with Bait() as bait, site() as front:
            front.pages["/"] = [leading(_as_a_header(trick.url.format(port=bait.port)))]
            guard = Guard([Host("front.example", is_private_allowed=True)], resolve=Resolver(FRONT))
            async with HttpClient(guard, (), folder=".") as client:
                host = await _answering(client, front.url.replace("127.0.0.1", "front.example") + "/")
            return host, await bait.visitors()

    host, visitors = asyncio.run(tried())
    assert host == ("front.example" if trick.name in {"backslashes", "three slashes"} else None)
    assert visitors == []


async def _answering(client: HttpClient, url: str) -> str | None:
    """The host that answers in the end, or None where that was refused for good."""
    try:
        return httpx.URL((await client.fetch(url, ASKED)).url or "").host
    except CaptureError as error:
        if error.is_passing:
            raise
        return None


def _as_a_header(url: str) -> bytes:
    """Without the characters that end a header line or make it none."""
    return url.replace("\n", "").replace("\0", "%00").encode()


@pytest.mark.parametrize("trick", [*TRICKS, *SCHEMES], ids=lambda trick: trick.name)
def test_what_the_check_of_an_address_lets_pass_is_an_address_of_a_page(trick: Trick) -> None:
    url = trick.url.format(port=8000)
    try:
        Guard().check(url)
    except RefusedError:
        pass
    else:
        assert httpx.URL(url).scheme in {"http", "https"}
        assert not httpx.URL(url).userinfo
        assert trick not in SCHEMES


@pytest.mark.parametrize("trick", SCHEMES, ids=lambda trick: trick.name)
def test_only_http_and_https_are_addresses_of_pages(trick: Trick) -> None:
    with pytest.raises(RefusedError):
        Guard().check(trick.url.format(port=8000))


def test_this_machines_own_name_is_refused() -> None:
    """/etc/hosts and the system's own resolver are asked as for any other name."""
    for name in ("localhost", socket.gethostname()):
        try:
            socket.getaddrinfo(name, 80)
        except OSError:
            continue
        with pytest.raises(RefusedError):
            _run(Guard().addresses(name, 80))


def test_a_name_with_one_private_address_among_others_is_refused_whole() -> None:
    for answer in ((PUBLIC, "10.0.0.1"), ("10.0.0.1", PUBLIC), (PUBLIC, PUBLIC, "::1"), ("2606:4700::1", "fe80::1")):
        with pytest.raises(RefusedError):
            _run(Guard(resolve=_answers(answer)).addresses("good.example", 80))


def test_a_socket_of_this_machine_is_refused() -> None:
    with pytest.raises(RefusedError):
        _run(GuardedBackend(Guard()).connect_unix_socket("/var/run/docker.sock"))


# -- answers that change


def test_a_name_is_resolved_once_for_a_connection_and_the_connection_goes_to_that_answer() -> None:
    """The first answer is the server's, all later ones are the bait's."""

    async def tried() -> tuple[bytes, int, list[bytes]]:
        async with Bait() as bait:
            server = await asyncio.start_server(_greet, "127.0.0.2", bait.port)
            answers = _answers(("127.0.0.2",), ("127.0.0.1",))
            guard = Guard([Host("changing.example", is_private_allowed=True)], resolve=answers)
            async with server:
                stream = await GuardedBackend(guard).connect_tcp("changing.example", bait.port, 5)
                said = await stream.read(100)
                await stream.aclose()
            return said, answers.asked, await bait.visitors()

    assert _run(tried()) == (b"hello", 1, [])


def test_an_answer_that_was_public_does_not_vouch_for_the_next() -> None:
    guard = Guard(resolve=_answers((PUBLIC,), ("127.0.0.1",)))
    assert _run(guard.addresses("changing.example", 80)) == [PUBLIC]
    with pytest.raises(RefusedError):
        _run(guard.addresses("changing.example", 80))


# -- what is allowed


@pytest.mark.parametrize(
    ("entry", "host"),
    [
        ("127.0.0.1:{port}", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1"),
        ("intranet.example:{port}", "intranet.example"),
        ("Intranet.Example.", "intranet.example"),
        ("intranet.example", "INTRANET.example."),
        ("бюро.example", "xn--90a0af9c.example"),
    ],
)
def test_a_private_host_that_is_allowed_is_connected_to(entry: str, host: str) -> None:
    async def tried() -> str:
        async with Bait() as bait:
            names = {"intranet.example": ("127.0.0.1",), "xn--90a0af9c.example": ("127.0.0.1",)}
            guard = Guard([Host(entry.format(port=bait.port), is_private_allowed=True)], resolve=Resolver(names))
            async with _client(guard) as client:
                return (await client.get(f"http://{host}:{bait.port}/")).text

    assert _run(tried()) == "secret"


@pytest.mark.parametrize(
    ("entry", "is_allowed", "asked"),
    [
        ("127.0.0.1:1", True, "127.0.0.1"),  # another port
        ("127.0.0.1", False, "127.0.0.1"),  # named, for a pause, and not allowed
        ("127.0.0.1", True, "localhost"),  # another host, though at the same address
        ("127.0.0.1", True, "2130706433"),
        ("127.0.0.1", True, "[::ffff:127.0.0.1]"),
        ("localhost", True, "127.0.0.1"),
        ("localhost", True, "foo.localhost"),
        ("example", True, "127.0.0.1.nip.example"),
        ("10.0.0.0/8", True, "10.0.0.1"),
    ],
)
def test_what_allows_one_host_allows_no_other(entry: str, is_allowed: bool, asked: str) -> None:
    async def tried() -> list[bytes]:
        async with Bait() as bait:
            guard = Guard([Host(entry, is_private_allowed=is_allowed)], resolve=Resolver())
            async with _client(guard) as client:
                with pytest.raises(RefusedError):
                    await client.get(f"http://{asked}:{bait.port}/")
            return await bait.visitors()

    assert _run(tried()) == []


def test_a_host_that_may_be_private_is_still_no_way_to_a_clouds_credentials() -> None:
    hosts = [Host("intranet.example", is_private_allowed=True), Host("169.254.169.254", is_private_allowed=True)]
    guard = Guard(hosts, resolve=Resolver({"intranet.example": ("169.254.169.254",)}))
    with pytest.raises(RefusedError, match=re.escape('host: "169.254.169.254:80"')):
        _run(guard.addresses("intranet.example", 80))
    assert _run(guard.addresses("169.254.169.254", 80)) == ["169.254.169.254"]


@pytest.mark.parametrize(
    "address",
    [
        *("1.1.1.1", "8.8.8.8", PUBLIC, "9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255"),
        *("192.169.0.0", "169.253.255.255", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1"),
        *("223.255.255.255", "2606:4700::1111", "2a00:1450:4001::5", "::ffff:8.8.8.8", "64:ff9b::808:808"),
        *("2002:808:808::1",),
    ],
)
def test_public_addresses_pass(address: str) -> None:
    assert why_private(address) is None
    assert _run(Guard(resolve=_answers((address,))).addresses("good.example", 80)) == [address]


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "fd00:ec2::254"]
)
def test_a_clouds_own_service_is_known_inside_other_addresses_too(address: str) -> None:
    assert is_metadata(address)
    assert not is_metadata("127.0.0.1")


# -- connections


def test_the_next_address_of_a_name_is_tried_where_one_does_not_answer() -> None:
    async def tried() -> str:
        async with Bait() as bait:
            resolve = Resolver({"two.example": ("127.0.0.3", "127.0.0.1")})
            async with _client(Guard([Host("two.example", is_private_allowed=True)], resolve=resolve)) as client:
                return (await client.get(f"http://two.example:{bait.port}/")).text

    assert _run(tried()) == "secret"


def test_a_name_that_nobody_knows_is_no_refusal_but_a_connection_that_failed() -> None:
    for host in ("unknown.example", "a..example", f"{'x' * 64}.example"):
        with pytest.raises(httpcore.ConnectError):
            _run(GuardedBackend(Guard(resolve=Resolver())).connect_tcp(host, 80, 5))


def test_a_resolver_that_does_not_answer_costs_no_more_than_the_connections_time() -> None:
    async def never(host: str, port: int) -> Sequence[str]:  # noqa: ARG001  the signature is the resolver's
        await asyncio.Event().wait()
        raise AssertionError("cancelled before")

    with pytest.raises(httpcore.ConnectTimeout):
        _run(GuardedBackend(Guard(resolve=never)).connect_tcp("slow.example", 80, 0.05))


# -- proxies


def test_a_proxy_that_config_names_may_be_private_and_opens_no_other_door() -> None:
    async def tried() -> list[str]:
        guard = Guard(resolve=Resolver())
        proxied = guard.of_proxy("http://user:word@127.0.0.1:3128")
        with pytest.raises(RefusedError):
            await guard.addresses("127.0.0.1", 3128)
        with pytest.raises(RefusedError):
            await proxied.addresses("127.0.0.1", 3129)
        return await proxied.addresses("127.0.0.1", 3128)

    assert _run(tried()) == ["127.0.0.1"]


@KNOWN
def test_a_trick_is_not_asked_for_through_a_proxy_either(trick: Trick) -> None:
    with pytest.raises(RefusedError):
        _run(Guard(resolve=Resolver()).check_through_proxy(trick.url.format(port=8000)))


def test_a_name_that_only_the_proxy_knows_is_left_to_it() -> None:
    _run(Guard(resolve=Resolver()).check_through_proxy("http://known-to-the-proxy.example/"))


# -- what is said


def test_a_refusal_says_what_and_what_to_do_in_one_line() -> None:
    with pytest.raises(RefusedError) as literal:
        _run(Guard().addresses("127.0.0.1", 8000))
    assert str(literal.value) == (
        "127.0.0.1 is no public address (Loopback, 127.0.0.0/8) and is not connected to; "
        'if it is meant, allow it in config.yaml: hosts: [{host: "127.0.0.1:8000", private: yes}]'
    )
    with pytest.raises(RefusedError) as name:
        _run(Guard(resolve=Resolver()).addresses("mapped.example", 443))
    assert str(name.value) == (
        "mapped.example is at ::ffff:127.0.0.1, no public address (127.0.0.1 inside, Loopback, 127.0.0.0/8) and is not "
        'connected to; if it is meant, allow it in config.yaml: hosts: [{host: "mapped.example:443", private: yes}]'
    )
    assert not literal.value.is_passing


def test_a_password_in_an_address_is_not_repeated() -> None:
    with pytest.raises(RefusedError) as error:
        Guard().check("https://user:very-secret@good.example/")
    assert "very-secret" not in str(error.value)
    assert "login" in str(error.value)


# -- hosts in config.yaml


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("intranet.example", "intranet.example", None),
        ("Intranet.Example.:8080", "intranet.example", 8080),
        ("127.0.0.1:8000", "127.0.0.1", 8000),
        ("::1", "::1", None),
        ("[::1]", "::1", None),
        ("[0:0::1]:8000", "::1", 8000),
        ("fd00::1:8000", "fd00::1:8000", None),
    ],
)
def test_a_host_is_read_with_and_without_its_port(text: str, host: str, port: int | None) -> None:
    assert host_and_port(text) == (host, port)
    assert host_and_port(written(host, port)) == (host, port)


def test_what_is_said_of_a_port_goes_before_what_is_said_of_the_host() -> None:
    hosts = Hosts([Host("a.example", pause=5), Host("a.example:81", pause=7)])
    assert [hosts.of("A.example", port).pause for port in (80, 81)] == [5, 7]
    assert hosts.of("b.example", 80) == Host("b.example")


# -- secrets


def test_a_secret_is_read_where_it_is_kept(tmp_path: os.PathLike[str], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = os.fspath(tmp_path)
    with open(os.path.join(folder, "word"), "w", encoding="utf-8") as file:
        file.write("from a file\n")
    monkeypatch.setenv("WORD", "from the environment")
    secrets = (Secret("itself"), Secret(env="WORD"), Secret(file="word"))
    assert [revealed(each, folder) for each in secrets] == ["itself", "from the environment", "from a file"]


@pytest.mark.parametrize(
    "secret", [Secret(env="NO_SUCH_WORD"), Secret(file="none"), Secret(file="."), Secret("a\nb: c")]
)
def test_a_secret_that_is_not_there_or_no_line_is_named(secret: Secret, tmp_path: os.PathLike[str]) -> None:
    with pytest.raises(CaptureError) as error:
        revealed(secret, os.fspath(tmp_path))
    assert "b: c" not in str(error.value)


# -- a client, a server, a resolver


class _client(httpx.AsyncClient):  # noqa: N801  it is used as a function is
    """httpx with the guard's connections, which follows redirects as it likes."""

    def __init__(self, guard: Guard) -> None:
        transport = httpx.AsyncHTTPTransport(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        transport._pool = httpcore.AsyncConnectionPool(network_backend=GuardedBackend(guard))

        async def check(request: httpx.Request) -> None:
            guard.check(str(request.url))

        hooks = {"request": [check]}
        super().__init__(transport=transport, follow_redirects=True, trust_env=False, timeout=5, event_hooks=hooks)


async def _greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"hello")
    writer.close()


class _answers:  # noqa: N801  it is used as a function is
    """A resolver whose answers are these in turn, the last one for ever."""

    def __init__(self, *answers: Iterable[str]) -> None:
        self._answers, self.asked = [list(each) for each in answers], 0

    async def __call__(self, host: str, port: int) -> Sequence[str]:  # noqa: ARG002  the signature is the resolver's
        self.asked += 1
        return self._answers[min(self.asked, len(self._answers)) - 1]


def _run(work: Coroutine[object, object, T]) -> T:
    return asyncio.run(work)
