"""A web site on loopback, whose pages a test puts up, changes and takes down."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Page(NamedTuple):
    """What an address answers; a page without headers of its own gets an ETag, and a 304 where that is asked for."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


class Site:
    """`pages` are the answers by path. `asked` are the requests, as (path, headers), in the order they came."""

    def __init__(self, port: int) -> None:
        self.root = f"http://127.0.0.1:{port}"
        self.host = f"127.0.0.1:{port}"
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def put(self, path: str, html: str, status: int = 200, **headers: str) -> str:
        """Put a page up; its address. In names of headers a `_` stands for a dash."""
        told = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        self.pages[path] = Page(html.encode(), status, told)
        return self.root + path

    def paths(self) -> list[str]:
        """The paths asked for, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def site() -> Iterator[Site]:
    """The site while it is up, on a port of its own."""

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            up.asked.append((self.path, dict(self.headers)))
            page = up.pages.get(self.path, Page(b"Not here", 404))
            etag = f'"{hashlib.sha256(page.body).hexdigest()[:16]}"'
            is_known = page.status == 200 and self.headers.get("If-None-Match") == etag
            self.send_response(304 if is_known else page.status)
            for name, value in page.headers:
                self.send_header(name, value)
            if not any(name.lower() == "content-type" for name, _ in page.headers):
                self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("ETag", etag)
            self.send_header("Content-Length", "0" if is_known else str(len(page.body)))
            self.end_headers()
            if not is_known:
                self.wfile.write(page.body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: `asked` is the log."""

    class Serving(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Nothing: whoever asked was killed."""

    server = Serving(("127.0.0.1", 0), Answering)
    up = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield up
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
