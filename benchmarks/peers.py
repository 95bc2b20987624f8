"""The other tools, each in a virtual environment of its own in .venvs: `python -m benchmarks.peers` installs all.

With names it installs those: `python -m benchmarks.peers pywb`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), ".venvs")


class Peer(NamedTuple):
    """A tool to measure or test against: its package with the version, pip's options, what apt must bring first."""

    package: str
    options: tuple[str, ...] = ()
    apt: tuple[str, ...] = ()


PEERS = {
    # A web archive, for the tests: it pins versions that nothing else here could live with.
    "pywb": Peer("pywb==2.10.0"),
    # Says whether a WACZ is one, for the tests, by 50 packages that nobody else needs.
    "wacz": Peer("wacz==0.6.0"),
    "urlwatch": Peer("urlwatch==2.29"),
    "webchanges": Peer("webchanges==3.37"),
    "lxml": Peer("lxml==6.1.3"),
    # Its two parsers must share one libxml2, and their wheels bring two: built here from source.
    "web-monitoring-diff": Peer(
        "web-monitoring-diff==0.2.0",
        ("--no-binary", "lxml,html5-parser"),
        ("libxml2-dev", "libxslt1-dev", "pkg-config", "gcc", "python3-dev"),
    ),
}


def python_of(name: str) -> str | None:
    """The interpreter of a peer's environment; None where it is not installed."""
    python = os.path.join(FOLDER, name, "bin", "python")
    return python if os.path.exists(os.path.join(FOLDER, name, "installed")) else None


def label(name: str) -> str:
    """A peer's name with its version, as the tables show it."""
    return PEERS[name].package.replace("==", " ")


def main(names: Sequence[str]) -> int:
    missing = [name for name in names or PEERS if python_of(name) is None and not _install(name)]
    for name in missing:
        apt = PEERS[name].apt
        hint = f"; it may want: apt-get install {' '.join(apt)}" if apt else ""
        print(f"{label(name)} could not be installed and will be left out{hint}", file=sys.stderr)
    return 1 if missing else 0


def _install(name: str) -> bool:
    folder, peer = os.path.join(FOLDER, name), PEERS[name]
    print(f"Installing {label(name)} in .venvs/{name}", file=sys.stderr)
    python = os.path.join(folder, "bin", "python")
    pip = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *peer.options, peer.package]
    for command in ([sys.executable, "-m", "venv", "--clear", folder], pip):
        if subprocess.run(command, check=False).returncode:
            return False
    with open(os.path.join(folder, "installed"), "w") as mark:
        mark.write(peer.package)
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
