"""A host as an address or config.yaml writes it → the one way it is written here, and what config.yaml says of it."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address

from monitor.model.request import Host


def host_name(host: str) -> str:
    """The host in small letters and ASCII, without brackets and without the dot at its end.

    Names of other scripts are written as a resolver is asked for them; IPv6 addresses in their shortest form.
    """
    bare = host.strip().removeprefix("[").removesuffix("]").removesuffix(".").lower()
    try:
        return str(ip_address(bare))
    except ValueError:
        return bare if bare.isascii() else _in_ascii(bare)


def _in_ascii(name: str) -> str:
    """A name that IDNA does not know stays as it is: it is nobody's, and no resolver finds it."""
    import httpx  # noqa: PLC0415  it has the encoder, and most names need none

    try:
        return httpx.URL(scheme="http", host=name).raw_host.decode("ascii")
    except httpx.InvalidURL:
        return name


def host_and_port(text: str) -> tuple[str, int | None]:
    """The host and the port of "intranet.example", "127.0.0.1:8000", "::1" or "[::1]:8000"; None without one."""
    host, colon, port = text.strip().rpartition(":")
    if colon and port.isascii() and port.isdigit() and (":" not in host or host.endswith("]")):
        return host_name(host), int(port)
    return host_name(text), None


def written(host: str, port: int | None = None) -> str:
    """How config.yaml would name the host, with the port where one is given: the other way of `host_and_port`."""
    name = host_name(host)
    if port is None:
        return name
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"


class Hosts:
    """What config.yaml says of hosts. What it says of a port goes before what it says of the whole host."""

    def __init__(self, hosts: Sequence[Host] = ()) -> None:
        self._hosts = {host_and_port(each.host): each for each in hosts}

    def of(self, host: str, port: int) -> Host:
        """The entry for this host and port, or one as if there were an entry that says nothing."""
        name = host_name(host)
        return self._hosts.get((name, port)) or self._hosts.get((name, None)) or Host(name)
