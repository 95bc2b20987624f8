"""Somebody who takes what is posted to them: a real server on loopback, with what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Asked(NamedTuple):
    """A request: its path, its header lines and its body."""

    path: str
    headers: dict[str, str]
    body: bytes


class Receiver(ThreadingHTTPServer):
    """`status` is what it answers, with `said`; or the pieces of `raw`, with a `pause` in seconds behind each.

    `asked` are the requests so far.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.status, self.said, self.pause = 204, "", 0.0
        self.raw: Iterable[bytes] = ()
        self.asked: list[Asked] = []

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/hook"


class _Taking(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, body))
        if self.server.raw:
            self._say_raw()
            return
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()
        if self.server.status != 204:
            self.wfile.write(self.server.said.encode())

    def _say_raw(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            for piece in self.server.raw:
                self.wfile.write(piece)
                time.sleep(self.server.pause)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing on standard error."""


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()
    thread = threading.Thread(target=receiver.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.shutdown()
        thread.join()
        receiver.server_close()
