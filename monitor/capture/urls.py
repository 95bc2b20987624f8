"""An address as somebody wrote it → the address as it is asked for, or one line that says why it is none.

httpx reads some of an address only when it is asked for that part, and says by errors of five kinds that it cannot.
What may be wrong is found here, so that nobody behind needs to reckon with it.
"""

from __future__ import annotations

from functools import lru_cache

import httpx

from monitor.model.snapshot import LONGEST_ADDRESS

_SCHEMES = frozenset(("http", "https"))
_PORTS = range(1, 65536)
_SECURE = frozenset(("https", "wss"))


class NoAddressError(ValueError):
    """It cannot be read, or is none that a page can have. `str()` says why, in a few words."""


def url_of(text: str, base: httpx.URL | None = None) -> httpx.URL:
    """The address, resolved against `base` where there is one. Raises NoAddressError."""
    return _checked(text, base) if base else _remembered(text)


@lru_cache(maxsize=128)
def _remembered(text: str) -> httpx.URL:
    """A capture asks for its page's address at every step of its way."""
    return _checked(text, None)


def _checked(text: str, base: httpx.URL | None) -> httpx.URL:
    try:
        url = base.join(text) if base else httpx.URL(text)
        length = len(str(url).encode("ascii"))
    except (httpx.InvalidURL, ValueError) as error:  # ValueError: a bracket, a half of a letter, what IDNA refuses
        raise NoAddressError(f"no address ({_reason(error)})") from error
    if url.scheme not in _SCHEMES:
        raise NoAddressError("no address of a page: only http:// and https:// are opened")
    if length > LONGEST_ADDRESS:
        raise NoAddressError(f"no address that can be kept: it has more than {LONGEST_ADDRESS:,} letters")
    if not url.raw_host:
        raise NoAddressError("no address of a page: it names no host")
    if b"%5b" in url.raw_host.lower() or b"%5d" in url.raw_host.lower():
        raise NoAddressError("no address (a bracket stands by itself in its host)")
    if url.port is not None and url.port not in _PORTS:
        raise NoAddressError(f"no address of a page: there is no port {url.port}")
    return url


def host_of(url: httpx.URL) -> str:
    """The host as it is asked for. httpx's own `host` is for showing, and fails on names that IDNA forbids today."""
    return url.raw_host.decode("ascii")


def port_of(url: httpx.URL) -> int:
    """The port that is asked: the address's own, or the one that goes without saying."""
    return url.port or (443 if url.scheme in _SECURE else 80)


def _reason(error: Exception) -> str:
    return "it has half a letter" if isinstance(error, UnicodeEncodeError) else str(error)
