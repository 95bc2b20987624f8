"""A host and a port → a connection to an address that may be connected to, or a refusal in one line.

Nothing private is connected to unless config.yaml allows that very host. It is decided where the connection is made:
the name is resolved once, each of its addresses is looked at, and the connection goes to one of these and not to the
name. How an address is spelled, what a redirect says and what the name's server answers next make no difference.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from string import ascii_lowercase, digits

import httpcore
import httpx

from monitor.capture.hosts import Hosts, host_name, written
from monitor.capture.private import is_metadata, why_private
from monitor.capture.urls import NoAddressError, host_of, port_of, url_of
from monitor.errors import CaptureError
from monitor.model.request import Host
from monitor.model.rules import shortened

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a host, best first; a literal address is its own. Raises OSError where there is none."""

_LETTERS = frozenset(ascii_lowercase + digits + ".-_:")
_MOST_LOOKUPS = 32  # at a time; each holds a thread for as long as the system's resolver waits, some 5 to 30 s at worst
_MOST_ATTEMPTS = 4  # addresses of a name that are tried: enough for both families, and no name holds us for longer
_PATIENCE = 3.0  # seconds with an address while there is another; a host that answers does so within a second or two


class RefusedError(CaptureError):
    """An address that is not connected to, and would not be on another try."""


class PrivateError(RefusedError):
    """It is a private one, which config.yaml may allow."""


class Guard:
    """Decides what may be connected to. `hosts` are config.yaml's, `resolve` asks for the addresses of a name.

    Deadlines are the caller's, who may cancel everything here.
    """

    def __init__(self, hosts: Sequence[Host] = (), *, resolve: Resolve | None = None) -> None:
        self._hosts = Hosts(hosts)
        self._threads = ThreadPoolExecutor(_MOST_LOOKUPS, thread_name_prefix="resolver")
        self._resolve = resolve or self._ask_the_system

    def of_proxy(self, proxy: str) -> Guard:
        """The guard of connections to a proxy that config.yaml names (http://host:port): to it, and it may be private.

        What is asked for through it goes past `check_through_proxy` of the page's own guard.
        """
        url = httpx.URL(proxy)
        return Guard([Host(written(url.host, port_of(url)), is_private_allowed=True)], resolve=self._resolve)

    def check(self, url: str) -> None:
        """Raise RefusedError where an address is none of a page, and where a name and a password stand in it.

        Where its host is, is not asked here but where the connection is made.
        """
        try:
            parsed = url_of(url)
        except NoAddressError as error:
            raise RefusedError(f"{shortened(url)!r} is {error}", "write it as a browser shows it") from error
        if parsed.userinfo:
            shown = f"{parsed.scheme}://…@{host_of(parsed)}"
            raise RefusedError(f"{shown} has a name and a password in it", "config.yaml has `login` for them")

    async def check_through_proxy(self, url: str) -> None:
        """Raise RefusedError where `check` does, and where the host has a private address as seen from here.

        That is as far as it can be told: the proxy asks for the name again, and a name that only the proxy can resolve
        is left to it.
        """
        self.check(url)
        parsed = httpx.URL(url)
        with suppress(OSError):
            await self.addresses(host_of(parsed), port_of(parsed))

    async def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host, each of which may be connected to; it is resolved once.

        Raises RefusedError where one of them may not, and OSError where there is none.
        """
        name = host_name(host)
        if not _LETTERS.issuperset(name):  # percent signs, scopes, blanks: not all programs read them alike
            raise RefusedError(f"{host!r} is no name of a host", "write it as a browser shows it")
        try:
            found = list(await self._resolve(name, port))
        except ValueError as error:  # an empty label, one of more than 63 letters
            raise OSError(f"{host!r} is no name of a host") from error
        for each in found:
            self._admit(host, port, each)
        if not found:
            raise OSError(f"{host!r} has no address")
        return found

    def _admit(self, host: str, port: int, address: str) -> None:
        why, name = why_private(address), host_name(host)
        if why is None:
            return
        is_itself = name == host_name(address)
        is_allowed = self._hosts.of(host, port).is_private_allowed
        if is_allowed and (is_itself or not is_metadata(address)):
            return
        what = f"{name} is" if is_itself else f"{name} is at {address},"
        wanted = written(address if is_allowed else host, port)
        raise PrivateError(
            f"{what} no public address ({why}) and is not connected to",
            f'if it is meant, allow it in config.yaml: hosts: [{{host: "{wanted}", private: yes}}]',
        )

    async def _ask_the_system(self, host: str, port: int) -> Sequence[str]:
        ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        answers = await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        return list(dict.fromkeys(str(address[0]) for *_, address in answers))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """What httpcore makes its connections by: to addresses that the guard let pass, and to no other.

    For `httpcore.AsyncConnectionPool(network_backend=…)`. `timeout`, in seconds, is for the name and the connection
    together. Raises RefusedError through everything above, else what httpcore's own backends raise.
    """

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._system = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        options = list(socket_options or ())
        try:
            async with asyncio.timeout(timeout):
                return await self._connect(host, port, local_address, options)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"no connection to {host} within {timeout:g} s") from error

    async def _connect(
        self, host: str, port: int, local_address: str | None, options: list[httpcore.SOCKET_OPTION]
    ) -> httpcore.AsyncNetworkStream:
        try:
            addresses = (await self._guard.addresses(host, port))[:_MOST_ATTEMPTS]
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        for number, address in enumerate(addresses, start=1):
            patience = None if number == len(addresses) else _PATIENCE
            try:
                return await self._system.connect_tcp(address, port, patience, local_address, options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
        raise AssertionError("a host without addresses was let pass")

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002  the signature is httpcore's
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002  the same
    ) -> httpcore.AsyncNetworkStream:
        raise RefusedError(f"{path} is a socket of this machine", "only http:// and https:// are opened")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
