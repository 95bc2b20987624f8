"""Ids, addresses, hosts, files, folders and selectors, as they are written → the same, if there can be such."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import urlsplit
from warnings import catch_warnings

import soupsieve

from monitor.model.page import ID_RULE, LONGEST_ID, is_page_id
from monitor.model.rules import fit, shortened, split

ID_SCHEMA: Mapping[str, object] = {
    "type": ["string", "integer"],
    "pattern": rf"^[A-Za-z0-9]([A-Za-z0-9._-]{{0,{LONGEST_ID - 2}}}[A-Za-z0-9_-])?$",
}
ADDRESS_SCHEMA: Mapping[str, object] = {"type": "string", "pattern": "^https?://."}
SELECTOR_SCHEMA: Mapping[str, object] = {"type": "string", "minLength": 1}
FILE_SCHEMA: Mapping[str, object] = {"type": ["string", "number"], "minLength": 1}
HOST_SCHEMA: Mapping[str, object] = {"type": "string", "pattern": r"^[^/@\s]+$"}

_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"


def selector(text: str) -> str:
    """A selector of CSS, with or without an attribute. Raises ValueError."""
    if not text.strip():
        raise ValueError("the selector is empty; write one like 'div.news li', or leave the key out")
    try:
        with catch_warnings(action="ignore"):  # soupsieve warns of old spellings that work
            soupsieve.compile(fit(split(text)[0]) or ":scope")
    except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError, OverflowError, RecursionError) as error:
        what = shortened(str(error).partition("\n")[0].rstrip("."), 120)
        wanted = "write one like 'div.news li' or 'time@datetime'"
        raise ValueError(f"{shortened(text)!r} is no CSS selector ({what}); {wanted}") from error
    return text


def element(text: str) -> str:
    """A selector of CSS that names elements, and no attribute. Raises ValueError."""
    if split(text)[1] is not None:
        raise ValueError(f"{shortened(text)!r} names an attribute; write the element's selector alone")
    return selector(text)


def page_id(text: str) -> str:
    """A page's id. Raises ValueError."""
    if not is_page_id(text):
        raise ValueError(f"{shortened(text)!r} is no id; {ID_RULE}")
    return text


def address(text: str) -> str:
    """The address of a page. Raises ValueError."""
    if not text.startswith(("http://", "https://")):
        raise ValueError(f"{shortened(text)!r} is no address of a page; write one that begins with https://")
    if "@" in text.split("/")[2]:
        raise ValueError("a user or a password stands in the address; write them as request.login")
    if not is_asked(text) or any(sign.isspace() for sign in text):
        raise ValueError(f"{shortened(text)!r} is no address of a page; write it as a browser shows it")
    return text


def is_asked(text: str) -> bool:
    """Whether an address has a host, and a port that there is, if any."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    return bool(parts.hostname) and port != 0


def authority(text: str) -> str:
    """The address of a time-stamp authority. Raises ValueError."""
    if not text.startswith(("http://", "https://")):
        raise ValueError(f"{shortened(text)!r} is no address of a time-stamp authority; write one like https://…")
    return text


def named(what: str, example: str) -> Callable[[str], str]:
    """What refuses the name of a file or a folder that is none, with ValueError."""

    def name(text: str) -> str:
        if not text.strip() or "\0" in text:
            raise ValueError(f"the {what} has no name; write one like '{example}', or leave the key out")
        return text

    return name


def textfile(text: str) -> str:
    """The name of a file that Prometheus' node exporter takes. Raises ValueError."""
    if not text.endswith(".prom") or "\0" in text:
        raise ValueError(f"{shortened(text)!r} is no file that the node exporter reads; write one like monitor.prom")
    return text


def host(text: str) -> str:
    """ "intranet.example", "127.0.0.1", "::1", each with or without a port, in lower case. Raises ValueError."""
    plain = text.strip().lower().rstrip(".")
    if "//" in plain:
        raise ValueError("is an address; write its host alone, like intranet.example or intranet.example:8000")
    if "*" in plain:
        raise ValueError(f"{shortened(text)!r} names many hosts; write each by itself")
    name, port = _apart(plain)
    if port is not None and not (port.isascii() and port.isdecimal() and 0 < int(port[:6]) < 65536):
        raise ValueError(f"{shortened(text)!r} has no port from 1 to 65535 behind its colon; write one like :8000")
    if not name.isascii():
        raise ValueError(f"{shortened(text)!r} is not as it is asked for; write {_encoded(name)}")
    if not _is_host(name):
        raise ValueError(
            f"{shortened(text)!r} is no host; write a name or an address like intranet.example or 10.0.0.5"
        )
    return plain


def _apart(plain: str) -> tuple[str, str | None]:
    """The host and the port: of "[::1]:8000" too; an address of IPv6 without brackets has none."""
    if plain.startswith("["):
        name, _, rest = plain[1:].partition("]")
        return name, rest[1:] if rest else None
    if plain.count(":") > 1:
        return plain, None
    name, colon, port = plain.partition(":")
    return name, port if colon else None


def _is_host(name: str) -> bool:
    if ":" in name:
        return _is_made(IPv6Address, name)
    if re.fullmatch(r"(0x[0-9a-f]*|\d+)", name.rpartition(".")[2]):
        return _is_made(IPv4Address, name)
    return len(name) < 254 and bool(re.fullmatch(rf"{_LABEL}(\.{_LABEL})*", name))


def _is_made(kind: type[IPv4Address] | type[IPv6Address], name: str) -> bool:
    try:
        kind(name)
    except ValueError:
        return False
    return True


def _encoded(name: str) -> str:
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return "its name in ASCII, which begins with xn--"
