"""A time-stamp authority of the test's own: its root, its keys, and a server that lets openssl sign."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

OPENSSL = shutil.which("openssl")
REASON = "openssl is not here: apt-get install openssl"
NAME = "Harbour time stamps"
_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
_CONFIG = """
[req]
distinguished_name = name
prompt = no
x509_extensions = root
[name]
CN = {name}, root
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
serial = serial
signer_cert = signer.pem
signer_key = signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
{certs}
"""


class Authority:
    """Its files are in `folder`. With `is_strict` off it puts its certificates in an order that strict DER forbids."""

    def __init__(self, folder: Path, name: str = NAME, *, is_strict: bool = True) -> None:
        folder.mkdir()
        self.folder, self.root = folder, folder / "root.pem"
        certs = "" if is_strict else "certs = chain.pem"
        (folder / "config").write_text(_CONFIG.format(name=name, certs=certs))
        self._openssl("req", "-x509", *_KEY, "-keyout", "root.key", "-out", "root.pem", "-days", "9")
        self._openssl("req", *_KEY, "-keyout", "signer.key", "-out", "signer.csr", "-subj", f"/CN={name}")
        signing = ["-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "9", "-extfile", "config"]
        self._openssl("x509", "-req", "-in", "signer.csr", "-out", "signer.pem", *signing, "-extensions", "signer")
        (folder / "chain.pem").write_bytes((folder / "root.pem").read_bytes() + (folder / "signer.pem").read_bytes())

    def answer(self, query: bytes) -> bytes:
        (self.folder / "query").write_bytes(query)
        self._openssl("ts", "-reply", "-section", "tsa", "-queryfile", "query", "-out", "answer")
        return (self.folder / "answer").read_bytes()

    def _openssl(self, *arguments: str) -> None:
        config = [] if arguments[0] == "x509" else ["-config", "config"]
        command = [OPENSSL or "openssl", arguments[0], *arguments[1:], *config]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)


class Counter(ThreadingHTTPServer):
    """A server that answers each query by `answer`, with that status and type; `asked` are the queries so far."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Teller)
        self.asked: list[bytes] = []
        self.answer: Callable[[bytes], bytes] = bytes
        self.status, self.media_type = 200, "application/timestamp-reply"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of callers who hang up, as those do who do not trust the server."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class _Teller(BaseHTTPRequestHandler):
    server: Counter

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(query)
        answer = self.server.answer(query)
        self.send_response(self.server.status)
        self.send_header("Content-Type", self.server.media_type)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing on standard error."""


@contextmanager
def serving(counter: Counter) -> Iterator[Counter]:
    thread = threading.Thread(target=counter.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield counter
    finally:
        counter.shutdown()
        thread.join()
        counter.server_close()
