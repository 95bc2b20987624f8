"""What a service has to say → a datagram to systemd, where systemd started it and listens. Nothing where not.

The protocol is six words over a socket (sd_notify(3)). The packages for it need libsystemd's headers to be built, or,
like sdnotify, leave their socket open.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping


class Systemd:
    """The one that started this process. All is silently left out where there is none, or where it does not listen."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._address = environment.get("NOTIFY_SOCKET", "")
        self._watchdog = environment.get("WATCHDOG_USEC", "")
        self._is_watched = environment.get("WATCHDOG_PID", "") in ("", str(os.getpid()))

    @property
    def watchdog(self) -> float | None:
        """Within how many seconds it wants to hear from this process; None where it does not wait."""
        return int(self._watchdog) / 1e6 if self._is_watched and self._watchdog.isdecimal() else None

    def ready(self) -> None:
        """All is set up, or set up again."""
        self._send("READY=1")

    def waiting(self, seconds: float) -> None:
        """Whatever it is at may take so long from now on."""
        self._send(f"EXTEND_TIMEOUT_USEC={round(seconds * 1e6)}")

    def reloading(self) -> None:
        """The config is being read anew; `ready` ends that."""
        self._send("RELOADING=1", f"MONOTONIC_USEC={time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000}")

    def stopping(self) -> None:
        """The end has begun."""
        self._send("STOPPING=1")

    def alive(self) -> None:
        """The event loop goes round."""
        self._send("WATCHDOG=1")

    def status(self, line: str) -> None:
        """What `systemctl status` shows."""
        self._send(f"STATUS={' '.join(line.split())}")

    def _send(self, *lines: str) -> None:
        if not self._address.startswith(("/", "@")):
            return
        address = f"\0{self._address[1:]}" if self._address[0] == "@" else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as there:
                there.setblocking(False)
                there.sendto("\n".join(lines).encode(), address)
        except OSError:
            return  # a service goes on without the one that watches it
