"""How a page is asked for, and a host → the header lines that go there, and the head of the request as it is kept.

What is secret goes to the page's own host, over a connection no less safe than the page's, and never into the store.
"""

from __future__ import annotations

import string
from base64 import b64encode
from importlib.metadata import version
from typing import NamedTuple

import httpx

from monitor.capture.revealing import revealed
from monitor.capture.urls import port_of
from monitor.errors import CaptureError
from monitor.model.request import Request, Validators

AGENT = f"monitor/{version('monitor')} (watches pages for changes)"
WITHHELD = b"(withheld)"
_SECRET_NAMES = frozenset(("authorization", "cookie", "proxy-authorization"))
_OWN_NAMES = frozenset(("connection", "content-length", "host", "te", "transfer-encoding", "upgrade"))
_NAME_LETTERS = string.ascii_letters + string.digits + "!#$%&'*+-.^_`|~"  # RFC 9110, a token

Lines = list[tuple[bytes, bytes]]


class Letter(NamedTuple):
    """What is sent to one address: its header lines, and the names of those whose values are secret."""

    lines: Lines
    secret: frozenset[bytes]


class Sender:
    """Writes what is sent for a page. Secrets are read once, when it is made.

    Raises CaptureError where one of them is not there, and where something cannot be sent.
    """

    def __init__(self, page: httpx.URL, request: Request, folder: str) -> None:
        self._page = page
        self._agent = _line(request.user_agent or AGENT)
        self._headers = {_name(name): _line(revealed(value, folder)) for name, value in request.headers}
        self._cookies = {name: revealed(value, folder) for name, value in request.cookies}
        named = {name for name, value in request.headers if value.env is not None or value.file is not None}
        self._secret = frozenset(name.lower().encode("ascii") for name in _SECRET_NAMES | named)
        if request.login:
            pair = f"{_line(request.login.user)}:{revealed(request.login.password, folder)}"
            self._headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode('ascii')}"

    def letter(self, url: httpx.URL, validators: Validators | None, cookie: str | None) -> Letter:
        """The header lines to an address. `cookie` is what the server itself gave for it on this way."""
        is_own = self._is_own(url)
        lines = {
            "Host": url.netloc,
            "User-Agent": self._agent.encode(),
            "Accept": b"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": b"gzip, deflate",  # what tools of web archives can read; brotli and zstd are beyond some
            **_conditions(validators),
        }
        for name, value in self._headers.items() if is_own else ():
            _put(lines, name, value.encode())
        if cookies := _joined(self._cookies if is_own else {}, cookie):
            _put(lines, "Cookie", cookies.encode())
        return Letter([(name.encode("ascii"), value) for name, value in lines.items()], self._secret)

    def _is_own(self, url: httpx.URL) -> bool:
        """Whether it is the page's host and port; from http to https on their usual ports it stays so."""
        page = self._page
        if page.raw_host != url.raw_host:
            return False
        ours, theirs = (page.scheme, port_of(page)), (url.scheme, port_of(url))
        return ours == theirs or (ours, theirs) == (("http", 80), ("https", 443))


def head_kept(target: bytes, letter: Letter) -> bytes:
    """The head of a request as it was sent, but for the values of its secrets."""
    lines = [
        name + b": " + (WITHHELD if name.lower() in letter.secret else value) + b"\r\n" for name, value in letter.lines
    ]
    return b"".join((b"GET ", target, b" HTTP/1.1\r\n", *lines, b"\r\n"))


def _name(text: str) -> str:
    if not text or text.strip(_NAME_LETTERS):
        raise CaptureError(f"{text!r} is no name of a header", "mend headers in config.yaml")
    return text


def _line(text: str) -> str:
    if not text.isprintable():
        raise CaptureError("what is to be sent is no single line of text", "mend request in config.yaml")
    return text.strip()


def _conditions(validators: Validators | None) -> dict[str, bytes]:
    """Header values came in Latin-1 and go so, to the letter."""
    etag, moment = validators[:2] if validators else (None, None)
    given = {"If-None-Match": etag, "If-Modified-Since": moment}
    return {name: value.encode("latin-1", "replace") for name, value in given.items() if value}


def _put(lines: dict[str, bytes], name: str, value: bytes) -> None:
    """Set a header in place of another of its name, but for those that say how the message itself is to be read."""
    if name.lower() not in _OWN_NAMES:
        for other in [each for each in lines if each.lower() == name.lower()]:
            del lines[other]
        lines[name] = value


def _joined(configured: dict[str, str], given: str | None) -> str:
    """The cookies of config.yaml, and those of the server, which has the last word on its own."""
    names = {each.partition("=")[0].strip() for each in (given or "").split(";")}
    own = [f"{name}={value}" for name, value in configured.items() if name not in names]
    return "; ".join([*own, *([given] if given else [])])
