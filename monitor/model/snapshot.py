"""A snapshot: one dated capture of a page, the bytes as they came. Knows nothing of what they say."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import NamedTuple

# Letters of an address that can be kept: readers of WARC files take a line of some 32,000 for the end of a record's
# head. Servers refuse longer ones than 8,000 (RFC 9110, 4.1, asks for as many at least).
LONGEST_ADDRESS = 16_000


class Exchange(NamedTuple):
    """A request over HTTP and what the server answered.

    The heads are bytes as sent and received: start line and header lines, each ended by CRLF, the empty line included;
    `request` is empty where it was not kept. HTTP/2 and later are written as HTTP/1.1, and `protocol` says what was
    spoken. `body` has its content coding still on and its transfer coding off: the header that named that one reads
    `X-Crawler-Transfer-Encoding`. `address` is the server's IP address.
    """

    url: str
    response: bytes
    body: bytes
    request: bytes = b""
    protocol: str | None = None
    address: str | None = None

    @property
    def status(self) -> int:
        """The status of the answer; 0 where its first line has none."""
        words = self.response.split(b"\r\n", 1)[0].split(None, 2)
        return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0

    def header(self, name: str) -> str | None:
        """The value of the answer's first header of that name, in Latin-1."""
        wanted = name.lower().encode()
        for line in self.response.split(b"\r\n")[1:]:
            key, colon, value = line.partition(b":")
            if colon and key.strip().lower() == wanted:
                return value.strip().decode("latin-1")
        return None


class Snapshot(NamedTuple):
    """One capture of a page.

    `body` is the page itself, without content coding. `captured_at` is aware and in UTC, or None where nothing honest
    tells it (a file's modification time does not). `media_type` is what the server or the file's suffix declared,
    parameters included ("text/html; charset=koi8-r"). `url` is the address the bytes came from; relative links are
    resolved against it. `exchanges` are what was said over HTTP, redirects first, the one that gave the body last;
    empty for a file, and for what a browser made of the answers: then `screenshot` is how it looked, a PNG. `notes`
    are what else is known of the capture, as (name, value), for its record in the store. `confirmed` is the file
    of the store's capture as which a server says that the page still is; None where that is not known.
    """

    source: str
    body: bytes
    captured_at: datetime | None = None
    media_type: str | None = None
    url: str | None = None
    exchanges: tuple[Exchange, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    screenshot: bytes | None = None
    confirmed: str | None = None

    @property
    def sha256(self) -> str:
        """The SHA-256 of the body, in lower-case hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def payload(self) -> bytes:
        """The body as it came: with its content coding, where the server used one."""
        return self.exchanges[-1].body if self.exchanges else self.body

    @property
    def is_not_modified(self) -> bool:
        """Whether the server said that its page is as it was, and sent no body."""
        return bool(self.exchanges) and self.exchanges[-1].status == 304


class Capture(NamedTuple):
    """A snapshot of the store, by name: whose it is, when it was taken (UTC) and in which of the store's files it is.

    `file` is relative to the store's folder, with slashes: "rusemb-uk/2020-07-04T052500Z.warc.gz".
    """

    page: str
    at: datetime
    file: str

    @property
    def reference(self) -> str:
        """How a command line names it: "rusemb-uk@2020-07-04T05:25:00Z", the second of one second with "-2" behind."""
        again = self.file.rpartition("Z")[2].partition(".")[0]
        return f"{self.page}@{self.at.year:04}-{self.at:%m-%dT%H:%M:%SZ}{again}"
