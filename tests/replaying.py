"""A real web archive, pywb in an environment of its own, that replays what it is given."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.peers import python_of

PYTHON = python_of("pywb")
REASON = "pywb is not here: .venv/bin/python -m benchmarks.peers pywb"


@contextmanager
def replaying(folder: Path, collections: Mapping[str, Sequence[str | Path]]) -> Iterator[httpx.Client]:
    """A client of a pywb in `folder`: the name of each collection, and what its `wb-manager add` is given.

    An address is "pages/20200704120000id_/https://harbour.example/" for the bytes in the collection `pages`.
    """
    programs = Path(PYTHON or "").parent
    folder.mkdir()
    for name, arguments in collections.items():
        for words in (["init", name], ["add", name, *arguments]):
            subprocess.run([programs / "wb-manager", *words], cwd=folder, check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(programs / "wayback"), "-b", "127.0.0.1", "-p", str(port)]
    with open(folder / "log", "wb") as log:
        pywb = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=os.environ | {"HOME": str(folder)})
    try:
        transport = httpx.HTTPTransport(retries=8)  # calls again, ever more slowly, until it answers
        with httpx.Client(base_url=f"http://127.0.0.1:{port}/", transport=transport, trust_env=False) as client:
            client.get("")
            yield client
    finally:
        pywb.terminate()
        pywb.wait()
