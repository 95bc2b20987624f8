"""An IP address → why it is no public one, in the terms of the registry that reserved it.

The registry is IANA's, as ssrfguard keeps it, with what it carries inside unwrapped: an IPv6 address that leads to a
private IPv4 one (mapped, compatible, 6to4, Teredo, NAT64) is private. What it leaves open is closed here.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from ssrfguard import DEFAULT_DENIED, AddressTable, Block, Reach

_MORE = (
    Block(ip_network("::/0"), "Outside of Global Unicast", "RFC4291", Reach.DENIED),
    Block(ip_network("2000::/3"), "Global Unicast", "RFC4291", Reach.PERMITTED),
    # A public address, and answered only where it is asked from within.
    Block(ip_network("168.63.129.16/32"), "Cloud metadata (Azure)", "", Reach.DENIED),
)
_TABLE = AddressTable((*DEFAULT_DENIED.blocks, *_MORE))
_METADATA = frozenset(block.network.network_address for block in _TABLE.blocks if "metadata" in block.name)
_ISATAP = 0x5EFE  # RFC 5214: the last 64 bits are 0000:5efe or 0200:5efe, and then an IPv4 address


@lru_cache(maxsize=1024)
def why_private(address: str) -> str | None:
    """What an address is, where it is no public one ("Loopback, 127.0.0.0/8"); None where it is public.

    Raises ValueError where the text is no address.
    """
    ip = _unwrapped(ip_address(address))
    verdict = _TABLE.classify(ip)
    if not verdict.blocked or verdict.block is None:
        return None
    inside = f"{verdict.chain[-1][1]} inside, " if verdict.chain else ""
    return f"{inside}{verdict.block.name}, {verdict.block.network}"


def is_metadata(address: str) -> bool:
    """Whether a cloud's own service answers at an address, which tells its credentials to whoever asks."""
    ip = _unwrapped(ip_address(address))
    return any(each in _METADATA for each in (ip, *(inner for _, inner in _TABLE.classify(ip).chain)))


def _unwrapped(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(ip, IPv6Address) and (int(ip) >> 32) & 0xFDFF_FFFF == _ISATAP:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip
