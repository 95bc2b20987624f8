"""An address → what makes it the address of one page, whichever way a web archive wrote it down."""

from __future__ import annotations

from urllib.parse import urlsplit

_PORTS = {"http": ":80", "https": ":443"}


def bare(url: str) -> str:
    """The address without scheme, user, `www.`, the port that goes without saying, trailing slash and fragment."""
    url = url.strip(" <>")
    host = url.partition("/")[0]
    has_scheme = ":" in host and not host.rpartition(":")[2].isdigit()
    try:
        parts = urlsplit(url if has_scheme else f"//{url.removeprefix('//')}")
    except ValueError:  # a bracket that opens no IPv6 address
        return url
    host = parts.netloc.rpartition("@")[2].lower().removesuffix(_PORTS.get(parts.scheme, "\0")).removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}{'?' * bool(parts.query)}{parts.query}"
